// Arranges label–value pairs for a form of four columns: two short ones stand side by side, a long one takes a line, and
// no line ends half empty.
import type { PrintedFact } from '../../shared/reports/test-report.ts';
import { brokenLines, piecesOf, textEm } from './text-measure.ts';

export interface FormEntry {
  readonly label: string;
  readonly value: string;
  readonly wide: boolean;
}

/** What fits the value columns of `form` in common.typ in one line, em at 9 pt, and a label's column at 8 pt. */
const leftEm = 24;
const rightEm = 12.5;
const labelEm = 5.7;

export function formEntries(facts: readonly PrintedFact[]): FormEntry[] {
  const entries: FormEntry[] = [];
  let waiting: FormEntry | null = null;
  const flush = (): void => {
    if (waiting !== null) entries.push({ ...waiting, wide: true });
    waiting = null;
  };
  for (const [name, value] of facts) {
    const label = brokenLines(piecesOf(name), labelEm).join('\n');
    const width = textEm(value);
    if (waiting !== null && width > rightEm) flush();
    if (width > leftEm) {
      flush();
      entries.push({ label, value, wide: true });
    } else if (waiting === null) {
      waiting = { label, value, wide: false };
    } else {
      entries.push(waiting, { label, value, wide: false });
      waiting = null;
    }
  }
  flush();
  return entries;
}
