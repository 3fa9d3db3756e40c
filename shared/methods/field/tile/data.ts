// Data of JGJ/T 110-2017 (and JGJ 110-2008 for old work) for the bond strength of facing tiles. The limits are `draft`:
// nobody has compared them with the printed standards.
import type { Edition, LimitRow, LimitTable, RetestRule } from '../../method.ts';

export const STANDARD = 'JGJ/T 110-2017';
export const STANDARD_2008 = 'JGJ 110-2008';
export const SUBJECT_STRENGTH = '粘结强度计算';
export const SUBJECT_RULE = '粘结强度检验评定';
export const SUBJECT_STATE = '附录A 断开状态';

export const STRENGTH_STEP = '0.1';
export const GROUP_SIZE = 3;
export const RETEST_GROUPS = 2;

export const CONSTRUCTIONS = ['现场粘贴', '带饰面砖的预制构件'] as const;
export type Construction = (typeof CONSTRUCTIONS)[number];

/** Keys of the two limit rows of a construction. */
export const meanRow = (construction: Construction): string => `${construction} 平均值`;
export const leastRow = (construction: Construction): string => `${construction} 单个最小值`;

const row = (appliesTo: string, min: string): LimitRow => ({
  parameterCode: 'NJ',
  appliesTo,
  min,
  unit: 'MPa',
  compareMode: 'rounded-value',
  step: STRENGTH_STEP,
});

const table = (standard: string): LimitTable => ({
  standard,
  clause: SUBJECT_RULE,
  title: '饰面砖粘结强度',
  status: 'draft',
  rows: [
    row(meanRow('现场粘贴'), '0.4'),
    row(leastRow('现场粘贴'), '0.3'),
    row(meanRow('带饰面砖的预制构件'), '0.6'),
    row(leastRow('带饰面砖的预制构件'), '0.4'),
  ],
});

export const TILE_LIMITS: readonly LimitTable[] = [table(STANDARD), table(STANDARD_2008)];

export const TILE_EDITIONS: readonly Edition[] = [
  {
    id: STANDARD,
    test: STANDARD,
    judgement: STANDARD,
    rounding: 'GB/T 8170-2008',
    title: '建筑工程饰面砖粘结强度检验标准',
    inForceFrom: '2017-11-01',
    inForceUntil: null,
  },
  {
    id: STANDARD_2008,
    test: STANDARD_2008,
    judgement: STANDARD_2008,
    rounding: 'GB/T 8170-2008',
    title: '建筑工程饰面砖粘结强度检验标准',
    inForceFrom: '2008-08-01',
    inForceUntil: '2017-10-31',
  },
];

export const TILE_RETESTS: readonly RetestRule[] = [
  {
    allowed: true,
    clause: `${STANDARD} ${SUBJECT_RULE}`,
    says: '只符合一项指标的，在原取样区域内重新抽取 2 组试样检验，仍有一组不符合即为不合格；两项均不符合的为不合格。',
  },
];
