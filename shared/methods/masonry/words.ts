// Words that the reports of bricks and blocks share.
import type { ParameterResult } from '../method.ts';

export const UNCHECKED = '强度等级的限值未与标准原文核对，需人工判定';

/** 单项判定 in a report: a dash where nothing is required. */
export function verdictWord({ verdict, requirement }: Pick<ParameterResult, 'verdict' | 'requirement'>): string {
  if (verdict === 'qualified') return '合格';
  if (verdict === 'unqualified') return '不合格';
  return requirement === null ? '—' : '需人工判定';
}
