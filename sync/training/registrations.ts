// People, equipment and premises that a lab enters itself. This platform approves at once what is complete and, from
// then on, hands it down as reference data; a real platform may take days and answer `pending` in between.
import {
  entryPayloadSchemas,
  REGISTRATION_KINDS,
  type RegistrationKind,
  type RegistrationState,
  type WireEntry,
} from '../wire/schemas.ts';
import { type PlatformContext, problemsOf } from './context.ts';
import { nextNumber } from './database.ts';
import { PlatformError, refuseOn } from './platform-error.ts';
import { findReference, putReferenceRow } from './reference.ts';

export function isRegistrationKind(kind: string): kind is RegistrationKind {
  return (REGISTRATION_KINDS as readonly string[]).includes(kind);
}

interface RegistrationRow {
  revision: number;
  digest: string;
  platform_id: string;
  state: RegistrationState['state'];
}

const PREFIX = { person: 'P-R', equipment: 'E-R', premises: 'B-R' } as const;

/** The id a lab's own number has here: a row the platform already knows keeps its id. */
function platformIdFor(context: PlatformContext, kind: RegistrationKind, localId: string): string {
  if (kind !== 'premises' && findReference(context.db, kind, localId) !== undefined) return localId;
  return `${PREFIX[kind]}${String(nextNumber(context.db, `registration.${kind}`)).padStart(4, '0')}`;
}

function publish(context: PlatformContext, kind: RegistrationKind, platformId: string, payload: unknown): void {
  if (kind === 'person') {
    const person = entryPayloadSchemas.person.parse(payload);
    putReferenceRow(context.db, 'person', platformId, { ...person, state: person.state ?? 'active' });
  } else if (kind === 'equipment') {
    const equipment = entryPayloadSchemas.equipment.parse(payload);
    putReferenceRow(context.db, 'equipment', platformId, { ...equipment, state: equipment.state ?? 'active' });
  }
}

/** Registers inside the caller's transaction. `repeated` says that exactly this was here before. */
export function register(
  context: PlatformContext,
  orgCode: string,
  kind: RegistrationKind,
  localId: string,
  entry: WireEntry,
): RegistrationState & { repeated: boolean } {
  const known = context.db
    .prepare<[string, string, string], RegistrationRow>(
      `SELECT revision, digest, platform_id, state FROM registration
       WHERE org_code = ? AND kind = ? AND local_id = ? ORDER BY revision DESC`,
    )
    .all(orgCode, kind, localId);
  const same = known.find((row) => row.revision === entry.revision);
  if (same !== undefined) {
    if (same.digest !== entry.digest) throw new PlatformError('CONFLICT_CONTENT', `${localId} 已以不同内容登记`);
    return { platformId: same.platform_id, state: same.state, repeated: true };
  }
  const latest = known[0];
  if (latest !== undefined && latest.revision > entry.revision) {
    throw new PlatformError('CONFLICT_CONTENT', `${localId} 已有更新的版本 ${latest.revision}`);
  }
  const parsed = entryPayloadSchemas[kind].safeParse(entry.payload);
  if (!parsed.success) refuseOn(problemsOf(parsed.error));
  const platformId = latest?.platform_id ?? platformIdFor(context, kind, localId);
  context.db
    .prepare(
      `INSERT INTO registration (org_code, kind, local_id, revision, digest, payload, platform_id, state, received_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, 'approved', ?)`,
    )
    .run(
      orgCode,
      kind,
      localId,
      entry.revision,
      entry.digest,
      JSON.stringify(entry.payload),
      platformId,
      context.now(),
    );
  publish(context, kind, platformId, entry.payload);
  return { platformId, state: 'approved', repeated: false };
}
