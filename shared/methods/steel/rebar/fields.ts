// What a bar sample is described by, and what is read of it. The three methods take the fields that they need.
import { machineRangeField as knownRange } from '../../machineFields.ts';
import { choice, decimal, text } from '../../field.ts';
import { BEND_FINDINGS } from './findings.ts';
import { CLAUSE_NOMINAL } from '../nominal.ts';
import {
  CLAUSE_AGT,
  CLAUSE_BEND,
  CLAUSE_ELONGATION,
  CLAUSE_FRACTURE,
  CLAUSE_MACHINE,
  CLAUSE_MASS,
  CLAUSE_PAPER,
  CLAUSE_RETEST,
  CLAUSE_REVERSE,
  CLAUSE_STRENGTH,
  MODULUS,
  RIBBED_2024,
} from './data.ts';

const options = <const V extends string>(values: readonly V[], label: (value: V) => string) =>
  values.map((value) => ({ value, label: label(value) }));

const UNIVERSAL = '万能试验机';
/** 50 mm bar of the highest grade, with room. */
const MAX_LOAD = '3000';

export const gradeField = <const G extends string>(grades: readonly G[], standard: string) =>
  choice({
    name: 'grade',
    label: '牌号',
    at: 'reception',
    instrument: '委托单',
    clause: `${standard} 牌号`,
    options: options(grades, (grade) => grade),
    refusalCode: 'METHOD_GRADE_UNKNOWN',
  });

export const diameterField = <const D extends string>(diameters: readonly D[], clause = CLAUSE_NOMINAL) =>
  choice({
    name: 'nominalDiameter_mm',
    label: '公称直径',
    symbol: 'd',
    at: 'reception',
    instrument: '委托单',
    clause,
    options: options(diameters, (diameter) => `${diameter} mm`),
    refusalCode: 'METHOD_DIAMETER_UNKNOWN',
  });

export const roundField = choice({
  name: 'round',
  label: '试验轮次',
  at: 'reception',
  instrument: '委托单',
  clause: CLAUSE_RETEST,
  options: [
    { value: 'initial', label: '初验' },
    { value: 'retest', label: '复验（双倍数量）' },
  ],
  usual: 'initial',
});

export const initialRecordField = text({
  name: 'initialRecordNo',
  label: '初验记录编号',
  at: 'reception',
  optional: true,
  instrument: '委托单',
  maxLength: 60,
  clause: CLAUSE_RETEST,
  hint: '复验时必填',
});

export const seismicField = choice({
  name: 'seismicByDesign',
  label: '设计要求抗震性能（牌号不带 E 时）',
  at: 'reception',
  optional: true,
  instrument: '委托单',
  clause: `${RIBBED_2024} 力学性能`,
  options: [
    { value: 'no', label: '否' },
    { value: 'yes', label: '是：最大力总延伸率、强屈比、屈标比按带 E 的牌号' },
  ],
  hint: '牌号带 E 的不必填写',
});

export const stateField = text({
  name: 'sampleState',
  label: '样品状态',
  at: 'reception',
  optional: true,
  instrument: '目测',
  maxLength: 100,
  clause: CLAUSE_PAPER,
});

/** Bars up to 50 mm: no machine for them is larger. */
export const machineRangeField = { ...knownRange(CLAUSE_MACHINE, 'universal'), max: '5000' } as const;

export const yieldForceField = (parameters: readonly string[]) =>
  decimal({
    name: 'FeL_kN',
    label: '下屈服力',
    symbol: 'FeL',
    at: 'bench',
    set: 'tension',
    sparse: true,
    parameters,
    source: 'curve',
    unit: 'kN',
    resolution: '0.1',
    instrument: UNIVERSAL,
    max: MAX_LOAD,
    maxReason: `超过任何钢筋可能的力 ${MAX_LOAD} kN`,
    clause: CLAUSE_STRENGTH,
    hint: '由曲线取得；曲线没有给出时对照曲线读取：不计初始瞬时效应；屈服前应力速率 6～60 MPa/s；确无明显屈服的用引伸计测 Fp0.2',
  });

export const maximumForceField = (parameters: readonly string[]) =>
  decimal({
    name: 'Fm_kN',
    label: '最大力',
    symbol: 'Fm',
    at: 'bench',
    set: 'tension',
    parameters,
    source: 'peak',
    unit: 'kN',
    resolution: '0.1',
    instrument: UNIVERSAL,
    max: MAX_LOAD,
    maxReason: `超过任何钢筋可能的力 ${MAX_LOAD} kN`,
    clause: CLAUSE_STRENGTH,
  });

export const ELONGATION_FIELDS = [
  decimal({
    name: 'Lu_mm',
    label: '断后标距',
    symbol: 'Lu',
    at: 'bench',
    set: 'tension',
    parameters: ['SC'],
    unit: 'mm',
    resolution: '0.25',
    instrument: '游标卡尺',
    max: '500',
    maxReason: '超过任何钢筋试件可能的断后标距',
    clause: CLAUSE_ELONGATION,
    hint: '原始标距 L0 = 5d；测量到 0.25 mm',
  }),
  decimal({
    name: 'fractureDistance_mm',
    label: '断口至最近标距标记的距离',
    at: 'bench',
    set: 'tension',
    parameters: ['SC'],
    unit: 'mm',
    resolution: '1',
    instrument: '游标卡尺',
    zero: true,
    max: '250',
    maxReason: '超过标距之半',
    clause: CLAUSE_FRACTURE,
    hint: '断在标记上或标距外写 0',
  }),
] as const;

export const fractureTypeField = choice({
  name: 'fractureTypes',
  label: '断口形貌',
  at: 'bench',
  optional: true,
  set: 'tension',
  sparse: true,
  instrument: '目测',
  clause: CLAUSE_PAPER,
  options: [
    { value: 'ductile', label: '延性断裂' },
    { value: 'brittle', label: '脆性断裂' },
  ],
});

export const AGT_FIELDS = [
  decimal({
    name: 'agtGauge_mm',
    label: '最大力总延伸率的原始标距',
    symbol: 'L0′',
    at: 'bench',
    parameters: ['ZL'],
    unit: 'mm',
    resolution: '1',
    instrument: '打点机',
    min: '50',
    max: '250',
    maxReason: '超过手工法可能的标距',
    usual: '100',
    clause: CLAUSE_AGT,
  }),
  decimal({
    name: 'agtFinal_mm',
    label: '断后两标记间距离',
    symbol: 'L′',
    at: 'bench',
    set: 'tension',
    sparse: true,
    parameters: ['ZL'],
    unit: 'mm',
    resolution: '0.1',
    instrument: '游标卡尺',
    max: '400',
    maxReason: '超过手工法可能的长度',
    clause: CLAUSE_AGT,
    hint: `在较长一段上量取；弹性部分按 Rm/E 计，E = ${MODULUS} MPa`,
  }),
  decimal({
    name: 'agtToFracture_mm',
    label: '标记至断口的距离',
    at: 'bench',
    optional: true,
    set: 'tension',
    unit: 'mm',
    resolution: '1',
    instrument: '钢直尺',
    zero: true,
    max: '1000',
    maxReason: '超过试件长度',
    clause: CLAUSE_AGT,
    hint: '应不小于 50 mm 和 2d 中的较大者',
  }),
  decimal({
    name: 'agtToGrip_mm',
    label: '标记至夹持处的距离',
    at: 'bench',
    optional: true,
    set: 'tension',
    unit: 'mm',
    resolution: '1',
    instrument: '钢直尺',
    zero: true,
    max: '1000',
    maxReason: '超过试件长度',
    clause: CLAUSE_AGT,
    hint: '应不小于 20 mm 和 d 中的较大者',
  }),
] as const;

export const bendField = choice({
  name: 'bendFindings',
  label: '弯曲后外表面',
  at: 'bench',
  set: 'bend',
  parameters: ['WQ'],
  instrument: '目测',
  clause: CLAUSE_BEND,
  options: BEND_FINDINGS,
});

export const reverseBendField = choice({
  name: 'reverseBendFindings',
  label: '反向弯曲后外表面',
  at: 'bench',
  set: 'reverseBend',
  parameters: ['FW'],
  instrument: '目测',
  clause: CLAUSE_REVERSE,
  options: BEND_FINDINGS,
});

export const MASS_FIELDS = [
  decimal({
    name: 'lengths_mm',
    label: '长度',
    symbol: 'l',
    at: 'bench',
    set: 'mass',
    parameters: ['ZLPC'],
    unit: 'mm',
    resolution: '1',
    instrument: '钢直尺',
    min: '500',
    max: '2000',
    maxReason: '超过重量偏差试件可能的长度 2000 mm',
    clause: CLAUSE_MASS,
  }),
  decimal({
    name: 'totalMass_g',
    label: '总重量',
    symbol: 'm',
    at: 'bench',
    parameters: ['ZLPC'],
    unit: 'g',
    resolution: '1',
    instrument: '电子秤',
    max: '500000',
    maxReason: '超过任何一组试件可能的总重量，请核对单位（g）',
    clause: CLAUSE_MASS,
  }),
] as const;
