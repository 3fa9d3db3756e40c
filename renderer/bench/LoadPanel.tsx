// The figures one reads from three metres: load, peak, phase, rate against its window; and the live curve.
import { useState } from 'react';
import type { BenchState } from '../../shared/contract/answers.ts';
import type { TestRecord } from '../../shared/entities/record.ts';
import { methodById, specimenLabel } from '../../shared/methods/index.ts';
import type { Acquisition } from '../../shared/methods/index.ts';
import { acquisitionOf, inFieldUnit, previewOf } from '../record/strength.ts';
import type { LiveCurve } from './liveCurve.ts';
import { useHotkeys } from '../design/hotkeys.ts';
import { StateTag } from '../design/StateTag.tsx';
import { channelWords } from '../design/words.ts';
import { ageOf } from './live/age.ts';
import { BigFigures } from './live/BigFigures.tsx';
import { LiveChart } from './live/LiveChart.tsx';
import { RateBar } from './live/RateBar.tsx';
import { SealedLine } from './live/SealedLine.tsx';
import { channelSteps, phaseWords } from './words.ts';

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
  // The word of the yield comes with its force, as long as the run goes on.
  const yields = state.yieldText != null && (state.phase === 'yield' || state.phase === 'loading');
  return `${phaseWords[state.phase] ?? state.phase}${yields ? ` · 上屈服力初判 ${state.yieldText} kN` : ''}`;
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
  const age = record === null ? null : ageOf(record);
  const specimen = state?.specimenNo == null ? '' : `${labelOf(record, state)} ${state.specimenNo} · `;
  const phrase = phraseOf(state, record);
  const [isBig, setBig] = useState(false);
  useHotkeys('检测台 · 大屏', [{ keys: 'Alt+B', name: '大屏：只看力值和速度', run: () => setBig(!isBig) }]);
  return (
    <div className={`jt-load jt-phase-${state?.phase ?? 'idle'}${rests ? ' jt-load-rest' : ''}`}>
      <div className="jt-load-figures">
        <p className="jt-phase" data-testid="bench-phase" aria-live="polite">
          {specimen !== '' && <b>{specimen}</b>}
          {phrase}
        </p>
        <div className="jt-under-phase">
          <p className="jt-channel-step" data-testid="bench-channel-step" aria-live="polite">
            {state === null || state.channel === 'open' ? '' : (state.channelReason ?? channelSteps[state.channel])}
          </p>
          {age !== null && (
            <p data-testid="bench-age">
              <StateTag state={age} />
            </p>
          )}
          {state?.channel === 'open' && record !== null && <SealedLine record={record} />}
        </div>
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
        <LiveChart state={state} curve={curve} leastLoadKn={leastLoadOf(record, acquisition)} />
        <button type="button" className="jt-link jt-big-enter" onClick={() => setBig(true)}>
          大屏 <kbd className="jt-key">Alt+B</kbd>
        </button>
      </div>
      {isBig && (
        <BigFigures state={state} specimen={specimen} phase={phrase} load={load} onClose={() => setBig(false)} />
      )}
    </div>
  );
}
