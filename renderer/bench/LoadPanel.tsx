// The figures one reads from three metres: load, peak, phase, rate against its window; and the live curve.
import type { BenchState } from '../../shared/contract/answers.ts';
import type { TestRecord } from '../../shared/entities/record.ts';
import { CurvePlot } from '../curve/CurvePlot.tsx';
import { acquisitionOf, inFieldUnit, previewOf } from '../record/strength.ts';
import type { LiveCurve } from './liveCurve.ts';
import { channelWords } from '../design/words.ts';
import { channelSteps, phaseWords } from './words.ts';

function RateBar({ state }: { state: BenchState | null }) {
  const window = state?.rateWindowKnPerS ?? null;
  // For drawing only; what is recorded comes as decimal text from the core.
  const rate = state?.loadingRateKnPerS === null || state === null ? null : Number(state.loadingRateKnPerS);
  if (window === null) return <div className="jt-rate jt-soft">加荷速度：打开记录后显示允许范围</div>;
  const low = Number(window.min);
  const high = Number(window.max);
  const scale = high * 1.6;
  const verdict =
    rate === null || state?.phase !== 'loading'
      ? { word: '—', tone: 'quiet' }
      : rate < low
        ? { word: '▼ 偏慢', tone: 'warn' }
        : rate > high
          ? { word: '▲ 偏快', tone: 'bad' }
          : { word: '✓ 合适', tone: 'good' };
  const percent = (value: number): string => `${Math.max(0, Math.min(100, (value / scale) * 100))}%`;
  return (
    <div className="jt-rate" data-testid="bench-rate">
      <div className="jt-rate-words">
        <span>加荷速度</span>
        <b className="jt-figure">{rate === null || state?.phase !== 'loading' ? '—' : rate.toFixed(1)}</b>
        <span>kN/s</span>
        <strong className={`jt-tone-${verdict.tone}`}>{verdict.word}</strong>
        <span className="jt-soft">
          允许 {window.min}–{window.max}
        </span>
      </div>
      <div className="jt-rate-track" aria-hidden="true">
        <div className="jt-rate-window" style={{ left: percent(low), width: percent(high - low) }} />
        {rate !== null && state?.phase === 'loading' && (
          <div className="jt-rate-needle" style={{ left: percent(rate) }} />
        )}
      </div>
    </div>
  );
}

export interface LoadPanelProps {
  state: BenchState | null;
  curve: LiveCurve;
  /** The record at the machine; null while none is open. */
  record: TestRecord | null;
}

/** What the machine waits for, in one short phrase. */
function phraseOf(state: BenchState | null, record: TestRecord | null): string {
  if (state === null) return '未选择设备';
  if (state.channel !== 'open') return channelWords[state.channel].word;
  const complete = record !== null && state.recordNo === record.recordNo && state.specimenNo === null;
  if (state.phase === 'idle' && complete) {
    return record.state !== 'testing'
      ? '全组完成，已签名'
      : record.open.length > 0
        ? '采集完成：请补齐其余读数'
        : '全组完成：请核对后签名';
  }
  return phaseWords[state.phase] ?? state.phase;
}

/** The spike guard confirms a peak two readings late; while the load rises, what is on now is the peak. */
function presentPeak(state: BenchState | null): string | null {
  if (state === null) return null;
  const rises = state.phase === 'loading' && Number(state.loadText) > Number(state.peakText ?? 0);
  return rises ? state.loadText : state.peakText;
}

export function LoadPanel({ state, curve, record }: LoadPanelProps) {
  const open = state !== null && (state.channel === 'open' || state.channel === 'silent');
  const load = open && state.loadText !== '' ? state.loadText : null;
  const peak = presentPeak(state);
  const acquisition = record === null ? undefined : acquisitionOf(record, state?.field ?? null);
  const meaning = record === null ? null : previewOf(record, acquisition, inFieldUnit(record, acquisition, peak));
  return (
    <div className={`jt-load jt-phase-${state?.phase ?? 'idle'}`}>
      <div className="jt-load-figures">
        <p className="jt-phase" data-testid="bench-phase" aria-live="polite">
          {state?.specimenNo !== null && state?.specimenNo !== undefined && <b>第 {state.specimenNo} 块 · </b>}
          {phraseOf(state, record)}
        </p>
        <p className="jt-channel-step" data-testid="bench-channel-step" aria-live="polite">
          {state === null || state.channel === 'open' ? '' : (state.channelReason ?? channelSteps[state.channel])}
        </p>
        <p className="jt-load-now">
          <output className={`jt-figure${load === null ? ' jt-no-figure' : ''}`} data-testid="bench-load">
            {load ?? '—'}
          </output>
          <span>kN</span>
        </p>
        <p className="jt-load-peak">
          <span>峰值</span>
          <output className="jt-figure" data-testid="bench-peak">
            {peak ?? '—'}
          </output>
          <span>kN</span>
          <span className="jt-load-strength">
            ≈ <b className="jt-figure">{meaning ?? '—'}</b> {acquisition?.preview?.unit ?? 'MPa'}
          </span>
        </p>
        <RateBar state={state} />
      </div>
      <div className="jt-load-curve">
        <CurvePlot
          read={curve.read}
          subscribe={curve.subscribe}
          leastLoadKn={200}
          leastTimeS={40}
          label="荷载时间实时曲线"
        />
      </div>
    </div>
  );
}
