// Data of JGJ/T 23-2011: rules for the readings, correction tables, strength curves. A provincial curve (DB standard) is
// one more entry of CURVES; nothing else changes. Nobody has compared these figures with the printed standard, so all of
// it is `draft` until the lab confirms it (policy TABLES).
import type { DataStatus, PolicyDeclaration } from '../../method.ts';
import { ANGLE_TABLE, FACE_TABLE } from './tables.ts';
import type { CorrectionTable } from './tables.ts';

export const STANDARD = 'JGJ/T 23-2011';
export const CLAUSE_READINGS = `${STANDARD} 回弹值测量`;
export const CLAUSE_MEAN = `${STANDARD} 回弹值计算`;
export const CLAUSE_CARBONATION = `${STANDARD} 碳化深度值测量`;
export const CLAUSE_HAMMER = `${STANDARD} 回弹仪率定`;
export const CLAUSE_AGE = `${STANDARD} 测强曲线适用龄期`;
export const CLAUSE_ESTIMATE = `${STANDARD} 混凝土强度推定`;
export const CLAUSE_BATCH = `${STANDARD} 批量检测`;
export const CLAUSE_ZONES = `${STANDARD} 测区布置`;
export const CLAUSE_TABLE_A = `${STANDARD} 附录 A`;
export const CLAUSE_PUMPED = `${STANDARD} 泵送混凝土测强曲线`;

/** Value of the hammer on the steel anvil (钢砧率定值): 80 ± 2. */
export const ANVIL = { nominal: '80', tolerance: '2' } as const;
/** Age that the curves hold for, days. */
export const AGE = { min: '14', max: '1000' } as const;
/** Single strengths are reckoned and shown inside this range; outside it only the words `<10.0`, `>60.0`. */
export const RANGE = { min_MPa: '10.0', max_MPa: '60.0' } as const;
/** Carbonation is measured in at least 30 % of the zones; spread above 2.0 mm asks for every zone. */
export const CARBONATION = { sharePercent: 30, maxSpread_mm: '2.0', step_mm: '0.5', readings: 3 } as const;
/** From this number of zones on the estimate is m − 1.645·S. */
export const STATISTICAL_ZONES = 10;
export const FACTOR_K = '1.645';
/** Fewest zones of a small member, and fewest members of a batch. */
export const FEWEST_ZONES = 5;
export const FEWEST_MEMBERS = 10;
/** A batch that scatters more is not one batch: every member is tested by itself. */
export const BATCH_SCATTER = [
  { mean: 'm < 25 MPa', below_MPa: '25', max_MPa: '4.5' },
  { mean: '25 MPa ≤ m ≤ 60 MPa', below_MPa: null, max_MPa: '5.5' },
] as const;

/** How a zone's mean rebound value is formed and corrected. */
export interface ReboundRules {
  readings: { count: number; dropLargest: number; dropSmallest: number };
  angleTable: CorrectionTable;
  faceTable: CorrectionTable;
  /** Deeper carbonation counts as this. */
  maxCarbonation_mm: string;
}

/** f = factor · Rm^exponent · 10^(carbonation · dm). */
export interface StrengthCurve extends ReboundRules {
  id: string;
  label: string;
  clause: string;
  status: DataStatus;
  factor: string;
  exponent: string;
  carbonation: string;
  min_MPa: string;
  max_MPa: string;
}

export const NATIONAL_RULES: ReboundRules = {
  readings: { count: 16, dropLargest: 3, dropSmallest: 3 },
  angleTable: ANGLE_TABLE,
  faceTable: FACE_TABLE,
  maxCarbonation_mm: '6.0',
};

export const NATIONAL_PUMPED: StrengthCurve = {
  ...NATIONAL_RULES,
  ...RANGE,
  id: 'national-pumped',
  label: '全国统一测强曲线（泵送混凝土）',
  clause: CLAUSE_PUMPED,
  status: 'draft',
  factor: '0.034488',
  exponent: '1.9400',
  carbonation: '-0.0173',
};

/** Curves for pumped concrete; the first is the usual one. */
export const CURVES: readonly [StrengthCurve, ...StrengthCurve[]] = [NATIONAL_PUMPED];

export const CURVE: PolicyDeclaration = {
  name: 'pumpedCurve',
  label: '泵送混凝土测强曲线',
  clause: CLAUSE_PUMPED,
  options: CURVES.map(({ id, label }) => ({ value: id, label })),
  default: CURVES[0].id,
};

export const TABLES: PolicyDeclaration = {
  name: `tables ${STANDARD}`,
  label: `${STANDARD} 附录 C、附录 D 的修正值和泵送曲线的常数`,
  clause: `${ANGLE_TABLE.clause}、${FACE_TABLE.clause}、${CLAUSE_PUMPED}`,
  options: [
    { value: 'draft', label: '未与标准原文核对：计算，并在每份记录中提示' },
    { value: 'confirmed', label: '本机构已与标准原文核对：不再提示' },
  ],
  default: 'draft',
};

export function curveOf(id: string | undefined): StrengthCurve {
  const found = CURVES.find((curve) => curve.id === id);
  if (found === undefined) throw new RangeError(`no curve ${String(id)}`);
  return found;
}
