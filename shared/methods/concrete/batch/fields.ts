// What a concrete batch is described by and which groups it is made of (GB/T 50107-2010).
import { choice, decimal, text } from '../../field.ts';
import type { InputsOf } from '../../field.ts';
import { refusal } from '../../foundation/decimal.ts';
import { gradeOptions } from '../grade.ts';
import { CLAUSE_BATCH, CLAUSE_KNOWN, SIGMA0_GROUPS, SIGMA0_LEAST_DAYS, SIGMA0_MOST_DAYS } from './data.ts';
import { GROUP_FIELDS, groupSets, groupValues } from './groups.ts';

export const BATCH_SETS = groupSets(10);

export const sigma0 = decimal({
  name: 'sigma0_MPa',
  label: '检验批混凝土立方体抗压强度的标准差',
  symbol: 'σ0',
  at: 'reception',
  optional: true,
  rare: true,
  unit: 'MPa',
  resolution: '0.01',
  instrument: '前一个检验期的统计资料',
  max: '20',
  maxReason: '不可能的标准差',
  clause: CLAUSE_KNOWN,
  hint: '只有连续生产、标准差已知时填写；检验批应为连续的 3 组',
});

export const BATCH_FIELDS = [
  choice({
    name: 'designGrade',
    label: '设计强度等级',
    at: 'reception',
    instrument: '委托单',
    clause: CLAUSE_BATCH,
    options: gradeOptions,
    refusalCode: 'METHOD_GRADE_UNKNOWN',
    hint: '写作 C30、C35 …',
  }),
  decimal({
    name: 'age_d',
    label: '龄期',
    at: 'reception',
    optional: true,
    whole: true,
    unit: 'd',
    resolution: '1',
    instrument: '检测报告',
    max: '3650',
    maxReason: '不可能的龄期',
    clause: CLAUSE_BATCH,
    usual: '28',
    hint: '检验批的龄期相同；同条件养护试件不填',
  }),
  text({
    name: 'mix',
    label: '配合比和生产工艺条件',
    at: 'reception',
    optional: true,
    instrument: '委托单',
    maxLength: 100,
    clause: CLAUSE_BATCH,
    hint: '检验批的配合比和生产工艺条件基本相同',
  }),
  sigma0,
  decimal({
    name: 'sigma0Groups',
    label: '计算 σ0 的试件组数',
    at: 'reception',
    optional: true,
    rare: true,
    whole: true,
    unit: '组',
    resolution: '1',
    instrument: '前一个检验期的统计资料',
    max: '10000',
    maxReason: '不可能的组数',
    clause: CLAUSE_KNOWN,
    hint: `不少于 ${SIGMA0_GROUPS} 组`,
  }),
  decimal({
    name: 'sigma0Period_d',
    label: '计算 σ0 的检验期',
    at: 'reception',
    optional: true,
    rare: true,
    whole: true,
    unit: 'd',
    resolution: '1',
    instrument: '前一个检验期的统计资料',
    max: '3650',
    maxReason: '不可能的检验期',
    clause: CLAUSE_KNOWN,
    hint: `${SIGMA0_LEAST_DAYS}～${SIGMA0_MOST_DAYS} d`,
  }),
  ...GROUP_FIELDS,
  choice({
    name: 'curings',
    label: '养护条件',
    at: 'bench',
    set: 'group',
    instrument: '检测报告',
    clause: CLAUSE_BATCH,
    options: [
      { value: '标准养护', label: '标准养护' },
      { value: '同条件养护', label: '同条件养护（已除以 0.88）' },
    ],
    usual: '标准养护',
  }),
  groupValues,
] as const;

export type BatchInputs = InputsOf<typeof BATCH_FIELDS>;

/** Standard and same-condition groups are two batches. */
export function checkCurings({ curings }: Pick<BatchInputs, 'curings'>): '标准养护' | '同条件养护' {
  const [first] = curings;
  const other = curings.findIndex((curing) => curing !== first);
  if (first !== undefined && other < 0) return first;
  const message = `试件组 ${other + 1} 为${curings[other]}，试件组 1 为${first}，不能合并评定。`;
  const next = '标准养护和同条件养护的试件应分别作为检验批评定。';
  throw refusal('METHOD_CURING_MIXED', message, `curings.${other}`, CLAUSE_BATCH, next);
}
