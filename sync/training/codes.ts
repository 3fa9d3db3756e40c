// Minting the anti-counterfeit supervision code: exactly one per report revision, bound to the digest of what was
// submitted, the same answer on every repeat. The code is random and says nothing; everything is looked up.
import { randomBytes } from 'node:crypto';
import { type ReportCode } from '../wire/schemas.ts';
import { findCommission, refuseIfFrozen } from './commissions.ts';
import { type PlatformContext } from './context.ts';
import { PlatformError } from './platform-error.ts';
import { findReportCode, reportCode, reportGaps, reportState } from './report-rows.ts';
import { requireReport } from './reports.ts';
import { refuseByRule } from './rules.ts';
import { waitingReport } from './undecided.ts';

/** No letters that are misread on paper (I, L, O, U). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 20;

function mint(): string {
  // 256 is a multiple of 32, so the remainder is without bias.
  return [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/** Inside the caller's transaction. Answers `pending` instead of a new code while `holdBack` says so. */
export function issueCode(
  context: PlatformContext,
  orgCode: string,
  reportNo: string,
  revision: number,
  holdBack: () => boolean,
): ReportCode | 'pending' {
  const waiting = waitingReport(context, orgCode, reportNo, revision);
  if (waiting !== undefined && waiting.verdict !== 'refused') {
    throw new PlatformError('NOT_READY', `报告 ${reportNo} 第 ${revision} 版尚在处理中`);
  }
  const report = requireReport(context, orgCode, reportNo, revision);
  if (reportState(context, report).state === 'void') {
    throw new PlatformError('VOIDED', `报告 ${reportNo} 已作废`);
  }
  const known = findReportCode(context, orgCode, reportNo, revision);
  if (known !== undefined) return reportCode(known);
  refuseIfFrozen(findCommission(context, orgCode, report.commission_no));
  const gaps = reportGaps(context, report);
  if (gaps.length > 0) throw new PlatformError('NOT_READY', '资料尚未齐全，暂不能发放标识码', gaps);
  refuseByRule(context, 'code', reportNo);
  if (holdBack()) return 'pending';
  const code = mint();
  context.db
    .prepare(
      `INSERT INTO report_code (code, org_code, report_no, revision, digest, verify_url, issued_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      code,
      orgCode,
      reportNo,
      revision,
      report.digest,
      `${context.publicBase()}/verify?code=${encodeURIComponent(code)}`,
      context.now(),
    );
  const row = findReportCode(context, orgCode, reportNo, revision);
  if (row === undefined) throw new Error('a code that was just written is not there');
  return reportCode(row);
}
