// Copies of files that were looked at and not taken over yet. A file is copied before it is read; what it says is read
// from the copy alone. Copies that nobody took are gone with the next start.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { AppError } from '../../../shared/errors/appError.ts';
import { sha256Hex } from '../../../sync/wire/digest.ts';

/** As many as a day at a bench brings; the oldest go first. */
const mostCopies = 60;

export interface Incoming {
  sha256: string;
  fileName: string;
  bytes: Uint8Array;
  /** The watched source it came from, or where a person picked it. */
  source: string;
}

export class IncomingFiles {
  readonly #folder: string;
  readonly #known = new Map<string, Omit<Incoming, 'bytes'>>();

  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, 'incoming');
    mkdirSync(this.#folder, { recursive: true });
    for (const name of readdirSync(this.#folder)) rmSync(join(this.#folder, name), { force: true });
  }

  add(fileName: string, bytes: Uint8Array, source: string): Incoming {
    const sha256 = sha256Hex(bytes);
    const path = join(this.#folder, sha256);
    if (!existsSync(path)) writeFileSync(path, bytes, { flag: 'wx' });
    this.#known.delete(sha256);
    this.#known.set(sha256, { sha256, fileName, source });
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostCopies && oldest !== undefined) {
      this.#known.delete(oldest);
      rmSync(join(this.#folder, oldest), { force: true });
    }
    return { sha256, fileName, bytes, source };
  }

  get(sha256: string): Incoming {
    const known = this.#known.get(sha256);
    const path = join(this.#folder, sha256);
    const bytes = known !== undefined && existsSync(path) ? readFileSync(path) : null;
    if (known !== undefined && bytes !== null && sha256Hex(bytes) === sha256) return { ...known, bytes };
    throw new AppError({
      code: 'INSTRUMENT_FILE_GONE',
      message: '这个文件的副本已经不在了。',
      meaning: '没有取入任何读数。',
      next: '请重新选择文件。',
    });
  }
}

export const extensionOf = (fileName: string): string => extname(fileName).slice(1).toLowerCase();
