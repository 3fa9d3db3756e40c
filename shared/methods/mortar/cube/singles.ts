// Single strengths of mortar cubes, f = K·N/A with K = 1.35 and the nominal 70.7 mm: from loads, from given strengths, or
// from both where they agree. Forgetting K gives a plausible 6.0 for 8.1, so K is part of the formula, not a setting.
import { Exact, refusal, roundRatio } from '../../foundation/decimal.ts';
import { mortarStrengthOf } from '../grade.ts';
import { AREA_MM2, CLAUSE_RESULT, CLAUSE_SIZE, K, MAX_STRENGTH, SIDE_MM, STRENGTH_STEP } from './data.ts';

/** Strength of one cube to 0.1 MPa, load in kN. */
export function mortarStrength(load_kN: string): string {
  return roundRatio(new Exact(load_kN).times(1000).times(K), new Exact(AREA_MM2), STRENGTH_STEP);
}

/** What a usual cube of the grade reaches, kN: a fifth above it. */
export function usualMortarLoad(designGrade: string): string {
  const force = new Exact(mortarStrengthOf(designGrade)).times('1.2').times(AREA_MM2);
  return roundRatio(force, new Exact(K).times(1000), '0.1');
}

const NEXT = '请核对荷载的单位（应为 kN）。';

function checkSingle(single: string, field: string, label: string): void {
  const value = new Exact(single);
  if (!value.isZero() && value.lessThanOrEqualTo(MAX_STRENGTH)) return;
  const why = value.isZero() ? '修约后为零，不是有效读数' : `超过砂浆可能的强度 ${MAX_STRENGTH} MPa`;
  throw refusal('METHOD_OUT_OF_RANGE', `${label}强度 ${single} MPa，${why}。`, field, CLAUSE_RESULT, NEXT);
}

export function mortarSingles(inputs: {
  loads_kN?: readonly string[] | undefined;
  single_MPa?: readonly string[] | undefined;
}): string[] {
  const { loads_kN: loads, single_MPa: given } = inputs;
  if (loads === undefined) {
    if (given === undefined) throw refusal('METHOD_MISSING', '缺少“破坏荷载”。', 'loads_kN', CLAUSE_RESULT);
    const rounded = given.map((value) => roundRatio(new Exact(value), new Exact(1), STRENGTH_STEP));
    for (const [index, single] of rounded.entries()) checkSingle(single, `single_MPa.${index}`, `试件 ${index + 1} `);
    return rounded;
  }
  const singles = loads.map(mortarStrength);
  for (const [index, single] of singles.entries()) {
    checkSingle(single, `loads_kN.${index}`, `试件 ${index + 1} 由荷载 ${loads[index]} kN 算得的`);
    const stated = given?.[index];
    if (stated === undefined || new Exact(stated).equals(single)) continue;
    const message = `试件 ${index + 1} 录入的强度 ${stated} MPa 与由荷载算得的 ${single} MPa 不一致。`;
    throw refusal('METHOD_CONFLICT', message, `single_MPa.${index}`, CLAUSE_RESULT, '请核对荷载和强度。');
  }
  return singles;
}

/** The nominal area may be used only when every measured side is within 1 mm of 70.7 mm. */
export function checkMortarSides(measured: readonly (readonly string[])[] | undefined): void {
  for (const [specimen, sides] of (measured ?? []).entries()) {
    for (const [index, value] of sides.entries()) {
      if (new Exact(value).minus(SIDE_MM).abs().lessThanOrEqualTo(1)) continue;
      throw refusal(
        'METHOD_SIZE_TOLERANCE',
        `试件 ${specimen + 1} 实测边长 ${value} mm，与公称边长 ${SIDE_MM} mm 相差超过 1 mm。`,
        `measuredSides_mm.${specimen}.${index}`,
        CLAUSE_SIZE,
        '请复测边长；确实超差的试件不能按公称面积计算，应由技术负责人处理。',
      );
    }
  }
}
