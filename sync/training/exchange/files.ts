// The two files of the supervision client: the exchange file it shares with the lab, and the platform's own, where it
// puts what it has taken. The exchange file keeps SQLite's rollback journal: it may be read or copied at any moment by
// another program, and a single file is then always whole. What is judged is first put into the platform's file, under
// its key and once, and then marked; killed in between, the client finds it there and only marks.
import Database from 'better-sqlite3';
import { createExchangeTables } from '../../wire/exchange-schema.ts';

export type ClientDatabase = Database.Database;

const PLATFORM_SCHEMA = `
CREATE TABLE IF NOT EXISTS taken (
  kind TEXT NOT NULL, key TEXT NOT NULL, revision INTEGER NOT NULL, content TEXT NOT NULL, taken_at INTEGER NOT NULL,
  PRIMARY KEY (kind, key, revision)
) STRICT;
CREATE TABLE IF NOT EXISTS medium (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS code (
  code TEXT PRIMARY KEY, report_no TEXT NOT NULL, revision INTEGER NOT NULL, issued_at INTEGER NOT NULL,
  UNIQUE (report_no, revision)
) STRICT;
CREATE TABLE IF NOT EXISTS filed (
  report_no TEXT NOT NULL, revision INTEGER NOT NULL, sha256 TEXT NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY (report_no, revision)
) STRICT;
CREATE TABLE IF NOT EXISTS supervision (commission_no TEXT PRIMARY KEY, state INTEGER NOT NULL, reason TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS person (id TEXT PRIMARY KEY, name TEXT NOT NULL, state TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS project (id TEXT PRIMARY KEY) STRICT;
CREATE TABLE IF NOT EXISTS series (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
`;

export interface ClientFiles {
  exchange: ClientDatabase;
  platform: ClientDatabase;
  close(): void;
}

export function openClientFiles(exchangePath: string, platformPath: string): ClientFiles {
  const platform = new Database(platformPath);
  platform.pragma('journal_mode = WAL');
  platform.pragma('synchronous = FULL');
  platform.pragma('busy_timeout = 5000');
  platform.exec(PLATFORM_SCHEMA);
  const exchange = new Database(exchangePath);
  exchange.pragma('busy_timeout = 5000');
  exchange.pragma('journal_mode = DELETE');
  exchange.pragma('synchronous = FULL');
  exchange.transaction(() => exchange.exec(createExchangeTables())).immediate();
  return {
    exchange,
    platform,
    close() {
      exchange.close();
      platform.close();
    },
  };
}

/** Next number of a series, inside the caller's transaction. */
export function nextOf(db: ClientDatabase, name: string): number {
  const sql = `INSERT INTO series (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value`;
  return db.prepare<[string], { value: number }>(sql).get(name)?.value ?? 0;
}
