// The one way of a minute into the log. A minute that has a reading is never written again; a gap takes only minutes that
// have neither reading nor gap, so that a clock put back or forth makes no two rows of one minute.
import type { Transaction } from '../../store/transaction.ts';
import { resealDay } from './digests.ts';
import { addMinutes, dayOf } from './minutes.ts';
import type { Ended } from './minuteLog.ts';

interface Range {
  from: string;
  to: string;
}

/** What of it was new. */
export function writeEnded(
  tx: Transaction,
  place: { placeId: string; equipmentId: string },
  ended: readonly Ended[],
): Ended[] {
  const written: Ended[] = [];
  for (const each of ended) {
    if (each.kind === 'gap') {
      for (const { from, to } of uncovered(tx, place.placeId, each)) {
        const { reason } = each;
        tx.insert('climateGap', { placeId: place.placeId, fromMinute: from, toMinute: to, reason });
        written.push({ kind: 'gap', from, to, reason });
      }
      continue;
    }
    const { minute, temperatureC, humidityPercent, raw } = each;
    if (tx.get('climateReading', place.placeId, minute)) continue;
    tx.insert('climateReading', { ...place, minute, temperatureC, humidityPercent, raw });
    written.push(each);
  }
  // After a clock that was put back, a day may get rows when it was already sealed.
  const days = new Set(written.map((each) => dayOf(each.kind === 'gap' ? each.from : each.minute)));
  for (const day of days) resealDay(tx, place.placeId, day);
  return written;
}

/** The parts of a range without any row. */
function uncovered(tx: Transaction, placeId: string, { from, to }: Range): Range[] {
  const rows = tx.all(
    `SELECT minute AS start, minute AS stop FROM climateReading WHERE placeId = ? AND minute BETWEEN ? AND ?
     UNION ALL SELECT fromMinute, toMinute FROM climateGap WHERE placeId = ? AND fromMinute <= ? AND toMinute >= ?
     ORDER BY start`,
    placeId,
    from,
    to,
    placeId,
    to,
    from,
  );
  const free: Range[] = [];
  let next = from;
  for (const row of rows) {
    const [start, stop] = [String(row['start']), String(row['stop'])];
    if (start > next) free.push({ from: next, to: addMinutes(start, -1) });
    const after = addMinutes(stop, 1);
    if (after > next) next = after;
  }
  if (next <= to) free.push({ from: next, to });
  return free;
}

/** Newest minute that has a row; null before the first. */
export function newestMinute(reader: Pick<Transaction, 'first'>, placeId: string): string | null {
  const row = reader.first(
    `SELECT max(m) AS m FROM (SELECT max(minute) AS m FROM climateReading WHERE placeId = ?
     UNION ALL SELECT max(toMinute) FROM climateGap WHERE placeId = ?)`,
    placeId,
    placeId,
  );
  return row?.['m'] == null ? null : String(row['m']);
}
