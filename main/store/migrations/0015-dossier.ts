// The dossiers of people and machines: entries and their withdrawals, both append-only.
import type { Migration } from '../migrate.ts';

const tables = ['dossierEntry', 'dossierWithdrawal'];

export const dossier: Migration = {
  version: 15,
  name: 'dossier',
  sql: `
CREATE TABLE dossierEntry (entryId TEXT PRIMARY KEY, subject TEXT NOT NULL, subjectId TEXT NOT NULL, kind TEXT NOT NULL,
  day TEXT NOT NULL, title TEXT NOT NULL, doneBy TEXT NOT NULL, documentNo TEXT NOT NULL, result TEXT, detail TEXT NOT NULL,
  nextOn TEXT, filesJson TEXT NOT NULL, enteredById TEXT NOT NULL, enteredByName TEXT NOT NULL, enteredAt TEXT NOT NULL) STRICT;
CREATE INDEX dossierEntryBySubject ON dossierEntry (subject, subjectId, kind, day);
CREATE TABLE dossierWithdrawal (entryId TEXT PRIMARY KEY REFERENCES dossierEntry, reason TEXT NOT NULL, byId TEXT NOT NULL,
  byName TEXT NOT NULL, at TEXT NOT NULL) STRICT;
${tables
  .map(
    (table) => `
CREATE TRIGGER ${table}_noUpdate BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, 'IMMUTABLE ${table}'); END;
CREATE TRIGGER ${table}_noDelete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, 'IMMUTABLE ${table}'); END;`,
  )
  .join('')}
`,
};
