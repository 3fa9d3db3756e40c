// After issue: change orders with who applied and who approved, the sample as it stood when a record was signed (a change of
// the commission must not reach into signed records), void and revoked codes, paper originals that are to come back, and what
// became of unqualified results.
import type { Migration } from '../migrate.ts';

const appendOnly = ['signedSample', 'unqualifiedHandling'];
const neverDeleted = ['changeOrder', 'originalReturn'];

export const afterIssue: Migration = {
  version: 5,
  name: 'after-issue',
  sql: `
ALTER TABLE report ADD COLUMN changeNo TEXT;
ALTER TABLE report ADD COLUMN voidReason TEXT;
ALTER TABLE report ADD COLUMN voidedAt TEXT;
ALTER TABLE report ADD COLUMN voidedBy TEXT;
ALTER TABLE report ADD COLUMN codeRevokedReason TEXT;
ALTER TABLE report ADD COLUMN codeRevokedAt TEXT;
CREATE INDEX reportByNumber ON report (reportNo, revision);
CREATE INDEX reportRecordByRecord ON reportRecord (recordNo);
ALTER TABLE modification ADD COLUMN approver TEXT;
CREATE INDEX unqualifiedByRecord ON unqualified (recordNo);

CREATE TABLE changeOrder (changeNo TEXT PRIMARY KEY, reportNo TEXT NOT NULL, revision INTEGER NOT NULL, commissionNo TEXT NOT NULL REFERENCES commission,
  reason TEXT NOT NULL, fieldsJson TEXT NOT NULL, evidenceJson TEXT NOT NULL, witness TEXT, digest TEXT NOT NULL, state TEXT NOT NULL,
  appliedById TEXT NOT NULL, appliedBy TEXT NOT NULL, appliedAt TEXT NOT NULL, decidedById TEXT, decidedBy TEXT, decidedAt TEXT, decision TEXT) STRICT;
CREATE INDEX changeOrderByReport ON changeOrder (reportNo, revision);
CREATE UNIQUE INDEX changeOrderOpen ON changeOrder (reportNo) WHERE state = 'applied';
CREATE UNIQUE INDEX changeOrderApproved ON changeOrder (reportNo, revision) WHERE state = 'approved';
CREATE TRIGGER changeOrder_applied BEFORE UPDATE OF changeNo, reportNo, revision, commissionNo, reason, fieldsJson, evidenceJson, witness, digest,
  appliedById, appliedBy, appliedAt ON changeOrder BEGIN SELECT RAISE(ABORT, 'APPLIED changeOrder'); END;
CREATE TRIGGER changeOrder_decided BEFORE UPDATE ON changeOrder WHEN OLD.state <> 'applied'
  BEGIN SELECT RAISE(ABORT, 'DECIDED changeOrder'); END;

CREATE TABLE signedSample (recordNo TEXT NOT NULL REFERENCES testRecord, contentRevision INTEGER NOT NULL, changeNo TEXT NOT NULL REFERENCES changeOrder,
  sampleJson TEXT NOT NULL, PRIMARY KEY (recordNo, contentRevision)) STRICT;

CREATE TABLE originalReturn (reportKey TEXT PRIMARY KEY REFERENCES report, cause TEXT NOT NULL, openedAt TEXT NOT NULL, copies INTEGER NOT NULL,
  returned INTEGER, missingReason TEXT, broughtBy TEXT, returnedOn TEXT, handledById TEXT, handledBy TEXT, handledAt TEXT) STRICT;
CREATE INDEX originalReturnOpen ON originalReturn (openedAt) WHERE handledAt IS NULL;
CREATE TRIGGER originalReturn_closed BEFORE UPDATE ON originalReturn WHEN OLD.handledAt IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'CLOSED originalReturn'); END;

CREATE TABLE unqualifiedHandling (handlingId TEXT PRIMARY KEY, ledgerNo TEXT NOT NULL REFERENCES unqualified, how TEXT NOT NULL, text TEXT NOT NULL,
  closes INTEGER NOT NULL, personId TEXT NOT NULL, personName TEXT NOT NULL, at TEXT NOT NULL) STRICT;
CREATE INDEX unqualifiedHandlingByLedger ON unqualifiedHandling (ledgerNo, at);
CREATE UNIQUE INDEX unqualifiedClosedOnce ON unqualifiedHandling (ledgerNo) WHERE closes = 1;

CREATE TRIGGER report_voidedOnce BEFORE UPDATE OF state, voidReason, voidedAt, voidedBy ON report WHEN OLD.state = 'void'
  BEGIN SELECT RAISE(ABORT, 'VOID report'); END;
${appendOnly
  .map(
    (table) => `
CREATE TRIGGER ${table}_noUpdate BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, 'IMMUTABLE ${table}'); END;
CREATE TRIGGER ${table}_noDelete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, 'IMMUTABLE ${table}'); END;`,
  )
  .join('')}
${neverDeleted
  .map(
    (table) =>
      `CREATE TRIGGER ${table}_noDelete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, 'UNDELETABLE ${table}'); END;`,
  )
  .join('\n')}
`,
};
