// How the ledger shows where an entry stands: the shared words, with tone and shape.
import { standingNames, type Standing } from '../../shared/sync/words.ts';
import type { LedgerMark } from '../../shared/sync/calls.ts';
import type { StateWord, Tone } from '../design/words.ts';

const looks: Record<Standing, readonly [tone: Tone, shape: string]> = {
  waiting: ['quiet', '○'],
  sending: ['busy', '◐'],
  asking: ['warn', '▲'],
  queued: ['busy', '◐'],
  frozen: ['warn', '■'],
  rejected: ['bad', '✕'],
  parked: ['bad', '✕'],
  aside: ['warn', '▲'],
  settled: ['quiet', '—'],
  replaced: ['quiet', '—'],
  withdrawn: ['quiet', '—'],
  accepted: ['good', '✓'],
};

export function standingWord(standing: Standing): StateWord {
  const [tone, shape] = looks[standing];
  return { word: standingNames[standing], tone, shape };
}

export const markWords: Record<LedgerMark['action'], string> = {
  aside: '搁置',
  back: '放回队列',
  settled: '办结',
  retry: '重试',
};

/** A digest as a key is recognised by its beginning. */
export const shortKey = (key: string): string => (/^[0-9a-f]{64}$/.test(key) ? `${key.slice(0, 12)}…` : key);
