// The three ways of GB/T 50107-2010 to accept a batch: deviation known, deviation unknown (n ≥ 10), non-statistical
// (n < 10). Mean and least value are taken to 0.1 MPa, the deviation to 0.01 MPa with its floor of 2.5 MPa; the limits
// formed of them are exact and never rounded. The deviation itself uses the unrounded mean.
import { Exact } from '../../foundation/decimal.ts';
import { round } from '../../foundation/rounding.ts';
import { leastOf, meanOf, standardDeviationOf, sumOf } from '../../foundation/statistics.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import { STRENGTH_STEP, limitStep, meanMeets, meanStep, minimumStep } from './compare.ts';
import type { MeanComparison } from './compare.ts';
import {
  CLAUSE_KNOWN,
  CLAUSE_NON_STATISTICAL,
  CLAUSE_UNKNOWN,
  DEVIATION_STEP,
  KNOWN_SIGMA_GROUPS,
  STATISTICAL_GROUPS,
  coefficient,
  sizeClass,
} from './data.ts';

export type Way = 'statistical-known-sigma' | 'statistical-unknown-sigma' | 'non-statistical';

export const WAY_NAME: Readonly<Record<Way, string>> = {
  'statistical-known-sigma': '统计方法（标准差已知）',
  'statistical-unknown-sigma': '统计方法（标准差未知）',
  'non-statistical': '非统计方法',
};

export interface BatchFigures {
  way: Way;
  n: number;
  mean_MPa: string;
  min_MPa: string;
  /** S as calculated, to 0.01; null where the way does not use it. */
  deviation_MPa: string | null;
  /** S or σ0 after the floor. */
  deviationUsed_MPa: string | null;
  /** λ1 and λ2, or λ3 and λ4, or the coefficients of the known deviation. */
  meanCoefficient: string;
  minCoefficient: string;
  meanLimit_MPa: string;
  minLimit_MPa: string;
  /** Second limit of the least value, known deviation only. */
  minLimit2_MPa: string | null;
  meanMeets: boolean;
  minMeets: boolean;
  trace: TraceStep[];
}

/** Which way applies. A known deviation needs three consecutive groups, so a batch with a gap has none. */
export function wayOf(n: number, sigma0: string | undefined, unbroken: boolean): Way {
  if (sigma0 !== undefined && n === KNOWN_SIGMA_GROUPS && unbroken) return 'statistical-known-sigma';
  return n >= STATISTICAL_GROUPS ? 'statistical-unknown-sigma' : 'non-statistical';
}

/** Why that way, in words. */
export function wayReason(way: Way, n: number): string {
  if (way === 'statistical-known-sigma') return '给出了标准差 σ0，检验批为连续的 3 组';
  if (way === 'statistical-unknown-sigma') return `没有可用的标准差 σ0，有效试件 ${n} 组，不少于 10 组`;
  return `有效试件 ${n} 组，少于 10 组`;
}

interface Batch {
  values: readonly string[];
  fcuk: string;
  comparison: MeanComparison;
}

function common({ values }: Batch, clause: string): { mean: string; least: string; steps: TraceStep[] } {
  const mean = meanOf(values, STRENGTH_STEP);
  const least = round(leastOf(values), STRENGTH_STEP);
  return {
    mean,
    least,
    steps: [
      {
        name: '组数',
        symbol: 'n',
        formula: '有效试件组数',
        value: String(values.length),
        rule: '无效组不计入',
        clause,
      },
      {
        name: '平均值',
        symbol: 'm',
        formula: 'Σf / n',
        substituted: `${sumOf(values).toFixed()} / ${values.length}`,
        value: mean,
        unit: 'MPa',
        rule: '修约至 0.1 MPa',
        clause,
      },
      { name: '最小值', symbol: 'f_min', formula: '各组最小值', value: least, unit: 'MPa', rule: '取最小值', clause },
    ],
  };
}

const atLeast = (value: string, floor: string): boolean => new Exact(value).greaterThanOrEqualTo(floor);

function knownSigma(batch: Batch, sigma0: string): BatchFigures {
  const { values, fcuk, comparison } = batch;
  const clause = CLAUSE_KNOWN;
  const { mean, least, steps } = common(batch, clause);
  const floor = coefficient('σ0 下限', '标准差已知');
  const used = atLeast(sigma0, floor) ? sigma0 : floor;
  const share = coefficient('σ0 系数', '标准差已知');
  const low = coefficient('最小值系数', new Exact(fcuk).lessThanOrEqualTo(20) ? '≤C20' : '>C20');
  const margin = new Exact(share).times(used);
  const meanLimit = new Exact(fcuk).plus(margin);
  const firstLimit = new Exact(fcuk).minus(margin);
  const secondLimit = new Exact(low).times(fcuk);
  const mean1 = `f_cu,k + ${share}σ0`;
  const min1 = `f_cu,k − ${share}σ0`;
  const min2 = `${low} f_cu,k`;
  return {
    way: 'statistical-known-sigma',
    n: values.length,
    mean_MPa: mean,
    min_MPa: least,
    deviation_MPa: null,
    deviationUsed_MPa: used,
    meanCoefficient: share,
    minCoefficient: low,
    meanLimit_MPa: meanLimit.toFixed(),
    minLimit_MPa: firstLimit.toFixed(),
    minLimit2_MPa: secondLimit.toFixed(),
    meanMeets: meanMeets(values, meanLimit, comparison),
    minMeets: new Exact(least).greaterThanOrEqualTo(firstLimit) && new Exact(least).greaterThanOrEqualTo(secondLimit),
    trace: [
      ...steps,
      {
        name: '采用的标准差',
        symbol: 'σ0',
        formula: `max(σ0, ${floor})`,
        substituted: `max(${sigma0}, ${floor})`,
        value: used,
        unit: 'MPa',
        rule: used === sigma0 ? '不小于下限，按给出值' : '小于下限，取下限',
        clause,
      },
      limitStep('平均值限值', mean1, `${fcuk} + ${share} × ${used}`, meanLimit, clause),
      limitStep('最小值限值（一）', min1, `${fcuk} − ${share} × ${used}`, firstLimit, clause),
      limitStep('最小值限值（二）', min2, `${low} × ${fcuk}`, secondLimit, clause),
      meanStep(values, meanLimit, comparison, { formula: mean1, clause }),
      minimumStep('最小值判定（一）', least, firstLimit, min1, clause),
      minimumStep('最小值判定（二）', least, secondLimit, min2, clause),
    ],
  };
}

/** The numbers under the root; the same as Σ(f − m)²/(n − 1) with the unrounded mean. */
function deviationNumbers(values: readonly string[]): string {
  const n = values.length;
  const squares = sumOf(values.map((value) => new Exact(value).pow(2).toFixed()));
  return `√((${n} × ${squares.toFixed()} − ${sumOf(values).toFixed()}²) / (${n} × ${n - 1}))`;
}

function unknownSigma(batch: Batch): BatchFigures {
  const { values, fcuk, comparison } = batch;
  const clause = CLAUSE_UNKNOWN;
  const { mean, least, steps } = common(batch, clause);
  const deviation = standardDeviationOf(values, DEVIATION_STEP);
  const floor = coefficient('S 下限', '标准差未知');
  const used = atLeast(deviation, floor) ? deviation : round(floor, DEVIATION_STEP);
  const rows = sizeClass(values.length);
  const [lambda1, lambda2] = [coefficient('λ1', rows), coefficient('λ2', rows)];
  const meanLimit = new Exact(fcuk).plus(new Exact(lambda1).times(used));
  const minLimit = new Exact(lambda2).times(fcuk);
  const meanFormula = 'f_cu,k + λ1·S';
  const minFormula = 'λ2·f_cu,k';
  return {
    way: 'statistical-unknown-sigma',
    n: values.length,
    mean_MPa: mean,
    min_MPa: least,
    deviation_MPa: deviation,
    deviationUsed_MPa: used,
    meanCoefficient: lambda1,
    minCoefficient: lambda2,
    meanLimit_MPa: meanLimit.toFixed(),
    minLimit_MPa: minLimit.toFixed(),
    minLimit2_MPa: null,
    meanMeets: meanMeets(values, meanLimit, comparison),
    minMeets: new Exact(least).greaterThanOrEqualTo(minLimit),
    trace: [
      ...steps,
      {
        name: '标准差',
        symbol: 'S',
        formula: '√((n·Σf² − (Σf)²) / (n·(n − 1)))',
        substituted: deviationNumbers(values),
        value: deviation,
        unit: 'MPa',
        rule: '平均值不修约，标准差修约至 0.01 MPa',
        clause,
      },
      {
        name: '采用的标准差',
        symbol: 'S',
        formula: `max(S, ${floor})`,
        substituted: `max(${deviation}, ${floor})`,
        value: used,
        unit: 'MPa',
        rule: used === deviation ? '不小于下限，按计算值' : '小于下限，取下限',
        clause,
      },
      { name: '合格评定系数', symbol: 'λ1', formula: `n = ${rows}`, value: lambda1, rule: '查表', clause },
      { name: '合格评定系数', symbol: 'λ2', formula: `n = ${rows}`, value: lambda2, rule: '查表', clause },
      limitStep('平均值限值', meanFormula, `${fcuk} + ${lambda1} × ${used}`, meanLimit, clause),
      limitStep('最小值限值', minFormula, `${lambda2} × ${fcuk}`, minLimit, clause),
      meanStep(values, meanLimit, comparison, { formula: meanFormula, clause }),
      minimumStep('最小值判定', least, minLimit, minFormula, clause),
    ],
  };
}

function nonStatistical(batch: Batch): BatchFigures {
  const { values, fcuk, comparison } = batch;
  const clause = CLAUSE_NON_STATISTICAL;
  const { mean, least, steps } = common(batch, clause);
  const rows = new Exact(fcuk).lessThan(60) ? '<C60' : '≥C60';
  const [lambda3, lambda4] = [coefficient('λ3', rows), coefficient('λ4', rows)];
  const meanLimit = new Exact(lambda3).times(fcuk);
  const minLimit = new Exact(lambda4).times(fcuk);
  const meanFormula = 'λ3·f_cu,k';
  const minFormula = 'λ4·f_cu,k';
  return {
    way: 'non-statistical',
    n: values.length,
    mean_MPa: mean,
    min_MPa: least,
    deviation_MPa: null,
    deviationUsed_MPa: null,
    meanCoefficient: lambda3,
    minCoefficient: lambda4,
    meanLimit_MPa: meanLimit.toFixed(),
    minLimit_MPa: minLimit.toFixed(),
    minLimit2_MPa: null,
    meanMeets: meanMeets(values, meanLimit, comparison),
    minMeets: new Exact(least).greaterThanOrEqualTo(minLimit),
    trace: [
      ...steps,
      { name: '合格评定系数', symbol: 'λ3', formula: rows, value: lambda3, rule: '查表', clause },
      { name: '合格评定系数', symbol: 'λ4', formula: rows, value: lambda4, rule: '查表', clause },
      limitStep('平均值限值', meanFormula, `${lambda3} × ${fcuk}`, meanLimit, clause),
      limitStep('最小值限值', minFormula, `${lambda4} × ${fcuk}`, minLimit, clause),
      meanStep(values, meanLimit, comparison, { formula: meanFormula, clause }),
      minimumStep('最小值判定', least, minLimit, minFormula, clause),
    ],
  };
}

/** Evaluates the valid groups of a batch. `sigma0` counts only for the way that knows it. */
export function evaluateBatch(way: Way, batch: Batch, sigma0: string | undefined): BatchFigures {
  if (way === 'statistical-unknown-sigma') return unknownSigma(batch);
  if (way === 'non-statistical') return nonStatistical(batch);
  if (sigma0 === undefined) throw new RangeError('known sigma without sigma0');
  return knownSigma(batch, sigma0);
}
