// Nothing that the gate decides about is written without its decision: a commission, an original record, a run and a
// signature need one that allows, in the store itself, whatever code writes them. What was begun before this version is
// finished under the rules it was begun under. And what a named person let pass where the supervisor's switch is off.
import type { Migration } from '../migrate.ts';

/** A decision that allowed, of this moment, about this thing. */
const allowed = (entity: string, key: string, moments: string, more = ''): string =>
  `EXISTS (SELECT 1 FROM gateDecision WHERE entity = '${entity}' AND entityKey = ${key} AND allowed = 1 AND moment IN (${moments})${more})`;

const bySigner = ' AND personId = NEW.personId';
/** Every record of the report was asked about, for the one who signs; a report has at least one. */
const eachRecord = (moment: string): string => `(EXISTS (SELECT 1 FROM reportRecord WHERE reportKey = NEW.entityKey)
    AND NOT EXISTS (SELECT 1 FROM reportRecord WHERE reportKey = NEW.entityKey
      AND NOT ${allowed('record', 'reportRecord.recordNo', `'${moment}'`, bySigner)}))`;

const begunBefore = `EXISTS (SELECT 1 FROM testRecord WHERE recordNo = NEW.recordNo
    AND createdAt < (SELECT at FROM audit WHERE entity = 'schema' AND entityKey = '11'))`;

const rules: Record<string, string> = {
  commission: allowed('commission', 'NEW.commissionNo', `'reception', 'import'`),
  testRecord: allowed('record', 'NEW.recordNo', `'run-start'`),
  run: `(${allowed('run', 'NEW.runId', `'run-start'`)} OR ${allowed('record', 'NEW.recordNo', `'run-start'`)} OR ${begunBefore})`,
  signature: `CASE NEW.entity
    WHEN 'record' THEN ${allowed('record', 'NEW.entityKey', `'signing'`, bySigner)}
    WHEN 'report' THEN CASE NEW.meaning WHEN 'approve' THEN ${eachRecord('approval')} ELSE ${eachRecord('signing')} END
    WHEN 'changeOrder' THEN 1 WHEN 'reportVoid' THEN 1 ELSE 0 END`,
};

export const gated: Migration = {
  version: 11,
  name: 'gated',
  sql: `
CREATE TRIGGER secret_noDelete BEFORE DELETE ON secret BEGIN SELECT RAISE(ABORT, 'UNDELETABLE secret'); END;

CREATE TABLE gateOverride (overrideId TEXT PRIMARY KEY, question TEXT NOT NULL, subject TEXT NOT NULL, entity TEXT NOT NULL,
  entityKey TEXT NOT NULL, personId TEXT NOT NULL, personName TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL,
  endedAt TEXT, endedBy TEXT, endReason TEXT) STRICT;
CREATE INDEX gateOverrideByEntity ON gateOverride (entity, entityKey, question);
CREATE TRIGGER gateOverride_noDelete BEFORE DELETE ON gateOverride BEGIN SELECT RAISE(ABORT, 'UNDELETABLE gateOverride'); END;
CREATE TRIGGER gateOverride_kept BEFORE UPDATE OF overrideId, question, subject, entity, entityKey, personId, personName, reason, at
  ON gateOverride BEGIN SELECT RAISE(ABORT, 'KEPT gateOverride'); END;
CREATE TRIGGER gateOverride_endedOnce BEFORE UPDATE ON gateOverride WHEN OLD.endedAt IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'KEPT gateOverride'); END;
${Object.entries(rules)
  .map(
    ([table, rule]) => `
CREATE TRIGGER ${table}_gated BEFORE INSERT ON ${table} WHEN NOT (${rule})
  BEGIN SELECT RAISE(ABORT, 'UNGATED ${table}'); END;`,
  )
  .join('')}
`,
};
