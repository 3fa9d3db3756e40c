// A retest in one sentence, for the ledger's export and for who reads it without a screen.
import type { RetestLink } from '../../../shared/retests/calls.ts';

const states: Record<RetestLink['state'], string> = {
  waiting: '待检',
  testing: '检测中',
  tested: '待校核',
  checked: '待批准',
  approved: '已批准',
  voided: '委托已被监管平台作废',
};
const verdicts = { qualified: '合格', unqualified: '不合格', retest: '应复验', 'not-judged': '未判定' } as const;

const resultText = (results: RetestLink['results']): string =>
  results.map(({ name, value, verdict }) => `${name} ${value}（${verdicts[verdict]}）`).join('，');

export function sayRetest(link: RetestLink): string {
  const outcome = link.verdict === null ? '' : `，结果${verdicts[link.verdict]}：${resultText(link.results)}`;
  const report = link.reportNo === null ? '' : `，报告 ${link.reportNo}`;
  return `委托 ${link.commissionNo}，样品 ${link.sampleNo}${report}，${states[link.state]}${outcome}`;
}

export const sayFirst = (link: RetestLink): string =>
  `首次报告 ${link.firstReportNo}，记录 ${link.firstRecordNo}：${resultText(link.firstResults)}`;
