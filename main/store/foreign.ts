// Another program's SQLite file, read and never written: the rows of one table as text. Works on a copy only; the caller
// made it. What a vendor's database says runs nothing here: no extension, no trusted schema, one SELECT of one table.
import SqliteDatabase, { type Database } from 'better-sqlite3';

export interface ForeignRows {
  columns: string[];
  /** Text as it is; `number` marks a stored double, whose digits need care. */
  rows: { text: string; double: boolean }[][];
  /** The file is in WAL mode: rows written last may stand in a file beside it. */
  wal: boolean;
  /** There are more rows than were asked for. */
  more: boolean;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function cellOf(value: unknown): { text: string; double: boolean } {
  if (value === null || value === undefined) return { text: '', double: false };
  if (typeof value === 'bigint') return { text: value.toString(), double: false };
  if (typeof value === 'number') return { text: String(value), double: true };
  if (typeof value === 'string') return { text: value, double: false };
  return { text: '#二进制', double: false };
}

/** Throws better-sqlite3's errors; `UNKNOWN_TABLE` as a RangeError with the names that there are. */
export function readForeignTable(
  copy: Buffer,
  { table, orderBy, most }: { table: string; orderBy: readonly string[]; most: number },
): ForeignRows {
  const wal = copy[18] === 2 || copy[19] === 2;
  // In WAL mode SQLite would look for a second file, which an image in memory has not.
  if (wal) copy.fill(1, 18, 20);
  const db: Database = new SqliteDatabase(copy, { readonly: true });
  try {
    db.pragma('trusted_schema = OFF');
    db.pragma('query_only = ON');
    db.defaultSafeIntegers(true);
    const names = db
      .prepare(
        `SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY name`,
      )
      .pluck()
      .all() as string[];
    if (!names.includes(table)) throw new RangeError(names.slice(0, 20).join('、'));
    const order = orderBy.length === 0 ? '' : ` ORDER BY ${orderBy.map(quoted).join(', ')}`;
    const statement = db.prepare(`SELECT * FROM ${quoted(table)}${order} LIMIT ${most + 1}`).raw();
    const columns = statement.columns().map(({ name }) => name);
    // Double-quoted names that no column has would be read as text by SQLite.
    const missing = orderBy.find((name) => !columns.includes(name));
    if (missing !== undefined) throw new RangeError(columns.join('、'));
    const rows = (statement.all() as unknown[][]).map((row) => row.map(cellOf));
    return { columns, rows: rows.slice(0, most), wal, more: rows.length > most };
  } finally {
    db.close();
  }
}
