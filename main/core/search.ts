// Whole-history search: trigram full text (so that Chinese works) from three characters on, a plain look below that;
// keyset paging.
import type { Store } from '../store/store.ts';
import type { Row, Value } from '../store/tables.ts';

export interface SearchQuery {
  /** Kind in the full-text table. */
  kind: string;
  /** SELECT … FROM … with the key column; without WHERE, ORDER and LIMIT. */
  select: string;
  keyColumn: string;
  /** Where the rows name their commission, so that its words find them. */
  commissionColumn?: string;
  /** Further conditions with their parameters. */
  where?: string;
  parameters?: readonly Value[];
}

export function search(
  store: Store,
  query: SearchQuery,
  input: { text: string; cursor?: string | undefined; limit: number },
): { rows: Row[]; nextCursor: string | null } {
  const conditions: string[] = [];
  const parameters: Value[] = [];
  const text = input.text.trim();
  if (text !== '') {
    const longEnough = Array.from(text).length >= 3;
    const found = `SELECT key FROM searchText WHERE kind = ? AND ${longEnough ? 'text MATCH ?' : 'instr(lower(text), lower(?)) > 0'}`;
    const wanted = longEnough ? `"${text.replaceAll('"', '""')}"` : text;
    const ways = [{ column: query.keyColumn, kind: query.kind }];
    // The project's name stands on the commission: what belongs to it is found by it.
    if (query.commissionColumn) ways.push({ column: query.commissionColumn, kind: 'commission' });
    conditions.push(`(${ways.map(({ column }) => `${column} IN (${found})`).join(' OR ')})`);
    parameters.push(...ways.flatMap(({ kind }) => [kind, wanted]));
  }
  if (query.where) {
    conditions.push(query.where);
    parameters.push(...(query.parameters ?? []));
  }
  if (input.cursor) {
    conditions.push(`${query.keyColumn} < ?`);
    parameters.push(input.cursor);
  }
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const rows = store.all(
    `${query.select} ${where} ORDER BY ${query.keyColumn} DESC LIMIT ?`,
    ...parameters,
    input.limit + 1,
  );
  const more = rows.length > input.limit;
  const page = more ? rows.slice(0, input.limit) : rows;
  const keyName = query.keyColumn.split('.').at(-1) ?? query.keyColumn;
  return { rows: page, nextCursor: more ? String(page.at(-1)?.[keyName]) : null };
}
