// Batch review and blind samples: what a person agreed to after seeing it, and the number a sample goes by at the bench.
import type { Migration } from '../migrate.ts';

export const review: Migration = {
  version: 17,
  name: 'review',
  sql: `
CREATE TABLE agreement (personId TEXT NOT NULL, entity TEXT NOT NULL, entityKey TEXT NOT NULL, digest TEXT NOT NULL,
  shownAt TEXT NOT NULL, agreedAt TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (personId, entity, entityKey)) STRICT;
CREATE INDEX agreementByPerson ON agreement (personId, entity, state, agreedAt);
CREATE TRIGGER agreement_noDelete BEFORE DELETE ON agreement BEGIN SELECT RAISE(ABORT, 'IMMUTABLE agreement'); END;
CREATE TABLE blindSample (sampleNo TEXT PRIMARY KEY REFERENCES sample, blindNo TEXT NOT NULL UNIQUE,
  commissionNo TEXT NOT NULL REFERENCES commission, madeAt TEXT NOT NULL) STRICT;
-- What is hidden is asked for by what is not finished.
CREATE INDEX taskUnfinished ON task (commissionNo) WHERE state NOT IN ('approved', 'void');
CREATE INDEX blindSampleByCommission ON blindSample (commissionNo);
CREATE TRIGGER blindSample_noUpdate BEFORE UPDATE ON blindSample BEGIN SELECT RAISE(ABORT, 'IMMUTABLE blindSample'); END;
CREATE TRIGGER blindSample_noDelete BEFORE DELETE ON blindSample BEGIN SELECT RAISE(ABORT, 'IMMUTABLE blindSample'); END;
`,
};
