// Verdict of a group of mechanical splices, JGJ 107-2016: each specimen against the threshold of its own kind of
// failure. At acceptance one failure of three asks for six more, and none of the six may fail; a process test
// (工艺检验) has no retest.
import type { Round } from '../joint/fields.ts';

export const INSPECTIONS = ['验收检验', '工艺检验'] as const;
export type Inspection = (typeof INSPECTIONS)[number];

export type SpliceOutcome = 'qualified' | 'retest' | 'unqualified';

export const OUTCOME_WORDS: Readonly<Record<SpliceOutcome, string>> = {
  qualified: '合格',
  retest: '复验',
  unqualified: '不合格',
};

export interface SpliceVerdict {
  outcome: SpliceOutcome;
  failed: number;
  /** What was found, without the verdict: papers print it while the limits may not judge, too. */
  rule: string;
}

/** `met`: whether each specimen reaches its threshold. 3 at first, 6 in a retest; the caller has counted them. */
export function judgeSplices(met: readonly boolean[], round: Round, inspection: Inspection): SpliceVerdict {
  const failed = met.filter((isMet) => !isMet).length;
  const rule = `${inspection}${round === 'retest' ? '复验' : ''}，${met.length} 个试件中 ${failed} 个不符合要求`;
  if (failed === 0) return { outcome: 'qualified', failed, rule };
  const asksForMore = failed === 1 && round === 'initial' && inspection === '验收检验';
  return { outcome: asksForMore ? 'retest' : 'unqualified', failed, rule };
}
