import { expect, test } from 'vitest';
import { groupResult, percentOfGrade, pressedGroupTable } from './pressedGroup.ts';
import type { PressedGroup } from './pressedGroup.ts';
import { allColumns, coveredColumns } from './testing/papers.ts';

const group: PressedGroup = {
  describes: ['designGrade'],
  grade: 'C30',
  size: '150×150×150',
  curing: undefined,
  loads_kN: ['765.0', '772.4'],
  singles: { column: { head: '抗压强度', unit: 'MPa' }, texts: ['34.0', '34.3', '34.7'] },
  results: [groupResult('代表值', null), percentOfGrade(null)],
};

test('the sample and the result span the rows of the specimens, and a reading that is not there is a dash', () => {
  const table = pressedGroupTable(group);
  expect(coveredColumns(table)).toEqual(allColumns(table));
  expect(table.rows.map((row) => row.length)).toEqual([12, 2, 2]);
  expect(table.rows[0]?.slice(2, 3)).toEqual([{ text: 'C30', down: 3 }]);
  expect(table.rows[0]?.[7]).toEqual({ text: '—', down: 3 });
  expect(pressedGroupTable({ ...group, grade: undefined, curing: '标准养护' }).rows[0]).toMatchObject({
    2: { text: '—' },
    7: { text: '标准养护' },
  });
  expect(table.rows[2]).toEqual(['—', '34.7']);
  expect(table.rows[0]?.at(-2)).toEqual({ text: '试验结果无效', strong: true, down: 3 });
  expect(table.rows[0]?.at(-1)).toEqual({ text: '—', down: 3 });
  expect(table).toMatchObject({ joins: true, describes: ['name', 'designGrade'] });
});

test('a kind and another column for the age stand where they belong', () => {
  const age = { column: { head: '累计温度', unit: '℃·d' }, text: '612.4' };
  const heads = (change: Partial<PressedGroup>) =>
    pressedGroupTable({ ...group, ...change }).columns.map(({ head }) => head);
  expect(heads({}).slice(0, 8)).toEqual([
    '样品编号', '工程部位', '设计等级', '公称尺寸', '成型日期', '检测日期', '龄期', '养护条件',
  ]); // prettier-ignore
  expect(heads({ kind: '水泥砂浆' }).slice(1, 4)).toEqual(['工程部位', '砂浆种类', '设计等级']);
  expect(heads({ age })[6]).toBe('累计温度');
});
