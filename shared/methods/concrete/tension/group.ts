// The group value of a splitting or flexural group: the 15 % rule of three specimens, what remains of it when a beam has
// broken outside the loading points, and the size factor before or after it.
import { Exact, roundRatio } from '../../foundation/decimal.ts';
import { RULE_NAME, threeValueRule } from '../../foundation/threeValueRule.ts';
import type { GroupRule } from '../../foundation/threeValueRule.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import type { FactorOrder } from '../cube/group.ts';
import type { TensionKind } from './data.ts';

/** `mean-of-two`: one beam broke outside, the other two agree. */
export type TensionRule = GroupRule | 'mean-of-two';

export const TENSION_RULE_NAME: Readonly<Record<TensionRule, string>> = {
  ...RULE_NAME,
  'mean-of-two': '取另两个试件的平均值',
};

export interface TensionGroup {
  rule: TensionRule;
  /** Singles times factor, only where the policy is single-first. */
  singleAfterFactor_MPa: (string | null)[] | null;
  /** Group value before the factor; null when invalid, and under single-first, where no such value exists. */
  groupBeforeFactor_MPa: string | null;
  groupValue_MPa: string | null;
  trace: TraceStep[];
}

interface Decided {
  rule: TensionRule;
  value: string | null;
  trace: TraceStep[];
}

/** Two beams are left: their mean when they differ by no more than 15 % of the smaller, else nothing. */
function twoValueRule(values: readonly [string, string], kind: TensionKind): Decided {
  const [small, large] = values.map((value) => new Exact(value)).sort((a, b) => a.comparedTo(b)) as [Exact, Exact];
  const difference = large.minus(small);
  const threshold = small.times(15);
  const over = difference.times(100).greaterThan(threshold);
  const { clause } = kind;
  const trace: TraceStep[] = [
    {
      name: '较小值的 15%',
      formula: '0.15 × 较小值',
      substituted: `0.15 × ${small.toFixed()}`,
      value: threshold.div(100).toFixed(),
      unit: 'MPa',
      rule: '界限值不修约',
      clause,
    },
    {
      name: '两个测值之差',
      formula: 'max − min',
      substituted: `${large.toFixed()} − ${small.toFixed()}`,
      value: difference.toFixed(),
      unit: 'MPa',
      rule: over ? '大于较小值的 15%' : '不大于较小值的 15%',
      clause,
    },
  ];
  if (over) {
    trace.push({ name: '组值', formula: '—', value: null, rule: '两个测值之差大于较小值的 15%，试验结果无效', clause });
    return { rule: 'invalid', value: null, trace };
  }
  const value = roundRatio(small.plus(large), new Exact(2), kind.step);
  trace.push({
    name: '组值',
    formula: '(f1 + f2) / 2',
    substituted: `(${values.join(' + ')}) / 2`,
    value,
    unit: 'MPa',
    rule: `一个试件断在作用线之外，取另两个的平均值，修约至 ${kind.step}`,
    clause,
  });
  return { rule: 'mean-of-two', value, trace };
}

function decide(values: readonly (string | null)[], kind: TensionKind): Decided {
  const counted = values.filter((value) => value !== null);
  const [first, second] = counted;
  if (counted.length === 3) return threeValueRule(counted, kind.step, 'MPa', kind.clause);
  if (counted.length === 2 && first !== undefined && second !== undefined) return twoValueRule([first, second], kind);
  const rule = '两个或两个以上试件断在作用线之外，试验结果无效';
  return {
    rule: 'invalid',
    value: null,
    trace: [{ name: '组值', formula: '—', value: null, rule, clause: kind.clause }],
  };
}

function timesFactor(value: string, factor: string, step: string): string {
  return roundRatio(new Exact(value).times(factor), new Exact(1), step);
}

/** Group value of three singles, already rounded; `null` is a beam that does not count. */
export function tensionGroup(
  singles: readonly (string | null)[],
  factor: string,
  order: FactorOrder,
  kind: TensionKind,
): TensionGroup {
  const { step, clause } = kind;
  if (order === 'single-first') {
    const factored = singles.map((single) => (single === null ? null : timesFactor(single, factor, step)));
    const steps = factored.flatMap((value, index): TraceStep[] =>
      value === null
        ? []
        : [
            {
              name: `试件 ${index + 1} 换算后强度`,
              formula: 'f × 尺寸换算系数',
              substituted: `${singles[index]} × ${factor}`,
              value,
              unit: 'MPa',
              rule: `单块先乘换算系数，修约至 ${step} MPa`,
              clause,
            },
          ],
    );
    const { rule, value, trace } = decide(factored, kind);
    return {
      rule,
      singleAfterFactor_MPa: factored,
      groupBeforeFactor_MPa: null,
      groupValue_MPa: value,
      trace: [...steps, ...trace],
    };
  }
  const { rule, value: before, trace } = decide(singles, kind);
  if (before === null) {
    return { rule, singleAfterFactor_MPa: null, groupBeforeFactor_MPa: null, groupValue_MPa: null, trace };
  }
  const value = timesFactor(before, factor, step);
  const last: TraceStep = {
    name: kind.name,
    formula: '组值 × 尺寸换算系数',
    substituted: `${before} × ${factor}`,
    value,
    unit: 'MPa',
    rule: `组值再乘换算系数，修约至 ${step} MPa`,
    clause,
  };
  return {
    rule,
    singleAfterFactor_MPa: null,
    groupBeforeFactor_MPa: before,
    groupValue_MPa: value,
    trace: [...trace, last],
  };
}
