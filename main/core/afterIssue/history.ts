// Everything that happened to a report number: its revisions, codes, change orders, void, paper originals, and what may be
// done with it now.
import type { ReportHistory } from '../../../shared/afterIssue/calls.ts';
import type { ErrorInfo } from '../../../shared/errors/appError.ts';
import { nullableText, textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Reader } from '../records/runRows.ts';
import { madeAgainAs } from './nextRevision.ts';
import { orderOf } from './orders.ts';
import { isAskedFor, originalOf } from './originals.ts';
import { changeRefusal, voidRefusal } from './refusals.ts';
import { reportStanding } from './standing.ts';
import { newestRevision } from './values.ts';
import { refusedOrder, withdrawalsOf } from './withdraw.ts';

const brief = (info: ErrorInfo | null) => info && { code: info.code, message: info.message };

export function historyOf(reader: Reader, reportNo: string): ReportHistory {
  const rows = reader.all('SELECT * FROM report WHERE reportNo = ? ORDER BY revision DESC', reportNo);
  const newest = requireRow(newestRevision(reader, reportNo), '报告', reportNo);
  const again = newest['state'] === 'void' ? madeAgainAs(reader, newest) : null;
  return {
    reportNo,
    revisions: rows.map((row) => {
      const prints = reader.first('SELECT count(*) AS n FROM printLog WHERE reportKey = ?', row['reportKey'] ?? '');
      const original = reader.get('originalReturn', row['reportKey'] ?? '');
      return {
        revision: Number(row['revision']),
        state: text(row['state']),
        standing: reportStanding(reader, row).standing,
        createdAt: text(row['createdAt']),
        approvedAt: nullableText(row['approvedAt']),
        approverName: nullableText(row['approverName']),
        code: nullableText(row['code']),
        codedAt: nullableText(row['codeIssuedAt']),
        revokedReason: nullableText(row['codeRevokedReason']),
        revokedAt: nullableText(row['codeRevokedAt']),
        voidReason: nullableText(row['voidReason']),
        voidedAt: nullableText(row['voidedAt']),
        voidedBy: nullableText(row['voidedBy']),
        prints: Number(prints?.['n'] ?? 0),
        original: original && isAskedFor(reader, text(row['reportKey'])) ? originalOf(original) : null,
      };
    }),
    orders: reader
      .all('SELECT * FROM changeOrder WHERE reportNo = ? ORDER BY changeNo DESC', reportNo)
      .map((row) => orderOf(row)),
    withdrawals: withdrawalsOf(reader, reportNo),
    refusedOrder: refusedOrder(reader, reportNo),
    mayChange: brief(changeRefusal(reader, reportNo)),
    mayVoid: brief(voidRefusal(reader, reportNo)),
    madeAgainAs: again,
    mayMakeAgain: newest['state'] === 'void' && again === null,
  };
}
