// Data of JGJ 107-2016 for mechanical splices: ultimate tensile strength by grade and kind of failure, and residual
// deformation. Every row is `draft`: nobody has compared it with the printed standard. How a result is compared with
// 1.10 fstk (594 MPa is no multiple of 5) is a setting of the lab, because the standard names no rounding.
import { Exact } from '../../foundation/decimal.ts';
import type { Edition, LimitRow, LimitTable, PolicyDeclaration, RetestRule } from '../../method.ts';
import { BAR_GRADES, barOf } from '../joint/bars.ts';

export const STANDARD = 'JGJ 107-2016';
export const ROUNDING = 'YB/T 081-2013';
export const CLAUSE_LIMIT = `${STANDARD} 3.0.5`;
export const CLAUSE_RESIDUAL = `${STANDARD} 3.0.7`;
export const CLAUSE_RULE = `${STANDARD} 7.0.7`;
export const CLAUSE_PROCESS = `${STANDARD} 7.0.2`;
export const CLAUSE_TEST = `${STANDARD} 附录A`;

export const LEVELS = ['Ⅰ', 'Ⅱ', 'Ⅲ'] as const;
export type Level = (typeof LEVELS)[number];

/** 钢筋拉断: the bar's body, its thread outside the sleeve or its upset end; 连接件破坏: anything of the connector. */
export const FAILURES = ['钢筋拉断', '连接件破坏'] as const;
export type Failure = (typeof FAILURES)[number];

interface Requirement {
  of: 'fstk' | 'fyk';
  factor: string;
}

const REQUIREMENTS: Readonly<Record<Level, Readonly<Record<Failure, Requirement>>>> = {
  Ⅰ: { 钢筋拉断: { of: 'fstk', factor: '1.00' }, 连接件破坏: { of: 'fstk', factor: '1.10' } },
  Ⅱ: { 钢筋拉断: { of: 'fstk', factor: '1.00' }, 连接件破坏: { of: 'fstk', factor: '1.00' } },
  Ⅲ: { 钢筋拉断: { of: 'fyk', factor: '1.25' }, 连接件破坏: { of: 'fyk', factor: '1.25' } },
};

export interface Threshold {
  /** Exact, never rounded: 1.10 × 540 is 594. */
  value_MPa: string;
  /** `1.10 fstk`. */
  formula: string;
  /** `1.10 × 540 = 594`. */
  substituted: string;
}

/** Least ultimate tensile strength of a grade for one kind of failure; `standard` gives fstk and, for Ⅲ, fyk in MPa. */
export function thresholdOf(level: Level, failure: Failure, standard: { fstk: string; fyk?: string }): Threshold {
  const { of, factor } = REQUIREMENTS[level][failure];
  const base = standard[of];
  if (base === undefined) throw new RangeError(`grade ${level} needs ${of}`);
  const plain = factor === '1.00';
  const value_MPa = new Exact(base).times(factor).toFixed();
  return {
    value_MPa,
    formula: plain ? of : `${factor} ${of}`,
    substituted: plain ? base : `${factor} × ${base} = ${value_MPa}`,
  };
}

/** Key of a limit row: bar, grade, kind of failure. */
export const strengthRow = (grade: string, level: Level, failure: Failure): string => `${grade} ${level}级 ${failure}`;

const strengthRows: LimitRow[] = BAR_GRADES.flatMap((grade) => {
  const { fstk_MPa: fstk, fyk_MPa: fyk } = barOf(grade);
  return LEVELS.flatMap((level) =>
    FAILURES.map((failure): LimitRow => ({
      parameterCode: 'KL',
      appliesTo: strengthRow(grade, level, failure),
      min: thresholdOf(level, failure, { fstk, fyk }).value_MPa,
      unit: 'MPa',
      compareMode: 'rounded-value',
      step: '5',
    })),
  );
});

export const RESIDUAL_STEP = '0.01';

/** Key of a residual deformation row: grade and class of diameter. */
export const residualRow = (level: Level, diameter_mm: string): string =>
  `${level}级 d${new Exact(diameter_mm).greaterThan(32) ? '>' : '≤'}32`;

const residual = (appliesTo: string, max: string): LimitRow => ({
  parameterCode: 'BX',
  appliesTo,
  max,
  unit: 'mm',
  compareMode: 'rounded-value',
  step: RESIDUAL_STEP,
});

export const SPLICE_LIMITS: readonly LimitTable[] = [
  {
    standard: STANDARD,
    clause: '3.0.5',
    title: '接头极限抗拉强度',
    status: 'draft',
    rows: strengthRows,
  },
  {
    standard: STANDARD,
    clause: '3.0.7',
    title: '接头残余变形 u0',
    status: 'draft',
    rows: [
      residual('Ⅰ级 d≤32', '0.10'),
      residual('Ⅰ级 d>32', '0.14'),
      residual('Ⅱ级 d≤32', '0.14'),
      residual('Ⅱ级 d>32', '0.16'),
      residual('Ⅲ级 d≤32', '0.14'),
      residual('Ⅲ级 d>32', '0.16'),
    ],
  },
];

export const SPLICE_EDITIONS: readonly Edition[] = [
  {
    id: STANDARD,
    test: STANDARD,
    judgement: STANDARD,
    rounding: ROUNDING,
    title: '钢筋机械连接技术规程',
    inForceFrom: '2016-08-01',
    inForceUntil: null,
  },
];

export type SpliceComparison = 'rounded' | 'full-value';

export const SPLICE_COMPARISON: PolicyDeclaration = {
  name: 'spliceComparison',
  label: '接头试验结果与限值（1.10 fstk 等）的比较方法',
  clause: CLAUSE_LIMIT,
  options: [
    { value: 'rounded', label: '修约值比较法：强度修约至 5 MPa、残余变形修约至 0.01 mm 后比较，限值不修约' },
    { value: 'full-value', label: '全数值比较法：用未修约的值比较' },
  ],
  default: 'rounded',
};

export const SPLICE_RETESTS: readonly RetestRule[] = [
  {
    parameters: ['KL'],
    allowed: true,
    clause: CLAUSE_RULE,
    says: '验收检验的 3 个试件中有 1 个不符合要求的，再取 6 个试件复检，有 1 个不符合即为不合格；工艺检验不复检。',
  },
  { allowed: false, clause: CLAUSE_PROCESS, says: '残余变形属于工艺检验，不合格应调整工艺后重新检验，不复检。' },
];
