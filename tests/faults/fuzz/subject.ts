// What the fuzz knows about one driver: how true frames look, and an own grammar of what may be a value at all. The
// grammars are written from the protocols and share nothing with the drivers.
import type { Random } from '../bed/random.ts';

export interface TrueFrame {
  wire: Uint8Array;
  /** What the driver must say of it, as `key` writes it. */
  values: string[];
}

export interface Subject {
  /** Shown name; a driver may have several profiles. */
  name: string;
  driver: string;
  profile?: unknown;
  /** The number is different for every `serial`, so frames cannot be taken for each other. */
  make(random: Random, serial: number): TrueFrame;
  /**
   * Every value that a complete and valid frame anywhere in these bytes (one character each) can mean, in order. A
   * driver may say fewer. Without a check digit a mutation can itself be a valid frame; then it is in here.
   */
  allowed(stream: string): string[];
  /** Replies have no head, so noise and half a frame may well make a valid one and hide the true one behind it: only
   *  a frame at the beginning of a connection, as after a request, must come. */
  headless?: true;
  /** A line protocol: guarded by line ends, and pulled at byte offsets. */
  lines: boolean;
}

export const key = (value: string, unit: string, stable?: boolean): string => `${value} ${unit} ${stable ?? '-'}`;

export const latin = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
export const codes = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));

/** Decimal text without plus and leading zeros, by digits only. */
export function plain(text: string): string {
  const minus = text.includes('-') ? '-' : '';
  const [whole = '', fraction] = text.replace(/[^0-9.]/g, '').split('.');
  const bare = BigInt(`0${whole}`).toString();
  return `${minus}${bare}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** An integer with its point moved, by digits only. */
export function pointed(integer: bigint, decimals: number): string {
  const minus = integer < 0n ? '-' : '';
  const size = integer < 0n ? -integer : integer;
  if (decimals === 0) return `${minus}${size}`;
  const unit = 10n ** BigInt(decimals);
  return `${minus}${size / unit}.${(size % unit).toString().padStart(decimals, '0')}`;
}

/** Lines between any of CR and LF, without the last, unfinished one. */
export const linesOf = (stream: string): string[] => stream.split(/[\r\n]/).slice(0, -1);

export function lineSubject(options: {
  name: string;
  driver?: string;
  profile?: unknown;
  make: Subject['make'];
  line(line: string): string | null;
}): Subject {
  return {
    name: options.name,
    driver: options.driver ?? options.name,
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    make: options.make,
    lines: true,
    allowed: (stream) => linesOf(stream).flatMap((line) => options.line(line) ?? []),
  };
}

/** Tries every place of the stream at which `head` stands (every place where it is null). */
export function everywhere(
  stream: string,
  head: string | null,
  at: (rest: (offset: number) => number, text: string, index: number) => string | string[] | null,
): string[] {
  const found: string[] = [];
  let index = head === null ? 0 : stream.indexOf(head);
  while (index >= 0 && index < stream.length) {
    const here = index;
    const value = at((offset) => stream.charCodeAt(here + offset), stream, here);
    if (value !== null) found.push(...(typeof value === 'string' ? [value] : value));
    index = head === null ? index + 1 : stream.indexOf(head, index + 1);
  }
  return found;
}
