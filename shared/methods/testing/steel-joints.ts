// An independent second implementation of the verdicts on welded and mechanical joints, for tests: each specimen becomes
// one letter, the sorted word of a group is matched against the conditions written as patterns; strengths are BigInt
// rationals. It shares no code with the program.
import { compare, divide, multiply, rational, roundRational } from './rational.ts';
import type { Rational } from './rational.ts';

export interface ReferenceWeldSpecimen {
  R: string;
  where: string;
  mode: string;
}

const fives = (value: Rational): Rational => rational(roundRational(value, '5'));

/** X brittle in the bar; A/a ductile in the bar; B, E, b brittle in the weld; W/w ductile in the weld. Small: below fk. */
function letter({ R, where, mode }: ReferenceWeldSpecimen, fk: string): string {
  const against = compare(fives(rational(R)), rational(fk));
  const [upper, equal, lower] = {
    母材延性: ['A', 'A', 'a'],
    热影响区延性: ['A', 'A', 'a'],
    焊缝延性: ['W', 'W', 'w'],
    母材脆性: ['X', 'X', 'X'],
    热影响区脆性: ['B', 'E', 'b'],
    焊缝脆性: ['B', 'E', 'b'],
  }[`${where}${mode}`] ?? ['?', '?', '?'];
  return (against > 0 ? upper : against === 0 ? equal : lower) ?? '?';
}

const FIRST: readonly [RegExp, string][] = [
  [/X/, 'void'],
  [/^AAA$/, 'qualified'],
  [/^AA[BE]$/, 'qualified'],
  [/^AAb$/, 'retest'],
  [/^A[BEb][BEb]$/, 'retest'],
];
const SECOND: readonly [RegExp, string][] = [
  [/X/, 'void'],
  [/^A{4,6}B{0,2}E{0,2}$/, 'qualified'],
];

export function referenceWeld(
  specimens: readonly ReferenceWeldSpecimen[],
  fk: string,
  isRetest: boolean,
  threeBrittle: 'at-least' | 'greater',
): string {
  const word = specimens
    .map((specimen) => letter(specimen, fk))
    .sort()
    .join('');
  const threeBreaks: [RegExp, string] = [threeBrittle === 'greater' ? /^BBB$/ : /^[BE]{3}$/, 'retest'];
  const found = (isRetest ? SECOND : [...FIRST, threeBreaks]).find(([pattern]) => pattern.test(word));
  return found?.[1] ?? 'unqualified';
}

/** Reported strength of a load in kN on an area in mm². */
export function referenceJointStrength(load_kN: string, area_mm2: string, standard: 'YB/T 081' | 'JGJ/T 27'): string {
  const quotient = divide(multiply(rational(load_kN), rational('1000')), rational(area_mm2));
  if (standard === 'JGJ/T 27') return roundRational(quotient, '5');
  const step = compare(quotient, rational('200')) <= 0 ? '1' : compare(quotient, rational('1000')) <= 0 ? '5' : '10';
  return roundRational(quotient, step);
}

export interface ReferenceSplice {
  /** Unrounded strength as a quotient over `area`, or a plain value over 1. */
  force: string;
  area: string;
  isConnector: boolean;
}

/** Whether one splice is strong enough: Ⅰ 10·R ≥ 11·fstk where the connector failed, Ⅲ 4·R ≥ 5·fyk, else R ≥ fstk. */
export function referenceSpliceMet(
  { force, area, isConnector }: ReferenceSplice,
  level: 'I' | 'II' | 'III',
  fstk: string,
  fyk: string,
  comparison: 'rounded' | 'full-value',
): boolean {
  const exact = divide(rational(force), rational(area));
  const step = compare(exact, rational('200')) <= 0 ? '1' : compare(exact, rational('1000')) <= 0 ? '5' : '10';
  const strength = comparison === 'rounded' ? rational(roundRational(exact, step)) : exact;
  const times = (value: Rational, factor: bigint): Rational => ({ n: value.n * factor, d: value.d });
  if (level === 'III') return compare(times(strength, 4n), times(rational(fyk), 5n)) >= 0;
  if (level === 'I' && isConnector) return compare(times(strength, 10n), times(rational(fstk), 11n)) >= 0;
  return compare(strength, rational(fstk)) >= 0;
}

export function referenceSpliceVerdict(met: readonly boolean[], isRetest: boolean, isProcess: boolean): string {
  const failed = met.reduce((count, isMet) => count + (isMet ? 0 : 1), 0);
  if (failed === 0) return 'qualified';
  return failed === 1 && !isRetest && !isProcess ? 'retest' : 'unqualified';
}
