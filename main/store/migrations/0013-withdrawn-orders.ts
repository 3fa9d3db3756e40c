// A change order that the platform refused can be withdrawn, and a corrected one takes its place for the same revision:
// the refused one stays, and so do its entries of the outbox, marked as withdrawn. A key and a revision are therefore
// unique only among what still counts.
import type { Migration } from '../migrate.ts';

const columns = `seq, entryId, kind, commissionNo, key, revision, digest, payload, mediaSha256, state, attempts, nextTryAt, batchId, failureClass,
  platformCode, platformMessage, platformDetailsJson, createdAt, acceptedAt, asideAt, settledAt`;

export const withdrawnOrders: Migration = {
  version: 13,
  name: 'withdrawn-orders',
  rebuildsTables: true,
  sql: `
CREATE TABLE outboxRebuilt (seq INTEGER PRIMARY KEY AUTOINCREMENT, entryId TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, commissionNo TEXT NOT NULL,
  key TEXT NOT NULL, revision INTEGER NOT NULL, digest TEXT NOT NULL, payload TEXT, mediaSha256 TEXT, state TEXT NOT NULL,
  attempts INTEGER NOT NULL, nextTryAt INTEGER, batchId TEXT, failureClass TEXT, platformCode TEXT, platformMessage TEXT,
  platformDetailsJson TEXT, createdAt INTEGER NOT NULL, acceptedAt INTEGER, asideAt INTEGER, settledAt INTEGER, withdrawnAt INTEGER) STRICT;
INSERT INTO outboxRebuilt (${columns}) SELECT ${columns} FROM outbox ORDER BY seq;
DROP TABLE outbox;
ALTER TABLE outboxRebuilt RENAME TO outbox;
CREATE UNIQUE INDEX outboxByKey ON outbox (kind, key, revision) WHERE withdrawnAt IS NULL;
CREATE INDEX outboxByKeyAll ON outbox (kind, key, revision);
CREATE INDEX outboxOpen ON outbox (seq) WHERE state <> 'accepted';
CREATE INDEX outboxByCommission ON outbox (commissionNo, seq);
CREATE INDEX outboxByState ON outbox (state, commissionNo, seq);
CREATE INDEX outboxByKind ON outbox (kind, state, seq);
CREATE INDEX outboxByNextTry ON outbox (state, nextTryAt);
CREATE INDEX outboxSettled ON outbox (state, seq) WHERE settledAt IS NOT NULL;
CREATE TRIGGER outbox_noDelete BEFORE DELETE ON outbox BEGIN SELECT RAISE(ABORT, 'UNDELETABLE outbox'); END;
CREATE TRIGGER outbox_withdrawn BEFORE UPDATE ON outbox WHEN OLD.withdrawnAt IS NOT NULL BEGIN SELECT RAISE(ABORT, 'WITHDRAWN outbox'); END;

CREATE TABLE changeWithdrawal (changeNo TEXT PRIMARY KEY REFERENCES changeOrder, platformCode TEXT, platformMessage TEXT, reason TEXT NOT NULL,
  byId TEXT NOT NULL, byName TEXT NOT NULL, at TEXT NOT NULL) STRICT;
CREATE TRIGGER changeWithdrawal_noUpdate BEFORE UPDATE ON changeWithdrawal BEGIN SELECT RAISE(ABORT, 'IMMUTABLE changeWithdrawal'); END;
CREATE TRIGGER changeWithdrawal_noDelete BEFORE DELETE ON changeWithdrawal BEGIN SELECT RAISE(ABORT, 'IMMUTABLE changeWithdrawal'); END;

DROP INDEX changeOrderApproved;
CREATE TRIGGER changeOrder_oneInForce BEFORE UPDATE OF state ON changeOrder WHEN NEW.state = 'approved'
  AND EXISTS (SELECT 1 FROM changeOrder AS other WHERE other.reportNo = NEW.reportNo AND other.revision = NEW.revision
    AND other.changeNo <> NEW.changeNo AND other.state = 'approved'
    AND NOT EXISTS (SELECT 1 FROM changeWithdrawal WHERE changeWithdrawal.changeNo = other.changeNo))
  BEGIN SELECT RAISE(ABORT, 'APPROVED changeOrder'); END;
`,
};
