// A line of the ledger: an entry, how it stands, why, and the one step that helps. Pages are read by keyset: the newest
// commission first, within it the order of the queue.
import { toWallTime } from '../../../../shared/entities/scalars.ts';
import type { LedgerFilter, LedgerRow } from '../../../../shared/sync/calls.ts';
import { entryKindNames, kindName, nextStep, type Standing, standingNames } from '../../../../shared/sync/words.ts';
import { viewOf, type CommissionView } from '../../../../sync/provincial/engine/order.ts';
import type { OutboxEntry } from '../../../../sync/provincial/sync-store.ts';
import { nullableText as nullable, textOf as text } from '../../../store/cells.ts';
import type { Row, Value } from '../../../store/tables.ts';
import { entryOf } from '../outboxRow.ts';
import { partSql, replaced, type Reader } from './parts.ts';

/** Everything but the payload. */
const columns = [
  'entryId', 'seq', 'commissionNo', 'kind', 'key', 'revision', 'digest', 'state', 'attempts', 'nextTryAt', 'failureClass',
  'platformCode', 'platformMessage', 'createdAt', 'acceptedAt', 'asideAt', 'settledAt', 'withdrawnAt',
].map((column) => `outbox.${column}`).join(', '); // prettier-ignore

const lineSql = `SELECT ${columns}, commission.platformState AS platformState, commission.platformReason AS platformReason,
  CASE WHEN state IN ('rejected', 'parked') AND ${replaced} THEN
    (SELECT max(revision) FROM outbox AS newest WHERE newest.kind = outbox.kind AND newest.key = outbox.key) END AS replacedBy`;
const lineFrom = 'LEFT JOIN commission ON commission.commissionNo = outbox.commissionNo';

/** Beyond this a commission's queue is not worked out for a list; the detail of one entry always is. */
const mostSiblings = 2_000;

const wall = (at: Value | undefined): string | null =>
  at === null || at === undefined ? null : toWallTime(Number(at));

function standingOf(row: Row): Standing {
  const state = text(row['state']);
  if (state === 'accepted') return 'accepted';
  if (row['withdrawnAt'] !== null) return 'withdrawn';
  if (row['settledAt'] !== null) return 'settled';
  if (row['replacedBy'] !== null) return 'replaced';
  if (state === 'rejected') return 'rejected';
  if (state === 'parked') return row['asideAt'] === null ? 'parked' : 'aside';
  if (frozenAs(row) !== null && row['kind'] !== 'unqualified-notice') return 'frozen';
  return state === 'pending' ? 'waiting' : state === 'unknown' ? 'asking' : (state as 'sending' | 'queued');
}

const frozenAs = (row: Row): 'locked' | 'voided' | null => {
  const state = nullable(row['platformState']);
  return state === 'locked' || state === 'voided' ? state : null;
};

interface Queue {
  view: CommissionView;
  entries: ReadonlyMap<string, OutboxEntry>;
}

export class LedgerRows {
  readonly #store: Reader;
  /** Of one page: every commission's queue is worked out once. */
  readonly #queues = new Map<string, Queue | null>();

  constructor(store: Reader) {
    this.#store = store;
  }

  page(filter: LedgerFilter & { cursor?: string | undefined; limit: number }): {
    rows: LedgerRow[];
    nextCursor: string | null;
  } {
    const { states, where } = partSql(filter.part);
    const conditions = [where];
    const parameters: Value[] = [];
    const put = (condition: string, ...values: Value[]): void => {
      conditions.push(condition);
      parameters.push(...values);
    };
    if (states !== null) put(`outbox.state IN (${states})`);
    if (filter.commissionNo !== undefined) put('outbox.commissionNo = ?', filter.commissionNo);
    if (filter.reportNo !== undefined) put(`(outbox.kind, outbox.key) IN (${ofReport})`, ...ofReportValues(filter.reportNo)); // prettier-ignore
    if (filter.text !== '') putText(put, filter.text);
    if (filter.cursor !== undefined) {
      const [commissionNo = '', seq = '0'] = filter.cursor.split('\u001f');
      put('outbox.commissionNo <= ? AND (outbox.commissionNo < ? OR outbox.seq > ?)', commissionNo, commissionNo, Number(seq)); // prettier-ignore
    }
    const index = states === null ? 'outboxByCommission' : 'outboxByState';
    const found = this.#store.all(
      `SELECT seq FROM outbox ${filter.reportNo === undefined ? `INDEXED BY ${index}` : ''} WHERE ${conditions.join(' AND ')}
       ORDER BY commissionNo DESC, seq LIMIT ?`,
      ...parameters,
      filter.limit + 1,
    );
    const more = found.length > filter.limit;
    const rows = this.#lines(found.slice(0, filter.limit).map((row) => Number(row['seq'])));
    const last = rows.at(-1);
    return { rows, nextCursor: more && last ? `${last.commissionNo}\u001f${last.seq}` : null };
  }

  one(entryId: string): LedgerRow | null {
    const row = this.#store.first(`${lineSql} FROM outbox ${lineFrom} WHERE outbox.entryId = ?`, entryId);
    return row === undefined ? null : this.#line(row, true);
  }

  /** What an entry waits for. */
  blockersOf(entryId: string): OutboxEntry[] {
    const row = this.#store.get('outbox', entryId);
    if (row === undefined || row['state'] !== 'pending') return [];
    const entries = this.#entriesOf(text(row['commissionNo']));
    const entry = entries.find((other) => other.entryId === entryId);
    return entry === undefined ? [] : viewOf(entries).blockersOf(entry);
  }

  #entriesOf(commissionNo: string): OutboxEntry[] {
    return this.#store.all('SELECT * FROM outbox WHERE commissionNo = ? ORDER BY seq', commissionNo).map(entryOf);
  }

  #lines(seqs: readonly number[]): LedgerRow[] {
    if (seqs.length === 0) return [];
    const rows = this.#store.all(
      `${lineSql} FROM json_each(?) AS wanted JOIN outbox ON outbox.seq = wanted.value ${lineFrom} ORDER BY wanted.key`,
      JSON.stringify(seqs),
    );
    return rows.map((row) => this.#line(row, false));
  }

  #line(row: Row, alone: boolean): LedgerRow {
    const standing = standingOf(row);
    const blockers = standing === 'waiting' ? this.#blockers(row, alone) : [];
    const stuck = blockers.find(isStopped);
    const facts = {
      stuckBehind: stuck === undefined ? null : named(stuck),
      standing,
      kind: text(row['kind']),
      attempts: Number(row['attempts']),
      failureClass: nullable(row['failureClass']),
      platformCode: nullable(row['platformCode']),
      frozenAs: frozenAs(row),
    };
    return {
      entryId: text(row['entryId']),
      seq: Number(row['seq']),
      commissionNo: text(row['commissionNo']),
      kind: facts.kind,
      key: text(row['key']),
      revision: Number(row['revision']),
      state: text(row['state']),
      standing,
      attempts: facts.attempts,
      nextTryAt: wall(row['nextTryAt']),
      failureClass: facts.failureClass,
      platformCode: facts.platformCode,
      platformMessage: nullable(row['platformMessage']),
      createdAt: toWallTime(Number(row['createdAt'])),
      acceptedAt: wall(row['acceptedAt']),
      why: this.#why(row, standing, blockers),
      next: nextStep(facts),
    };
  }

  #why(row: Row, standing: Standing, blockers: readonly OutboxEntry[]): string {
    switch (standing) {
      case 'waiting':
        return waitsFor(blockers) || spoken(row);
      case 'frozen':
        return `委托${frozenAs(row) === 'voided' ? '被监管平台作废' : '被监管平台锁定'}：${text(row['platformReason']) || '平台没有写明理由'}`;
      case 'replaced':
        return `已由第 ${text(row['replacedBy'])} 版代替`;
      case 'aside':
      case 'settled': {
        const mark = this.#store.first(
          `SELECT * FROM outboxMark WHERE entryId = ? AND action = ? ORDER BY markId DESC LIMIT 1`,
          row['entryId'] ?? '',
          standing,
        );
        if (mark === undefined) return '';
        const second = mark['secondName'] === null ? '' : `、${text(mark['secondName'])}（复核）`;
        return `${text(mark['byName'])}${second}：${text(mark['reason'])}`;
      }
      case 'accepted':
        return '';
      default:
        return spoken(row);
    }
  }

  #blockers(row: Row, alone: boolean): OutboxEntry[] {
    const queue = this.#queueOf(text(row['commissionNo']), alone);
    const own = queue?.entries.get(text(row['entryId']));
    return queue && own ? queue.view.blockersOf(own) : [];
  }

  #queueOf(commissionNo: string, alone: boolean): Queue | null {
    const known = this.#queues.get(commissionNo);
    if (known !== undefined) return known;
    const siblings = this.#store.first('SELECT count(*) AS n FROM outbox WHERE commissionNo = ?', commissionNo);
    const entries = alone || Number(siblings?.['n']) <= mostSiblings ? this.#entriesOf(commissionNo) : null;
    const queue = entries && {
      view: viewOf(entries),
      entries: new Map(entries.map((entry) => [entry.entryId, entry])),
    };
    this.#queues.set(commissionNo, queue);
    return queue;
  }
}

const isStopped = (entry: OutboxEntry): boolean => entry.state === 'rejected' || entry.state === 'parked';
const named = (entry: OutboxEntry): string =>
  `${kindName(entry.kind)} ${short(entry.key)}${isStopped(entry) ? `（${standingNames[entry.state === 'rejected' ? 'rejected' : 'parked']}）` : ''}`;

/** What was stopped comes first: it is what a person can do something about. */
function waitsFor(blockers: readonly OutboxEntry[]): string {
  const first = blockers.find(isStopped) ?? blockers[0];
  if (first === undefined) return '';
  return `须先由平台接收${named(first)}${blockers.length > 1 ? `等 ${blockers.length} 条` : ''}`;
}

/** A digest as a key is recognised by its beginning. */
export const short = (key: string): string => (/^[0-9a-f]{64}$/.test(key) ? `${key.slice(0, 12)}…` : key);
const spoken = (row: Row): string => [row['platformCode'], row['platformMessage']].filter(Boolean).join(' ');

/**
 * Numbers anywhere; the platform's words where an entry has some; the name of a kind in full. Each part is one walk over an
 * index, so that no payload is read on the way.
 */
function putText(put: (condition: string, ...values: Value[]) => void, wanted: string): void {
  const kinds = Object.keys(entryKindNames).filter((kind) => kind === wanted || kindName(kind).includes(wanted));
  put(
    `outbox.seq IN (SELECT seq FROM outbox WHERE instr(lower(key), lower(?)) > 0
      UNION ALL SELECT seq FROM outbox WHERE instr(commissionNo, ?) > 0
      UNION ALL SELECT seq FROM outbox WHERE kind IN (SELECT value FROM json_each(?))
      UNION ALL SELECT seq FROM outbox WHERE state IN ('rejected', 'parked', 'queued', 'unknown')
        AND instr(coalesce(platformCode, '') || ' ' || coalesce(platformMessage, ''), ?) > 0)`,
    wanted,
    wanted,
    JSON.stringify(kinds),
    wanted,
  );
}

/** Everything that a report consists of: its commission, records, runs and their files, and what is its own. */
const ofReport = `SELECT value, ? FROM json_each('["report", "code", "report-file", "change-order", "void"]')
  UNION SELECT 'commission', commissionNo FROM report WHERE reportNo = ?
  UNION SELECT 'test-record', recordNo FROM report JOIN reportRecord USING (reportKey) WHERE reportNo = ?
  UNION SELECT kind, key FROM report JOIN reportRecord USING (reportKey) JOIN outbox USING (commissionNo)
    WHERE reportNo = ? AND kind = 'unqualified-notice' AND substr(key, 1, length(recordNo) + 1) = recordNo || '/'
  UNION SELECT 'acquisition', runNo FROM report JOIN reportRecord USING (reportKey) JOIN run USING (recordNo) WHERE reportNo = ?
  UNION SELECT 'media', fileSha256 FROM report JOIN reportRecord USING (reportKey) JOIN run USING (recordNo) WHERE reportNo = ?`;
const ofReportValues = (reportNo: string): string[] => Array.from({ length: 6 }, () => reportNo);
