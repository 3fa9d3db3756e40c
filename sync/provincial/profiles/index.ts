// The profiles there are. A province is chosen by its id in the settings; what an administrator is shown about it
// (capabilities, limits, assumptions) is the profile's data. Adding one is adding a line here.
import { REFERENCE_PROFILE, type ProfileData } from './reference/profile.ts';
import { createReferencePort, type ReferencePort, type ReferencePortOptions } from './reference/index.ts';

export interface Profile {
  data: ProfileData;
  createPort(options: ReferencePortOptions): ReferencePort;
}

export const PROFILES = {
  reference: { data: REFERENCE_PROFILE, createPort: createReferencePort },
} as const satisfies Record<string, Profile>;

export type ProfileId = keyof typeof PROFILES;
