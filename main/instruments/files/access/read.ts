// One table of an Access database (.mdb, Jet 4) as rows of text. The caller's bytes are never touched: the reader turns
// some values round in place, so it works on a copy of its own and reads every row once. Columns whose contents lie
// outside the row (long text, objects) are not read.
import MDBReader, { type ColumnType, type Value } from 'mdb-reader';
import { Exact } from '../../drivers/numbers.ts';
import { momentText } from '../dates.ts';
import { storedDouble } from '../numbers.ts';
import { AccessFault, assertDefinition, assertJet4, countRows } from './pages.ts';

const TABLES_PAGE = 2;
const TABLE = 1;
/** Access shows seven digits of a single, as it shows fifteen of a double. */
const SINGLE_DIGITS = 7;

const outside: Partial<Record<ColumnType, string>> = {
  memo: '#备注',
  ole: '#对象',
  binary: '#二进制',
  complex: '#附件',
};

export interface AccessRows {
  columns: string[];
  rows: string[][];
}

/** The table or a column to order by is not there; the message lists what is. */
export class NotThere extends Error {}

export function readAccessTable(
  bytes: Uint8Array,
  { table, orderBy, most }: { table: string; orderBy: readonly string[]; most: number },
): AccessRows {
  const copy = Buffer.from(bytes);
  assertJet4(copy);
  assertDefinition(copy, TABLES_PAGE);
  const reader = new MDBReader(copy);
  if (reader.getPassword() !== null) throw new AccessFault('数据库设了密码');
  const names = reader.getTableNames();
  if (!names.includes(table)) throw new NotThere(names.slice(0, 20).join('、'));
  const found = countRows(copy, definitionPage(reader, table));
  if (found > most) throw new AccessFault(`表“${table}”有 ${found} 行，最多取入 ${most} 行`);
  const source = reader.getTable(table);
  const columns = source.getColumns();
  const headings = columns.map(({ name }) => name);
  const missing = orderBy.find((name) => !headings.includes(name));
  if (missing !== undefined || new Set(headings).size < headings.length) throw new NotThere(headings.join('、'));
  const inside = columns.filter(({ type }) => !(type in outside));
  // Without the columns of varying length that are left out, every other column is still found where it is.
  const rows = source.getData({ columns: inside.map(({ name }) => name) });
  if (rows.length !== found) throw new AccessFault('读出的行数与表里记的不同');
  return {
    columns: headings,
    rows: ordered(rows, orderBy).map((row) =>
      columns.map(({ name, type }) => outside[type] ?? cellText(type, row[name])),
    ),
  };
}

function definitionPage(reader: MDBReader, table: string): number {
  const objects = reader.getTable('MSysObjects').getData({ columns: ['Id', 'Name', 'Type', 'Flags'] });
  const pages = objects.flatMap(({ Id, Name, Type }) =>
    Name === table && (Number(Type) & 0x7f) === TABLE ? [Number(Id) & 0xffffff] : [],
  );
  const [page] = pages;
  if (page === undefined || pages.length > 1) throw new AccessFault(`表“${table}”在目录里不止一个`);
  return page;
}

function cellText(type: ColumnType, value: Value | undefined): string {
  if (value === null) return '';
  if (value instanceof Date) return momentText(value, '1899-12-30');
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return storedDouble(String(value), type === 'float' ? SINGLE_DIGITS : undefined);
  if (typeof value !== 'string') return '#';
  return type === 'currency' || type === 'numeric' ? new Exact(value).toFixed() : value.trim();
}

const rank = (value: Value | undefined): number | bigint | string =>
  value instanceof Date ? value.getTime() : typeof value === 'boolean' ? Number(value) : (value as number | string);

/** Rows lie in a database in no order that means anything: they are put into the one that the profile names. */
function ordered<Row extends Record<string, Value>>(rows: readonly Row[], orderBy: readonly string[]): Row[] {
  const compare = (a: Row, b: Row): number => {
    for (const name of orderBy) {
      const [left, right] = [rank(a[name]), rank(b[name])];
      if (left === right) continue;
      // As SQLite has it: what is empty comes first.
      if (left === null || right === null) return left === null ? -1 : 1;
      return left < right ? -1 : 1;
    }
    return 0;
  };
  return orderBy.length === 0 ? [...rows] : rows.toSorted(compare);
}
