// The loading rate as a figure, its state in a word with a shape, and where it stands against the method's window.
import type { BenchState } from '../../../shared/contract/answers.ts';
import type { StateWord } from '../../design/words.ts';

const words: Record<'slow' | 'within' | 'fast', StateWord> = {
  slow: { word: '偏慢', tone: 'warn', shape: '▼' },
  within: { word: '合适', tone: 'good', shape: '✓' },
  fast: { word: '偏快', tone: 'bad', shape: '▲' },
};

/** Whether load is coming on, so that a rate says something. */
export const loads = (state: BenchState | null): state is BenchState =>
  state !== null && (state.phase === 'loading' || state.phase === 'yield');

export function rateOf(state: BenchState | null): { text: string; state: StateWord | null } {
  if (!loads(state) || state.loadingRateKnPerS === null) return { text: '—', state: null };
  return {
    // Least squares over two seconds, from the core; a place less than it is computed with.
    text: Number(state.loadingRateKnPerS).toFixed(2),
    state: state.rateState ? words[state.rateState] : null,
  };
}

export function RateBar({ state, isOpen }: { state: BenchState | null; isOpen: boolean }) {
  const window = state?.rateWindowKnPerS ?? null;
  const rate = rateOf(state);
  if (window === null) {
    return (
      <div className="jt-rate" data-testid="bench-rate">
        <div className="jt-rate-words">
          <span>加荷速度</span>
          <b className="jt-figure">{rate.text}</b>
          <span>kN/s</span>
          <span className="jt-soft">{isOpen ? '该项目不按加荷速度范围提示' : '打开记录后显示允许范围'}</span>
        </div>
      </div>
    );
  }
  // For drawing only; what is recorded comes as decimal text from the core.
  const [low, high, now] = [Number(window.min), Number(window.max), Number(rate.text)];
  const percent = (value: number): string => `${Math.max(0, Math.min(100, (value / (high * 1.6)) * 100))}%`;
  return (
    <div className="jt-rate" data-testid="bench-rate" data-rate={state?.rateState ?? ''}>
      <div className="jt-rate-words">
        <span>加荷速度</span>
        <b className="jt-figure">{rate.text}</b>
        <span>kN/s</span>
        <strong className={`jt-tone-${rate.state?.tone ?? 'quiet'}`}>
          {rate.state === null ? '—' : `${rate.state.shape} ${rate.state.word}`}
        </strong>
        <span className="jt-soft">
          允许 {window.min}–{window.max}
        </span>
      </div>
      <div className="jt-rate-track" aria-hidden="true">
        <div className="jt-rate-window" style={{ left: percent(low), width: percent(high - low) }} />
        {rate.state !== null && <div className="jt-rate-needle" style={{ left: percent(now) }} />}
      </div>
    </div>
  );
}
