// Data of JGJ 18-2012 and JGJ/T 27-2014 for tension and bend tests of welded joints. Every row is `draft`: nobody has
// compared it with the printed standards. The rule of 1.10 times for brittle breaks belonged to JGJ 18-2003 and does not
// exist here.
import type { Edition, LimitRow, LimitTable, PolicyDeclaration, RetestRule } from '../../method.ts';
import { BAR_GRADES, barOf } from '../joint/bars.ts';

export const TEST_STANDARD = 'JGJ/T 27-2014';
export const STANDARD = 'JGJ 18-2012';
export const CLAUSE_STRENGTH = `${TEST_STANDARD} 拉伸试验`;
export const CLAUSE_BEND = `${TEST_STANDARD} 弯曲试验`;
export const CLAUSE_TENSION_RULE = `${STANDARD} 5.1.7`;
export const CLAUSE_BEND_RULE = `${STANDARD} 5.1.8`;

export const WELD_TYPES = ['闪光对焊', '电弧焊', '电渣压力焊', '气压焊', '预埋件钢筋T形'] as const;
export type WeldType = (typeof WELD_TYPES)[number];
export const T_JOINT: WeldType = '预埋件钢筋T形';
/** Only these are judged by a bend test. */
export const BENT_TYPES: readonly WeldType[] = ['闪光对焊', '气压焊'];

/** JGJ 18-2012 does not know bars of 600 MPa. */
export const WELD_GRADES = BAR_GRADES.filter((grade) => !grade.includes('600'));

/** A crack this wide, or wider, fails a bent specimen. */
export const CRACK_WIDTH_MM = '0.5';
export const BEND_ANGLE = '90';

/** Diameter of the former as a multiple of d up to 25 mm; above, one more. */
const FORMERS: Readonly<Record<string, number>> = { '300': 2, '400': 5, '500': 7 };

const formerRows: LimitRow[] = WELD_GRADES.flatMap((grade) => {
  const multiple = FORMERS[barOf(grade).fyk_MPa];
  if (multiple === undefined) return [];
  const row = { parameterCode: 'WQ', unit: 'd', compareMode: 'full-value' } as const;
  return [
    { ...row, appliesTo: `${grade} d≤25`, max: String(multiple) },
    { ...row, appliesTo: `${grade} d>25`, max: String(multiple + 1) },
  ];
});

export const WELD_LIMITS: readonly LimitTable[] = [
  {
    standard: STANDARD,
    clause: '5.1.7',
    title: '拉伸试验评定：钢筋母材抗拉强度标准值 fk',
    status: 'draft',
    rows: WELD_GRADES.map((grade) => ({
      parameterCode: 'KL',
      appliesTo: grade,
      min: barOf(grade).fstk_MPa,
      unit: 'MPa',
      compareMode: 'rounded-value',
      step: '5',
    })),
  },
  { standard: STANDARD, clause: '5.1.8', title: '弯曲试验弯心直径', status: 'draft', rows: formerRows },
];

export const WELD_EDITIONS: readonly Edition[] = [
  {
    id: STANDARD,
    test: TEST_STANDARD,
    judgement: STANDARD,
    rounding: 'GB/T 8170-2008',
    title: '钢筋焊接及验收规程',
    inForceFrom: '2014-12-01',
    inForceUntil: null,
  },
];

export const THREE_BRITTLE: PolicyDeclaration = {
  name: 'threeBrittleBreaks',
  label: '3 个试件均脆断于焊缝时，复验条件对抗拉强度标准值的要求',
  clause: CLAUSE_TENSION_RULE,
  options: [
    { value: 'at-least', label: '均大于或等于标准值时复验' },
    { value: 'greater', label: '均大于标准值时复验（恰等于标准值的，评为不合格）' },
  ],
  default: 'at-least',
};

export const T_JOINT_RULE: PolicyDeclaration = {
  name: 'tJointRule',
  label: '预埋件钢筋 T 形接头的拉伸试验评定',
  clause: CLAUSE_TENSION_RULE,
  options: [
    { value: 'manual', label: '不自动判定，需人工判定' },
    { value: 'same-rule', label: '按 5.1.7 与其他焊接接头同样评定' },
  ],
  default: 'manual',
};

export const WELD_POLICIES = [THREE_BRITTLE, T_JOINT_RULE] as const;

export const WELD_RETESTS: readonly RetestRule[] = [
  {
    parameters: ['KL'],
    allowed: true,
    clause: CLAUSE_TENSION_RULE,
    says: '拉伸试验结果为复验的，从同一检验批再切取 6 个试件复验；其余不符合的为不合格。',
  },
  {
    parameters: ['WQ'],
    allowed: true,
    clause: CLAUSE_BEND_RULE,
    says: '弯曲试验有 2 个试件不符合的，再切取 6 个试件复验；3 个都不符合的为不合格。',
  },
];
