// A state as shape and word in one tone; readable without colours.
import type { StateWord } from './words.ts';

export function StateTag({ state, title }: { state: StateWord; title?: string }) {
  return (
    <span className={`jt-state jt-tone-${state.tone}`} title={title}>
      <span className="jt-state-shape" aria-hidden="true">
        {state.shape}
      </span>
      {state.word}
    </span>
  );
}
