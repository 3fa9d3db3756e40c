// What bytes alone say about a line, before any driver: text or not, a parity bit that is read as data, the shape of
// text lines. Pure; it proposes, a person decides.
import type { LineSettings } from '../drivers/driver.ts';
import type { LineShape, ParityEvidence } from './types.ts';

const FEWEST_BYTES = 8;
/** Of 100; below it bytes are no text. */
const TEXT_PERCENT = 95;
/** A parity bit is set in about half of the characters of any text; far from it there is another reason. */
const PARITY_PERCENT = { least: 15, most: 85 };
const FEWEST_LINES = 2;
const MOST_COLUMNS = 32;
const NUMBER = { '.': /^[+-]?\d+(\.\d+)?$/, ',': /^[+-]?\d+(,\d+)?$/ } as const;

const controls = new Set([0x02, 0x03, 0x06, 0x09, 0x0a, 0x0d, 0x1b]);
const isTextByte = (byte: number): boolean => (byte >= 0x20 && byte <= 0x7e) || controls.has(byte);

export function textPercent(bytes: Uint8Array): number {
  let text = 0;
  for (const byte of bytes) if (isTextByte(byte)) text += 1;
  return bytes.length === 0 ? 0 : Math.floor((100 * text) / bytes.length);
}

function bitsOf(byte: number): number {
  let bits = 0;
  for (let rest = byte; rest > 0; rest >>= 1) bits += rest & 1;
  return bits;
}

/** Seven data bits and a parity bit that were read as eight data bits; null when nothing speaks for it. */
export function parityEvidence(bytes: Uint8Array): ParityEvidence | null {
  if (bytes.length < FEWEST_BYTES) return null;
  let high = 0;
  let odd = 0;
  for (const byte of bytes) {
    if (byte > 0x7f) high += 1;
    odd += bitsOf(byte) % 2;
  }
  const share = (100 * high) / bytes.length;
  if (share < PARITY_PERCENT.least || share > PARITY_PERCENT.most) return null;
  if (textPercent(bytes.map((byte) => byte & 0x7f)) < TEXT_PERCENT) return null;
  if (odd === 0) return 'even';
  return odd === bytes.length ? 'odd' : 'unclear';
}

/** Whole lines only: the first and the last may have been cut. */
export function lineShape(bytes: Uint8Array): LineShape | null {
  if (textPercent(bytes) < TEXT_PERCENT) return null;
  const lines = Buffer.from(bytes)
    .toString('latin1')
    .split(/\r\n|\r|\n/)
    .slice(1, -1)
    .filter((line) => line.trim() !== '');
  if (lines.length < FEWEST_LINES) return null;
  for (const separator of ['tab', ';', ',', 'blank']) {
    const rows = lines.map((line) => splitLine(line, separator));
    const columns = rows[0]?.length ?? 0;
    const even = rows.every((row) => row.length === columns);
    if (!even || columns < 1 || columns > MOST_COLUMNS) continue;
    if (columns === 1 && separator !== 'blank') continue;
    for (const decimal of ['.', ','] as const) {
      if (decimal === separator) continue;
      const numeric = Array.from({ length: columns }, (_, at) =>
        rows.every((row) => NUMBER[decimal].test(row[at] ?? '')),
      );
      // The one that reads the most cells as numbers; a comma is only taken where a point leaves none.
      if (numeric.some(Boolean)) return { separator, decimal, columns, numeric, sample: lines[0] ?? '' };
    }
  }
  return null;
}

function splitLine(line: string, separator: string): string[] {
  if (separator === 'blank') return line.trim().split(/ +/);
  return line.split(separator === 'tab' ? '\t' : separator).map((cell) => cell.trim());
}

const PARITY_LETTER: Record<LineSettings['parity'], string> = { none: 'N', even: 'E', odd: 'O', mark: 'M', space: 'S' };

/** `9600 8N1` */
export const sayLine = (line: LineSettings): string =>
  `${line.baudRate} ${line.dataBits}${PARITY_LETTER[line.parity]}${line.stopBits}`;

export const sameLine = (a: LineSettings, b: LineSettings): boolean => sayLine(a) === sayLine(b);
