// Age of the sample today against the age it is to be tested at, in words with a state.
import type { TestRecord } from '../../../shared/entities/record.ts';
import { addDays } from '../../../shared/entities/scalars.ts';
import type { StateWord } from '../../design/words.ts';
import { daysUntil, today } from '../../design/time.ts';

/** Null where the sample has no age: a bar, a bag of sand. */
export function ageOf(record: Pick<TestRecord, 'sample' | 'ageDays'>, day = today()): StateWord | null {
  const { madeOn, requiredAgeDays } = record.sample;
  const due = record.ageDays ?? requiredAgeDays;
  if (madeOn === undefined || due === undefined) return null;
  const dueOn = addDays(madeOn, due);
  const left = daysUntil(dueOn, day);
  const word = `龄期 ${-daysUntil(madeOn, day)} d，应 ${due} d（${dueOn}）`;
  if (left === 0) return { word: `${word} · 今天到期`, tone: 'good', shape: '✓' };
  return left > 0
    ? { word: `${word} · 还差 ${left} 天`, tone: 'warn', shape: '▲' }
    : { word: `${word} · 已过 ${-left} 天`, tone: 'warn', shape: '▲' };
}
