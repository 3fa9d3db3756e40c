// Reading what is known about a report: its revisions, code, filed PDF, void, and the state that follows from them.
// The state is never stored: it is read off the facts, so it cannot disagree with them.
import { reportPayloadSchema, type ReportCode, type ReportPayload, type ReportState } from '../wire/schemas.ts';
import { wireTime } from '../wire/wire-time.ts';
import { findCommission } from './commissions.ts';
import { type PlatformContext } from './context.ts';
import { entryRevisions, latestPayload } from './entries.ts';
import { hasMedium } from './media.ts';
import { type Problem } from './platform-error.ts';
import { findReference } from './reference.ts';

export interface ReportRow {
  org_code: string;
  report_no: string;
  revision: number;
  digest: string;
  commission_no: string;
  payload: string;
}

export interface CodeRow {
  code: string;
  org_code: string;
  report_no: string;
  revision: number;
  digest: string;
  verify_url: string;
  issued_at: number;
  revoked_reason: string | null;
}

export function findReport(
  context: PlatformContext,
  orgCode: string,
  reportNo: string,
  revision: number,
): ReportRow | undefined {
  return context.db
    .prepare<[string, string, number], ReportRow>(
      `SELECT org_code, report_no, revision, digest, commission_no, payload FROM report
       WHERE org_code = ? AND report_no = ? AND revision = ?`,
    )
    .get(orgCode, reportNo, revision);
}

export function reportPayload(row: ReportRow): ReportPayload {
  return reportPayloadSchema.parse(JSON.parse(row.payload));
}

export function findReportCode(
  context: PlatformContext,
  orgCode: string,
  reportNo: string,
  revision: number,
): CodeRow | undefined {
  return context.db
    .prepare<[string, string, number], CodeRow>(
      'SELECT * FROM report_code WHERE org_code = ? AND report_no = ? AND revision = ?',
    )
    .get(orgCode, reportNo, revision);
}

export function reportCode(row: CodeRow): ReportCode {
  return {
    code: row.code,
    verifyUrl: row.verify_url,
    issuedAt: wireTime(row.issued_at),
    reportNo: row.report_no,
    revision: row.revision,
    digest: row.digest,
  };
}

export function filedSha256(
  context: PlatformContext,
  orgCode: string,
  reportNo: string,
  revision: number,
): string | undefined {
  return context.db
    .prepare<[string, string, number], { sha256: string }>(
      'SELECT sha256 FROM report_file WHERE org_code = ? AND report_no = ? AND revision = ?',
    )
    .get(orgCode, reportNo, revision)?.sha256;
}

export function isVoided(context: PlatformContext, orgCode: string, reportNo: string): boolean {
  return (
    context.db.prepare('SELECT 1 FROM report_void WHERE org_code = ? AND report_no = ?').get(orgCode, reportNo) !==
    undefined
  );
}

/** The latest revision after this one that has its code; this one is then replaced. */
export function replacingRevision(
  context: PlatformContext,
  orgCode: string,
  reportNo: string,
  revision: number,
): number | undefined {
  const latest = context.db
    .prepare<[string, string, number], { revision: number | null }>(
      'SELECT max(revision) AS revision FROM report_code WHERE org_code = ? AND report_no = ? AND revision > ?',
    )
    .get(orgCode, reportNo, revision);
  return latest?.revision ?? undefined;
}

export function isReplaced(context: PlatformContext, orgCode: string, reportNo: string, revision: number): boolean {
  return replacingRevision(context, orgCode, reportNo, revision) !== undefined;
}

/** The number of a coded report that rests on a record, or undefined. */
export function codedReportWithRecord(context: PlatformContext, orgCode: string, recordNo: string): string | undefined {
  return context.db
    .prepare<[string, string], { report_no: string }>(
      `SELECT r.report_no FROM report r JOIN report_code c USING (org_code, report_no, revision)
       JOIN json_each(r.payload, '$.recordNos') record WHERE r.org_code = ? AND record.value = ? LIMIT 1`,
    )
    .get(orgCode, recordNo)?.report_no;
}

function gap(field: string, rule: string, message: string): Problem {
  return { code: 'NOT_READY', field, rule, message };
}

function recordGaps(context: PlatformContext, orgCode: string, report: ReportPayload, recordNo: string): Problem[] {
  const record = latestPayload(context, orgCode, 'test-record', recordNo);
  if (record === undefined) return [gap(recordNo, 'test-record', `缺少检测记录 ${recordNo}`)];
  if (record.commissionNo !== report.commissionNo) {
    return [gap(recordNo, 'test-record', `检测记录 ${recordNo} 属于委托 ${record.commissionNo}`)];
  }
  const gaps: Problem[] = [];
  let usable = 0;
  for (const key of record.acquisitionKeys) {
    const run = latestPayload(context, orgCode, 'acquisition', key);
    if (run === undefined) gaps.push(gap(key, 'acquisition', `缺少采集记录 ${key}`));
    else if (run.media !== undefined && !hasMedium(context, orgCode, run.media)) {
      gaps.push(gap(run.media, 'media', `缺少采集记录 ${key} 的原始曲线 ${run.media}`));
    } else if (run.validity === 'valid') usable += 1;
  }
  const item = findReference(context.db, 'item', record.itemCode);
  if (item?.acquisition === 'required' && usable === 0 && gaps.length === 0) {
    gaps.push(gap(recordNo, 'acquisition', `检测记录 ${recordNo} 须有自动采集数据，尚未收到有效的采集记录`));
  }
  return gaps;
}

/** What a report still lacks before it can have a code: commission, records, runs, media. */
export function reportGaps(context: PlatformContext, row: ReportRow): Problem[] {
  const report = reportPayload(row);
  const gaps: Problem[] = [];
  if (findCommission(context, row.org_code, report.commissionNo) === undefined) {
    const message = `缺少委托 ${report.commissionNo}`;
    gaps.push({ code: 'NOT_READY', field: report.commissionNo, rule: 'commission', message });
  }
  for (const recordNo of report.recordNos) gaps.push(...recordGaps(context, row.org_code, report, recordNo));
  return gaps;
}

/** Records that are here and say something else than the report's conclusion. */
export function conclusionProblems(context: PlatformContext, orgCode: string, report: ReportPayload): Problem[] {
  return report.recordNos.flatMap((recordNo): Problem[] => {
    if (entryRevisions(context, orgCode, 'test-record', recordNo).length === 0) return [];
    const record = latestPayload(context, orgCode, 'test-record', recordNo);
    if (record?.conclusion !== 2 || report.conclusion === 2) return [];
    return [{ code: 'VALIDATION', field: 'conclusion', message: `检测记录 ${recordNo} 不合格，报告结论须为不合格` }];
  });
}

export function reportState(context: PlatformContext, row: ReportRow): ReportState {
  const { org_code: orgCode, report_no: reportNo, revision } = row;
  const code = findReportCode(context, orgCode, reportNo, revision);
  const commission = findCommission(context, orgCode, row.commission_no);
  const state = ((): ReportState['state'] => {
    if (isVoided(context, orgCode, reportNo) || commission?.state === 'voided') return 'void';
    if (code !== undefined && code.revoked_reason !== null) return 'void';
    if (isReplaced(context, orgCode, reportNo, revision)) return 'replaced';
    if (filedSha256(context, orgCode, reportNo, revision) !== undefined) return 'filed';
    if (code !== undefined) return 'coded';
    return reportGaps(context, row).length === 0 ? 'accepted' : 'submitted';
  })();
  return { reportNo, revision, state, ...(code === undefined ? {} : { code: reportCode(code) }) };
}
