// From the tables that a method returns per sample to the tables of one paper: placeholders filled in, tables of several
// samples joined where the method says that they join, and the others named by their sample.
import type { PaperTable, TableCell } from '../methods/table.ts';
import { maxTableRows } from './printed-table.ts';

/** What a method cannot know and the paper can; an empty text is printed as —. */
export interface TableFacts {
  sampleNo: string;
  recordNo: string;
  structurePart: string;
  madeOn: string;
  testedOn: string;
  ageDays: string;
  representedQuantity: string;
  batchNo: string;
  maker: string;
  sampleState: string;
}

// `f_{sampleNo}` would be a lowered word, not a placeholder.
const placeholder = /(?<![_^])\{([A-Za-z]+)\}/gu;

/** Fills in the placeholders of captions, cells and notes; an unknown one stays and is refused when it is printed. */
export function fillTable(table: PaperTable, facts: TableFacts): PaperTable {
  const known = new Map<string, string>(Object.entries(facts));
  const fill = (text: string): string =>
    text.replaceAll(placeholder, (whole, name: string) => {
      const value = known.get(name);
      return value === undefined ? whole : value === '' ? '—' : value;
    });
  const fillCell = (cell: string | TableCell): string | TableCell =>
    typeof cell === 'string' ? fill(cell) : { ...cell, text: fill(cell.text) };
  return {
    ...table,
    ...(table.caption === undefined ? {} : { caption: fill(table.caption) }),
    rows: table.rows.map((row) => row.map(fillCell)),
    ...(table.notes === undefined ? {} : { notes: table.notes.map(fill) }),
  };
}

const columnsKey = ({ caption, columns }: PaperTable): string =>
  JSON.stringify([caption ?? '', columns.map(({ head, unit }) => [head, unit ?? ''])]);

/**
 * Tables of several samples in the order of the samples. Those that join become one, at the place of the first, notes
 * said once, and a further one when it is full; another bears its sample's number as soon as there are several samples.
 */
export function joinTables(samples: readonly { sampleNo: string; tables: readonly PaperTable[] }[]): PaperTable[] {
  const joined: PaperTable[] = [];
  const places = new Map<string, number>();
  for (const { sampleNo, tables } of samples) {
    for (const table of tables) {
      if (table.joins !== true) {
        const caption = [`样品 ${sampleNo}`, table.caption ?? ''].filter((part) => part !== '').join('　');
        joined.push(samples.length > 1 ? { ...table, caption } : table);
        continue;
      }
      const key = columnsKey(table);
      const place = places.get(key);
      const before = place === undefined ? undefined : joined[place];
      const full = before !== undefined && before.rows.length + table.rows.length > maxTableRows;
      if (place === undefined || before === undefined || full) {
        places.set(key, joined.length);
        joined.push(table);
        continue;
      }
      const notes = [...new Set([...(before.notes ?? []), ...(table.notes ?? [])])];
      joined[place] = {
        ...before,
        rows: [...before.rows, ...table.rows],
        ...(notes.length === 0 ? {} : { notes }),
      };
    }
  }
  return joined;
}
