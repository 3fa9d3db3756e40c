// Reading what a row holds: the columns' types are SQLite's, the meaning is the caller's.
import type { Value } from './tables.ts';

type Cell = Value | undefined;

export const textOf = (cell: Cell): string => String(cell ?? '');
export const nullableText = (cell: Cell): string | null => (cell === null || cell === undefined ? null : String(cell));
export const nullableNumber = (cell: Cell): number | null =>
  cell === null || cell === undefined ? null : Number(cell);
/** A JSON column as what the writer put in. */
export const jsonOf = <T>(cell: Cell): T => JSON.parse(textOf(cell)) as T;
