// Rows fill their columns, spans counted; what cannot be seen, has no end or was left open is refused.
import { array, assert, constantFrom, integer, property, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PaperTable, TableCell } from '../methods/table.ts';
import { gridFaults, printedTableSchema } from './printed-table.ts';

const columnsOf = (count: number) => Array.from({ length: count }, (_, index) => ({ head: `列 ${index + 1}` }));
const fieldsOf = (table: unknown): string[] =>
  printedTableSchema.safeParse(table).error?.issues.map(({ path }) => path.join('.')) ?? [];

/** Cuts a field of `rows` × `columns` into rectangles as the numbers say, and lists them row by row as methods do. */
function tiled(rows: number, columns: number, cuts: readonly (readonly [number, number])[]): PaperTable {
  const owner = Array.from({ length: rows }, () => Array.from({ length: columns }, () => false));
  let next = 0;
  const cells = owner.map((line, row) =>
    line.flatMap((taken, column): TableCell[] => {
      if (taken) return [];
      const [wide, high] = cuts[next % cuts.length] ?? [1, 1];
      next += 1;
      let across = 1;
      while (across < wide && column + across < columns && line[column + across] === false) across += 1;
      const down = Math.min(high, rows - row);
      for (let y = row; y < row + down; y += 1)
        for (let x = column; x < column + across; x += 1) (owner[y] ?? [])[x] = true;
      return [{ text: `${row}.${column}`, across, down }];
    }),
  );
  return { columns: columnsOf(columns), rows: cells };
}

const tiling = tuple(
  integer({ min: 1, max: 12 }),
  integer({ min: 1, max: 10 }),
  array(tuple(integer({ min: 1, max: 4 }), integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 20 }),
).map(([rows, columns, cuts]) => tiled(rows, columns, cuts));

describe('spans', () => {
  test('any field cut into rectangles is a table', () => {
    assert(
      property(tiling, (table) => {
        expect(gridFaults(table)).toEqual([]);
        expect(printedTableSchema.parse(table)).toEqual(table);
      }),
      { numRuns: 800 },
    );
  });

  test('with one cell taken away, added, made wider or higher, it is none any more', () => {
    assert(
      property(tiling, integer({ min: 0 }), constantFrom('away', 'added', 'wider', 'higher'), (table, pick, change) => {
        const places = table.rows.flatMap((row, index) => row.map((_, cell) => [index, cell] as const));
        const [at, which] = places[pick % places.length] ?? [0, 0];
        const rows = table.rows.map((row, index) => {
          const cell = row[which] as TableCell | undefined;
          if (index !== at || cell === undefined) return row;
          if (change === 'away') return row.filter((_, position) => position !== which);
          if (change === 'added') return [...row, '多'];
          const wider = change === 'wider';
          return row.with(which, {
            ...cell,
            across: (cell.across ?? 1) + (wider ? 1 : 0),
            down: (cell.down ?? 1) + (wider ? 0 : 1),
          });
        });
        const faults = gridFaults({ ...table, rows });
        expect(faults).toHaveLength(1);
        expect(faults[0]?.row).toBeGreaterThanOrEqual(at);
      }),
      { numRuns: 800 },
    );
  });

  test('the fault names its row and what is wrong', () => {
    const columns = columnsOf(3);
    const messageOf = (rows: PaperTable['rows']) => gridFaults({ columns, rows }).map(({ message }) => message);
    expect(
      messageOf([
        ['1', '2', '3'],
        ['1', '2'],
      ]),
    ).toEqual(['第 2 行缺 1 个单元格，本表共 3 列']);
    expect(messageOf([['1', '2', '3', '4']])).toEqual(['第 1 行第 4 个单元格放不下，本表共 3 列']);
    expect(messageOf([['1', { text: '2', across: 3 }]])).toEqual(['第 1 行第 2 个单元格放不下，本表共 3 列']);
    expect(messageOf([[{ text: '1', down: 2 }, '2', '3']])).toEqual(['第 1 行第 1 个单元格向下合并 2 行，超出表格']);
    expect(messageOf([['1', { text: '2', down: 2 }, '3'], [{ text: '1', across: 2 }]])).toEqual([
      '第 2 行第 1 个单元格放不下，本表共 3 列',
    ]);
    expect(messageOf([[{ text: '1', across: 3, down: 2 }], []])).toEqual([]);
  });
});

describe('texts and sizes', () => {
  const table = { columns: columnsOf(2), rows: [['f_{cu}^{c}', { text: '10⁻³', strong: true }]] };

  test('marks of formulas are no placeholders, an open placeholder is', () => {
    expect(fieldsOf(table)).toEqual([]);
    expect(fieldsOf({ ...table, rows: [['f_{sampleNo}', 'R^{maker}']] })).toEqual([]);
    expect(fieldsOf({ ...table, rows: [['样品 {sampleNo}', { text: '{maker}' }]] })).toEqual([
      'rows.0.0',
      'rows.0.1.text',
    ]);
    expect(fieldsOf({ ...table, rows: [['{别的}', '{other}']] })).toEqual([]);
  });

  test.each([
    ['head', { columns: [{ head: '甲\u200B' }, { head: '乙' }] }, 'columns.0.head'],
    ['empty head', { columns: [{ head: ' ' }, { head: '乙' }] }, 'columns.0.head'],
    ['unit', { columns: [{ head: '甲', unit: 'k\u0007N' }, { head: '乙' }] }, 'columns.0.unit'],
    ['caption', { caption: 'A\u202EB' }, 'caption'],
    ['note', { notes: ['好', 'A\uE000'] }, 'notes.1'],
    ['cell', { rows: [['1', 'A\u202E']] }, 'rows.0.1'],
    ['long cell', { rows: [['1', '长'.repeat(401)]] }, 'rows.0.1'],
    ['width', { columns: [{ head: '甲', width: 0 }, { head: '乙' }] }, 'columns.0.width'],
    ['rows', { rows: Array.from({ length: 401 }, () => ['1', '2']) }, 'rows'],
    ['columns', { columns: columnsOf(31), rows: [] }, 'columns'],
  ])('%s is guarded', (_, change, field) => {
    expect(fieldsOf({ ...table, ...change })).toContain(field);
  });

  test('400 rows of 30 columns are a table', () => {
    const row = Array.from({ length: 30 }, () => '1');
    expect(fieldsOf({ columns: columnsOf(30), rows: Array.from({ length: 400 }, () => row) })).toEqual([]);
  });
});
