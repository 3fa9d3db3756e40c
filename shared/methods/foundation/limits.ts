// GB/T 8170-2008 clause 4: comparing a measured value with a limit (极限数值). Two methods exist and they disagree, so
// the caller always names one. 全数值比较法 is the default of GB/T 8170; YB/T 081 turns that round for steel.
import { parseDecimal, refusal } from './decimal.ts';
import type { Exact } from './decimal.ts';
import { parseStep, round, roundReported } from './rounding.ts';
import type { ReportedFlag } from './rounding.ts';

const RULE = 'GB/T 8170-2008 4.3';

export type CompareMode = 'full-value' | 'rounded-value';

/** Limits are inclusive; at least one of the two must be given. */
export interface Limits {
  min?: string | null;
  max?: string | null;
}

interface ParsedLimits {
  min: Exact | null;
  max: Exact | null;
}

function parseLimit(raw: string | null | undefined, field: string, label: string): Exact | null {
  return raw === undefined || raw === null ? null : parseDecimal(raw, field, label, RULE);
}

function parseLimits(limits: Limits): ParsedLimits {
  const min = parseLimit(limits.min, 'min', '下限');
  const max = parseLimit(limits.max, 'max', '上限');
  if (min === null && max === null) {
    throw refusal('METHOD_LIMIT_MISSING', '没有给出上限或下限，无法比较。', 'min', RULE, '请填写标准规定的极限数值。');
  }
  if (min !== null && max !== null && min.greaterThan(max)) {
    throw refusal(
      'METHOD_LIMIT_INVALID',
      `下限 ${limits.min} 大于上限 ${limits.max}。`,
      'min',
      RULE,
      '请核对极限数值。',
    );
  }
  return { min, max };
}

function within(value: Exact, { min, max }: ParsedLimits): boolean {
  return (min === null || value.greaterThanOrEqualTo(min)) && (max === null || value.lessThanOrEqualTo(max));
}

/**
 * 全数值比较法: the value as it is, however small the excess. A value reported with (−) is truly smaller than written,
 * one with (+) truly larger, which decides when it stands exactly on the limit.
 */
export function meetsFullValue(measured: string, limits: Limits, flag?: ReportedFlag): boolean {
  const value = parseDecimal(measured, 'measured', '测定值', RULE);
  const parsed = parseLimits(limits);
  if (!within(value, parsed)) return false;
  if (flag === '-' && parsed.min !== null && value.equals(parsed.min)) return false;
  return !(flag === '+' && parsed.max !== null && value.equals(parsed.max));
}

/** 修约值比较法: the value is first rounded to the written digits of the limit (`step`), then compared. */
export function meetsRoundedValue(
  measured: string,
  limits: Limits,
  step: string,
  flag?: ReportedFlag,
): { roundedValue: string; meets: boolean } {
  parseDecimal(measured, 'measured', '测定值', RULE);
  parseStep(step, 'limitInterval');
  const roundedValue = flag === undefined ? round(measured, step) : roundReported(measured, flag, step);
  return { roundedValue, meets: within(parseDecimal(roundedValue, 'measured'), parseLimits(limits)) };
}
