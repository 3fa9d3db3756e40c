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
    conditions.push(
      `${query.keyColumn} IN (SELECT key FROM searchText WHERE kind = ? AND ${longEnough ? 'text MATCH ?' : 'instr(lower(text), lower(?)) > 0'})`,
    );
    parameters.push(query.kind, longEnough ? `"${text.replaceAll('"', '""')}"` : text);
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
