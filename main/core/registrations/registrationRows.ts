// Reading registrations: how the newest one of a person or a machine stands, and which id the platform knows it by.
import type { RegistrationKind, RegistrationStanding } from '../../../shared/entities/registration.ts';
import { nullableText as nullable, textOf as text } from '../../store/cells.ts';
import type { Store } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';

type Finder = Pick<Store, 'first'>;

/** Where a kind's rows are; `state` is the platform's word of it. */
export const tableOf = {
  person: { table: 'person', key: 'personId', state: 'state' },
  equipment: { table: 'equipment', key: 'equipmentId', state: 'platformState' },
  premises: { table: 'premises', key: 'premisesId', state: 'state' },
} as const satisfies Record<RegistrationKind, object>;

export const newestRegistration = (reader: Finder, kind: RegistrationKind, localId: string): Row | undefined =>
  reader.first(
    'SELECT * FROM registration WHERE kind = ? AND localId = ? ORDER BY revision DESC LIMIT 1',
    kind,
    localId,
  );

/** The newest revision that the platform approved. */
export const approvedRevision = (reader: Finder, kind: RegistrationKind, localId: string): number =>
  Number(
    reader.first(
      `SELECT max(revision) AS revision FROM registration WHERE kind = ? AND localId = ? AND state = 'approved'`,
      kind,
      localId,
    )?.['revision'] ?? 0,
  );

/** Why the platform refused the newest registration; null where it did not. */
export function registrationReason(reader: Finder, kind: RegistrationKind, localId: string): string | null {
  const row = newestRegistration(reader, kind, localId);
  return row?.['state'] === 'rejected' ? nullable(row['platformReason']) : null;
}

/** Rows of the platform's own, and those it has approved once, stand by their facts while a change waits. */
const unapprovedStates = ['pending', 'rejected'];

export function registrationStanding(
  reader: Finder,
  kind: RegistrationKind,
  localId: string,
  rowState: string,
): RegistrationStanding | null {
  const row = newestRegistration(reader, kind, localId);
  if (!row) return null;
  return {
    state: text(row['state']) as RegistrationStanding['state'],
    change: !unapprovedStates.includes(rowState),
    reason: nullable(row['platformReason']),
    at: text(row['decidedAt'] ?? row['enteredAt']),
  };
}

/** The id under which the platform knows a person or a machine: what is sent names it so. */
export function platformIdOf(reader: Finder, kind: RegistrationKind, localId: string): string {
  const { table, key } = tableOf[kind];
  const row = reader.first(`SELECT platformId FROM ${table} WHERE ${key} = ?`, localId);
  return row?.['platformId'] == null ? localId : text(row['platformId']);
}

/** The row here that the platform's id means: its own key, unless one that was entered here bears that id. */
export function localIdOf(reader: Finder, kind: RegistrationKind, platformId: string): string {
  const { table, key } = tableOf[kind];
  const row = reader.first(`SELECT ${key} AS id FROM ${table} WHERE platformId = ?`, platformId);
  return row ? text(row['id']) : platformId;
}
