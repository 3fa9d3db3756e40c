// A room that is outside its band, or without readings, for longer than its time of grace: a notice, which goes by itself
// when the room is back. Every beginning and end stays, in the notices and in the audit chain.
import { ulid } from 'ulid';
import { deviationText, deviationsOf } from '../../../shared/climate/band.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { Context } from '../context.ts';
import { readFact, writeFact } from '../provincial/facts.ts';
import { countMinutes } from './minutes.ts';
import type { Ended } from './minuteLog.ts';
import type { Place } from './places.ts';

export const noticeKind = 'climate';
type Kind = 'band' | 'gap';

interface Raised {
  noticeId: string;
  since: string;
  text: string;
}
interface Streak {
  since: string;
  minutes: number;
}

const factKey = (placeId: string, kind: Kind): string => `climateAlarm.${placeId}.${kind}`;
type Reader = Pick<Context['store'], 'get' | 'all'>;

/** The open alarm of a room in words; being outside comes before being without readings. */
export function openAlarm(reader: Reader, placeId: string): string | null {
  const open = (kind: Kind) => readFact<Raised | null>(reader, factKey(placeId, kind));
  return (open('band') ?? open('gap'))?.text ?? null;
}

export class AlarmWatch {
  #outside: Streak | null = null;
  #missing: Streak | null = null;

  /** After a start: how long the room has been outside, by the newest readings. */
  constructor(reader: Reader, place: Place) {
    const rows = reader.all(
      'SELECT minute, temperatureC, humidityPercent FROM climateReading WHERE placeId = ? ORDER BY minute DESC LIMIT ?',
      place.placeId,
      place.alarmMinutes + 1,
    );
    const open = readFact<Raised | null>(reader, factKey(place.placeId, 'band'));
    for (const row of rows) {
      const figures = { temperatureC: row['temperatureC'], humidityPercent: row['humidityPercent'] };
      if (deviationsOf(figures as never, place.band).length === 0) break;
      this.#outside = { since: open?.since ?? String(row['minute']), minutes: (this.#outside?.minutes ?? 0) + 1 };
    }
  }

  minute(tx: Transaction, place: Place, ended: Ended, at: string): void {
    if (ended.kind === 'gap') {
      const minutes = countMinutes(ended.from, ended.to) + (this.#missing?.minutes ?? 0);
      this.#missing = { since: this.#missing?.since ?? ended.from, minutes };
      if (minutes > place.alarmMinutes) {
        const text = `${place.name}：自 ${shown(this.#missing.since)} 起没有温湿度读数（${ended.reason}）`;
        raise(tx, place, 'gap', { since: this.#missing.since, text, at });
      }
      return;
    }
    this.#missing = null;
    clear(tx, place, 'gap', `${place.name}：${shown(ended.minute)} 起又有温湿度读数`, at);
    const found = deviationsOf(ended, place.band);
    if (found.length === 0) {
      this.#outside = null;
      clear(tx, place, 'band', `${place.name}：${shown(ended.minute)} 起温湿度恢复正常`, at);
      return;
    }
    this.#outside = { since: this.#outside?.since ?? ended.minute, minutes: (this.#outside?.minutes ?? 0) + 1 };
    if (this.#outside.minutes <= place.alarmMinutes) return;
    const words = found.map(deviationText).join('，');
    const { since } = this.#outside;
    raise(tx, place, 'band', { since, text: `${place.name}：${words}，自 ${shown(since)} 起`, at });
  }
}

/** A room that is no longer watched has no alarms. */
export function clearAll(tx: Transaction, place: Place, why: string, at: string): void {
  for (const kind of ['band', 'gap'] as const) clear(tx, place, kind, `${place.name}：${why}`, at);
}

const shown = (minute: string): string => minute.replace('T', ' ');

function raise(
  tx: Transaction,
  place: Place,
  kind: Kind,
  { since, text, at }: { since: string; text: string; at: string },
): void {
  const key = factKey(place.placeId, kind);
  if (readFact<Raised | null>(tx, key)) return;
  const noticeId = ulid();
  const level = kind === 'band' ? 'alarm' : 'warning';
  notice(tx, place, { noticeId, level, text, at, acknowledgedBy: null });
  tx.event('climateAlarm', place.placeId, JSON.stringify({ begins: since, kind, text }));
  writeFact(tx, key, { noticeId, since, text } satisfies Raised);
}

function clear(tx: Transaction, place: Place, kind: Kind, text: string, at: string): void {
  const key = factKey(place.placeId, kind);
  const open = readFact<Raised | null>(tx, key);
  if (!open) return;
  writeFact(tx, key, null);
  const told = tx.get('notice', open.noticeId);
  if (told && told['acknowledgedBy'] === null)
    tx.update('notice', open.noticeId, { acknowledgedBy: '已恢复，自动解除' });
  const words = `${text}（自 ${shown(open.since)} 起${kind === 'band' ? '超限' : '无读数'}）`;
  notice(tx, place, { noticeId: ulid(), level: 'info', text: words, at, acknowledgedBy: '自动记录' });
  tx.event('climateAlarm', place.placeId, JSON.stringify({ ended: open.since, kind, text: words }));
}

function notice(
  tx: Transaction,
  place: Place,
  row: {
    noticeId: string;
    level: 'info' | 'warning' | 'alarm';
    text: string;
    at: string;
    acknowledgedBy: string | null;
  },
): void {
  tx.insert('notice', { ...row, subjectKind: noticeKind, subjectKey: place.placeId });
}
