// What a payload's digest is, once for both ends of the wire: SHA-256 in lower-case hex over the RFC 8785 canonical
// JSON of the payload. Always take it over the payload as sent or received, never over what a schema has parsed:
// parsing drops fields it does not know, and the digest covers them too.
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** SHA-256 in lower-case hex; a string is taken as UTF-8. */
export function sha256Hex(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** RFC 8785 text of a JSON value. Throws on what JSON cannot carry (NaN, lone surrogates, cycles, undefined). */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('value has no JSON representation');
  return text;
}

/** Digest of a payload, as `digest` fields of the contract carry it. */
export function digestOf(payload: unknown): string {
  return sha256Hex(canonicalJson(payload));
}
