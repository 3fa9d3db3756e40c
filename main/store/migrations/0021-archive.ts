// A store of years stays quick: pages of records by state and by commission come from an index alone, a row of the full
// text is found by its key, and neither start-up nor the next coded report reads all that ever was.
import type { Migration } from '../migrate.ts';

export const archive: Migration = {
  version: 21,
  name: 'archive',
  sql: `
CREATE INDEX testRecordByStateNo ON testRecord (state, recordNo);
DROP INDEX testRecordByCommission;
CREATE INDEX testRecordByCommission ON testRecord (commissionNo, recordNo);
CREATE INDEX reportUnmade ON report (codedSha256) WHERE code IS NOT NULL AND codedSha256 IS NULL;
CREATE INDEX auditByTime ON audit (at);
UPDATE searchText SET text = text || ' ';
CREATE TABLE searchRow (kind TEXT NOT NULL, key TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (kind, key)) STRICT, WITHOUT ROWID;
INSERT INTO searchRow SELECT kind, key, rowid FROM searchText WHERE true
  ON CONFLICT (kind, key) DO UPDATE SET id = excluded.id;
`,
};
