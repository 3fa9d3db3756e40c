// How an entry made at this lab stands with the platform, as the lists say it.
import type { RegistrationHistory } from '../../shared/entities/registration.ts';
import type { StateWord } from '../design/words.ts';

interface Standing {
  registration: 'pending' | 'approved' | 'rejected' | null;
  registrationChange: boolean;
  registrationReason: string | null;
}

export const entryWords: Record<RegistrationHistory['entries'][number]['state'], StateWord> = {
  pending: { word: '待批准', tone: 'busy', shape: '◐' },
  approved: { word: '已批准', tone: 'good', shape: '✓' },
  rejected: { word: '退回', tone: 'bad', shape: '✕' },
};

/** Null where nothing was entered here: then the platform's own row says everything. */
export function standingWord({ registration, registrationChange, registrationReason }: Standing): StateWord | null {
  if (registration === null) return null;
  const of = registrationChange && registration !== 'approved' ? '变更' : '';
  const state = entryWords[registration];
  const why = registration === 'rejected' ? `：${registrationReason ?? '平台没有说明原因'}` : '';
  return { ...state, word: `${of}${state.word}${why}` };
}
