// Whether the edition that a record goes by was in force on the day of its test, as the method's own declarations say. It
// is shown beside the edition and changes nothing: work stays on the edition it was commissioned under.
import type { TestRecord } from '../../shared/entities/record.ts';
import type { Edition } from '../../shared/methods/index.ts';
import type { StateWord } from '../design/words.ts';
import { editionState } from '../methods/methodList.ts';

const placeOf = ({ field, specimenNo, position }: TestRecord['readings'][number]): string =>
  `${field}/${specimenNo ?? ''}/${position ?? ''}`;

/** As the core dates a test: the newest run that counts, or the newest place that a person read, from its first value. */
export function testDay({ runs, readings }: Pick<TestRecord, 'runs' | 'readings'>): string | null {
  const counted = runs.filter(({ validity, peakKn }) => validity === 'valid' && peakKn !== null);
  const given = readings.filter(({ value }) => value !== null);
  const held = new Set(given.filter(({ current }) => current).map(placeOf));
  const first = new Map<string, string>();
  for (const reading of given) if (!first.has(placeOf(reading))) first.set(placeOf(reading), reading.at);
  const read = [...first].flatMap(([place, at]) => (held.has(place) ? [at] : []));
  return [...counted.map(({ endedAt }) => endedAt), ...read].toSorted().at(-1)?.slice(0, 10) ?? null;
}

export function editionStanding(editions: readonly Edition[], editionId: string, day: string | null): StateWord | null {
  const edition = editions.find(({ id }) => id === editionId);
  if (edition === undefined || day === null) return null;
  const state = editionState(edition, day);
  if (state === 'future')
    return { word: `检测日 ${day} 尚未实施（${edition.inForceFrom} 起）`, tone: 'warn', shape: '▲' };
  if (state === 'past')
    return { word: `检测日 ${day} 已被代替（到 ${edition.inForceUntil ?? ''}），按委托时的版本检测`, tone: 'warn', shape: '▲' }; // prettier-ignore
  return null;
}
