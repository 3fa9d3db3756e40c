// Retests and supplements as lines: number, how far it is or what came out, and the way there.
import { Button } from 'antd';
import type { RetestLink, SupplementLink } from '../../../shared/retests/calls.ts';
import { StateTag } from '../../design/StateTag.tsx';
import { showTime } from '../../design/time.ts';
import { useUi } from '../../state/ui.ts';
import { resultText, wordOfLink } from './words.ts';

function ReportLink({ reportNo }: { reportNo: string | null }) {
  const go = useUi((state) => state.go);
  if (reportNo === null) return null;
  return (
    <Button type="link" size="small" onClick={() => go('reports', reportNo)} data-testid="related-open">
      报告 {reportNo}
    </Button>
  );
}

/** A retest of this result. */
export function RetestLine({ link }: { link: RetestLink }) {
  return (
    <li data-testid="retest-line" data-state={link.state} data-verdict={link.verdict ?? ''}>
      <p>
        <b>复检</b> <StateTag state={wordOfLink(link)} /> 委托 {link.commissionNo}，样品 {link.sampleNo}
        {link.results.length > 0 && `：${resultText(link.results)}`} <ReportLink reportNo={link.reportNo} />
      </p>
      <p className="jt-soft">
        {link.basis === 'rule'
          ? `按 ${link.clause ?? ''}，${link.quantity}`
          : `由${link.begunBy}决定：${link.reason ?? ''}`}
        　{link.begunBy} {showTime(link.begunAt)} 委托
      </p>
    </li>
  );
}

/** The first result that this one answers. */
export function FirstLine({ link }: { link: RetestLink }) {
  return (
    <li data-testid="first-line">
      <p>
        <b>这是复检，首次</b> 记录 {link.firstRecordNo}，样品 {link.firstSampleNo}：{resultText(link.firstResults)}{' '}
        <ReportLink reportNo={link.firstReportNo} />
      </p>
      <p className="jt-soft">
        {link.basis === 'rule'
          ? `按 ${link.clause ?? ''}，${link.quantity}`
          : `由${link.begunBy}决定：${link.reason ?? ''}`}
      </p>
    </li>
  );
}

export function SupplementLine({ link, own = false }: { link: SupplementLink; own?: boolean }) {
  return (
    <li data-testid="supplement-line" data-state={link.state}>
      <p>
        <b>{own ? '这是补充检测，首次' : '补充检测'}</b>{' '}
        {own ? `记录 ${link.firstRecordNo}` : <StateTag state={wordOfLink(link)} />} {link.parameterNames.join('、')}
        {!own && link.results.length > 0 && `：${resultText(link.results)}`}{' '}
        <ReportLink reportNo={own ? link.firstReportNo : link.reportNo} />
      </p>
      <p className="jt-soft">
        {link.reason}　{link.begunBy} {showTime(link.begunAt)} 登记
      </p>
    </li>
  );
}
