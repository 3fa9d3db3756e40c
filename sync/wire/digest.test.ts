// RFC 8785: the sorting vector is section 3.2.3 of the RFC; the digests were computed with openssl over the canonical text.
import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { canonicalJson, digestOf, sha256Hex } from './digest.ts';

describe('digest', () => {
  it('equals openssl over the canonical text, whatever the order of the fields', () => {
    const expected = 'f356acfb73409f60e66f386cca9c7e838b14adc944bce25d6b87c8eefa7a69cd';
    expect(digestOf({ a: [1, 2, '35.10'], b: { c: null, 中: '值' } })).toBe(expected);
    expect(digestOf({ b: { 中: '值', c: null }, a: [1, 2, '35.10'] })).toBe(expected);
    expect(sha256Hex('{"batchId":"01J"}')).toBe('d9579dd40e49e4e37eb007c0a56af1e552ca60987c5c9811809cd8e4d1ac0a3f');
  });

  it('sorts names by UTF-16 code units as RFC 8785 section 3.2.3 shows', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    const names = [...canonicalJson(value).matchAll(/:"([^"]+)"/g)].map((match) => match[1]);
    expect(names).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  it('keeps the digits of a decimal string and distinguishes it from another', () => {
    expect(digestOf({ value: '35.1' })).not.toBe(digestOf({ value: '35.10' }));
  });

  it('survives a trip over the wire', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(digestOf(JSON.parse(JSON.stringify(value)))).toBe(digestOf(value));
      }),
    );
  });

  it('refuses what JSON cannot carry', () => {
    expect(() => digestOf(undefined)).toThrow(TypeError);
    expect(() => digestOf({ x: Number.NaN })).toThrow(/NaN/);
    expect(() => digestOf({ x: '\ud800' })).toThrow(/surrogate/i);
  });
});
