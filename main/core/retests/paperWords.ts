// What the papers say of a retest or a supplement: which report it answers, what was found there, by which rule or decision.
import type { RetestLink, SupplementLink } from '../../../shared/retests/calls.ts';
import type { Row } from '../../store/tables.ts';
import { textOf as text } from '../../store/cells.ts';
import type { Reader } from '../records/runRows.ts';
import { retestOfSample, supplementOfTaskId } from './links.ts';

const verdictWords = { qualified: '合格', unqualified: '不合格', retest: '应复验', 'not-judged': '未判定' } as const;

function retestText(link: RetestLink): string {
  const found = link.firstResults
    .map(({ name, value, verdict }) => `${name} ${value}（${verdictWords[verdict]}）`)
    .join('，');
  const basis =
    link.basis === 'rule'
      ? `按 ${link.clause ?? ''} 复检：${link.quantity}`
      : `标准没有规定这一复检，由${link.begunBy}决定：${link.reason ?? ''}`;
  return `样品 ${link.sampleNo} 为复检，首次报告 ${link.firstReportNo}（样品 ${link.firstSampleNo}，记录 ${link.firstRecordNo}）：${found}。${basis}。本报告不代替首次报告。`;
}

const supplementText = (link: SupplementLink): string =>
  `样品 ${link.sampleNo} 的${link.parameterNames.join('、')}为补充检测，首次报告 ${link.firstReportNo}（记录 ${link.firstRecordNo}）；本报告是它的补充，不代替它。`;

/** Lines of one record. Not what became of the first since: a paper says what held when it was signed. */
export function relationsOf(reader: Reader, row: Row): string[] {
  const retest = retestOfSample(reader, text(row['sampleNo']));
  const supplement = supplementOfTaskId(reader, row['taskId']);
  return [...(retest ? [retestText(retest)] : []), ...(supplement ? [supplementText(supplement)] : [])];
}

/** Behind the title of a report. */
export function titleSuffix(reader: Reader, record: Row): string {
  if (reader.get('supplement', record['taskId'] ?? '')) return '（补充）';
  return reader.get('retest', record['sampleNo'] ?? '') ? '（复检）' : '';
}
