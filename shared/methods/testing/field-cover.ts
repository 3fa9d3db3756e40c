// Cover decided a second time, on whole numbers only, and a sound check to change from.
import cover from '../field/rebar-cover.method.ts';
import type { CoverOutputs } from '../field/cover/tables.ts';
import type { ComputeSettings, MethodComputation } from '../method.ts';

export type Change = Record<string, unknown>;

/** One reading three times for each deviation from 25 mm, every point in a member of its own. */
export function deviations(list: readonly number[], name = '梁'): { members: string[]; readings: string[][] } {
  return {
    members: list.map((_, index) => `${name} ${index + 1}`),
    readings: list.map((deviation) => Array.from({ length: 3 }, () => String(25 + deviation))),
  };
}

export function beam(
  first: readonly number[],
  again: readonly number[] | null = null,
  change: Change = {},
  settings: ComputeSettings = {},
): MethodComputation<CoverOutputs> {
  const one = deviations(first);
  const two = again === null ? null : deviations(again, '另梁');
  const inputs = {
    memberKind: 'beam',
    designCover_mm: '25',
    members: one.members,
    readings_mm: one.readings,
    ...(two === null ? {} : { againMembers: two.members, againReadings_mm: two.readings }),
    ...change,
  };
  return cover.compute(Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined)), settings);
}

export const CONFIRMED: ComputeSettings = { policies: { 'limits GB 50204-2015': 'confirmed' } };

/** Mean of three readings in tenths of a millimetre, as a whole one: tie to even, in integers. */
export function referenceMean(tenths: readonly number[]): number {
  const sum = tenths.reduce((total, value) => total + value, 0);
  const unit = 10 * tenths.length;
  const [whole, rest] = [Math.floor(sum / unit), sum % unit];
  if (2 * rest === unit) return whole % 2 === 0 ? whole : whole + 1;
  return 2 * rest > unit ? whole + 1 : whole;
}

/** What deviations in whole millimetres come to; null where a second sampling is not allowed. */
export function referenceDecision(
  kind: 'beam' | 'slab',
  first: readonly number[],
  again: readonly number[] | null,
): 'qualified' | 'unqualified' | 'retest' | null {
  const [low, high] = kind === 'beam' ? [7, 10] : [5, 8];
  const good = (list: readonly number[]): number => list.filter((value) => value <= high && value >= -low).length;
  const wild = (list: readonly number[]): boolean => list.some((value) => 2 * value > 3 * high || 2 * value < -3 * low);
  const tenth = (list: readonly number[], share: number): boolean => 10 * good(list) >= share * list.length;
  const failed = wild(first) || !tenth(first, 8);
  const retest = !failed && !tenth(first, 9);
  if (again === null) return failed ? 'unqualified' : retest ? 'retest' : 'qualified';
  if (!retest) return null;
  return !wild(again) && tenth([...first, ...again], 9) ? 'qualified' : 'unqualified';
}
