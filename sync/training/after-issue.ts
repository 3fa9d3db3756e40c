// What may still happen to a report after issue: a change order that opens its next revision for commission information,
// and its voiding. A coded unqualified report is never withdrawn (decree 57; RB/T 214 4.5.26).
import {
  acquisitionPayloadSchema,
  changeOrderSchema,
  resultSchema,
  testRecordPayloadSchema,
  voidRequestSchema,
} from '../wire/schemas.ts';
import { findCommission, refuseIfFrozen } from './commissions.ts';
import { bodyDigest, parseOrRefuse, type PlatformContext } from './context.ts';
import { hasMedium } from './media.ts';
import { PlatformError, refuseOn } from './platform-error.ts';
import { findReport, findReportCode, reportPayload, type ReportRow } from './report-rows.ts';
import { refuseIfVoided, requireReport } from './reports.ts';
import { refuseByRule } from './rules.ts';

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
  const digest = bodyDigest(body);
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
  refuseByRule(context, 'change-order', reportNo);
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
  const digest = bodyDigest(body);
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
  refuseByRule(context, 'void', reportNo);
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
