// The reports' calls: preview, approve, return, print, search; and the original record as a paper.
import { ulid } from 'ulid';
import type { ReportContent } from '../../../shared/reports/test-report.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError, type ErrorInfo } from '../../../shared/errors/appError.ts';
import type { ReportRenderer } from '../../reports/renderer.ts';
import { requireRow } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';
import { refuse } from '../afterIssue/refusals.ts';
import { markOf, notPrintable, reportStanding } from '../afterIssue/standing.ts';
import type { BlindCovers } from '../blind/cover.ts';
import type { Context, SomeHandlers } from '../context.ts';
import { returnRecord } from '../records/signCheck.ts';
import { signaturesOf } from '../records/recordRows.ts';
import type { ShownSheets } from '../review/shown.ts';
import { search } from '../search.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { approveReport, basisDigest } from './approve.ts';
import { reportKeyOf } from './joinReport.ts';
import { buildRecordPaper } from './recordPaper.ts';
import { buildReport, reportRecords } from './reportContent.ts';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

const codedContent = (row: Row, content: ReportContent): ReportContent =>
  row['code'] === null
    ? content
    : { ...content, code: { code: String(row['code']), verifyUrl: String(row['verifyUrl']) } };

const neverSigned = (row: Row): ErrorInfo => ({
  code: 'REPORT_WITHDRAWN',
  message: `报告 ${String(row['reportNo'])} 第 ${String(row['revision'])} 版没有签发，变更单 ${String(row['changeNo'])} 已撤回。`,
  meaning: '这一版没有可以查看的报告。',
  next: '请查看上一版，或提交更正后的变更单。',
});

type ReportCall =
  | 'reports.preview' | 'reports.recordPdf' | 'reports.approve' | 'reports.return' | 'reports.print' | 'reports.search'; // prettier-ignore

export function reportHandlers(
  context: Context,
  sessions: Sessions,
  renderer: ReportRenderer,
  shown: ShownSheets,
  blind: BlindCovers,
): SomeHandlers<ReportCall> {
  const { store, files } = context;
  return {
    async 'reports.preview'({ reportNo, revision }, caller) {
      const key = reportKeyOf(reportNo, revision);
      const row = requireRow(store.get('report', key), '报告', reportNo);
      if (row['state'] === 'withdrawn' && row['contentJson'] === null) refuse(neverSigned(row));
      if (row['state'] !== 'draft') {
        const coded = row['codedSha256'] !== null;
        const content = JSON.parse(String(row['contentJson'])) as ReportContent;
        const mark = markOf(reportStanding(store, row));
        const issued = files.read(String(coded ? row['codedSha256'] : row['contentSha256']), 'pdf');
        // What counts no longer stays readable and says so on every page; the file as issued stays as it is.
        const pdf = mark === null ? issued : await renderer.renderReport(codedContent(row, content), { coded, mark });
        return {
          digest: String(row['payloadDigest']),
          state: String(row['state']),
          pdfBase64: base64(pdf),
          coded,
          signatures: content.signatures.map(({ meaning, name, at }) => ({
            meaning,
            personName: name,
            at,
            valid: true,
          })),
        };
      }
      const { content, facts, again } = await buildReport(context, key, null);
      const onRecords = () =>
        facts.flatMap(({ row: record, digest }) =>
          signaturesOf(store, 'record', String(record['recordNo']), digest).map(
            ({ meaning, personName, at, valid }) => ({ meaning, personName, at, valid }),
          ),
        );
      const digest = basisDigest(content);
      const pdfBase64 = content.tables.length > 0 ? base64(await renderer.renderReport(content, { coded: false })) : '';
      // A report without content has nothing that could have been seen.
      if (pdfBase64 !== '') shown.note(caller.user.personId, 'report', key, digest);
      return {
        digest,
        state: 'draft',
        pdfBase64,
        coded: false,
        signatures:
          revision > 1
            ? again.map(({ meaning, personName, at, valid }) => ({ meaning, personName, at, valid }))
            : onRecords(),
      };
    },
    async 'reports.recordPdf'({ recordNo }, caller) {
      const paper = await buildRecordPaper(context, recordNo);
      const pdf = await renderer.renderRecord(blind.of(caller.user)?.paper(recordNo, paper) ?? paper);
      store.transact(caller.actor, (tx) => tx.event('testRecord', recordNo, '调出原始记录打印件'));
      return { pdfBase64: base64(pdf) };
    },
    async 'reports.approve'(input, caller) {
      await approveReport(context, sessions, renderer, caller, input);
      const row = store.get('report', reportKeyOf(input.reportNo, input.revision));
      return { reportNo: input.reportNo, revision: input.revision, state: String(row?.['state']) };
    },
    'reports.return'({ reportNo, revision, reason }, caller) {
      const key = reportKeyOf(reportNo, revision);
      const row = requireRow(store.get('report', key), '报告', reportNo);
      if (row['state'] !== 'draft') {
        throw new AppError({
          code: 'REPORT_APPROVED',
          message: `报告 ${reportNo} 已经批准，不能退回。`,
          meaning: '签发之后检测数据不能更改。',
          next: '委托信息有误请办理变更单；报告作废请由质量负责人办理。',
        });
      }
      if (reportRecords(context, key).some(({ row: record }) => record['state'] === 'approved')) {
        throw new AppError({
          code: 'RECORDS_CLOSED',
          message: `报告 ${reportNo} 第 ${revision} 版的原始记录已随先前签发的报告封存，不能退回。`,
          meaning: '签发之后检测数据不能更改。',
          next:
            revision > 1
              ? '委托信息仍有误的，签完这一版后再办变更；检测数据有误的，作废这份报告。'
              : '不需要这份报告时请作废，编号保留。',
        });
      }
      const records = reportRecords(context, key).filter(({ row: record }) => record['state'] === 'checked');
      store.transact(caller.actor, (tx) => {
        for (const { row: record } of records)
          returnRecord(tx, caller, String(record['recordNo']), reason, ['checked']);
        tx.update('report', key, { returnedReason: `${caller.user.name}：${reason}` }, reason);
      });
      return {};
    },
    'reports.print'({ reports, purpose }, caller) {
      const rows = reports.map(({ reportNo, revision }) => {
        const row = requireRow(store.get('report', reportKeyOf(reportNo, revision)), '报告', reportNo);
        const { stopped } = reportStanding(store, row);
        if (stopped !== null) throw new AppError(notPrintable(row, stopped));
        if (row['contentSha256'] === null) {
          throw new AppError({
            code: 'REPORT_NOT_PRINTABLE',
            message: `报告 ${reportNo} 还没有批准，不能打印。`,
            meaning: '没有批准的报告没有效力；一份也没有打印。',
            next: '请先完成批准，或从选择中去掉它。',
          });
        }
        return row;
      });
      const printed = rows.map((row) => {
        const coded = row['codedSha256'] !== null;
        const sha256 = String(coded ? row['codedSha256'] : row['contentSha256']);
        const reportNo = String(row['reportNo']);
        return {
          key: String(row['reportKey']),
          reportNo,
          coded,
          bytes: files.read(sha256, 'pdf'),
          fileName: `${reportNo}-${row['revision']}${coded ? '' : '-未取得标识码'}.pdf`,
        };
      });
      store.transact(caller.actor, (tx) => {
        for (const { key, coded } of printed) {
          tx.insert('printLog', {
            printId: ulid(),
            reportKey: key,
            coded: coded ? 1 : 0,
            purpose,
            personName: caller.user.name,
            at: toWallTime(context.now()),
          });
        }
      });
      return {
        files: printed.map(({ reportNo, fileName, coded, bytes }) => ({
          reportNo,
          fileName,
          coded,
          pdfBase64: base64(bytes),
        })),
      };
    },
    'reports.search'(input) {
      const { rows, nextCursor } = search(
        store,
        {
          kind: 'report',
          select: `SELECT report.*, projectName
            FROM report JOIN commission USING (commissionNo)`,
          table: 'report',
          key: 'reportKey',
          commissionColumn: 'commissionNo',
        },
        input,
      );
      return {
        nextCursor,
        rows: rows.map((row) => ({
          reportNo: String(row['reportNo']),
          revision: Number(row['revision']),
          commissionNo: String(row['commissionNo']),
          projectName: String(row['projectName']),
          state: String(row['state']),
          standing: reportStanding(store, row).standing,
          code: row['code'] === null ? null : String(row['code']),
          approvedAt: row['approvedAt'] === null ? null : String(row['approvedAt']),
        })),
      };
    },
  };
}
