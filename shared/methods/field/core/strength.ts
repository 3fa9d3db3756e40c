// Strength of a core, fcu,cor = βc·Fc/Ac with Ac = π·d²/4, to 0.1 MPa. π stands with a hundred digits: the quotient is
// rounded once, and being irrational it is never a tie.
import { Exact, refusal, roundRatio } from '../../foundation/decimal.ts';
import { CLAUSE_CORE, CLAUSE_SIZE, DIAMETER_STEP, RATIO_PERCENT, STANDARD_FACTOR, STRENGTH_STEP } from './data.ts';

const PI = new Exact(
  '3.1415926535897932384626433832795028841971693993751058209749445923078164062862089986280348253421170679',
);
const MAX_STRENGTH = '250';

/** Mean of two directions, to 0.5 mm. */
export function meanDiameter([first, second]: readonly string[]): string {
  return roundRatio(new Exact(first ?? '').plus(second ?? ''), new Exact(2), DIAMETER_STEP);
}

/** Area as printed, to 1 mm²; the strength is calculated without it. */
export function areaOf(diameter_mm: string): string {
  return roundRatio(PI.times(new Exact(diameter_mm).pow(2)), new Exact(4), '1');
}

export function coreStrength(load_kN: string, diameter_mm: string, betaC: string = STANDARD_FACTOR): string {
  const load = new Exact(load_kN).times(1000).times(betaC).times(4);
  return roundRatio(load, PI.times(new Exact(diameter_mm).pow(2)), STRENGTH_STEP);
}

/** As `coreStrength`, but what no concrete has is refused: a load in the wrong unit, or a wrong diameter. */
export function checkedStrength(load: string, diameter: string, betaC: string, field: string): string {
  const strength = coreStrength(load, diameter, betaC);
  const next = '请核对荷载的单位（应为 kN）和直径。';
  if (new Exact(strength).isZero()) {
    const message = `荷载 ${load} kN 算得的强度修约后为 0.0 MPa，不是有效读数。`;
    throw refusal('METHOD_OUT_OF_RANGE', message, field, CLAUSE_CORE, next);
  }
  if (new Exact(strength).greaterThan(MAX_STRENGTH)) {
    const message = `荷载 ${load} kN 算得的强度 ${strength} MPa，超过混凝土可能的强度 ${MAX_STRENGTH} MPa。`;
    throw refusal('METHOD_OUT_OF_RANGE', message, field, CLAUSE_CORE, next);
  }
  return strength;
}

/** Height over diameter as printed; outside 0.95 to 1.05 the core is not one for compression. */
export function checkedRatio(height_mm: string, diameter_mm: string, index: number): string {
  const height = new Exact(height_mm).times(100);
  const diameter = new Exact(diameter_mm);
  const inside =
    height.greaterThanOrEqualTo(diameter.times(RATIO_PERCENT.min)) &&
    height.lessThanOrEqualTo(diameter.times(RATIO_PERCENT.max));
  const ratio = roundRatio(new Exact(height_mm), diameter, '0.01');
  if (inside) return ratio;
  const message = `芯样 ${index + 1} 高 ${height_mm} mm、直径 ${diameter_mm} mm，高径比不在 0.95～1.05 之内。`;
  const next = '该芯样不能用于抗压强度计算，请核对尺寸；确实超差的，重新加工或补取芯样。';
  throw refusal('METHOD_SIZE_TOLERANCE', message, `heights_mm.${index}`, CLAUSE_SIZE, next);
}

/** βc of the standard, or one that tests support. */
export function factorOf(betaC: string | undefined, evidence: string | undefined): { value: string; basis: string } {
  if (betaC === undefined && evidence === undefined) return { value: STANDARD_FACTOR, basis: '标准取值' };
  if (betaC !== undefined && evidence !== undefined) return { value: betaC, basis: `对比试验：${evidence}` };
  if (betaC !== undefined && new Exact(betaC).equals(STANDARD_FACTOR)) return { value: betaC, basis: '标准取值' };
  const [field, message] =
    betaC === undefined
      ? ['betaC', '写了换算系数的试验依据，但缺少换算系数。']
      : ['betaCEvidence', `换算系数 ${betaC} 不是标准取值 ${STANDARD_FACTOR}，请写明试验依据（报告编号）。`];
  throw refusal('METHOD_MISSING', message, field, CLAUSE_CORE, '请补齐系数及其依据，或两项都不填。');
}
