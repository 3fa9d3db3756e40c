// Which stops of a record have been let go on, and which still hold it.
import type { RecordResult, RecordStop } from '../../../shared/entities/record.ts';
import { textOf as text } from '../../store/cells.ts';
import type { Reader } from './runRows.ts';

/** The newest release of each stop of a record, by what it says: the message holds the figures. */
export function releasesOf(
  reader: Reader,
  recordNo: string,
): (stop: { code: string; field: string; message: string }) => RecordStop['release'] {
  const rows = reader.all('SELECT * FROM stopRelease WHERE recordNo = ? ORDER BY rowid', recordNo);
  return ({ code, field, message }) => {
    const row = rows.findLast(
      (item) => item['code'] === code && item['field'] === field && item['message'] === message,
    );
    if (row === undefined) return null;
    return {
      reason: text(row['reason']),
      personName: text(row['personName']),
      secondName: text(row['secondName']),
      at: text(row['at']),
    };
  };
}

export const openStops = (result: RecordResult | null): RecordStop[] =>
  result?.stops.filter(({ release }) => release === null) ?? [];
