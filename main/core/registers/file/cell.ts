// A cell of a table that people filled in, before anybody knows what its column means: what stands there and how it was
// kept. A number is told apart from a text, since a spreadsheet keeps fifteen digits of it.
export type CellKind = 'text' | 'number' | 'day' | 'formula' | 'merged' | 'error';

export interface Cell {
  readonly kind: CellKind;
  readonly text: string;
}

export interface SheetRow {
  /** As a person counts them in the file. */
  readonly no: number;
  readonly cells: readonly (Cell | undefined)[];
}

export const emptyCell: Cell = { kind: 'text', text: '' };

export const isBlank = (cell: Cell | undefined): boolean =>
  cell === undefined || (cell.text === '' && cell.kind !== 'formula' && cell.kind !== 'merged');
