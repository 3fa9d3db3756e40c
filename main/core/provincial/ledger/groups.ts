// The ledger by commission and by report: how much of each stands how. A page of numbers first, then what belongs to them.
import type { LedgerGroup } from '../../../../shared/sync/calls.ts';
import { nullableText as nullable, textOf as text } from '../../../store/cells.ts';
import type { Row, Value } from '../../../store/tables.ts';
import { partSql, replaced, type Reader } from './parts.ts';

export interface GroupQuery {
  by: 'commission' | 'report';
  text: string;
  open: boolean;
  cursor?: string | undefined;
  limit: number;
}

export function ledgerGroups(store: Reader, query: GroupQuery): { rows: LedgerGroup[]; nextCursor: string | null } {
  const keys = query.by === 'commission' ? commissionKeys(store, query) : reportKeys(store, query);
  const page = keys.slice(0, query.limit);
  const rows = page.map((key) => (query.by === 'commission' ? commissionGroup(store, key) : reportGroup(store, key)));
  return { rows, nextCursor: keys.length > query.limit ? (page.at(-1) ?? null) : null };
}

const open = partSql('open');

function commissionKeys(store: Reader, query: GroupQuery): string[] {
  const conditions = ['1'];
  const parameters: Value[] = [];
  if (query.open) conditions.push(`outbox.state IN (${open.states ?? ''})`, open.where);
  if (query.text !== '') {
    conditions.push(`(instr(outbox.commissionNo, ?) > 0 OR outbox.commissionNo IN
      (SELECT commissionNo FROM commission WHERE instr(projectName, ?) > 0 OR instr(clientUnit, ?) > 0))`);
    parameters.push(query.text, query.text, query.text);
  }
  if (query.cursor !== undefined) {
    conditions.push('outbox.commissionNo < ?');
    parameters.push(query.cursor);
  }
  const index = query.open ? 'outboxByState' : 'outboxByCommission';
  return store
    .all(
      `SELECT DISTINCT commissionNo FROM outbox INDEXED BY ${index} WHERE ${conditions.join(' AND ')}
       ORDER BY commissionNo DESC LIMIT ?`,
      ...parameters,
      query.limit + 1,
    )
    .map((row) => text(row['commissionNo']));
}

/** Open: what was approved and is not yet filed, and what a person must look at. */
function reportKeys(store: Reader, query: GroupQuery): string[] {
  const conditions = [`state <> 'draft'`];
  const parameters: Value[] = [];
  if (query.open) {
    conditions.push(`(state IN ('approved', 'submitted', 'rejected', 'coded') OR reportNo IN
      (SELECT key FROM outbox INDEXED BY outboxByState WHERE outbox.state IN (${open.states ?? ''}) AND ${open.where}
       AND kind IN ('report', 'code', 'report-file', 'change-order', 'void')))`);
  }
  if (query.text !== '') {
    conditions.push("(instr(reportNo, ?) > 0 OR instr(commissionNo, ?) > 0 OR instr(coalesce(code, ''), ?) > 0)");
    parameters.push(query.text, query.text, query.text);
  }
  if (query.cursor !== undefined) {
    conditions.push('reportNo < ?');
    parameters.push(query.cursor);
  }
  return store
    .all(
      `SELECT DISTINCT reportNo FROM report WHERE ${conditions.join(' AND ')} ORDER BY reportNo DESC LIMIT ?`,
      ...parameters,
      query.limit + 1,
    )
    .map((row) => text(row['reportNo']));
}

const groupSql = `SELECT state, kind, asideAt IS NOT NULL AS aside,
  state IN ('rejected', 'parked') AND (settledAt IS NOT NULL OR ${replaced}) AS closed, count(*) AS n FROM outbox`;
const groupBy = 'GROUP BY 1, 2, 3, 4';

function countsOf(rows: readonly Row[], frozen: boolean): LedgerGroup['counts'] {
  const counts = { waiting: 0, frozen: 0, rejected: 0, parked: 0, aside: 0, closed: 0, accepted: 0 };
  for (const row of rows) {
    const state = text(row['state']);
    const n = Number(row['n']);
    if (state === 'accepted') counts.accepted += n;
    else if (row['closed'] === 1) counts.closed += n;
    else if (state === 'rejected') counts.rejected += n;
    else if (state === 'parked') counts[row['aside'] === 1 ? 'aside' : 'parked'] += n;
    else counts[frozen && row['kind'] !== 'unqualified-notice' ? 'frozen' : 'waiting'] += n;
  }
  return counts;
}

function frozenOf(commission: Row | undefined): Pick<LedgerGroup, 'frozenAs' | 'frozenReason'> {
  const state = nullable(commission?.['platformState']);
  const frozenAs = state === 'locked' || state === 'voided' ? state : null;
  return { frozenAs, frozenReason: frozenAs === null ? null : nullable(commission?.['platformReason']) };
}

function commissionGroup(store: Reader, commissionNo: string): LedgerGroup {
  const commission = store.get('commission', commissionNo);
  const frozen = frozenOf(commission);
  const rows = store.all(`${groupSql} WHERE commissionNo = ? ${groupBy}`, commissionNo);
  return {
    key: commissionNo,
    commissionNo,
    title: commissionNo === '' ? '不属于任何委托（人员、设备登记）' : text(commission?.['projectName']),
    counts: countsOf(rows, frozen.frozenAs !== null),
    ...frozen,
    reportState: null,
    code: null,
    waitingFor: null,
  };
}

function reportGroup(store: Reader, reportNo: string): LedgerGroup {
  const report =
    store.first(
      `SELECT * FROM report WHERE reportNo = ? AND state <> 'withdrawn' ORDER BY revision DESC LIMIT 1`,
      reportNo,
    ) ?? {};
  const frozen = frozenOf(store.get('commission', report['commissionNo'] ?? ''));
  const rows = store.all(
    `${groupSql} WHERE kind IN ('report', 'code', 'report-file', 'change-order', 'void') AND key = ? ${groupBy}`,
    reportNo,
  );
  return {
    key: reportNo,
    commissionNo: text(report['commissionNo']),
    title: text(report['title']),
    counts: countsOf(rows, frozen.frozenAs !== null),
    ...frozen,
    reportState: nullable(report['state']),
    code: nullable(report['code']),
    waitingFor: nullable(report['waitingFor']),
  };
}
