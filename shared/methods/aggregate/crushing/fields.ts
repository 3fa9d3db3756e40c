// What a stone sample is described by and what is read for the crushing index.
import { choice, decimal, text } from '../../field.ts';
import type { InputsOf, SpecimenSet } from '../../field.ts';
import { STANDARD } from '../jgj52.ts';
import { CLAUSE, LIMIT_CLAUSE, LOADING_S, PORTIONS, PORTION_G } from './data.ts';

export const CRUSHING_SETS: readonly SpecimenSet[] = [{ id: 'crushing', label: '压碎试样', count: PORTIONS }];

const MAX_G = '5000';
const mass = {
  at: 'bench',
  set: 'crushing',
  unit: 'g',
  resolution: '1',
  instrument: '台秤',
  max: MAX_G,
  maxReason: `超过一份试样可能的质量 ${MAX_G} g`,
  clause: CLAUSE,
} as const;

export const CRUSHING_FIELDS = [
  choice({
    name: 'rock',
    label: '岩石品种',
    at: 'reception',
    instrument: '委托单',
    clause: `${STANDARD} ${LIMIT_CLAUSE}`,
    options: [
      { value: '沉积岩', label: '碎石：沉积岩（石灰岩、砂岩等）' },
      { value: '变质岩或深成的火成岩', label: '碎石：变质岩或深成的火成岩（片麻岩、花岗岩等）' },
      { value: '喷出的火成岩', label: '碎石：喷出的火成岩（玄武岩等）' },
      { value: '卵石', label: '卵石' },
    ],
    refusalCode: 'METHOD_KIND_UNKNOWN',
  }),
  text({
    name: 'nominalSize',
    label: '公称粒级',
    at: 'reception',
    optional: true,
    instrument: '委托单',
    maxLength: 30,
    clause: `${STANDARD} 碎石或卵石的颗粒级配`,
    hint: '例如 5～31.5 mm',
  }),
  choice({
    name: 'crushingGradeClass',
    label: '拟用混凝土强度等级',
    at: 'reception',
    optional: true,
    instrument: '委托单',
    clause: `${STANDARD} ${LIMIT_CLAUSE}`,
    options: [
      { value: 'C60～C40', label: 'C60～C40' },
      { value: '≤C35', label: '≤C35' },
    ],
    refusalCode: 'METHOD_GRADE_UNKNOWN',
    hint: '未填写时只给出检测结果，不作判定；高于 C60 时标准没有限值，不填写',
  }),
  decimal({
    ...mass,
    name: 'crushedBefore_g',
    label: '试样质量',
    symbol: 'm0',
    min: '500',
    hint: `每份 ${PORTION_G} g，10.0～20.0 mm 风干颗粒`,
  }),
  decimal({ ...mass, name: 'crushedRetained_g', label: '2.50 mm 筛上剩留质量', symbol: 'm1', zero: true }),
  decimal({
    ...mass,
    name: 'loadingTime_s',
    label: '加荷至 200 kN 的时间',
    optional: true,
    rare: true,
    unit: 's',
    resolution: '1',
    instrument: '压力试验机',
    max: '3600',
    maxReason: '超过一小时',
    hint: `${LOADING_S.least}～${LOADING_S.most} s 内均匀加荷`,
  }),
] as const;

export type CrushingInputs = InputsOf<typeof CRUSHING_FIELDS>;

/** A line of a vector file gives `[before, retained]` of each portion. */
export const CRUSHING_VECTOR_FIELDS = [
  decimal({ ...mass, name: 'before_g_retained_g', label: '试样质量、筛上剩留质量', values: 2, zero: true }),
] as const;
