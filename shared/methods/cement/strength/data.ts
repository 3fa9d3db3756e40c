// Data of GB/T 17671-2021 and GB 175 for cement mortar strength: clauses, ages, loading rates and the limits of both
// editions of the product standard. Nobody has seen the printed tables, so every row is a draft. GB 175-2007: the rows
// of P·O come from public pages, those of the other kinds and the 28 d values of R grades from memory.
import type { AgeTolerance, LimitRow, LimitTable, RateWindow } from '../../method.ts';
import { GB175_2007, GB175_2023, groupOf } from '../kinds.ts';
import type { Grade, Kind, KindGroup, ProductStandard } from '../kinds.ts';

export const TEST_STANDARD = 'GB/T 17671-2021';
export const CLAUSE_FLEXURE = `${TEST_STANDARD} 抗折强度的结果和表示`;
export const CLAUSE_COMPRESSION = `${TEST_STANDARD} 抗压强度的结果和表示`;
export const CLAUSE_LOADING = `${TEST_STANDARD} 加荷速度`;
export const CLAUSE_MACHINE = `${TEST_STANDARD} 抗压强度试验机`;
export const CLAUSE_AGE = `${TEST_STANDARD} 强度试验试体的龄期`;
export const CLAUSE_MIX = `${TEST_STANDARD} 胶砂的制备`;

export const FLEXURE = 'KZ';
export const COMPRESSION = 'KY';

export const AGES = ['3', '28'] as const;
export type Age = (typeof AGES)[number];

/** 24 h ± 15 min, 48 h ± 30 min, 72 h ± 45 min, 7 d ± 2 h, from 28 d on ± 8 h; the age counts from water contact. */
export const AGE_TOLERANCES: readonly AgeTolerance[] = [
  { days: 1, toleranceHours: 0.25, openEnded: false, clause: CLAUSE_AGE, status: 'draft' },
  { days: 2, toleranceHours: 0.5, openEnded: false, clause: CLAUSE_AGE, status: 'draft' },
  { days: 3, toleranceHours: 0.75, openEnded: false, clause: CLAUSE_AGE, status: 'draft' },
  { days: 7, toleranceHours: 2, openEnded: false, clause: CLAUSE_AGE, status: 'draft' },
  { days: 28, toleranceHours: 8, openEnded: true, clause: CLAUSE_AGE, status: 'draft' },
];

/** 50 ± 10 N/s. */
export const FLEXURE_RATE: RateWindow = { min_kN_s: '0.04', max_kN_s: '0.06', clause: CLAUSE_LOADING };
/** 2400 ± 200 N/s. */
export const COMPRESSION_RATE: RateWindow = { min_kN_s: '2.2', max_kN_s: '2.6', clause: CLAUSE_LOADING };

type GradeLimits = readonly [grade: Grade, c3: string, c28: string, f3: string, f28: string];

function rowsOf(lines: readonly GradeLimits[], prefix: string): LimitRow[] {
  const row = (parameterCode: string, grade: Grade, age: Age, min: string): LimitRow => ({
    parameterCode,
    appliesTo: `${prefix}${grade} ${age}d`,
    min,
    unit: 'MPa',
    compareMode: 'full-value',
  });
  return lines.flatMap(([grade, c3, c28, f3, f28]) => [
    row(COMPRESSION, grade, '3', c3),
    row(COMPRESSION, grade, '28', c28),
    row(FLEXURE, grade, '3', f3),
    row(FLEXURE, grade, '28', f28),
  ]);
}

/** Since 2023 a grade has the same limits whatever the kind. */
const LIMITS_2023: readonly GradeLimits[] = [
  ['32.5', '12.0', '32.5', '3.0', '5.5'],
  ['32.5R', '17.0', '32.5', '4.0', '5.5'],
  ['42.5', '17.0', '42.5', '4.0', '6.5'],
  ['42.5R', '22.0', '42.5', '4.5', '6.5'],
  ['52.5', '22.0', '52.5', '4.5', '7.0'],
  ['52.5R', '27.0', '52.5', '5.0', '7.0'],
  ['62.5', '27.0', '62.5', '5.0', '8.0'],
  ['62.5R', '32.0', '62.5', '5.5', '8.0'],
];

const LIMITS_2007: Readonly<Record<KindGroup, readonly GradeLimits[]>> = {
  硅酸盐水泥: [
    ['42.5', '17.0', '42.5', '3.5', '6.5'],
    ['42.5R', '22.0', '42.5', '4.0', '6.5'],
    ['52.5', '23.0', '52.5', '4.0', '7.0'],
    ['52.5R', '27.0', '52.5', '5.0', '7.0'],
    ['62.5', '28.0', '62.5', '5.0', '8.0'],
    ['62.5R', '32.0', '62.5', '5.5', '8.0'],
  ],
  普通硅酸盐水泥: [
    ['42.5', '17.0', '42.5', '3.5', '6.5'],
    ['42.5R', '22.0', '42.5', '4.0', '6.5'],
    ['52.5', '23.0', '52.5', '4.0', '7.0'],
    ['52.5R', '27.0', '52.5', '5.0', '7.0'],
  ],
  掺混合材料的硅酸盐水泥: [
    ['32.5', '10.0', '32.5', '2.5', '5.5'],
    ['32.5R', '15.0', '32.5', '3.5', '5.5'],
    ['42.5', '15.0', '42.5', '3.5', '6.5'],
    ['42.5R', '19.0', '42.5', '4.0', '6.5'],
    ['52.5', '21.0', '52.5', '4.0', '7.0'],
    ['52.5R', '23.0', '52.5', '4.5', '7.0'],
  ],
};

export const STRENGTH_LIMITS: readonly LimitTable[] = [
  {
    standard: GB175_2023,
    clause: '7.4.3 强度',
    title: '通用硅酸盐水泥不同龄期强度',
    status: 'draft',
    rows: rowsOf(LIMITS_2023, ''),
  },
  {
    standard: GB175_2007,
    clause: '7.3.3 强度',
    title: '通用硅酸盐水泥不同龄期强度',
    status: 'draft',
    rows: Object.entries(LIMITS_2007).flatMap(([group, lines]) => rowsOf(lines, `${group} `)),
  },
];

/** Key of a limit row: by grade since 2023, by kind and grade before. */
export function limitKey(standard: ProductStandard, kind: Kind | undefined, grade: Grade, age: Age): string {
  if (standard === GB175_2023) return `${grade} ${age}d`;
  return `${kind === undefined ? '' : groupOf(kind)} ${grade} ${age}d`;
}
