// The form platform's own file. As on the platforms it stands for, a save is an insert: there is no unique key on what a
// lab sends, so a client that sends twice makes doubles, and the file shows them.
import Database from 'better-sqlite3';
import { REFERENCE_KINDS, type WireInstitution } from '../../wire/schemas.ts';
import { FORM_REFERENCE_KINDS } from '../../wire/form-contract.ts';
import type { TrainingLab } from '../seed.ts';

export type FormDatabase = Database.Database;

const SCHEMA = `
CREATE TABLE account (account TEXT PRIMARY KEY, org TEXT NOT NULL, key TEXT NOT NULL, enabled INTEGER NOT NULL DEFAULT 1) STRICT;
CREATE TABLE session (account TEXT PRIMARY KEY, token TEXT NOT NULL, ends INTEGER NOT NULL) STRICT;
CREATE TABLE kicked (token TEXT PRIMARY KEY) STRICT;
CREATE TABLE flow (account TEXT NOT NULL, flow_no TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (account, flow_no)) STRICT;
CREATE TABLE institution (org TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE reference (
  version INTEGER PRIMARY KEY AUTOINCREMENT, lx TEXT NOT NULL, id TEXT NOT NULL, deleted INTEGER NOT NULL, body TEXT NOT NULL,
  UNIQUE (lx, id)
) STRICT;
CREATE TABLE commission (id INTEGER PRIMARY KEY, wtbh TEXT NOT NULL, nr TEXT NOT NULL) STRICT;
CREATE INDEX commission_no ON commission (wtbh);
CREATE TABLE supervision (wtbh TEXT PRIMARY KEY, zt TEXT NOT NULL, yy TEXT NOT NULL) STRICT;
CREATE TABLE data (id INTEGER PRIMARY KEY, lx TEXT NOT NULL, bh TEXT NOT NULL, bb TEXT NOT NULL, nr TEXT NOT NULL) STRICT;
CREATE INDEX data_key ON data (lx, bh, bb);
CREATE TABLE file (id INTEGER PRIMARY KEY, xs TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
CREATE INDEX file_xs ON file (xs);
CREATE TABLE report (id INTEGER PRIMARY KEY, bgbh TEXT NOT NULL, bb TEXT NOT NULL, nr TEXT NOT NULL) STRICT;
CREATE INDEX report_key ON report (bgbh, bb);
CREATE TABLE code (sbm TEXT PRIMARY KEY, bgbh TEXT NOT NULL, bb TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX code_report ON code (bgbh, bb);
CREATE TABLE report_file (id INTEGER PRIMARY KEY, bgbh TEXT NOT NULL, bb TEXT NOT NULL, xs TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
CREATE TABLE change_order (id INTEGER PRIMARY KEY, bgbh TEXT NOT NULL, bgdh TEXT NOT NULL, nr TEXT NOT NULL) STRICT;
CREATE TABLE report_void (id INTEGER PRIMARY KEY, bgbh TEXT NOT NULL, nr TEXT NOT NULL) STRICT;
CREATE TABLE event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, lx TEXT NOT NULL, bh TEXT NOT NULL, at INTEGER NOT NULL, sm TEXT NOT NULL
) STRICT;
`;

export const FORM_TABLES = [
  'commission',
  'data',
  'file',
  'report',
  'code',
  'report_file',
  'change_order',
  'report_void',
] as const;
export type FormCounts = Record<(typeof FORM_TABLES)[number], number>;

export function countForm(db: FormDatabase): FormCounts {
  const counts = {} as FormCounts;
  for (const table of FORM_TABLES) {
    counts[table] = db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0;
  }
  return counts;
}

/** Opens the file; an empty one gets the schema and the lab. */
export function openFormDatabase(file: string, lab: TrainingLab | undefined): FormDatabase {
  const db = new Database(file);
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('busy_timeout = 5000');
    db.transaction(() => {
      if (db.pragma('user_version', { simple: true }) !== 0) return;
      db.exec(SCHEMA);
      db.pragma('user_version = 1');
      if (lab !== undefined) plant(db, lab);
    }).immediate();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function plant(db: FormDatabase, { institution, credentials, reference }: TrainingLab): void {
  const { orgCode } = institution;
  db.prepare('INSERT INTO account (account, org, key) VALUES (?, ?, ?)').run(
    credentials.accessKey,
    orgCode,
    credentials.secret,
  );
  db.prepare('INSERT INTO institution (org, body) VALUES (?, ?)').run(orgCode, JSON.stringify(institution));
  for (const kind of REFERENCE_KINDS) {
    for (const { id, data } of reference[kind]) putReference(db, FORM_REFERENCE_KINDS[kind], id, data, false);
  }
}

export function institutionOf(db: FormDatabase): WireInstitution {
  const row = db.prepare<[], { body: string }>('SELECT body FROM institution').get();
  if (row === undefined) throw new Error('no institution planted');
  return JSON.parse(row.body) as WireInstitution;
}

/** Writes a row under a new version, so that a lab that asks for what is newer gets it. */
export function putReference(db: FormDatabase, lx: string, id: string, body: object, deleted: boolean): void {
  db.prepare('DELETE FROM reference WHERE lx = ? AND id = ?').run(lx, id);
  db.prepare('INSERT INTO reference (lx, id, deleted, body) VALUES (?, ?, ?, ?)').run(
    lx,
    id,
    deleted ? 1 : 0,
    JSON.stringify(body),
  );
}

export function referenceBody<T>(db: FormDatabase, lx: string, id: string): T | undefined {
  const row = db
    .prepare<[string, string], { body: string }>('SELECT body FROM reference WHERE lx = ? AND id = ? AND deleted = 0')
    .get(lx, id);
  return row === undefined ? undefined : (JSON.parse(row.body) as T);
}
