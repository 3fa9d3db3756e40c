// Can the history be believed? Walks the audit chain, checks that the schema with its triggers is the one that was
// migrated, and replays the audit log against the rows: a value edited by hand, a row removed or a row inserted past
// the one way in is named. Says the first fault it finds.
import type { Database } from 'better-sqlite3';
import { canonicalJson } from '../../sync/wire/digest.ts';
import { auditHash, chainOrigin, type AuditEntry } from './audit.ts';
import { schemaDigest } from './migrate.ts';
import { definitionOf, keyOf, tableNames, type Row, type TableName, type Value } from './tables.ts';
import { maskSecret } from './transaction.ts';

export interface StoreVerification {
  ok: boolean;
  checked: { audit: number; rows: number };
  firstFault: string | null;
  head: string;
}

/** How far the check is; `total` counts what there was to look at when the part began. */
export interface VerifyStep {
  part: 'audit' | 'rows';
  done: number;
  total: number;
}
/** Entries or rows between two steps: a few hundredths of a second. */
const perStep = 2_000;

/** Everything at once. */
export function verifyStore(db: Database): StoreVerification {
  const steps = verifySteps(db);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** In steps, so that whoever runs it can do something in between and say how far it is. Give it a snapshot of its own. */
export function* verifySteps(db: Database): Generator<VerifyStep, StoreVerification> {
  const checked = { audit: 0, rows: 0 };
  let previous = chainOrigin;
  let expectedSeq = 1;
  let schema: string | null = null;
  const total = db.prepare<[], number>('SELECT count(*) FROM audit').pluck().get() ?? 0;
  const fault = (firstFault: string): StoreVerification => ({ ok: false, checked, firstFault, head: previous });

  const expected = new Map<string, Map<string, Row>>();
  for (const entry of db.prepare<[], AuditEntry>('SELECT * FROM audit ORDER BY seq').iterate()) {
    if (entry.seq !== expectedSeq)
      return fault(`审计链在第 ${expectedSeq} 条断开：该条缺失（下一条是第 ${entry.seq} 条）。`);
    if (entry.previousHash !== previous) return fault(`审计链第 ${entry.seq} 条与前一条不衔接。`);
    if (auditHash(entry) !== entry.hash)
      return fault(`审计链第 ${entry.seq} 条（${entry.entity} ${entry.entityKey}）的内容被改动。`);
    previous = entry.hash;
    expectedSeq += 1;
    checked.audit += 1;
    if (entry.action === 'schema') schema = entry.newValue;
    replay(expected, entry);
    if (checked.audit % perStep === 0) yield { part: 'audit', done: checked.audit, total };
  }
  if (schema === null) return fault('审计链里没有数据库结构的摘要。');
  if (schemaDigest(db) !== schema) return fault('数据库结构与审计链记录的不一致：表或触发器被改动或删除。');

  const rows = [...expected.values()].reduce((sum, table) => sum + table.size, 0);
  for (const table of tableNames) {
    if (definitionOf(table).audit !== 'fields') continue;
    const problem = yield* compareRows(db, table, expected.get(table) ?? new Map(), checked, rows);
    if (problem !== null) return fault(problem);
  }
  const gap = numberGap(db);
  if (gap) return fault(gap);
  return { ok: true, checked, firstFault: null, head: previous };
}

/** Numbers are continuous: every series of a year holds 1 to its last, each once, and the next one follows it. */
function numberGap(db: Database): string | null {
  const series = db
    .prepare<[], { series: string; year: number; last: number; issued: number; highest: number }>(
      `SELECT numberSeries.series, numberSeries.year, last, count(n) AS issued, coalesce(max(n), 0) AS highest
       FROM numberSeries LEFT JOIN numberIssued USING (series, year) GROUP BY series, year`,
    )
    .all();
  for (const { series: name, year, last, issued, highest } of series) {
    if (issued !== last || highest !== last)
      return `${year} 年 ${name} 编号不连续：记到第 ${last} 号，实际发出 ${issued} 个，最大第 ${highest} 号。`;
  }
  return null;
}

function replay(expected: Map<string, Map<string, Row>>, entry: AuditEntry): void {
  if (entry.action !== 'insert' && entry.action !== 'update') return;
  const rows = expected.get(entry.entity) ?? new Map<string, Row>();
  expected.set(entry.entity, rows);
  if (entry.action === 'insert') rows.set(entry.entityKey, JSON.parse(entry.newValue ?? '{}') as Row);
  else if (entry.field) {
    const row = rows.get(entry.entityKey) ?? {};
    row[entry.field] = JSON.parse(entry.newValue ?? 'null') as Value;
    rows.set(entry.entityKey, row);
  }
}

function* compareRows(
  db: Database,
  table: TableName,
  expected: Map<string, Row>,
  checked: { rows: number },
  total: number,
): Generator<VerifyStep, string | null> {
  const definition = definitionOf(table);
  const secret = new Set(definition.secret ?? []);
  let found = 0;
  for (const row of db.prepare<[], Row>(`SELECT * FROM ${table}`).iterate()) {
    const key = keyOf(definition, row);
    const wanted = expected.get(key);
    if (!wanted) return `${table} ${key} 没有审计记录：它是绕过程序写入的。`;
    found += 1;
    checked.rows += 1;
    if (checked.rows % perStep === 0) yield { part: 'rows', done: checked.rows, total };
    for (const [column, value] of Object.entries(row)) {
      const actual = secret.has(column) ? maskSecret(value) : value;
      if (canonicalJson(actual) !== canonicalJson(wanted[column] ?? null)) {
        return `${table} ${key} 的 ${column} 与审计记录不一致：它是绕过程序改动的。`;
      }
    }
  }
  if (found < expected.size) {
    const present = new Set(
      db
        .prepare<[], Row>(`SELECT * FROM ${table}`)
        .all()
        .map((row) => keyOf(definition, row)),
    );
    for (const key of expected.keys())
      if (!present.has(key)) return `${table} ${key} 被删除：审计记录里有它，表里没有。`;
  }
  return null;
}
