// Writer of one run file. It belongs to the process that reads the port and never makes that process wait for
// the disk: append() hashes and queues, one writer drains the queue, and the file is synced every 500 ms and at
// the seal. The file is created exclusively, so no run can ever be written over another.
import { open, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BLOCK_BYTES, BLOCK_EVENT, BLOCK_SEAL, encodeBlock, encodeHeader } from './run-format.ts';
import type { BlockType } from './run-format.ts';
import type { RunHeader } from './run-types.ts';

const SYNC_EVERY_MS = 500;

export interface Stamp {
  monoNs: bigint;
  wallMs: number;
}

export class RawLog {
  readonly path: string;
  readonly #handle: FileHandle;
  readonly #onFailure: (error: Error) => void;
  #hash: Buffer;
  #seq = 0;
  #pending: Buffer[] = [];
  /** Blocks that are in the file. */
  #written = 0;
  #waiting: { seq: number; done: () => void }[] = [];
  #draining: Promise<void> | null = null;
  #dirty = false;
  #failure: Error | null = null;
  #closed = false;
  readonly #timer: NodeJS.Timeout;

  private constructor(path: string, handle: FileHandle, hash: Buffer, onFailure: (error: Error) => void) {
    this.path = path;
    this.#handle = handle;
    this.#hash = hash;
    this.#onFailure = onFailure;
    this.#timer = setInterval(() => void this.#sync(), SYNC_EVERY_MS);
    this.#timer.unref();
  }

  /** Creates the file with its header on disk before a specimen is loaded: a full or write-protected disk is
   *  found while the specimen is still whole. Throws the file system's error (EEXIST, EACCES, ENOSPC …). */
  static async create(path: string, header: RunHeader, onFailure: (error: Error) => void): Promise<RawLog> {
    const handle = await open(path, 'ax');
    try {
      const { bytes, hash } = encodeHeader(header);
      await writeAll(handle, bytes);
      await handle.sync();
      await syncFolder(dirname(path));
      return new RawLog(path, handle, hash, onFailure);
    } catch (error) {
      await handle.close().catch(() => undefined);
      throw error;
    }
  }

  /** Hex of the last chain hash. */
  get digest(): string {
    return this.#hash.toString('hex');
  }

  /** True while nothing but the header was written. */
  get isEmpty(): boolean {
    return this.#seq === 0;
  }

  appendBytes(bytes: Uint8Array, stamp: Stamp): void {
    this.#append(BLOCK_BYTES, Buffer.from(bytes), stamp);
  }

  appendEvent(event: object, stamp: Stamp): void {
    this.#append(BLOCK_EVENT, Buffer.from(JSON.stringify(event), 'utf8'), stamp);
  }

  /** Calls back when everything appended so far is in the file, or when the disk refused: what is shown is also kept. */
  whenWritten(done: () => void): void {
    if (this.#written >= this.#seq || this.#failure) done();
    else this.#waiting.push({ seq: this.#seq, done });
  }

  /** Writes the seal block, syncs and closes. Returns the last chain hash. Throws when the disk refused. */
  async seal(summary: object, stamp: Stamp): Promise<string> {
    this.#append(BLOCK_SEAL, Buffer.from(JSON.stringify(summary), 'utf8'), stamp);
    await this.close();
    if (this.#failure) throw this.#failure;
    return this.digest;
  }

  /** Everything queued goes to disk; the file stays without a seal if none was written. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#drain();
    if (!this.#failure) await this.#handle.sync().catch((error: unknown) => this.#fail(error));
    await this.#handle.close().catch(() => undefined);
  }

  /** For an armed run that never started: closes and removes the file, which holds a header and no byte. */
  async discardEmpty(): Promise<void> {
    if (!this.isEmpty) throw new Error('a run file with data is never removed');
    await this.close();
    await unlink(this.path).catch(() => undefined);
  }

  #append(type: BlockType, payload: Buffer, stamp: Stamp): void {
    if (this.#closed) return;
    const { bytes, hash } = encodeBlock({ type, seq: this.#seq, ...stamp, payload }, this.#hash);
    this.#seq += 1;
    this.#hash = hash;
    this.#pending.push(bytes);
    void this.#drain();
  }

  #drain(): Promise<void> {
    if (this.#pending.length === 0 || this.#failure) return this.#draining ?? Promise.resolve();
    this.#draining ??= (async () => {
      try {
        while (this.#pending.length > 0 && !this.#failure) {
          const blocks = this.#pending;
          this.#pending = [];
          await writeAll(this.#handle, Buffer.concat(blocks));
          this.#written += blocks.length;
          this.#dirty = true;
          this.#release(this.#written);
        }
      } catch (error) {
        this.#fail(error);
      } finally {
        this.#draining = null;
      }
    })();
    return this.#draining;
  }

  async #sync(): Promise<void> {
    if (!this.#dirty || this.#closed || this.#failure) return;
    this.#dirty = false;
    await this.#handle.datasync().catch((error: unknown) => {
      if (!this.#closed) this.#fail(error);
    });
  }

  #release(upTo: number): void {
    const ready = this.#waiting.filter(({ seq }) => seq <= upTo);
    this.#waiting = this.#waiting.filter(({ seq }) => seq > upTo);
    for (const { done } of ready) done();
  }

  #fail(error: unknown): void {
    if (this.#failure) return;
    this.#failure = error instanceof Error ? error : new Error(String(error));
    this.#release(Infinity);
    this.#onFailure(this.#failure);
  }
}

async function writeAll(handle: FileHandle, bytes: Buffer): Promise<void> {
  let offset = 0;
  while (offset < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, offset, bytes.length - offset, null);
    offset += bytesWritten;
  }
}

/** A new name in a folder is only safe once the folder is synced; Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
