// A retest names the first result it answers, and a supplement the first record of its sample: both are written once, with
// the commission or the task they belong to.
import type { Migration } from '../migrate.ts';

const tables = ['retest', 'supplement'];

export const retests: Migration = {
  version: 19,
  name: 'retests',
  sql: `
CREATE TABLE retest (sampleNo TEXT PRIMARY KEY REFERENCES sample, commissionNo TEXT NOT NULL REFERENCES commission,
  firstRecordNo TEXT NOT NULL REFERENCES testRecord, firstReportNo TEXT NOT NULL, parameterCodesJson TEXT NOT NULL, basis TEXT NOT NULL,
  clause TEXT, says TEXT NOT NULL, quantity TEXT NOT NULL, reason TEXT, begunById TEXT NOT NULL, begunBy TEXT NOT NULL, begunAt TEXT NOT NULL) STRICT;
CREATE INDEX retestByFirst ON retest (firstRecordNo, begunAt);
CREATE INDEX retestByCommission ON retest (commissionNo);
CREATE TABLE supplement (taskId TEXT PRIMARY KEY REFERENCES task, sampleNo TEXT NOT NULL REFERENCES sample,
  firstRecordNo TEXT NOT NULL REFERENCES testRecord, parameterCodesJson TEXT NOT NULL, reason TEXT NOT NULL, begunById TEXT NOT NULL,
  begunBy TEXT NOT NULL, begunAt TEXT NOT NULL) STRICT;
CREATE INDEX supplementBySample ON supplement (sampleNo, begunAt);
${tables
  .map(
    (table) => `
CREATE TRIGGER ${table}_noUpdate BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, 'IMMUTABLE ${table}'); END;
CREATE TRIGGER ${table}_noDelete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, 'IMMUTABLE ${table}'); END;`,
  )
  .join('')}
`,
};
