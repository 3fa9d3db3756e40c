// What the tests of every paper ask: short hands for rendering, refusals, and whether all that was given stands on the
// paper, inside the page and not over something else.
import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { AppError } from '../../shared/errors/appError.ts';
import type { PaperTable } from '../../shared/methods/table.ts';
import { placedWords } from './pdf-tools.test-helper.ts';

export const watermark = '未取得防伪监管标识码\n不得用于工程竣工验收';

export const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
export const count = (text: string, part: string): number => text.split(part).length - 1;
export const longest = (length: number, seed: string): string => seed.repeat(length).slice(0, length);

export async function refusal(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw new Error(`expected an AppError, got ${String(error)}`);
  return error;
}

/** Text as it is read from a paper: x_{sub} and x^{super} without their marks, stacked ones from above, no blanks. */
export const denseOf = (text: string): string =>
  text
    .replaceAll(/_\{([^{}]*)\}\^\{([^{}]*)\}/gu, '$2$1')
    .replaceAll(/[_^]\{([^{}]*)\}/gu, '$1')
    .replaceAll(/\s/gu, '');

/** Every text of the tables with how often it stands there. */
export function textsOf(tables: readonly PaperTable[]): Map<string, number> {
  const found = new Map<string, number>();
  const add = (text: string): void => {
    const dense = denseOf(text);
    if (dense !== '') found.set(dense, (found.get(dense) ?? 0) + 1);
  };
  for (const { caption, columns, rows, notes } of tables) {
    add(caption ?? '');
    for (const { head, unit } of columns) [head, unit ?? ''].forEach(add);
    for (const cell of rows.flat()) add(typeof cell === 'string' ? cell : cell.text);
    (notes ?? []).forEach(add);
  }
  return found;
}

export function expectAllTexts(dense: string, tables: readonly PaperTable[]): void {
  for (const [text, times] of textsOf(tables)) expect(count(dense, text), text).toBeGreaterThanOrEqual(times);
}

/**
 * A4 is 595.3 × 841.9 pt; the text area is 25 mm (70.9 pt) inside it, header and footer 10 mm more. No two words of one
 * line may lie over each other: that is what a text does that leaves its cell. Adjoining Chinese marks share half an em,
 * which a paper of many of them allows (`shared`, pt).
 */
export function expectTidy(pdf: Uint8Array, shared = 1): void {
  const words = placedWords(pdf);
  const outside = words.filter(
    ({ left, right, top, bottom }) => left < 70 || right > 525.3 || top < 25 || bottom > 817,
  );
  expect(outside).toEqual([]);
  const middle = (word: (typeof words)[number]): number => (word.top + word.bottom) / 2;
  const sorted = words.toSorted((a, b) => a.page - b.page || middle(a) - middle(b));
  const clashes: string[] = [];
  for (const [index, word] of sorted.entries()) {
    for (let next = index + 1; next < sorted.length; next += 1) {
      const other = sorted[next];
      if (other === undefined || other.page !== word.page || middle(other) - middle(word) > 2) break;
      const over = Math.min(word.right, other.right) - Math.max(word.left, other.left);
      if (over > shared) clashes.push(`${word.text} over ${other.text}, page ${word.page}`);
    }
  }
  expect(clashes).toEqual([]);
}
