// What comes from a spreadsheet lands where it belongs: by place, by head, with rows added, and nothing of a record touched.
import { expect, test } from 'vitest';
import { methodById } from '../../shared/methods/index.ts';
import { pasteInto, pasteWords, readClipboard, transposed } from './paste.ts';
import { columnsOf } from './SetSheet.tsx';
import { emptyForm, fieldsOf, newRow, type Row } from './trialForm.ts';

const method = methodById('concrete-batch-evaluation');
const fields = fieldsOf(method, 'group', null);
const begin = (count: number): Row[] => Array.from({ length: count }, () => newRow(method, 'group'));
const paste = (text: string, column: number, rows = begin(2), row = 0, most = 500) => {
  const columns = columnsOf(fields, rows);
  return pasteInto(
    { rows, columns, at: { row, column }, most, newRow: () => newRow(method, 'group') },
    readClipboard(text) ?? [],
  );
};
const keys = columnsOf(fields, []).map(({ key }) => key);

test('one text is pasted as usual; lines and columns are read with any line end', () => {
  expect(readClipboard('34.5')).toBeNull();
  expect(readClipboard('34.5\r\n')).toBeNull();
  expect(readClipboard('34.5\r\n 35.1 \r\n')).toEqual([['34.5'], ['35.1']]);
  expect(readClipboard('a\tb\n\tc')).toEqual([
    ['a', 'b'],
    ['', 'c'],
  ]);
  expect(transposed([['1', '2', '3'], ['4']])).toEqual([
    ['1', '4'],
    ['2', ''],
    ['3', ''],
  ]);
});

test('a column fills its column from the cursor down, and the list grows', () => {
  const pasted = paste('34.5\n35.1\n36.0\n33.8', keys.indexOf('values_MPa'), begin(2), 1);
  expect(pasted.rows.map(({ cells }) => cells['values_MPa'] ?? '')).toEqual(['', '34.5', '35.1', '36.0', '33.8']);
  expect(pasted.rows.every(({ cells }) => cells['states'] === 'valid')).toBe(true);
  expect(pasteWords(pasted)).toBe('已粘贴 4 行 4 格。');
});

test('a table with heads goes under its heads, in whatever order, and words of a list become its options', () => {
  const pasted = paste(
    '代表值\t样品（报告）编号\t抗压强度代表值 MPa\t试验结果\n×\tA-1\t34.5\t有效\n×\tA-2\t\t试验结果无效',
    0,
  );
  expect(pasted.rows.map(({ cells }) => [cells['sampleNos'], cells['values_MPa'], cells['states']])).toEqual([
    ['A-1', '34.5', 'valid'],
    ['A-2', '', 'invalid'],
  ]);
  expect(pasted).toMatchObject({ lines: 2, cellsLeft: 2 });
  expect(pasteWords(pasted)).toContain('2 格没有对应的列，没有粘贴');
});

test('what is wrong is kept as it was copied', () => {
  const pasted = paste('34，5\nabc', keys.indexOf('values_MPa'));
  expect(pasted.rows.map(({ cells }) => cells['values_MPa'])).toEqual(['34，5', 'abc']);
});

test('rows of records are passed over; what has no row left is counted', () => {
  const own: Row = {
    id: 'YS-1',
    origin: { recordNo: 'YS-1', digest: '0'.repeat(64), reportNo: null, ageDays: 28 },
    cells: { values_MPa: '30.0' },
  };
  const pasted = paste('34.5\n35.1\n36.0', keys.indexOf('values_MPa'), [own, ...begin(1)], 0, 3);
  expect(pasted.rows.map(({ cells }) => cells['values_MPa'])).toEqual(['30.0', '34.5', '35.1']);
  expect(pasted).toMatchObject({ lines: 2, linesLeft: 1 });
  expect(pasteWords(pasted)).toContain('1 行放不下');
});

test('a field of many values takes a row of them', () => {
  const rebound = methodById('rebound');
  const form = emptyForm(rebound);
  const set = rebound.sets[0]!;
  const own = fieldsOf(rebound, set.id, null);
  const rows = form.rows[set.id]!;
  const columns = columnsOf(own, rows);
  const many = own.find(({ values }) => values === 16)!;
  const at = columns.findIndex(({ key }) => key === `${many.name}.1`);
  const texts = Array.from({ length: 16 }, (_, index) => String(30 + index));
  const { rows: filled } = pasteInto(
    { rows, columns, at: { row: 0, column: at }, most: 100, newRow: () => newRow(rebound, set.id) },
    [texts],
  );
  expect(texts.map((_, index) => filled[0]!.cells[`${many.name}.${index + 1}`])).toEqual(texts);
});
