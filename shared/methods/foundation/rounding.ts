// GB/T 8170-2008 数值修约: one function for every step (0.001, 0.1, 0.2, 0.5, 1, 5, 20, 100 …). Rounding is done once,
// straight to the wanted step (3.3.1 不许连续修约), on exact decimals, ties to the even multiple (3.2).
// 0.5 and 0.2 单位修约 (3.4) are the same rule: nearest multiple of the step, tie to the even multiple.
import { Exact, parseDecimal, refusal, roundRatio } from './decimal.ts';
import type { TieRule } from './decimal.ts';

const RULE = 'GB/T 8170-2008 3.2';
const ONE = new Exact(1);

/** Mark of a reported value that ends in 5: `+` the true value is larger, `-` it is smaller (GB/T 8170-2008 3.3.2). */
export type ReportedFlag = '+' | '-' | undefined;

/** Checks a rounding step (修约间隔): a positive plain decimal. */
export function parseStep(step: unknown, field = 'step'): string {
  const value = parseDecimal(step, field, '修约间隔', RULE);
  if (value.isNegative() || value.isZero()) {
    throw refusal('METHOD_STEP_INVALID', `修约间隔必须大于零：“${String(step)}”。`, field, RULE);
  }
  return step as string;
}

function roundWithTie(value: unknown, step: unknown, tie: TieRule): string {
  return roundRatio(parseDecimal(value, 'value', '待修约数值', RULE), ONE, parseStep(step), tie);
}

/** Rounds a decimal string to a step, half to even, printed with the digits of the step: `round('60.25', '0.5')` is `60.0`. */
export function round(value: string, step: string): string {
  return roundWithTie(value, step, 'even');
}

/** Rounds a value another laboratory has already rounded: a final 5 marked (+) carries, marked (−) drops. */
export function roundReported(reported: string, flag: ReportedFlag, step: string): string {
  if (flag === undefined) return roundWithTie(reported, step, 'even');
  if (flag !== '+' && flag !== '-') {
    throw refusal(
      'METHOD_FLAG_INVALID',
      `报出值的标记只能是 + 或 -：“${String(flag)}”。`,
      'flag',
      'GB/T 8170-2008 3.3.2',
    );
  }
  return roundWithTie(reported, step, flag === '+' ? 'away' : 'toward');
}
