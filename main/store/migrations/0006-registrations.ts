// People, machines and premises that the lab enters itself, with what the platform says of them; every decision of the
// gate with the reference data it rests on; downloads that wait for a person. A row entered here keeps its own key: the
// platform's id for it stands beside it, so that nothing that names the row ever has to change.
import type { Migration } from '../migrate.ts';

export const registrations: Migration = {
  version: 6,
  name: 'registrations',
  sql: `
ALTER TABLE person ADD COLUMN platformId TEXT;
ALTER TABLE equipment ADD COLUMN platformId TEXT;
CREATE UNIQUE INDEX personByPlatformId ON person (platformId) WHERE platformId IS NOT NULL;
CREATE UNIQUE INDEX equipmentByPlatformId ON equipment (platformId) WHERE platformId IS NOT NULL;

CREATE TABLE registration (registrationId TEXT PRIMARY KEY, kind TEXT NOT NULL, localId TEXT NOT NULL, revision INTEGER NOT NULL,
  dataJson TEXT NOT NULL, reason TEXT NOT NULL, entryId TEXT NOT NULL UNIQUE, state TEXT NOT NULL, platformId TEXT, platformReason TEXT,
  enteredById TEXT NOT NULL, enteredByName TEXT NOT NULL, enteredAt TEXT NOT NULL, decidedAt TEXT,
  UNIQUE (kind, localId, revision)) STRICT;
CREATE TABLE personIdentity (personId TEXT PRIMARY KEY, sealed TEXT NOT NULL, masked TEXT NOT NULL) STRICT;

CREATE TABLE gateDecision (decisionId TEXT PRIMARY KEY, moment TEXT NOT NULL, entity TEXT NOT NULL, entityKey TEXT NOT NULL, at TEXT NOT NULL,
  personId TEXT, equipmentIdsJson TEXT NOT NULL, allowed INTEGER NOT NULL, snapshot TEXT, snapshotFetchedAt TEXT, findingsJson TEXT NOT NULL) STRICT;
CREATE INDEX gateDecisionByEntity ON gateDecision (entity, entityKey, decisionId);

CREATE TABLE referenceHeld (heldId TEXT PRIMARY KEY, kind TEXT NOT NULL, digest TEXT NOT NULL, snapshot TEXT NOT NULL, usableBefore INTEGER NOT NULL,
  lostCount INTEGER NOT NULL, lostJson TEXT NOT NULL, at TEXT NOT NULL, state TEXT NOT NULL, decidedById TEXT, decidedByName TEXT,
  decidedAt TEXT, reason TEXT, UNIQUE (kind, digest)) STRICT;

${['registration', 'personIdentity', 'referenceHeld']
  .map(
    (table) =>
      `CREATE TRIGGER ${table}_noDelete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, 'UNDELETABLE ${table}'); END;`,
  )
  .join('\n')}
CREATE TRIGGER registration_kept BEFORE UPDATE OF kind, localId, revision, dataJson, reason, entryId, enteredById, enteredByName, enteredAt
  ON registration BEGIN SELECT RAISE(ABORT, 'KEPT registration'); END;
CREATE TRIGGER referenceHeld_kept BEFORE UPDATE OF kind, digest, snapshot, usableBefore, lostCount, lostJson, at
  ON referenceHeld BEGIN SELECT RAISE(ABORT, 'KEPT referenceHeld'); END;
CREATE TRIGGER gateDecision_noUpdate BEFORE UPDATE ON gateDecision BEGIN SELECT RAISE(ABORT, 'IMMUTABLE gateDecision'); END;
CREATE TRIGGER gateDecision_noDelete BEFORE DELETE ON gateDecision BEGIN SELECT RAISE(ABORT, 'IMMUTABLE gateDecision'); END;
`,
};
