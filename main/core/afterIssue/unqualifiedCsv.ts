// The ledger of unqualified results as a table for other programs, with the proof of sending and how each ended.
import { closingNames, type UnqualifiedRow } from '../../../shared/afterIssue/calls.ts';
import { printedTime } from '../../../shared/entities/scalars.ts';
import { sayFirst, sayRetest } from '../retests/sayLink.ts';
import { csvText } from '../files/csv.ts';

export const sendingNames: Record<UnqualifiedRow['sending'], string> = {
  sent: '按时上报',
  late: '超时上报',
  due: '待上报',
  overdue: '超时未上报',
};
const head = [
  '台账编号', '发现时间', '委托编号', '工程', '样品编号', '工程部位', '检测项目', '参数', '结果', '要求', '原始记录', '报告编号',
  '监督机构', '上报时限', '上报情况', '上报编号', '平台接收时间', '尝试次数', '平台答复', '处置经过', '办结方式', '办结人', '办结时间', '复检', '首次检测',
]; // prettier-ignore
const shown = (at: string | null | undefined): string => printedTime(at ?? '');

export function unqualifiedCsv(rows: readonly UnqualifiedRow[]): string {
  return csvText([
    head,
    ...rows.map((row) => {
      const end = row.handling.find(({ closes }) => closes);
      return [
        row.ledgerNo,
        shown(row.foundAt),
        row.commissionNo,
        row.projectName,
        row.sampleNo,
        row.structurePart,
        row.itemName,
        row.parameterName,
        row.value,
        row.requirement,
        row.recordNo,
        row.reportNos.join('、'),
        row.authority,
        shown(row.deadline),
        sendingNames[row.sending],
        row.notice?.noticeNo ?? '',
        shown(row.notice?.acceptedAt),
        String(row.notice?.attempts ?? 0),
        row.notice?.platformWords ?? '',
        row.handling
          .map(
            ({ at, personName, text, how }) =>
              `${shown(at)} ${personName}：${how === 'reported' ? '已另行上报：' : ''}${text}`,
          )
          .join('；'),
        end && end.how !== 'note' && end.how !== 'reported' ? closingNames[end.how] : '',
        end?.personName ?? '',
        shown(end?.at),
        row.retests.map(sayRetest).join('；'),
        row.retestOf === null ? '' : sayFirst(row.retestOf),
      ];
    }),
  ]);
}
