// One file on its way into a backup and out of it: copied in chunks, digested on both sides, sealed where a passphrase
// is set, flushed. Synchronous on purpose: it runs in the backup's own thread.
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, mkdirSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../../../shared/errors/appError.ts';
import { altered, chunkBytes, cutOff, headerBytes, Opener, sealedChunkBytes, Sealer, type SealKey } from './seal.ts';

export const sealedSuffix = '.sealed';

/** What a file is, and what lies in the backup for it; both are the same where nothing is sealed. */
export interface Measured {
  bytes: number;
  sha256: string;
  storedBytes: number;
  storedSha256: string;
}

/** Reads whole chunks; a file that ends gives a shorter one, or none. */
function* chunksOf(file: number, size: number): Generator<Buffer> {
  for (;;) {
    const buffer = Buffer.allocUnsafe(size);
    let filled = 0;
    while (filled < size) {
      const got = readSync(file, buffer, filled, size - filled, null);
      if (got === 0) break;
      filled += got;
    }
    if (filled === 0) return;
    yield buffer.subarray(0, filled);
    if (filled < size) return;
  }
}

function writeAll(file: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
}

/** Copies into the backup. A file that fails half way is removed again. `onBytes` may throw to break off. */
export function putFile(
  from: string,
  to: string,
  key: SealKey | null,
  onBytes: (bytes: number) => void = () => undefined,
): Measured {
  const [plain, stored] = [createHash('sha256'), createHash('sha256')];
  let [bytes, storedBytes] = [0, 0];
  mkdirSync(dirname(to), { recursive: true });
  const source = openSync(from, 'r');
  try {
    const target = openSync(to, 'wx');
    const put = (piece: Buffer): void => {
      writeAll(target, piece);
      stored.update(piece);
      storedBytes += piece.length;
    };
    try {
      const sealer = key === null ? null : new Sealer(key);
      if (sealer) put(sealer.start);
      let held: Buffer | null = null;
      for (const piece of chunksOf(source, chunkBytes)) {
        plain.update(piece);
        bytes += piece.length;
        if (sealer === null) put(piece);
        else if (held !== null) put(sealer.chunk(held, false));
        held = piece;
        onBytes(piece.length);
      }
      if (sealer) put(sealer.chunk(held ?? Buffer.alloc(0), true));
      fsyncSync(target);
    } catch (cause) {
      closeSync(target);
      rmSync(to, { force: true });
      throw cause;
    }
    closeSync(target);
  } finally {
    closeSync(source);
  }
  return { bytes, sha256: plain.digest('hex'), storedBytes, storedSha256: stored.digest('hex') };
}

/** Digest of a file as it lies on the disk. */
export function digestOfFile(path: string, onBytes: (bytes: number) => void = () => undefined): string {
  const hash = createHash('sha256');
  const file = openSync(path, 'r');
  try {
    for (const piece of chunksOf(file, chunkBytes)) {
      hash.update(piece);
      onBytes(piece.length);
    }
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}

/** Whether what lies in the backup is as long as it was; a shorter file was cut, a longer one was altered. */
export function refuseWrongLength(path: string, storedBytes: number, name: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) {
    throw new AppError({
      code: 'BACKUP_FILE_MISSING',
      message: `备份里没有文件 ${name}。`,
      meaning: '这份备份不能用来恢复，其他备份不受影响。',
      next: '请换一份备份，并检查存放备份的磁盘。',
    });
  }
  if (size < storedBytes) throw cutOff(name);
  if (size > storedBytes) throw altered(name);
}

/** Out of the backup to a new file, with every digest compared. What does not agree leaves no file. */
export function takeFile(
  from: string,
  to: string,
  expected: Measured,
  key: SealKey | null,
  name: string,
  onBytes: (bytes: number) => void = () => undefined,
): void {
  refuseWrongLength(from, expected.storedBytes, name);
  mkdirSync(dirname(to), { recursive: true });
  const plain = createHash('sha256');
  const source = openSync(from, 'r');
  try {
    const target = openSync(to, 'wx');
    const put = (piece: Buffer): void => {
      writeAll(target, piece);
      plain.update(piece);
      onBytes(piece.length);
    };
    try {
      if (key === null) for (const piece of chunksOf(source, chunkBytes)) put(piece);
      else openSealed(source, key, name, put);
      fsyncSync(target);
      closeSync(target);
      if (plain.digest('hex') !== expected.sha256) throw altered(name);
    } catch (cause) {
      try {
        closeSync(target);
      } catch {
        // Closed already.
      }
      rmSync(to, { force: true });
      throw cause;
    }
  } finally {
    closeSync(source);
  }
}

function openSealed(source: number, key: SealKey, name: string, put: (piece: Buffer) => void): void {
  const start = Buffer.alloc(headerBytes);
  const got = readSync(source, start, 0, headerBytes, null);
  const opener = new Opener(key, start.subarray(0, got), name);
  let left = fstatSync(source).size - got;
  if (left === 0) throw cutOff(name);
  for (const piece of chunksOf(source, sealedChunkBytes)) {
    left -= piece.length;
    put(opener.chunk(piece, left <= 0));
  }
}
