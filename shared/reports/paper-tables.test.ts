// Placeholders filled in, tables of several samples joined or named.
import { describe, expect, test } from 'vitest';
import type { PaperTable } from '../methods/table.ts';
import { type TableFacts, fillTable, joinTables } from './paper-tables.ts';
import { printedTableSchema } from './printed-table.ts';

const facts: TableFacts = {
  sampleNo: 'YP-1',
  recordNo: 'JL-1',
  structurePart: '1 层柱',
  madeOn: '2025-10-26',
  testedOn: '2025-11-23',
  ageDays: '28',
  representedQuantity: '100 m³',
  batchNo: '',
  maker: '{sampleNo}$&',
  sampleState: '完好',
};

const table = (change: Partial<PaperTable> = {}): PaperTable => ({
  columns: [{ head: '样品' }, { head: '强度', unit: 'MPa' }],
  rows: [['{sampleNo}', '35.4']],
  ...change,
});

describe('filling in', () => {
  test('captions, cells and notes; an empty fact is a dash, formula marks and strange words stay', () => {
    const filled = fillTable(
      {
        caption: '样品 {sampleNo}',
        columns: [{ head: 'f_{cu}' }, { head: '{sampleNo}' }],
        rows: [
          [{ text: '{madeOn} 至 {testedOn}', down: 1, strong: true }, 'f_{sampleNo} {batchNo} {other} {ageDays} d'],
        ],
        notes: ['{representedQuantity}'],
        joins: true,
      },
      facts,
    );
    expect(filled).toEqual({
      caption: '样品 YP-1',
      columns: [{ head: 'f_{cu}' }, { head: '{sampleNo}' }],
      rows: [[{ text: '2025-10-26 至 2025-11-23', down: 1, strong: true }, 'f_{sampleNo} — {other} 28 d']],
      notes: ['100 m³'],
      joins: true,
    });
  });

  test('what is filled in is not read again', () => {
    expect(fillTable(table({ rows: [['{maker}', '']] }), facts).rows).toEqual([['{sampleNo}$&', '']]);
  });

  test('a table without placeholders stays as it is', () => {
    const plain = table({ rows: [['甲', { text: '1', across: 1 }]] });
    expect(fillTable(plain, facts)).toEqual(plain);
  });
});

describe('joining', () => {
  test('tables that join become one, rows in the order of the samples, notes said once', () => {
    const joins = (value: string, note: string) => table({ joins: true, rows: [[value, '1']], notes: ['同', note] });
    const own = table({ caption: '单独' });
    const joined = joinTables([
      { sampleNo: 'YP-1', tables: [joins('甲', 'a'), own] },
      { sampleNo: 'YP-2', tables: [joins('乙', 'b'), own] },
    ]);
    expect(joined).toEqual([
      {
        ...joins('甲', 'a'),
        rows: [
          ['甲', '1'],
          ['乙', '1'],
        ],
        notes: ['同', 'a', 'b'],
      },
      { ...own, caption: '样品 YP-1　单独' },
      { ...own, caption: '样品 YP-2　单独' },
    ]);
  });

  test('other columns, units or captions do not join', () => {
    const columns = [{ head: '样品' }, { head: '强度', unit: 'N' }];
    const tables = [table({ joins: true }), table({ joins: true, columns }), table({ joins: true, caption: '第二' })];
    expect(
      joinTables([
        { sampleNo: 'YP-1', tables },
        { sampleNo: 'YP-2', tables },
      ]),
    ).toHaveLength(3);
  });

  test('a joined table is no longer than a printed one may be; no sample is torn between two', () => {
    const rows = (sample: number) => [[{ text: `${sample}`, down: 3 }, '1'], ['2'], ['3']];
    const samples = Array.from({ length: 300 }, (_, index) => ({
      sampleNo: `${index}`,
      tables: [table({ joins: true, rows: rows(index) })],
    }));
    const joined = joinTables(samples);
    expect(joined.map((each) => each.rows.length)).toEqual([399, 399, 102]);
    expect(joined.flatMap((each) => each.rows)).toEqual(samples.flatMap(({ tables }) => tables[0]?.rows ?? []));
    for (const each of joined) expect(printedTableSchema.safeParse(each).success).toBe(true);
  });

  test('a single sample needs no name; spans of joined tables still fill their columns', () => {
    expect(joinTables([{ sampleNo: 'YP-1', tables: [table()] }])).toEqual([table()]);
    const spanned = table({ joins: true, rows: [[{ text: '甲', down: 2 }, '1'], ['2']] });
    const [joined] = joinTables(['1', '2', '3'].map((sampleNo) => ({ sampleNo, tables: [spanned] })));
    expect(joined?.rows).toHaveLength(6);
    expect(printedTableSchema.safeParse(joined).success).toBe(true);
  });
});
