// Prepared statements, kept per connection: preparing the same SQL for every row of a list costs more than running it.
import type { Database, Statement } from 'better-sqlite3';
import type { Row } from './tables.ts';

/** More than this many different texts means that somebody writes values into SQL. */
const mostStatements = 500;
const kept = new WeakMap<Database, Map<string, Statement<unknown[], Row>>>();

export function statement(db: Database, sql: string): Statement<unknown[], Row> {
  const statements = kept.get(db) ?? new Map<string, Statement<unknown[], Row>>();
  kept.set(db, statements);
  const known = statements.get(sql);
  if (known) return known;
  if (statements.size >= mostStatements) statements.clear();
  const prepared = db.prepare<unknown[], Row>(sql);
  statements.set(sql, prepared);
  return prepared;
}

/** For whoever only asks: a statement that would write is refused before it runs, since it would leave no audit entry. */
export function question(db: Database, sql: string): Statement<unknown[], Row> {
  const prepared = statement(db, sql);
  if (prepared.readonly) return prepared;
  throw new Error('only questions are asked here: rows are written by insert, update and put');
}
