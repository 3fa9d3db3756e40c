// What a splitting and a flexural group are described by and what is read of them (GB/T 50081-2019 chapters 9 and 10).
import { choice, decimal } from '../../field.ts';
import type { InputsOf, SpecimenSet } from '../../field.ts';
import { evidence, loadingRates, loads, machineRange, measuredSides, side, testedFactor } from '../cube/fields.ts';
import { curing, designGrade } from '../grade.ts';
import { BEAM_SIZES, FLEXURAL, SPECIMENS, SPLITTING } from './data.ts';

export const SPLITTING_SETS: readonly SpecimenSet[] = [{ id: 'cube', label: '试件', count: SPECIMENS }];
export const FLEXURAL_SETS: readonly SpecimenSet[] = [{ id: 'beam', label: '试件', count: SPECIMENS }];

const required = decimal({
  name: 'requiredStrength_MPa',
  label: '委托要求的强度',
  at: 'reception',
  optional: true,
  rare: true,
  unit: 'MPa',
  resolution: '0.01',
  instrument: '委托单',
  max: '30',
  maxReason: '超过混凝土可能的抗拉（抗折）强度',
  clause: '委托单',
  hint: '设计（委托）规定的劈裂抗拉或抗折强度，没有则不填',
});

const judge = choice({
  name: 'judgeAgainstRequirement',
  label: '委托要求按规定强度判定本组',
  at: 'reception',
  optional: true,
  rare: true,
  instrument: '委托单',
  clause: '委托单',
  options: [
    { value: 'no', label: '否' },
    { value: 'yes', label: '是' },
  ],
});

export const splittingLoads = {
  ...loads,
  clause: SPLITTING.clause,
  symbol: 'F',
  max: '1300',
  maxReason: '超过任何劈裂试件可能的荷载 1300 kN',
} as const;

export const SPLITTING_FIELDS = [
  designGrade,
  { ...side, clause: SPLITTING.sizeClause },
  curing,
  required,
  judge,
  { ...testedFactor, clause: SPLITTING.clause },
  { ...evidence, clause: SPLITTING.clause },
  splittingLoads,
  { ...machineRange, clause: SPLITTING.loadingClause },
  { ...loadingRates, clause: SPLITTING.loadingClause, resolution: '0.001' },
  { ...measuredSides, label: '劈裂面实测边长', clause: SPLITTING.sizeClause },
] as const;

export const FLEXURAL_FIELDS = [
  designGrade,
  choice({
    name: 'size_mm',
    label: '公称尺寸',
    at: 'reception',
    instrument: '委托单',
    clause: FLEXURAL.sizeClause,
    options: BEAM_SIZES.map((value) => ({ value, label: `${value} mm` })),
    usual: '150×150×550',
    refusalCode: 'METHOD_SIZE_UNKNOWN',
  }),
  curing,
  required,
  judge,
  { ...testedFactor, clause: FLEXURAL.clause },
  { ...evidence, clause: FLEXURAL.clause },
  {
    ...loads,
    set: 'beam',
    clause: FLEXURAL.clause,
    max: '300',
    maxReason: '超过任何抗折试件可能的荷载 300 kN',
    resolution: '0.01',
  },
  choice({
    name: 'breakPositions',
    label: '下边缘断裂位置',
    at: 'bench',
    set: 'beam',
    instrument: '目测、钢直尺',
    clause: FLEXURAL.clause,
    options: [
      { value: 'between', label: '两个集中荷载作用线之间' },
      { value: 'outside', label: '两个集中荷载作用线之外' },
    ],
    hint: '断在作用线之外的试件不参加计算',
  }),
  { ...machineRange, clause: FLEXURAL.loadingClause },
  { ...loadingRates, set: 'beam', clause: FLEXURAL.loadingClause, resolution: '0.001' },
  { ...measuredSides, set: 'beam', label: '跨中截面实测宽度和高度', clause: FLEXURAL.sizeClause },
] as const;

export type SplittingInputs = InputsOf<typeof SPLITTING_FIELDS>;
/** What both have. */
export type TensionInputs = Pick<
  SplittingInputs,
  | 'designGrade'
  | 'curing'
  | 'requiredStrength_MPa'
  | 'judgeAgainstRequirement'
  | 'loads_kN'
  | 'loadingRates_kN_s'
  | 'machineRange_kN'
  | 'measuredSides_mm'
>;
