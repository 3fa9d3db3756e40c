// The profiles there are. A province is chosen by its id in the settings; what an administrator is shown about it
// (capabilities, limits, assumptions) is the profile's data. Adding one is adding a line here.
import type { ProvincialPort } from '../port.ts';
import { createExchangePort, EXCHANGE_PROFILE } from './exchange-tables/index.ts';
import { createFormPort, FORM_PROFILE } from './form/index.ts';
import type { ProfileData, ProfilePortOptions } from './profile-data.ts';
import { createReferencePort, REFERENCE_PROFILE } from './reference/index.ts';

export interface Profile {
  data: ProfileData;
  /** How its platform's address begins. */
  protocols: readonly string[];
  /** Whether the platform asks for an account and a key. */
  withKey: boolean;
  /** `close` lets go of what the port holds open. */
  createPort(options: ProfilePortOptions): ProvincialPort & { close(): void };
}

const HTTP = ['http:', 'https:'];

export const PROFILES = {
  reference: { data: REFERENCE_PROFILE, protocols: HTTP, withKey: true, createPort: createReferencePort },
  form: { data: FORM_PROFILE, protocols: HTTP, withKey: true, createPort: createFormPort },
  'exchange-tables': { data: EXCHANGE_PROFILE, protocols: ['file:'], withKey: false, createPort: createExchangePort },
} as const satisfies Record<string, Profile>;

export type ProfileId = keyof typeof PROFILES;
export const DEFAULT_PROFILE: ProfileId = 'reference';

/** The profile of that id; `null` for one this program does not know. */
export function profileOf(id: string): Profile | null {
  return Object.hasOwn(PROFILES, id) ? PROFILES[id as ProfileId] : null;
}
