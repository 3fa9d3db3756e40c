// What the public may know about a code: is it genuine, does it still count, and which file belongs to it.
import { type Verification } from '../wire/schemas.ts';
import { wireTime } from '../wire/wire-time.ts';
import { commissionPayload, findCommission } from './commissions.ts';
import { type PlatformContext } from './context.ts';
import { latestPayload } from './entries.ts';
import { findReference, institutionOf } from './reference.ts';
import { type CodeRow, filedSha256, findReport, replacingRevision, reportPayload, reportState } from './report-rows.ts';

/** What is public: which report this is, whether it counts, and its file's digest. Nobody's name, no client, no data. */
export interface VerifiedReport {
  verification: Verification;
  /** The wire says `void` for a revoked code too; a reader is told which of the two it was. */
  standing: Verification['status'] | 'revoked';
  /** The revision that counts now, where this one was replaced. */
  replacedBy: number | undefined;
  title: string;
  issuedOn: string;
}

const CONCLUSION_WORDS = ['未判定', '合格', '不合格'] as const;

export function verifyCode(context: PlatformContext, code: string): VerifiedReport | undefined {
  const row = context.db.prepare<[string], CodeRow>('SELECT * FROM report_code WHERE code = ?').get(code);
  const reportRow = row && findReport(context, row.org_code, row.report_no, row.revision);
  if (row === undefined || reportRow === undefined) return undefined;
  const report = reportPayload(reportRow);
  const commission = findCommission(context, row.org_code, report.commissionNo);
  const items = new Set(
    report.recordNos.flatMap((recordNo) => {
      const itemCode = latestPayload(context, row.org_code, 'test-record', recordNo)?.itemCode;
      return itemCode === undefined ? [] : [findReference(context.db, 'item', itemCode)?.name ?? itemCode];
    }),
  );
  const file = filedSha256(context, row.org_code, row.report_no, row.revision);
  const replacedBy = replacingRevision(context, row.org_code, row.report_no, row.revision);
  const standing = ((): VerifiedReport['standing'] => {
    // Voiding takes back the whole report, a revocation this one code: the graver word is said.
    if (row.revoked_reason !== null) return 'revoked';
    if (reportState(context, reportRow).state === 'void') return 'void';
    return replacedBy === undefined ? 'valid' : 'replaced';
  })();
  return {
    standing,
    replacedBy: standing === 'replaced' ? replacedBy : undefined,
    title: report.title,
    issuedOn: report.issuedOn,
    verification: {
      code: row.code,
      status: standing === 'revoked' ? 'void' : standing,
      reportNo: row.report_no,
      revision: row.revision,
      institution: institutionOf(context.db, row.org_code).name,
      ...(commission === undefined ? {} : { project: commissionPayload(commission).projectName }),
      item: [...items].join('、'),
      conclusion: report.conclusionText === '' ? CONCLUSION_WORDS[report.conclusion] : report.conclusionText,
      issuedAt: wireTime(row.issued_at),
      ...(file === undefined ? {} : { fileSha256: file }),
    },
  };
}
