// JGJ/T 23-2011 附录 C (angle) and 附录 D (casting face): corrections of a zone's mean rebound value, every integer row
// from 20 to 50. Below 20 and above 50 the end row holds; between two rows the value is interpolated to 0.1.
// The rows of the angle table do not lie on a straight line between 20, 30, 40 and 50: where a column falls by 0.5 in ten
// rows it stands still for two rows at a time. Interpolating over ten rows gives another value in 51 of the 248 cells.
import { Exact, roundRatio } from '../../foundation/decimal.ts';

export interface CorrectionTable {
  clause: string;
  name: string;
  /** Rebound value of the first row; one row per unit. */
  firstRow: number;
  columns: Readonly<Record<string, readonly string[]>>;
}

const FIRST_ROW = 20;
const NO_ROWS: readonly string[] = [];

function columnsOf(heads: readonly string[], rows: readonly string[]): Record<string, readonly string[]> {
  const cells = rows.map((row) => row.split(/ +/));
  return Object.fromEntries(heads.map((head, index) => [head, cells.map((row) => row[index] ?? '')]));
}

/** Upward positive, downward negative, degrees. */
export const ANGLE_TABLE: CorrectionTable = {
  clause: 'JGJ/T 23-2011 附录 C',
  name: '非水平方向检测时的回弹值修正值',
  firstRow: FIRST_ROW,
  columns: columnsOf(
    ['90', '60', '45', '30', '-30', '-45', '-60', '-90'],
    [
      '-6.0 -5.0 -4.0 -3.0 2.5 3.0 3.5 4.0',
      '-5.9 -4.9 -4.0 -3.0 2.5 3.0 3.5 4.0',
      '-5.8 -4.8 -3.9 -2.9 2.4 2.9 3.4 3.9',
      '-5.7 -4.7 -3.9 -2.9 2.4 2.9 3.4 3.9',
      '-5.6 -4.6 -3.8 -2.8 2.3 2.8 3.3 3.8',
      '-5.5 -4.5 -3.8 -2.8 2.3 2.8 3.3 3.8',
      '-5.4 -4.4 -3.7 -2.7 2.2 2.7 3.2 3.7',
      '-5.3 -4.3 -3.7 -2.7 2.2 2.7 3.2 3.7',
      '-5.2 -4.2 -3.6 -2.6 2.1 2.6 3.1 3.6',
      '-5.1 -4.1 -3.6 -2.6 2.1 2.6 3.1 3.6',
      '-5.0 -4.0 -3.5 -2.5 2.0 2.5 3.0 3.5',
      '-4.9 -4.0 -3.5 -2.5 2.0 2.5 3.0 3.5',
      '-4.8 -3.9 -3.4 -2.4 1.9 2.4 2.9 3.4',
      '-4.7 -3.9 -3.4 -2.4 1.9 2.4 2.9 3.4',
      '-4.6 -3.8 -3.3 -2.3 1.8 2.3 2.8 3.3',
      '-4.5 -3.8 -3.3 -2.3 1.8 2.3 2.8 3.3',
      '-4.4 -3.7 -3.2 -2.2 1.7 2.2 2.7 3.2',
      '-4.3 -3.7 -3.2 -2.2 1.7 2.2 2.7 3.2',
      '-4.2 -3.6 -3.1 -2.1 1.6 2.1 2.6 3.1',
      '-4.1 -3.6 -3.1 -2.1 1.6 2.1 2.6 3.1',
      '-4.0 -3.5 -3.0 -2.0 1.5 2.0 2.5 3.0',
      '-4.0 -3.5 -3.0 -2.0 1.5 2.0 2.5 3.0',
      '-3.9 -3.4 -2.9 -1.9 1.4 1.9 2.4 2.9',
      '-3.9 -3.4 -2.9 -1.9 1.4 1.9 2.4 2.9',
      '-3.8 -3.3 -2.8 -1.8 1.3 1.8 2.3 2.8',
      '-3.8 -3.3 -2.8 -1.8 1.3 1.8 2.3 2.8',
      '-3.7 -3.2 -2.7 -1.7 1.2 1.7 2.2 2.7',
      '-3.7 -3.2 -2.7 -1.7 1.2 1.7 2.2 2.7',
      '-3.6 -3.1 -2.6 -1.6 1.1 1.6 2.1 2.6',
      '-3.6 -3.1 -2.6 -1.6 1.1 1.6 2.1 2.6',
      '-3.5 -3.0 -2.5 -1.5 1.0 1.5 2.0 2.5',
    ],
  ),
};

/** One tenth per row: the top surface from +2.5 down to 0 at 45, the bottom from −3.0 up to 0 at 50. */
export const FACE_TABLE: CorrectionTable = {
  clause: 'JGJ/T 23-2011 附录 D',
  name: '不同浇筑面的回弹值修正值',
  firstRow: FIRST_ROW,
  columns: columnsOf(
    ['top', 'bottom'],
    [
      '2.5 -3.0, 2.4 -2.9, 2.3 -2.8, 2.2 -2.7, 2.1 -2.6, 2.0 -2.5, 1.9 -2.4, 1.8 -2.3, 1.7 -2.2, 1.6 -2.1',
      '1.5 -2.0, 1.4 -1.9, 1.3 -1.8, 1.2 -1.7, 1.1 -1.6, 1.0 -1.5, 0.9 -1.4, 0.8 -1.3, 0.7 -1.2, 0.6 -1.1',
      '0.5 -1.0, 0.4 -0.9, 0.3 -0.8, 0.2 -0.7, 0.1 -0.6, 0.0 -0.5, 0.0 -0.4, 0.0 -0.3, 0.0 -0.2, 0.0 -0.1',
      '0.0 0.0',
    ].flatMap((ten) => ten.split(', ')),
  ),
};

export interface Correction {
  value: string;
  /** How it was found in the table. */
  rule: string;
}

/** The correction of a mean rebound value (one decimal) in one column of a table. */
export function correctionAt(table: CorrectionTable, column: string, rebound: string): Correction {
  const rows = table.columns[column] ?? NO_ROWS;
  const last = table.firstRow + rows.length - 1;
  if (rows.length === 0) throw new RangeError(`table ${table.clause} has no column ${column}`);
  const exact = new Exact(rebound);
  const at = (row: number): string => rows[row - table.firstRow] ?? '';
  if (exact.lessThan(table.firstRow))
    return { value: at(table.firstRow), rule: `小于 ${table.firstRow}，按 ${table.firstRow} 查表` };
  if (exact.greaterThan(last)) return { value: at(last), rule: `大于 ${last}，按 ${last} 查表` };
  const row = exact.floor().toNumber();
  const rest = exact.minus(row);
  if (rest.isZero()) return { value: at(row), rule: '查表' };
  const [below, above] = [at(row), at(row + 1)];
  const value = roundRatio(new Exact(below).plus(new Exact(above).minus(below).times(rest)), new Exact(1), '0.1');
  return { value, rule: `在 ${row}（${below}）和 ${row + 1}（${above}）之间内插，修约至 0.1` };
}
