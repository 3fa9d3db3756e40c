// The peak of the compaction curve: maximum dry density and optimum moisture. GB/T 50123-2019 draws the curve by hand;
// which fit stands for the drawn line is a setting of the lab, and the record says which it was. A curve that does not
// rise and fall inside the measured moistures has no peak, and then there is no number.
import { Exact, roundRatio } from '../../foundation/decimal.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import type { PolicyDeclaration } from '../../method.ts';
import { CLAUSE_COMPACTION, DENSITY_STEP, DENSITY_UNIT, MOISTURE_STEP } from '../data.ts';
import { fitPolynomial, maximaBetween, numeratorAt } from './polynomial.ts';
import type { Polynomial } from './polynomial.ts';

export type CurveFitting = 'parabola-top-3' | 'cubic-least-squares' | 'quartic-least-squares';

export const CURVE_FITTING: PolicyDeclaration = {
  name: 'curveFitting',
  label: '击实曲线的拟合方法',
  clause: CLAUSE_COMPACTION,
  options: [
    { value: 'parabola-top-3', label: '过干密度最大三点的抛物线' },
    { value: 'cubic-least-squares', label: '全部测点的三次多项式（最小二乘）' },
    { value: 'quartic-least-squares', label: '全部测点的四次多项式（最小二乘）' },
  ],
  default: 'parabola-top-3',
};

export const FITTING_NAME: Readonly<Record<CurveFitting, string>> = {
  'parabola-top-3': '过干密度最大三点的抛物线',
  'cubic-least-squares': '三次多项式最小二乘拟合',
  'quartic-least-squares': '四次多项式最小二乘拟合',
};

/** A point of the curve as printed: moisture to 0.1 %, dry density to 0.01 g/cm³. */
export interface CurvePoint {
  moisture: string;
  density: string;
}

export type NoPeak = 'same-moisture' | 'one-sided' | 'no-maximum';

export interface CurvePeak {
  /** Null where the points have no peak. */
  optimumMoisture: string | null;
  maxDryDensity: string | null;
  reason: NoPeak | null;
  /** Numbers (from 0) of the points the line was fitted to. */
  used: number[];
  /** ρd = Σ aᵢ·wⁱ, a₀ first, for drawing; rounded to twelve digits. */
  coefficients: string[];
  /** More than one maximum inside the measured moistures. */
  severalPeaks: boolean;
  trace: TraceStep[];
}

const REASON: Readonly<Record<NoPeak, string>> = {
  'same-moisture': '有测点的含水率相同，不能绘制曲线',
  'one-sided': '最大干密度出现在最干或最湿的测点，曲线没有峰值',
  'no-maximum': '拟合曲线在测点含水率范围内没有峰值',
};

/** The three highest points. Of equal ones, those nearest in moisture to the highest, then the drier. */
function threeHighest(points: readonly CurvePoint[]): number[] {
  const densities = points.map(({ density }) => new Exact(density));
  const highest = Exact.max(...densities);
  const at = points.filter((_, index) => densities[index]?.equals(highest)).map(({ moisture }) => new Exact(moisture));
  const centre = at.reduce((sum, moisture) => sum.plus(moisture), new Exact(0));
  // |count·w − Σw|: as near to the mean of the highest, without dividing.
  const distance = (index: number): Exact =>
    new Exact(points[index]?.moisture ?? '').times(at.length).minus(centre).abs();
  return points
    .map((_, index) => index)
    .sort(
      (a, b) =>
        (densities[b] ?? highest).comparedTo(densities[a] ?? highest) ||
        distance(a).comparedTo(distance(b)) ||
        new Exact(points[a]?.moisture ?? '').comparedTo(points[b]?.moisture ?? ''),
    )
    .slice(0, 3)
    .sort((a, b) => a - b);
}

interface Place {
  moisture: string;
  density: string;
}

/** Vertex of a parabola, exact: −b/2a and (4ac − b²)/4a over the common denominator. */
function vertex({ coefficients, over }: Polynomial, from: Exact, to: Exact): Place | null {
  const [c, b, a] = coefficients;
  if (c === undefined || b === undefined || a === undefined || !a.isNegative() || a.isZero()) return null;
  const [n, d] = [b, a.times(-2)];
  if (n.lessThan(from.times(d)) || n.greaterThan(to.times(d))) return null;
  return {
    moisture: roundRatio(n, d, MOISTURE_STEP),
    density: roundRatio(a.times(c).times(4).minus(b.pow(2)), a.times(4).times(over), DENSITY_STEP),
  };
}

/** A height at a place known to 10⁻⁵⁰ is known far beyond this; within 10⁻⁴⁰ of a tie it is the tie. */
const settled = (value: Exact): Exact => value.toDecimalPlaces(40);

/** Highest maximum inside the measured moistures, unless the line stands higher at one of their ends. */
function highestMaximum(line: Polynomial, maxima: readonly Exact[], from: Exact, to: Exact): Place | null {
  const height = (place: Exact): Exact => numeratorAt(line.coefficients, place);
  const [first, ...others] = maxima;
  if (first === undefined) return null;
  const best = others.reduce((top, place) => (height(place).greaterThan(height(top)) ? place : top), first);
  if ([from, to].some((end) => height(end).greaterThanOrEqualTo(height(best)))) return null;
  const one = new Exact(1);
  return {
    // A tie between two tenths is a finite decimal, and the search meets those exactly.
    moisture: roundRatio(best, one, MOISTURE_STEP),
    density: roundRatio(settled(height(best).div(line.over)), one, DENSITY_STEP),
  };
}

const shown = (value: Exact): string => value.toSignificantDigits(12).toFixed();

function curveTrace(
  points: readonly CurvePoint[],
  used: readonly number[],
  coefficients: readonly string[],
  fitting: CurveFitting,
): TraceStep {
  return {
    name: '击实曲线',
    formula: coefficients.map((_, power) => (power === 0 ? 'a0' : `a${power}·w^${power}`)).join(' + '),
    substituted: coefficients.map((value, power) => `a${power} = ${value}`).join('，'),
    value: FITTING_NAME[fitting],
    rule: `由测点 ${used.map((index) => `${index + 1}（${points[index]?.moisture}，${points[index]?.density}）`).join('、')} 确定，系数列出 12 位有效数字，求峰值时用精确值`,
    clause: CLAUSE_COMPACTION,
  };
}

function peakTrace({ moisture, density }: { moisture: string | null; density: string | null }, rule: string) {
  const common = { formula: '曲线峰值', clause: CLAUSE_COMPACTION };
  return [
    {
      ...common,
      name: '最大干密度',
      symbol: 'ρdmax',
      value: density,
      unit: DENSITY_UNIT,
      rule: `${rule}，修约至 ${DENSITY_STEP}`,
    },
    {
      ...common,
      name: '最优含水率',
      symbol: 'wopt',
      value: moisture,
      unit: '%',
      rule: `${rule}，修约至 ${MOISTURE_STEP}`,
    },
  ].map((step): TraceStep => (step.value === null ? { ...step, rule } : step));
}

/** Peak of at least five points (moisture to 0.1 %, dry density to 0.01) under the chosen fit. */
export function compactionPeak(points: readonly CurvePoint[], fitting: CurveFitting): CurvePeak {
  const none = (reason: NoPeak, more: Partial<CurvePeak> = {}): CurvePeak => ({
    optimumMoisture: null,
    maxDryDensity: null,
    reason,
    used: [],
    coefficients: [],
    severalPeaks: false,
    ...more,
    trace: [...(more.trace ?? []), ...peakTrace({ moisture: null, density: null }, REASON[reason])],
  });
  const plotted = points.map(({ moisture, density }) => ({ x: new Exact(moisture), y: new Exact(density) }));
  const sorted = plotted.toSorted((a, b) => a.x.comparedTo(b.x));
  if (sorted.some(({ x }, index) => sorted[index + 1]?.x.equals(x))) return none('same-moisture');
  const [driest, wettest] = [sorted[0], sorted.at(-1)];
  if (points.length < 5 || driest === undefined || wettest === undefined) {
    throw new RangeError('a compaction curve needs five points');
  }
  const highest = Exact.max(...plotted.map(({ y }) => y));
  if (driest.y.equals(highest) || wettest.y.equals(highest)) return none('one-sided');

  const parabola = fitting === 'parabola-top-3';
  const used = parabola ? threeHighest(points) : points.map((_, index) => index);
  const fitted = plotted.filter((_, index) => used.includes(index));
  const line = fitPolynomial(
    fitted,
    { 'parabola-top-3': 2, 'cubic-least-squares': 3, 'quartic-least-squares': 4 }[fitting],
  );
  const coefficients = line.coefficients.map((coefficient) => shown(coefficient.div(line.over)));
  const [from, to] = [Exact.min(...fitted.map(({ x }) => x)), Exact.max(...fitted.map(({ x }) => x))];
  const maxima = parabola ? [] : maximaBetween(line, from, to);
  const place = parabola ? vertex(line, from, to) : highestMaximum(line, maxima, from, to);
  const trace = [curveTrace(points, used, coefficients, fitting)];
  if (place === null) return none('no-maximum', { used, coefficients, trace });
  return {
    optimumMoisture: place.moisture,
    maxDryDensity: place.density,
    reason: null,
    used,
    coefficients,
    severalPeaks: maxima.length > 1,
    trace: [...trace, ...peakTrace(place, FITTING_NAME[fitting])],
  };
}

export const noPeakWords = (reason: NoPeak): string => REASON[reason];
