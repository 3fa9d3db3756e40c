// The groups of a batch that is evaluated, concrete or mortar: each with its number, place, day, curing and whether it is
// valid. A group is left out only when somebody says that it is invalid, never because its value is blank; the same
// group cannot count twice; and standard and same-condition curing do not mix.
import { Exact, refusal } from '../../foundation/decimal.ts';
import { choice, decimal, text } from '../../field.ts';
import type { SpecimenSet } from '../../field.ts';
import type { MethodWarning, PlausibilityStop } from '../../method.ts';
import type { TableCell, TableColumn } from '../../table.ts';

export const MOST_GROUPS = 500;

export function groupSets(usual: number): readonly SpecimenSet[] {
  return [{ id: 'group', label: '试件组', count: { min: 1, max: MOST_GROUPS, usual } }];
}

/** The columns that every list of groups has; the value column is the method's own. */
export const GROUP_FIELDS = [
  text({
    name: 'sampleNos',
    label: '样品（报告）编号',
    at: 'bench',
    set: 'group',
    instrument: '检测报告',
    maxLength: 60,
    clause: '检验批试件组清单',
  }),
  text({
    name: 'parts',
    label: '工程部位',
    at: 'bench',
    optional: true,
    set: 'group',
    sparse: true,
    instrument: '检测报告',
    maxLength: 100,
    clause: '检验批试件组清单',
  }),
  text({
    name: 'testedOn',
    label: '试验日期',
    at: 'bench',
    optional: true,
    set: 'group',
    sparse: true,
    instrument: '检测报告',
    maxLength: 10,
    clause: '检验批试件组清单',
  }),
  choice({
    name: 'states',
    label: '试验结果',
    at: 'bench',
    set: 'group',
    instrument: '检测报告',
    clause: '检验批试件组清单',
    options: [
      { value: 'valid', label: '有效' },
      { value: 'invalid', label: '试验结果无效' },
    ],
    usual: 'valid',
  }),
] as const;

export const groupValues = decimal({
  name: 'values_MPa',
  label: '抗压强度代表值',
  at: 'bench',
  set: 'group',
  sparse: true,
  unit: 'MPa',
  resolution: '0.1',
  instrument: '检测报告',
  max: '250',
  maxReason: '超过可能的强度 250 MPa',
  clause: '检验批试件组清单',
});

export interface ListedGroups {
  sampleNos: readonly string[];
  parts?: readonly (string | null)[] | undefined;
  testedOn?: readonly (string | null)[] | undefined;
  states: readonly ('valid' | 'invalid')[];
  values_MPa: readonly (string | null)[];
}

export interface CountedGroup {
  /** Place in the list, from 0. */
  index: number;
  value: string;
}

function checkGroup(groups: ListedGroups, index: number, clause: string): CountedGroup[] {
  const value = groups.values_MPa[index] ?? null;
  const label = `试件组 ${index + 1}`;
  const field = `values_MPa.${index}`;
  if (groups.states[index] === 'invalid') {
    if (value === null) return [];
    const message = `${label} 的试验结果无效，却录入了强度 ${value} MPa。`;
    throw refusal('METHOD_CONFLICT', message, field, clause, '无效的组没有强度数值：请删去数值，或核对试验结果。');
  }
  if (value === null) throw refusal('METHOD_MISSING', `缺少“${label} 抗压强度代表值”。`, field, clause);
  if (new Exact(value).decimalPlaces() > 1) {
    const message = `${label} 的代表值 ${value} MPa 没有修约至 0.1 MPa。`;
    throw refusal('METHOD_PRECISION', message, field, clause, '请录入检测报告上的代表值。');
  }
  return [{ index, value }];
}

/** The groups that count, in the order of the list. */
export function countedGroups(groups: ListedGroups, clause: string): CountedGroup[] {
  const seen = new Map<string, number>();
  for (const [index, no] of groups.sampleNos.entries()) {
    const first = seen.get(no.trim());
    if (first !== undefined) {
      const message = `试件组 ${index + 1} 与试件组 ${first + 1} 的编号相同：${no.trim()}。`;
      const next = '同一组试件只能计入一次，请核对清单。';
      throw refusal('METHOD_DUPLICATE_GROUP', message, `sampleNos.${index}`, clause, next);
    }
    seen.set(no.trim(), index);
  }
  return groups.sampleNos.flatMap((_, index) => checkGroup(groups, index, clause));
}

/** Which groups are left out, so that nobody overlooks it. */
export function leftOutWarnings(groups: ListedGroups, clause: string): MethodWarning[] {
  const out = groups.sampleNos.filter((_, index) => groups.states[index] === 'invalid');
  if (out.length === 0) return [];
  return [
    {
      code: 'BATCH_GROUPS_LEFT_OUT',
      message: `${out.length} 组试件的试验结果无效，未参加评定：${out.join('、')}。`,
      meaning: '试验结果无效的组没有强度数值，不能用于评定。',
      next: '请核对这些组的检测报告，并在评定表中说明。',
      field: 'states',
      clause,
    },
  ];
}

/** Values that can hardly belong to the grade: below 0.4 or above `most` times its strength. */
export function farFromGradeStops(
  counted: readonly CountedGroup[],
  grade: string,
  strength: string,
  most: number,
  clause: string,
): PlausibilityStop[] {
  return counted.flatMap(({ index, value }): PlausibilityStop[] => {
    const tenfold = new Exact(value).times(10);
    const possible = new Exact(strength);
    if (tenfold.greaterThanOrEqualTo(possible.times(4)) && tenfold.lessThanOrEqualTo(possible.times(10 * most)))
      return [];
    return [
      {
        code: 'STOP_FAR_FROM_GRADE',
        message: `试件组 ${index + 1} 的代表值 ${value} MPa 与强度等级 ${grade} 相差悬殊。`,
        meaning: '可能录错了数值、单位或强度等级，或该组不属于本检验批。',
        next: '请核对检测报告，说明原因并由第二人确认后继续。',
        field: `values_MPa.${index}`,
        clause,
      },
    ];
  });
}

/** Head of the list of groups; the method may add columns of its own before the value. */
export const LIST_COLUMNS: readonly TableColumn[] = [
  { head: '序号', width: 0.5 },
  { head: '样品（报告）编号', width: 1.8 },
  { head: '工程部位', width: 1.8 },
  { head: '试验日期', width: 1.2 },
];

export const VALUE_COLUMN: TableColumn = { head: '抗压强度代表值', unit: 'MPa', width: 1.2 };

/** One row per group; `own` are the method's own cells. */
export function listRows(groups: ListedGroups, own: (index: number) => string[]): (string | TableCell)[][] {
  return groups.sampleNos.map((no, index) => [
    String(index + 1),
    no.trim(),
    groups.parts?.[index] ?? '—',
    groups.testedOn?.[index] ?? '—',
    ...own(index),
    groups.states[index] === 'invalid' ? '试验结果无效' : (groups.values_MPa[index] ?? '—'),
  ]);
}
