// Exact numbers from raw bytes: nothing here passes through a binary fraction.
import { Decimal } from 'decimal.js';

/** Own constructor: wide enough for every product here, and foreign settings cannot reach it. */
export const Exact = Decimal.clone({ precision: 200, toExpNeg: -300, toExpPos: 300 });

/** Packed BCD, first byte highest; null when a half byte is no digit. */
export function bcdDigits(bytes: Uint8Array): string | null {
  const text = Buffer.from(bytes).toString('hex');
  return /^\d+$/.test(text) ? text : null;
}

export function unsigned(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return value;
}

/** Two's complement, highest byte first. */
export function signed(bytes: Uint8Array): bigint {
  return BigInt.asIntN(bytes.length * 8, unsigned(bytes));
}

export const decimalPlaces = (text: string): number => text.split('.')[1]?.length ?? 0;

/** Product with the decimals that the scale shows: 650 × 0.1 is 65.0, as the instrument resolves it. */
export function scaleBy(value: string, scale: string): string {
  return new Exact(value).times(scale).toFixed(decimalPlaces(value) + decimalPlaces(scale));
}

const MANTISSA_BITS = 23n;
const LONGEST_FLOAT = 9;

/**
 * The shortest decimal that names exactly this binary32 number among all binary32 numbers: what the instrument
 * meant when it stored 28.456. Four bytes, highest first; null for infinities and what is not a number.
 */
export function float32Text(bytes: Uint8Array): string | null {
  const bits = unsigned(bytes);
  const exponent = (bits >> MANTISSA_BITS) & 0xffn;
  const fraction = bits & 0x7fffffn;
  if (exponent === 0xffn) return null;
  const mantissa = exponent === 0n ? fraction : fraction | (1n << MANTISSA_BITS);
  if (mantissa === 0n) return '0';
  const power = Number(exponent === 0n ? 1n : exponent) - 150;
  const unit = new Exact(2).pow(power);
  const value = unit.times(mantissa.toString());
  // Below a power of two the neighbour is half as far away.
  const halfBelow = unit.times(fraction === 0n && exponent > 1n ? '0.25' : '0.5');
  const halfAbove = unit.times('0.5');
  const even = mantissa % 2n === 0n;
  for (let digits = 1; digits <= LONGEST_FLOAT; digits += 1) {
    const candidate = value.toSignificantDigits(digits, Decimal.ROUND_HALF_EVEN);
    const distance = candidate.minus(value);
    const limit = distance.isNegative() ? halfBelow : halfAbove;
    const inside = even ? distance.abs().lte(limit) : distance.abs().lt(limit);
    if (inside) return `${bits >> 31n === 1n ? '-' : ''}${candidate.toFixed()}`;
  }
  return null;
}
