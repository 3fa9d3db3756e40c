// How long records are kept: six years at least, twenty where the safety of the structure rests on them. Only computed
// and shown: the program deletes nothing, whatever its age.
import type { CallOutput } from '../../../shared/contract/calls.ts';
import { toCalendarDay } from '../../../shared/entities/scalars.ts';
import type { Context } from '../context.ts';

export const leastYears = 6;
export const structuralYears = 20;

/**
 * Items that say nothing about what carries a building, by the head of their code: aggregates, soils, facing tiles. The
 * rest is kept for twenty years, and so is an item that the program does not know.
 */
const otherItems = /^(SA|SI|TG|SZ)-/;

export const isStructural = (itemCode: string): boolean => !otherItems.test(itemCode);
export const retentionYears = (itemCode: string): number => (isStructural(itemCode) ? structuralYears : leastYears);

/** The same day so many years later; 29 February becomes 1 March. The day itself still belongs to the time. */
export function archivableFrom(day: string, years: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year + years, month - 1, date + 1)).toISOString().slice(0, 10);
}

export function retentionList(context: Pick<Context, 'store' | 'now'>): CallOutput<'retention.list'> {
  const { store } = context;
  const today = toCalendarDay(context.now());
  const rows = store
    .all(
      `SELECT testRecord.itemCode, item.name, count(*) AS records, min(substr(coalesce(testedAt, createdAt), 1, 10)) AS oldest,
         max(substr(coalesce(testedAt, createdAt), 1, 10)) AS newest
       FROM testRecord LEFT JOIN item USING (itemCode) GROUP BY testRecord.itemCode ORDER BY testRecord.itemCode`,
    )
    .map((row) => {
      const itemCode = String(row['itemCode']);
      const years = retentionYears(itemCode);
      const oldest = row['oldest'] == null ? null : String(row['oldest']);
      // A record may go from the day after its years; those of the day that lies exactly so far back stay today.
      const limit = `${Number(today.slice(0, 4)) - years}${today.slice(4)}`;
      const archivable = store.first(
        `SELECT count(*) AS n FROM testRecord WHERE itemCode = ? AND substr(coalesce(testedAt, createdAt), 1, 10) < ?`,
        itemCode,
        limit,
      );
      return {
        itemCode,
        itemName: String(row['name'] ?? itemCode),
        years,
        structural: isStructural(itemCode),
        records: Number(row['records']),
        oldest,
        newest: row['newest'] == null ? null : String(row['newest']),
        archivableFrom: oldest === null ? null : archivableFrom(oldest, years),
        archivable: Number(archivable?.['n'] ?? 0),
      };
    });
  return { today, rows };
}
