// What a piece of work may do inside `store.transact`. Every method writes the row and what must go with it.
import type { Database } from 'better-sqlite3';
import { canonicalJson, sha256Hex } from '../../sync/wire/digest.ts';
import type { CollectionName } from '../../shared/entities/collections.ts';
import { appendAudit, auditHead, type AuditActor } from './audit.ts';
import { drawNumber, voidNumber, type NumberSeries } from './numbers.ts';
import { gatedNames, refuseUndecided } from './gated.ts';
import { question, statement } from './statements.ts';
import { definitionOf, keyOf, type Row, type TableName, type Value } from './tables.ts';

/** How a secret column appears in the audit chain: recognisable when it changes, never readable. */
export const maskSecret = (value: Value): Value =>
  value === null ? null : `sha256:${sha256Hex(String(value)).slice(0, 16)}`;

export class Transaction {
  readonly #db: Database;
  readonly #actor: AuditActor;
  readonly #touched = new Map<string, readonly [CollectionName, string]>();
  /** Rows that need a decision of the gate, and the decisions, that this transaction wrote. */
  readonly #gated: { table: TableName; row: Row }[] = [];
  readonly #decisions: Row[] = [];
  feedSequence = 0;

  constructor(db: Database, actor: AuditActor) {
    this.#db = db;
    this.#actor = actor;
  }

  static read(db: Database, table: TableName, key: readonly Value[]): Row | undefined {
    const where = definitionOf(table)
      .key.map((column) => `${column} = ?`)
      .join(' AND ');
    return statement(db, `SELECT * FROM ${table} WHERE ${where}`).get(...key);
  }

  get(table: TableName, ...key: Value[]): Row | undefined {
    return Transaction.read(this.#db, table, key);
  }

  all(sql: string, ...parameters: Value[]): Row[] {
    return question(this.#db, sql).all(...parameters);
  }

  first(sql: string, ...parameters: Value[]): Row | undefined {
    return question(this.#db, sql).get(...parameters);
  }

  /** A new row. An audited table gets one audit entry that holds the whole row. */
  insert(table: TableName, row: Row, reason?: string): void {
    const columns = Object.keys(row);
    const places = columns.map((column) => `@${column}`).join(', ');
    statement(this.#db, `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`).run(row);
    if (table in gatedNames) this.#gated.push({ table, row });
    if (table === 'gateDecision') this.#decisions.push(row);
    const definition = definitionOf(table);
    if (definition.audit === 'fields') {
      appendAudit(this.#db, this.#actor, {
        action: 'insert',
        entity: table,
        entityKey: keyOf(definition, row),
        newValue: canonicalJson(this.#masked(table, row)),
        reason: reason ?? null,
      });
    }
    this.#after(table, row);
  }

  /** Changes fields of a row; each field that differs gets an audit entry with old and new. Returns whether any did. */
  update(table: TableName, key: Value | readonly Value[], patch: Row, reason?: string): boolean {
    const definition = definitionOf(table);
    const keys: readonly Value[] = Array.isArray(key) ? (key as readonly Value[]) : [key as Value];
    const old = this.get(table, ...keys);
    if (!old) throw new Error(`${table} ${keys.join('/')} is not there`);
    const changed = Object.entries(patch).filter(([column, value]) => old[column] !== value);
    if (changed.length === 0) return false;
    const where = definition.key.map((column) => `${column} = ?`).join(' AND ');
    const places = changed.map(([column]) => `${column} = ?`).join(', ');
    statement(this.#db, `UPDATE ${table} SET ${places} WHERE ${where}`).run(
      ...changed.map(([, value]) => value),
      ...keys,
    );
    if (definition.audit === 'fields') {
      const secret = new Set(definition.secret ?? []);
      const text = (column: string, value: Value | undefined) =>
        canonicalJson(secret.has(column) ? maskSecret(value ?? null) : (value ?? null));
      for (const [column, value] of changed) {
        appendAudit(this.#db, this.#actor, {
          action: 'update',
          entity: table,
          entityKey: keyOf(definition, old),
          field: column,
          oldValue: text(column, old[column]),
          newValue: text(column, value),
          reason: reason ?? null,
        });
      }
    }
    this.#after(table, { ...old, ...patch }, old);
    return true;
  }

  /** Inserts or changes. */
  put(table: TableName, row: Row, reason?: string): void {
    const definition = definitionOf(table);
    const keys = definition.key.map((column) => row[column] ?? null);
    if (this.get(table, ...keys)) this.update(table, keys, row, reason);
    else this.insert(table, row, reason);
  }

  /** Only for bookkeeping such as drafts; everything that is evidence is guarded by triggers. */
  discard(table: 'draft', ...key: Value[]): void {
    this.#db.prepare(`DELETE FROM ${table} WHERE userId = ? AND form = ?`).run(...key);
  }

  /** Something that happened and is no row: a print, an export, a refused attempt. */
  event(entity: string, entityKey: string, text: string, reason?: string): void {
    appendAudit(this.#db, this.#actor, { action: 'event', entity, entityKey, newValue: text, reason: reason ?? null });
  }

  /** Draws the next number of a yearly, continuous series. */
  number(series: NumberSeries, day: string, entity: string): string {
    return drawNumber(this, series, day, entity);
  }

  voidNumber(number: string, reason: string): void {
    voidNumber(this, number, reason);
  }

  /** Collections of which a document changed. */
  get touched(): CollectionName[] {
    return [...new Set([...this.#touched.values()].map(([collection]) => collection))];
  }

  /** Says that a document of the live working set has changed. */
  touch(collection: CollectionName, key: string): void {
    this.#touched.set(`${collection}\u001f${key}`, [collection, key]);
  }

  auditHead(): { seq: number; hash: string; at: string | null } {
    return auditHead(this.#db);
  }

  get actor(): AuditActor {
    return this.#actor;
  }

  /** Called once, last, inside the transaction: refuses what the gate did not allow, writes the change feed. */
  finish(): void {
    refuseUndecided(this.#gated, this.#decisions, (reportKey) =>
      this.all('SELECT recordNo FROM reportRecord WHERE reportKey = ?', reportKey).map((row) =>
        String(row['recordNo']),
      ),
    );
    const write = statement(this.#db, 'INSERT INTO changeFeed (kind, key, revision, deleted) VALUES (?, ?, ?, 0)');
    const previous = statement(this.#db, 'SELECT revision FROM changeFeed WHERE kind = ? AND key = ?');
    const remove = statement(this.#db, 'DELETE FROM changeFeed WHERE kind = ? AND key = ?');
    for (const [kind, key] of this.#touched.values()) {
      const revision = Number(previous.get(kind, key)?.['revision'] ?? 0) + 1;
      remove.run(kind, key);
      this.feedSequence = Number(write.run(kind, key, revision).lastInsertRowid);
    }
  }

  #masked(table: TableName, row: Row): Row {
    const secret = definitionOf(table).secret ?? [];
    return Object.fromEntries(
      Object.entries(row).map(([column, value]) => [column, secret.includes(column) ? maskSecret(value) : value]),
    );
  }

  #after(table: TableName, row: Row, old?: Row): void {
    const definition = definitionOf(table);
    for (const [collection, key] of definition.touches?.(row) ?? []) {
      if (key !== null && key !== undefined) this.touch(collection, String(key));
    }
    const found = definition.search?.(row);
    const before = old && definition.search?.(old);
    if (!found || found.text === before?.text) return;
    this.#findable(found.kind, keyOf(definition, row), found.text, before !== undefined);
  }

  /** The index itself knows its rows by number and text only; `searchRow` keeps the number of each key. */
  #findable(kind: string, key: string, text: string, again: boolean): void {
    if (again)
      statement(this.#db, 'DELETE FROM searchText WHERE rowid = (SELECT id FROM searchRow WHERE kind = ? AND key = ?)').run(kind, key); // prettier-ignore
    const insert = statement(this.#db, 'INSERT INTO searchText (kind, key, text) VALUES (?, ?, ?)');
    // What follows a word makes it findable by its first two characters; the last word has nothing behind it.
    const id = insert.run(kind, key, `${text} `).lastInsertRowid;
    const keep = 'INSERT INTO searchRow VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET id = excluded.id';
    statement(this.#db, keep).run(kind, key, id);
  }
}
