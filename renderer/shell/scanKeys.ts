// Recognises a scanner by its keys: very fast, ended by Enter. Knows nothing of the page, so that it can be tested key by
// key. Keys are read by `code` where an input method hides the character, and letters by Shift alone, because a scanner
// presses Shift and does not know that Caps Lock is on.
import { acceptScan, anyCode, type ScanFault } from '../../shared/instrument-files/scanCode.ts';
import type { ScannerRule } from '../../shared/instrument-files/scanners.ts';

/** Largest pause inside a burst, and largest mean pause; a fast typist needs more than 60 ms for a key. */
const longestGapMs = 50;
const meanGapMs = 30;
/** A first key that stands this much further off than the others is the person's, not the scanner's. */
const strayFactor = 3;
const strayGapMs = 15;

const plainCodes: Record<string, readonly [string, string]> = {
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  Slash: ['/', '?'],
  Period: ['.', '>'],
  Comma: [',', '<'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Backquote: ['`', '~'],
  Space: [' ', ' '],
  NumpadSubtract: ['-', '-'],
  NumpadDecimal: ['.', '.'],
  NumpadDivide: ['/', '/'],
  NumpadAdd: ['+', '+'],
  NumpadMultiply: ['*', '*'],
};
const shiftedDigits = ')!@#$%^&*(';

export interface KeyPress {
  code: string;
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

/** What the system itself makes of the key; an input method says `Process` or a full-width character instead. */
const isPlain = (key: string): boolean => /^[\x20-\x7e]$/.test(key);

/**
 * The character of a key as the scanner meant it. `inverted`: the scanner itself switched Caps Lock on for the letters
 * that follow. Null for keys without a character.
 */
export function characterOf(
  { code, key, shiftKey }: Pick<KeyPress, 'code' | 'key' | 'shiftKey'>,
  inverted = false,
): string | null {
  // The layout's own letter where the system says one; its case may be Caps Lock's doing.
  const letter = /^[A-Za-z]$/.test(key) ? key : isPlain(key) ? undefined : /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shiftKey === inverted ? letter.toLowerCase() : letter.toUpperCase();
  if (isPlain(key)) return key;
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return shiftKey ? shiftedDigits[Number(digit)]! : digit;
  const numpad = /^Numpad(\d)$/.exec(code)?.[1];
  if (numpad !== undefined) return numpad;
  return plainCodes[code]?.[shiftKey ? 1 : 0] ?? null;
}

export type Answer =
  /** This key may start a scan; the keys before it are none. */
  | { kind: 'begin' }
  /** It may go on with one. */
  | { kind: 'more' }
  /** It ended one; `from`: how many keys since `begin` were not the scanner's. */
  | { kind: 'scan'; code: string; from: number }
  /** It ended one that was misread. */
  | { kind: 'misread'; fault: ScanFault; from: number }
  /** An ordinary key. */
  | { kind: 'none' };

interface Burst {
  characters: string[];
  times: number[];
  inverted: boolean;
}

export class ScanRecogniser {
  #burst: Burst | null = null;
  #rule: ScannerRule;

  constructor(rule: ScannerRule = anyCode) {
    this.#rule = rule;
  }

  set rule(rule: ScannerRule) {
    this.#rule = rule;
  }

  press(key: KeyPress, at: number): Answer {
    const burst = this.#burst;
    const fast = burst !== null && at - burst.times.at(-1)! <= longestGapMs;
    if (/^(Shift|CapsLock)/.test(key.code) || key.key === 'Shift' || key.key === 'CapsLock') {
      if (key.code === 'CapsLock' || key.key === 'CapsLock') this.#capsLock(burst, fast, at);
      return { kind: 'none' };
    }
    if (key.code === 'Enter' || key.code === 'NumpadEnter' || (key.code === '' && key.key === 'Enter')) {
      this.#burst = null;
      return burst === null || !fast ? { kind: 'none' } : this.#end(burst);
    }
    const shortcut = key.ctrlKey || key.altKey || key.metaKey;
    const character = shortcut ? null : characterOf(key, burst !== null && fast && burst.inverted);
    if (character === null) {
      this.#burst = null;
      return { kind: 'none' };
    }
    if (burst !== null && fast) {
      burst.characters.push(character);
      burst.times.push(at);
      return { kind: burst.characters.length === 1 ? 'begin' : 'more' };
    }
    this.#burst = { characters: [character], times: [at], inverted: false };
    return { kind: 'begin' };
  }

  /** Some scanners switch Caps Lock on and off again around capitals; the same key by hand is far from any burst. */
  #capsLock(burst: Burst | null, fast: boolean, at: number): void {
    if (burst !== null && fast) burst.inverted = !burst.inverted;
    else this.#burst = { characters: [], times: [at], inverted: true };
  }

  #end({ characters, times: stamps }: Burst): Answer {
    // Caps Lock before the first character has a time of its own.
    const times = stamps.slice(stamps.length - characters.length);
    const from = strayKeys(times);
    const [own, ownTimes] = [characters.slice(from), times.slice(from)];
    const mean = (ownTimes.at(-1)! - ownTimes[0]!) / (own.length - 1);
    if (own.length < 2 || mean > meanGapMs) return { kind: 'none' };
    const scan = acceptScan(own.join(''), this.#rule);
    if ('code' in scan) return { kind: 'scan', code: scan.code, from };
    // What has not the shape of a code was typed by something else, and stays where it is.
    return scan.fault === 'check' ? { kind: 'misread', fault: scan.fault, from } : { kind: 'none' };
  }
}

/** Keys at the beginning that a person typed just before the scanner began. */
function strayKeys(times: readonly number[]): number {
  const gaps = times.slice(1).map((time, index) => time - times[index]!);
  const median = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
  const limit = Math.max(strayGapMs, median * strayFactor);
  // Only at the beginning: a pause in the middle is the computer's.
  for (const index of [1, 0]) if (index < gaps.length - 2 && gaps[index]! > limit) return index + 1;
  return 0;
}
