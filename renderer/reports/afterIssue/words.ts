// How a report stands, in the words of this place. A draft of a later revision says whose signature it waits for.
import type { UnqualifiedRow } from '../../../shared/afterIssue/calls.ts';
import type { LiveReport } from '../reportRow.ts';
import { reportWords, wordOf, type StateWord } from '../../design/words.ts';

export function wordOfReport(
  row: { state: string; standing?: string; revision: number },
  live: Pick<LiveReport, 'signedAgain' | 'changePending'> | null,
): StateWord {
  const standing = row.standing ?? row.state;
  if (standing === 'draft' && row.revision > 1 && live !== null) {
    if (!live.signedAgain.includes('test')) return { word: '待检测签名', tone: 'warn', shape: '▲' };
    if (!live.signedAgain.includes('check')) return { word: '待校核签名', tone: 'warn', shape: '▲' };
  }
  return wordOf(reportWords, standing);
}

export const sendingWords: Record<UnqualifiedRow['sending'], StateWord> = {
  sent: { word: '按时上报', tone: 'good', shape: '✓' },
  late: { word: '超时上报', tone: 'warn', shape: '▲' },
  due: { word: '待上报', tone: 'busy', shape: '◐' },
  overdue: { word: '超时未上报', tone: 'bad', shape: '✕' },
};

export const orderWords: Record<'applied' | 'approved' | 'refused', StateWord> = {
  applied: { word: '待批准', tone: 'warn', shape: '▲' },
  approved: { word: '已批准', tone: 'good', shape: '✓' },
  refused: { word: '未批准', tone: 'bad', shape: '✕' },
};
