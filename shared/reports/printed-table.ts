// A table of a paper (`PaperTable`, as methods return them), checked before it is printed: no character that cannot be
// seen, no text without end, no placeholder left open, and every row fills its columns, spans counted. A table that is
// short of a cell would print every later figure under the wrong head.
import { z } from 'zod';
import type { PaperTable } from '../methods/table.ts';
import { decimalText } from '../entities/scalars.ts';
import { printedLine, printedText, requiredPrintedLine } from './printable.ts';

export const maxTableRows = 400;
export const maxTableColumns = 30;

/** Words in braces that `paper-tables.ts` fills in; x_{sub} and x^{super} are none of them. */
const openPlaceholder =
  /(?<![_^])\{(?:sampleNo|recordNo|structurePart|madeOn|testedOn|ageDays|representedQuantity|batchNo|maker|sampleState)\}/u;

const cellText = printedText(400).refine((text) => !openPlaceholder.test(text), '含有没有填写的占位符');

const cellSchema = z.union([
  cellText,
  z.object({
    text: cellText,
    across: z.number().int().min(1).max(maxTableColumns).optional(),
    down: z.number().int().min(1).max(maxTableRows).optional(),
    strong: z.literal(true).optional(),
    left: z.literal(true).optional(),
  }),
]);

const place = z.tuple([decimalText, decimalText]);
const axis = z.object({ label: requiredPrintedLine(40), unit: printedLine(30) });
const printedPlot = z.object({
  x: axis,
  y: axis,
  points: z.array(place).max(200),
  line: z.array(place).max(400),
  mark: z.object({ at: place, text: printedLine(80) }).optional(),
});

const tableShape = z.object({
  caption: printedLine(120).optional(),
  columns: z
    .array(
      z.object({
        head: requiredPrintedLine(40),
        unit: printedLine(30).optional(),
        width: z.number().positive().max(20).optional(),
      }),
    )
    .min(1, '至少一列')
    .max(maxTableColumns, `不得超过 ${maxTableColumns} 列`),
  rows: z.array(z.array(cellSchema)).max(maxTableRows, `不得超过 ${maxTableRows} 行`),
  plot: printedPlot.optional(),
  notes: z.array(printedLine(300)).max(400).optional(),
  joins: z.literal(true).optional(),
  describes: z.array(z.string()).optional(),
});

export interface GridFault {
  /** Row, counted from 0. */
  row: number;
  message: string;
}

/** Places the cells as the paper does: from left to right into what spans of earlier rows leave free. */
export function gridFaults({ columns, rows }: Pick<PaperTable, 'columns' | 'rows'>): GridFault[] {
  const faults: GridFault[] = [];
  /** For every column the number of rows, this one included, that a span from above still covers. */
  const covered = columns.map(() => 0);
  for (const [row, cells] of rows.entries()) {
    const taken = covered.map((left) => left > 0);
    for (const [index, cell] of cells.entries()) {
      const { across = 1, down = 1 } = typeof cell === 'string' ? {} : cell;
      const at = taken.indexOf(false);
      const fits = at !== -1 && at + across <= columns.length && !taken.slice(at, at + across).includes(true);
      if (!fits) {
        faults.push({ row, message: `第 ${row + 1} 行第 ${index + 1} 个单元格放不下，本表共 ${columns.length} 列` });
        return faults;
      }
      if (row + down > rows.length) {
        faults.push({ row, message: `第 ${row + 1} 行第 ${index + 1} 个单元格向下合并 ${down} 行，超出表格` });
        return faults;
      }
      for (let column = at; column < at + across; column += 1) {
        taken[column] = true;
        covered[column] = down;
      }
    }
    const empty = taken.filter((isTaken) => !isTaken).length;
    if (empty > 0) {
      faults.push({ row, message: `第 ${row + 1} 行缺 ${empty} 个单元格，本表共 ${columns.length} 列` });
      return faults;
    }
    for (const [column, left] of covered.entries()) covered[column] = Math.max(0, left - 1);
  }
  return faults;
}

const checkedTable = tableShape.superRefine((table, context) => {
  for (const { row, message } of gridFaults(table)) context.addIssue({ code: 'custom', path: ['rows', row], message });
});

// An optional key that is present as `undefined` is as good as missing, but not for a type with exact optional keys.
export const printedTableSchema = checkedTable as unknown as z.ZodType<PaperTable>;
