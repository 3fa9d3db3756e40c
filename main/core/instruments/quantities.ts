// Figures with units, compared exactly: what the display shows against what was received, and zero against the range.
// Nothing is rounded and nothing is converted that has no exact factor.
import { Exact } from '../../instruments/drivers/numbers.ts';

export interface Figure {
  value: string;
  unit: string;
}

export type Quantity = 'force' | 'mass' | 'length' | 'other';

/** Factor to the first of each kind; 1 tf = 9.80665 kN exactly. */
const UNITS: Record<string, { quantity: Exclude<Quantity, 'other'>; factor: string }> = {
  kN: { quantity: 'force', factor: '1' },
  N: { quantity: 'force', factor: '0.001' },
  tf: { quantity: 'force', factor: '9.80665' },
  g: { quantity: 'mass', factor: '1' },
  kg: { quantity: 'mass', factor: '1000' },
  mg: { quantity: 'mass', factor: '0.001' },
  t: { quantity: 'mass', factor: '1000000' },
  mm: { quantity: 'length', factor: '1' },
  cm: { quantity: 'length', factor: '10' },
  um: { quantity: 'length', factor: '0.001' },
  in: { quantity: 'length', factor: '25.4' },
};

/** Other ways in which people write the same unit. */
const SPELLINGS: Record<string, string> = {
  '°C': '℃',
  C: '℃',
  μm: 'um',
  µm: 'um',
  KG: 'kg',
  Kg: 'kg',
  KN: 'kN',
  '%RH': '%',
};

export const plainUnit = (unit: string): string => SPELLINGS[unit.trim()] ?? unit.trim();

export const quantityOf = (unit: string): Quantity => UNITS[plainUnit(unit)]?.quantity ?? 'other';

export const sayFigure = ({ value, unit }: Figure): string => `${value} ${unit}`.trim();

/** The same figure: 1.50 kg is 1500 g; null when the units cannot be compared. */
export function sameFigure(a: Figure, b: Figure): boolean | null {
  const [one, two] = [plainUnit(a.unit), plainUnit(b.unit)];
  if (one === two) return new Exact(a.value).eq(b.value);
  const [first, second] = [UNITS[one], UNITS[two]];
  if (!first || !second || first.quantity !== second.quantity) return null;
  return new Exact(a.value).times(first.factor).eq(new Exact(b.value).times(second.factor));
}

/** The value in another unit of the same quantity; null where there is no exact way. */
export function inUnit(figure: Figure, unit: string): string | null {
  const [from, to] = [UNITS[plainUnit(figure.unit)], UNITS[plainUnit(unit)]];
  if (plainUnit(figure.unit) === plainUnit(unit)) return figure.value;
  if (!from || !to || from.quantity !== to.quantity) return null;
  return new Exact(figure.value).times(from.factor).div(to.factor).toFixed();
}

/** Text of a person: sign, digits and one point; full-width characters of an input method count as what they mean. */
export function plainFigure(text: string): string | null {
  const plain = text.normalize('NFKC').replace(/[−–]/g, '-').trim();
  return /^[+-]?\d{1,12}(\.\d{1,9})?$/.test(plain) ? plain.replace(/^\+/, '') : null;
}

export const isZero = (value: string): boolean => new Exact(value).isZero();

/** Upper end of a range as people write it: `0～2000 kN`, `(0～220) g`; null when there is none to be read. */
export function rangeUpper(text: string): Figure | null {
  const match = /(\d{1,12}(?:\.\d{1,9})?)\s*[)）]?\s*([a-zA-Z%℃°μµ]{1,3})\s*[)）]?\s*$/.exec(text.trim());
  if (!match) return null;
  const figure = { value: match[1] as string, unit: plainUnit(match[2] as string) };
  return isZero(figure.value) ? null : figure;
}

/** One step of the last digit that was sent. */
export function stepOf(value: string): string {
  const decimals = value.split('.')[1]?.length ?? 0;
  return new Exact(10).pow(-decimals).toFixed();
}

const ZERO_SHARE = '0.002';

/** What may be left with nothing on it: 0.2 % of the range or one step, whichever is more, in the reading's unit. */
export function zeroLimit(received: Figure, upper: Figure): string | null {
  const range = inUnit(upper, received.unit);
  if (range === null) return null;
  const share = new Exact(range).times(ZERO_SHARE);
  const step = new Exact(stepOf(received.value));
  return (share.gt(step) ? share : step).toFixed();
}

export const isWithin = (value: string, limit: string): boolean => new Exact(value).abs().lte(limit);
