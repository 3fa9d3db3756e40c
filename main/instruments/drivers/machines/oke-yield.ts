// How the yield is fetched from an Oukai universal machine after a run: ask until it is ready, then read it. The
// steps are pure: in goes what the machine said, out comes the command to send next.
import type { DriverEvent } from '../driver.ts';

export type YieldName = 'upper-yield' | 'lower-yield';

export interface YieldState {
  name: YieldName;
  step: 'asking' | 'reading' | 'done';
  asked: number;
  /** kN as the controller found it; null when it has none, was cleared, or did not answer in time. */
  value: string | null;
  outcome: 'found' | 'cleared' | 'no-answer' | null;
}

/** What the public driver allows before it gives up. */
const MOST_QUESTIONS = 40;
export const YIELD_ASK_EVERY_MS = 200;

const COMMANDS: Record<YieldName, { ready: string; read: string }> = {
  'upper-yield': { ready: 'upperYieldReady', read: 'upperYield' },
  'lower-yield': { ready: 'lowerYieldReady', read: 'lowerYield' },
};

export const beginYield = (name: YieldName): YieldState => ({
  name,
  step: 'asking',
  asked: 0,
  value: null,
  outcome: null,
});

/** The command to send now, by its name; null when there is nothing left to ask. */
export function yieldCommand(state: YieldState): string | null {
  if (state.step === 'done') return null;
  return state.step === 'asking' ? COMMANDS[state.name].ready : COMMANDS[state.name].read;
}

/** `event` null: no answer came within the time for one. */
export function yieldStep(state: YieldState, event: DriverEvent | null): YieldState {
  if (state.step === 'done') return state;
  const asked = state.asked + 1;
  const info = event?.kind === 'info' ? event : null;
  if (info?.info === `${state.name}-cleared`) return { ...state, asked, step: 'done', outcome: 'cleared' };
  if (state.step === 'reading' && info?.info === state.name && info.value !== undefined) {
    return { ...state, asked, step: 'done', value: info.value, outcome: 'found' };
  }
  if (asked >= MOST_QUESTIONS) return { ...state, asked, step: 'done', outcome: 'no-answer' };
  return { ...state, asked, step: info?.info === `${state.name}-ready` ? 'reading' : state.step };
}
