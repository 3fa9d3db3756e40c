// 结构实体同条件养护试件 (GB 50204-2015 附录 C): the group value of the cubes is divided by 0.88 before evaluation, and the
// cubes are due when the daily mean temperatures add up to 600 ℃·d, not before the 14th day.
import { Exact, refusal, roundRatio } from '../../foundation/decimal.ts';
import { decimal } from '../../field.ts';
import { parseFields } from '../../inputs.ts';
import type { MethodWarning } from '../../method.ts';
import { MAX_STRENGTH } from '../cube/fields.ts';
import { STRENGTH_STEP } from '../cube/singles.ts';

export const STANDARD = 'GB 50204-2015';
export const CLAUSE_CONVERSION = `${STANDARD} 附录C`;
export const CLAUSE_MATURITY = `${STANDARD} 10.1.2`;

export const DIVISOR = '0.88';
export const MATURITY_CD = '600';
export const LEAST_AGE_D = '14';

/** Group value ÷ 0.88 to 0.1 MPa. */
export function converted(groupValue_MPa: string): string {
  return roundRatio(new Exact(groupValue_MPa), new Exact(DIVISOR), STRENGTH_STEP);
}

const EARLY = '未达到等效养护龄期的试件强度不能代表结构实体混凝土强度。';
const EARLY_NEXT = '请核对温度记录和试验日期，并通知委托方；需要提前试验的，在委托单和原始记录中说明。';

/** Whether the cubes were due: the sum of temperatures and the age, as far as they are known. */
export function maturityWarnings(maturity_Cd: string | undefined, age_d: string | undefined): MethodWarning[] {
  const warnings: MethodWarning[] = [];
  const clause = CLAUSE_MATURITY;
  if (maturity_Cd === undefined) {
    warnings.push({
      code: 'SAME_CONDITION_MATURITY_MISSING',
      message: `没有录入日平均温度逐日累计值，无法核对是否达到 ${MATURITY_CD} ℃·d。`,
      meaning: EARLY,
      next: '请委托方提供养护期间的温度记录（0℃ 及以下的日子不计入）。',
      field: 'maturity_Cd',
      clause,
    });
  } else if (new Exact(maturity_Cd).lessThan(MATURITY_CD)) {
    warnings.push({
      code: 'SAME_CONDITION_MATURITY',
      message: `日平均温度逐日累计 ${maturity_Cd} ℃·d，未达到 ${MATURITY_CD} ℃·d。`,
      meaning: EARLY,
      next: EARLY_NEXT,
      field: 'maturity_Cd',
      clause,
      notify: 'supervisor',
    });
  }
  if (age_d !== undefined && new Exact(age_d).lessThan(LEAST_AGE_D)) {
    warnings.push({
      code: 'SAME_CONDITION_AGE',
      message: `试验龄期 ${age_d} d，小于 ${LEAST_AGE_D} d。`,
      meaning: EARLY,
      next: EARLY_NEXT,
      field: 'age_d',
      clause,
      notify: 'supervisor',
    });
  }
  return warnings;
}

const VECTOR_FIELDS = [
  decimal({
    name: 'groupValue_MPa',
    label: '抗压强度代表值',
    at: 'bench',
    unit: 'MPa',
    resolution: '0.1',
    instrument: '压力试验机',
    max: MAX_STRENGTH,
    maxReason: `超过混凝土可能的强度 ${MAX_STRENGTH} MPa`,
    clause: CLAUSE_CONVERSION,
  }),
  decimal({
    name: 'divisor',
    label: '折算除数',
    at: 'bench',
    optional: true,
    unit: '',
    resolution: '0.01',
    instrument: '标准',
    max: '1',
    maxReason: '不可能的折算除数',
    clause: CLAUSE_CONVERSION,
  }),
] as const;

/** One line of a vector file. An invalid group has no value and cannot be converted. */
export function sameConditionVector(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { groupValue_MPa: value, divisor } = parseFields(raw, VECTOR_FIELDS);
  if (divisor !== undefined && !new Exact(divisor).equals(DIVISOR)) {
    const message = `同条件养护试件的强度应除以 ${DIVISOR}，收到 ${divisor}。`;
    throw refusal('METHOD_COEFFICIENT_MISMATCH', message, 'divisor', CLAUSE_CONVERSION);
  }
  return { converted_MPa: converted(value) };
}
