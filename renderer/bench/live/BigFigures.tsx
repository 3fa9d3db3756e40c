// 大屏: over the whole window only what the hands at the machine need: specimen, phase, load, rate.
import { useEffect } from 'react';
import type { BenchState } from '../../../shared/contract/answers.ts';
import { rateOf } from './RateBar.tsx';

export interface BigFiguresProps {
  state: BenchState | null;
  specimen: string;
  phase: string;
  load: string | null;
  onClose: () => void;
}

export function BigFigures({ state, specimen, phase, load, onClose }: BigFiguresProps) {
  const rate = rateOf(state);
  const window = state?.rateWindowKnPerS ?? null;
  useEffect(() => {
    const leave = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onClose();
    };
    addEventListener('keydown', leave);
    return () => removeEventListener('keydown', leave);
  }, [onClose]);
  return (
    <div className={`jt-big jt-phase-${state?.phase ?? 'idle'}`} data-testid="bench-big">
      <p className="jt-big-phase">
        {specimen !== '' && <b>{specimen}</b>} {phase}
      </p>
      <p className="jt-big-load">
        <output className={`jt-figure${load === null ? ' jt-no-figure' : ''}`} data-testid="big-load">
          {load ?? '—'}
        </output>
        <span>kN</span>
      </p>
      <p className="jt-big-rate" data-testid="big-rate">
        <span>加荷速度</span>
        <b className="jt-figure">{rate.text}</b>
        <span>kN/s</span>
        {rate.state !== null && (
          <strong className={`jt-tone-${rate.state.tone}`}>
            {rate.state.shape} {rate.state.word}
          </strong>
        )}
        {window !== null && (
          <span className="jt-soft">
            允许 {window.min}–{window.max}
          </span>
        )}
      </p>
      <button type="button" className="jt-link jt-big-leave" onClick={onClose}>
        返回 <kbd className="jt-key">Esc</kbd>
      </button>
    </div>
  );
}
