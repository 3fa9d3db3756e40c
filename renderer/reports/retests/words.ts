// States of a retest or a supplement, in the words of this place.
import type { RetestLink } from '../../../shared/retests/calls.ts';
import { verdictWords, type StateWord } from '../../design/words.ts';

const states: Record<RetestLink['state'], StateWord> = {
  waiting: { word: '待检', tone: 'busy', shape: '○' },
  testing: { word: '检测中', tone: 'busy', shape: '◐' },
  tested: { word: '待校核', tone: 'warn', shape: '▲' },
  checked: { word: '待批准', tone: 'warn', shape: '▲' },
  approved: { word: '已批准', tone: 'good', shape: '✓' },
  voided: { word: '委托已作废', tone: 'bad', shape: '✕' },
};

/** What came out, once it is approved; how far it is, before. */
export const wordOfLink = ({ state, verdict }: Pick<RetestLink, 'state' | 'verdict'>): StateWord =>
  state === 'approved' && verdict !== null ? verdictWords[verdict] : states[state];

export const resultText = (results: RetestLink['results']): string =>
  results.map(({ name, value }) => `${name} ${value}`).join('，');
