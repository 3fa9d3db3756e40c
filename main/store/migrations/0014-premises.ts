// 检测场所: what the lab enters of its rooms and sites, as the platform has approved it. Their registrations stand with those
// of people and machines.
import type { Migration } from '../migrate.ts';

export const premises: Migration = {
  version: 14,
  name: 'premises',
  sql: `
CREATE TABLE premises (premisesId TEXT PRIMARY KEY, name TEXT NOT NULL, address TEXT NOT NULL, state TEXT NOT NULL, platformId TEXT) STRICT;
CREATE UNIQUE INDEX premisesByPlatformId ON premises (platformId) WHERE platformId IS NOT NULL;
CREATE TRIGGER premises_noDelete BEFORE DELETE ON premises BEGIN SELECT RAISE(ABORT, 'UNDELETABLE premises'); END;
`,
};
