// Writing reports: submission, change order, void and the filed PDF. A report that has its code keeps its test data for
// ever; a later revision needs a change order and may change commission information only; a coded unqualified report is
// never withdrawn (decree 57; RB/T 214 4.5.26).
import { digestOf, sha256Hex } from '../wire/digest.ts';
import {
  acquisitionPayloadSchema,
  changeOrderSchema,
  reportPayloadSchema,
  resultSchema,
  testRecordPayloadSchema,
  voidRequestSchema,
  type DigestedPayload,
  type ReportPayload,
  type ReportState,
} from '../wire/schemas.ts';
import { findCommission, refuseIfFrozen } from './commissions.ts';
import { digestProblem, parseOrRefuse, type PlatformContext } from './context.ts';
import { hasMedium } from './media.ts';
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

export function putReport(
  context: PlatformContext,
  orgCode: string,
  reportNo: string,
  revision: number,
  body: DigestedPayload,
): ReportState {
  const wrongDigest = digestProblem(body.digest, body.payload);
  if (wrongDigest !== undefined) refuseOn([wrongDigest]);
  const known = findReport(context, orgCode, reportNo, revision);
  if (known !== undefined) {
    if (known.digest === body.digest) return reportState(context, known);
    throw new PlatformError('CONFLICT_CONTENT', `报告 ${reportNo} 第 ${revision} 版已以不同内容提交`);
  }
  refuseIfVoided(context, orgCode, reportNo);
  const report = parseOrRefuse(reportPayloadSchema, body.payload);
  if (report.reportNo !== reportNo || report.revision !== revision) {
    refuseOn([{ code: 'VALIDATION', field: 'reportNo', message: '报告编号或版本与地址中的不一致' }]);
  }
  refuseIfFrozen(findCommission(context, orgCode, report.commissionNo));
  refuseWrongRevision(context, orgCode, report);
  refuseOn(conclusionProblems(context, orgCode, report));
  context.db
    .prepare(
      `INSERT INTO report (org_code, report_no, revision, digest, commission_no, payload, received_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(orgCode, reportNo, revision, body.digest, report.commissionNo, JSON.stringify(body.payload), context.now());
  return reportState(context, requireReport(context, orgCode, reportNo, revision));
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

/** Names of fields that hold test data, wherever they stand in a path such as `results.0.value`. */
const TEST_DATA_FIELDS = new Set([
  ...'readings results environment parameterCodes methodStandard testedAt testedOn testerId checkerId'.split(' '),
  ...'equipmentIds acquisitionKeys recordNos conclusion conclusionText siteAddress auditHead'.split(' '),
  ...Object.keys(resultSchema.shape),
  ...Object.keys(acquisitionPayloadSchema.shape).filter((name) => !(name in testRecordPayloadSchema.shape)),
]);

export function postChangeOrder(
  context: PlatformContext,
  orgCode: string,
  reportNo: string,
  body: unknown,
): { changeNo: string; reportNo: string; revision: number; state: 'accepted' } {
  const order = parseOrRefuse(changeOrderSchema, body);
  const answer = { changeNo: order.changeNo, reportNo, revision: order.revision, state: 'accepted' } as const;
  const digest = digestOf(body);
  const known = context.db
    .prepare<[string, string], { digest: string; report_no: string }>(
      'SELECT digest, report_no FROM change_order WHERE org_code = ? AND change_no = ?',
    )
    .get(orgCode, order.changeNo);
  if (known !== undefined) {
    if (known.digest === digest && known.report_no === reportNo) return answer;
    throw new PlatformError('CONFLICT_CONTENT', `变更单 ${order.changeNo} 已以不同内容提交`);
  }
  refuseIfVoided(context, orgCode, reportNo);
  const before = requireReport(context, orgCode, reportNo, Math.max(1, order.revision - 1));
  refuseIfFrozen(findCommission(context, orgCode, before.commission_no));
  if (order.revision < 2 || findReport(context, orgCode, reportNo, order.revision) !== undefined) {
    refuseOn([{ code: 'VALIDATION', field: 'revision', message: '变更单须指向尚未提交的下一版' }]);
  }
  refuseOn(
    order.fields.flatMap((change, index) =>
      change.field.split('.').some((part) => TEST_DATA_FIELDS.has(part))
        ? [
            {
              code: 'VALIDATION' as const,
              field: `fields.${index}.field`,
              rule: 'change-order',
              message: `${change.field} 是检测数据，签发后不能变更`,
            },
          ]
        : [],
    ),
  );
  refuseOn(
    (order.evidence ?? [])
      .filter((sha256) => !hasMedium(context, orgCode, sha256))
      .map((sha256) => ({
        code: 'REFERENCE_MISSING' as const,
        field: 'evidence',
        message: `平台没有媒体文件 ${sha256}`,
      })),
  );
  context.db
    .prepare(
      `INSERT INTO change_order (org_code, change_no, report_no, revision, digest, body, received_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(orgCode, order.changeNo, reportNo, order.revision, digest, JSON.stringify(body), context.now());
  return answer;
}

export function voidReport(
  context: PlatformContext,
  orgCode: string,
  reportNo: string,
  body: unknown,
): { reportNo: string; state: 'void' } {
  parseOrRefuse(voidRequestSchema, body);
  const digest = digestOf(body);
  const known = context.db
    .prepare<[string, string], { digest: string }>(
      'SELECT digest FROM report_void WHERE org_code = ? AND report_no = ?',
    )
    .get(orgCode, reportNo);
  if (known !== undefined) {
    if (known.digest === digest) return { reportNo, state: 'void' };
    throw new PlatformError('CONFLICT_CONTENT', `报告 ${reportNo} 已以不同理由作废`);
  }
  const revisions = context.db
    .prepare<[string, string], ReportRow>('SELECT * FROM report WHERE org_code = ? AND report_no = ? ORDER BY revision')
    .all(orgCode, reportNo);
  const latest = revisions.at(-1);
  if (latest === undefined) throw new PlatformError('NOT_FOUND', `没有报告 ${reportNo}`);
  refuseIfFrozen(findCommission(context, orgCode, latest.commission_no));
  const codedUnqualified = revisions.some(
    (row) =>
      reportPayload(row).conclusion === 2 && findReportCode(context, orgCode, reportNo, row.revision) !== undefined,
  );
  if (codedUnqualified) {
    refuseOn([{ code: 'VALIDATION', field: 'reportNo', rule: 'unqualified', message: '不合格报告不得撤回或作废' }]);
  }
  context.db
    .prepare('INSERT INTO report_void (org_code, report_no, digest, body, received_at) VALUES (?, ?, ?, ?, ?)')
    .run(orgCode, reportNo, digest, JSON.stringify(body), context.now());
  return { reportNo, state: 'void' };
}
