// What the sand and stone methods of JGJ 52-2006 share: the edition, what a sample is used for, and the words of a
// verdict. Limits there go by the class of the concrete's strength grade; GB/T 14684 and 14685 judge by 类 and are not
// mixed in.
import { choice } from '../field.ts';
import type { Edition, ParameterResult } from '../method.ts';

export const STANDARD = 'JGJ 52-2006';

export const EDITION: Edition = {
  id: STANDARD,
  test: STANDARD,
  judgement: STANDARD,
  rounding: 'GB/T 8170-2008',
  title: '普通混凝土用砂、石质量及检验方法标准',
  inForceFrom: '2007-06-01',
  inForceUntil: null,
};

/** Two parallel determinations, each on a portion of its own. */
export const PORTIONS = 2;

export const GRADE_CLASSES = ['≥C60', 'C55～C30', '≤C25'] as const;
export type GradeClass = (typeof GRADE_CLASSES)[number];

/** Which class of concrete the aggregate is for; without it there is nothing to judge by. */
export const gradeClass = choice({
  name: 'gradeClass',
  label: '拟用混凝土强度等级',
  at: 'reception',
  optional: true,
  instrument: '委托单',
  clause: `${STANDARD} 按混凝土强度等级分档的限值`,
  options: [
    { value: '≥C60', label: '≥C60' },
    { value: 'C55～C30', label: 'C55～C30' },
    { value: '≤C25', label: '≤C25' },
  ],
  refusalCode: 'METHOD_GRADE_UNKNOWN',
  hint: '未填写时只给出检测结果，不作判定',
});

/** Frost or seepage resistance: the class ≤C25 then has a stricter limit, which is not in the table here. */
export const specialRequirement = choice({
  name: 'specialRequirement',
  label: '混凝土有抗冻、抗渗或其他特殊要求',
  at: 'reception',
  optional: true,
  instrument: '委托单',
  clause: `${STANDARD} 有抗冻、抗渗或其他特殊要求的混凝土`,
  options: [
    { value: 'no', label: '否' },
    { value: 'yes', label: '是' },
  ],
  usual: 'no',
});

export const sandKind = choice({
  name: 'sandKind',
  label: '砂的种类',
  at: 'reception',
  instrument: '委托单',
  clause: `${STANDARD} 砂的种类`,
  options: [
    { value: '天然砂', label: '天然砂' },
    { value: '人工砂', label: '人工砂' },
    { value: '混合砂', label: '混合砂' },
  ],
  usual: '天然砂',
});

export const UNCHECKED = '限值未与标准原文核对，需人工判定';
export const REPEAT = '请重新取样试验；本次结果不得使用，也不得打印任何数值。';

/** 单项判定 in a report: a dash where nothing is required or nothing came out. */
export function verdictWord({ verdict, requirement, value }: ParameterResult): string {
  if (verdict === 'qualified') return '合格';
  if (verdict === 'unqualified') return '不合格';
  return requirement === null || value === null ? '—' : '需人工判定';
}
