// What the morning's overview counts and adds up is found by indexes: open tasks, records and reports are few among many
// closed ones, and statistics look at the last days of a store of years.
import type { Migration } from '../migrate.ts';

export const overview: Migration = {
  version: 12,
  name: 'overview',
  sql: `
CREATE INDEX taskOpen ON task (dueOn, taskId) WHERE state IN ('waiting', 'testing');
CREATE INDEX testRecordByState ON testRecord (state, testedAt);
CREATE INDEX testRecordByItem ON testRecord (itemCode, testedAt);
CREATE INDEX testRecordByTime ON testRecord (testedAt);
CREATE INDEX reportByState ON report (state, createdAt);
CREATE INDEX reportByCode ON report (codeIssuedAt) WHERE codeIssuedAt IS NOT NULL;
CREATE INDEX signatureByTime ON signature (at);
CREATE INDEX runByTime ON run (startedAt);
CREATE INDEX commissionByTime ON commission (receivedAt);
`,
};
