// The embedded platform's own file. It is a platform of its own, not a view of the lab's store: it has its own SQLite
// file, its own schema, and keeps everything over a restart. WAL with synchronous=FULL, because an answer of 200 means
// that the platform has it, also after a power cut.
import Database from 'better-sqlite3';

export type PlatformDatabase = Database.Database;

const SCHEMA = `
CREATE TABLE institution (org_code TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE credential (
  access_key TEXT PRIMARY KEY, org_code TEXT NOT NULL REFERENCES institution, secret TEXT NOT NULL,
  enabled INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE nonce (
  access_key TEXT NOT NULL, nonce TEXT NOT NULL, seen_at INTEGER NOT NULL, PRIMARY KEY (access_key, nonce)
) STRICT, WITHOUT ROWID;
CREATE INDEX nonce_seen ON nonce (seen_at);
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
CREATE TABLE reference_row (
  kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL UNIQUE, deleted INTEGER NOT NULL DEFAULT 0,
  data TEXT NOT NULL, PRIMARY KEY (kind, id)
) STRICT;
CREATE INDEX reference_delta ON reference_row (kind, version);
CREATE TABLE registration (
  org_code TEXT NOT NULL, kind TEXT NOT NULL, local_id TEXT NOT NULL, revision INTEGER NOT NULL, digest TEXT NOT NULL,
  payload TEXT NOT NULL, platform_id TEXT NOT NULL, state TEXT NOT NULL, received_at INTEGER NOT NULL,
  PRIMARY KEY (org_code, kind, local_id, revision)
) STRICT;
CREATE TABLE commission (
  org_code TEXT NOT NULL, commission_no TEXT NOT NULL, digest TEXT NOT NULL, payload TEXT NOT NULL,
  platform_id TEXT NOT NULL UNIQUE, state TEXT NOT NULL CHECK (state IN ('active', 'locked', 'voided')), reason TEXT,
  received_at INTEGER NOT NULL, PRIMARY KEY (org_code, commission_no)
) STRICT;
CREATE TABLE batch (
  org_code TEXT NOT NULL, batch_id TEXT NOT NULL, digest TEXT NOT NULL, receipts TEXT NOT NULL,
  received_at INTEGER NOT NULL, PRIMARY KEY (org_code, batch_id)
) STRICT;
CREATE TABLE entry (
  org_code TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, revision INTEGER NOT NULL, digest TEXT NOT NULL,
  payload TEXT NOT NULL, received_at INTEGER NOT NULL, PRIMARY KEY (org_code, kind, key, revision)
) STRICT;
CREATE TABLE medium (
  org_code TEXT NOT NULL, sha256 TEXT NOT NULL, bytes BLOB NOT NULL, received_at INTEGER NOT NULL,
  PRIMARY KEY (org_code, sha256)
) STRICT;
CREATE TABLE report (
  org_code TEXT NOT NULL, report_no TEXT NOT NULL, revision INTEGER NOT NULL, digest TEXT NOT NULL,
  commission_no TEXT NOT NULL, payload TEXT NOT NULL, received_at INTEGER NOT NULL,
  PRIMARY KEY (org_code, report_no, revision)
) STRICT;
CREATE INDEX report_commission ON report (org_code, commission_no);
CREATE TABLE report_code (
  code TEXT PRIMARY KEY, org_code TEXT NOT NULL, report_no TEXT NOT NULL, revision INTEGER NOT NULL,
  digest TEXT NOT NULL, verify_url TEXT NOT NULL, issued_at INTEGER NOT NULL, revoked_reason TEXT,
  UNIQUE (org_code, report_no, revision),
  FOREIGN KEY (org_code, report_no, revision) REFERENCES report
) STRICT;
CREATE TABLE report_file (
  org_code TEXT NOT NULL, report_no TEXT NOT NULL, revision INTEGER NOT NULL, sha256 TEXT NOT NULL,
  bytes BLOB NOT NULL, filed_at INTEGER NOT NULL, PRIMARY KEY (org_code, report_no, revision)
) STRICT;
CREATE TABLE change_order (
  org_code TEXT NOT NULL, change_no TEXT NOT NULL, report_no TEXT NOT NULL, revision INTEGER NOT NULL,
  digest TEXT NOT NULL, body TEXT NOT NULL, received_at INTEGER NOT NULL, PRIMARY KEY (org_code, change_no)
) STRICT;
CREATE TABLE report_void (
  org_code TEXT NOT NULL, report_no TEXT NOT NULL, digest TEXT NOT NULL, body TEXT NOT NULL,
  received_at INTEGER NOT NULL, PRIMARY KEY (org_code, report_no)
) STRICT;
CREATE TABLE event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, org_code TEXT NOT NULL, type TEXT NOT NULL, subject TEXT NOT NULL,
  at INTEGER NOT NULL, text TEXT
) STRICT;
`;

/** What the supervisor decides: rules of refusal, entries not decided yet, options, and the log of every act. */
const SUPERVISION = `
ALTER TABLE registration ADD COLUMN reason TEXT;
CREATE TABLE act (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, name TEXT NOT NULL, subject TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE TABLE rule (
  id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, item_code TEXT, key TEXT,
  verdict TEXT NOT NULL CHECK (verdict IN ('refuse', 'refuse-later', 'accept-later')), code TEXT NOT NULL,
  message TEXT NOT NULL, remaining INTEGER NOT NULL, polls INTEGER NOT NULL, wait_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE undecided (
  org_code TEXT NOT NULL, batch_id TEXT NOT NULL, entry_id TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
  revision INTEGER NOT NULL, digest TEXT NOT NULL, body TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('refuse', 'accept', 'registration', 'refused')), problems TEXT NOT NULL,
  polls_left INTEGER NOT NULL, due_at INTEGER NOT NULL, PRIMARY KEY (org_code, batch_id, entry_id)
) STRICT;
CREATE INDEX undecided_key ON undecided (org_code, kind, key);
CREATE TABLE option (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
`;

/** One step per version; a step that was released is never changed. */
export const SCHEMA_STEPS = [SCHEMA, SUPERVISION];

export const PLATFORM_TABLES = [
  'commission',
  'batch',
  'entry',
  'medium',
  'report',
  'report_code',
  'report_file',
  'change_order',
  'report_void',
  'registration',
  'reference_row',
  'event',
  'nonce',
] as const;
export type PlatformCounts = Record<(typeof PLATFORM_TABLES)[number], number>;

/** Opens the file, creating it on the first start. */
export function openPlatformDatabase(file: string): PlatformDatabase {
  const db = new Database(file);
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('busy_timeout = 5000');
    db.transaction(() => {
      const version = Number(db.pragma('user_version', { simple: true }));
      if (version > SCHEMA_STEPS.length) {
        throw new Error(`platform file ${file} has schema version ${version}, newer than ${SCHEMA_STEPS.length}`);
      }
      for (const step of SCHEMA_STEPS.slice(version)) db.exec(step);
      db.pragma(`user_version = ${SCHEMA_STEPS.length}`);
    }).immediate();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Next value of a named series, inside the caller's transaction. */
export function nextNumber(db: PlatformDatabase, name: string): number {
  const row = db
    .prepare<[string], { value: number }>(
      `INSERT INTO counter (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value`,
    )
    .get(name);
  if (row === undefined) throw new Error(`series ${name} gave no number`);
  return row.value;
}

/** Rows per table: what tests and the bench compare before and after. */
export function countRows(db: PlatformDatabase): PlatformCounts {
  const counts = {} as PlatformCounts;
  for (const table of PLATFORM_TABLES) {
    counts[table] = db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0;
  }
  return counts;
}
