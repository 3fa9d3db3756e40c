// From the readings of a zone to its corrected rebound value: largest and smallest dropped, mean, then the correction for
// the angle, then with that value the one for the casting face. A horizontal shot at a side face has neither.
import { Exact, refusal, roundRatio } from '../../foundation/decimal.ts';
import { sumOf } from '../../foundation/statistics.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import { CLAUSE_MEAN } from './data.ts';
import type { ReboundRules } from './data.ts';
import { correctionAt } from './tables.ts';

export type Face = 'side' | 'top' | 'bottom';

export const HORIZONTAL = '0';
const NONE = '0.0';

const ONE = new Exact(1);

/** Mean of what is left when the largest and smallest are dropped, to 0.1. */
export function meanRebound(readings: readonly string[], rules: ReboundRules, field: string): string {
  const { count, dropLargest, dropSmallest } = rules.readings;
  if (readings.length !== count) {
    const message = `所选测强曲线每测区要求 ${count} 个回弹值，收到 ${readings.length} 个。`;
    throw refusal('METHOD_WRONG_COUNT', message, field, CLAUSE_MEAN);
  }
  const kept = readings.toSorted((a, b) => new Exact(a).comparedTo(b)).slice(dropSmallest, count - dropLargest);
  return roundRatio(sumOf(kept), new Exact(kept.length), '0.1');
}

export interface ZoneRebound {
  mean: string;
  angleCorrection: string;
  faceCorrection: string;
  corrected: string;
  trace: TraceStep[];
}

function add(value: string, correction: string): string {
  return roundRatio(new Exact(value).plus(correction), ONE, '0.1');
}

/** `zone` is the label in the trace, `field` the readings in a refusal. */
export function zoneRebound(
  place: { readings: readonly string[]; angle: string; face: Face; zone: string; field: string },
  rules: ReboundRules,
): ZoneRebound {
  const { readings, angle, face, zone } = place;
  const mean = meanRebound(readings, rules, place.field);
  const { dropLargest, dropSmallest, count } = rules.readings;
  const trace: TraceStep[] = [
    {
      name: `${zone} 平均回弹值`,
      symbol: 'Rm',
      formula: 'ΣRi / n',
      substituted: readings.join('、'),
      value: mean,
      rule: `剔除 ${dropLargest} 个最大值和 ${dropSmallest} 个最小值，其余 ${count - dropLargest - dropSmallest} 个平均，修约至 0.1`,
      clause: CLAUSE_MEAN,
    },
  ];
  let [corrected, angleCorrection, faceCorrection] = [mean, NONE, NONE];
  if (angle !== HORIZONTAL) {
    const found = correctionAt(rules.angleTable, angle, corrected);
    angleCorrection = found.value;
    const after = add(corrected, found.value);
    trace.push({
      name: `${zone} 角度修正`,
      symbol: 'Rm',
      formula: 'R_{mα} + R_{aα}',
      substituted: `${corrected} + (${found.value})`,
      value: after,
      rule: `先修正角度；${found.rule}`,
      clause: rules.angleTable.clause,
    });
    corrected = after;
  }
  if (face !== 'side') {
    const found = correctionAt(rules.faceTable, face, corrected);
    faceCorrection = found.value;
    const after = add(corrected, found.value);
    trace.push({
      name: `${zone} 浇筑面修正`,
      symbol: 'Rm',
      formula: face === 'top' ? 'R_{m}^{t} + R_{a}^{t}' : 'R_{m}^{b} + R_{a}^{b}',
      substituted: `${corrected} + (${found.value})`,
      value: after,
      rule: `${angle === HORIZONTAL ? '' : '用角度修正后的值；'}${found.rule}`,
      clause: rules.faceTable.clause,
    });
    corrected = after;
  }
  return { mean, angleCorrection, faceCorrection, corrected, trace };
}
