// Images of signatures and of the seal: entered by one person, confirmed by another (a signature by its owner), withdrawn with
// a reason. Entries and what was done with them are append-only; each act happens once.
import type { Migration } from '../migrate.ts';

const tables = ['paperImage', 'paperImageAct'];

export const images: Migration = {
  version: 20,
  name: 'images',
  sql: `
CREATE TABLE paperImage (imageId TEXT PRIMARY KEY, kind TEXT NOT NULL, personId TEXT REFERENCES person, sha256 TEXT NOT NULL REFERENCES media,
  format TEXT NOT NULL, widthPx INTEGER NOT NULL, heightPx INTEGER NOT NULL, bytes INTEGER NOT NULL, validFrom TEXT NOT NULL,
  enteredById TEXT NOT NULL, enteredByName TEXT NOT NULL, enteredAt TEXT NOT NULL) STRICT;
CREATE INDEX paperImageByOwner ON paperImage (kind, personId, enteredAt);
CREATE TABLE paperImageAct (imageId TEXT NOT NULL REFERENCES paperImage, act TEXT NOT NULL, reason TEXT, byId TEXT NOT NULL, byName TEXT NOT NULL,
  at TEXT NOT NULL, PRIMARY KEY (imageId, act)) STRICT;
${tables
  .map(
    (table) => `
CREATE TRIGGER ${table}_noUpdate BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, 'IMMUTABLE ${table}'); END;
CREATE TRIGGER ${table}_noDelete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, 'IMMUTABLE ${table}'); END;`,
  )
  .join('')}
`,
};
