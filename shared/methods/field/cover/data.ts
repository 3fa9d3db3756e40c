// Data of the check of concrete cover: tolerances and pass rates of GB 50204-2015 appendix E, read as JGJ/T 152-2019
// says. Nobody here has seen the printed standards, so the limits are drafts.
import { requireLimit } from '../../judge.ts';
import type { LimitTable } from '../../method.ts';

export const TEST = 'JGJ/T 152-2019';
export const ACCEPTANCE = 'GB 50204-2015';
export const CLAUSE_READING = `${TEST} 混凝土保护层厚度检测`;
export const CLAUSE_INSTRUMENT = `${TEST} 仪器校准`;
export const CLAUSE_TOLERANCE = `${ACCEPTANCE} 附录 E 允许偏差`;
export const CLAUSE_RATE = `${ACCEPTANCE} 附录 E 合格率`;

export const COVER = 'BH';
export const READINGS = 3;
export const MEAN_STEP = '1';
export const RATE_STEP = '0.1';
/** Largest error of the instrument, mm. */
export const INSTRUMENT_ERROR = '1';

export type MemberKind = 'beam' | 'slab';
export const KIND_NAME: Readonly<Record<MemberKind, string>> = { beam: '梁类构件', slab: '板类构件' };

export const LIMITS: readonly LimitTable[] = [
  {
    standard: ACCEPTANCE,
    clause: '附录 E',
    title: '结构实体钢筋保护层厚度检验',
    status: 'draft',
    rows: [
      { parameterCode: COVER, appliesTo: 'beam', min: '-7', max: '10', unit: 'mm', compareMode: 'full-value' },
      { parameterCode: COVER, appliesTo: 'slab', min: '-5', max: '8', unit: 'mm', compareMode: 'full-value' },
      { parameterCode: COVER, appliesTo: '合格率', min: '90', unit: '%', compareMode: 'full-value' },
      { parameterCode: COVER, appliesTo: '再次抽样', min: '80', unit: '%', compareMode: 'full-value' },
      { parameterCode: COVER, appliesTo: '不合格点', max: '1.5', unit: '倍', compareMode: 'full-value' },
    ],
  },
];

const row = (appliesTo: string) => requireLimit(LIMITS, ACCEPTANCE, COVER, appliesTo, 'memberKind');

export interface Tolerance {
  lower: string;
  upper: string;
  /** `+10、-7 mm` */
  words: string;
}

export function toleranceOf(kind: MemberKind): Tolerance {
  const { min: lower = '', max: upper = '' } = row(kind);
  return { lower, upper, words: `+${upper}、${lower} mm` };
}

export const RATE = row('合格率').min ?? '';
export const RATE_AGAIN = row('再次抽样').min ?? '';
export const WORST_MULTIPLE = row('不合格点').max ?? '';
