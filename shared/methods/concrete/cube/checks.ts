// What surrounds the arithmetic of a cube group: which size factor may be used, whether the specimen's size allows the
// nominal area, and the warnings a technician and a supervisor must see. What is uncertain is refused or warned of.
import { Exact, refusal } from '../../foundation/decimal.ts';
import { loadingRateRow, loadingRateWindow } from '../../foundation/loadingRate.ts';
import type { MethodWarning, RateWindow } from '../../method.ts';
import { strengthOf } from '../grade.ts';
import {
  CLAUSE_EVALUATION_FACTOR,
  CLAUSE_LOADING,
  CLAUSE_RESULT,
  CLAUSE_SIZE,
  HIGH_STRENGTH,
  LOADING_RATES,
  SIZE_FACTOR,
  TESTED_FACTOR_ABOVE,
} from './data.ts';
import type { Side } from './data.ts';
import { areaOf } from './singles.ts';

export interface SizeFactor {
  value: string;
  basis: string;
  warnings: MethodWarning[];
}

const TESTED_NEXT = '请先做对比试验，并录入换算系数及其依据；或改用 150 mm 标准试件。';

/** The size factor for a side and a grade. Where the standard wants a tested factor, none is guessed. */
export function sizeFactorFor(
  side: Side,
  designGrade: string | undefined,
  tested: { value: string; evidence: string } | undefined,
): SizeFactor {
  if (side === '150') {
    if (tested !== undefined && !new Exact(tested.value).equals(1)) {
      const message = `150 mm 为标准试件，换算系数为 1.00，不能使用 ${tested.value}。`;
      const next = '请核对公称边长或删去换算系数。';
      throw refusal('METHOD_SIZE_FACTOR_MISMATCH', message, 'testedSizeFactor', CLAUSE_RESULT, next);
    }
    return { value: SIZE_FACTOR['150'], basis: '150 mm 标准试件', warnings: [] };
  }
  if (tested !== undefined) return { value: tested.value, basis: `对比试验：${tested.evidence}`, warnings: [] };
  if (designGrade === undefined) {
    const message = `缺少设计强度等级，无法确定 ${side} mm 非标准试件的尺寸换算系数。`;
    const next = '请补充设计强度等级，或录入经试验确定的换算系数。';
    throw refusal('METHOD_MISSING', message, 'designGrade', CLAUSE_RESULT, next);
  }
  const grade = Number(strengthOf(designGrade));
  const table: SizeFactor = { value: SIZE_FACTOR[side], basis: `${side} mm 非标准试件，标准表列值`, warnings: [] };
  if (grade < HIGH_STRENGTH) return table;
  if (side === '200' || grade > TESTED_FACTOR_ABOVE) {
    const message = `${designGrade} 的 ${side} mm 非标准试件没有表列换算系数，应由试验确定。`;
    throw refusal('METHOD_SIZE_FACTOR_UNKNOWN', message, 'testedSizeFactor', CLAUSE_RESULT, TESTED_NEXT);
  }
  table.warnings.push({
    code: 'CONCRETE_HIGH_STRENGTH_FACTOR',
    message: `${designGrade} 采用 100 mm 非标准试件，换算系数按 0.95 计。`,
    meaning: '高强混凝土宜用 150 mm 标准试件；用于强度检验评定时，换算系数应由试验确定（不少于 30 对）。',
    next: '如委托方用于检验评定，请录入经试验确定的换算系数。',
    field: 'designGrade',
    clause: CLAUSE_EVALUATION_FACTOR,
  });
  return table;
}

/** A tested factor needs its evidence, and evidence a factor. */
export function testedFactorOf(
  value: string | undefined,
  evidence: string | undefined,
): { value: string; evidence: string } | undefined {
  if (value === undefined && evidence === undefined) return undefined;
  if (value !== undefined && evidence !== undefined) return { value, evidence };
  const [field, message] =
    value === undefined
      ? ['testedSizeFactor', '写了换算系数的试验依据，但缺少换算系数。']
      : ['sizeFactorEvidence', '请写明尺寸换算系数的试验依据（报告编号）。'];
  throw refusal('METHOD_MISSING', message, field, CLAUSE_RESULT, TESTED_NEXT);
}

/** The nominal area may be used only when every measured side is within 1 mm of the nominal one. */
export function checkMeasuredSides(side: Side, measured: readonly (readonly string[])[] | undefined): void {
  for (const [specimen, sides] of (measured ?? []).entries()) {
    for (const [index, value] of sides.entries()) {
      if (new Exact(value).minus(side).abs().lessThanOrEqualTo(1)) continue;
      throw refusal(
        'METHOD_SIZE_TOLERANCE',
        `试件 ${specimen + 1} 实测边长 ${value} mm，与公称边长 ${side} mm 相差超过 1 mm。`,
        `measuredSides_mm.${specimen}.${index}`,
        CLAUSE_SIZE,
        '请复测边长；确实超差的试件不能按公称面积计算，应由技术负责人处理。',
      );
    }
  }
}

/** Window of the loading rate for a design grade and a side; null without a grade. */
export function cubeRateWindow(designGrade: string | undefined, side: string | undefined): RateWindow | null {
  if (designGrade === undefined || side === undefined) return null;
  const window = loadingRateWindow(LOADING_RATES, strengthOf(designGrade), areaOf(side));
  return { min_kN_s: window.min_kN_s, max_kN_s: window.max_kN_s, clause: window.clause };
}

/** The measured strength belongs to another class of loading rates than the design grade. */
export function loadingClassWarnings(designGrade: string | undefined, singles: readonly string[]): MethodWarning[] {
  if (designGrade === undefined) return [];
  const row = loadingRateRow(LOADING_RATES, strengthOf(designGrade));
  const elsewhere = singles.filter((single) => loadingRateRow(LOADING_RATES, single) !== row);
  if (elsewhere.length === 0) return [];
  return [
    {
      code: 'CONCRETE_LOADING_CLASS',
      message: `实测强度 ${elsewhere.join('、')} MPa 与设计强度等级 ${designGrade} 不在同一加荷速度档。`,
      meaning: `试验按 ${designGrade} 的加荷速度 ${row.min_MPa_s}～${row.max_MPa_s} MPa/s 设定。`,
      next: '请核对设计强度等级，并在原始记录中说明。',
      clause: CLAUSE_LOADING,
    },
  ];
}
