// Test help: whether the rows of a table fill its columns, cells that span rows and columns included.
import type { PaperTable } from '../table.ts';

/** Number of columns that each row covers. */
export function coveredColumns(table: PaperTable): number[] {
  const covered = table.rows.map(() => 0);
  for (const [index, row] of table.rows.entries()) {
    for (const cell of row) {
      const { across = 1, down = 1 } = typeof cell === 'string' ? {} : cell;
      for (let at = index; at < index + down; at += 1) covered[at] = (covered[at] ?? Number.NaN) + across;
    }
  }
  return covered;
}

/** What a sound table covers: all its columns in every row. */
export const allColumns = (table: PaperTable): number[] => table.rows.map(() => table.columns.length);
