// The digests that supervision platforms ask for in signatures and check values. SM3 (GB/T 32905) comes from a library
// in plain JavaScript: Electron's crypto library has none, and one implementation everywhere cannot disagree with
// itself. MD5 and SHA-1 are here because platforms demand them; nothing of ours relies on them.
import { createHash, createHmac } from 'node:crypto';
import sm3 from 'sm-crypto/src/sm3/index.js';

export const MESSAGE_DIGESTS = ['MD5', 'SHA-1', 'SHA-256', 'SM3', 'HMAC-SHA256', 'HMAC-SM3'] as const;
export type MessageDigest = (typeof MESSAGE_DIGESTS)[number];

const bytesOf = (value: Uint8Array | string): Uint8Array =>
  typeof value === 'string' ? Buffer.from(value, 'utf8') : value;

export function isKeyed(digest: MessageDigest): boolean {
  return digest.startsWith('HMAC-');
}

/** Lower-case hex; text and key are taken as UTF-8. A keyed digest needs its key, a plain one must not be given one. */
export function messageDigest(digest: MessageDigest, text: Uint8Array | string, key?: Uint8Array | string): string {
  if (isKeyed(digest) !== (key !== undefined)) {
    throw new TypeError(`${digest} ${key === undefined ? 'needs a key' : 'takes no key'}`);
  }
  switch (digest) {
    case 'MD5':
      return createHash('md5').update(bytesOf(text)).digest('hex');
    case 'SHA-1':
      return createHash('sha1').update(bytesOf(text)).digest('hex');
    case 'SHA-256':
      return createHash('sha256').update(bytesOf(text)).digest('hex');
    case 'SM3':
      return sm3(bytesOf(text));
    case 'HMAC-SHA256':
      return createHmac('sha256', bytesOf(key ?? ''))
        .update(bytesOf(text))
        .digest('hex');
    case 'HMAC-SM3':
      return sm3(bytesOf(text), { key: bytesOf(key ?? ''), mode: 'hmac' });
    default:
      throw new TypeError(`unknown digest ${String(digest satisfies never)}`);
  }
}
