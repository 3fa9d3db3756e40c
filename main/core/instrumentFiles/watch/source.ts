// One watched place: a folder that an instrument's program writes files into, or one file (a database, a growing table).
// Looked at every two seconds; what went wrong is said in words and tried again, slower and slower. What was taken over
// before is known by its bytes, so that a rename, a restart or a copy offers nothing twice.
import { readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { WatchedSource } from '../../../../shared/instrument-files/calls.ts';
import { AppError } from '../../../../shared/errors/appError.ts';
import { sha256Hex } from '../../../../sync/wire/digest.ts';
import {
  extensionsOf,
  readInstrumentFile,
  refuseTooLarge,
  type FileProfile,
} from '../../../instruments/files/index.ts';
import { copyWhenStable, seen, type Copied, type Seen } from './stableCopy.ts';

export const lookEveryMs = 2_000;
export const longestPauseMs = 60_000;
const lookLimitMs = 20_000;
const mostFiles = 2_000;
const mostOffers = 200;

export interface SourceSetting {
  equipmentId: string;
  path: string;
  profileId: string;
}

export interface SourceFacts {
  setting: SourceSetting;
  /** Null when the lab has taken the profile away. */
  profile(): FileProfile | null;
  /** Whether readings of these bytes were taken over before. */
  isTaken(sha256: string): boolean;
  /** Digests of the rows that the file had when readings of it were last taken; null when never. */
  rowsBefore(): ReadonlySet<string> | null;
  keep(fileName: string, bytes: Uint8Array): void;
  now(): Date;
  changed(): void;
}

type Offer = WatchedSource['offers'][number];

interface FileState {
  last: Seen | null;
  /** What was read at that size and time needs no second reading. */
  done: Seen | null;
}

export const rowDigest = (raw: string): string => sha256Hex(raw).slice(0, 16);

export class FileSource {
  readonly #facts: SourceFacts;
  readonly #files = new Map<string, FileState>();
  readonly #offers = new Map<string, Offer>();
  #trouble: string | null = null;
  #lastLookAt: string | null = null;
  #pauseMs = lookEveryMs;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(facts: SourceFacts) {
    this.#facts = facts;
  }

  get setting(): SourceSetting {
    return this.#facts.setting;
  }

  state(toWallTime: (at: Date) => string): WatchedSource {
    const { equipmentId, path, profileId } = this.#facts.setting;
    return {
      sourceId: equipmentId,
      equipmentId,
      profileId,
      path,
      state: this.#stopped
        ? 'stopped'
        : this.#trouble !== null
          ? 'trouble'
          : this.#lastLookAt === null
            ? 'waiting'
            : 'watching',
      trouble: this.#trouble,
      lastLookAt: this.#lastLookAt === null ? null : toWallTime(new Date(this.#lastLookAt)),
      offers: [...this.#offers.values()].map((offer) => ({ ...offer, at: toWallTime(new Date(offer.at)) })),
    };
  }

  start(): void {
    this.#timer = setTimeout(() => void this.#round(), 50);
    this.#timer.unref();
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  sha256Of(fileName: string): string | null {
    return [...this.#offers.values()].find((offer) => offer.fileName === fileName)?.sha256 || null;
  }

  /** After readings were taken over: what is known now is no longer offered. */
  forget(sha256: string): void {
    for (const [key, offer] of this.#offers) if (offer.sha256 === sha256) this.#offers.delete(key);
    this.#facts.changed();
  }

  /** One look; tests call it in place of the clock. */
  async look(): Promise<void> {
    // The first look is told as well: from then on the place is watched.
    const before = this.#lastLookAt === null ? null : JSON.stringify([this.#trouble, [...this.#offers.values()]]);
    try {
      await within(lookLimitMs, this.#lookNow());
      this.#trouble = null;
      this.#pauseMs = lookEveryMs;
    } catch (cause) {
      this.#trouble = troubleWords(cause, this.#facts.setting.path);
      this.#pauseMs = Math.min(this.#pauseMs * 2, longestPauseMs);
    }
    this.#lastLookAt = this.#facts.now().toISOString();
    if (!this.#stopped && before !== JSON.stringify([this.#trouble, [...this.#offers.values()]])) this.#facts.changed();
  }

  get pauseMs(): number {
    return this.#pauseMs;
  }

  async #round(): Promise<void> {
    await this.look();
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.#round(), this.#pauseMs);
    this.#timer.unref();
  }

  async #lookNow(): Promise<void> {
    const profile = this.#facts.profile();
    if (profile === null) throw new WatchTrouble('它的文件导入配置已经没有了，请重新设置。');
    const { path } = this.#facts.setting;
    if (!(await seen(path)).folder) return this.#file(path, profile, true);
    const wanted = new Set(extensionsOf(profile));
    const names = (await readdir(path)).filter(
      (name) => !/^[.~]|~$|\.(tmp|part)$/i.test(name) && wanted.has(extname(name).slice(1).toLowerCase()),
    );
    if (names.length > mostFiles)
      throw new WatchTrouble(`文件夹里有 ${names.length} 个文件，超过 ${mostFiles} 个，请移走旧文件。`);
    const present = new Set(names.map((name) => join(path, name)));
    for (const known of this.#files.keys()) if (!present.has(known)) this.#gone(known);
    for (const file of present) await this.#file(file, profile, false);
  }

  async #file(path: string, profile: FileProfile, rowByRow: boolean): Promise<void> {
    const state = this.#files.get(path) ?? { last: null, done: null };
    this.#files.set(path, state);
    const copied = await copyWhenStable(path, state.last);
    state.last = copied.now;
    if ('wait' in copied) return this.#waiting(path, copied.wait);
    if (
      state.done !== null &&
      copied.now !== null &&
      state.done.size === copied.now.size &&
      state.done.changedMs === copied.now.changedMs
    )
      return;
    await this.#offer(path, copied, profile, rowByRow);
    state.done = copied.now;
  }

  #waiting(path: string, why: 'growing' | 'locked' | 'gone' | 'writing'): void {
    if (why === 'gone') return this.#gone(path);
    if (why === 'locked') this.#say(path, '文件被另一个程序占用或没有读取权限，会自动再试。');
    else if (why === 'writing') this.#say(path, '厂家软件正在写这个数据库，会自动再试。');
  }

  #gone(path: string): void {
    this.#files.delete(path);
    this.#offers.delete(path);
  }

  #say(path: string, trouble: string, sha256 = ''): void {
    if (this.#offers.get(path)?.trouble === trouble) return;
    const at = this.#facts.now().toISOString();
    this.#put(path, { fileName: basename(path), sha256, at, newRows: null, samples: [], trouble });
  }

  #put(path: string, offer: Offer): void {
    // The same bytes under another name are the same file.
    for (const [key, other] of this.#offers)
      if (key !== path && offer.sha256 !== '' && other.sha256 === offer.sha256) this.#offers.delete(key);
    if (this.#offers.size < mostOffers || this.#offers.has(path)) this.#offers.set(path, offer);
  }

  async #offer(
    path: string,
    copied: Exclude<Copied, { wait: string }>,
    profile: FileProfile,
    rowByRow: boolean,
  ): Promise<void> {
    const fileName = basename(path);
    if ('tooLarge' in copied) return this.#say(path, refuseTooLarge(fileName, copied.tooLarge).message);
    const { bytes } = copied;
    const sha256 = sha256Hex(bytes);
    if (this.#facts.isTaken(sha256)) return void this.#offers.delete(path);
    try {
      const { rows } = await readInstrumentFile(fileName, bytes, profile);
      const known = rowByRow ? this.#facts.rowsBefore() : null;
      const fresh = known === null ? rows : rows.filter(({ raw }) => !known.has(rowDigest(raw)));
      if (fresh.length === 0) return void this.#offers.delete(path);
      this.#facts.keep(fileName, bytes);
      const samples = [...new Set(fresh.flatMap(({ sample }) => (sample ? [sample] : [])))].slice(0, 50);
      const at = this.#facts.now().toISOString();
      this.#put(path, { fileName, sha256, at, newRows: fresh.length, samples, trouble: null });
    } catch (cause) {
      if (!(cause instanceof AppError)) throw cause;
      this.#say(path, cause.info.message, sha256);
    }
  }
}

class WatchTrouble extends Error {}

async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new WatchTrouble('没有应答（网络文件夹可能断开），会自动再试。')), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function troubleWords(cause: unknown, path: string): string {
  if (cause instanceof WatchTrouble) return `${path}：${cause.message}`;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return `${path}：找不到（网络文件夹断开、被移走或改名），会自动再试。`;
  if (code === 'EACCES' || code === 'EPERM') return `${path}：没有读取权限，请检查共享文件夹的权限，会自动再试。`;
  const words = code === '' ? '' : `（${code}）`;
  return `${path}：暂时读不到${words}，会自动再试。`;
}
