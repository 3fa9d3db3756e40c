// Sealing of a backup by a passphrase: scrypt makes the master key, HKDF a key for every file, AES-256-GCM seals the
// file in chunks whose nonces count and whose last one is marked, so that no chunk can be moved, left out or added.
// The format is written down in README.md. A wrong passphrase, a cut file and an altered one are told apart.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  scryptSync,
  timingSafeEqual,
} from 'node:crypto';
import { AppError } from '../../../shared/errors/appError.ts';

export const chunkBytes = 1024 * 1024;
const tagBytes = 16;
const magic = Buffer.from('JTSEAL1\n');
const [saltBytes, fileSaltBytes, keyIdBytes, sumBytes] = [16, 32, 16, 32];
const bodyOfHeader = magic.length + 12 + saltBytes + keyIdBytes + fileSaltBytes;
export const headerBytes = bodyOfHeader + sumBytes;

export interface Cost {
  N: number;
  r: number;
  p: number;
}
/** 128 MiB and about half a second for every guess. */
export const usualCost: Cost = { N: 131_072, r: 8, p: 1 };

/** What a passphrase becomes with a salt; made once and used for all files of a backup. */
export interface SealKey {
  readonly salt: Buffer;
  readonly cost: Cost;
  readonly keyId: Buffer;
  readonly master: Buffer;
}

const derive = (master: Buffer, salt: Buffer, use: string, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', master, salt, `jiantai-backup ${use}`, bytes));

export function sealKey(passphrase: string, salt: Buffer = randomBytes(saltBytes), cost: Cost = usualCost): SealKey {
  const master = scryptSync(passphrase.normalize('NFKC'), salt, 32, { ...cost, maxmem: 256 * cost.N * cost.r });
  return { salt, cost, master, keyId: derive(master, salt, 'id', keyIdBytes) };
}

/** Proof that a text, such as a manifest, was written by somebody who knew the passphrase. */
export function proofOf(key: SealKey, text: string): string {
  return createHmac('sha256', derive(key.master, key.salt, 'proof', 32))
    .update(text)
    .digest('hex');
}

const refuse = (code: string, message: string, meaning: string, next: string): AppError =>
  new AppError({ code, message, meaning, next });

export const wrongPassphrase = (): AppError =>
  refuse(
    'BACKUP_PASSPHRASE',
    '备份口令不对。',
    '备份没有打开，也没有改动。',
    '请用做这份备份时设置的口令；口令改过的，用改之前的那一个。',
  );
export const cutOff = (name: string): AppError =>
  refuse(
    'BACKUP_CUT',
    `备份文件 ${name} 不完整：后面缺了一段。`,
    '这份备份不能用来恢复，其他备份不受影响。',
    '请换一份备份；常见原因是复制到一半断开或磁盘已满。',
  );
export const altered = (name: string): AppError =>
  refuse(
    'BACKUP_ALTERED',
    `备份文件 ${name} 的内容被改动过或已损坏。`,
    '这份备份不能用来恢复，其他备份不受影响。',
    '请换一份备份，并检查存放备份的磁盘。',
  );

interface Header {
  salt: Buffer;
  cost: Cost;
  keyId: Buffer;
  fileSalt: Buffer;
}

function writeHeader({ salt, cost, keyId }: SealKey, fileSalt: Buffer): Buffer {
  const numbers = Buffer.alloc(12);
  numbers.writeUInt32BE(cost.N, 0);
  numbers.writeUInt32BE(cost.r, 4);
  numbers.writeUInt32BE(cost.p, 8);
  const body = Buffer.concat([magic, numbers, salt, keyId, fileSalt]);
  return Buffer.concat([body, createHash('sha256').update(body).digest()]);
}

export function readHeader(bytes: Buffer, name: string): Header {
  if (bytes.length < headerBytes) throw cutOff(name);
  const body = bytes.subarray(0, bodyOfHeader);
  const sum = createHash('sha256').update(body).digest();
  if (!body.subarray(0, magic.length).equals(magic) || !sum.equals(bytes.subarray(bodyOfHeader, headerBytes)))
    throw altered(name);
  let at = magic.length + 12;
  const take = (length: number): Buffer => Buffer.from(body.subarray(at, (at += length)));
  const cost = {
    N: body.readUInt32BE(magic.length),
    r: body.readUInt32BE(magic.length + 4),
    p: body.readUInt32BE(magic.length + 8),
  };
  // The sum proves nothing against intent: no header may ask for more work than the program itself would.
  if (cost.N > usualCost.N * 8 || cost.r > 32 || cost.p > 16) throw altered(name);
  return { cost, salt: take(saltBytes), keyId: take(keyIdBytes), fileSalt: take(fileSaltBytes) };
}

function nonceOf(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(index), 3);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** Seals chunk after chunk; `last` ends it. What `start` answers stands before the first chunk. */
export class Sealer {
  readonly start: Buffer;
  readonly #key: Buffer;
  #index = 0;

  constructor(key: SealKey) {
    const fileSalt = randomBytes(fileSaltBytes);
    this.start = writeHeader(key, fileSalt);
    this.#key = derive(key.master, fileSalt, 'file', 32);
  }

  /** Every chunk but the last has `chunkBytes`; an empty file is one empty last chunk. */
  chunk(plain: Buffer, last: boolean): Buffer {
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonceOf(this.#index, last));
    cipher.setAAD(this.start);
    this.#index += 1;
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }
}

export const sealedChunkBytes = chunkBytes + tagBytes;

export class Opener {
  readonly #key: Buffer;
  readonly #start: Buffer;
  readonly #name: string;
  #index = 0;

  constructor(key: SealKey, start: Buffer, name: string) {
    const header = readHeader(start, name);
    if (!timingSafeEqual(header.keyId, key.keyId)) throw wrongPassphrase();
    this.#start = start.subarray(0, headerBytes);
    this.#key = derive(key.master, header.fileSalt, 'file', 32);
    this.#name = name;
  }

  /** `end`: nothing follows in the file. A file that ends at a chunk which is not marked as the last was cut. */
  chunk(sealed: Buffer, end: boolean): Buffer {
    if (sealed.length < tagBytes) throw cutOff(this.#name);
    const plain = this.#open(sealed, end);
    if (plain !== null) {
      this.#index += 1;
      return plain;
    }
    // Whole and marked as one in the middle: what came after it is gone.
    if (end && this.#open(sealed, false) !== null) throw cutOff(this.#name);
    throw altered(this.#name);
  }

  #open(sealed: Buffer, last: boolean): Buffer | null {
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonceOf(this.#index, last), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(this.#start);
    decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - tagBytes)), decipher.final()]);
    } catch {
      return null;
    }
  }
}
