// Coefficients of GB/T 50107-2010. They stand as a draft: seen on other people's pages, by nobody on the paper, so the
// evaluation gives figures and comparisons but no verdict until the lab confirms them.
import type { LimitRow, LimitTable } from '../../method.ts';

export const STANDARD = 'GB/T 50107-2010';
export const CLAUSE_KNOWN = `${STANDARD} 5.1.2`;
export const CLAUSE_UNKNOWN = `${STANDARD} 5.1.3`;
export const CLAUSE_NON_STATISTICAL = `${STANDARD} 5.2.2`;
export const CLAUSE_BATCH = `${STANDARD} 4.1`;

/** Groups of one batch when the deviation is known. */
export const KNOWN_SIGMA_GROUPS = 3;
/** From this many groups on the batch is evaluated by statistics. */
export const STATISTICAL_GROUPS = 10;
/** The period before: groups and days that a known deviation rests on. */
export const SIGMA0_GROUPS = 45;
export const SIGMA0_LEAST_DAYS = 60;
export const SIGMA0_MOST_DAYS = 90;

/** Written digits of the deviation. */
export const DEVIATION_STEP = '0.01';

const row = (parameterCode: string, appliesTo: string, min: string, unit: string): LimitRow => ({
  parameterCode,
  appliesTo,
  min,
  unit,
  compareMode: 'full-value',
});

export const LIMITS: readonly LimitTable[] = [
  {
    standard: STANDARD,
    clause: '5.1.2',
    title: '标准差已知方案',
    status: 'draft',
    rows: [
      row('σ0 系数', '标准差已知', '0.7', '× σ_{0}'),
      row('σ0 下限', '标准差已知', '2.5', 'MPa'),
      row('最小值系数', '≤C20', '0.85', '× f_{cu,k}'),
      row('最小值系数', '>C20', '0.90', '× f_{cu,k}'),
    ],
  },
  {
    standard: STANDARD,
    clause: '5.1.3',
    title: '标准差未知方案',
    status: 'draft',
    rows: [
      row('S 下限', '标准差未知', '2.5', 'MPa'),
      row('λ1', '10～14', '1.15', '× S'),
      row('λ1', '15～19', '1.05', '× S'),
      row('λ1', '≥20', '0.95', '× S'),
      row('λ2', '10～14', '0.90', '× f_{cu,k}'),
      row('λ2', '15～19', '0.85', '× f_{cu,k}'),
      row('λ2', '≥20', '0.85', '× f_{cu,k}'),
    ],
  },
  {
    standard: STANDARD,
    clause: '5.2.2',
    title: '非统计方法',
    status: 'draft',
    rows: [
      row('λ3', '<C60', '1.15', '× f_{cu,k}'),
      row('λ3', '≥C60', '1.10', '× f_{cu,k}'),
      row('λ4', '<C60', '0.95', '× f_{cu,k}'),
      row('λ4', '≥C60', '0.95', '× f_{cu,k}'),
    ],
  },
];

/** A coefficient of the tables above. */
export function coefficient(parameterCode: string, appliesTo: string): string {
  for (const { rows } of LIMITS) {
    const found = rows.find((item) => item.parameterCode === parameterCode && item.appliesTo === appliesTo);
    if (found?.min !== undefined) return found.min;
  }
  throw new RangeError(`no coefficient ${parameterCode} for ${appliesTo}`);
}

/** Which row of λ1 and λ2 a number of groups belongs to. */
export function sizeClass(n: number): string {
  if (n < 15) return '10～14';
  return n < 20 ? '15～19' : '≥20';
}
