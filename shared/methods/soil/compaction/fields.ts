// What a compaction sample is described by and what is read of it (GB/T 50123-2019 击实试验).
import { choice, decimal, text } from '../../field.ts';
import type { InputsOf, SpecimenSet } from '../../field.ts';
import { CLAUSE_COMPACTION } from '../data.ts';
import { TIN_FIELDS } from '../moisture.ts';

/** Fewer points make no curve. */
export const LEAST_POINTS = 5;
export const MOST_POINTS = 12;

export const COMPACTION_SETS: readonly SpecimenSet[] = [
  { id: 'point', label: '测点', count: { min: LEAST_POINTS, max: MOST_POINTS, usual: LEAST_POINTS } },
];

const mould = { at: 'bench', unit: 'g', resolution: '1', instrument: '电子天平', clause: CLAUSE_COMPACTION } as const;
const oversize = {
  at: 'bench',
  optional: true,
  rare: true,
  clause: `${CLAUSE_COMPACTION} 大于 5 mm 颗粒的校正`,
} as const;

export const COMPACTION_FIELDS = [
  text({
    name: 'soilKind',
    label: '土样种类',
    at: 'reception',
    optional: true,
    instrument: '委托单',
    maxLength: 40,
    clause: CLAUSE_COMPACTION,
    hint: '如粉质黏土、石屑、灰土',
  }),
  choice({
    name: 'compactionType',
    label: '击实类型',
    at: 'reception',
    instrument: '委托单',
    clause: CLAUSE_COMPACTION,
    options: [
      { value: 'light', label: '轻型（592.2 kJ/m³）' },
      { value: 'heavy', label: '重型（2684.9 kJ/m³）' },
    ],
    usual: 'heavy',
    refusalCode: 'METHOD_KIND_UNKNOWN',
  }),
  decimal({
    ...mould,
    name: 'mouldVolume_cm3',
    label: '击实筒容积',
    symbol: 'V',
    unit: 'cm³',
    resolution: '0.1',
    instrument: '击实仪',
    min: '500',
    max: '5000',
    maxReason: '超过击实筒可能的容积 5000 cm³',
    hint: '按击实筒校准证书，如 947.4、2103.9',
  }),
  decimal({ ...mould, name: 'mould_g', label: '筒质量', max: '20000', maxReason: '超过击实筒可能的质量 20000 g' }),
  decimal({
    ...mould,
    name: 'mouldAndWetSoil_g',
    label: '筒加湿土质量',
    set: 'point',
    max: '40000',
    maxReason: '超过筒加湿土可能的质量 40000 g',
  }),
  { ...TIN_FIELDS.tin, set: 'point' },
  { ...TIN_FIELDS.wet, set: 'point' },
  { ...TIN_FIELDS.dry, set: 'point' },
  decimal({
    ...oversize,
    name: 'oversize_percent',
    label: '大于 5 mm 颗粒含量',
    symbol: 'P5',
    unit: '%',
    resolution: '0.1',
    instrument: '标准筛',
    max: '30',
    maxReason: '大于 30% 时不能用校正公式',
    hint: '需要校正时填写，三项同时填',
  }),
  decimal({
    ...oversize,
    name: 'oversizeGravity',
    label: '大于 5 mm 颗粒饱和面干比重',
    symbol: 'Gs2',
    unit: '',
    resolution: '0.01',
    instrument: '比重试验',
    min: '1.5',
    max: '3.5',
    maxReason: '超过土粒可能的比重 3.5',
  }),
  decimal({
    ...oversize,
    name: 'oversizeAbsorption_percent',
    label: '大于 5 mm 颗粒吸着含水率',
    symbol: 'wab',
    unit: '%',
    resolution: '0.1',
    instrument: '烘箱、天平',
    zero: true,
    max: '30',
    maxReason: '超过颗粒可能的吸着含水率 30%',
  }),
] as const;

export type CompactionInputs = InputsOf<typeof COMPACTION_FIELDS>;

/** Vector lines give the points themselves. */
export const CURVE_VECTOR_FIELDS = [
  decimal({
    ...mould,
    name: 'moisture_percent',
    label: '含水率',
    set: 'point',
    unit: '%',
    resolution: '0.1',
    max: '100',
    maxReason: '超过压实填土可能的含水率',
  }),
  decimal({
    ...mould,
    name: 'wetDensity',
    label: '湿密度',
    set: 'point',
    unit: 'g/cm³',
    resolution: '0.01',
    min: '0.5',
    max: '3',
    maxReason: '超过土可能的湿密度 3 g/cm³',
  }),
] as const;
