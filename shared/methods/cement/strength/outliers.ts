// The ±10 % rules of GB/T 17671-2021. Flexure: values outside are dropped while one remains; all three outside is a case
// the standard does not name, so there is no result. Compression: one of six may be dropped; two outside, or one of the
// five outside their own mean, void the group (作废). 超出 is strict: exactly 10 % stays in. The threshold is never
// rounded and never divided: 10·|n·x − Σ| is compared with Σ.
import { Exact, roundRatio } from '../../foundation/decimal.ts';
import { sumOf } from '../../foundation/statistics.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import type { PolicyDeclaration } from '../../method.ts';
import { CLAUSE_COMPRESSION, TEST_STANDARD } from './data.ts';
import { FORMULAS, STRENGTH_STEP } from './singles.ts';
import type { StrengthKind } from './singles.ts';

export type OutlierMean = 'rounded' | 'raw';

export const MEAN_FOR_OUTLIERS: PolicyDeclaration = {
  name: 'meanForOutliers',
  label: '判断 ±10% 时所用的平均值',
  clause: `${TEST_STANDARD} 抗折、抗压强度的结果和表示`,
  options: [
    { value: 'rounded', label: '先修约至 0.1 MPa 的平均值' },
    { value: 'raw', label: '未修约的平均值' },
  ],
  default: 'rounded',
};

export type FlexureRule = 'mean3' | 'mean2' | 'single' | 'none';
export type CompressionRule = 'mean6' | 'mean5' | 'void';
export type StrengthRule = FlexureRule | CompressionRule;

export const STRENGTH_RULE_NAME: Readonly<Record<StrengthRule, string>> = {
  mean3: '取三个值的平均值',
  mean2: '剔除一个，取其余两个的平均值',
  single: '剔除两个，取剩余一个值',
  none: '三个值均超出，无试验结果',
  mean6: '取六个值的平均值',
  mean5: '剔除一个，取其余五个的平均值',
  void: '该组结果作废',
};

/** A value outside ±10 % of the mean it was compared with. */
export interface Outlier {
  /** 1: mean of all; 2: mean of the five that were left. */
  round: 1 | 2;
  specimen: number;
  single_MPa: string;
  mean_MPa: string;
  /** (single − mean) / mean, to 0.1 %, for reading only. */
  deviation_percent: string;
  dropped: boolean;
}

export interface GroupStrength {
  rule: StrengthRule;
  outliers: Outlier[];
  result_MPa: string | null;
  trace: TraceStep[];
}

/** A single strength with its number among the specimens. */
interface Single {
  specimen: number;
  value: string;
}

interface Screening {
  outside: readonly Single[];
  outliers: Omit<Outlier, 'dropped'>[];
  trace: TraceStep[];
}

const DISPLAY_STEP = '0.0001';

function screen(singles: readonly Single[], what: StrengthKind, mode: OutlierMean, round: 1 | 2): Screening {
  const { label, symbol, clause } = FORMULAS[what];
  const count = new Exact(singles.length);
  const sum = sumOf(singles.map((single) => single.value));
  const rounded = roundRatio(sum, count, STRENGTH_STEP);
  // The mean as a fraction: either what was printed, or the quotient itself, which is never formed.
  const [top, bottom] = mode === 'rounded' ? [new Exact(rounded), new Exact(1)] : [sum, count];
  const mean = mode === 'rounded' ? rounded : roundRatio(top, bottom, DISPLAY_STEP);
  const threshold = mode === 'rounded' ? top.div(10).toFixed() : roundRatio(top, bottom.times(10), DISPLAY_STEP);
  const shown = mode === 'rounded' ? '' : '（显示至 0.0001，比较用精确值）';
  const which = round === 1 ? '' : `其余${singles.length}个`;
  const values = singles.map((single) => single.value);
  const trace: TraceStep[] = [
    {
      name: `${which}${label}平均值`,
      symbol: 'm',
      formula: `Σ${symbol} / ${singles.length}`,
      substituted: `(${values.join(' + ')}) / ${singles.length}`,
      value: mean,
      unit: 'MPa',
      rule: mode === 'rounded' ? '修约至 0.1 MPa，用于 ±10% 比较' : `不修约${shown}，用于 ±10% 比较`,
      clause,
    },
    {
      name: `${which}${label}平均值的 10%`,
      formula: '0.10 × m',
      substituted: `0.10 × ${mean}`,
      value: threshold,
      unit: 'MPa',
      rule: `界限值不修约${shown}`,
      clause,
    },
  ];
  const outside: Single[] = [];
  const outliers: Omit<Outlier, 'dropped'>[] = [];
  for (const single of singles) {
    const difference = bottom.times(single.value).minus(top);
    const isOutside = difference.abs().times(10).greaterThan(top);
    trace.push({
      name: `试体 ${single.specimen} ${label}与${which}平均值之差`,
      formula: `|${symbol}${single.specimen} − m|`,
      substituted: `|${single.value} − ${mean}|`,
      value: mode === 'rounded' ? difference.abs().toFixed() : roundRatio(difference.abs(), bottom, DISPLAY_STEP),
      unit: 'MPa',
      rule: `${isOutside ? '超出' : '未超出'}平均值的 ±10%${shown}`,
      clause,
    });
    if (!isOutside) continue;
    outside.push(single);
    outliers.push({
      round,
      specimen: single.specimen,
      single_MPa: single.value,
      mean_MPa: mean,
      deviation_percent: roundRatio(difference.times(100), top, STRENGTH_STEP),
    });
  }
  return { outside, outliers, trace };
}

export const outlierWords = ({ specimen, single_MPa, mean_MPa, deviation_percent }: Outlier): string => {
  const sign = deviation_percent.startsWith('-') ? '' : '+';
  return `试体 ${specimen}（${single_MPa} MPa，与平均值 ${mean_MPa} MPa 相差 ${sign}${deviation_percent}%）`;
};

function decision(
  what: StrengthKind,
  rule: StrengthRule,
  outliers: readonly Outlier[],
  kept: readonly Single[],
): { result: string | null; step: TraceStep } {
  const { label, clause } = FORMULAS[what];
  const why = outliers.length === 0 ? '均未超出平均值的 ±10%' : `超出：${outliers.map(outlierWords).join('、')}`;
  if (rule === 'none' || rule === 'void') {
    const step = { name: label, formula: '—', value: null, rule: `${why}；${STRENGTH_RULE_NAME[rule]}`, clause };
    return { result: null, step };
  }
  const values = kept.map((single) => single.value);
  const result = roundRatio(sumOf(values), new Exact(values.length), STRENGTH_STEP);
  const step: TraceStep = {
    name: label,
    formula: values.length === 1 ? '剩余值' : `Σ / ${values.length}`,
    substituted: values.length === 1 ? (values[0] ?? '') : `(${values.join(' + ')}) / ${values.length}`,
    value: result,
    unit: 'MPa',
    rule: `${why}；${STRENGTH_RULE_NAME[rule]}，修约至 0.1 MPa`,
    clause,
  };
  return { result, step };
}

const numbered = (singles: readonly string[]): Single[] =>
  singles.map((value, index) => ({ specimen: index + 1, value }));

/** Flexural strength of three prisms from single strengths to 0.1 MPa. */
export function flexuralStrength(values: readonly string[], mode: OutlierMean): GroupStrength {
  if (values.length !== 3) throw new RangeError('flexural strength needs three values');
  const singles = numbered(values);
  const first = screen(singles, 'flexure', mode, 1);
  const kept = singles.filter((single) => !first.outside.includes(single));
  const rules: readonly FlexureRule[] = ['mean3', 'mean2', 'single', 'none'];
  const rule = rules[first.outside.length] ?? 'none';
  const outliers = first.outliers.map((outlier) => ({ ...outlier, dropped: kept.length > 0 }));
  const { result, step } = decision('flexure', rule, outliers, kept);
  const trace = [...first.trace, step];
  return { rule, outliers, result_MPa: result, trace };
}

/** Compressive strength of six halves from single strengths to 0.1 MPa. */
export function compressiveStrength(values: readonly string[], mode: OutlierMean): GroupStrength {
  if (values.length !== 6) throw new RangeError('compressive strength needs six values');
  const singles = numbered(values);
  const first = screen(singles, 'compression', mode, 1);
  const count = first.outside.length;
  if (count !== 1) {
    const outliers = first.outliers.map((outlier) => ({ ...outlier, dropped: false }));
    const rule: CompressionRule = count === 0 ? 'mean6' : 'void';
    const { result, step } = decision('compression', rule, outliers, singles);
    const trace = [...first.trace, step];
    return { rule, outliers, result_MPa: result, trace };
  }
  const five = singles.filter((single) => !first.outside.includes(single));
  const second = screen(five, 'compression', mode, 2);
  const outliers = [
    ...first.outliers.map((outlier) => ({ ...outlier, dropped: true })),
    ...second.outliers.map((outlier) => ({ ...outlier, dropped: false })),
  ];
  const rule: CompressionRule = second.outside.length === 0 ? 'mean5' : 'void';
  const { result, step } = decision('compression', rule, outliers, five);
  const drop: TraceStep = {
    name: '剔除',
    formula: '—',
    value: first.outside[0]?.value ?? null,
    unit: 'MPa',
    rule: `剔除${outliers.slice(0, 1).map(outlierWords).join('')}，以其余五个的平均值再作比较`,
    clause: CLAUSE_COMPRESSION,
  };
  return {
    rule,
    outliers,
    result_MPa: result,
    trace: [...first.trace, drop, ...second.trace, step],
  };
}
