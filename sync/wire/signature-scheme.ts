// How a platform wants its requests signed, as data: which values, in which order, how they are written and joined,
// where the key goes, which digest, which hex case. A profile declares its scheme; nothing about signing is programmed
// twice. The recorded vectors beside it were made with other tools than this code.
import { timingSafeEqual } from 'node:crypto';
import { isKeyed, type MessageDigest, messageDigest } from './message-digest.ts';

export interface SignatureScheme {
  digest: MessageDigest;
  /** The values that are signed, by name; `all` takes every value that was given. */
  parameters: readonly string[] | 'all';
  /** `by-name` sorts by the code units of the name, as platforms in Java and C# do. */
  order: 'declared' | 'by-name';
  write: 'value' | 'name=value' | 'namevalue';
  join: string;
  /** What an empty value does: it keeps its place, or it is left out with its name. */
  empty: 'kept' | 'left-out';
  /** RFC 3986 before joining, or as it is. */
  encode: 'none' | 'percent';
  /** The key of the HMAC, or a text before or after the joined values, e.g. `&key={key}`. */
  key: 'hmac' | { place: 'before' | 'after'; text: string };
  hexCase: 'lower' | 'upper';
}

export type SignedValues = Readonly<Record<string, string>>;

/** RFC 3986: everything but unreserved characters is encoded, also those encodeURIComponent leaves alone. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function namesOf(scheme: SignatureScheme, values: SignedValues): string[] {
  const names = scheme.parameters === 'all' ? Object.keys(values) : [...scheme.parameters];
  return scheme.order === 'by-name' ? names.sort(byCodeUnit) : names;
}

/** The values as they are signed, without the key. Throws when a value the scheme names was not given. */
export function joinedValues(scheme: SignatureScheme, values: SignedValues): string {
  const parts: string[] = [];
  for (const name of namesOf(scheme, values)) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new TypeError(`the signature covers ${name}, which was not given`);
    if (value === '' && scheme.empty === 'left-out') continue;
    const written = scheme.encode === 'percent' ? percentEncode(value) : value;
    if (scheme.write === 'value') parts.push(written);
    else parts.push(scheme.write === 'name=value' ? `${name}=${written}` : `${name}${written}`);
  }
  return parts.join(scheme.join);
}

export function signatureOf(scheme: SignatureScheme, values: SignedValues, key: string): string {
  const joined = joinedValues(scheme, values);
  let hex: string;
  if (scheme.key === 'hmac') {
    hex = messageDigest(scheme.digest, joined, key);
  } else {
    if (isKeyed(scheme.digest)) throw new TypeError(`${scheme.digest} takes its key as an HMAC does`);
    // A replacement function: a `$&` in a key must not mean anything.
    const keyText = scheme.key.text.replace('{key}', () => key);
    hex = messageDigest(scheme.digest, scheme.key.place === 'before' ? keyText + joined : joined + keyText);
  }
  return scheme.hexCase === 'upper' ? hex.toUpperCase() : hex;
}

/** Compares in constant time; only the very text the scheme makes passes, its hex case included. */
export function signatureMatches(scheme: SignatureScheme, values: SignedValues, key: string, given: string): boolean {
  const expected = Buffer.from(signatureOf(scheme, values, key), 'latin1');
  const actual = Buffer.from(given, 'utf8');
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
