// What a set of cores is described by and what is read of it (JGJ/T 384-2016).
import { designGrade } from '../../concrete/grade.ts';
import { choice, decimal, text } from '../../field.ts';
import type { InputsOf, SpecimenSet } from '../../field.ts';
import { loadingRatesField, machineRangeField } from '../../machineFields.ts';
import { CLAUSE_CORE, CLAUSE_LOADING, CLAUSE_MEMBER, CLAUSE_SIZE, ENTITY_CORES, STANDARD_FACTOR } from './data.ts';

export const CORE_SETS: readonly SpecimenSet[] = [
  { id: 'core', label: '芯样', count: { min: ENTITY_CORES, max: 60, usual: ENTITY_CORES } },
];

export const load = {
  name: 'loads_kN',
  label: '破坏荷载',
  symbol: 'Fc',
  at: 'bench',
  unit: 'kN',
  resolution: '0.1',
  instrument: '压力试验机',
  max: '5000',
  maxReason: '超过任何芯样可能的荷载 5000 kN',
  clause: CLAUSE_CORE,
} as const;

/** Cores are 70 or 100 mm as a rule; what is far from it is a slip of the keyboard or of the unit. */
export const diameter = {
  at: 'bench',
  unit: 'mm',
  resolution: '0.1',
  instrument: '游标卡尺',
  min: '50',
  max: '200',
  maxReason: '超过芯样可能的直径 200 mm',
  clause: CLAUSE_SIZE,
} as const;

export const factor = {
  label: '芯样试件强度换算系数',
  symbol: 'βc',
  at: 'bench',
  optional: true,
  unit: '',
  resolution: '0.01',
  instrument: '对比试验',
  min: '0.5',
  max: '1.5',
  maxReason: '不可能的换算系数',
  clause: CLAUSE_CORE,
} as const;

export const CORE_FIELDS = [
  designGrade,
  choice({
    name: 'assessment',
    label: '评定方式',
    at: 'reception',
    instrument: '委托单',
    clause: CLAUSE_MEMBER,
    options: [
      { value: 'member', label: '单个构件（取最小值）' },
      { value: 'entity', label: '结构实体检验（回弹-取芯，三个芯样）' },
      { value: 'batch', label: '检测批（推定区间）' },
    ],
    usual: 'member',
  }),
  decimal({
    ...diameter,
    name: 'nominalDiameter_mm',
    label: '芯样公称直径',
    at: 'reception',
    optional: true,
    resolution: '1',
    instrument: '委托单',
    usual: '100',
    hint: '用于加荷速度',
  }),
  decimal({ ...load, set: 'core', source: 'peak' }),
  decimal({
    ...diameter,
    name: 'diameters_mm',
    label: '直径（相互垂直两个方向）',
    symbol: 'd',
    set: 'core',
    values: 2,
  }),
  decimal({
    name: 'heights_mm',
    label: '高度',
    symbol: 'h',
    at: 'bench',
    set: 'core',
    unit: 'mm',
    resolution: '1',
    instrument: '钢卷尺',
    whole: true,
    min: '40',
    max: '300',
    maxReason: '超过抗压芯样试件可能的高度 300 mm',
    clause: CLAUSE_SIZE,
  }),
  choice({
    name: 'condition',
    label: '试件状态',
    at: 'bench',
    optional: true,
    instrument: '目测',
    clause: CLAUSE_CORE,
    options: [
      { value: '自然干燥', label: '自然干燥' },
      { value: '潮湿', label: '潮湿（浸水后）' },
    ],
    usual: '自然干燥',
  }),
  decimal({
    ...factor,
    name: 'betaC',
    rare: true,
    hint: `一般取 ${STANDARD_FACTOR}，不填；只在有对比试验时填写`,
  }),
  text({
    name: 'betaCEvidence',
    label: '换算系数的试验依据',
    at: 'bench',
    optional: true,
    rare: true,
    instrument: '对比试验报告',
    maxLength: 100,
    clause: CLAUSE_CORE,
  }),
  machineRangeField(CLAUSE_CORE),
  loadingRatesField('core', CLAUSE_LOADING),
] as const;

export type CoreInputs = InputsOf<typeof CORE_FIELDS>;
