// Any machine on the bench: what a run's curve says beyond its peak, readings that came from a balance, a caliper or a
// file with the bytes they came in, the record of how an instrument was taken into use, and the climate of the rooms.
import type { Migration } from '../migrate.ts';

const appendOnly = ['commissioning', 'climateReading', 'climateGap'];

export const instruments: Migration = {
  version: 3,
  name: 'instruments',
  sql: `
ALTER TABLE run ADD COLUMN derivedJson TEXT;
ALTER TABLE run ADD COLUMN remarksJson TEXT;

ALTER TABLE reading ADD COLUMN source TEXT;
ALTER TABLE reading ADD COLUMN equipmentId TEXT;
ALTER TABLE reading ADD COLUMN driver TEXT;
ALTER TABLE reading ADD COLUMN raw TEXT;
ALTER TABLE reading ADD COLUMN mediaSha256 TEXT REFERENCES media;

ALTER TABLE equipment ADD COLUMN accuracyClass TEXT;
ALTER TABLE equipment ADD COLUMN rangeText TEXT;

CREATE TABLE commissioning (commissioningId TEXT PRIMARY KEY, equipmentId TEXT NOT NULL REFERENCES equipment, at TEXT NOT NULL,
  personId TEXT NOT NULL, personName TEXT NOT NULL, portJson TEXT NOT NULL, driver TEXT NOT NULL, driverVersion TEXT NOT NULL,
  identity TEXT, certificateNo TEXT NOT NULL, rangeText TEXT NOT NULL, accuracyClass TEXT NOT NULL, shown TEXT NOT NULL, received TEXT NOT NULL,
  zero TEXT, raw TEXT NOT NULL, remark TEXT) STRICT;
CREATE INDEX commissioningByEquipment ON commissioning (equipmentId, at);

CREATE TABLE climatePlace (placeId TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, equipmentId TEXT REFERENCES equipment,
  temperatureMin TEXT, temperatureMax TEXT, humidityMin TEXT, humidityMax TEXT, state TEXT NOT NULL) STRICT;
CREATE TRIGGER climatePlace_noDelete BEFORE DELETE ON climatePlace BEGIN SELECT RAISE(ABORT, 'UNDELETABLE climatePlace'); END;
CREATE TABLE climateReading (placeId TEXT NOT NULL REFERENCES climatePlace, minute TEXT NOT NULL, temperatureC TEXT, humidityPercent TEXT,
  equipmentId TEXT NOT NULL, raw TEXT NOT NULL, PRIMARY KEY (placeId, minute)) STRICT, WITHOUT ROWID;
CREATE TABLE climateGap (placeId TEXT NOT NULL REFERENCES climatePlace, fromMinute TEXT NOT NULL, toMinute TEXT NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (placeId, fromMinute)) STRICT, WITHOUT ROWID;

CREATE TABLE instrumentFile (sha256 TEXT PRIMARY KEY REFERENCES media, fileName TEXT NOT NULL, source TEXT NOT NULL, profileId TEXT NOT NULL,
  equipmentId TEXT REFERENCES equipment, importedAt TEXT NOT NULL, personId TEXT NOT NULL, personName TEXT NOT NULL, resultJson TEXT NOT NULL) STRICT;
CREATE TRIGGER instrumentFile_noUpdate BEFORE UPDATE ON instrumentFile BEGIN SELECT RAISE(ABORT, 'IMMUTABLE instrumentFile'); END;
CREATE TRIGGER instrumentFile_noDelete BEFORE DELETE ON instrumentFile BEGIN SELECT RAISE(ABORT, 'IMMUTABLE instrumentFile'); END;
${appendOnly
  .map(
    (table) => `
CREATE TRIGGER ${table}_noUpdate BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, 'IMMUTABLE ${table}'); END;
CREATE TRIGGER ${table}_noDelete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, 'IMMUTABLE ${table}'); END;`,
  )
  .join('')}
`,
};
