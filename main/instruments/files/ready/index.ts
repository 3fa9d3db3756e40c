// The profiles that come with the program. A lab's own stand beside them and never in their place.
import { parseFileProfile, type FileProfile } from '../profile.ts';
import { caliperCsv, digimaticLog } from './caliper.ts';
import { reboundCsv, reboundXlsx } from './rebound.ts';
import { vendorCsv, vendorMdb, vendorSqlite } from './vendor.ts';

export const readyProfiles: readonly FileProfile[] = [
  reboundCsv,
  reboundXlsx,
  digimaticLog,
  caliperCsv,
  vendorCsv,
  vendorSqlite,
  vendorMdb,
].map(parseFileProfile);
