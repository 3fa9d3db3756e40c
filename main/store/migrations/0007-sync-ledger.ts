// What people decide about entries of the outbox: set aside, put back, settled outside. Who, why and who looked a second
// time stand in `outboxMark`, which only grows; the outbox itself says which of it holds now. Indexes so that a ledger of
// any length is counted and paged without reading payloads.
import type { Migration } from '../migrate.ts';

export const syncLedger: Migration = {
  version: 7,
  name: 'sync-ledger',
  sql: `
ALTER TABLE outbox ADD COLUMN asideAt INTEGER;
ALTER TABLE outbox ADD COLUMN settledAt INTEGER;
CREATE INDEX outboxByState ON outbox (state, commissionNo, seq);
CREATE INDEX outboxByKind ON outbox (kind, state, seq);
CREATE INDEX outboxByNextTry ON outbox (state, nextTryAt);
CREATE INDEX outboxSettled ON outbox (state, seq) WHERE settledAt IS NOT NULL;
CREATE INDEX commissionFrozen ON commission (commissionNo) WHERE platformState <> 'active';

CREATE TABLE outboxMark (markId TEXT PRIMARY KEY, entryId TEXT NOT NULL, action TEXT NOT NULL, reason TEXT NOT NULL,
  byId TEXT NOT NULL, byName TEXT NOT NULL, secondId TEXT, secondName TEXT, at TEXT NOT NULL) STRICT;
CREATE INDEX outboxMarkByEntry ON outboxMark (entryId, markId);
CREATE TRIGGER outboxMark_noUpdate BEFORE UPDATE ON outboxMark BEGIN SELECT RAISE(ABORT, 'IMMUTABLE outboxMark'); END;
CREATE TRIGGER outboxMark_noDelete BEFORE DELETE ON outboxMark BEGIN SELECT RAISE(ABORT, 'UNDELETABLE outboxMark'); END;

-- The windows hold the counts now, not the entries.
DELETE FROM changeFeed WHERE kind = 'ledger';
INSERT INTO changeFeed (kind, key, revision, deleted) VALUES ('ledger', 'now', 1, 0);
`,
};
