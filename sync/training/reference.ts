// The lab as the platform knows it, and the reference data it hands down: rows with one rising version over all kinds,
// so that a cursor is simply the version a lab has reached and a row changed in the middle of a download comes again.
import {
  institutionSchema,
  REFERENCE_KINDS,
  referenceDataSchemas,
  type ReferenceData,
  type ReferenceKind,
  type ReferencePage,
  type WireInstitution,
} from '../wire/schemas.ts';
import { type PlatformContext } from './context.ts';
import { nextNumber, type PlatformDatabase } from './database.ts';
import { PlatformError } from './platform-error.ts';

export const DEFAULT_PAGE = 100;
export const MAX_PAGE = 500;

export function institutionOf(db: PlatformDatabase, orgCode: string): WireInstitution {
  const row = db.prepare<[string], { body: string }>('SELECT body FROM institution WHERE org_code = ?').get(orgCode);
  if (row === undefined) throw new PlatformError('FORBIDDEN', '平台没有登记该机构');
  return institutionSchema.parse(JSON.parse(row.body));
}

export function isReferenceKind(kind: string): kind is ReferenceKind {
  return (REFERENCE_KINDS as readonly string[]).includes(kind);
}

function cursorVersion(cursor: string | undefined): number {
  if (cursor === undefined || cursor === '') return 0;
  const digits = /^v(\d{1,15})$/.exec(cursor)?.[1];
  if (digits === undefined) {
    throw new PlatformError('VALIDATION', '游标无效，请重新全量下载', [
      { code: 'VALIDATION', field: 'cursor', message: '游标无效' },
    ]);
  }
  return Number(digits);
}

function pageLimit(limit: string | undefined): number {
  if (limit === undefined) return DEFAULT_PAGE;
  const value = /^\d{1,4}$/.test(limit) ? Number(limit) : 0;
  if (value < 1 || value > MAX_PAGE) {
    throw new PlatformError('VALIDATION', `limit 须在 1 至 ${MAX_PAGE} 之间`, [
      { code: 'VALIDATION', field: 'limit', message: '超出范围' },
    ]);
  }
  return value;
}

/** A page after a cursor. A first full download leaves tombstones out; a delta brings them. */
export function referencePage(
  context: PlatformContext,
  kind: string,
  cursor: string | undefined,
  limitText: string | undefined,
): ReferencePage {
  if (!isReferenceKind(kind)) throw new PlatformError('NOT_FOUND', `没有参考数据 ${kind}`);
  const after = cursorVersion(cursor);
  const limit = pageLimit(limitText);
  const found = context.db
    .prepare<[string, number, number], { id: string; version: number; deleted: number; data: string }>(
      'SELECT id, version, deleted, data FROM reference_row WHERE kind = ? AND version > ? ORDER BY version LIMIT ?',
    )
    .all(kind, after, limit + 1);
  const page = found.slice(0, limit);
  const top = context.db
    .prepare<[string], { version: number | null }>('SELECT max(version) AS version FROM reference_row WHERE kind = ?')
    .get(kind)?.version;
  return {
    rows: page
      .filter((row) => after > 0 || row.deleted === 0)
      .map((row) =>
        row.deleted === 1
          ? { id: row.id, version: row.version, deleted: true }
          : { id: row.id, version: row.version, deleted: false, data: JSON.parse(row.data) as Record<string, unknown> },
      ),
    nextCursor: `v${page.at(-1)?.version ?? after}`,
    more: found.length > limit,
    snapshot: `v${top ?? 0}`,
  };
}

/** Writes a row with the next version, inside the caller's transaction. */
export function putReferenceRow<K extends ReferenceKind>(
  db: PlatformDatabase,
  kind: K,
  id: string,
  data: ReferenceData[K],
): void {
  db.prepare(
    `INSERT INTO reference_row (kind, id, version, deleted, data) VALUES (?, ?, ?, 0, ?)
     ON CONFLICT (kind, id) DO UPDATE SET version = excluded.version, deleted = 0, data = excluded.data`,
  ).run(kind, id, nextNumber(db, 'reference'), JSON.stringify(data));
}

/** Leaves a tombstone; answers whether the row was there. */
export function deleteReferenceRow(db: PlatformDatabase, kind: ReferenceKind, id: string): boolean {
  const there = db
    .prepare<[string, string], { id: string }>('SELECT id FROM reference_row WHERE kind = ? AND id = ? AND deleted = 0')
    .get(kind, id);
  if (there === undefined) return false;
  db.prepare('UPDATE reference_row SET deleted = 1, version = ? WHERE kind = ? AND id = ?').run(
    nextNumber(db, 'reference'),
    kind,
    id,
  );
  return true;
}

export function findReference<K extends ReferenceKind>(
  db: PlatformDatabase,
  kind: K,
  id: string,
): ReferenceData[K] | undefined {
  const row = db
    .prepare<[string, string], { data: string }>(
      'SELECT data FROM reference_row WHERE kind = ? AND id = ? AND deleted = 0',
    )
    .get(kind, id);
  if (row === undefined) return undefined;
  return referenceDataSchemas[kind].parse(JSON.parse(row.data)) as ReferenceData[K];
}

export function listReference<K extends ReferenceKind>(db: PlatformDatabase, kind: K): ReferenceData[K][] {
  return db
    .prepare<[string], { data: string }>(
      'SELECT data FROM reference_row WHERE kind = ? AND deleted = 0 ORDER BY version',
    )
    .all(kind)
    .map((row) => referenceDataSchemas[kind].parse(JSON.parse(row.data)) as ReferenceData[K]);
}
