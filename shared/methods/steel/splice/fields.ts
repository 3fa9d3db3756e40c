// What a group of mechanical splices is described by and what is read of it: peak loads with the kind of break, and,
// where commissioned (process tests), the residual deformation u0 of three specimens.
import { choice, decimal, dueInRetest, text } from '../../field.ts';
import type { InputsOf, SpecimenSet } from '../../field.ts';
import { machineRangeField } from '../../machineFields.ts';
import { BAR_GRADES } from '../joint/bars.ts';
import {
  FIRST_COUNT,
  RETEST_COUNT,
  gradeField,
  initialRecord,
  nominalDiameter,
  peakLoads,
  round,
} from '../joint/fields.ts';
import { CLAUSE_LIMIT, CLAUSE_RESIDUAL, CLAUSE_RULE, CLAUSE_TEST, LEVELS, STANDARD } from './data.ts';
import type { Failure } from './data.ts';
import { INSPECTIONS } from './judge.ts';

export const SPLICE_SETS: readonly SpecimenSet[] = [
  {
    id: 'tension',
    label: '接头试件',
    count: { min: FIRST_COUNT, max: RETEST_COUNT, usual: FIRST_COUNT },
    due: dueInRetest(RETEST_COUNT),
    parameters: ['KL'],
  },
  { id: 'residual', label: '残余变形试件', count: FIRST_COUNT, parameters: ['BX'] },
];

const BREAKS = [
  { value: '断于钢筋母材', failure: '钢筋拉断' },
  { value: '断于套筒外钢筋丝头', failure: '钢筋拉断' },
  { value: '断于钢筋镦粗过渡段', failure: '钢筋拉断' },
  { value: '断于套筒', failure: '连接件破坏' },
  { value: '套筒纵向开裂', failure: '连接件破坏' },
  { value: '钢筋从套筒中拔出', failure: '连接件破坏' },
  { value: '其他连接组件破坏', failure: '连接件破坏' },
] as const satisfies readonly { value: string; failure: Failure }[];
export type Break = (typeof BREAKS)[number]['value'];

/** Which of the two kinds of failure a break is. */
export function failureOf(found: Break): Failure {
  const known = BREAKS.find(({ value }) => value === found);
  if (known === undefined) throw new RangeError(`unknown break ${found}`);
  return known.failure;
}

export const SPLICE_FIELDS = [
  text({
    name: 'spliceType',
    label: '接头类型',
    at: 'reception',
    instrument: '委托单',
    maxLength: 40,
    clause: STANDARD,
    usual: '剥肋滚轧直螺纹接头',
  }),
  choice({
    name: 'spliceLevel',
    label: '接头等级',
    at: 'reception',
    instrument: '委托单',
    clause: CLAUSE_LIMIT,
    options: LEVELS.map((value) => ({ value, label: `${value}级` })),
    usual: 'Ⅰ',
    refusalCode: 'METHOD_GRADE_UNKNOWN',
  }),
  gradeField(BAR_GRADES, CLAUSE_LIMIT),
  nominalDiameter(CLAUSE_TEST),
  choice({
    name: 'inspection',
    label: '检验类别',
    at: 'reception',
    instrument: '委托单',
    clause: CLAUSE_RULE,
    options: INSPECTIONS.map((value) => ({ value, label: value })),
    usual: '验收检验',
    hint: '工艺检验不合格不复验，应调整工艺后重新检验',
  }),
  round(CLAUSE_RULE),
  initialRecord(CLAUSE_RULE),
  peakLoads('最大拉力', CLAUSE_TEST),
  choice({
    name: 'breaks',
    label: '断裂位置',
    at: 'bench',
    set: 'tension',
    parameters: ['KL'],
    instrument: '目测',
    clause: CLAUSE_LIMIT,
    options: BREAKS.map(({ value, failure }) => ({ value, label: `${value}（${failure}）` })),
  }),
  decimal({
    name: 'residualDeformations_mm',
    label: '残余变形',
    symbol: 'u0',
    at: 'bench',
    set: 'residual',
    parameters: ['BX'],
    unit: 'mm',
    resolution: '0.001',
    instrument: '引伸计',
    zero: true,
    max: '10',
    maxReason: '超过接头可能的残余变形 10 mm',
    clause: CLAUSE_RESIDUAL,
    hint: '两侧仪表读数的平均值',
  }),
  machineRangeField(CLAUSE_TEST, 'universal'),
] as const;

export type SpliceInputs = InputsOf<typeof SPLICE_FIELDS>;
