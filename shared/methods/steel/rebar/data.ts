// What the rebar methods share: parameter codes, standards, clauses, counts of specimens, and the thresholds beyond
// which a figure can hardly be.
import type { ParameterDeclaration, RetestRule } from '../../method.ts';

export const TEST = 'GB/T 28900-2022';
export const ROUNDING = 'YB/T 081-2013';
export const TENSILE = 'GB/T 228.1-2021';
export const BENDING = 'GB/T 232-2024';

export const RIBBED_2024 = 'GB 1499.2-2024';
export const RIBBED_2018 = 'GB/T 1499.2-2018';
export const PLAIN_2024 = 'GB 1499.1-2024';
export const PLAIN_2017 = 'GB/T 1499.1-2017';
export const ACCEPTANCE = 'GB 50204-2015';

export const CLAUSE_STRENGTH = `${TEST} 拉伸试验：强度`;
export const CLAUSE_ELONGATION = `${TEST} 拉伸试验：断后伸长率`;
export const CLAUSE_FRACTURE = `${TENSILE} 断后伸长率的测定：断裂位置`;
export const CLAUSE_AGT = `${TEST} 最大力总延伸率：手工测定`;
export const CLAUSE_PROOF = `${TENSILE} 规定塑性延伸强度的测定`;
/** Nobody has seen these clauses here: they are confirmed by the setting of `extension.ts`. */
export const CLAUSE_EXTENSION = `${TEST} 引伸计`;
export const CLAUSE_AGT_EXTENSION = `${TENSILE} 最大力总延伸率的测定`;
export const CLAUSE_BEND = `${BENDING} 弯曲试验`;
export const CLAUSE_REVERSE = `${TEST} 反向弯曲试验`;
export const CLAUSE_MASS = `${TEST} 重量偏差的测定`;
export const CLAUSE_MACHINE = `${TENSILE} 试验机`;
export const CLAUSE_RETEST = 'GB/T 17505 复验与判定';
export const CLAUSE_PAPER = 'GB 50618-2011 原始记录';

/** Modulus of elasticity in the formula of Agt, MPa. */
export const MODULUS = '200000';

/** Specimens of an item: at first, and in the re-test, which takes double the number. */
export const COUNTS = {
  tension: { initial: 2, retest: 4 },
  bend: { initial: 2, retest: 4 },
  reverseBend: { initial: 1, retest: 2 },
} as const;
export type RoundedSet = keyof typeof COUNTS;
export type Round = 'initial' | 'retest';

/** Thresholds of the stops. Outside them the curve must be looked at. */
export const PLAUSIBLE = {
  /** Rm/ReL of a hot-rolled bar. */
  leastRatio: '1.05',
  greatestRatio: '2.0',
  /** ReL against the characteristic value of the grade. */
  leastShareOfGrade: '0.5',
  /** Bars of one batch: (largest − smallest) against the smallest, %. */
  pairDifference_percent: '15',
  /** Elongations above these, and mass deviations beyond, are slips of the keyboard more often than steel. */
  greatestElongation_percent: '50',
  greatestAgt_percent: '30',
  massDeviation_percent: '15',
} as const;

/** Beyond these the reading is refused: no bar is like that. */
export const ABSURD = { strength_MPa: '2000', elongation_percent: '100', massDeviation_percent: '50' } as const;

export const BEND_ANGLE = '180';
export const REVERSE_BEND_ANGLE = '90';
export const REVERSE_BACK_ANGLE = '20';

export const PARAMETERS = {
  QF: { code: 'QF', name: '下屈服强度', unit: 'MPa', recognises: /^(?!.*比).*屈服强度/ },
  KL: { code: 'KL', name: '抗拉强度', unit: 'MPa', recognises: /^(?!.*比).*抗拉强度/ },
  SC: { code: 'SC', name: '断后伸长率', unit: '%', recognises: /断后伸长率/ },
  ZL: { code: 'ZL', name: '最大力总延伸率', unit: '%', recognises: /最大力.*(?:延伸|伸长)率/ },
  QQB: { code: 'QQB', name: '强屈比', unit: '', recognises: /强屈比|抗拉强度.*屈服强度.*比/ },
  QBB: { code: 'QBB', name: '屈标比', unit: '', recognises: /屈标比|超屈比|屈服强度.*(?:标准|特征|规定)值?.*比/ },
  WQ: { code: 'WQ', name: '弯曲', unit: '', recognises: /^(?!.*反向).*弯曲/ },
  FW: { code: 'FW', name: '反向弯曲', unit: '', recognises: /反向弯曲/ },
  ZLPC: { code: 'ZLPC', name: '重量偏差', unit: '%', recognises: /[重质]量偏差/ },
} as const satisfies Record<string, ParameterDeclaration>;
export type Code = keyof typeof PARAMETERS;

/** Hot-rolled bars: every item but the mass once more with double the number; the mass is final. */
export const RETESTS: readonly RetestRule[] = [
  {
    parameters: ['ZLPC'],
    allowed: false,
    clause: CLAUSE_RETEST,
    says: '重量偏差不允许复验，初验不符合即判该批不合格。',
  },
  {
    allowed: true,
    clause: CLAUSE_RETEST,
    says: '初验不符合的项目从同一批中取双倍数量的试样复验一次，有任一试样不符合即判该批不合格。',
  },
];

/** Straightened bars: the acceptance standard names none. */
export const NO_RETESTS: readonly RetestRule[] = [
  { allowed: false, clause: `${ACCEPTANCE} 5.3.4`, says: '调直后钢筋的检验没有规定复验，不符合即为不合格。' },
];
