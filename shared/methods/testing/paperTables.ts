// Test help: whether paper tables are rectangles, and the words that stand in them.
import type { PaperTable } from '../table.ts';
import { allColumns, coveredColumns } from './papers.ts';

/** Every row of every table is as wide as its head. */
export function areRectangles(tables: readonly PaperTable[]): boolean {
  return tables.every((table) => coveredColumns(table).join() === allColumns(table).join());
}

/** All words of the tables, heads included, for a look whether something stands there. */
export function wordsOf(tables: readonly PaperTable[]): string[] {
  return tables.flatMap(({ columns, rows }) => [
    ...columns.map(({ head }) => head),
    ...rows.flat().map((cell) => (typeof cell === 'string' ? cell : cell.text)),
  ]);
}
