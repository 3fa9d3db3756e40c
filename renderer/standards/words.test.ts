// The traffic light of 查新 on the days where it changes.
import { expect, test } from 'vitest';
import { addDays } from '../../shared/entities/scalars.ts';
import { today } from '../design/time.ts';
import { checkWord } from './words.ts';

const lastCheck = { day: '2026-01-01', passed: true, source: '', by: '', enteredByName: '' };

test.each([
  ['current', null, null, 'bad', '未查新'],
  ['upcoming', null, null, 'bad', '未查新'],
  ['replaced', null, null, 'quiet', '—'],
  ['current', lastCheck, 61, 'good', '2026-01-01'],
  ['current', lastCheck, 60, 'warn', '2026-01-01，还有 60 天'],
  ['current', lastCheck, 0, 'warn', '2026-01-01，还有 0 天'],
  ['current', lastCheck, -1, 'bad', '2026-01-01，逾期 1 天'],
  ['replaced', lastCheck, -1, 'quiet', '2026-01-01'],
] as const)('%s, due in %s days', (state, last, days, tone, word) => {
  const checkDue = days === null ? null : addDays(today(), days);
  expect(checkWord({ state, lastCheck: last, checkDue })).toMatchObject({ tone, word });
});
