// Registers of the lab: qualifications by item and parameter, standards of its own, and what was imported with the bytes
// it came from. All but the standards are append-only; a wrong qualification is withdrawn.
import type { Migration } from '../migrate.ts';

const appendOnly = ['qualificationEntry', 'qualificationWithdrawal', 'registerImport'];

export const registers: Migration = {
  version: 18,
  name: 'registers',
  sql: `
CREATE TABLE qualificationEntry (entryId TEXT PRIMARY KEY, personId TEXT NOT NULL, itemCode TEXT NOT NULL, parameterCode TEXT NOT NULL,
  certificateNo TEXT NOT NULL, validFrom TEXT NOT NULL, validTo TEXT NOT NULL, remark TEXT NOT NULL, filesJson TEXT NOT NULL,
  enteredById TEXT NOT NULL, enteredByName TEXT NOT NULL, enteredAt TEXT NOT NULL) STRICT;
CREATE INDEX qualificationEntryByPerson ON qualificationEntry (personId, itemCode, parameterCode);
CREATE TABLE qualificationWithdrawal (entryId TEXT PRIMARY KEY REFERENCES qualificationEntry, reason TEXT NOT NULL, byId TEXT NOT NULL,
  byName TEXT NOT NULL, at TEXT NOT NULL) STRICT;
CREATE TABLE labStandard (standardNo TEXT PRIMARY KEY, name TEXT NOT NULL, inForceFrom TEXT, replacedBy TEXT NOT NULL,
  replacedOn TEXT) STRICT;
CREATE TABLE registerImport (importId TEXT PRIMARY KEY, register TEXT NOT NULL, fileName TEXT NOT NULL, sourceSha256 TEXT NOT NULL,
  keptSha256 TEXT NOT NULL, keptSealed INTEGER NOT NULL, planDigest TEXT NOT NULL, newCount INTEGER NOT NULL,
  changedCount INTEGER NOT NULL, sameCount INTEGER NOT NULL, refusedCount INTEGER NOT NULL, reason TEXT NOT NULL,
  byId TEXT NOT NULL, byName TEXT NOT NULL, at TEXT NOT NULL) STRICT;
CREATE TRIGGER labStandard_noDelete BEFORE DELETE ON labStandard BEGIN SELECT RAISE(ABORT, 'UNDELETABLE labStandard'); END;
${appendOnly
  .map(
    (table) => `
CREATE TRIGGER ${table}_noUpdate BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, 'IMMUTABLE ${table}'); END;
CREATE TRIGGER ${table}_noDelete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, 'IMMUTABLE ${table}'); END;`,
  )
  .join('')}
`,
};
