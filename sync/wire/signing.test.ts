// The expected signatures are literals computed with the openssl command line over hand-written canonical texts, so
// that a fault in our own canonical text or HMAC cannot agree with itself.
import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { sha256Hex } from './digest.ts';
import {
  canonicalQuery,
  canonicalRequest,
  newNonce,
  NONCE_PATTERN,
  percentEncode,
  sign,
  signedHeaders,
  verifySignature,
} from './signing.ts';

const SECRET = 'training-secret-0123456789';
const BODY = '{"batchId":"01J"}';
const POST_TEXT = [
  'POST',
  '/v1/batches',
  '',
  '440000000001',
  '1795000000000',
  'abcdefghijklmnop',
  'd9579dd40e49e4e37eb007c0a56af1e552ca60987c5c9811809cd8e4d1ac0a3f',
].join('\n');
const POST_SHA256 = '08a083ed0857a011d33fd608ab06b92e18a694d5906c6529dce0a7cf0350ab97';
const POST_SM3 = '8ca370517182ca32c3ded58a2995dab65eb14e79b20fb8f936729c4ab5e9d15e';
const GET_SHA256 = '16ded9c080806a109e537f4d8de8810cb2a6fedd59f3b8e12638f1d56eec7685';

describe('canonical request', () => {
  it('joins the seven lines, with an empty line where there is no query', () => {
    const text = canonicalRequest({
      method: 'post',
      path: '/v1/batches',
      orgCode: '440000000001',
      timestamp: '1795000000000',
      nonce: 'abcdefghijklmnop',
      bodySha256: sha256Hex(BODY),
    });
    expect(text).toBe(POST_TEXT);
  });

  it('signs as openssl does, with SHA-256 and with SM3', () => {
    expect(sign(POST_TEXT, SECRET)).toBe(POST_SHA256);
    expect(sign(POST_TEXT, SECRET, 'HMAC-SM3')).toBe(POST_SM3);
  });

  it('sorts and encodes the query, hashes the empty body, and takes a key in UTF-8', () => {
    const headers = signedHeaders({
      method: 'GET',
      path: '/v1/reference/item',
      query: [
        ['limit', '100'],
        ['a', '2'],
        ['cursor', '号 +&'],
        ['a', '1'],
      ],
      orgCode: '440000000001',
      accessKey: 'AK1',
      secret: '密钥-key',
      timestamp: 1795000000123,
      nonce: 'A_b-C_d-E_f-0123456789',
    });
    expect(headers).toEqual({
      'X-Org-Code': '440000000001',
      'X-Access-Key': 'AK1',
      'X-Timestamp': '1795000000123',
      'X-Nonce': 'A_b-C_d-E_f-0123456789',
      'X-Sign-Method': 'HMAC-SHA256',
      'X-Signature': GET_SHA256,
    });
  });

  it('encodes the characters encodeURIComponent leaves alone', () => {
    expect(percentEncode("!'()*~-._aZ0")).toBe('%21%27%28%29%2A~-._aZ0');
  });

  it('reads the same query from pairs and from what was sent', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })), { maxLength: 5 }),
        (pairs) => {
          const sent = canonicalQuery(pairs);
          expect(canonicalQuery(sent)).toBe(sent);
          expect(canonicalQuery(pairs.toReversed())).toBe(sent);
        },
      ),
    );
  });
});

describe('verification', () => {
  it('accepts the exact signature only', () => {
    expect(verifySignature(POST_TEXT, SECRET, POST_SHA256)).toBe(true);
    expect(verifySignature(POST_TEXT, SECRET, POST_SHA256.toUpperCase())).toBe(false);
    expect(verifySignature(POST_TEXT, SECRET, POST_SHA256.slice(1))).toBe(false);
    expect(verifySignature(POST_TEXT, SECRET, `${POST_SHA256.slice(0, -1)}8`)).toBe(false);
    expect(verifySignature(POST_TEXT, `${SECRET}x`, POST_SHA256)).toBe(false);
    expect(verifySignature(`${POST_TEXT}\n`, SECRET, POST_SHA256)).toBe(false);
    expect(verifySignature(POST_TEXT, SECRET, '中'.repeat(64))).toBe(false);
  });

  it('makes a new permitted nonce each time', () => {
    const nonces = new Set(Array.from({ length: 200 }, newNonce));
    expect(nonces.size).toBe(200);
    for (const nonce of nonces) expect(nonce).toMatch(NONCE_PATTERN);
  });
});
