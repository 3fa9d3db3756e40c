// What the instrument is saying right now, large, and what is wrong when it says nothing.
import type { Trial } from '../../../shared/contract/instruments.ts';
import type { ErrorInfo } from '../../../shared/errors/appError.ts';
import { ErrorBlock } from '../../design/ErrorBlock.tsx';
import { StateTag } from '../../design/StateTag.tsx';
import type { StateWord } from '../../design/words.ts';

const channel: Record<Trial['state'], StateWord> = {
  open: { word: '端口已打开', tone: 'good', shape: '●' },
  reconnecting: { word: '断线，正在重连', tone: 'warn', shape: '▲' },
  denied: { word: '端口被占用', tone: 'bad', shape: '✕' },
  closed: { word: '已关闭', tone: 'quiet', shape: '○' },
};

const stability = (trial: Trial): StateWord | null => {
  if (trial.condition !== null) return { word: trial.condition, tone: 'bad', shape: '✕' };
  if (trial.reading === null || trial.reading.stable === null) return null;
  return trial.reading.stable
    ? { word: '稳定', tone: 'good', shape: '●' }
    : { word: '不稳定', tone: 'warn', shape: '▲' };
};

export function TrialStatus({
  trial,
  error,
  onRetry,
  isHidden = false,
}: {
  trial: Trial | null;
  error: ErrorInfo | null;
  onRetry: () => void;
  /** The figure is not shown where a person is to read it from the instrument's own display. */
  isHidden?: boolean;
}) {
  if (trial === null) {
    return error === null ? <p className="jt-soft">正在打开端口…</p> : <ErrorBlock error={error} onRetry={onRetry} />;
  }
  const steady = stability(trial);
  return (
    <div className="jt-inst" data-testid="wizard-trial" data-state={trial.state}>
      <div className="jt-inst-figure" aria-live="off">
        <span className={isHidden ? 'jt-inst-hidden' : 'jt-figure'} data-testid="wizard-reading">
          {trial.reading === null ? '—' : isHidden ? '待核对' : trial.reading.value}
        </span>
        <small>{isHidden ? '' : (trial.reading?.unit ?? '')}</small>
      </div>
      <div className="jt-inst-facts">
        <StateTag state={channel[trial.state]} />
        {isHidden && trial.reading !== null && <span>收到的读数在核对之后显示</span>}
        {steady !== null && <StateTag state={steady} />}
        <span>收到 {trial.bytes} 字节</span>
        {trial.driverId !== null && (
          <span>
            完整数据 {trial.frames} 帧，认不出 {trial.rejectedBytes} 字节
          </span>
        )}
        {trial.identity !== null && <span>仪器自报编号 {trial.identity}</span>}
      </div>
      {trial.trouble !== null && (
        <div className="jt-note jt-tone-warn" role="alert" data-testid="wizard-trouble" data-code={trial.trouble.code}>
          <p>▲ {trial.trouble.message}</p>
          <p>
            <strong>怎么办：</strong>
            {trial.trouble.next}
          </p>
        </div>
      )}
      {trial.reading === null && trial.refusals.length > 0 && (
        <p className="jt-soft">最近认不出的原因：{trial.refusals.join('；')}</p>
      )}
      {trial.note !== null && <p className="jt-note jt-tone-warn">▲ {trial.note}</p>}
    </div>
  );
}
