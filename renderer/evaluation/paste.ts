// A column or a table from a spreadsheet, pasted into the rows of a set. A first line that names columns puts each column
// under its own head; without one, columns follow the place where the cursor stands. Rows of records are passed over.
import type { Field } from '../../shared/methods/index.ts';
import { settleChoice } from '../reception/sampleForm.ts';
import type { Row } from './trialForm.ts';

export interface SheetColumn {
  key: string;
  field: Field;
  /** As it stands on the screen, with its unit. */
  head: string;
}

/** Lines and cells of what a spreadsheet puts on the clipboard; null for a single text, which is pasted as usual. */
export function readClipboard(text: string): string[][] | null {
  const lines = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').replace(/\n+$/u, '').split('\n');
  const cells = lines.map((line) => line.split('\t').map((cell) => cell.trim()));
  return cells.length === 1 && cells[0]?.length === 1 ? null : cells;
}

export const transposed = (lines: readonly (readonly string[])[]): string[][] =>
  Array.from({ length: Math.max(0, ...lines.map((line) => line.length)) }, (_, column) =>
    lines.map((line) => line[column] ?? ''),
  );

const plain = (text: string): string => text.replaceAll(/[\s（）()]/gu, '');

/** Columns that the first line names; null where it is no head. */
function headOf(columns: readonly SheetColumn[], line: readonly string[]): (SheetColumn | null)[] | null {
  const found = line.map(
    (cell) =>
      columns.find(({ head, field }) => [head, field.label].some((name) => plain(name) === plain(cell))) ?? null,
  );
  return found.some((column) => column !== null) ? found : null;
}

export interface Pasted {
  rows: Row[];
  /** Lines and cells that found a place, and those that did not. */
  lines: number;
  cells: number;
  linesLeft: number;
  cellsLeft: number;
}

export interface PasteTarget {
  rows: readonly Row[];
  columns: readonly SheetColumn[];
  at: { row: number; column: number };
  most: number;
  newRow: () => Row;
}

export function pasteInto({ rows, columns, at, most, newRow }: PasteTarget, lines: readonly string[][]): Pasted {
  const heads = headOf(columns, lines[0] ?? []);
  const body = heads === null ? lines : lines.slice(1);
  const target = heads ?? columns.slice(at.column);
  const next = rows.map((row) => ({ ...row, cells: { ...row.cells } }));
  const result: Pasted = { rows: next, lines: 0, cells: 0, linesLeft: 0, cellsLeft: 0 };
  let place = at.row;
  for (const line of body) {
    while (next[place] !== undefined && next[place]?.origin !== null) place += 1;
    if (next[place] === undefined && next.length < most) next.push(newRow());
    const row = next[place];
    if (row === undefined) {
      result.linesLeft += 1;
      continue;
    }
    for (const [index, text] of line.entries()) {
      const column = target[index];
      if (column == null) {
        if (text !== '') result.cellsLeft += 1;
        continue;
      }
      row.cells[column.key] = settleChoice(column.field, text);
      result.cells += 1;
    }
    result.lines += 1;
    place += 1;
  }
  return result;
}

/** What happened, in words. */
export function pasteWords({ lines, cells, linesLeft, cellsLeft }: Pasted): string {
  const left = [
    linesLeft === 0 ? '' : `${linesLeft} 行放不下`,
    cellsLeft === 0 ? '' : `${cellsLeft} 格没有对应的列`,
  ].filter(Boolean);
  return `已粘贴 ${lines} 行 ${cells} 格${left.length === 0 ? '' : `；${left.join('，')}，没有粘贴`}。`;
}
