// The climate log: how long a room may be outside its band before it is said, which items a room belongs to, and where a
// record's temperature and humidity came from.
import type { Migration } from '../migrate.ts';

export const climate: Migration = {
  version: 4,
  name: 'climate',
  sql: `
ALTER TABLE climatePlace ADD COLUMN alarmMinutes INTEGER NOT NULL DEFAULT 5;
ALTER TABLE climatePlace ADD COLUMN itemCodesJson TEXT NOT NULL DEFAULT '[]';
ALTER TABLE testRecord ADD COLUMN environmentJson TEXT;
`,
};
