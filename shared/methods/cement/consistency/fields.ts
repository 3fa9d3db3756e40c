// What is read for 标准稠度用水量, 凝结时间 and 安定性 (GB/T 1346): trials with the plunger, the two setting times with an
// optional log of penetrations, and the needle distances of two Le Chatelier moulds before and after boiling.
import { choice, decimal, text } from '../../field.ts';
import type { InputsOf, SpecimenSet } from '../../field.ts';
import { grade, kind } from '../kinds.ts';
import { CLAUSE_SETTING, CLAUSE_SOUNDNESS, CLAUSE_WATER, SETTING, SOUNDNESS, WATER } from './data.ts';

export const CONSISTENCY_SETS: readonly SpecimenSet[] = [
  { id: 'trial', label: '试拌', count: { min: 1, max: 15, usual: 1 }, parameters: [WATER] },
  { id: 'initialLog', label: '初凝测试', count: { min: 1, max: 80, usual: 5 }, parameters: [SETTING] },
  { id: 'finalLog', label: '终凝测试', count: { min: 1, max: 80, usual: 5 }, parameters: [SETTING] },
  { id: 'mould', label: '雷氏夹', count: 2, parameters: [SOUNDNESS] },
];

const water = { at: 'bench', set: 'trial', parameters: [WATER], clause: CLAUSE_WATER } as const;
const setting = { at: 'bench', parameters: [SETTING], clause: CLAUSE_SETTING } as const;
const clock = {
  ...setting,
  unit: 'min',
  resolution: '1',
  instrument: '时钟',
  whole: true,
  max: '2880',
  maxReason: '超过 48 h，不是水泥的凝结时间',
} as const;
const vicat = {
  zero: true,
  unit: 'mm',
  resolution: '0.5',
  instrument: '维卡仪',
  max: '40',
  maxReason: '超过试模高度 40 mm',
} as const;
const needle = {
  at: 'bench',
  set: 'mould',
  parameters: [SOUNDNESS],
  unit: 'mm',
  resolution: '0.5',
  instrument: '雷氏夹膨胀测定仪',
  max: '60',
  maxReason: '超过雷氏夹膨胀测定仪的标尺',
  clause: CLAUSE_SOUNDNESS,
} as const;

export const CONSISTENCY_FIELDS = [
  kind,
  { ...grade, optional: true },
  decimal({
    ...water,
    name: 'trialWater_mL',
    label: '用水量',
    symbol: 'W',
    unit: 'mL',
    resolution: '0.5',
    instrument: '量水器',
    min: '90',
    max: '250',
    maxReason: '超过 500 g 水泥可能的用水量 250 mL',
    hint: '水泥 500 g；最后一次试拌应达到标准稠度',
  }),
  decimal({ ...water, ...vicat, name: 'plungerDistance_mm', label: '试杆距底板', hint: '6 mm±1 mm 为标准稠度' }),
  text({
    ...setting,
    name: 'waterContactAt',
    label: '加水时刻',
    optional: true,
    instrument: '时钟',
    maxLength: 30,
  }),
  decimal({ ...clock, name: 'initialSetting_min', label: '初凝时间', hint: '自加水时起，以分钟计' }),
  decimal({ ...clock, name: 'finalSetting_min', label: '终凝时间', hint: '自加水时起，以分钟计' }),
  decimal({ ...clock, name: 'initialLogTime_min', label: '测试时间', set: 'initialLog', optional: true }),
  decimal({
    ...setting,
    ...vicat,
    name: 'initialLogDistance_mm',
    label: '试针距底板',
    set: 'initialLog',
    optional: true,
  }),
  decimal({ ...clock, name: 'finalLogTime_min', label: '测试时间', set: 'finalLog', optional: true }),
  choice({
    ...setting,
    name: 'finalLogMark',
    label: '环形附件痕迹',
    set: 'finalLog',
    optional: true,
    instrument: '维卡仪',
    options: [
      { value: 'mark', label: '有痕迹' },
      { value: 'none', label: '无痕迹' },
    ],
  }),
  choice({
    at: 'bench',
    name: 'soundnessRound',
    label: '安定性试验次数',
    parameters: [SOUNDNESS],
    instrument: '检测任务',
    clause: CLAUSE_SOUNDNESS,
    options: [
      { value: 'initial', label: '首次' },
      { value: 'retest', label: '复检' },
    ],
    usual: 'initial',
  }),
  decimal({ ...needle, name: 'needleA_mm', label: '沸煮前指针尖端间距', symbol: 'A' }),
  decimal({ ...needle, name: 'needleC_mm', label: '沸煮后指针尖端间距', symbol: 'C' }),
] as const;

export type ConsistencyInputs = InputsOf<typeof CONSISTENCY_FIELDS>;
