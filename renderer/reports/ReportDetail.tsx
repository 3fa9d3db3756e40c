// What stands about a report beside its file: state, code and where to verify it, what it still waits for, signatures.
import { signatureMeaningNames, type SignatureMeaning } from '../../shared/entities/record.ts';
import { StateTag } from '../design/StateTag.tsx';
import { showTime } from '../design/time.ts';
import { wordOfReport } from './afterIssue/words.ts';
import type { LiveReport, ReportRow } from './reportRow.ts';

export interface ReportDetailProps {
  row: ReportRow;
  /** Missing when the report is older than the working set. */
  report: LiveReport | null;
  signatures: readonly { meaning: SignatureMeaning; personName: string; at: string; valid: boolean }[];
}

export function ReportDetail({ row, report, signatures }: ReportDetailProps) {
  // The address is the platform's own; it is never put together here.
  const verifyUrl = report?.verifyUrl ?? null;
  return (
    <div className="jt-report-facts">
      <p>
        <StateTag state={wordOfReport(report ?? row, report)} /> {row.projectName} · 委托 {row.commissionNo}
        {report !== null && report.printCount > 0 && ` · 已打印或存出 ${report.printCount} 次`}
      </p>
      {row.code === null ? (
        <p className="jt-code" data-testid="report-code" data-code="">
          标识码：<b>尚未取得</b>
          {report?.waitingFor !== null && report?.waitingFor !== undefined && <span>（{report.waitingFor}）</span>}
        </p>
      ) : (
        <p className="jt-code" data-testid="report-code" data-code={row.code}>
          标识码：<b className="jt-figure">{row.code}</b>
          {report?.codedAt !== null && report !== null && <span className="jt-soft">{showTime(report.codedAt)}</span>}
          <span className="jt-soft" data-testid="report-verify-url">
            查验：{verifyUrl ?? '扫报告上的二维码'}
          </span>
        </p>
      )}
      {report !== null && report.conclusionText !== '' && (
        <p>
          {report.alarming && <strong className="jt-tone-bad">▲ 低于设计等级 </strong>}
          结论：{report.conclusionText}
        </p>
      )}
      <p className="jt-report-signs">
        {(['test', 'check', 'approve'] as const).map((meaning) => {
          const signature = signatures.findLast((candidate) => candidate.meaning === meaning);
          return (
            <span key={meaning}>
              {signatureMeaningNames[meaning]}：
              {signature === undefined ? (
                <span className="jt-soft">○ 未签</span>
              ) : (
                <span className={signature.valid ? 'jt-tone-good' : 'jt-tone-bad'}>
                  {signature.valid ? '✓' : '✕ 已失效'} {signature.personName} {showTime(signature.at)}
                </span>
              )}
            </span>
          );
        })}
      </p>
    </div>
  );
}
