// An independent second implementation for tests: rationals on BigInt, sharing no code and no library with the program.
// Two ways that agree on thousands of random groups are the proof that neither is a slip.

export interface Rational {
  n: bigint;
  d: bigint;
}

export function rational(text: string): Rational {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const n = BigInt(whole + fraction);
  return { n: text.startsWith('-') ? -n : n, d: 10n ** BigInt(fraction.length) };
}

export function add(a: Rational, b: Rational): Rational {
  return { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
}
export function multiply(a: Rational, b: Rational): Rational {
  return { n: a.n * b.n, d: a.d * b.d };
}
export function divide(a: Rational, b: Rational): Rational {
  return b.n < 0n ? { n: -a.n * b.d, d: a.d * -b.n } : { n: a.n * b.d, d: a.d * b.n };
}
export function compare(a: Rational, b: Rational): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}

/** Nearest multiple of the step, tie to the even multiple, printed with the step's decimals. */
export function roundRational(value: Rational, step: string): string {
  const quotient = divide(value, rational(step));
  const magnitude = quotient.n < 0n ? -quotient.n : quotient.n;
  let whole = magnitude / quotient.d;
  const twice = (magnitude % quotient.d) * 2n;
  if (twice > quotient.d || (twice === quotient.d && whole % 2n === 1n)) whole += 1n;
  const decimals = step.includes('.') ? step.length - step.indexOf('.') - 1 : 0;
  const scaled = whole * BigInt(step.replace('.', ''));
  const digits = scaled.toString().padStart(decimals + 1, '0');
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return quotient.n < 0n && scaled !== 0n ? `-${text}` : text;
}

export interface ReferenceGroup {
  rule: 'mean' | 'middle' | 'invalid';
  value: string | null;
}

/** The 15 % rule written down a second time: with an explicit threshold M + 3M/20, not with differences. */
export function referenceGroup(values: readonly string[], step: string): ReferenceGroup {
  const sorted = values.map(rational).sort(compare) as [Rational, Rational, Rational];
  const [low, middle, high] = sorted;
  const highOut = compare(high, multiply(middle, { n: 23n, d: 20n })) > 0;
  const lowOut = compare(low, multiply(middle, { n: 17n, d: 20n })) < 0;
  if (highOut && lowOut) return { rule: 'invalid', value: null };
  if (highOut || lowOut) return { rule: 'middle', value: roundRational(middle, step) };
  const mean = divide(add(add(low, middle), high), { n: 3n, d: 1n });
  return { rule: 'mean', value: roundRational(mean, step) };
}

export function referenceTimes(value: string, factor: string, step: string): string {
  return roundRational(multiply(rational(value), rational(factor)), step);
}

export function referenceStrength(load_kN: string, side_mm: string): string {
  const side = rational(side_mm);
  return roundRational(divide(multiply(rational(load_kN), rational('1000')), multiply(side, side)), '0.1');
}
