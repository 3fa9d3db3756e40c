// The figures one reads from three metres: load, peak, phase, rate against its window; and the live curve.
import type { BenchState } from '../../shared/contract/answers.ts';
import type { TestRecord } from '../../shared/entities/record.ts';
import { CurvePlot } from '../curve/CurvePlot.tsx';
import { methodById, specimenLabel } from '../../shared/methods/index.ts';
import type { Acquisition } from '../../shared/methods/index.ts';
import { acquisitionOf, inFieldUnit, previewOf } from '../record/strength.ts';
import type { LiveCurve } from './liveCurve.ts';
import { channelWords } from '../design/words.ts';
import { channelSteps, phaseWords } from './words.ts';

function RateBar({ state, isOpen }: { state: BenchState | null; isOpen: boolean }) {
  const window = state?.rateWindowKnPerS ?? null;
  // For drawing only; what is recorded comes as decimal text from the core.
  const rate = state?.loadingRateKnPerS === null || state === null ? null : Number(state.loadingRateKnPerS);
  if (window === null) {
    const words = isOpen ? '该项目不按加荷速度范围提示' : '打开记录后显示允许范围';
    return <div className="jt-rate jt-soft">加荷速度：{words}</div>;
  }
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

/** Everything of the record that a machine delivers is there, and the machine stands still. */
const isDelivered = (state: BenchState, record: TestRecord): boolean =>
  state.phase === 'idle' && state.recordNo === record.recordNo && state.specimenNo === null;

/** What the machine waits for, in one short phrase. */
function phraseOf(state: BenchState | null, record: TestRecord | null): string {
  if (state === null) return '未选择设备';
  if (state.channel !== 'open') return channelWords[state.channel].word;
  if (record !== null && isDelivered(state, record)) {
    return record.state !== 'testing'
      ? '全组完成，已签名'
      : record.open.length > 0
        ? '采集完成：请补齐其余读数'
        : '全组完成：请核对后签名';
  }
  return phaseWords[state.phase] ?? state.phase;
}

/** What the machine's specimens are called: 试件, 抗折试体. */
const labelOf = (record: TestRecord | null, { field }: BenchState): string =>
  record === null || field === null ? '试件' : specimenLabel(methodById(record.methodId), field);

/** Height of the empty picture: a third above what such a specimen usually reaches, so that a small load is seen as well. */
function leastLoadOf(record: TestRecord | null, acquisition: Acquisition | undefined): number {
  const usual = record === null ? null : acquisition?.usualLoad_kN?.(record.sample.properties, record.ageDays);
  return usual == null ? 200 : Number(usual) * 1.3;
}

/** The spike guard confirms a peak two readings late; while the load rises, what is on now is the peak. */
function presentPeak(state: BenchState | null): string | null {
  if (state === null) return null;
  const rises = state.phase === 'loading' && Number(state.loadText) > Number(state.peakText ?? 0);
  return rises ? state.loadText : state.peakText;
}

export function LoadPanel({ state, curve, record }: LoadPanelProps) {
  const method = record === null ? null : methodById(record.methodId);
  const hasTyped =
    method?.fields.some(({ at, source, optional }) => at === 'bench' && source === undefined && optional !== true) ??
    false;
  // Nothing more is expected of the machine, and the rest of the record needs the room.
  const rests =
    (hasTyped || (method?.acquisitions.length ?? 0) > 1) &&
    state !== null &&
    record !== null &&
    isDelivered(state, record);
  const open = state !== null && (state.channel === 'open' || state.channel === 'silent');
  const load = open && state.loadText !== '' ? state.loadText : null;
  const peak = presentPeak(state);
  const acquisition = record === null ? undefined : acquisitionOf(record, state?.field ?? null);
  const meaning = record === null ? null : previewOf(record, acquisition, inFieldUnit(record, acquisition, peak));
  return (
    <div className={`jt-load jt-phase-${state?.phase ?? 'idle'}${rests ? ' jt-load-rest' : ''}`}>
      <div className="jt-load-figures">
        <p className="jt-phase" data-testid="bench-phase" aria-live="polite">
          {state?.specimenNo !== null && state?.specimenNo !== undefined && (
            <b>{`${labelOf(record, state)} ${state.specimenNo} · `}</b>
          )}
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
        <RateBar state={state} isOpen={record !== null} />
      </div>
      <div className="jt-load-curve">
        <CurvePlot
          read={curve.read}
          subscribe={curve.subscribe}
          leastLoadKn={leastLoadOf(record, acquisition)}
          leastTimeS={40}
          label="荷载时间实时曲线"
        />
      </div>
    </div>
  );
}
