// States of a standard and of its 查新, as shape and word.
import type { StandardRow } from '../../shared/standards/calls.ts';
import { standardStateNames } from '../../shared/standards/library.ts';
import { daysUntil } from '../design/time.ts';
import type { StateWord } from '../design/words.ts';

const marks: Record<StandardRow['state'], Pick<StateWord, 'tone' | 'shape'>> = {
  current: { tone: 'good', shape: '✓' },
  upcoming: { tone: 'busy', shape: '◐' },
  replaced: { tone: 'quiet', shape: '○' },
};

export const stateWord = (state: StandardRow['state']): StateWord => ({
  word: standardStateNames[state],
  ...marks[state],
});

/** A standard that is no longer in force need not be looked up again. */
export function checkWord({ state, lastCheck, checkDue }: Pick<StandardRow, 'state' | 'lastCheck' | 'checkDue'>): StateWord {
  if (lastCheck === null) {
    if (state === 'replaced') return { word: '—', tone: 'quiet', shape: '○' };
    return { word: '未查新', tone: 'bad', shape: '✕' };
  }
  if (state === 'replaced' || checkDue === null) return { word: lastCheck.day, tone: 'quiet', shape: '○' };
  const days = daysUntil(checkDue);
  if (days < 0) return { word: `${lastCheck.day}，逾期 ${-days} 天`, tone: 'bad', shape: '✕' };
  if (days <= 60) return { word: `${lastCheck.day}，还有 ${days} 天`, tone: 'warn', shape: '▲' };
  return { word: lastCheck.day, tone: 'good', shape: '✓' };
} // prettier-ignore
