// Exact decimal arithmetic for every figure a report may carry. Binary floating point fails 13 of our 50 rounding
// examples, so nothing in this folder ever makes a `number` out of a reading: values enter as plain decimal strings,
// are compared by cross-multiplication, and are divided only at the very end, inside one exact rounding step.
import { Decimal } from 'decimal.js';
import { AppError } from '../../errors/appError.ts';

// 400 digits: inputs are at most MAX_LENGTH characters long, so every sum and product made here stays exact.
// The clone keeps the precision private: nobody's `Decimal.set` elsewhere can change a result.
export const Exact = Decimal.clone({
  precision: 400,
  rounding: Decimal.ROUND_HALF_EVEN,
  toExpNeg: -400,
  toExpPos: 400,
});
export type Exact = Decimal;

const MAX_LENGTH = 40;
const PLAIN_DECIMAL = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;

export type DecimalFault = 'missing' | 'not-a-number' | 'too-long';

/** Why a raw value is not a plain decimal string (`-12.30`), or null when it is one. No `+`, spaces, exponent, comma or full-width digits. */
export function decimalFault(raw: unknown): DecimalFault | null {
  if (raw === undefined || raw === null || raw === '') return 'missing';
  if (typeof raw !== 'string') return 'not-a-number';
  if (!PLAIN_DECIMAL.test(raw)) return 'not-a-number';
  return raw.length > MAX_LENGTH ? 'too-long' : null;
}

export interface FaultWords {
  code: string;
  message: string;
}

/** The code and the sentence for a fault of one named field; shared by single values and by whole forms. */
export function faultWords(fault: DecimalFault, label: string, raw: unknown): FaultWords {
  if (fault === 'missing') return { code: 'METHOD_MISSING', message: `缺少“${label}”。` };
  if (fault === 'too-long')
    return { code: 'METHOD_TOO_LONG', message: `“${label}”的数字过长（超过 ${MAX_LENGTH} 个字符）。` };
  return { code: 'METHOD_NOT_A_NUMBER', message: `“${label}”不是规范的十进制数：${quoteRaw(raw)}。` };
}

/** What was received, shortened, so that a person recognises it. */
export function quoteRaw(raw: unknown): string {
  const text = typeof raw === 'string' ? `“${raw}”` : (JSON.stringify(raw) ?? typeof raw);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** Builds the refusal every method uses: code, field, rule, and what to do. */
export function refusal(code: string, message: string, field: string, rule?: string, next?: string): AppError {
  return new AppError({
    code,
    message,
    meaning: '本次计算未进行，已录入的内容保持不变。',
    next: next ?? '请核对该项后重新录入；数字只用半角 0–9、小数点和负号，例如 35.0。',
    details: [{ field, message, ...(rule === undefined ? {} : { rule }) }],
  });
}

/** Parses one plain decimal string or refuses it, naming the field. */
export function parseDecimal(raw: unknown, field: string, label: string = field, rule?: string): Exact {
  const fault = decimalFault(raw);
  if (fault !== null) {
    const words = faultWords(fault, label, raw);
    throw refusal(words.code, words.message, field, rule);
  }
  return new Exact(raw as string);
}

/** How an exact tie between two multiples of the step is settled. */
export type TieRule = 'even' | 'away' | 'toward';

/** Number of decimals a step is written with: `0.1` → 1, `20` → 0. */
function decimalsOf(step: string): number {
  const point = step.indexOf('.');
  return point < 0 ? 0 : step.length - point - 1;
}

/**
 * The multiple of `step` nearest to numerator/denominator, decided once and exactly (the quotient itself is never
 * formed, so a mean such as 124.0/3 cannot be rounded twice). The sign is handled on the absolute value
 * (GB/T 8170-2008 3.2) and −0.0 does not occur. `step` must already be a positive plain decimal.
 */
export function roundRatio(numerator: Exact, denominator: Exact, step: string, tie: TieRule = 'even'): string {
  const negative = numerator.isNegative() !== denominator.isNegative();
  const unit = new Exact(step).times(denominator.abs());
  const absolute = numerator.abs();
  const lower = absolute.divToInt(unit);
  const twiceRest = absolute.minus(lower.times(unit)).times(2);
  const comparison = twiceRest.comparedTo(unit);
  const carry = comparison > 0 || (comparison === 0 && (tie === 'away' || (tie === 'even' && !lower.mod(2).isZero())));
  const rounded = (carry ? lower.plus(1) : lower).times(step);
  return (negative && !rounded.isZero() ? rounded.negated() : rounded).toFixed(decimalsOf(step));
}
