// Data of concrete small blocks: GB/T 4111-2013 with GB/T 8239-2014. Nobody has seen the table on paper yet, so all rows are
// drafts; grades that are not in it are refused.
import type { Edition } from '../../method.ts';
import { gradeLimits, usualLoad } from '../grade.ts';
import type { GradeTable } from '../grade.ts';

export const TEST = 'GB/T 4111-2013';
export const CLAUSE_TEST = `${TEST} 抗压强度试验`;
export const PRODUCT = 'GB/T 8239-2014';
export const SPECIMENS = 5;

export const BLOCK_EDITION: Edition = {
  id: PRODUCT,
  test: TEST,
  judgement: PRODUCT,
  rounding: 'GB/T 8170-2008',
  title: '普通混凝土小型砌块',
  inForceFrom: '2014-12-01',
  inForceUntil: null,
};

export const BLOCK_GRADES: GradeTable = {
  standard: PRODUCT,
  clause: '强度等级',
  second: '单块最小值',
  rows: [
    ['MU20', '20.0', '16.0'],
    ['MU15', '15.0', '12.0'],
    ['MU10', '10.0', '8.0'],
    ['MU7.5', '7.5', '6.0'],
  ],
};

/** A block of 390×190 mm, which nearly all are. */
export const usualBlockLoad = (designGrade: string | undefined): string | null =>
  usualLoad(BLOCK_GRADES, designGrade, '74100');

export const BLOCK_LIMITS = [gradeLimits(BLOCK_GRADES)];
