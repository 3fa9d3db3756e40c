// An independent second implementation of the verdict on tile bond, for tests: strengths in whole tenths of a MPa on
// BigInt, the mean decided by comparing thirds. It shares no code with the program.
import { divide, multiply, rational, roundRational } from './rational.ts';

export interface ReferenceTile {
  mean: string;
  meanOk: boolean;
  singleOk: boolean;
  verdict: string;
}

const tenths = (value: string): bigint => BigInt(roundRational(rational(value), '0.1').replace('.', ''));

/** Limits in tenths of a MPa: `mean` 4 and `least` 3 on site, 6 and 4 on precast panels. */
export function referenceTile(singles: readonly string[], mean: bigint, least: bigint): ReferenceTile {
  const values = singles.map(tenths);
  const sum = values.reduce((total, value) => total + value, 0n);
  // Nearest tenth of a third: thirds never tie.
  const rounded = (2n * sum + 3n) / 6n;
  const meanOk = rounded >= mean;
  const weak = values.filter((value) => value < mean);
  const singleOk = weak.length === 0 || (weak.length === 1 && weak[0] !== undefined && weak[0] >= least);
  const verdict = meanOk && singleOk ? 'qualified' : meanOk || singleOk ? 'retest-two-groups' : 'unqualified';
  const digits = rounded.toString().padStart(2, '0');
  return { mean: `${digits.slice(0, -1)}.${digits.slice(-1)}`, meanOk, singleOk, verdict };
}

export function referenceTileStrength(force_kN: string, length_mm: string, width_mm: string): string {
  const area = multiply(rational(length_mm), rational(width_mm));
  return roundRational(divide(multiply(rational(force_kN), rational('1000')), area), '0.1');
}
