// Data of fired common bricks: GB/T 2542-2012 with the product standard GB/T 5101. The edition of 2017 has fk = f − 1.83 S
// and two figures per grade; the one of 2003 has 1.8 and a branch by the coefficient of variation, and its limits are not
// collected here. Nobody has seen the tables on paper yet, so all rows are drafts.
import type { Edition } from '../../method.ts';
import { gradeLimits, usualLoad } from '../grade.ts';
import type { GradeTable } from '../grade.ts';

export const TEST = 'GB/T 2542-2012';
export const CLAUSE_TEST = `${TEST} 抗压强度试验`;
export const SPECIMENS = 10;

export const CURRENT = 'GB/T 5101-2017';
export const OLD = 'GB/T 5101-2003';

export const BRICK_EDITIONS: readonly Edition[] = [
  {
    id: CURRENT,
    test: TEST,
    judgement: CURRENT,
    rounding: 'GB/T 8170-2008',
    title: '烧结普通砖',
    inForceFrom: '2018-11-01',
    inForceUntil: null,
  },
  {
    id: OLD,
    test: TEST,
    judgement: OLD,
    rounding: 'GB/T 8170-2008',
    title: '烧结普通砖（2003 版）',
    inForceFrom: '2013-09-01',
    inForceUntil: '2018-10-31',
  },
];

export interface CharacteristicRule {
  /** k in fk = f − k·S. */
  factor: string;
  /** Above this coefficient of variation fk is not used but the least single; null where the edition has no such branch. */
  maxVariation: string | null;
  /** Step of 单块最小值. */
  leastStep: string;
  clause: string;
}

export const CHARACTERISTIC: Readonly<Record<string, CharacteristicRule>> = {
  [CURRENT]: { factor: '1.83', maxVariation: null, leastStep: '0.01', clause: `${CURRENT} 强度标准值` },
  [OLD]: { factor: '1.8', maxVariation: '0.21', leastStep: '0.1', clause: `${OLD} 强度标准值` },
};

export const BRICK_GRADES: GradeTable = {
  standard: CURRENT,
  clause: '强度等级',
  second: '强度标准值',
  rows: [
    ['MU30', '30.0', '22.0'],
    ['MU25', '25.0', '18.0'],
    ['MU20', '20.0', '14.0'],
    ['MU15', '15.0', '10.0'],
    ['MU10', '10.0', '6.5'],
  ],
};

/** Two halves of a brick of 240×115 mm, laid on each other: about 115×115 mm are pressed. */
export const usualBrickLoad = (designGrade: string | undefined): string | null =>
  usualLoad(BRICK_GRADES, designGrade, '13225');

export const BRICK_LIMITS = [gradeLimits(BRICK_GRADES)];

/** Loading rate as the trade has it; not checked against the standard, so it warns and does not stop. */
export const RATE = { min_kN_s: '4', max_kN_s: '6' };
