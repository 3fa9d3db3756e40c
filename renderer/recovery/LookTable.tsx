// What can still be read in the damaged store: how much of what, up to when, and the newest numbers.
import type { CallOutput } from '../../shared/contract/calls.ts';
import { showTime } from '../design/time.ts';

export function LookTable({ look }: { look: CallOutput<'recovery.look'> }) {
  return (
    <div data-testid="recovery-read">
      <p>
        {look.counts.length === 0
          ? '一行也读不出来。'
          : look.counts.map(({ what, count }) => `${what} ${count}`).join('，')}
        {look.unreadable > 0 ? `；有 ${look.unreadable} 处读不出来。` : '。'}
      </p>
      {look.records.length > 0 && (
        <p className="jt-wrap">
          最近的记录：
          {look.records
            .slice(0, 20)
            .map(({ recordNo, createdAt }) => `${recordNo}（${showTime(createdAt)}）`)
            .join('、')}
        </p>
      )}
      {look.reports.length > 0 && (
        <p className="jt-wrap">
          最近的报告：
          {look.reports
            .slice(0, 20)
            .map(({ reportNo, code }) => (code === '' ? reportNo : `${reportNo}（${code}）`))
            .join('、')}
        </p>
      )}
    </div>
  );
}
