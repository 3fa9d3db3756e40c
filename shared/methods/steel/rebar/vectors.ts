// Answers the lines of a vector file for bars. Vectors show both roundings side by side, name areas of their own and give
// strengths without forces, which a record never does; that is why this stands beside the methods.
import { Exact, refusal } from '../../foundation/decimal.ts';
import { meetsFullValue } from '../../foundation/limits.ts';
import { decimal } from '../../field.ts';
import type { DecimalField, InputsOf } from '../../field.ts';
import { parseFields } from '../../inputs.ts';
import { requireLimit } from '../../judge.ts';
import { vectorPolicies } from '../../vectorPolicies.ts';
import type { PolicyDeclaration, VectorComputer } from '../../method.ts';
import { DIAMETERS, nominalArea, nominalMass } from '../nominal.ts';
import { CLAUSE_AGT, CLAUSE_ELONGATION, CLAUSE_MASS, CLAUSE_STRENGTH, RIBBED_2018, RIBBED_2024 } from './data.ts';
import { MASS_FIELDS, diameterField } from './fields.ts';
import { MASS_SET } from './readings.ts';
import { asRatio, elongation, massDeviation, strength, strengthRatio, totalExtension } from './figures.ts';
import { RIBBED_LIMITS } from './limits.ts';
import { AGT_STEP, ELONGATION_STEP, RATIO_BASIS, STRENGTH_ROUNDING } from './policies.ts';

type Raw = Readonly<Record<string, unknown>>;
type DecimalNeeds = Pick<DecimalField, 'unit' | 'max' | 'clause'> & { min?: string };

const reading = <const N extends string>(name: N, label: string, needs: DecimalNeeds) =>
  decimal({
    name,
    label,
    at: 'bench',
    resolution: '0.01',
    instrument: '算例',
    maxReason: `超过可能的最大值 ${needs.max} ${needs.unit}`,
    ...needs,
  });

const diameter = diameterField(DIAMETERS);
const force = { unit: 'kN', max: '3000', clause: CLAUSE_STRENGTH };
const length = { unit: 'mm', max: '500', clause: CLAUSE_ELONGATION };
const stress = { unit: 'MPa', max: '2000', clause: CLAUSE_STRENGTH };

const SINGLE = [
  diameter,
  reading('FeL_kN', '下屈服力', force),
  reading('Fm_kN', '最大力', force),
  { ...reading('areaUsed_mm2', '所用面积', { unit: 'mm²', max: '3000', clause: CLAUSE_STRENGTH }), optional: true },
] as const;

/** Several bars of one line: lists of the same length. */
function listOf(raw: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(raw)) return [raw];
  if (raw.length > 0) return raw;
  throw refusal('METHOD_WRONG_COUNT', `“${name}”没有读数。`, name, CLAUSE_STRENGTH);
}

/** Accepts the policies of a line where both answers stand in it anyway, and refuses unknown ones. */
const readingsOf = (raw: Raw, declarations: readonly PolicyDeclaration[]): Raw =>
  vectorPolicies(declarations, raw).readings;

function tensileVector(raw: Raw): Record<string, unknown> {
  const { FeL_kN: yields, Fm_kN: peaks, ...rest } = readingsOf(raw, [STRENGTH_ROUNDING]);
  const [first, second] = [listOf(yields, 'FeL_kN'), listOf(peaks, 'Fm_kN')];
  if (first.length !== second.length || Array.isArray(yields) !== Array.isArray(peaks)) {
    const message = `“下屈服力”有 ${first.length} 个，“最大力”有 ${second.length} 个。`;
    throw refusal('METHOD_WRONG_COUNT', message, 'Fm_kN', CLAUSE_STRENGTH);
  }
  const bars = first.map((one, index) => parseFields({ ...rest, FeL_kN: one, Fm_kN: second[index] }, SINGLE));
  const table = nominalArea(String(rest['nominalDiameter_mm']));
  const used = bars[0]?.areaUsed_mm2;
  const each = (key: 'FeL_kN' | 'Fm_kN', area: string, rounding: 'YB/T 081-2013' | 'GB/T 228.1-2021') => {
    const values = bars.map((bar) => strength(bar[key], area, rounding).value);
    return Array.isArray(yields) ? values : values[0];
  };
  const steel = {
    ReL_YBT081: each('FeL_kN', table, 'YB/T 081-2013'),
    Rm_YBT081: each('Fm_kN', table, 'YB/T 081-2013'),
  };
  const plain = {
    ReL_1MPa: each('FeL_kN', used ?? table, 'GB/T 228.1-2021'),
    Rm_1MPa: each('Fm_kN', used ?? table, 'GB/T 228.1-2021'),
  };
  if (used !== undefined) return { ...plain, [`withStandardArea_${table}`]: steel };
  return { area_mm2: table, ...steel, ...plain };
}

function requireGrowth(gauge: string, final: string, field: string, clause: string): void {
  const growth = new Exact(final).minus(gauge);
  if (!growth.isNegative() && growth.lessThanOrEqualTo(gauge)) return;
  const message = `断后长度 ${final} mm 与原始标距 ${gauge} mm 不相称。`;
  throw refusal('METHOD_OUT_OF_RANGE', message, field, clause, '断后长度不会小于原始标距，也不会超过其两倍。');
}

function elongationVector(raw: Raw): Record<string, unknown> {
  const fields = [reading('L0_mm', '原始标距', length), reading('Lu_mm', '断后标距', length)] as const;
  const { L0_mm: gauge, Lu_mm: final } = parseFields(readingsOf(raw, [ELONGATION_STEP]), fields);
  requireGrowth(gauge, final, 'Lu_mm', CLAUSE_ELONGATION);
  return {
    'A_step0.5': elongation(gauge, final, 'GB/T 228.1-2021').value,
    A_step1: elongation(gauge, final, 'YB/T 081-2013').value,
  };
}

const AGT_VECTOR = [
  reading('L0_mm', '原始标距', { ...length, clause: CLAUSE_AGT }),
  reading('L_after_mm', '断后两标记间距离', { ...length, clause: CLAUSE_AGT }),
  reading('Rm_MPa', '抗拉强度', stress),
  reading('E_MPa', '弹性模量', { unit: 'MPa', min: '180000', max: '220000', clause: CLAUSE_AGT }),
] as const;

function agtVector(raw: Raw): Record<string, unknown> {
  const { policies, readings } = vectorPolicies([AGT_STEP], raw);
  const { L0_mm: gauge, L_after_mm: final, Rm_MPa: tensile, E_MPa: modulus } = parseFields(readings, AGT_VECTOR);
  requireGrowth(gauge, final, 'L_after_mm', CLAUSE_AGT);
  const used = { exact: asRatio(tensile), text: tensile };
  const step = policies[AGT_STEP.name] ?? AGT_STEP.default;
  return { Agt_percent: totalExtension(gauge, final, used, step, modulus).value };
}

const RATIO_VECTOR = [
  reading('ReL_measured', '实测下屈服强度', stress),
  reading('Rm_measured', '实测抗拉强度', stress),
  reading('ReL_characteristic', '下屈服强度特征值', stress),
] as const;

function ratiosOfForces(inputs: InputsOf<typeof SINGLE>): Record<string, unknown> {
  const area = inputs.areaUsed_mm2 ?? nominalArea(inputs.nominalDiameter_mm);
  const forces = [inputs.Fm_kN, inputs.FeL_kN] as const;
  const of = (one: string) => strength(one, area, 'YB/T 081-2013');
  const [tensile, yielding] = [of(inputs.Fm_kN), of(inputs.FeL_kN)] as const;
  if (new Exact(yielding.value).isZero()) {
    throw refusal('METHOD_OUT_OF_RANGE', '下屈服强度修约后为 0 MPa。', 'FeL_kN', CLAUSE_STRENGTH);
  }
  return {
    ratioFromUnrounded: strengthRatio(tensile.exact, yielding.exact, forces).value,
    ratioFromRounded5MPa: strengthRatio(asRatio(tensile.value), asRatio(yielding.value), forces).value,
  };
}

function ratioVector(raw: Raw): Record<string, unknown> {
  const readings = readingsOf(raw, [RATIO_BASIS]);
  if ('FeL_kN' in readings || 'Fm_kN' in readings) return ratiosOfForces(parseFields(readings, SINGLE));
  const { ReL_measured: yielding, Rm_measured: tensile, ReL_characteristic: due } = parseFields(readings, RATIO_VECTOR);
  const upper = strengthRatio(asRatio(tensile), asRatio(yielding), [tensile, yielding]).value;
  const lower = strengthRatio(asRatio(yielding), asRatio(due), [yielding, due]).value;
  const meets = (code: string, value: string) =>
    meetsFullValue(value, requireLimit(RIBBED_LIMITS, RIBBED_2024, code, 'HRB400E', 'grade'));
  return { Rm0_ReL0: upper, ReL0_ReL: lower, bothOk: meets('QQB', upper) && meets('QBB', lower) };
}

const MASS_VECTOR = [
  diameter,
  {
    ...reading('theoreticalMass_kg_m', '每米理论重量', { unit: 'kg/m', max: '20', clause: CLAUSE_MASS }),
    optional: true,
  },
  ...MASS_FIELDS,
] as const;

function massVector(raw: Raw): Record<string, unknown> {
  const inputs = parseFields(raw, MASS_VECTOR, [MASS_SET]);
  const { nominalDiameter_mm: size, theoreticalMass_kg_m: stated, lengths_mm: lengths, totalMass_g: mass } = inputs;
  if (lengths === undefined) throw refusal('METHOD_MISSING', '缺少“长度”。', 'lengths_mm', CLAUSE_MASS);
  if (mass === undefined) throw refusal('METHOD_MISSING', '缺少“总重量”。', 'totalMass_g', CLAUSE_MASS);
  const tabled = nominalMass(size);
  if (stated !== undefined && !new Exact(stated).equals(tabled)) {
    const message = `公称直径 ${size} mm 的每米理论重量为 ${tabled} kg/m，收到 ${stated}。`;
    throw refusal('METHOD_CONFLICT', message, 'theoreticalMass_kg_m', CLAUSE_MASS);
  }
  const { value } = massDeviation(lengths, mass, tabled, () => '0.1');
  const passes = (standard: string): boolean =>
    meetsFullValue(value, requireLimit(RIBBED_LIMITS, standard, 'ZLPC', size, 'nominalDiameter_mm'));
  return {
    deviation_percent: value,
    [`ok_${RIBBED_2024.replace(' ', '')}`]: passes(RIBBED_2024),
    [`ok_${RIBBED_2018.replace(' ', '')}`]: passes(RIBBED_2018),
  };
}

export const rebarVectors: Readonly<Record<string, VectorComputer>> = {
  'rebar-tensile': tensileVector,
  'rebar-elongation-A': elongationVector,
  'rebar-Agt-manual': agtVector,
  'rebar-E-ratios': ratioVector,
  'rebar-mass-deviation': massVector,
};
