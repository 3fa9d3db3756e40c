// Data of GB/T 1346 and GB 175 for consistency, setting time and soundness. The 5.0 mm of the Le Chatelier test is a
// rule of GB/T 1346, the setting times are limits of GB 175. Nobody has seen the printed standards: every row is a
// draft, and the rows of GB/T 1346-2024 repeat the 2011 text until somebody has compared the two.
import type { LimitRow, LimitTable, RetestRule } from '../../method.ts';
import { GB175_2007, GB175_2023, groupOf } from '../kinds.ts';
import type { Kind } from '../kinds.ts';

export const TEST_2024 = 'GB/T 1346-2024';
export const TEST_2011 = 'GB/T 1346-2011';

export const WATER = 'CD';
export const SETTING = 'NJ';
export const SOUNDNESS = 'AD';

export const CLAUSE_WATER = 'GB/T 1346 标准稠度用水量的测定（标准法）';
export const CLAUSE_SETTING = 'GB/T 1346 凝结时间的测定';
export const CLAUSE_SOUNDNESS = 'GB/T 1346 安定性的测定（雷氏法）';

/** Cement of one paste, g. */
export const CEMENT_G = '500';
/** Distance of the plunger from the base plate at standard consistency: 6 ± 1 mm. */
export const PLUNGER = { min: '5', max: '7' } as const;
/** Distance of the needle from the base plate at initial set: 4 ± 1 mm. */
export const NEEDLE = { min: '3', max: '5' } as const;
/** Largest interval between readings near the initial and the final set, min. */
export const INTERVALS = { initial: '5', final: '15' } as const;

export const INITIAL_KEY = '初凝';
export const SOUNDNESS_KEY = '雷氏法';
/** P·Ⅰ and P·Ⅱ must have set by 390 min, all others by 600 min. */
export const finalKey = (kind: Kind): string => (groupOf(kind) === '硅酸盐水泥' ? '终凝 硅酸盐水泥' : '终凝 其他品种');

const minutes = { parameterCode: SETTING, unit: 'min', compareMode: 'full-value' } as const;
const SETTING_ROWS: readonly LimitRow[] = [
  { ...minutes, appliesTo: INITIAL_KEY, min: '45' },
  { ...minutes, appliesTo: '终凝 硅酸盐水泥', max: '390' },
  { ...minutes, appliesTo: '终凝 其他品种', max: '600' },
];
const SOUNDNESS_ROWS: readonly LimitRow[] = [
  { parameterCode: SOUNDNESS, appliesTo: SOUNDNESS_KEY, max: '5.0', unit: 'mm', compareMode: 'full-value' },
];

const draft = (standard: string, clause: string, title: string, rows: readonly LimitRow[]): LimitTable => ({
  standard,
  clause,
  title,
  status: 'draft',
  rows,
});

export const CONSISTENCY_LIMITS: readonly LimitTable[] = [
  draft(GB175_2023, '7.4.1 凝结时间', '通用硅酸盐水泥凝结时间', SETTING_ROWS),
  draft(GB175_2007, '7.3.1 凝结时间', '通用硅酸盐水泥凝结时间', SETTING_ROWS),
  draft(TEST_2024, '安定性（雷氏法）结果判定', '水泥安定性', SOUNDNESS_ROWS),
  draft(TEST_2011, '安定性（雷氏法）结果判定', '水泥安定性', SOUNDNESS_ROWS),
];

/** Only of the soundness is a second test known. */
export const CONSISTENCY_RETESTS: readonly RetestRule[] = [
  {
    parameters: [SOUNDNESS],
    allowed: true,
    clause: CLAUSE_SOUNDNESS,
    says: '雷氏法首次结果超过 5.0 mm 时，用同一样品立即重做一次，以复检结果为准。',
  },
];
