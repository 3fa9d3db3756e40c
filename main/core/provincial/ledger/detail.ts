// One entry with everything that is known of it: what it carries, what it waits for, every try, every decision; and what
// the platform sent that was not asked for.
import { toWallTime } from '../../../../shared/entities/scalars.ts';
import type { Attempt, EntryDetail, LedgerMark, SetAsideRow } from '../../../../shared/sync/calls.ts';
import { nullableText as nullable, textOf as text } from '../../../store/cells.ts';
import { requireRow } from '../../../store/store.ts';
import type { Row } from '../../../store/tables.ts';
import { maskText } from '../../../../sync/provincial/mask.ts';
import type { Reader } from './parts.ts';
import { LedgerRows } from './rows.ts';

const mostAttempts = 100;
const mostBlockers = 50;

const attemptOf = (row: Row): Attempt => ({
  attemptId: Number(row['attemptId']),
  at: toWallTime(Number(row['startedAt'])),
  endedAt: toWallTime(Number(row['endedAt'])),
  operation: text(row['operation']),
  target: text(row['target']),
  batchId: nullable(row['batchId']),
  outcome: text(row['outcome']),
  code: nullable(row['code']),
  message: nullable(row['message']),
  requestDigest: text(row['requestDigest']),
  request: text(row['request']),
  answer: text(row['answer']),
});

const markOf = (row: Row): LedgerMark => ({
  action: text(row['action']) as LedgerMark['action'],
  reason: text(row['reason']),
  byName: text(row['byName']),
  secondName: nullable(row['secondName']),
  at: text(row['at']),
});

export function entryDetail(store: Reader, entryId: string): EntryDetail {
  const entry = requireRow(store.get('outbox', entryId), '上传条目', entryId);
  const rows = new LedgerRows(store);
  const row = rows.one(entryId);
  if (row === null) throw new Error(`entry ${entryId} went away`);
  const details = entry['platformDetailsJson'];
  return {
    row,
    digest: text(entry['digest']),
    payload: text(entry['payload']),
    details: details == null ? [] : (JSON.parse(text(details)) as EntryDetail['details']),
    blockers: rows
      .blockersOf(entryId)
      .slice(0, mostBlockers)
      .flatMap(({ entryId: id, kind, key }) => {
        const standing = rows.one(id)?.standing;
        return standing === undefined ? [] : [{ entryId: id, kind, key, standing }];
      }),
    attempts: store
      .all('SELECT * FROM outboxAttempt WHERE entryId = ? ORDER BY attemptId DESC LIMIT ?', entryId, mostAttempts)
      .map(attemptOf),
    marks: store.all('SELECT * FROM outboxMark WHERE entryId = ? ORDER BY markId DESC', entryId).map(markOf),
  };
}

export function setAsidePage(
  store: Reader,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): { rows: SetAsideRow[]; nextCursor: string | null } {
  const rows = store
    .all(
      'SELECT * FROM setAside WHERE ? IS NULL OR asideId < ? ORDER BY asideId DESC LIMIT ?',
      cursor ?? null,
      cursor ?? null,
      limit + 1,
    ) // prettier-ignore
    .map((row) => ({
      asideId: text(row['asideId']),
      kind: text(row['kind']),
      subject: text(row['subject']),
      reason: text(row['reason']),
      content: maskText(text(row['content'])),
      at: toWallTime(Number(row['at'])),
    }));
  const page = rows.slice(0, limit);
  return { rows: page, nextCursor: rows.length > limit ? (page.at(-1)?.asideId ?? null) : null };
}
