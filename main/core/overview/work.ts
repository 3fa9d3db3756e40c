// What was done in a span of days: by day, by machine, by person.
import { addDays } from '../../../shared/entities/scalars.ts';
import type { Overview } from '../../../shared/overview/calls.ts';
import { textOf as text } from '../../store/cells.ts';
import type { Store } from '../../store/store.ts';

type Reader = Pick<Store, 'all'>;

/** Samples received, records signed by their tester, codes received; every day of the span, also those without any. */
export function workByDay(store: Reader, from: string, to: string): Overview['days'] {
  const perDay = (sql: string): Map<string, number> =>
    new Map(store.all(sql, from).map((row) => [text(row['day']), Number(row['n'])]));
  const received = perDay(
    `SELECT substr(commission.receivedAt, 1, 10) AS day, count(*) AS n FROM commission JOIN sample USING (commissionNo)
     WHERE commission.receivedAt >= ? GROUP BY 1`,
  );
  // A record that was returned is signed again: it counts on the day of its last signature.
  const tested = perDay(
    `SELECT day, count(*) AS n FROM (SELECT substr(max(at), 1, 10) AS day FROM signature
     WHERE at >= ? AND entity = 'record' AND meaning = 'test' GROUP BY entityKey) GROUP BY 1`,
  );
  const coded = perDay(
    `SELECT substr(codeIssuedAt, 1, 10) AS day, count(*) AS n FROM report WHERE codeIssuedAt IS NOT NULL AND codeIssuedAt >= ? GROUP BY 1`,
  );
  const days: Overview['days'] = [];
  for (let day = from; day <= to; day = addDays(day, 1))
    days.push({
      day,
      received: received.get(day) ?? 0,
      tested: tested.get(day) ?? 0,
      coded: coded.get(day) ?? 0,
    });
  return days;
}

export function machineUse(store: Reader, from: string): Overview['machines'] {
  return store
    .all(
      `SELECT run.equipmentId, coalesce(equipment.name, run.equipmentId) AS name, count(*) AS runs,
         sum(coalesce((SELECT validity FROM runMark WHERE runMark.runId = run.runId ORDER BY markId DESC LIMIT 1), run.validity) <> 'valid') AS bad,
         count(DISTINCT substr(run.startedAt, 1, 10)) AS days,
         sum(max(0, unixepoch(run.endedAt) - unixepoch(run.startedAt))) AS seconds
       FROM run LEFT JOIN equipment USING (equipmentId) WHERE run.startedAt >= ? GROUP BY run.equipmentId ORDER BY runs DESC, run.equipmentId`,
      from,
    )
    .map((row) => ({
      equipmentId: text(row['equipmentId']),
      name: text(row['name']),
      runs: Number(row['runs']),
      notCounting: Number(row['bad']),
      days: Number(row['days']),
      minutes: Math.round(Number(row['seconds']) / 60),
    }));
}

/** Records and reports, not strokes of the pen: one that was signed again after its return counts once. */
export function peoplesLoad(store: Reader, from: string): Overview['people'] {
  const signed = (entity: string, meaning: string): string =>
    `count(DISTINCT CASE WHEN signature.entity = '${entity}' AND meaning = '${meaning}' THEN entityKey END)`;
  return store
    .all(
      `SELECT signature.personId, max(signature.personName) AS name, ${signed('record', 'test')} AS tested,
         ${signed('record', 'check')} AS checked, ${signed('report', 'approve')} AS approved,
         count(DISTINCT CASE WHEN signature.entity = 'record' AND meaning = 'test' AND contentRevision > 1 THEN entityKey END) AS returned
       FROM signature WHERE at >= ? GROUP BY signature.personId ORDER BY tested + checked + approved DESC, signature.personId`,
      from,
    )
    .map((row) => ({
      personId: text(row['personId']),
      name: text(row['name']),
      tested: Number(row['tested']),
      checked: Number(row['checked']),
      approved: Number(row['approved']),
      returned: Number(row['returned']),
    }));
}
