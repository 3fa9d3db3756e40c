// Digests and schemes against recorded vectors: those of the standards (GB/T 32905, RFC 1321, 3174, 4231, FIPS 180-4) and
// others made with Python's hashlib and the openssl command line over texts written by hand. Where this runtime's own
// crypto library has SM3, it must agree with ours on any input.
import { createHash, createHmac, getHashes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MESSAGE_DIGESTS, type MessageDigest, messageDigest } from './message-digest.ts';
import {
  joinedValues,
  type SignatureScheme,
  signatureMatches,
  signatureOf,
  type SignedValues,
} from './signature-scheme.ts';
import { SIGN_METHODS, signMethodAvailable } from './signing.ts';
import digestVectors from './vectors/digests.json' with { type: 'json' };
import schemeVectors from './vectors/schemes.json' with { type: 'json' };

interface DigestVector {
  digest: MessageDigest;
  source: string;
  /** Hex of one piece of the message. */
  input: string;
  repeat?: number;
  key?: string;
  hex: string;
}

interface SchemeVector {
  name: string;
  scheme: SignatureScheme;
  values: SignedValues;
  key: string;
  joined: string;
  signature: string;
}

const digests = digestVectors as DigestVector[];
const schemes = schemeVectors as unknown as SchemeVector[];

describe('digests', () => {
  it.each(digests)('$digest as $source has it', ({ digest, input, repeat, key, hex }) => {
    const piece = Buffer.from(input, 'hex');
    const message = Buffer.concat(Array.from({ length: repeat ?? 1 }, () => piece));
    expect(messageDigest(digest, message, key === undefined ? undefined : Buffer.from(key, 'hex'))).toBe(hex);
  });

  it('has vectors for every digest there is', () => {
    expect(new Set(digests.map((vector) => vector.digest))).toEqual(new Set(MESSAGE_DIGESTS));
  });

  it('takes a key where there is one to take, and only there', () => {
    expect(() => messageDigest('HMAC-SM3', 'x')).toThrow(/needs a key/);
    expect(() => messageDigest('SM3', 'x', 'k')).toThrow(/takes no key/);
    expect(messageDigest('HMAC-SM3', 'x', '')).toMatch(/^[0-9a-f]{64}$/);
  });

  it.runIf(getHashes().includes('sm3'))('SM3 and HMAC-SM3 agree with OpenSSL on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 140 }), (message, key) => {
        expect(messageDigest('SM3', message)).toBe(createHash('sm3').update(message).digest('hex'));
        expect(messageDigest('HMAC-SM3', message, key)).toBe(createHmac('sm3', key).update(message).digest('hex'));
      }),
      { numRuns: 300 },
    );
    const long = Buffer.alloc(1_000_003, 'abcdefg');
    expect(messageDigest('SM3', long)).toBe(createHash('sm3').update(long).digest('hex'));
  });

  it('both methods of the contract are there in every runtime', () => {
    expect(SIGN_METHODS.every((method) => signMethodAvailable(method))).toBe(true);
    expect(signMethodAvailable('HMAC-MD5')).toBe(false);
  });
});

describe('schemes', () => {
  it.each(schemes)('$name', ({ scheme, values, key, joined, signature }) => {
    expect(joinedValues(scheme, values)).toBe(joined);
    expect(signatureOf(scheme, values, key)).toBe(signature);
    expect(signatureMatches(scheme, values, key, signature)).toBe(true);
    const otherCase = signature === signature.toUpperCase() ? signature.toLowerCase() : signature.toUpperCase();
    expect(signatureMatches(scheme, values, key, otherCase)).toBe(false);
    expect(signatureMatches(scheme, values, `${key}x`, signature)).toBe(false);
    expect(signatureMatches(scheme, values, key, signature.slice(1))).toBe(false);
  });

  it('refuses to sign without a value it covers, and a keyed digest without an HMAC', () => {
    const scheme = schemes[0]!.scheme;
    expect(() => signatureOf(scheme, { method: 'GET' }, 'k')).toThrow(/covers path/);
    const wrong: SignatureScheme = { ...scheme, parameters: [], key: { place: 'after', text: '{key}' } };
    expect(() => signatureOf(wrong, {}, 'k')).toThrow(/as an HMAC does/);
    // A value of that name that an object inherits was not given.
    expect(() => joinedValues({ ...scheme, parameters: ['toString'] }, {})).toThrow(/covers toString/);
  });
});
