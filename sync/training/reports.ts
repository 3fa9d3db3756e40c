// Writing reports: submission and the filed PDF. A report that has its code keeps its test data for ever; a later
// revision needs a change order and may change commission information only (decree 57; RB/T 214 4.5.26).
import { digestOf, sha256Hex } from '../wire/digest.ts';
import { reportPayloadSchema, type DigestedPayload, type ReportPayload, type ReportState } from '../wire/schemas.ts';
import { findCommission, refuseIfFrozen } from './commissions.ts';
import { digestProblem, parseOrRefuse, type PlatformContext } from './context.ts';
import { PlatformError, refuseOn } from './platform-error.ts';
import {
  conclusionProblems,
  filedSha256,
  findReport,
  findReportCode,
  isVoided,
  reportPayload,
  type ReportRow,
  reportState,
} from './report-rows.ts';
import { refuseByRule, useUp } from './rules.ts';
import { askReport, forgetReport, putOffReport, refuseReport, waitingReport } from './undecided.ts';

export function requireReport(
  context: PlatformContext,
  orgCode: string,
  reportNo: string,
  revision: number,
): ReportRow {
  const row = findReport(context, orgCode, reportNo, revision);
  if (row === undefined) throw new PlatformError('NOT_FOUND', `没有报告 ${reportNo} 第 ${revision} 版`);
  return row;
}

export function refuseIfVoided(context: PlatformContext, orgCode: string, reportNo: string): void {
  if (isVoided(context, orgCode, reportNo)) throw new PlatformError('VOIDED', `报告 ${reportNo} 已作废，编号不再使用`);
}

/** A revision after the first: the one before must be here, and once that has its code only its change order opens it. */
function refuseWrongRevision(context: PlatformContext, orgCode: string, report: ReportPayload): void {
  if (report.revision === 1) return;
  const before = findReport(context, orgCode, report.reportNo, report.revision - 1);
  if (before === undefined) {
    const message = `平台没有报告 ${report.reportNo} 第 ${report.revision - 1} 版`;
    throw new PlatformError('REFERENCE_MISSING', message, [{ code: 'REFERENCE_MISSING', field: 'revision', message }]);
  }
  if (findReportCode(context, orgCode, report.reportNo, report.revision - 1) === undefined) return;
  const order = context.db
    .prepare('SELECT 1 FROM change_order WHERE org_code = ? AND report_no = ? AND revision = ?')
    .get(orgCode, report.reportNo, report.revision);
  if (order === undefined) {
    const message = `报告 ${report.reportNo} 已取得标识码，第 ${report.revision} 版须先提交变更单`;
    throw new PlatformError('REFERENCE_MISSING', message, [
      { code: 'REFERENCE_MISSING', field: 'revision', rule: 'change-order', message },
    ]);
  }
  const earlier = reportPayload(before);
  for (const field of [
    'commissionNo',
    'recordNos',
    'conclusion',
    'conclusionText',
    'testedOn',
    'siteAddress',
  ] as const) {
    if (digestOf(earlier[field]) !== digestOf(report[field])) {
      refuseOn([
        { code: 'VALIDATION', field, rule: 'change-order', message: '签发后只能变更委托信息，不能变更检测数据' },
      ]);
    }
  }
}

/** The same report again while it waits answers as the first time; after a late refusal it is looked at anew. */
function whileWaiting(
  context: PlatformContext,
  orgCode: string,
  reportNo: string,
  revision: number,
  digest: string,
): ReportState | undefined {
  const waiting = waitingReport(context, orgCode, reportNo, revision);
  if (waiting === undefined) return undefined;
  if (waiting.verdict === 'refused') {
    forgetReport(context, orgCode, waiting);
    return undefined;
  }
  if (waiting.digest === digest) return { reportNo, revision, state: 'submitted' };
  throw new PlatformError('CONFLICT_CONTENT', `报告 ${reportNo} 第 ${revision} 版已以不同内容提交，尚未处理完`);
}

/** Inside the caller's transaction. `afterWaiting`: the rule that put it off has been heard already. */
export function putReport(
  context: PlatformContext,
  orgCode: string,
  reportNo: string,
  revision: number,
  body: DigestedPayload,
  afterWaiting = false,
): ReportState {
  const wrongDigest = digestProblem(body.digest, body.payload);
  if (wrongDigest !== undefined) refuseOn([wrongDigest]);
  const known = findReport(context, orgCode, reportNo, revision);
  if (known !== undefined) {
    if (known.digest === body.digest) return reportState(context, known);
    throw new PlatformError('CONFLICT_CONTENT', `报告 ${reportNo} 第 ${revision} 版已以不同内容提交`);
  }
  const waiting = whileWaiting(context, orgCode, reportNo, revision, body.digest);
  if (waiting !== undefined) return waiting;
  refuseIfVoided(context, orgCode, reportNo);
  const report = parseOrRefuse(reportPayloadSchema, body.payload);
  if (report.reportNo !== reportNo || report.revision !== revision) {
    refuseOn([{ code: 'VALIDATION', field: 'reportNo', message: '报告编号或版本与地址中的不一致' }]);
  }
  refuseIfFrozen(findCommission(context, orgCode, report.commissionNo));
  refuseWrongRevision(context, orgCode, report);
  refuseOn(conclusionProblems(context, orgCode, report));
  const rule = afterWaiting ? undefined : refuseByRule(context, 'report', reportNo);
  if (rule !== undefined) {
    useUp(context, rule.id);
    return putOffReport(context, orgCode, { reportNo, revision, ...body }, rule);
  }
  context.db
    .prepare(
      `INSERT INTO report (org_code, report_no, revision, digest, commission_no, payload, received_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(orgCode, reportNo, revision, body.digest, report.commissionNo, JSON.stringify(body.payload), context.now());
  return reportState(context, requireReport(context, orgCode, reportNo, revision));
}

/** The state of a report, inside the caller's transaction: a question may be what a waiting report waited for. */
export function getReport(context: PlatformContext, orgCode: string, reportNo: string, revision: number): ReportState {
  const row = waitingReport(context, orgCode, reportNo, revision);
  if (row === undefined) return reportState(context, requireReport(context, orgCode, reportNo, revision));
  const answer = askReport(context, orgCode, row);
  if (answer === 'waiting') return { reportNo, revision, state: 'submitted' };
  if (!Array.isArray(answer)) {
    try {
      return putReport(context, orgCode, reportNo, revision, answer, true);
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      const { code, message } = error;
      refuseReport(context, orgCode, row, error.details.length > 0 ? error.details : [{ code, message }]);
      return getReport(context, orgCode, reportNo, revision);
    }
  }
  const errors = answer.map(({ code, message }) => ({ code, message, requestId: row.entry_id }));
  return { reportNo, revision, state: 'rejected', errors };
}

/** Stores the PDF as issued; answers whether it is new here. */
export function putReportFile(
  context: PlatformContext,
  orgCode: string,
  reportNo: string,
  revision: number,
  claimedSha256: string | undefined,
  bytes: Uint8Array,
): boolean {
  const sha256 = sha256Hex(bytes);
  if (claimedSha256 !== sha256) {
    refuseOn([
      { code: 'VALIDATION', field: 'X-Content-SHA256', rule: 'digest', message: '文件内容与 X-Content-SHA256 不一致' },
    ]);
  }
  const report = requireReport(context, orgCode, reportNo, revision);
  const filed = filedSha256(context, orgCode, reportNo, revision);
  if (filed === sha256) return false;
  if (filed !== undefined) throw new PlatformError('CONFLICT_CONTENT', '该版本已归档另一个文件');
  refuseIfVoided(context, orgCode, reportNo);
  refuseIfFrozen(findCommission(context, orgCode, report.commission_no));
  if (findReportCode(context, orgCode, reportNo, revision) === undefined) {
    throw new PlatformError('NOT_READY', '报告尚未取得防伪监管标识码，不能归档', [
      { code: 'NOT_READY', field: reportNo, rule: 'code', message: '尚未取得标识码' },
    ]);
  }
  refuseByRule(context, 'report-file', reportNo);
  if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') !== '%PDF-') {
    refuseOn([{ code: 'VALIDATION', field: 'body', message: '归档文件不是 PDF' }]);
  }
  context.db
    .prepare(
      `INSERT INTO report_file (org_code, report_no, revision, sha256, bytes, filed_at) VALUES (?, ?, ?, ?, ?, ?)`,
    )
    .run(orgCode, reportNo, revision, sha256, bytes, context.now());
  return true;
}
