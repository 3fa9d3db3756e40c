// The first schema: reference data, people's accounts, reception, records, runs, signatures, reports, outbox, audit.
// Column names are the entity's own (camelCase), so that no mapping stands between a row and its type.
// What is legal evidence is guarded by triggers as well as by code: nothing here can be deleted, and runs,
// signatures, marks, modifications and audit entries cannot be changed (controls: "data that cannot be edited").
import type { Migration } from '../migrate.ts';

const appendOnly = ['audit', 'run', 'runMark', 'signature', 'modification', 'printLog', 'outboxAttempt'];
const neverDeleted = [
  'commission', 'sample', 'task', 'testRecord', 'report', 'reportRecord', 'numberIssued', 'numberSeries', 'outbox',
  'userAccount', 'institution', 'item', 'person', 'personQualification', 'equipment', 'project', 'contract',
  'unqualified', 'setting', 'media',
]; // prettier-ignore

export const initial: Migration = {
  version: 1,
  name: 'initial',
  sql: `
CREATE TABLE institution (orgCode TEXT PRIMARY KEY, name TEXT NOT NULL, address TEXT NOT NULL,
  certificateNo TEXT NOT NULL, qualificationsJson TEXT NOT NULL, scopeJson TEXT NOT NULL, controlsJson TEXT NOT NULL,
  limitsJson TEXT NOT NULL) STRICT;
CREATE TABLE item (itemCode TEXT PRIMARY KEY, name TEXT NOT NULL, parametersJson TEXT NOT NULL, methodsJson TEXT NOT NULL,
  acquisition TEXT NOT NULL, structuralSafety INTEGER NOT NULL, state TEXT NOT NULL, version INTEGER NOT NULL) STRICT;
CREATE TABLE person (personId TEXT PRIMARY KEY, name TEXT NOT NULL, certificateNo TEXT NOT NULL, state TEXT NOT NULL,
  version INTEGER NOT NULL) STRICT;
CREATE TABLE personQualification (qualificationId TEXT PRIMARY KEY, personId TEXT NOT NULL, itemCode TEXT NOT NULL,
  validTo TEXT NOT NULL, state TEXT NOT NULL, version INTEGER NOT NULL) STRICT;
CREATE INDEX personQualificationByPerson ON personQualification (personId);
CREATE TABLE equipment (equipmentId TEXT PRIMARY KEY, name TEXT NOT NULL, model TEXT NOT NULL, serial TEXT NOT NULL,
  itemCodesJson TEXT NOT NULL, startDate TEXT NOT NULL, validMonths INTEGER NOT NULL, rangeKn TEXT, certificateNo TEXT NOT NULL,
  platformState TEXT NOT NULL, localState TEXT NOT NULL, localReason TEXT, localSince TEXT, portJson TEXT, version INTEGER NOT NULL) STRICT;
CREATE TABLE project (projectId TEXT PRIMARY KEY, name TEXT NOT NULL, supervisionCode TEXT NOT NULL, authority TEXT NOT NULL,
  ownerUnit TEXT NOT NULL, state TEXT NOT NULL, version INTEGER NOT NULL) STRICT;
CREATE TABLE contract (contractId TEXT PRIMARY KEY, contractNo TEXT NOT NULL UNIQUE, projectId TEXT NOT NULL, itemCodesJson TEXT NOT NULL, state TEXT NOT NULL,
  version INTEGER NOT NULL) STRICT;
CREATE INDEX contractByProject ON contract (projectId);
CREATE TABLE referenceCursor (kind TEXT PRIMARY KEY, cursor TEXT, snapshot TEXT NOT NULL, fetchedAt TEXT NOT NULL) STRICT;

CREATE TABLE userAccount (userId TEXT PRIMARY KEY, username TEXT NOT NULL UNIQUE COLLATE NOCASE, personId TEXT NOT NULL,
  passwordHash TEXT NOT NULL, rolesJson TEXT NOT NULL, disabled INTEGER NOT NULL, createdAt TEXT NOT NULL) STRICT;
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE secret (key TEXT PRIMARY KEY, sealed TEXT NOT NULL) STRICT;
CREATE TABLE fact (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE draft (userId TEXT NOT NULL, form TEXT NOT NULL, content TEXT NOT NULL, savedAt TEXT NOT NULL,
  PRIMARY KEY (userId, form)) STRICT;

CREATE TABLE commission (commissionNo TEXT PRIMARY KEY, projectId TEXT NOT NULL, projectName TEXT NOT NULL, supervisionCode TEXT NOT NULL,
  contractNo TEXT, clientUnit TEXT NOT NULL, ownerUnit TEXT NOT NULL, contractorUnit TEXT NOT NULL, supervisorUnit TEXT NOT NULL,
  witnessUnit TEXT NOT NULL, witnessName TEXT NOT NULL, witnessCertNo TEXT NOT NULL, samplerName TEXT NOT NULL,
  commissionedByOwner INTEGER NOT NULL, testCategory TEXT NOT NULL, siteAddress TEXT NOT NULL, remarks TEXT,
  receivedAt TEXT NOT NULL, receiverId TEXT NOT NULL, receiverName TEXT NOT NULL, platformState TEXT NOT NULL,
  platformReason TEXT, gateJson TEXT NOT NULL) STRICT;
CREATE TABLE sample (sampleNo TEXT PRIMARY KEY, commissionNo TEXT NOT NULL REFERENCES commission, sampleCode TEXT NOT NULL UNIQUE,
  itemCode TEXT NOT NULL, parameterCodesJson TEXT NOT NULL, name TEXT NOT NULL, grade TEXT NOT NULL, sideMm TEXT NOT NULL,
  curing TEXT NOT NULL, madeOn TEXT NOT NULL, madeAt TEXT, requiredAgeDays INTEGER NOT NULL, sampledOn TEXT NOT NULL,
  structurePart TEXT NOT NULL, representedQuantity TEXT NOT NULL, maker TEXT, batchNo TEXT, state TEXT NOT NULL) STRICT;
CREATE INDEX sampleByCommission ON sample (commissionNo);
CREATE TABLE task (taskId TEXT PRIMARY KEY, commissionNo TEXT NOT NULL REFERENCES commission, sampleNo TEXT NOT NULL REFERENCES sample,
  itemCode TEXT NOT NULL, dueOn TEXT NOT NULL, state TEXT NOT NULL, recordNo TEXT) STRICT;
CREATE INDEX taskByCommission ON task (commissionNo);
CREATE INDEX taskBySample ON task (sampleNo);
CREATE TABLE testRecord (recordNo TEXT PRIMARY KEY, taskId TEXT NOT NULL UNIQUE REFERENCES task, commissionNo TEXT NOT NULL REFERENCES commission,
  sampleNo TEXT NOT NULL REFERENCES sample, itemCode TEXT NOT NULL, methodId TEXT NOT NULL, methodStandard TEXT NOT NULL, policiesJson TEXT NOT NULL,
  state TEXT NOT NULL, contentRevision INTEGER NOT NULL, equipmentId TEXT REFERENCES equipment, temperatureC TEXT, humidityPercent TEXT,
  resultJson TEXT, testedAt TEXT, testerId TEXT, testerName TEXT, checkedAt TEXT, checkerId TEXT, checkerName TEXT,
  reportKey TEXT, returnedReason TEXT, gateJson TEXT NOT NULL, createdAt TEXT NOT NULL) STRICT;
CREATE INDEX testRecordByCommission ON testRecord (commissionNo);
CREATE INDEX testRecordByReport ON testRecord (reportKey);
CREATE TABLE run (runId TEXT PRIMARY KEY, runNo TEXT NOT NULL UNIQUE, recordNo TEXT NOT NULL REFERENCES testRecord, specimenNo INTEGER NOT NULL,
  equipmentId TEXT NOT NULL, equipmentSerial TEXT NOT NULL, driver TEXT NOT NULL, operatorId TEXT NOT NULL, operatorName TEXT NOT NULL,
  startedAt TEXT NOT NULL, endedAt TEXT NOT NULL, sampleRateHz TEXT NOT NULL, sampleCount INTEGER NOT NULL, channelsJson TEXT NOT NULL,
  peakKn TEXT, peakAtS TEXT, loadingRateKnPerS TEXT, gaps INTEGER NOT NULL, rejectedBytes INTEGER NOT NULL, file TEXT NOT NULL,
  fileSha256 TEXT NOT NULL, rawDigest TEXT NOT NULL, previousDigest TEXT, algorithmJson TEXT NOT NULL, validity TEXT NOT NULL,
  reason TEXT) STRICT;
CREATE INDEX runByRecord ON run (recordNo, specimenNo);
CREATE TABLE runMark (markId TEXT PRIMARY KEY, runId TEXT NOT NULL REFERENCES run, validity TEXT NOT NULL, reason TEXT NOT NULL,
  personId TEXT NOT NULL, personName TEXT NOT NULL, at TEXT NOT NULL) STRICT;
CREATE INDEX runMarkByRun ON runMark (runId);
CREATE TABLE signature (signatureId TEXT PRIMARY KEY, entity TEXT NOT NULL, entityKey TEXT NOT NULL, contentRevision INTEGER NOT NULL,
  meaning TEXT NOT NULL, personId TEXT NOT NULL, personName TEXT NOT NULL, at TEXT NOT NULL, digest TEXT NOT NULL,
  UNIQUE (entity, entityKey, contentRevision, meaning)) STRICT;
CREATE TABLE report (reportKey TEXT PRIMARY KEY, reportNo TEXT NOT NULL, revision INTEGER NOT NULL, commissionNo TEXT NOT NULL REFERENCES commission,
  itemCode TEXT NOT NULL, dueOn TEXT NOT NULL, title TEXT NOT NULL, state TEXT NOT NULL, draftJson TEXT NOT NULL, contentJson TEXT,
  payloadDigest TEXT, contentSha256 TEXT, codedSha256 TEXT, code TEXT UNIQUE, verifyUrl TEXT, codeIssuedAt TEXT, approvedAt TEXT, approverId TEXT,
  approverName TEXT, filedAt TEXT, waitingFor TEXT, returnedReason TEXT, createdAt TEXT NOT NULL, UNIQUE (reportNo, revision)) STRICT;
CREATE INDEX reportByCommission ON report (commissionNo, itemCode, dueOn);
CREATE TABLE reportRecord (reportKey TEXT NOT NULL REFERENCES report, recordNo TEXT NOT NULL REFERENCES testRecord,
  PRIMARY KEY (reportKey, recordNo)) STRICT;
CREATE TABLE printLog (printId TEXT PRIMARY KEY, reportKey TEXT NOT NULL, coded INTEGER NOT NULL, purpose TEXT NOT NULL,
  personName TEXT NOT NULL, at TEXT NOT NULL) STRICT;
CREATE INDEX printLogByReport ON printLog (reportKey);
CREATE TABLE modification (logNo TEXT PRIMARY KEY, commissionNo TEXT NOT NULL, entity TEXT NOT NULL, entityNo TEXT NOT NULL, field TEXT NOT NULL,
  oldValue TEXT NOT NULL, newValue TEXT NOT NULL, reason TEXT NOT NULL, operator TEXT NOT NULL, at TEXT NOT NULL,
  workstation TEXT NOT NULL, previousDigest TEXT) STRICT;
CREATE INDEX modificationByEntity ON modification (entity, entityNo);
CREATE TABLE unqualified (ledgerNo TEXT PRIMARY KEY, recordNo TEXT NOT NULL, commissionNo TEXT NOT NULL, itemCode TEXT NOT NULL,
  parameterCode TEXT NOT NULL, value TEXT NOT NULL, requirement TEXT NOT NULL, foundAt TEXT NOT NULL) STRICT;
CREATE TABLE media (sha256 TEXT PRIMARY KEY, path TEXT NOT NULL, bytes INTEGER NOT NULL, kind TEXT NOT NULL) STRICT;
CREATE TABLE importBatch (importId TEXT PRIMARY KEY, fileName TEXT NOT NULL, createdBy TEXT NOT NULL, createdAt TEXT NOT NULL,
  contentJson TEXT NOT NULL, committedAt TEXT) STRICT;
CREATE TABLE notice (noticeId TEXT PRIMARY KEY, level TEXT NOT NULL, text TEXT NOT NULL, at TEXT NOT NULL, subjectKind TEXT NOT NULL,
  subjectKey TEXT NOT NULL, acknowledgedBy TEXT) STRICT;

CREATE TABLE numberSeries (series TEXT NOT NULL, year INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (series, year)) STRICT;
CREATE TABLE numberIssued (number TEXT PRIMARY KEY, series TEXT NOT NULL, year INTEGER NOT NULL, n INTEGER NOT NULL, entity TEXT NOT NULL,
  entityKey TEXT NOT NULL, voidReason TEXT, UNIQUE (series, year, n)) STRICT;

CREATE TABLE outbox (seq INTEGER PRIMARY KEY AUTOINCREMENT, entryId TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, commissionNo TEXT NOT NULL,
  key TEXT NOT NULL, revision INTEGER NOT NULL, digest TEXT NOT NULL, payload TEXT, mediaSha256 TEXT, state TEXT NOT NULL,
  attempts INTEGER NOT NULL, nextTryAt INTEGER, batchId TEXT, failureClass TEXT, platformCode TEXT, platformMessage TEXT,
  platformDetailsJson TEXT, createdAt INTEGER NOT NULL, acceptedAt INTEGER, UNIQUE (kind, key, revision)) STRICT;
CREATE INDEX outboxOpen ON outbox (seq) WHERE state <> 'accepted';
CREATE INDEX outboxByCommission ON outbox (commissionNo, seq);
CREATE TABLE outboxAttempt (attemptId INTEGER PRIMARY KEY AUTOINCREMENT, entryId TEXT NOT NULL, operation TEXT NOT NULL, target TEXT NOT NULL,
  batchId TEXT, outcome TEXT NOT NULL, code TEXT, message TEXT, requestDigest TEXT NOT NULL, request TEXT NOT NULL, answer TEXT NOT NULL,
  startedAt INTEGER NOT NULL, endedAt INTEGER NOT NULL) STRICT;
CREATE INDEX outboxAttemptByEntry ON outboxAttempt (entryId, attemptId);
CREATE TABLE setAside (asideId TEXT PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, reason TEXT NOT NULL, content TEXT NOT NULL,
  at INTEGER NOT NULL) STRICT;

CREATE TABLE changeFeed (seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, key TEXT NOT NULL, revision INTEGER NOT NULL,
  deleted INTEGER NOT NULL, UNIQUE (kind, key)) STRICT;
CREATE INDEX changeFeedByKind ON changeFeed (kind, seq);

CREATE TABLE audit (seq INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, workstation TEXT NOT NULL, action TEXT NOT NULL,
  entity TEXT NOT NULL, entityKey TEXT NOT NULL, field TEXT, oldValue TEXT, newValue TEXT, reason TEXT, previousHash TEXT NOT NULL,
  hash TEXT NOT NULL) STRICT;
CREATE INDEX auditByEntity ON audit (entity, entityKey, seq);

CREATE VIRTUAL TABLE searchText USING fts5 (kind UNINDEXED, key UNINDEXED, text, tokenize = 'trigram');

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

CREATE TRIGGER testRecord_frozen BEFORE UPDATE OF resultJson, equipmentId, temperatureC, humidityPercent, testerId, checkerId, contentRevision
  ON testRecord WHEN OLD.state = 'approved' BEGIN SELECT RAISE(ABORT, 'FROZEN testRecord'); END;
CREATE TRIGGER report_frozen BEFORE UPDATE OF contentJson, payloadDigest, contentSha256, approverId, approvedAt
  ON report WHEN OLD.state <> 'draft' BEGIN SELECT RAISE(ABORT, 'FROZEN report'); END;
CREATE TRIGGER report_codeOnce BEFORE UPDATE OF code, verifyUrl ON report WHEN OLD.code IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'CODED report'); END;
CREATE TRIGGER numberIssued_kept BEFORE UPDATE OF number, series, year, n, entity, entityKey ON numberIssued
  BEGIN SELECT RAISE(ABORT, 'KEPT numberIssued'); END;
`,
};
