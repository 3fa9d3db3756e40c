// What the log says of a time: readings, the gaps that really are gaps, and how much of it was outside the band.
import { deviationText, deviationsOf, type ClimateBand } from '../../../shared/climate/band.ts';
import type { ClimateGap, ClimateSpan } from '../../../shared/climate/calls.ts';
import { Exact } from '../../../shared/methods/index.ts';
import { roundRatio } from '../../../shared/methods/foundation/decimal.ts';
import { nullableText as nullable, textOf as text } from '../../store/cells.ts';
import type { Transaction } from '../../store/transaction.ts';
import { addMinutes, countMinutes, startOf } from './minutes.ts';
import type { Place } from './places.ts';

export type Reader = Pick<Transaction, 'get' | 'all' | 'first'>;

export interface Reading {
  minute: string;
  temperatureC: string | null;
  humidityPercent: string | null;
  raw: string;
  equipmentId: string;
}

export interface MinuteRange {
  from: string;
  to: string;
}

export function readingsOf(reader: Reader, placeId: string, { from, to }: MinuteRange): Reading[] {
  return reader
    .all('SELECT * FROM climateReading WHERE placeId = ? AND minute BETWEEN ? AND ? ORDER BY minute', placeId, from, to)
    .map((row) => ({
      minute: text(row['minute']),
      temperatureC: nullable(row['temperatureC'] ?? null),
      humidityPercent: nullable(row['humidityPercent'] ?? null),
      raw: text(row['raw']),
      equipmentId: text(row['equipmentId']),
    }));
}

/** Why there is nothing at a minute that has neither reading nor gap. */
const unlogged = '没有记录';

/**
 * Every minute of the range that has no reading, with the reason where the log gives one. A reading always wins: after a
 * clock that was put forth and back, minutes may have both.
 */
export function gapsOf(reader: Reader, placeId: string, { from, to }: MinuteRange, until: string): ClimateGap[] {
  const end = to < until ? to : until;
  if (from > end) return [];
  const read = reader
    .all(
      'SELECT minute FROM climateReading WHERE placeId = ? AND minute BETWEEN ? AND ? ORDER BY minute',
      placeId,
      from,
      end,
    )
    .map((row) => text(row['minute']));
  const known = reader
    .all(
      'SELECT fromMinute, toMinute, reason FROM climateGap WHERE placeId = ? AND fromMinute <= ? AND toMinute >= ? ORDER BY fromMinute',
      placeId,
      end,
      from,
    )
    .map((row) => ({ from: text(row['fromMinute']), to: text(row['toMinute']), reason: text(row['reason']) }));
  const gaps: ClimateGap[] = [];
  let next = from;
  for (const minute of [...read, addMinutes(end, 1)]) {
    if (minute > next) gaps.push(...explained(next, addMinutes(minute, -1), known));
    next = addMinutes(minute, 1);
  }
  return merged(gaps);
}

function explained(
  from: string,
  to: string,
  known: readonly { from: string; to: string; reason: string }[],
): ClimateGap[] {
  const parts: ClimateGap[] = [];
  const add = (first: string, last: string, reason: string): void => {
    if (first <= last) parts.push({ fromMinute: first, toMinute: last, minutes: countMinutes(first, last), reason });
  };
  let next = from;
  for (const gap of known) {
    if (gap.to < next || gap.from > to) continue;
    if (gap.from > next) add(next, addMinutes(gap.from, -1), unlogged);
    const first = gap.from > next ? gap.from : next;
    const last = gap.to < to ? gap.to : to;
    add(first, last, gap.reason);
    next = addMinutes(last, 1);
  }
  add(next, to, unlogged);
  return parts;
}

function merged(gaps: readonly ClimateGap[]): ClimateGap[] {
  const result: ClimateGap[] = [];
  for (const gap of gaps) {
    const last = result.at(-1);
    if (last && last.reason === gap.reason && addMinutes(last.toMinute, 1) === gap.fromMinute) {
      last.toMinute = gap.toMinute;
      last.minutes += gap.minutes;
    } else result.push({ ...gap });
  }
  return result;
}

/** `18.9`–`21.3`, compared as decimals, shown as they were measured. */
function extremes(values: readonly string[]): { min: string; max: string } | null {
  let [min] = values;
  let max = min;
  if (min === undefined || max === undefined) return null;
  // A room has few different figures, and a month many minutes.
  for (const value of new Set(values)) {
    if (new Exact(value).lt(min)) min = value;
    if (new Exact(value).gt(max)) max = value;
  }
  return { min, max };
}

const percent = (part: number, whole: number): string =>
  roundRatio(new Exact(part).times(100), new Exact(whole), '0.01');

/** Minutes after `until` have not come yet and count as nothing. */
export function spanOf(place: Place, range: MinuteRange, readings: readonly Reading[], until: string): ClimateSpan {
  const to = range.to < until ? range.to : until;
  const minutes = range.from > to ? 0 : countMinutes(range.from, to);
  const measured = readings.length;
  const outside = countOutside(readings, place.band);
  const missing = minutes - measured;
  const outsideShare = measured === 0 ? null : percent(outside, measured);
  const missingShare = minutes === 0 ? '0.00' : percent(missing, minutes);
  const shown = (minute: string) => minute.replace('T', ' ');
  return {
    placeId: place.placeId,
    placeName: place.name,
    from: range.from,
    to,
    minutes,
    measured,
    outside,
    missing,
    outsideShare,
    missingShare,
    temperature: extremes(readings.flatMap(({ temperatureC }) => temperatureC ?? [])),
    humidity: extremes(readings.flatMap(({ humidityPercent }) => humidityPercent ?? [])),
    words:
      minutes === 0
        ? `${place.name}：这段时间还没有到。`
        : `${place.name}，${shown(range.from)} 至 ${shown(to)} 共 ${minutes} 分钟：有读数 ${measured} 分钟，` +
          `其中超限 ${outside} 分钟${outsideShare === null ? '' : `（${outsideShare} %）`}；缺失 ${missing} 分钟（${missingShare} %）。`,
  };
}

function countOutside(readings: readonly Reading[], band: ClimateBand): number {
  const judged = new Map<string, boolean>();
  return readings.filter((reading) => {
    const key = `${reading.temperatureC}/${reading.humidityPercent}`;
    const known = judged.get(key) ?? deviationsOf(reading, band).length > 0;
    judged.set(key, known);
    return known;
  }).length;
}

/** What lies outside, in words; null inside. */
export function outsideWords(
  reading: Pick<Reading, 'temperatureC' | 'humidityPercent'>,
  band: ClimateBand,
): string | null {
  const found = deviationsOf(reading, band);
  return found.length === 0 ? null : found.map(deviationText).join('，');
}

/** Fewer minutes for a picture: of each slice those with the least and the greatest of both quantities. */
export function thinned(readings: readonly Reading[], points: number): Reading[] {
  if (readings.length <= points) return [...readings];
  const first = readings[0]?.minute ?? '';
  const last = readings.at(-1)?.minute ?? '';
  // Slices of time, not of rows: a gap must not stretch what lies beside it.
  const sliceMs = Math.max(1, Math.ceil((startOf(last) - startOf(first)) / (points / 4)));
  const slices = new Map<number, Reading[]>();
  for (const reading of readings) {
    const slice = Math.floor((startOf(reading.minute) - startOf(first)) / sliceMs);
    const list = slices.get(slice);
    if (list) list.push(reading);
    else slices.set(slice, [reading]);
  }
  return [...slices.values()].flatMap(extremeRows);
}

function extremeRows(rows: Reading[]): Reading[] {
  const kept = new Set<Reading>();
  for (const name of ['temperatureC', 'humidityPercent'] as const) {
    const there = rows.filter((row) => row[name] !== null);
    const range = extremes(there.map((row) => row[name] ?? ''));
    for (const value of [range?.min, range?.max]) {
      const row = there.find((each) => each[name] === value);
      if (row) kept.add(row);
    }
  }
  return rows.filter((row) => kept.has(row));
}
