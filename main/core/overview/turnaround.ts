// How long reports take: from the receipt of the samples, and from the last reading, to the code. First revisions whose
// code came in the span; median and 90th percentile by nearest rank, whole hours.
import type { Duration, Overview } from '../../../shared/overview/calls.ts';
import { nullableText, textOf as text } from '../../store/cells.ts';
import type { Store } from '../../store/store.ts';

const hourMs = 3_600_000;

/** The smallest value that at least `percent` of a hundred of the values do not exceed; null of nothing. */
export function nearestRank(ascending: readonly number[], percent: number): number | null {
  return ascending[Math.max(0, Math.ceil((ascending.length * percent) / 100) - 1)] ?? null;
}

function durationOf(hours: readonly number[]): Duration {
  const ascending = hours.toSorted((one, other) => one - other);
  return {
    count: ascending.length,
    median: nearestRank(ascending, 50),
    p90: nearestRank(ascending, 90),
    longest: ascending.at(-1) ?? null,
  };
}

const hoursBetween = (from: string | null, to: string): number[] => {
  const hours = from === null ? Number.NaN : Math.floor((Date.parse(to) - Date.parse(from)) / hourMs);
  return Number.isNaN(hours) || hours < 0 ? [] : [hours];
};

export function turnaround(store: Pick<Store, 'all'>, from: string): Overview['turnaround'] {
  const rows = store.all(
    `SELECT report.itemCode, coalesce(item.name, report.itemCode) AS itemName, commission.receivedAt, report.codeIssuedAt,
       (SELECT max(testedAt) FROM reportRecord JOIN testRecord USING (recordNo) WHERE reportRecord.reportKey = report.reportKey) AS testedAt
     FROM report JOIN commission USING (commissionNo) LEFT JOIN item ON item.itemCode = report.itemCode
     WHERE report.codeIssuedAt IS NOT NULL AND report.codeIssuedAt >= ? AND report.revision = 1`,
    from,
  );
  return [...Map.groupBy(rows, (row) => text(row['itemCode']))]
    .map(([itemCode, own]) => {
      const span = (column: string) =>
        durationOf(own.flatMap((row) => hoursBetween(nullableText(row[column]), text(row['codeIssuedAt']))));
      return {
        itemCode,
        itemName: text(own[0]?.['itemName']),
        fromReceipt: span('receivedAt'),
        fromTest: span('testedAt'),
      };
    })
    .toSorted(
      (one, other) => other.fromReceipt.count - one.fromReceipt.count || one.itemCode.localeCompare(other.itemCode),
    );
}
