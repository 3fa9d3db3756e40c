// Lays a method's table out for the paper: letter size, column widths, line ends of heads and short cells, and which rows
// stay together on a page. The template only draws what stands here. The relative widths of the method are kept as far
// as no number, date or code has to be broken for them.
import { type PaperPlot, type PlotAxis, plotAxes } from '../../shared/methods/plot.ts';
import type { PaperTable, TableCell } from '../../shared/methods/table.ts';
import { type Piece, brokenLines, piecesOf, textEm } from './text-measure.ts';

/** Text width of the page, mm. */
export const pageWidth = 160;
const mmPerPt = 0.352_778;

export interface LaidCell {
  /** Line ends are \n. */
  readonly text: string;
  readonly across: number;
  readonly down: number;
  readonly strong: boolean;
  readonly left: boolean;
  /** Holds a run wider than its column, which may break anywhere. */
  readonly loose: boolean;
  /** Does not break over pages, nor does what it spans. */
  readonly whole: boolean;
}

export interface LaidTable {
  readonly caption: string;
  /** Letter size and cell margins, pt. */
  readonly size: number;
  readonly inset: number;
  /** Column widths, mm. */
  readonly widths: readonly number[];
  readonly heads: readonly { readonly text: string; readonly unit: string; readonly loose: boolean }[];
  readonly rows: readonly (readonly LaidCell[])[];
  readonly plot: (PaperPlot & { readonly axes: { readonly x: PlotAxis; readonly y: PlotAxis } }) | null;
  readonly notes: readonly string[];
  /** Low enough to stand on one page as a whole. */
  readonly together: boolean;
}

interface PlacedCell extends Required<Omit<TableCell, 'strong' | 'left'>> {
  readonly strong: boolean;
  readonly left: boolean;
  readonly column: number;
}

const smallestSize = 6;
const sizes = [8.4, 8, 7.6, 7, 6.5, smallestSize] as const;
const firstSize = (columns: number): number => (columns <= 7 ? 0 : columns <= 10 ? 1 : columns <= 14 ? 2 : 3);
const insetOf = (columns: number): number => (columns <= 7 ? 3.5 : columns <= 10 ? 2.4 : columns <= 16 ? 1.6 : 1.2);
/** Head letters against cell letters; bold ones are wider. */
const headScale = 0.93 * 1.09;
/** A little more than measured, so that a line that was found to fit does fit. */
const safety = 1.03;
/** A picture under a table, mm. */
const plotHeight = 56;
/** A single code is never given more than this, mm: a longer one is broken. */
const widestPiece = 34;
/** Texts up to this many pieces get line ends of their own; longer ones flow. */
const arrangedPieces = 60;
/** A block of joined rows higher than this may break over pages, mm; so may a table. */
const highestBlock = 120;
const highestWhole = 75;

const cellScale = (cell: { strong: boolean }): number => (cell.strong ? 1.2 : 1) * safety;

/** Cells with the column each stands in; spans were checked before (`printedTableSchema`). */
function placed({ columns, rows }: PaperTable): PlacedCell[][] {
  const covered = columns.map(() => 0);
  return rows.map((row) => {
    const cells = row.map((given): PlacedCell => {
      const {
        text,
        across = 1,
        down = 1,
        strong = false,
        left = false,
      } = typeof given === 'string' ? { text: given } : given;
      const column = covered.findIndex((rest) => rest <= 0);
      for (let index = column; index < column + across; index += 1) covered[index] = down;
      return { text: text === '' ? '—' : text, across, down, strong, left, column };
    });
    for (const [index, rest] of covered.entries()) covered[index] = rest - 1;
    return cells;
  });
}

/** Chinese words up to so many characters stand in one line (不符合, 平均值); of longer ones, two characters (试验/结果). */
const wholeWord = 3;
const wordEm = (text: string): number =>
  Math.max(0, ...(text.match(/\p{Script=Han}+/gu) ?? []).map(({ length }) => (length <= wholeWord ? length : 2)));

const widestOf = (pieces: readonly Piece[]): number => pieces.reduce((most, { em }) => Math.max(most, em), 0);

interface Needs {
  /** For its widest piece. */
  readonly least: number;
  /** For cells that need no more lines than they have, and a head of few lines. */
  readonly ease: number;
  /** For every cell in one line, too. */
  readonly full: number;
}

/** The narrowest limit, em, at which a text has so few lines, and none of a single character. */
function fewLinesEm(text: string, from: number, lines: number): number {
  const pieces = piecesOf(text);
  if (pieces.length > arrangedPieces) return Math.max(from, textEm(text) / lines);
  for (let limit = from; limit < textEm(text); limit += 0.25) {
    const broken = brokenLines(pieces, limit);
    if (broken.length <= lines && broken.every((line) => textEm(line) > 1)) return limit;
  }
  return textEm(text);
}

/** What the columns need, mm, at `size` pt. */
function needs(table: PaperTable, cells: readonly PlacedCell[][], size: number, margins: number): Needs[] {
  const em = size * mmPerPt;
  const headLines = table.columns.length <= 10 ? 2 : 3;
  const found = table.columns.map(({ head, unit }) => {
    const widest = Math.max(widestOf(piecesOf(head)), wordEm(head), textEm(unit ?? '') * 0.95);
    const scale = headScale * safety * em;
    const least = Math.min(widestPiece, widest * scale);
    const ease = Math.max(least, fewLinesEm(head, widest, headLines) * scale);
    return { least, ease, full: ease };
  });
  for (const cell of cells.flat()) {
    const column = found[cell.column];
    if (cell.across > 1 || column === undefined) continue;
    const scale = cellScale(cell) * em;
    const lines = cell.text.split('\n');
    const widest = Math.max(...lines.map((line) => Math.max(widestOf(piecesOf(line)), wordEm(line))));
    const full = Math.min(pageWidth * 0.5, Math.max(...lines.map(textEm)) * scale);
    // A cell over several rows has as many lines for nothing.
    const free = Math.min(cell.down, 3);
    const easy = free === 1 ? full : Math.max(...lines.map((line) => fewLinesEm(line, widest, free))) * scale;
    column.least = Math.max(column.least, Math.min(widestPiece, widest * scale));
    column.ease = Math.max(column.ease, column.least, Math.min(full, easy));
    column.full = Math.max(column.full, column.ease, full);
  }
  return found.map(({ least, ease, full }) => ({ least: least + margins, ease: ease + margins, full: full + margins }));
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Shares `room` by weight, nobody below the floor; the floors together fit. */
function shared(room: number, floors: readonly number[], weights: readonly number[]): number[] {
  const fixed = floors.map(() => false);
  for (;;) {
    const rest = room - total(floors.filter((_, index) => fixed[index]));
    const weight = total(weights.filter((_, index) => !fixed[index]));
    const widths = floors.map((floor, index) => (fixed[index] ? floor : (rest * (weights[index] ?? 0)) / weight));
    const short = widths.findIndex((width, index) => !fixed[index] && width < (floors[index] ?? 0) - 1e-9);
    if (short === -1) return widths;
    for (const [index, width] of widths.entries())
      if (!fixed[index] && width < (floors[index] ?? 0) - 1e-9) fixed[index] = true;
    if (!fixed.includes(false)) return [...floors];
  }
}

/** Columns with more than they can use give half of it to those that would have to break a text. */
function evened(widths: readonly number[], full: readonly number[]): number[] {
  const over = widths.map((width, index) => Math.max(0, width - (full[index] ?? 0)));
  const under = widths.map((width, index) => Math.max(0, (full[index] ?? 0) - width));
  const moved = Math.min(total(over) * 0.5, total(under));
  if (moved < 0.01) return [...widths];
  const take = moved / total(over);
  const give = moved / total(under);
  return widths.map((width, index) => width - (over[index] ?? 0) * take + (under[index] ?? 0) * give);
}

function columnWidths(columns: readonly Needs[], hints: readonly number[]): number[] {
  const least = columns.map((column) => column.least);
  const ease = columns.map((column) => column.ease);
  const full = columns.map((column) => column.full);
  if (total(ease) <= pageWidth) return evened(shared(pageWidth, ease, hints), full);
  if (total(least) <= pageWidth) {
    const wanted = ease.map((value, index) => value - (least[index] ?? 0));
    const scale = (pageWidth - total(least)) / total(wanted);
    return least.map((value, index) => value + (wanted[index] ?? 0) * scale);
  }
  const scale = pageWidth / total(least);
  return least.map((value) => value * scale);
}

/** Line ends for a text in a column `width` mm wide inside, letters `em` mm high. */
function arranged(text: string, width: number, em: number): { text: string; loose: boolean; lines: number } {
  // What was measured to fit does fit, whatever the last binary digit.
  const limit = width / em + 1e-6;
  const parts = text.split('\n').map((line) => {
    const plain = piecesOf(line);
    const pieces = widestOf(plain) > limit ? piecesOf(line, true) : plain;
    const loose = widestOf(pieces) > limit;
    if (textEm(line) <= limit) return { lines: [line], loose: false, count: 1 };
    if (loose || pieces.length > arrangedPieces)
      return { lines: [line], loose, count: Math.ceil((textEm(line) / limit) * 1.15) };
    const lines = brokenLines(pieces, limit);
    return { lines, loose: false, count: lines.length };
  });
  return {
    text: parts.flatMap(({ lines }) => lines).join('\n'),
    loose: parts.some(({ loose }) => loose),
    lines: total(parts.map(({ count }) => count)),
  };
}

/** First and last row of the block that each row belongs to: rows joined by spans stay together. */
function blocks(rows: readonly PlacedCell[][]): number[][] {
  const found: number[][] = [];
  let end = 0;
  for (const [index, row] of rows.entries()) {
    if (index >= end) found.push([]);
    found.at(-1)?.push(index);
    end = Math.max(end, index + row.reduce((most, { down }) => Math.max(most, down), 1));
  }
  return found;
}

/** `largest`: letters, pt, that suit what stands around the table. */
export function layTable(table: PaperTable, largest = 8.4): LaidTable {
  const cells = placed(table);
  const columns = table.columns.length;
  const inset = insetOf(columns);
  const margins = 2 * inset * mmPerPt;
  // The largest letters at which nothing has to be torn; the smallest where even those do not help.
  let size = smallestSize;
  let needed = needs(table, cells, size, margins);
  for (const larger of sizes.slice(firstSize(columns)).filter((each) => each <= largest)) {
    const wanted = needs(table, cells, larger, margins);
    if (total(wanted.map(({ least }) => least)) > pageWidth) continue;
    size = larger;
    needed = wanted;
    break;
  }
  const widths = columnWidths(
    needed,
    table.columns.map(({ width = 1 }) => width),
  );
  const em = size * mmPerPt;
  const heads = table.columns.map(({ head, unit = '' }, index) => ({
    ...arranged(head, (widths[index] ?? 0) - margins, em * headScale * safety),
    unit,
  }));
  const lineHeight = size * 1.28 * mmPerPt;
  const rowMargin = 4.4 * mmPerPt;
  const laid = cells.map((row) =>
    row.map((cell) => {
      const width = total(widths.slice(cell.column, cell.column + cell.across)) - margins;
      return { ...cell, ...arranged(cell.text, width, em * cellScale(cell)) };
    }),
  );
  const rowHeights = laid.map(
    (row) => row.reduce((most, { down, lines }) => Math.max(most, (lines * lineHeight) / down), lineHeight) + rowMargin,
  );
  const wholeRows = new Set(
    blocks(cells).flatMap((block) => (total(block.map((row) => rowHeights[row] ?? 0)) <= highestBlock ? block : [])),
  );
  const headHeight = heads.reduce((most, { lines, unit }) => Math.max(most, lines + (unit === '' ? 0 : 1)), 1);
  const noteHeight = (table.notes ?? []).length * 3.2 + (table.plot === undefined ? 0 : plotHeight);
  return {
    caption: table.caption ?? '',
    size,
    inset,
    widths: widths.map((width) => Math.round(width * 1000) / 1000),
    heads: heads.map(({ text, unit, loose }) => ({ text, unit, loose })),
    rows: laid.map((row, index) =>
      row.map(({ text, across, down, strong, left, loose }) => ({
        text,
        across,
        down,
        strong,
        left,
        loose,
        // In a block that has to break, single rows still do not.
        whole: wholeRows.has(index) || (down === 1 && (rowHeights[index] ?? 0) <= highestBlock),
      })),
    ),
    plot: table.plot === undefined ? null : { ...table.plot, axes: plotAxes(table.plot) },
    notes: table.notes ?? [],
    together:
      headHeight * lineHeight + total(rowHeights) + noteHeight <=
      (table.plot === undefined ? highestWhole : highestBlock),
  };
}
