// The years before: every finished record of the day copied so many times by SQL, each copy with numbers of its own and
// on its own day. All triggers stay on. The audit chain is not copied: of
// what is measured here only start-up reads it, its newest entry and its latest time, both by an index.
import type { Database } from 'better-sqlite3';

/** What becomes of a column of a copy: its keys get the number of the copy, its times the day of the copy. */
const keys = new Set([
  'commissionNo', 'sampleNo', 'sampleCode', 'taskId', 'recordNo', 'reportKey', 'reportNo', 'runId', 'runNo', 'signatureId', 'decisionId',
  'entityKey', 'entryId', 'key', 'code',
]); // prettier-ignore
const times = new Set(['receivedAt', 'testedAt', 'checkedAt', 'createdAt', 'codeIssuedAt', 'approvedAt', 'filedAt', 'startedAt', 'endedAt', 'at', 'dueOn', 'madeOn', 'sampledOn']); // prettier-ignore

/** Parents first; of the queue and the feed, what belongs to the copied rows. */
const sources: readonly { table: string; where: string }[] = [
  { table: 'gateDecision', where: `substr(entityKey, 1, 2) IN ('WA', 'JA')` },
  { table: 'commission', where: `commissionNo LIKE 'WA%'` },
  { table: 'sample', where: `commissionNo LIKE 'WA%'` },
  { table: 'task', where: `commissionNo LIKE 'WA%'` },
  { table: 'testRecord', where: `commissionNo LIKE 'WA%'` },
  { table: 'run', where: `recordNo LIKE 'JA%'` },
  { table: 'report', where: `commissionNo LIKE 'WA%'` },
  { table: 'reportRecord', where: `reportKey LIKE 'BA%'` },
  { table: 'signature', where: `substr(entityKey, 1, 2) IN ('JA', 'BA')` },
  { table: 'outbox', where: `commissionNo LIKE 'WA%'` },
  { table: 'searchText', where: `substr(key, 1, 2) IN ('WA', 'JA', 'BA')` },
  { table: 'changeFeed', where: `substr(key, 1, 2) IN ('WA', 'JA', 'BA', 'TA', 'RA')` },
];

/** The WAL is not left to grow beside the file it is written into. */
const copiesPerCheckpoint = 20;

/** Copies 1 to `copies`; the oldest is `days` old. */
export function multiply(database: Database, copies: number, days: number, say: (text: string) => void): void {
  const statements = sources.map(({ table, where }) => {
    const columns = (database.pragma(`table_info(${table})`) as { name: string; type: string; pk: number }[]).filter(
      ({ name, type, pk }) => !(name === 'seq' && type === 'INTEGER' && pk === 1),
    );
    const select = columns.map(({ name, type }) => {
      if (keys.has(name)) return `${name} || @suffix`;
      if (times.has(name) && type !== 'INTEGER')
        return `CASE WHEN ${name} IS NULL THEN NULL ELSE date(substr(${name}, 1, 10), @shift) || substr(${name}, 11) END`;
      // The words by which a row is found hold its number.
      return table === 'searchText' && name === 'text' ? `replace(text, key, key || @suffix)` : name;
    });
    // Kept apart, so that a copy never looks at copies.
    database.exec(`CREATE TEMP TABLE day_${table} AS SELECT * FROM main.${table} WHERE ${where}`);
    return database.prepare(
      `INSERT INTO main.${table} (${columns.map(({ name }) => name).join(', ')}) SELECT ${select.join(', ')} FROM day_${table}`,
    );
  });
  const copyAt = database.transaction((copy: number) => {
    const age = Math.ceil((copy * days) / copies);
    const suffix = `#${String(copies - copy).padStart(5, '0')}`;
    for (const statement of statements) statement.run({ suffix, shift: `-${age} days` });
  });
  // Nothing here must outlive a crash; afterwards the store writes as it always does.
  database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -400000');
  for (let copy = 1; copy <= copies; copy += 1) {
    copyAt(copy);
    if (copy % copiesPerCheckpoint === 0) database.pragma('wal_checkpoint(TRUNCATE)');
    if (copy % Math.ceil(copies / 10) === 0) say(`  ${copy} of ${copies} copies`);
  }
  database.exec('PRAGMA synchronous = FULL; PRAGMA cache_size = -2000');
}
