// Units that a file may state, and the exact way from one to another. A unit is read or set, never assumed; between two
// units that measure different things there is no way.
import { Exact } from '../drivers/numbers.ts';

/** What one of each is in the first unit of its kind. */
const kinds: readonly Readonly<Record<string, string>>[] = [
  { mm: '1', um: '0.001', cm: '10', m: '1000', in: '25.4' },
  { N: '1', kN: '1000', MN: '1000000', kgf: '9.80665', tf: '9806.65' },
  { g: '1', mg: '0.001', kg: '1000', t: '1000000' },
  { MPa: '1', kPa: '0.001', Pa: '0.000001', GPa: '1000', 'N/mm²': '1' },
  { 'mm²': '1', 'cm²': '100', 'm²': '1000000' },
  { s: '1', min: '60', h: '3600' },
  { mL: '1', 'cm³': '1', L: '1000' },
  { '%': '1' },
  { '℃': '1' },
  { '°': '1' },
  { '': '1' },
];

export const unitNames = kinds.flatMap((kind) => Object.keys(kind)) as [string, ...string[]];

/** Other ways to write the same unit. */
const spellings: Readonly<Record<string, string>> = {
  μm: 'um',
  µm: 'um',
  inch: 'in',
  '"': 'in',
  毫米: 'mm',
  厘米: 'cm',
  米: 'm',
  牛: 'N',
  千牛: 'kN',
  克: 'g',
  千克: 'kg',
  公斤: 'kg',
  毫克: 'mg',
  兆帕: 'MPa',
  mm2: 'mm²',
  cm2: 'cm²',
  m2: 'm²',
  cm3: 'cm³',
  ml: 'mL',
  'N/mm2': 'N/mm²',
  度: '°',
  '°C': '℃',
  秒: 's',
  分: 'min',
};

/** The unit a word stands for; null for a word that is none. Letters keep their case: mN is not MN. */
export function unitOf(word: string): string | null {
  const plain = word.trim();
  const name = spellings[plain] ?? plain;
  return unitNames.includes(name) ? name : null;
}

/** More decimals than any exact factor between two of these units has. */
const mostPlaces = 12;

const wholeZeros = (text: string): number => /^[1-9]\d*?(0*)$/.exec(text)?.[1]?.length ?? 0;
const places = (text: string): number => text.split('.')[1]?.length ?? 0;

/**
 * A decimal in another unit, exactly. The digits that the instrument resolved stay visible: 675000 N is 675.000 kN,
 * 12.5 kN is 12500 N. Null where the two measure different things, or where only a rounded figure would come out.
 */
export function convert(value: string, from: string, to: string): string | null {
  if (from === to) return value;
  const kind = kinds.find((candidate) => from in candidate && to in candidate);
  const [factorFrom, factorTo] = [kind?.[from], kind?.[to]];
  if (factorFrom === undefined || factorTo === undefined) return null;
  const factor = new Exact(factorFrom).div(factorTo);
  const factorText = factor.toFixed();
  // A fraction without end: nothing exact comes of it.
  if (places(factorText) > mostPlaces) return null;
  const exact = new Exact(value).times(factor);
  const shown = Math.max(0, places(value) + places(factorText) - wholeZeros(factorText), exact.decimalPlaces());
  return exact.toFixed(shown);
}
