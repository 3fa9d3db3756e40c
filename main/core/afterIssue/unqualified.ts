// 不合格台账: every unqualified result with the time by which the authority must have it, the proof that it was sent (number of
// the notice, the platform's receipt time, tries), who dealt with it and how it ended. Lines are never taken out.
import { ulid } from 'ulid';
import type { UnqualifiedRow } from '../../../shared/afterIssue/calls.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { canCarry, notCarriedSentence } from '../../../sync/provincial/not-carried.ts';
import { jsonOf, nullableNumber, nullableText, textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Row, Value } from '../../store/tables.ts';
import type { Caller, Context } from '../context.ts';
import { retestOfSample, retestsOfRecord } from '../retests/links.ts';
import { profileInForce } from '../provincial/profileInForce.ts';

/** Decree 57 art. 24 says promptly; the profile says how long that is. */
const noticeHoursOf = (context: Context): number => profileInForce(context.store).noticeHours ?? 24;
const hourMs = 3_600_000;

export interface UnqualifiedQuery {
  part: 'open' | 'overdue' | 'closed' | 'all';
  text: string;
  cursor?: string | undefined;
  limit: number;
}

const closed = `EXISTS (SELECT 1 FROM unqualifiedHandling WHERE unqualifiedHandling.ledgerNo = unqualified.ledgerNo AND closes = 1)`;
const sent = `(EXISTS (SELECT 1 FROM outbox WHERE outbox.kind = 'unqualified-notice' AND outbox.commissionNo = unqualified.commissionNo
  AND json_extract(outbox.payload, '$.recordNo') = unqualified.recordNo AND json_extract(outbox.payload, '$.parameterCode') = unqualified.parameterCode
  AND json_extract(outbox.payload, '$.foundAt') = unqualified.foundAt AND outbox.state = 'accepted')
  OR EXISTS (SELECT 1 FROM unqualifiedHandling WHERE unqualifiedHandling.ledgerNo = unqualified.ledgerNo AND how = 'reported'))`;
const conditions: Record<UnqualifiedQuery['part'], string> = {
  open: `NOT ${closed}`,
  overdue: `NOT ${sent} AND foundAt < ?`,
  closed,
  all: '1',
};
const select = `SELECT unqualified.*, testRecord.sampleNo, sample.structurePart, sample.itemCode AS sampleItem, commission.projectName, commission.projectId,
    item.name AS itemName, item.parametersJson FROM unqualified JOIN testRecord USING (recordNo) JOIN sample ON sample.sampleNo = testRecord.sampleNo
    JOIN commission ON commission.commissionNo = unqualified.commissionNo LEFT JOIN item ON item.itemCode = unqualified.itemCode`;

/** Found before this moment and not with the platform: overdue. */
const overdueBefore = (context: Context): string =>
  toWallTime(context.now().getTime() - noticeHoursOf(context) * hourMs);

/** The lines of a part of the ledger, for lists that stand elsewhere. */
export const unqualifiedWhere = (
  context: Context,
  part: UnqualifiedQuery['part'],
): { sql: string; parameters: readonly Value[] } => ({
  sql: conditions[part],
  parameters: part === 'overdue' ? [overdueBefore(context)] : [],
});

export function listUnqualified(context: Context, query: UnqualifiedQuery) {
  const { store } = context;
  const parameters: Value[] = [];
  const where = [conditions[query.part]];
  if (query.part === 'overdue') parameters.push(overdueBefore(context));
  const wanted = query.text.trim();
  if (wanted !== '') {
    const words = ['unqualified.ledgerNo', 'unqualified.recordNo', 'unqualified.commissionNo', 'testRecord.sampleNo', 'commission.projectName', 'sample.structurePart']; // prettier-ignore
    where.push(`(${words.map((word) => `instr(lower(${word}), lower(?)) > 0`).join(' OR ')})`);
    parameters.push(...words.map(() => wanted));
  }
  if (query.cursor) {
    where.push('unqualified.ledgerNo < ?');
    parameters.push(query.cursor);
  }
  const found = store.all(
    `${select} WHERE ${where.join(' AND ')} ORDER BY unqualified.ledgerNo DESC LIMIT ?`,
    ...parameters,
    query.limit + 1,
  );
  const page = found.slice(0, query.limit);
  const count = (condition: string, ...values: Value[]) =>
    Number(store.first(`SELECT count(*) AS n FROM unqualified WHERE ${condition}`, ...values)?.['n'] ?? 0);
  return {
    rows: page.map((row) => rowOf(context, row)),
    nextCursor: found.length > query.limit ? text(page.at(-1)?.['ledgerNo']) : null,
    counts: { open: count(conditions.open), overdue: count(conditions.overdue, overdueBefore(context)) },
  };
}

function rowOf(context: Context, row: Row): UnqualifiedRow {
  const { store: reader } = context;
  const ledgerNo = text(row['ledgerNo']);
  const recordNo = text(row['recordNo']);
  const foundAt = text(row['foundAt']);
  const entry = reader.first(
    `SELECT * FROM outbox WHERE kind = 'unqualified-notice' AND commissionNo = ? AND json_extract(payload, '$.recordNo') = ?
       AND json_extract(payload, '$.parameterCode') = ? AND json_extract(payload, '$.foundAt') = ? ORDER BY seq DESC LIMIT 1`,
    row['commissionNo'] ?? '',
    recordNo,
    row['parameterCode'] ?? '',
    foundAt,
  );
  const tries = reader.first('SELECT count(*) AS n FROM outboxAttempt WHERE entryId = ?', entry?.['entryId'] ?? '');
  const deadline = Date.parse(foundAt) + noticeHoursOf(context) * hourMs;
  const acceptedAt = entry?.['state'] === 'accepted' ? nullableNumber(entry['acceptedAt']) : null;
  const handling = reader.all('SELECT * FROM unqualifiedHandling WHERE ledgerNo = ? ORDER BY at, handlingId', ledgerNo);
  const told = handling.find((one) => one['how'] === 'reported');
  const toldAt = acceptedAt ?? (told ? Date.parse(text(told['at'])) : null);
  const never = !canCarry(profileInForce(reader).capabilities, 'unqualified-notice');
  const parameters = row['parametersJson'] ? jsonOf<{ code: string; name: string }[]>(row['parametersJson']) : [];
  const reports = reader.all(
    'SELECT DISTINCT reportNo FROM reportRecord JOIN report USING (reportKey) WHERE recordNo = ? ORDER BY reportNo',
    recordNo,
  );
  const project = reader.get('project', row['projectId'] ?? '');
  const late = (toldAt ?? context.now().getTime()) > deadline;
  return {
    ledgerNo,
    recordNo,
    commissionNo: text(row['commissionNo']),
    sampleNo: text(row['sampleNo']),
    projectName: text(row['projectName']),
    structurePart: text(row['structurePart']),
    itemName: text(row['itemName'] ?? row['itemCode']),
    parameterName: parameters.find(({ code }) => code === row['parameterCode'])?.name ?? text(row['parameterCode']),
    value: text(row['value']),
    requirement: text(row['requirement']),
    foundAt,
    deadline: toWallTime(deadline),
    sending: toldAt === null ? (late ? 'overdue' : 'due') : late ? 'late' : 'sent',
    reportNos: reports.map(({ reportNo }) => text(reportNo)),
    authority: text(project?.['authority']),
    notice: entry
      ? {
          noticeNo: text(entry['key']),
          entryId: text(entry['entryId']),
          state: text(entry['state']),
          acceptedAt: acceptedAt === null ? null : toWallTime(acceptedAt),
          attempts: Number(tries?.['n'] ?? 0),
          platformWords: nullableText(
            [entry['platformCode'], entry['platformMessage']].filter(Boolean).join(' ') || null,
          ),
        }
      : null,
    reportOtherwise: never && toldAt === null ? notCarriedSentence('unqualified-notice') : null,
    handling: handling.map((one) => ({
      how: text(one['how']) as 'note',
      text: text(one['text']),
      closes: one['closes'] === 1,
      personName: text(one['personName']),
      at: text(one['at']),
    })),
    closed: handling.some((one) => one['closes'] === 1),
    retests: retestsOfRecord(reader, recordNo),
    retestOf: retestOfSample(reader, text(row['sampleNo'])),
  };
}

export interface HandlingInput {
  ledgerNo: string;
  how: UnqualifiedRow['handling'][number]['how'];
  text: string;
}

/** A note, or how it ended; after the end nothing is added. */
export function handleUnqualified(context: Context, caller: Caller, input: HandlingInput): UnqualifiedRow {
  context.store.transact(caller.actor, (tx) => {
    requireRow(tx.get('unqualified', input.ledgerNo), '不合格台账', input.ledgerNo);
    const end = tx.first('SELECT personName, at FROM unqualifiedHandling WHERE ledgerNo = ? AND closes = 1', input.ledgerNo); // prettier-ignore
    if (end) {
      throw new AppError({
        code: 'UNQUALIFIED_CLOSED',
        message: `${input.ledgerNo} 已由 ${text(end['personName'])} 办结。`,
        meaning: '办结后的台账不再更改。',
        next: '有新的情况请写在新的检测或台账里。',
      });
    }
    tx.insert('unqualifiedHandling', {
      handlingId: ulid(),
      ledgerNo: input.ledgerNo,
      how: input.how,
      text: input.text,
      closes: input.how === 'note' || input.how === 'reported' ? 0 : 1,
      personId: caller.user.personId,
      personName: caller.user.name,
      at: toWallTime(context.now()),
    });
  });
  const row = requireRow(context.store.first(`${select} WHERE unqualified.ledgerNo = ?`, input.ledgerNo), '不合格台账', input.ledgerNo); // prettier-ignore
  return rowOf(context, row);
}
