// Groups of repeated runs for the range chart: the runs that count of one reading, group by group.
import type { Control } from '../../../shared/overview/calls.ts';
import { controlLimits, rangePercent } from '../../../shared/overview/control.ts';
import { methodById } from '../../../shared/methods/index.ts';
import { textOf as text } from '../../store/cells.ts';
import type { Store } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';

type Reader = Pick<Store, 'all'>;

/** Records that were signed and have runs; what is still on the bench says nothing yet. */
const signed = `testRecord.state IN ('tested', 'checked', 'approved') AND testRecord.testedAt >= ?`;

export function controlItems(store: Reader, from: string): { itemCode: string; itemName: string; groups: number }[] {
  return store
    .all(
      `SELECT testRecord.itemCode, coalesce(item.name, testRecord.itemCode) AS itemName, count(*) AS groups
       FROM testRecord LEFT JOIN item ON item.itemCode = testRecord.itemCode WHERE ${signed}
         AND EXISTS (SELECT 1 FROM run WHERE run.recordNo = testRecord.recordNo AND run.specimenNo > 1)
       GROUP BY testRecord.itemCode ORDER BY groups DESC, testRecord.itemCode`,
      from,
    )
    .map((row) => ({
      itemCode: text(row['itemCode']),
      itemName: text(row['itemName']),
      groups: Number(row['groups']),
    }));
}

interface Group {
  readonly row: Row;
  readonly field: string;
  readonly peaks: readonly string[];
}

/** One group per record and reading; of several runs of a specimen the newest that counts. */
function groupsOf(rows: readonly Row[]): Group[] {
  const groups = new Map<string, { row: Row; field: string; peaks: Map<number, string> }>();
  for (const row of rows) {
    const method = methodById(text(row['methodId']));
    const field = text(row['field']) || (method.acquisitions[0]?.field ?? '');
    const key = `${text(row['recordNo'])}/${field}`;
    const group = groups.get(key) ?? { row, field, peaks: new Map() };
    groups.set(key, group);
    if (row['validity'] === 'valid' && row['peakKn'] !== null)
      group.peaks.set(Number(row['specimenNo']), text(row['peakKn']));
  }
  return [...groups.values()].map(({ row, field, peaks }) => ({ row, field, peaks: [...peaks.values()] }));
}

/** What most groups have; of two, the greater. */
function mostOf<K extends string | number>(groups: readonly Group[], key: (group: Group) => K): K | undefined {
  const counts = [...Map.groupBy(groups, key)].map(([value, own]) => ({ value, n: own.length }));
  return counts.toSorted((one, other) => other.n - one.n || (one.value < other.value ? 1 : -1))[0]?.value;
}

export function controlChart(
  store: Reader,
  { itemCode, equipmentId, from }: { itemCode: string; equipmentId: string | undefined; from: string },
): Control {
  const rows = store.all(
    `SELECT testRecord.recordNo, testRecord.methodId, testRecord.testedAt, testRecord.testerName, sample.grade, run.equipmentId,
       run.field, run.specimenNo, run.peakKn,
       coalesce((SELECT validity FROM runMark WHERE runMark.runId = run.runId ORDER BY markId DESC LIMIT 1), run.validity) AS validity
     FROM testRecord JOIN run USING (recordNo) JOIN sample ON sample.sampleNo = testRecord.sampleNo
     WHERE testRecord.itemCode = ? AND ${signed} AND (? IS NULL OR run.equipmentId = ?)
     ORDER BY testRecord.testedAt, testRecord.recordNo, run.runNo`,
    itemCode,
    from,
    equipmentId ?? null,
    equipmentId ?? null,
  );
  const all = groupsOf(rows);
  const field = mostOf(all, (group) => group.field);
  const own = all.filter((group) => group.field === field);
  const size = mostOf(
    own.filter(({ peaks }) => peaks.length > 1),
    ({ peaks }) => peaks.length,
  );
  const charted = own.flatMap((group) => {
    const range = group.peaks.length === size ? rangePercent(group.peaks) : null;
    return range === null ? [] : [{ ...group, range }];
  });
  const limits = controlLimits(
    charted.map(({ range }) => range),
    size ?? 0,
  );
  const method = own[0] === undefined ? null : methodById(text(own[0].row['methodId']));
  return {
    reading: method?.fields.find(({ name }) => name === field)?.label ?? null,
    size: size ?? null,
    points: charted.map(({ row, range }, index) => ({
      recordNo: text(row['recordNo']),
      testedAt: text(row['testedAt']),
      testerName: text(row['testerName']),
      equipmentId: text(row['equipmentId']),
      grade: text(row['grade']),
      range_percent: range,
      outside: limits.outside[index] ?? false,
    })),
    leftOut: own.length - charted.length,
    centre_percent: limits.centre_percent,
    upper_percent: limits.upper_percent,
    lower_percent: limits.lower_percent,
    shifts: limits.shifts.map((index) => text(charted[index]?.row['recordNo'])),
  };
}
