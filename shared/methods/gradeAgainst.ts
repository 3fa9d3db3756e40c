// A strength beside its design grade, for groups that have no verdict of their own unless the commission asks for one.
import { Exact, refusal, roundRatio } from './foundation/decimal.ts';
import { choice } from './field.ts';

export const judgeAgainstGradeField = (clause: string) =>
  choice({
    name: 'judgeAgainstGrade',
    label: '委托要求按设计强度等级判定本组',
    at: 'reception',
    optional: true,
    rare: true,
    instrument: '委托单',
    clause,
    options: [
      { value: 'no', label: '否' },
      { value: 'yes', label: '是' },
    ],
  });

export const curingField = (clause: string) =>
  choice({
    name: 'curing',
    label: '养护条件',
    at: 'reception',
    optional: true,
    instrument: '委托单',
    clause,
    options: [
      { value: '标准养护', label: '标准养护' },
      { value: '同条件养护', label: '同条件养护' },
    ],
    usual: '标准养护',
  });

/** Refuses a commission that asks for a verdict and names no grade. */
export function requireGradeToJudge(asked: boolean, designGrade: string | undefined, clause: string): void {
  if (!asked || designGrade !== undefined) return;
  const message = '委托要求判定，但缺少设计强度等级。';
  throw refusal('METHOD_MISSING', message, 'designGrade', clause, '请补充设计强度等级，或取消判定要求。');
}

/** 达到设计强度 %, a whole number, informative only; null without a strength or a grade. */
export function percentOfGrade(strength_MPa: string | null, grade_MPa: string | undefined): string | null {
  if (strength_MPa === null || grade_MPa === undefined) return null;
  return roundRatio(new Exact(strength_MPa).times(100), new Exact(grade_MPa), '1');
}
