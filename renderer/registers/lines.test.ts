// The lines of a dry run: nothing that was found is left out, and what needs a person comes first.
import { expect, test } from 'vitest';
import type { RegisterRow } from '../../shared/registers/calls.ts';
import { linesOf } from './lines.ts';

const row = (no: number, state: RegisterRow['state'], more: Partial<RegisterRow> = {}): RegisterRow => ({
  row: no,
  key: `YQ-${no}`,
  name: '压力机',
  state,
  changes: [],
  problems: [],
  ...more,
});
const problem = (column: string) => ({ column, code: 'REQUIRED', message: '必填', next: '请填写后再导入。' });

test('problems, then changes field by field, then what is new', () => {
  const lines = linesOf({
    rows: [
      row(2, 'new', { changes: [{ column: '型号', old: null, now: 'X' }, { column: '量程', old: null, now: '2000' }] }),
      row(3, 'changed', { changes: [{ column: '型号', old: 'X', now: '' }, { column: '量程', old: '', now: '300' }] }),
      row(4, 'refused', { problems: [problem('型号'), problem('量程')] }),
    ],
  }); // prettier-ignore
  expect(lines.map(({ row: no, column }) => `${no} ${column}`)).toEqual([
    '4 型号',
    '4 量程',
    '3 型号',
    '3 量程',
    '2 整行',
  ]);
  expect(lines[0]?.problem).toBe('必填。请填写后再导入。');
  expect(lines[3]).toMatchObject({ old: '', now: '300' });
  expect(lines[4]).toMatchObject({ old: null, now: '型号 X；量程 2000', name: 'YQ-2 压力机' });
  expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
});
