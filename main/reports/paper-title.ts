// A title in one line where smaller letters help, else in lines of about the same length.
import { brokenLines, piecesOf, textEm } from './text-measure.ts';

export interface PaperTitle {
  /** Lines, separated by \n. */
  readonly text: string;
  /** pt. */
  readonly size: number;
}

const mmPerPt = 0.352_778;
/** Bold letters and their tracking (templates). */
const spread = 1.045;

/** `width` mm, letters of `largest` pt; they may shrink by a sixth. */
export function paperTitle(text: string, width: number, largest: number): PaperTitle {
  const fits = (size: number): boolean => textEm(text) * size * mmPerPt * spread <= width;
  const smallest = Math.round(largest * 8.4) / 10;
  for (let size = largest; size >= smallest - 1e-9; size -= 0.5) if (fits(size)) return { text, size };
  const limit = width / (smallest * mmPerPt * spread);
  return { text: brokenLines(piecesOf(text, true), limit).join('\n'), size: smallest };
}
