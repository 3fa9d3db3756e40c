// Accepted entries under their natural key. A key may carry several revisions; the latest is the one that counts.
import { type EntryKind, entryPayloadSchemas, type EntryPayloads } from '../wire/schemas.ts';
import { type PlatformContext } from './context.ts';

export interface EntryRow {
  revision: number;
  digest: string;
  payload: string;
}

/** Every stored revision of a key, latest first. */
export function entryRevisions(context: PlatformContext, orgCode: string, kind: EntryKind, key: string): EntryRow[] {
  return context.db
    .prepare<[string, string, string], EntryRow>(
      'SELECT revision, digest, payload FROM entry WHERE org_code = ? AND kind = ? AND key = ? ORDER BY revision DESC',
    )
    .all(orgCode, kind, key);
}

export function latestPayload<K extends EntryKind>(
  context: PlatformContext,
  orgCode: string,
  kind: K,
  key: string,
): EntryPayloads[K] | undefined {
  const row = entryRevisions(context, orgCode, kind, key)[0];
  return row === undefined ? undefined : (entryPayloadSchemas[kind].parse(JSON.parse(row.payload)) as EntryPayloads[K]);
}
