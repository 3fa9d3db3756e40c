// Carbonation depth of a member's zones: the points measured are averaged to 0.5 mm each; they must be at least 30 % of
// the zones; their mean counts for every zone, unless they differ by more than 2.0 mm, when every zone needs its own.
import { Exact, refusal } from '../../foundation/decimal.ts';
import { greatestOf, leastOf, meanOf } from '../../foundation/statistics.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import { CARBONATION, CLAUSE_CARBONATION } from './data.ts';

export interface Carbonation {
  /** Mean of each zone measured; null where it was not. */
  points_mm: (string | null)[];
  /** Depth of each zone, to 0.5 mm, before the curve's bound. */
  zones_mm: string[];
  trace: TraceStep[];
}

const FIELD = 'carbonation_mm';
const NEXT = '请补测碳化深度：每个测点测量 3 次；全部测区都测时，每测区用自己的值。';

/** `readings` per zone, null where not measured; `indices` are the zones' places in the form. */
export function memberCarbonation(
  readings: readonly (readonly string[] | null)[],
  indices: readonly number[],
  member: string,
): Carbonation {
  const { step_mm: step, sharePercent, maxSpread_mm: limit } = CARBONATION;
  const points = readings.map((values) => (values === null ? null : meanOf(values, step)));
  const measured = points.filter((point) => point !== null);
  const count = readings.length;
  if (measured.length === 0 || measured.length * 100 < count * sharePercent) {
    const message = `${member}有 ${count} 个测区，只在 ${measured.length} 个测区测了碳化深度，少于 ${sharePercent}%。`;
    throw refusal('METHOD_CARBONATION_TOO_FEW', message, FIELD, CLAUSE_CARBONATION, NEXT);
  }
  const spread = new Exact(greatestOf(measured)).minus(leastOf(measured));
  const each = spread.greaterThan(limit);
  const missing = points.indexOf(null);
  if (each && missing >= 0) {
    const message = `${member}碳化深度值极差 ${spread.toFixed(1)} mm 大于 ${limit} mm，测区 ${(indices[missing] ?? missing) + 1} 没有测量。`;
    throw refusal(
      'METHOD_CARBONATION_EACH_ZONE',
      message,
      `${FIELD}.${indices[missing] ?? missing}`,
      CLAUSE_CARBONATION,
      NEXT,
    );
  }
  const trace = points.flatMap((point, index): TraceStep[] =>
    point === null
      ? []
      : [
          {
            name: `测区 ${(indices[index] ?? index) + 1} 碳化深度值`,
            formula: 'Σdi / n',
            substituted: readings[index]?.join('、') ?? '',
            value: point,
            unit: 'mm',
            rule: `平均，修约至 ${step} mm`,
            clause: CLAUSE_CARBONATION,
          },
        ],
  );
  trace.push({
    name: `${member}碳化深度值极差`,
    formula: 'dmax − dmin',
    substituted: `${greatestOf(measured)} − ${leastOf(measured)}`,
    value: spread.toFixed(1),
    unit: 'mm',
    rule: each ? `大于 ${limit} mm，各测区用自己的值` : `不大于 ${limit} mm，取平均值作为各测区的值`,
    clause: CLAUSE_CARBONATION,
  });
  if (each) return { points_mm: points, zones_mm: measured, trace };
  const mean = meanOf(measured, step);
  trace.push({
    name: `${member}平均碳化深度值`,
    symbol: 'dm',
    formula: 'Σd / n',
    substituted: measured.join('、'),
    value: mean,
    unit: 'mm',
    rule: `平均，修约至 ${step} mm`,
    clause: CLAUSE_CARBONATION,
  });
  return { points_mm: points, zones_mm: points.map(() => mean), trace };
}
