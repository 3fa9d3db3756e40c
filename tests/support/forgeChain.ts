// Somebody inside with the whole program's code: rewrites history and makes every hash after it anew, so that the chain
// is right in itself. `careful` also rewrites what the store keeps of the heads that went out with the reports.
import type { Database } from 'better-sqlite3';
import { auditHash, chainOrigin, type AuditEntry } from '../../main/store/audit.ts';
import { canonicalJson, digestOf } from '../../sync/wire/digest.ts';
import { tamper, tamperPastTriggers } from './testStore.ts';
import type { TableName } from '../../main/store/tables.ts';

export interface Forgery {
  /** The entry as it is to have been; null: it never happened. */
  edit: (entry: AuditEntry) => AuditEntry | null;
  /** Rows to fit, past the triggers of their table. */
  rows: readonly (readonly [table: TableName, sql: string])[];
  careful?: boolean;
}

export function forgeHistory(db: Database, { edit, rows, careful = false }: Forgery): void {
  const entries = db.prepare<[], AuditEntry>('SELECT * FROM audit ORDER BY seq').all();
  const reports = db
    .prepare<[], { seq: number; key: string; payload: string; digest: string }>(
      `SELECT seq, key, payload, digest FROM outbox WHERE kind = 'report' ORDER BY seq`,
    )
    .all();
  /** What became of heads and digests, old to new. */
  const became = new Map<string, string>();
  const now = (text: string): string => [...became].reduce((all, [old, fresh]) => all.replaceAll(old, fresh), text);
  const forged: AuditEntry[] = [];
  let previousHash = chainOrigin;
  for (const entry of entries) {
    const edited = edit(entry);
    if (edited === null) continue;
    const fits = careful ? { ...edited, newValue: edited.newValue === null ? null : now(edited.newValue) } : edited;
    const { hash: _, ...body } = { ...fits, seq: forged.length + 1, previousHash };
    const hash = auditHash(body);
    forged.push({ ...body, hash });
    previousHash = hash;
    const report = reports.find(
      ({ payload }) => (JSON.parse(payload) as { auditHead?: string }).auditHead === entry.hash,
    );
    if (report === undefined || hash === entry.hash) continue;
    became.set(entry.hash, hash);
    became.set(entry.hash.slice(0, 16), hash.slice(0, 16));
    became.set(report.digest, digestOf(JSON.parse(now(report.payload))));
  }
  tamperPastTriggers(db, 'audit' as TableName, 'DELETE FROM audit');
  const insert = db.prepare(
    `INSERT INTO audit VALUES (@seq, @at, @actor, @workstation, @action, @entity, @entityKey, @field, @oldValue, @newValue, @reason, @previousHash, @hash)`,
  );
  for (const entry of forged) insert.run(entry);
  for (const [table, sql] of rows) tamperPastTriggers(db, table, sql);
  if (!careful) return;
  const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  for (const { seq, payload, digest } of reports) {
    const fresh = canonicalJson(JSON.parse(now(payload)));
    tamper(db, `UPDATE outbox SET payload = ${quoted(fresh)}, digest = ${quoted(now(digest))} WHERE seq = ${seq}`);
    tamper(db, `UPDATE outbox SET digest = ${quoted(now(digest))} WHERE kind = 'code' AND digest = ${quoted(digest)}`);
  }
  const contents = db.prepare<[], { reportKey: string; contentJson: string; payloadDigest: string }>('SELECT reportKey, contentJson, payloadDigest FROM report WHERE contentJson IS NOT NULL').all(); // prettier-ignore
  for (const { reportKey, contentJson, payloadDigest } of contents)
    tamperPastTriggers(db, 'report', `UPDATE report SET contentJson = ${quoted(now(contentJson))}, payloadDigest = ${quoted(now(payloadDigest))} WHERE reportKey = ${quoted(reportKey)}`); // prettier-ignore
}
