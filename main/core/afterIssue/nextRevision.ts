// The draft of a report's next revision, and of a report made anew: the same records, nothing signed yet. A next revision
// keeps the number; a report made of the records of a void one gets a number of its own.
import { toCalendarDay, toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { Caller, Context } from '../context.ts';
import type { Reader } from '../records/runRows.ts';
import { draftRow, reportKeyOf } from '../reports/joinReport.ts';
import { newestRevision } from './values.ts';

export function draftNextRevision(tx: Transaction, report: Row, changeNo: string, at: string): string {
  const revision = Number(report['revision']) + 1;
  return draftLike(tx, report, { reportNo: text(report['reportNo']), revision, changeNo, at });
}

function draftLike(
  tx: Transaction,
  report: Row,
  input: { reportNo: string; revision: number; changeNo: string | null; at: string },
): string {
  const reportKey = reportKeyOf(input.reportNo, input.revision);
  if (tx.get('report', reportKey)?.['state'] === 'withdrawn') return beginAgain(tx, report, reportKey, input.changeNo);
  tx.insert('report', {
    ...draftRow({
      reportNo: input.reportNo,
      revision: input.revision,
      commissionNo: report['commissionNo'] ?? '',
      itemCode: report['itemCode'] ?? '',
      dueOn: report['dueOn'] ?? '',
      title: text(report['title']),
      at: input.at,
    }),
    draftJson: report['draftJson'] ?? '{}',
    changeNo: input.changeNo,
  });
  const records = tx.all('SELECT recordNo FROM reportRecord WHERE reportKey = ? ORDER BY recordNo', report['reportKey'] ?? ''); // prettier-ignore
  for (const { recordNo = '' } of records) {
    tx.insert('reportRecord', { reportKey, recordNo });
    tx.update('testRecord', recordNo, { reportKey });
  }
  return reportKey;
}

/** The revision of a withdrawn order is opened by the corrected one: nothing that was signed for it holds any more. */
function beginAgain(tx: Transaction, report: Row, reportKey: string, changeNo: string | null): string {
  tx.update(
    'report',
    reportKey,
    { state: 'draft', changeNo, draftJson: report['draftJson'] ?? '{}' },
    '更正后的变更单',
  );
  tx.update('report', reportKey, {
    contentJson: null,
    payloadDigest: null,
    contentSha256: null,
    approvedAt: null,
    approverId: null,
    approverName: null,
  });
  for (const { recordNo = '' } of tx.all('SELECT recordNo FROM reportRecord WHERE reportKey = ?', reportKey))
    tx.update('testRecord', recordNo, { reportKey });
  return reportKey;
}

/** The report that was made of the records of a void one, if any. */
export function madeAgainAs(reader: Reader, report: Row): string | null {
  const other = reader.first(
    `SELECT report.reportNo FROM reportRecord JOIN report USING (reportKey) WHERE report.reportNo <> ? AND report.state <> 'void'
       AND recordNo IN (SELECT recordNo FROM reportRecord WHERE reportKey = ?) LIMIT 1`,
    report['reportNo'] ?? '',
    report['reportKey'] ?? '',
  );
  return other ? text(other['reportNo']) : null;
}

/** The records stay signed as they are; only the paper is new, under a new number. */
export function makeAgain(context: Context, caller: Caller, reportNo: string): string {
  return context.store.transact(caller.actor, (tx) => {
    const report = requireRow(newestRevision(tx, reportNo), '报告', reportNo);
    const made = madeAgainAs(tx, report);
    if (report['state'] !== 'void' || made !== null) {
      throw new AppError({
        code: 'REPORT_NOT_VOID',
        message: made === null ? `报告 ${reportNo} 没有作废。` : `报告 ${reportNo} 的记录已另出报告 ${made}。`,
        meaning: '同一份原始记录只在一份有效的报告里。',
        next: made === null ? '委托信息有误请办理变更。' : `请查看报告 ${made}。`,
      });
    }
    const now = context.now();
    const number = tx.number('report', toCalendarDay(now), 'report');
    draftLike(tx, report, { reportNo: number, revision: 1, changeNo: null, at: toWallTime(now) });
    return number;
  });
}
