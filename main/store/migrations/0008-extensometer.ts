// Extensometers are equipment of a kind of their own: gauge length, class and range beside what every machine has. A run
// keeps which one was on the bar, as it was that day: a later calibration or correction does not reach back.
import type { Migration } from '../migrate.ts';

export const extensometer: Migration = {
  version: 8,
  name: 'extensometer',
  sql: `
ALTER TABLE equipment ADD COLUMN extensometerJson TEXT;
ALTER TABLE run ADD COLUMN extensometerJson TEXT;
`,
};
