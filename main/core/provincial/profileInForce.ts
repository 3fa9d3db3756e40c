// The data of the profile that the lab's platform speaks, and what its words mean here.
import { DEFAULT_PROFILE, profileOf, PROFILES } from '../../../sync/provincial/profiles/index.ts';
import type { ProfileData } from '../../../sync/provincial/profiles/profile-data.ts';
import type { Store } from '../../store/store.ts';

type Reader = Pick<Store, 'get'>;

/** A setting that this program does not know any more is read as the default; the link itself refuses to start with it. */
export function profileInForce(reader: Reader): ProfileData {
  const chosen = reader.get('setting', 'platformProfile')?.['value'];
  return (profileOf(String(chosen ?? DEFAULT_PROFILE)) ?? PROFILES[DEFAULT_PROFILE]).data;
}

/** Every word that means usable on that platform. */
export const isActive = (reader: Reader, word: string): boolean =>
  profileInForce(reader).activeWords.includes(word.trim().toLowerCase());

/** The platform's word for a state: what means usable becomes `active`, any other stays as it is. */
export const stateOf = (reader: Reader, word: string): string => (isActive(reader, word) ? 'active' : word);
