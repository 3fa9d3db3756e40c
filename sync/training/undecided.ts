// What was taken in and is not decided yet: answered `queued` (a report: `submitted`), and accepted or refused when it
// is asked about often and long enough. Until then nothing of it counts as submitted; a refused one leaves nothing
// behind but the answer, so that it may be sent again.
import { type ReportState, type WireEntry, type WireReceipt } from '../wire/schemas.ts';
import { type PlatformContext } from './context.ts';
import { judgeEntry, refused } from './judgement.ts';
import { type Problem } from './platform-error.ts';
import { registrationOf } from './registrations.ts';
import { problemOf, type Rule, type RuleKind } from './rules.ts';

interface UndecidedRow {
  batch_id: string;
  entry_id: string;
  kind: string;
  key: string;
  revision: number;
  digest: string;
  body: string;
  verdict: 'refuse' | 'accept' | 'registration' | 'refused';
  problems: string;
  polls_left: number;
  due_at: number;
}

/** A report stands under no batch. */
const NO_BATCH = '';

interface Waiting {
  batchId: string;
  entryId: string;
  kind: RuleKind;
  key: string;
  revision: number;
  digest: string;
  body: unknown;
}

function insert(
  context: PlatformContext,
  orgCode: string,
  waiting: Waiting,
  row: Pick<UndecidedRow, 'verdict' | 'problems' | 'polls_left' | 'due_at'>,
): void {
  const { batchId, entryId, kind, key, revision, digest, body } = waiting;
  context.db
    .prepare(
      `INSERT OR REPLACE INTO undecided (org_code, batch_id, entry_id, kind, key, revision, digest, body, verdict,
         problems, polls_left, due_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      orgCode,
      batchId,
      entryId,
      kind,
      key,
      revision,
      digest,
      JSON.stringify(body),
      row.verdict,
      row.problems,
      row.polls_left,
      row.due_at,
    );
}

function putOff(context: PlatformContext, orgCode: string, waiting: Waiting, rule: Rule): void {
  insert(context, orgCode, waiting, {
    verdict: rule.verdict === 'accept-later' ? 'accept' : 'refuse',
    problems: JSON.stringify([problemOf(rule)]),
    polls_left: rule.polls,
    due_at: context.now() + rule.waitMs,
  });
}

function problemsIn(row: UndecidedRow): Problem[] {
  return JSON.parse(row.problems) as Problem[];
}

function drop(context: PlatformContext, orgCode: string, row: UndecidedRow): void {
  context.db
    .prepare('DELETE FROM undecided WHERE org_code = ? AND batch_id = ? AND entry_id = ?')
    .run(orgCode, row.batch_id, row.entry_id);
}

/** Counts one question; is the verdict due now? */
function due(context: PlatformContext, orgCode: string, row: UndecidedRow): boolean {
  if (row.polls_left > 0) {
    context.db
      .prepare('UPDATE undecided SET polls_left = polls_left - 1 WHERE org_code = ? AND batch_id = ? AND entry_id = ?')
      .run(orgCode, row.batch_id, row.entry_id);
    return false;
  }
  return context.now() >= row.due_at;
}

/** Puts an entry off by a rule; it is `queued` from now on. */
export function putOffEntry(
  context: PlatformContext,
  orgCode: string,
  batchId: string,
  entry: WireEntry,
  rule: Rule,
): WireReceipt {
  const { entryId, kind, key, revision, digest } = entry;
  putOff(context, orgCode, { batchId, entryId, kind, key, revision, digest, body: entry }, rule);
  return { entryId, state: 'queued' };
}

/** A registration that waits for the supervisor is `queued` in the batch that brought it. */
export function putOffRegistration(
  context: PlatformContext,
  orgCode: string,
  batchId: string,
  entry: WireEntry,
): WireReceipt {
  const { entryId, kind, key, revision, digest } = entry;
  insert(
    context,
    orgCode,
    { batchId, entryId, kind, key, revision, digest, body: entry },
    { verdict: 'registration', problems: '[]', polls_left: 0, due_at: 0 },
  );
  return { entryId, state: 'queued' };
}

/** The same entry again, in another batch, while it waits: it waits there too. Other content is a conflict. */
export function joinWaiting(
  context: PlatformContext,
  orgCode: string,
  batchId: string,
  entry: WireEntry,
): WireReceipt | undefined {
  const { entryId, kind, key, revision, digest } = entry;
  const row = context.db
    .prepare<[string, string, string, number], UndecidedRow>(
      `SELECT * FROM undecided WHERE org_code = ? AND kind = ? AND key = ? AND revision = ?
       AND verdict IN ('refuse', 'accept') LIMIT 1`,
    )
    .get(orgCode, kind, key, revision);
  if (row === undefined) return undefined;
  if (row.digest !== digest) {
    const message = `${key} 第 ${revision} 版已以不同内容上传，尚未处理完`;
    return refused(entryId, [{ code: 'CONFLICT_CONTENT', field: 'key', message }]);
  }
  insert(context, orgCode, { batchId, entryId, kind, key, revision, digest, body: entry }, row);
  return { entryId, state: 'queued' };
}

function decideEntry(context: PlatformContext, orgCode: string, row: UndecidedRow): WireReceipt | undefined {
  const entry = JSON.parse(row.body) as WireEntry;
  if (row.verdict === 'registration') {
    const known = registrationOf(context, orgCode, row.kind, row.key, row.revision);
    if (known === undefined || known.state === 'pending') return undefined;
    if (known.state === 'approved') return { entryId: row.entry_id, state: 'accepted' };
    return refused(row.entry_id, [
      { code: 'VALIDATION', rule: 'supervision', message: known.reason ?? '登记未获批准' },
    ]);
  }
  if (!due(context, orgCode, row)) return undefined;
  return row.verdict === 'refuse' ? refused(row.entry_id, problemsIn(row)) : judgeEntry(context, orgCode, entry);
}

/** The receipts of a batch as they stand now; inside the caller's transaction. `changed` says that some were decided. */
export function settle(
  context: PlatformContext,
  orgCode: string,
  batchId: string,
  receipts: readonly WireReceipt[],
): { receipts: WireReceipt[]; changed: boolean } {
  const rows = context.db
    .prepare<[string, string], UndecidedRow>('SELECT * FROM undecided WHERE org_code = ? AND batch_id = ?')
    .all(orgCode, batchId);
  const decided = new Map<string, WireReceipt>();
  for (const row of rows) {
    const receipt = decideEntry(context, orgCode, row);
    if (receipt === undefined) continue;
    decided.set(row.entry_id, receipt);
    drop(context, orgCode, row);
  }
  return {
    receipts: receipts.map((one) => (one.state === 'queued' ? (decided.get(one.entryId) ?? one) : one)),
    changed: decided.size > 0,
  };
}

export function waitingReport(
  context: PlatformContext,
  orgCode: string,
  reportNo: string,
  revision: number,
): (UndecidedRow & { org_code: string }) | undefined {
  return context.db
    .prepare<[string, string, string], UndecidedRow & { org_code: string }>(
      `SELECT * FROM undecided WHERE org_code = ? AND batch_id = ? AND entry_id = ?`,
    )
    .get(orgCode, NO_BATCH, `${reportNo}/${revision}`);
}

export function putOffReport(
  context: PlatformContext,
  orgCode: string,
  report: { reportNo: string; revision: number; digest: string; payload: unknown },
  rule: Rule,
): ReportState {
  const { reportNo, revision, digest, payload } = report;
  const entryId = `${reportNo}/${revision}`;
  putOff(
    context,
    orgCode,
    { batchId: NO_BATCH, entryId, kind: 'report', key: reportNo, revision, digest, body: payload },
    rule,
  );
  return { reportNo, revision, state: 'submitted' };
}

/** What a question about a waiting report brings: still waiting, refused with these problems, or to be taken in now. */
export function askReport(
  context: PlatformContext,
  orgCode: string,
  row: UndecidedRow,
): 'waiting' | Problem[] | { digest: string; payload: Record<string, unknown> } {
  if (row.verdict === 'refused') return problemsIn(row);
  if (!due(context, orgCode, row)) return 'waiting';
  if (row.verdict === 'refuse') {
    refuseReport(context, orgCode, row, problemsIn(row));
    return problemsIn(row);
  }
  drop(context, orgCode, row);
  return { digest: row.digest, payload: JSON.parse(row.body) as Record<string, unknown> };
}

/** The refusal stays the answer until the report is submitted again. */
export function refuseReport(
  context: PlatformContext,
  orgCode: string,
  row: UndecidedRow,
  problems: readonly Problem[],
): void {
  const { batch_id: batchId, entry_id: entryId, key, revision, digest } = row;
  const body = JSON.parse(row.body) as unknown;
  insert(
    context,
    orgCode,
    { batchId, entryId, kind: 'report', key, revision, digest, body },
    { verdict: 'refused', problems: JSON.stringify(problems), polls_left: 0, due_at: row.due_at },
  );
}

export function forgetReport(context: PlatformContext, orgCode: string, row: UndecidedRow): void {
  drop(context, orgCode, row);
}
