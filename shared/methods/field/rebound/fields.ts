// What a rebound test is described by and what is read: zones with their readings, angle, casting face and carbonation.
import { choice, decimal, text } from '../../field.ts';
import type { InputsOf, SpecimenSet } from '../../field.ts';
import { designGrade } from '../../concrete/grade.ts';
import {
  CARBONATION,
  CLAUSE_AGE,
  CLAUSE_BATCH,
  CLAUSE_CARBONATION,
  CLAUSE_ESTIMATE,
  CLAUSE_HAMMER,
  CLAUSE_PUMPED,
  CLAUSE_READINGS,
  CLAUSE_TABLE_A,
  CURVES,
  NATIONAL_RULES,
} from './data.ts';
import { ANGLE_TABLE, FACE_TABLE } from './tables.ts';

export const ZONE_SETS: readonly SpecimenSet[] = [
  { id: 'zone', label: '测区', count: { min: 1, max: 200, usual: 10 } },
];

const counts = [NATIONAL_RULES, ...CURVES].map((rules) => rules.readings.count);
const [fewest, most] = [Math.min(...counts), Math.max(...counts)];

/** The hammer shows 80 on its steel anvil; no concrete gives more. */
const MAX_REBOUND = '80';

const rebound = {
  label: '回弹值',
  symbol: 'R',
  at: 'bench',
  values: fewest === most ? fewest : { min: fewest, max: most },
  unit: '',
  resolution: '1',
  whole: true,
  instrument: '回弹仪',
  min: '10',
  max: MAX_REBOUND,
  maxReason: `超过回弹仪在钢砧上的值 ${MAX_REBOUND}，不是混凝土的回弹值`,
  clause: CLAUSE_READINGS,
} as const;

export const angle = choice({
  name: 'angle_deg',
  label: '测试角度',
  at: 'bench',
  set: 'zone',
  instrument: '回弹仪',
  clause: ANGLE_TABLE.clause,
  options: [
    { value: '0', label: '水平' },
    { value: '90', label: '向上 90°' },
    { value: '60', label: '向上 60°' },
    { value: '45', label: '向上 45°' },
    { value: '30', label: '向上 30°' },
    { value: '-30', label: '向下 30°' },
    { value: '-45', label: '向下 45°' },
    { value: '-60', label: '向下 60°' },
    { value: '-90', label: '向下 90°' },
  ],
  usual: '0',
  refusalCode: 'METHOD_ANGLE_UNKNOWN',
  hint: '只有表列角度；角度之间不得内插',
});

export const face = choice({
  name: 'face',
  label: '测试面',
  at: 'bench',
  set: 'zone',
  instrument: '目测',
  clause: FACE_TABLE.clause,
  options: [
    { value: 'side', label: '浇筑侧面' },
    { value: 'top', label: '浇筑表面（顶面）' },
    { value: 'bottom', label: '浇筑底面' },
  ],
  usual: 'side',
});

export const scope = choice({
  name: 'scope',
  label: '检测方式',
  at: 'reception',
  instrument: '委托单',
  clause: CLAUSE_BATCH,
  options: [
    { value: 'member', label: '单个构件' },
    { value: 'batch', label: '批量检测' },
  ],
  usual: 'member',
});

const anvil = {
  unit: '',
  resolution: '1',
  instrument: '钢砧',
  min: '10',
  max: '100',
  maxReason: '超过回弹仪的刻度',
  clause: CLAUSE_HAMMER,
} as const;

export const REBOUND_FIELDS = [
  designGrade,
  choice({
    name: 'placing',
    label: '混凝土类型',
    at: 'reception',
    instrument: '委托单',
    clause: CLAUSE_PUMPED,
    options: [
      { value: 'pumped', label: '泵送混凝土' },
      { value: 'non-pumped', label: '非泵送混凝土' },
    ],
    usual: 'pumped',
    hint: '泵送用测强曲线公式；非泵送查标准附录 A',
  }),
  scope,
  text({
    name: 'hammerNo',
    label: '回弹仪编号',
    at: 'bench',
    instrument: '设备台账',
    maxLength: 40,
    clause: CLAUSE_HAMMER,
  }),
  decimal({
    ...anvil,
    name: 'anvilBefore_R',
    label: '检测前钢砧率定值',
    at: 'bench',
    usual: '80',
    hint: '80±2 以外的回弹仪不得使用',
  }),
  decimal({ ...anvil, name: 'anvilAfter_R', label: '检测后钢砧率定值', at: 'bench', optional: true }),
  decimal({
    name: 'age_d',
    label: '龄期',
    at: 'bench',
    optional: true,
    source: 'age',
    unit: 'd',
    resolution: '1',
    whole: true,
    instrument: '委托单',
    max: '40000',
    maxReason: '超过混凝土结构可能的龄期',
    clause: CLAUSE_AGE,
  }),
  text({
    name: 'members',
    label: '所属构件',
    at: 'bench',
    optional: true,
    set: 'zone',
    instrument: '检测方案',
    maxLength: 40,
    clause: CLAUSE_BATCH,
    hint: '批量检测时每个测区填所属构件的编号',
  }),
  angle,
  face,
  decimal({ ...rebound, name: 'rebound_R', set: 'zone' }),
  decimal({
    name: 'carbonation_mm',
    label: '碳化深度',
    symbol: 'd',
    at: 'bench',
    set: 'zone',
    sparse: true,
    values: CARBONATION.readings,
    unit: 'mm',
    resolution: '0.25',
    zero: true,
    instrument: '碳化深度测定仪',
    max: '100',
    maxReason: '超过可能的碳化深度',
    clause: CLAUSE_CARBONATION,
    hint: `不少于 ${CARBONATION.sharePercent}% 的测区，每测点 ${CARBONATION.readings} 次；其余测区不填`,
  }),
  text({
    name: 'tableStrength_MPa',
    label: '附录 A 查得的强度换算值（MPa）',
    symbol: 'f^c_{cu}',
    at: 'bench',
    optional: true,
    set: 'zone',
    sparse: true,
    instrument: '标准附录 A（纸质表）',
    maxLength: 8,
    clause: CLAUSE_TABLE_A,
    hint: '只用于非泵送混凝土，例如 30.1；表中空白处填 <10.0 或 >60.0',
  }),
  decimal({
    name: 'tableRm',
    label: '查附录 A 所用的 Rm',
    symbol: 'Rm',
    at: 'bench',
    optional: true,
    set: 'zone',
    sparse: true,
    unit: '',
    resolution: '0.1',
    instrument: '标准附录 A（纸质表）',
    max: '100',
    maxReason: '超过回弹仪的刻度',
    clause: CLAUSE_TABLE_A,
  }),
  decimal({
    name: 'tableDm_mm',
    label: '查附录 A 所用的 dm',
    symbol: 'dm',
    at: 'bench',
    optional: true,
    set: 'zone',
    sparse: true,
    unit: 'mm',
    resolution: '0.5',
    zero: true,
    instrument: '标准附录 A（纸质表）',
    max: NATIONAL_RULES.maxCarbonation_mm,
    maxReason: `附录 A 只到 ${NATIONAL_RULES.maxCarbonation_mm} mm`,
    clause: CLAUSE_TABLE_A,
  }),
] as const;

export type ReboundInputs = InputsOf<typeof REBOUND_FIELDS>;

export const MEAN_VECTOR_FIELDS = [decimal({ ...rebound, name: 'readings' })] as const;

export const CURVE_VECTOR_FIELDS = [
  decimal({
    name: 'Rm',
    label: '平均回弹值',
    at: 'bench',
    unit: '',
    resolution: '0.1',
    instrument: '回弹仪',
    max: '100',
    maxReason: '超过回弹仪的刻度',
    clause: CLAUSE_PUMPED,
  }),
  decimal({
    name: 'dm_mm',
    label: '平均碳化深度值',
    at: 'bench',
    unit: 'mm',
    resolution: '0.5',
    zero: true,
    instrument: '碳化深度测定仪',
    max: '100',
    maxReason: '超过可能的碳化深度',
    clause: CLAUSE_PUMPED,
  }),
] as const;

/** One zone of a vector line: it may also be the words `<10.0` or `>60.0`. */
export const ZONE_VECTOR_FIELD = decimal({
  name: 'zones_MPa',
  label: '测区强度换算值',
  at: 'bench',
  unit: 'MPa',
  resolution: '0.1',
  instrument: '测强曲线',
  max: '200',
  maxReason: '超过混凝土可能的强度',
  clause: CLAUSE_ESTIMATE,
});

export const SUMMARY_VECTOR_FIELDS = [
  { ...ZONE_VECTOR_FIELD, name: 'mean', label: '强度平均值' },
  { ...ZONE_VECTOR_FIELD, name: 'S', label: '强度标准差', zero: true },
] as const;
