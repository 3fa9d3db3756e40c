// Whole-history search: trigram full text, so that Chinese works; shorter texts by the trigrams they begin; keyset paging.
// The keys of a page are found first, from indexes alone: a store of years has a million records.
import type { Store } from '../store/store.ts';
import type { Row, Value } from '../store/tables.ts';

export interface SearchQuery {
  /** Kind in the full-text table. */
  kind: string;
  /** The table whose rows are found, and its key. */
  table: string;
  key: string;
  /** SELECT … FROM …, with the table under its own name; without WHERE, ORDER and LIMIT. */
  select: string;
  /** Column by which the rows name their commission, so that its words find them. */
  commissionColumn?: string;
  /** Further conditions on the table with their parameters. */
  where?: string;
  parameters?: readonly Value[];
}

const trigram = 3;
/** When another way is quicker; each finds the same. */
export interface SearchLimits {
  /** A short text that begins more trigrams than this is looked for in the texts themselves. */
  terms: number;
  /** From so many commissions on, rows are looked through from the newest instead of being gathered. */
  many: number;
}
const usual: SearchLimits = { terms: 400, many: 10_000 };

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const upper = (text: string): string => `${text}\u{10FFFF}`;

/** Rows of the full text that hold `text`: a condition on `searchText` with its parameters. */
function holding(store: Store, text: string, most: number): { sql: string; parameters: Value[] } {
  if (Array.from(text).length >= trigram) return { sql: 'text MATCH ?', parameters: [quoted(text)] };
  const start = text.toLowerCase();
  const terms = store.all(
    'SELECT term FROM temp.searchTerm WHERE term >= ? AND term < ? LIMIT ?',
    start,
    upper(start),
    most + 1,
  );
  if (terms.length === 0) return { sql: 'false', parameters: [] };
  return terms.length <= most
    ? { sql: 'text MATCH ?', parameters: [terms.map(({ term }) => quoted(String(term))).join(' OR ')] }
    : { sql: 'instr(lower(text), lower(?)) > 0', parameters: [text] };
}

function found(
  store: Store,
  query: SearchQuery,
  text: string,
  limits: SearchLimits,
): { sql: string; parameters: Value[] } {
  const { sql, parameters } = holding(store, text, limits.terms);
  const ways = [{ column: query.key, kind: query.kind }];
  // The project's name stands on the commission: what belongs to it is found by it.
  if (query.commissionColumn) ways.push({ column: query.commissionColumn, kind: 'commission' });
  const conditions = ways.map(({ column, kind }) => {
    const [{ n } = { n: 0 }] = store.all(
      `SELECT count(*) AS n FROM (SELECT 1 FROM searchText WHERE kind = ? AND ${sql} LIMIT ?)`,
      kind,
      ...parameters,
      limits.many,
    );
    // The sign keeps SQLite from gathering by an index: so many are met soon on the way from the newest.
    const sign = n === limits.many ? '+' : '';
    return `${sign}${query.table}.${column} IN (SELECT key FROM searchText WHERE kind = ? AND ${sql})`;
  });
  return { sql: `(${conditions.join(' OR ')})`, parameters: ways.flatMap(({ kind }) => [kind, ...parameters]) };
}

export function search(
  store: Store,
  query: SearchQuery,
  input: { text: string; cursor?: string | undefined; limit: number },
  limits: SearchLimits = usual,
): { rows: Row[]; nextCursor: string | null } {
  const conditions: string[] = [];
  const parameters: Value[] = [];
  const text = input.text.trim();
  if (text !== '') {
    const words = found(store, query, text, limits);
    conditions.push(words.sql);
    parameters.push(...words.parameters);
  }
  if (query.where) {
    conditions.push(query.where);
    parameters.push(...(query.parameters ?? []));
  }
  const key = `${query.table}.${query.key}`;
  if (input.cursor) {
    conditions.push(`${key} < ?`);
    parameters.push(input.cursor);
  }
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const rows = store.all(
    `${query.select} WHERE ${key} IN (SELECT ${key} FROM ${query.table} ${where} ORDER BY ${key} DESC LIMIT ?) ORDER BY ${key} DESC`,
    ...parameters,
    input.limit + 1,
  );
  const more = rows.length > input.limit;
  const page = more ? rows.slice(0, input.limit) : rows;
  return { rows: page, nextCursor: more ? String(page.at(-1)?.[query.key]) : null };
}
