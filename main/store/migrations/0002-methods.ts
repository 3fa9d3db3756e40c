// Any test method: a sample is described by the properties its method asks for, readings can be typed, a run says which
// reading it is of, and a record that stopped at hardly possible figures keeps who let it go on. Rows made before keep
// every value; the columns that only cubes had (sideMm, curing) hold the old ones and are not written any more.
import type { Migration } from '../migrate.ts';

const appendOnly = ['reading', 'stopRelease'];

export const methods: Migration = {
  version: 2,
  name: 'methods',
  rebuildsTables: true,
  sql: `
CREATE TABLE sampleRebuilt (sampleNo TEXT PRIMARY KEY, commissionNo TEXT NOT NULL REFERENCES commission, sampleCode TEXT NOT NULL UNIQUE,
  itemCode TEXT NOT NULL, parameterCodesJson TEXT NOT NULL, name TEXT NOT NULL, edition TEXT, propertiesJson TEXT, grade TEXT NOT NULL,
  spec TEXT, sideMm TEXT, curing TEXT, madeOn TEXT, madeAt TEXT, requiredAgeDays INTEGER, sampledOn TEXT NOT NULL,
  structurePart TEXT NOT NULL, representedQuantity TEXT NOT NULL, maker TEXT, batchNo TEXT, state TEXT NOT NULL) STRICT;
INSERT INTO sampleRebuilt (sampleNo, commissionNo, sampleCode, itemCode, parameterCodesJson, name, grade, sideMm, curing, madeOn, madeAt,
    requiredAgeDays, sampledOn, structurePart, representedQuantity, maker, batchNo, state)
  SELECT sampleNo, commissionNo, sampleCode, itemCode, parameterCodesJson, name, grade, sideMm, curing, madeOn, madeAt,
    requiredAgeDays, sampledOn, structurePart, representedQuantity, maker, batchNo, state FROM sample;
DROP TABLE sample;
ALTER TABLE sampleRebuilt RENAME TO sample;
CREATE INDEX sampleByCommission ON sample (commissionNo);
CREATE TRIGGER sample_noDelete BEFORE DELETE ON sample BEGIN SELECT RAISE(ABORT, 'UNDELETABLE sample'); END;

ALTER TABLE task ADD COLUMN ageDays INTEGER;
ALTER TABLE testRecord ADD COLUMN edition TEXT;
ALTER TABLE testRecord ADD COLUMN judgementStandard TEXT;
ALTER TABLE testRecord ADD COLUMN parametersJson TEXT;
ALTER TABLE run ADD COLUMN field TEXT;

CREATE TABLE reading (readingId TEXT PRIMARY KEY, recordNo TEXT NOT NULL REFERENCES testRecord, field TEXT NOT NULL, specimenNo INTEGER,
  position INTEGER, value TEXT, personId TEXT NOT NULL, personName TEXT NOT NULL, at TEXT NOT NULL, reason TEXT) STRICT;
CREATE INDEX readingByRecord ON reading (recordNo);
CREATE TABLE stopRelease (releaseId TEXT PRIMARY KEY, recordNo TEXT NOT NULL REFERENCES testRecord, code TEXT NOT NULL, field TEXT NOT NULL,
  message TEXT NOT NULL, digest TEXT NOT NULL, reason TEXT NOT NULL, personId TEXT NOT NULL, personName TEXT NOT NULL, secondId TEXT NOT NULL,
  secondName TEXT NOT NULL, at TEXT NOT NULL) STRICT;
CREATE INDEX stopReleaseByRecord ON stopRelease (recordNo);
${appendOnly
  .map(
    (table) => `
CREATE TRIGGER ${table}_noUpdate BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, 'IMMUTABLE ${table}'); END;
CREATE TRIGGER ${table}_noDelete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, 'IMMUTABLE ${table}'); END;`,
  )
  .join('')}
CREATE TRIGGER testRecord_begun BEFORE UPDATE OF methodId, edition, methodStandard, judgementStandard, policiesJson, parametersJson
  ON testRecord BEGIN SELECT RAISE(ABORT, 'BEGUN testRecord'); END;
`,
};
