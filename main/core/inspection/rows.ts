// Everything in the store that belongs to some records: the rows as they are, and the entries of the audit chain that
// tell of them. What belongs to others goes out as a hash alone.
import type { AuditEntry } from '../../store/audit.ts';
import { textOf as text } from '../../store/cells.ts';
import type { Store } from '../../store/store.ts';
import { definitionOf, keyOf, type Row, type TableName } from '../../store/tables.ts';
import { settingName } from './signingKey.ts';

type Reader = Pick<Store, 'all' | 'first' | 'get'>;

/** `$records` and the like stand for a list that was found before. */
const belonging: readonly (readonly [table: TableName, where: string])[] = [
  ['testRecord', 'recordNo IN ($records)'],
  ['run', 'recordNo IN ($records)'],
  ['runMark', 'runId IN ($runs)'],
  ['reading', 'recordNo IN ($records)'],
  ['stopRelease', 'recordNo IN ($records)'],
  ['instrumentFile', 'sha256 IN (SELECT mediaSha256 FROM reading WHERE recordNo IN ($records))'],
  ['media', 'sha256 IN ($media)'],
  ['commission', 'commissionNo IN ($commissions)'],
  ['sample', 'sampleNo IN ($samples)'],
  ['task', 'recordNo IN ($records)'],
  ['reportRecord', 'recordNo IN ($records)'],
  ['report', 'reportKey IN ($reports)'],
  ['printLog', 'reportKey IN ($reports)'],
  ['originalReturn', 'reportKey IN ($reports)'],
  ['changeOrder', 'reportNo IN (SELECT reportNo FROM report WHERE reportKey IN ($reports))'],
  ['signedSample', 'recordNo IN ($records)'],
  [
    'signature',
    `(entity = 'record' AND entityKey IN ($records)) OR (entity = 'report' AND entityKey IN ($reports))
      OR (entity = 'reportVoid' AND entityKey IN ($reports))`,
  ],
  ['modification', 'entityNo IN ($records) OR entityNo IN (SELECT runNo FROM run WHERE runId IN ($runs)) OR entityNo IN ($samples)'], // prettier-ignore
  ['unqualified', 'recordNo IN ($records)'],
  ['unqualifiedHandling', 'ledgerNo IN (SELECT ledgerNo FROM unqualified WHERE recordNo IN ($records))'],
  [
    'gateDecision',
    `(entity = 'record' AND entityKey IN ($records)) OR (entity = 'run' AND entityKey IN ($runs))
      OR (entity = 'commission' AND entityKey IN ($commissions))`,
  ],
  ['gateOverride', `entity = 'commission' AND entityKey IN ($commissions)`],
  ['equipment', 'equipmentId IN (SELECT equipmentId FROM run WHERE runId IN ($runs)) OR equipmentId IN (SELECT equipmentId FROM testRecord WHERE recordNo IN ($records))'], // prettier-ignore
];

export interface BelongingRows {
  /** Key columns of each table, so that a reader can name a row. */
  keys: Record<string, readonly string[]>;
  rows: Record<string, Row[]>;
}

export function belongingRows(reader: Reader, recordNos: readonly string[]): BelongingRows {
  const list = (values: readonly unknown[]) => values.map((value) => `'${text(value as string).replaceAll("'", "''")}'`).join(', '); // prettier-ignore
  const column = (sql: string) => reader.all(sql).map((row) => Object.values(row)[0]);
  const records = list(recordNos);
  const found: Record<string, string> = {
    $records: records,
    $runs: list(column(`SELECT runId FROM run WHERE recordNo IN (${records})`)),
    $media: list(
      column(
        `SELECT fileSha256 FROM run WHERE recordNo IN (${records}) UNION SELECT mediaSha256 FROM reading WHERE mediaSha256 IS NOT NULL AND recordNo IN (${records})`,
      ),
    ),
    $commissions: list(column(`SELECT DISTINCT commissionNo FROM testRecord WHERE recordNo IN (${records})`)),
    $samples: list(column(`SELECT DISTINCT sampleNo FROM testRecord WHERE recordNo IN (${records})`)),
    $reports: list(column(`SELECT DISTINCT reportKey FROM reportRecord WHERE recordNo IN (${records})`)),
  };
  const rows: Record<string, Row[]> = {
    setting: reader.all('SELECT * FROM setting WHERE key = ?', settingName),
  };
  for (const [table, where] of belonging) {
    const sql = Object.entries(found).reduce((all, [name, values]) => all.replaceAll(name, values), where);
    rows[table] = reader.all(`SELECT * FROM ${table} WHERE ${sql} ORDER BY rowid`);
  }
  const keys = Object.fromEntries(Object.keys(rows).map((table) => [table, definitionOf(table as TableName).key]));
  return { keys, rows };
}

/** Lines of `chain/audit.jsonl`, from the first entry that matters to the head: whole, or number and hash. */
export function chainLines(
  reader: Reader,
  { rows }: BelongingRows,
): { lines: string[]; from: number; to: number; head: string; whole: number } {
  const wanted = new Set<number>();
  const note = (sql: string, ...values: string[]) => {
    for (const entry of reader.all(sql, ...values)) wanted.add(Number(entry['seq']));
  };
  for (const [table, list] of Object.entries(rows)) {
    const definition = definitionOf(table as TableName);
    for (const row of list)
      note('SELECT seq FROM audit WHERE entity = ? AND entityKey = ?', table, keyOf(definition, row));
  }
  note(`SELECT seq FROM audit WHERE action = 'schema'`);
  const from = Math.min(...wanted);
  const lines: string[] = [];
  let last = { seq: 0, hash: '' };
  for (const row of reader.all('SELECT seq, hash FROM audit WHERE seq >= ? ORDER BY seq', from)) {
    last = { seq: Number(row['seq']), hash: text(row['hash']) };
    const whole = wanted.has(last.seq)
      ? (reader.first('SELECT * FROM audit WHERE seq = ?', last.seq) as unknown as AuditEntry)
      : last;
    lines.push(JSON.stringify(whole));
  }
  return { lines, from, to: last.seq, head: last.hash, whole: wanted.size };
}
