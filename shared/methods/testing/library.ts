// Test help: forms made of a method's declarations alone, garbage of every kind, and a search for figures that are binary numbers.
import * as fc from 'fast-check';
import { Exact } from '../foundation/decimal.ts';
import type { DecimalField, Field } from '../field.ts';
import { countRange, valueFault } from '../inputs.ts';
import type { TestMethod } from '../method.ts';

/** A count or a specimen's place may be a number; a key that names a unit or a measured thing may not hold one. */
const isCount = (value: unknown, key: string): boolean =>
  Number.isSafeInteger(value) &&
  Number(value) >= 0 &&
  !/_|percent|factor|ratio|rate|mean|value|strength|deviation/i.test(key);

/** Paths of every figure that is no decimal string, and of everything that is no plain data. */
export function figuresIn(value: unknown, path = '', key = ''): string[] {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || isCount(value, key)) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => figuresIn(item, `${path}.${index}`, key));
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype)
    return [`${path}: ${typeof value}`];
  return Object.entries(value).flatMap(([name, item]) => figuresIn(item, `${path}.${name}`, name));
}

/** Finest digits a field is written with here. */
function placesOf(field: DecimalField): number {
  if (field.whole === true) return 0;
  return (field.resolution.split('.')[1] ?? '').length;
}

/** Decimals inside the bounds, of every magnitude between them; mostly the usual one where there is one. */
function decimals(field: DecimalField): fc.Arbitrary<string> {
  const places = placesOf(field);
  const unit = new Exact(10).pow(-places);
  const most = new Exact(field.max).div(unit).floor();
  const least = field.min === undefined ? new Exact(1) : Exact.min(new Exact(field.min).div(unit).ceil(), most);
  const span = most.minus(least);
  const written = (steps: Exact): string => steps.times(unit).toFixed(places);
  const inside = fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 4 })).map(([share, power]) =>
    written(
      least.plus(
        span
          .times(share)
          .div(1000)
          .div(10 ** power)
          .floor(),
      ),
    ),
  );
  const edges = fc.constantFrom(written(least), written(most), written(least.plus(span.div(2).floor())));
  const any = fc.oneof({ weight: 4, arbitrary: inside }, { weight: 1, arbitrary: edges });
  return usualOr(field, any).filter((value) => valueFault(field, value) === null);
}

function usualOr(field: Field, arbitrary: fc.Arbitrary<string>): fc.Arbitrary<string> {
  if (field.usual === undefined) return arbitrary;
  return fc.oneof({ weight: 3, arbitrary: fc.constant(field.usual) }, { weight: 1, arbitrary });
}

function cells(field: Field): fc.Arbitrary<string> {
  if (field.kind === 'decimal') return decimals(field);
  if (field.kind === 'choice') return usualOr(field, fc.constantFrom(...field.options.map(({ value }) => value)));
  const words = ['甲', '1#', 'A-7', '见附图'].map((word) => word.slice(0, field.maxLength));
  return usualOr(field, fc.constantFrom(...words));
}

const copies = <T>(value: T, count: number): T[] => Array.from({ length: count }, () => value);

/** What stands in one place: a value, or the list of values asked for there, mostly alike as readings are. */
function places(field: Field): fc.Arbitrary<unknown> {
  const cell = cells(field);
  if (field.values === undefined) return cell;
  const { min, max } = typeof field.values === 'number' ? { min: field.values, max: field.values } : field.values;
  const alike = fc
    .tuple(cell, fc.integer({ min, max: Math.min(max, min + 4) }))
    .map(([value, count]) => copies(value, count));
  const apart = fc.array(cell, { minLength: min, maxLength: Math.min(max, min + 4) });
  return fc.oneof({ weight: 3, arbitrary: alike }, { weight: 1, arbitrary: apart });
}

/** One place per specimen; words are numbered, because names of specimens differ. */
function columns(field: Field, count: number): fc.Arbitrary<unknown> {
  const place = places(field);
  if (field.kind === 'text' && field.values === undefined) {
    const numbered = (word: string, index: number): string => `${word}${index + 1}`.slice(-field.maxLength);
    return cells(field).map((word) => copies(word, count).map(numbered));
  }
  const alike = place.map((value) => copies(value, count));
  const some = field.sparse === true ? fc.option(place, { freq: 5 }) : place;
  const apart = fc.array(some, { minLength: count, maxLength: count });
  return fc.oneof({ weight: 3, arbitrary: alike }, { weight: 1, arbitrary: apart });
}

function formWith(method: TestMethod, count: Readonly<Record<string, number>>, whole: boolean): fc.Arbitrary<Form> {
  const entries = method.fields
    .filter((field) => whole || field.optional !== true)
    .map((field) => {
      const arbitrary = field.set === undefined ? places(field) : columns(field, count[field.set] ?? 0);
      return [field.name, field.optional === true ? fc.option(arbitrary, { nil: undefined }) : arbitrary] as const;
    });
  return fc
    .record(Object.fromEntries(entries))
    .map((form) => Object.fromEntries(Object.entries(form).filter(([, value]) => value !== undefined)));
}

export type Form = Record<string, unknown>;

/** A form as its declarations allow: required fields always, optional ones in half of the forms, sets of one length each. */
export function formOf(method: TestMethod): fc.Arbitrary<Form> {
  const counts = method.sets.map((set) => {
    const { min, max } = countRange(set);
    const usual = typeof set.count === 'number' ? set.count : set.count.usual;
    const any = fc.integer({ min, max: Math.min(max, min + 12) });
    return [set.id, fc.oneof({ weight: 2, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: any })] as const;
  });
  return fc
    .tuple(fc.record(Object.fromEntries(counts)), fc.boolean())
    .chain(([count, whole]) => formWith(method, count, whole));
}

const numberLike = fc.string({ unit: fc.constantFrom(...'0123456789.-+e ,'.split('')), maxLength: 45 });
const NASTY_WORDS = '|  |0|-0|-1|1e3|12,3|+1|.5|5.|00|０|１２|NaN|Infinity|OL|—|不|null|__proto__|constructor';
const NASTY: readonly unknown[] = [
  ...NASTY_WORDS.split('|'),
  `0.${'0'.repeat(37)}1`,
  '1'.repeat(41),
  undefined,
  null,
  true,
  0,
  -1,
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  [],
  {},
  [[]],
  [null],
  ['1'],
  [['1', '2']],
];

export const anything: fc.Arbitrary<unknown> = fc.anything();

/** What may come in one place instead of a reading. */
export const cellGarbage: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...NASTY),
  numberLike,
  fc.string(),
  fc.anything(),
);
