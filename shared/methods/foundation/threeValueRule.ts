// The rule for three specimens used by concrete (GB/T 50081-2019) and mortar (JGJ/T 70-2009): the mean, unless one
// outer value differs from the middle one by more than 15 % of the middle (then the middle), or both do (then the
// result is invalid and there is no number). "超过" is strict: exactly 15 % keeps the mean. The threshold is never
// rounded and never divided: 100·(max − M) is compared with 15·M.
import { Exact, roundRatio } from './decimal.ts';
import type { TraceStep } from './trace.ts';
import { INVALID } from './words.ts';

export type GroupRule = 'mean' | 'middle' | 'invalid';

export interface ThreeValueResult {
  rule: GroupRule;
  /** Group value to `step`; null when the group is invalid. */
  value: string | null;
  trace: TraceStep[];
}

const PERCENT = 15;

export const RULE_NAME: Record<GroupRule, string> = { mean: '取平均值', middle: '取中间值', invalid: INVALID };

/** Applies the 15 % rule to three positive plain decimals. `clause` names the standard's clause for the trace. */
export function threeValueRule(
  values: readonly string[],
  step: string,
  unit: string,
  clause: string,
): ThreeValueResult {
  const [low, middle, high] = values.map((value) => new Exact(value)).sort((a, b) => a.comparedTo(b));
  if (low === undefined || middle === undefined || high === undefined || values.length !== 3) {
    throw new RangeError('threeValueRule needs exactly three values');
  }
  const threshold = middle.times(PERCENT);
  const above = high.minus(middle);
  const below = middle.minus(low);
  const highOut = above.times(100).greaterThan(threshold);
  const lowOut = below.times(100).greaterThan(threshold);

  // Figures of the trace have the digits that the values were written with.
  const places = Math.max(...values.map((value) => value.split('.')[1]?.length ?? 0));
  const written = (value: Exact): string => value.toFixed(places);

  const rule: GroupRule = highOut && lowOut ? 'invalid' : highOut || lowOut ? 'middle' : 'mean';
  const trace: TraceStep[] = [
    {
      name: '中间值',
      symbol: 'M',
      formula: '三个值排序后的中间值',
      value: written(middle),
      unit,
      rule: '排序',
      clause,
    },
    {
      name: '中间值的 15%',
      formula: '0.15 × M',
      substituted: `0.15 × ${written(middle)}`,
      value: threshold.div(100).toFixed(),
      unit,
      rule: '界限值不修约',
      clause,
    },
    {
      name: '最大值与中间值之差',
      formula: 'max − M',
      substituted: `${written(high)} − ${written(middle)}`,
      value: written(above),
      unit,
      rule: highOut ? '超过中间值的 15%' : '未超过中间值的 15%',
      clause,
    },
    {
      name: '中间值与最小值之差',
      formula: 'M − min',
      substituted: `${written(middle)} − ${written(low)}`,
      value: written(below),
      unit,
      rule: lowOut ? '超过中间值的 15%' : '未超过中间值的 15%',
      clause,
    },
  ];

  if (rule === 'invalid') {
    trace.push({ name: '组值', formula: '—', value: null, rule: '最大值和最小值均超过，试验结果无效', clause });
    return { rule, value: null, trace };
  }
  const sum = low.plus(middle).plus(high);
  const value = rule === 'middle' ? roundRatio(middle, new Exact(1), step) : roundRatio(sum, new Exact(3), step);
  trace.push({
    name: '组值',
    formula: rule === 'middle' ? 'M' : '(f_{1} + f_{2} + f_{3}) / 3',
    substituted: rule === 'middle' ? written(middle) : `(${values.join(' + ')}) / 3`,
    value,
    unit,
    rule: `${rule === 'middle' ? '其中一个超过，取中间值' : '均未超过，取平均值'}，修约至 ${step}${unit === '' ? '' : ` ${unit}`}`,
    clause,
  });
  return { rule, value, trace };
}
