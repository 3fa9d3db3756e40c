// Acceptance of a batch of masonry mortar, GB 50203-2011 4.0.12: mean at least 1.10 times the grade, least group at least
// 0.85 times. With one or two groups each of them must reach 1.10 times the grade. Limits are exact and never rounded.
import { Exact } from '../../foundation/decimal.ts';
import { round } from '../../foundation/rounding.ts';
import { leastOf, meanOf, sumOf } from '../../foundation/statistics.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import type { LimitTable } from '../../method.ts';
import {
  MEAN_COMPARISON,
  STRENGTH_STEP,
  limitStep,
  meanMeets,
  meanStep,
  minimumStep,
} from '../../concrete/batch/compare.ts';
import type { MeanComparison } from '../../concrete/batch/compare.ts';
import { requireLimit } from '../../judge.ts';

export const STANDARD = 'GB 50203-2011';
export const CLAUSE = `${STANDARD} 4.0.12`;
/** A batch has at least this many groups; with fewer every single one counts. */
export const USUAL_GROUPS = 3;

export const MORTAR_POLICIES = [{ ...MEAN_COMPARISON, clause: CLAUSE }];

const SHARE = '× f_{2}';

/** Factors of the grade. A draft: the two factors are seen on others' pages, the rule for few groups is remembered. */
export const LIMITS: readonly LimitTable[] = [
  {
    standard: STANDARD,
    clause: '4.0.12',
    title: '砌筑砂浆试块强度验收',
    status: 'draft',
    rows: [
      { parameterCode: '平均值', appliesTo: '3 组及以上', min: '1.10', unit: SHARE, compareMode: 'full-value' },
      { parameterCode: '最小值', appliesTo: '3 组及以上', min: '0.85', unit: SHARE, compareMode: 'full-value' },
      { parameterCode: '平均值', appliesTo: '1 组或 2 组', min: '1.10', unit: SHARE, compareMode: 'full-value' },
      { parameterCode: '最小值', appliesTo: '1 组或 2 组', min: '1.10', unit: SHARE, compareMode: 'full-value' },
    ],
  },
];

export interface MortarBatchFigures {
  n: number;
  mean_MPa: string;
  min_MPa: string;
  meanFactor: string;
  minFactor: string;
  meanLimit_MPa: string;
  minLimit_MPa: string;
  meanMeets: boolean;
  minMeets: boolean;
  trace: TraceStep[];
}

const factorOf = (parameter: string, rows: string): string =>
  requireLimit(LIMITS, STANDARD, parameter, rows, 'values_MPa').min ?? '';

/** `strength` is that of the grade, `7.5` for M7.5. */
export function evaluateMortarBatch(
  values: readonly string[],
  strength: string,
  comparison: MeanComparison,
): MortarBatchFigures {
  const n = values.length;
  const rows = n < USUAL_GROUPS ? '1 组或 2 组' : '3 组及以上';
  const [meanFactor, minFactor] = [factorOf('平均值', rows), factorOf('最小值', rows)];
  const mean = meanOf(values, STRENGTH_STEP);
  const least = round(leastOf(values), STRENGTH_STEP);
  const meanLimit = new Exact(meanFactor).times(strength);
  const minLimit = new Exact(minFactor).times(strength);
  const meanFormula = `${meanFactor} f2`;
  const minFormula = `${minFactor} f2`;
  return {
    n,
    mean_MPa: mean,
    min_MPa: least,
    meanFactor,
    minFactor,
    meanLimit_MPa: meanLimit.toFixed(),
    minLimit_MPa: minLimit.toFixed(),
    meanMeets: meanMeets(values, meanLimit, comparison),
    minMeets: new Exact(least).greaterThanOrEqualTo(minLimit),
    trace: [
      {
        name: '组数',
        symbol: 'n',
        formula: '有效试块组数',
        value: String(n),
        rule: n < USUAL_GROUPS ? '少于 3 组，每组均应达到 1.10 倍' : '无效组不计入',
        clause: CLAUSE,
      },
      {
        name: '平均值',
        symbol: 'm',
        formula: 'Σf / n',
        substituted: `${sumOf(values).toFixed()} / ${n}`,
        value: mean,
        unit: 'MPa',
        rule: '修约至 0.1 MPa',
        clause: CLAUSE,
      },
      {
        name: '最小值',
        symbol: 'f_min',
        formula: '各组最小值',
        value: least,
        unit: 'MPa',
        rule: '取最小值',
        clause: CLAUSE,
      },
      limitStep('平均值限值', meanFormula, `${meanFactor} × ${strength}`, meanLimit, CLAUSE),
      limitStep('最小值限值', minFormula, `${minFactor} × ${strength}`, minLimit, CLAUSE),
      meanStep(values, meanLimit, comparison, { formula: meanFormula, clause: CLAUSE }),
      minimumStep('最小值判定', least, minLimit, minFormula, CLAUSE),
    ],
  };
}
