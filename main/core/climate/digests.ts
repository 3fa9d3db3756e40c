// Each day of a room, once it is over, as one entry of the audit chain: how many readings and gaps, and their digest. So
// that what was changed, removed or put in past the program is found, although a minute has no audit entry of its own.
import { toCalendarDay } from '../../../shared/entities/scalars.ts';
import { digestOf } from '../../../sync/wire/digest.ts';
import type { Transaction } from '../../store/transaction.ts';

const ENTITY = 'climateDay';
type Reader = Pick<Transaction, 'all' | 'first'>;

export interface DayDigest {
  readings: number;
  gaps: number;
  sha256: string;
}
const keyOf = (placeId: string, day: string): string => `${placeId}/${day}`;

export function dayDigest(reader: Reader, placeId: string, day: string): DayDigest {
  const [from, to] = [`${day}T00:00`, `${day}T23:59`];
  const readings = reader.all(
    `SELECT minute, temperatureC, humidityPercent, equipmentId, raw FROM climateReading
     WHERE placeId = ? AND minute BETWEEN ? AND ? ORDER BY minute`,
    placeId,
    from,
    to,
  );
  const gaps = reader.all(
    `SELECT fromMinute, toMinute, reason FROM climateGap WHERE placeId = ? AND fromMinute BETWEEN ? AND ? ORDER BY fromMinute`,
    placeId,
    from,
    to,
  );
  return { readings: readings.length, gaps: gaps.length, sha256: digestOf({ placeId, day, readings, gaps }) };
}

function sealed(reader: Reader, placeId: string, day: string): DayDigest | null {
  const row = reader.first(
    'SELECT newValue FROM audit WHERE entity = ? AND entityKey = ? ORDER BY seq DESC LIMIT 1',
    ENTITY,
    keyOf(placeId, day),
  );
  return row ? (JSON.parse(String(row['newValue'])) as DayDigest) : null;
}

function newestSealed(reader: Reader, placeId: string): string {
  const row = reader.first(
    'SELECT max(entityKey) AS key FROM audit WHERE entity = ? AND entityKey BETWEEN ? AND ?',
    ENTITY,
    keyOf(placeId, '0'),
    keyOf(placeId, '9999'),
  );
  return row?.['key'] == null ? '' : String(row['key']).slice(placeId.length + 1);
}

function daysWithRows(reader: Reader, placeId: string, after: string, before: string): string[] {
  // Texts compare: every minute of a day lies between the day alone and `<day>T24`.
  const from = after === '' ? '' : `${after}T24`;
  return reader
    .all(
      `SELECT DISTINCT substr(minute, 1, 10) AS day FROM climateReading WHERE placeId = ? AND minute > ? AND minute < ?
       UNION SELECT substr(fromMinute, 1, 10) FROM climateGap WHERE placeId = ? AND fromMinute > ? AND fromMinute < ?
       ORDER BY day`,
      placeId,
      from,
      before,
      placeId,
      from,
      before,
    )
    .map((row) => String(row['day']));
}

const write = (tx: Transaction, placeId: string, day: string, reason?: string): void =>
  tx.event(ENTITY, keyOf(placeId, day), JSON.stringify(dayDigest(tx, placeId, day)), reason);

/** Seals every day that is over and is not sealed yet. */
export function sealDays(tx: Transaction, placeId: string, nowMs: number): void {
  const days = daysWithRows(tx, placeId, newestSealed(tx, placeId), toCalendarDay(nowMs));
  for (const day of days) write(tx, placeId, day);
}

/** Whether there is anything to seal; a transaction for nothing would write to the disk every minute. */
export const hasOpenDays = (reader: Reader, placeId: string, nowMs: number): boolean =>
  daysWithRows(reader, placeId, newestSealed(reader, placeId), toCalendarDay(nowMs)).length > 0;

/** A day that was sealed and has got another row since, through the program. */
export function resealDay(tx: Transaction, placeId: string, day: string): void {
  if (day <= newestSealed(tx, placeId)) write(tx, placeId, day, '电脑时间调整后补记');
}

/** The first day whose rows are not what the audit chain says. */
export function verifyClimate(reader: Reader): string | null {
  for (const place of reader.all('SELECT placeId, name FROM climatePlace ORDER BY placeId')) {
    const placeId = String(place['placeId']);
    const name = String(place['name']);
    const newest = newestSealed(reader, placeId);
    const sealedDays = reader
      .all(
        'SELECT DISTINCT entityKey FROM audit WHERE entity = ? AND entityKey BETWEEN ? AND ?',
        ENTITY,
        keyOf(placeId, '0'),
        keyOf(placeId, '9999'),
      )
      .map((row) => String(row['entityKey']).slice(placeId.length + 1));
    const known = new Set(sealedDays);
    const present = newest === '' ? [] : daysWithRows(reader, placeId, '', `${newest}T24`);
    const unknown = present.find((day) => !known.has(day));
    if (unknown !== undefined) return `温湿度记录 ${name} ${unknown} 没有审计摘要：它是绕过程序写入的。`;
    for (const day of sealedDays.sort()) {
      const [was, is] = [sealed(reader, placeId, day), dayDigest(reader, placeId, day)];
      if (was?.sha256 !== is.sha256) {
        return `温湿度记录 ${name} ${day} 与审计链里的摘要不符（当时 ${was?.readings ?? 0} 条读数、${was?.gaps ?? 0} 段缺失，现在 ${is.readings} 条、${is.gaps} 段）。`;
      }
    }
  }
  return null;
}
