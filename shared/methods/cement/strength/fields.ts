// What a cement sample is described by and what is read at one age: three flexural loads, then six compressive loads on
// the halves (GB/T 17671-2021). Each age is a record of its own.
import { choice, decimal, text } from '../../field.ts';
import type { InputsOf, SpecimenSet } from '../../field.ts';
import { grade, kind } from '../kinds.ts';
import {
  CLAUSE_AGE,
  CLAUSE_COMPRESSION,
  CLAUSE_FLEXURE,
  CLAUSE_LOADING,
  CLAUSE_MACHINE,
  CLAUSE_MIX,
  COMPRESSION,
  FLEXURE,
} from './data.ts';

export const STRENGTH_SETS: readonly SpecimenSet[] = [
  { id: 'flexure', label: '抗折试体', count: 3, parameters: [FLEXURE] },
  { id: 'compression', label: '抗压试体', count: 6, parameters: [COMPRESSION] },
];

export const age = choice({
  name: 'age_d',
  label: '龄期',
  at: 'bench',
  source: 'age',
  instrument: '检测任务',
  clause: CLAUSE_AGE,
  options: [
    { value: '3', label: '3 d' },
    { value: '28', label: '28 d' },
  ],
  refusalCode: 'METHOD_AGE_UNKNOWN',
  hint: '自水泥加水搅拌时算起',
});

export const flexureLoads = decimal({
  name: 'flexureLoads_N',
  label: '抗折荷载',
  symbol: 'Ff',
  at: 'bench',
  set: 'flexure',
  parameters: [FLEXURE],
  source: 'peak',
  unit: 'N',
  resolution: '1',
  instrument: '抗折试验机',
  // A load typed in kN would be a few units: far below what carries its own handling.
  min: '100',
  max: '8000',
  maxReason: '超过任何 40 mm×40 mm×160 mm 水泥胶砂试体可能的抗折荷载 8000 N',
  clause: CLAUSE_FLEXURE,
});

export const compressionLoads = decimal({
  name: 'compressionLoads_kN',
  label: '抗压荷载',
  symbol: 'Fc',
  at: 'bench',
  set: 'compression',
  parameters: [COMPRESSION],
  source: 'peak',
  unit: 'kN',
  resolution: '0.01',
  instrument: '抗压试验机',
  min: '1',
  max: '300',
  maxReason: '超过任何 40 mm×40 mm 受压面的水泥胶砂试体可能的抗压荷载 300 kN',
  clause: CLAUSE_COMPRESSION,
  hint: '按 1 号试体两个半截、2 号两个半截、3 号两个半截的顺序',
});

const rate = { at: 'bench', optional: true, source: 'rate', unit: 'kN/s', clause: CLAUSE_LOADING } as const;
const unlikelyRate = '不可能的加荷速度';

export const flexureRates = decimal({
  ...rate,
  name: 'flexureRates_kN_s',
  label: '抗折加荷速度',
  set: 'flexure',
  parameters: [FLEXURE],
  resolution: '0.001',
  instrument: '抗折试验机',
  max: '10',
  maxReason: unlikelyRate,
});

export const compressionRates = decimal({
  ...rate,
  name: 'compressionRates_kN_s',
  label: '抗压加荷速度',
  set: 'compression',
  parameters: [COMPRESSION],
  resolution: '0.01',
  instrument: '抗压试验机',
  max: '100',
  maxReason: unlikelyRate,
});

/** Typed: the two loads may come from two machines, and only this one's range is asked about. */
export const compressionRange = decimal({
  name: 'compressionRange_kN',
  label: '抗压试验机量程',
  at: 'bench',
  optional: true,
  parameters: [COMPRESSION],
  unit: 'kN',
  resolution: '1',
  instrument: '设备台账',
  max: '2000',
  maxReason: '超过水泥抗压试验机的量程',
  clause: CLAUSE_MACHINE,
});

const mix = { at: 'bench', optional: true, clause: CLAUSE_MIX } as const;
const grams = { ...mix, unit: 'g', resolution: '1', instrument: '天平', maxReason: '超过一锅胶砂可能的用量' } as const;
const celsius = {
  ...mix,
  unit: '℃',
  resolution: '0.1',
  instrument: '温度计',
  negative: true,
  zero: true,
  min: '-20',
  max: '60',
  maxReason: '不可能的环境温度',
} as const;

export const MIX_FIELDS = [
  text({ ...mix, name: 'waterContactAt', label: '加水时刻', instrument: '时钟', maxLength: 30 }),
  decimal({ ...grams, name: 'cement_g', label: '水泥用量', usual: '450', max: '2000' }),
  decimal({ ...grams, name: 'sand_g', label: '标准砂用量', usual: '1350', max: '6000' }),
  decimal({
    ...mix,
    name: 'water_mL',
    label: '加水量',
    unit: 'mL',
    resolution: '1',
    instrument: '量水器',
    usual: '225',
    max: '1000',
    maxReason: '超过一锅胶砂可能的用量',
  }),
  decimal({ ...celsius, name: 'roomTemperature_C', label: '成型室温度' }),
  decimal({ ...celsius, name: 'curingTemperature_C', label: '养护水温度' }),
  text({ ...mix, name: 'brokenAt', label: '破型时刻', instrument: '时钟', maxLength: 30 }),
] as const;

export const STRENGTH_FIELDS = [
  kind,
  grade,
  age,
  flexureLoads,
  flexureRates,
  compressionLoads,
  compressionRates,
  compressionRange,
  ...MIX_FIELDS,
] as const;

export type StrengthInputs = InputsOf<typeof STRENGTH_FIELDS>;
