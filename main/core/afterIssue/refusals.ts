// When a report may not be changed or made void. Asked when somebody applies, asked again when somebody approves, and asked
// by the window to say it beforehand.
import type { ErrorInfo } from '../../../shared/errors/appError.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';
import { canCarry, notCarried } from '../../../sync/provincial/not-carried.ts';
import { profileInForce } from '../provincial/profileInForce.ts';
import { recordFacts } from '../records/recordRows.ts';
import type { Reader } from '../records/runRows.ts';
import { newestRevision } from './values.ts';

/** A record of it stands in the ledger of unqualified results, or judges that it does not conform. */
export function isUnqualified(reader: Reader, reportKey: string): boolean {
  const records = reader.all('SELECT recordNo FROM reportRecord WHERE reportKey = ?', reportKey);
  return records.some(({ recordNo = '' }) => {
    if (reader.first('SELECT 1 FROM unqualified WHERE recordNo = ?', recordNo)) return true;
    return recordFacts(reader, text(recordNo)).result?.verdict === 'unqualified';
  });
}

const unqualified = (reportNo: string, what: string): ErrorInfo => ({
  code: 'REPORT_UNQUALIFIED',
  message: `报告 ${reportNo} 有不合格结果，不能${what}。`,
  meaning: '不合格的检测报告不得抽撤、替换或修改，须原样保留并列入不合格台账。',
  next: '请在不合格台账里登记处置经过；委托信息确有错误的，写进处置说明并报监管机构。',
});

function frozen(reader: Reader, report: Row): ErrorInfo | null {
  const commission = reader.get('commission', report['commissionNo'] ?? '');
  if (commission?.['platformState'] === 'active' || commission === undefined) return null;
  return {
    code: 'COMMISSION_FROZEN',
    message: `委托单 ${text(report['commissionNo'])} 已被监管平台${commission['platformState'] === 'locked' ? '锁定' : '作废'}：${text(commission['platformReason'])}。`,
    meaning: '冻结期间平台不接收变更和作废，本机同样不办理。',
    next: '请与监管机构联系，解除后再办。',
  };
}

const notIssued = (reportNo: string): ErrorInfo => ({
  code: 'REPORT_NOT_ISSUED',
  message: `报告 ${reportNo} 还没有签发。`,
  meaning: '变更和作废只对已签发的报告办理。',
  next: '没有批准的报告请退回更正；等待标识码的请等平台答复，平台退回的请先处理退回的原因。',
});

const isVoid = (reportNo: string): ErrorInfo => ({
  code: 'REPORT_VOID',
  message: `报告 ${reportNo} 已经作废。`,
  meaning: '编号保留，不再使用。',
  next: '需要新报告时，由质量负责人用原记录另出新编号的报告。',
});

/** The commission as issued is what that platform keeps: without an order it takes no other content of it. */
const noOrders: ErrorInfo = {
  code: 'PLATFORM_TAKES_NO_CHANGES',
  message: `${notCarried('change-order').message}，签发后的委托信息不能从本机变更。`,
  meaning: '平台已接收的委托和报告保持原样，本机不另出一版。',
  next: `${notCarried('change-order').next}；报告须停止使用的，可由质量负责人作废，再用原记录另出新编号的报告。`,
};

export function changeRefusal(reader: Reader, reportNo: string, except: string | null = null): ErrorInfo | null {
  const report = requireRow(newestRevision(reader, reportNo), '报告', reportNo);
  if (report['state'] === 'void') return isVoid(reportNo);
  if (text(report['state']) === 'draft' && Number(report['revision']) === 1) return notIssued(reportNo);
  if (isUnqualified(reader, text(report['reportKey']))) return unqualified(reportNo, '变更');
  if (!canCarry(profileInForce(reader).capabilities, 'change-order')) return noOrders;
  const stopped = frozen(reader, report);
  if (stopped) return stopped;
  if (report['codeRevokedReason'] != null) {
    return {
      code: 'REPORT_REVOKED',
      message: `报告 ${reportNo} 的标识码已被监管平台撤销：${text(report['codeRevokedReason'])}。`,
      meaning: '被撤销的报告不能用变更单恢复。',
      next: '请按监管机构的意见处理；确需重出的，作废后另出新编号的报告。',
    };
  }
  // One change of a commission after the other: what a revision prints must be what its order names.
  const commissionNo = report['commissionNo'] ?? '';
  const next = reader.first(
    `SELECT reportNo, revision FROM report WHERE commissionNo = ? AND revision > 1 AND state = 'draft'`,
    commissionNo,
  );
  if (next) {
    return {
      code: 'REVISION_UNSIGNED',
      message: `报告 ${text(next['reportNo'])} 第 ${text(next['revision'])} 版还没有签完。`,
      meaning: '同一委托的变更逐份办理，前一次变更的新版批准之后才办下一次。',
      next: '请检测、校核、批准三人先签完那一版。',
    };
  }
  if (report['code'] === null) return notIssued(reportNo);
  const open = reader.first(
    `SELECT changeNo FROM changeOrder WHERE commissionNo = ? AND state = 'applied' AND changeNo <> ?`,
    commissionNo,
    except ?? '',
  );
  if (!open) return null;
  return {
    code: 'CHANGE_PENDING',
    message: `变更单 ${text(open['changeNo'])} 还在等待批准。`,
    meaning: '同一委托的变更逐份办理。',
    next: '请先批准或不批准那一份。',
  };
}

export function voidRefusal(reader: Reader, reportNo: string): ErrorInfo | null {
  const report = requireRow(newestRevision(reader, reportNo), '报告', reportNo);
  const reportKey = text(report['reportKey']);
  if (report['state'] === 'void') return isVoid(reportNo);
  // A draft goes back to its tester, unless its records are closed since an earlier report.
  const again = reader.first(
    `SELECT 1 FROM reportRecord JOIN testRecord USING (recordNo) WHERE reportRecord.reportKey = ? AND testRecord.state = 'approved'`,
    reportKey,
  );
  if (report['state'] === 'draft' && !again) return notIssued(reportNo);
  if (isUnqualified(reader, reportKey)) return unqualified(reportNo, '作废');
  return frozen(reader, report);
}

export function refuse(info: ErrorInfo | null): void {
  if (info) throw new AppError(info);
}
