// From load to stress and back. Both formulas are load times a ratio; the ratio (0.637/A, l/bh²) does not always end as
// a decimal, so it is kept as two numbers, strengths are rounded once and rates are compared by cross-multiplication.
import { Exact, refusal, roundRatio } from '../../foundation/decimal.ts';
import { loadingRateRow } from '../../foundation/loadingRate.ts';
import type { PlausibilityStop, RateWindow } from '../../method.ts';
import { strengthOf } from '../grade.ts';
import { BEAMS, SPLITTING_COEFFICIENT, tensionRates } from './data.ts';
import type { BeamSizeName, TensionKind } from './data.ts';

/** MPa per kN is numerator / denominator. */
export interface StressRatio {
  numerator: Exact;
  denominator: Exact;
  formula: string;
  /** The formula with a load in kN put in. */
  substituted(load: string): string;
}

export function splittingRatio(area_mm2: string): StressRatio {
  return {
    numerator: new Exact(SPLITTING_COEFFICIENT).times(1000),
    denominator: new Exact(area_mm2),
    formula: `${SPLITTING_COEFFICIENT} × F / A`,
    substituted: (load) => `${SPLITTING_COEFFICIENT} × ${load} × 1000 / ${area_mm2}`,
  };
}

export function flexuralRatio(size: BeamSizeName): StressRatio {
  const { span_mm: l, width_mm: b, height_mm: h } = BEAMS[size];
  return {
    numerator: new Exact(l).times(1000),
    denominator: new Exact(b).times(new Exact(h).pow(2)),
    formula: 'F × l / (b × h²)',
    substituted: (load) => `${load} × 1000 × ${l} / (${b} × ${h}²)`,
  };
}

/** Strength of one specimen to the step of the test. */
export function stressOf(load_kN: string, ratio: StressRatio, step: string): string {
  return roundRatio(new Exact(load_kN).times(ratio.numerator), ratio.denominator, step);
}

const NEXT = '请核对荷载的单位（应为 kN）和公称尺寸。';

/** Single strengths; a load that gives no possible strength is refused. */
export function singleStresses(loads: readonly string[], ratio: StressRatio, kind: TensionKind): string[] {
  return loads.map((load, index) => {
    const single = stressOf(load, ratio, kind.step);
    const value = new Exact(single);
    if (!value.isZero() && value.lessThanOrEqualTo(kind.maxStrength_MPa)) return single;
    const found = `试件 ${index + 1} 由荷载 ${load} kN 算得的${kind.name} ${single} MPa`;
    const why = value.isZero() ? '不是有效读数' : `超过混凝土可能的强度 ${kind.maxStrength_MPa} MPa`;
    throw refusal('METHOD_OUT_OF_RANGE', `${found}，${why}。`, `loads_kN.${index}`, kind.clause, NEXT);
  });
}

/** What a usual specimen of the grade reaches, kN: the middle of the possible share of its compressive strength. */
export function usualLoad(
  designGrade: string | undefined,
  ratio: StressRatio | null,
  kind: TensionKind,
): string | null {
  if (designGrade === undefined || ratio === null) return null;
  const strength = new Exact(strengthOf(designGrade)).times(ratio.denominator);
  return roundRatio(strength, ratio.numerator.times(kind.share.usual), '0.1');
}

/** The window in kN/s for screen and machine, to 0.001 kN/s; null without a grade. */
export function tensionRateWindow(
  designGrade: string | undefined,
  ratio: StressRatio | null,
  kind: TensionKind,
): RateWindow | null {
  if (designGrade === undefined || ratio === null) return null;
  const row = loadingRateRow(tensionRates(kind.loadingClause), strengthOf(designGrade));
  const shown = (rate: string): string =>
    roundRatio(new Exact(rate).times(ratio.denominator), ratio.numerator, '0.001');
  return { min_kN_s: shown(row.min_MPa_s), max_kN_s: shown(row.max_MPa_s), clause: row.clause };
}

/** Mean loading rates outside the class of the design grade. The exact window decides, not the one that is shown. */
export function tensionRateStops(
  rates: readonly string[] | undefined,
  designGrade: string | undefined,
  ratio: StressRatio,
  kind: TensionKind,
): PlausibilityStop[] {
  if (rates === undefined || designGrade === undefined) return [];
  const row = loadingRateRow(tensionRates(kind.loadingClause), strengthOf(designGrade));
  const window = tensionRateWindow(designGrade, ratio, kind);
  return rates.flatMap((rate, index): PlausibilityStop[] => {
    const stress = new Exact(rate).times(ratio.numerator);
    const least = ratio.denominator.times(row.min_MPa_s);
    const most = ratio.denominator.times(row.max_MPa_s);
    if (stress.greaterThanOrEqualTo(least) && stress.lessThanOrEqualTo(most)) return [];
    return [
      {
        code: 'STOP_LOADING_RATE',
        message: `试件 ${index + 1} 加荷速度 ${rate} kN/s，不在 ${designGrade} 的 ${row.min_MPa_s}～${row.max_MPa_s} MPa/s（约 ${window?.min_kN_s}～${window?.max_kN_s} kN/s）之内。`,
        meaning: '加荷速度不符合标准会使强度偏高或偏低。',
        next: '请查看曲线和设备，说明原因并由第二人确认后继续；必要时作废本次采集，另取试件重做。',
        field: `loadingRates_kN_s.${index}`,
        clause: row.clause,
      },
    ];
  });
}
