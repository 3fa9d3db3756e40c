// The report table of a group of specimens that were pressed: one row per specimen, what holds for the sample before them,
// what came out of the group behind them. Cubes, same-condition cubes, splitting, bending and mortar differ in a few columns.
import { INVALID } from './foundation/words.ts';
import type { PaperTable, TableColumn } from './table.ts';

/** A column whose cell holds for the whole group. */
export interface GroupColumn {
  column: TableColumn;
  text: string;
  strong?: true;
}

/** A column with a cell per specimen. */
export interface SpecimenColumn {
  column: TableColumn;
  texts: readonly string[];
}

export interface PressedGroup {
  /** Properties of the sample that the columns, the basis or the conclusion tell. */
  describes: readonly string[];
  /** Between part and grade. */
  kind?: string | undefined;
  grade: string | undefined;
  /** 公称尺寸, mm. */
  size: string;
  /** 龄期, or what stands for it. */
  age?: GroupColumn;
  curing: string | undefined;
  loads_kN: readonly string[];
  singles: SpecimenColumn;
  results: readonly GroupColumn[];
}

const AGE: GroupColumn = { column: { head: '龄期', unit: 'd', width: 0.6 }, text: '{ageDays}' };

/** The result that the group is tested for; words where it has none. */
export const groupResult = (head: string, value_MPa: string | null): GroupColumn => ({
  column: { head, unit: 'MPa', width: 0.9 },
  text: value_MPa ?? INVALID,
  strong: true,
});

export const percentOfGrade = (percent: string | null): GroupColumn => ({
  column: { head: '达到设计强度', unit: '%', width: 0.8 },
  text: percent ?? '—',
});

export function pressedGroupTable(group: PressedGroup): PaperTable {
  const before: GroupColumn[] = [
    { column: { head: '样品编号', width: 1.5 }, text: '{sampleNo}' },
    { column: { head: '工程部位', width: 1.6 }, text: '{structurePart}' },
    ...(group.kind === undefined ? [] : [{ column: { head: '砂浆种类', width: 1.1 }, text: group.kind }]),
    { column: { head: '设计等级', width: 0.8 }, text: group.grade ?? '—' },
    { column: { head: '公称尺寸', unit: 'mm', width: 1.2 }, text: group.size },
    { column: { head: '成型日期', width: 1.2 }, text: '{madeOn}' },
    { column: { head: '检测日期', width: 1.2 }, text: '{testedOn}' },
    group.age ?? AGE,
    { column: { head: '养护条件' }, text: group.curing ?? '—' },
  ];
  const specimens: SpecimenColumn[] = [
    { column: { head: '破坏荷载', unit: 'kN' }, texts: group.loads_kN },
    group.singles,
  ];
  const count = group.singles.texts.length;
  const cell = ({ text, strong }: GroupColumn) => ({ text, down: count, ...(strong === undefined ? {} : { strong }) });
  return {
    joins: true,
    describes: ['name', ...group.describes],
    columns: [...before, ...specimens, ...group.results].map(({ column }) => column),
    rows: Array.from({ length: count }, (_, index) => {
      const own = specimens.map(({ texts }) => texts[index] ?? '—');
      return index > 0 ? own : [...before.map(cell), ...own, ...group.results.map(cell)];
    }),
  };
}
