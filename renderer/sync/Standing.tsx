// The head of the ledger: the line to the platform, the counts, the clock, the next try; one banner when the queue stands
// still; and how far an upload is.
import { Button } from 'antd';
import type { SyncOverview, SyncProgress } from '../../shared/sync/calls.ts';
import { showTime } from '../design/time.ts';

/** A clock further off than this is worth a word. */
const clockWarnMs = 60_000;

const engineWords: Record<SyncOverview['engine'], string> = {
  none: '没有设置监管平台',
  stopped: '上传没有运行',
  running: '自动上传',
  halted: '上传已停止',
  paused: '上传暂停',
};

function about(seconds: number): string {
  if (seconds < 60) return `约 ${Math.max(1, seconds)} 秒`;
  if (seconds < 3_600) return `约 ${Math.round(seconds / 60)} 分钟`;
  return `约 ${(seconds / 3_600).toFixed(1)} 小时`;
}

function clockWords(offsetMs: number): string {
  const seconds = Math.round(Math.abs(offsetMs) / 1_000);
  return seconds === 0 ? '与平台一致' : `${offsetMs > 0 ? '比平台慢' : '比平台快'} ${seconds} 秒`;
}

export function ProgressLine({ progress, onStop }: { progress: SyncProgress; onStop: (() => void) | null }) {
  const whole = progress.accepted + progress.left;
  return (
    <div className="jt-sync-progress" role="status" data-testid="sync-progress">
      <progress max={Math.max(1, whole)} value={progress.accepted} aria-label="上传进度" />
      <span>
        正在上传：已接收 <b>{progress.accepted}</b>，还有 <b data-testid="sync-left">{progress.left}</b>
      </span>
      <span className="jt-soft">
        {progress.perMinute === null ? '正在测算速度…' : `每分钟 ${progress.perMinute} 条`}
        {progress.secondsLeft !== null && progress.left > 0 && `，${about(progress.secondsLeft)}`}
      </span>
      <span className="jt-soft">
        本轮 {progress.done}/{progress.planned} 次
      </span>
      {onStop !== null && (
        <Button size="small" onClick={onStop} data-testid="sync-cancel">
          停止本次上传 <kbd className="jt-key">Shift+F6</kbd>
        </Button>
      )}
    </div>
  );
}

export function Standing({ overview }: { overview: SyncOverview | null }) {
  if (overview === null) return <div className="jt-ledger-bar jt-soft">正在载入…</div>;
  const { halt, clockOffsetMs, lastFailure, lastAnswerAt } = overview;
  const lost = lastFailure !== null && (lastAnswerAt === null || lastFailure.at > lastAnswerAt);
  return (
    <>
      {halt !== null && (
        <div className="jt-sync-halt" role="alert" data-testid="sync-halt">
          <b>■ 上传已停止：平台拒绝访问</b>
          <span>
            平台答复（{halt.code}）：{halt.message}
          </span>
          <span>
            <b>下一步：</b>
            {halt.next}
          </span>
        </div>
      )}
      {overview.pausedBy !== null && overview.pausedUntil !== null && (
        <div className="jt-sync-halt" role="status">
          <b>▲ {overview.pausedBy} 停止了上传</b>
          <span>{showTime(overview.pausedUntil, true)} 自动恢复；现在就传请按 F6。</span>
        </div>
      )}
      <div className="jt-ledger-bar" data-testid="sync-standing" data-engine={overview.engine}>
        <span>
          {engineWords[overview.engine]}
          {overview.platformUrl !== '' && <span className="jt-soft">（{overview.platformUrl}）</span>}
        </span>
        <span className="jt-soft">最后应答 {showTime(lastAnswerAt, true).slice(5)}</span>
        {lost && (
          <span className="jt-tone-warn">
            ▲ {lastFailure.message}（{showTime(lastFailure.at, true).slice(11)}）
          </span>
        )}
        {overview.nextAt !== null && (
          <span className="jt-soft">下次尝试 {showTime(overview.nextAt, true).slice(5)}</span>
        )}
        {clockOffsetMs !== null &&
          (Math.abs(clockOffsetMs) > clockWarnMs ? (
            <strong className="jt-tone-warn">▲ 本机时钟{clockWords(clockOffsetMs)}，请校准</strong>
          ) : (
            <span className="jt-soft" title={`测于 ${showTime(overview.clockMeasuredAt, true)}`}>
              本机时钟{clockWords(clockOffsetMs)}
            </span>
          ))}
      </div>
    </>
  );
}
