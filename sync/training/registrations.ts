// People, equipment and premises that a lab enters itself. This platform approves at once what is complete, or leaves it
// `pending` for the supervisor where the option says so; once approved, it is handed down as reference data.
import {
  entryPayloadSchemas,
  REGISTRATION_KINDS,
  type RegistrationKind,
  type RegistrationState,
  type WireEntry,
} from '../wire/schemas.ts';
import { type PlatformContext, problemsOf } from './context.ts';
import { nextNumber } from './database.ts';
import { option } from './options.ts';
import { PlatformError, refuseOn } from './platform-error.ts';
import { findReference, putReferenceRow } from './reference.ts';
import { refuseByRule } from './rules.ts';

export function isRegistrationKind(kind: string): kind is RegistrationKind {
  return (REGISTRATION_KINDS as readonly string[]).includes(kind);
}

export interface RegistrationRow {
  org_code: string;
  kind: RegistrationKind;
  local_id: string;
  revision: number;
  digest: string;
  payload: string;
  platform_id: string;
  state: RegistrationState['state'];
  reason: string | null;
  received_at: number;
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

/** One registered revision, the latest where none is named. */
export function registrationOf(
  context: PlatformContext,
  orgCode: string,
  kind: string,
  localId: string,
  revision?: number,
): RegistrationRow | undefined {
  const rows = context.db
    .prepare<[string, string, string], RegistrationRow>(
      'SELECT * FROM registration WHERE org_code = ? AND kind = ? AND local_id = ? ORDER BY revision DESC',
    )
    .all(orgCode, kind, localId);
  return revision === undefined ? rows[0] : rows.find((row) => row.revision === revision);
}

/** The supervisor's decision on a pending registration, inside the caller's transaction. */
export function decideRegistration(
  context: PlatformContext,
  row: RegistrationRow,
  state: 'approved' | 'rejected',
  reason: string,
): void {
  context.db
    .prepare(
      `UPDATE registration SET state = ?, reason = ? WHERE org_code = ? AND kind = ? AND local_id = ? AND revision = ?`,
    )
    .run(state, reason, row.org_code, row.kind, row.local_id, row.revision);
  if (state === 'approved') publish(context, row.kind, row.platform_id, JSON.parse(row.payload));
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
      'SELECT * FROM registration WHERE org_code = ? AND kind = ? AND local_id = ? ORDER BY revision DESC',
    )
    .all(orgCode, kind, localId);
  const same = known.find((row) => row.revision === entry.revision);
  if (same !== undefined) {
    if (same.digest !== entry.digest) throw new PlatformError('CONFLICT_CONTENT', `${localId} 已以不同内容登记`);
    return {
      platformId: same.platform_id,
      state: same.state,
      repeated: true,
      ...(same.reason === null ? {} : { reason: same.reason }),
    };
  }
  const latest = known[0];
  if (latest !== undefined && latest.revision > entry.revision) {
    throw new PlatformError('CONFLICT_CONTENT', `${localId} 已有更新的版本 ${latest.revision}`);
  }
  const parsed = entryPayloadSchemas[kind].safeParse(entry.payload);
  if (!parsed.success) refuseOn(problemsOf(parsed.error));
  refuseByRule(context, kind, localId);
  const state = option(context, 'registrationApproval') === 'supervisor' ? 'pending' : 'approved';
  const platformId = latest?.platform_id ?? platformIdFor(context, kind, localId);
  context.db
    .prepare(
      `INSERT INTO registration (org_code, kind, local_id, revision, digest, payload, platform_id, state, received_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      orgCode,
      kind,
      localId,
      entry.revision,
      entry.digest,
      JSON.stringify(entry.payload),
      platformId,
      state,
      context.now(),
    );
  if (state === 'approved') publish(context, kind, platformId, entry.payload);
  return { platformId, state, repeated: false };
}
