// Single strengths of a cube group: from loads, from given strengths, or from both where they agree; absurd ones are
// refused, because a load in the wrong unit would otherwise become a plausible-looking report.
import { Exact, parseDecimal, refusal, roundRatio } from '../../foundation/decimal.ts';
import { CLAUSE_RESULT, CLAUSE_SIZE } from './data.ts';
import { MAX_STRENGTH } from './fields.ts';
import type { CubeVectorInputs } from './fields.ts';

export const STRENGTH_STEP = '0.1';

/** Loaded area from the nominal side, mm². */
export function areaOf(side_mm: string): string {
  return new Exact(side_mm).pow(2).toFixed();
}

/**
 * Strength of one specimen, fcc = F/A to 0.1 MPa: load in kN, nominal side in mm. Cheap enough to call for every
 * load that arrives while a run is on.
 */
export function singleStrength(load_kN: string, side_mm: string): string {
  const load = parseDecimal(load_kN, 'load_kN', '荷载', CLAUSE_RESULT);
  const side = parseDecimal(side_mm, 'side_mm', '公称边长', CLAUSE_RESULT);
  if (load.isNegative()) throw refusal('METHOD_NEGATIVE', `“荷载”为负数：${load_kN} kN。`, 'load_kN', CLAUSE_RESULT);
  if (!side.isPositive() || side.isZero()) {
    throw refusal('METHOD_SIZE_UNKNOWN', `“公称边长”必须大于零：${side_mm} mm。`, 'side_mm', CLAUSE_RESULT);
  }
  return roundRatio(load.times(1000), side.pow(2), STRENGTH_STEP);
}

const NEXT = '请核对荷载的单位（应为 kN）和公称边长。';

function checkSingle(single: string, field: string, label: string): void {
  if (new Exact(single).isZero()) {
    const message = `${label}强度修约后为 0.0 MPa，不是有效读数。`;
    throw refusal('METHOD_OUT_OF_RANGE', message, field, CLAUSE_RESULT, NEXT);
  }
  if (new Exact(single).greaterThan(MAX_STRENGTH)) {
    const message = `${label}强度 ${single} MPa，超过混凝土可能的强度 ${MAX_STRENGTH} MPa。`;
    throw refusal('METHOD_OUT_OF_RANGE', message, field, CLAUSE_RESULT, NEXT);
  }
}

/** Single strengths to 0.1 MPa, from loads, from given strengths, or from both where they agree. */
export function singleStrengths(inputs: Pick<CubeVectorInputs, 'loads_kN' | 'single_MPa' | 'side_mm'>): string[] {
  const { loads_kN: loads, single_MPa: given, side_mm: side } = inputs;
  if (loads === undefined) {
    if (given === undefined) throw refusal('METHOD_MISSING', '缺少“破坏荷载”。', 'loads_kN', CLAUSE_RESULT);
    const rounded = given.map((value) => roundRatio(new Exact(value), new Exact(1), STRENGTH_STEP));
    for (const [index, single] of rounded.entries()) checkSingle(single, `single_MPa.${index}`, `试件 ${index + 1} `);
    return rounded;
  }
  if (side === undefined) throw refusal('METHOD_MISSING', '缺少“公称边长”。', 'side_mm', CLAUSE_SIZE);
  const singles = loads.map((load) => singleStrength(load, side));
  for (const [index, single] of singles.entries()) {
    checkSingle(single, `loads_kN.${index}`, `试件 ${index + 1} 由荷载 ${loads[index]} kN 算得的`);
    const stated = given?.[index];
    if (stated === undefined || new Exact(stated).equals(single)) continue;
    const message = `试件 ${index + 1} 录入的强度 ${stated} MPa 与由荷载算得的 ${single} MPa 不一致。`;
    throw refusal('METHOD_CONFLICT', message, `single_MPa.${index}`, CLAUSE_RESULT, '请核对荷载、公称边长和强度。');
  }
  return singles;
}
