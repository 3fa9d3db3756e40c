// What differs between the three bar methods: whose limits apply to a parameter, under which key, and how many bars.
import { Exact, refusal } from '../../foundation/decimal.ts';
import { requireLimit } from '../../judge.ts';
import type { BoundLimit } from '../../judge.ts';
import type { Edition, LimitTable, Policies } from '../../method.ts';
import { COUNTS } from './data.ts';
import type { Code, RoundedSet } from './data.ts';
import type { RebarReadings } from './readings.ts';

export interface RebarProduct {
  /** 样品种类 on record and report. */
  kind: string;
  codes: readonly Code[];
  limits: readonly LimitTable[];
  /** Whether a failed item is tested again with double the number. */
  retests: boolean;
  /** Standard whose limit judges a parameter. */
  standardOf(code: Code, edition: Edition, grade: string): string;
  /** Key of the limit row; null where the standard requires nothing of this sample. */
  keyOf(code: Code, sample: RebarReadings): string | null;
  /** Bars of the tension test, where neither the round nor the table of counts decides. */
  tensionCount?(policies: Policies): number;
}

export interface Requirement {
  standard: string;
  limit: BoundLimit | null;
}

/** Limit of a parameter for this sample; a grade or diameter that the standard does not have is refused. */
export function requirementOf(product: RebarProduct, code: Code, sample: RebarReadings, edition: Edition): Requirement {
  const standard = product.standardOf(code, edition, sample.grade);
  const key = product.keyOf(code, sample);
  if (key === null) return { standard, limit: null };
  const field = code === 'ZLPC' ? 'nominalDiameter_mm' : 'grade';
  return { standard, limit: requireLimit(product.limits, standard, code, key, field) };
}

/** Diameter of the former, mm, from the tabled number of bar diameters. */
export const formerOf = (limit: BoundLimit, diameter_mm: string): string =>
  new Exact(limit.min ?? '0').times(diameter_mm).toFixed();

/** Number of specimens that a set must have in this round. */
export function countOf(
  product: RebarProduct,
  set: RoundedSet,
  round: RebarReadings['round'],
  policies: Policies,
): number {
  if (set === 'tension' && product.tensionCount !== undefined) return product.tensionCount(policies);
  return COUNTS[set][round ?? 'initial'];
}

/** Refuses a list with another number of specimens than the round has. */
export function requireCount(
  values: readonly unknown[] | undefined,
  count: number,
  at: { field: string; label: string; clause: string; round: RebarReadings['round'] },
): void {
  if (values === undefined || values.length === count) return;
  const round = at.round === 'retest' ? '复验' : at.round === 'initial' ? '初验' : '';
  const message = `${round}“${at.label}”应为 ${count} 个试件，收到 ${values.length} 个。`;
  throw refusal('METHOD_WRONG_COUNT', message, at.field, at.clause, '请核对试验轮次和试件数量。');
}
