// What the platform says of a person, a machine or premises that was entered here: waiting, approved with the platform's id, or
// refused with its words. An approved one is the same row as before; the platform's id beside it makes the reference row
// that comes down later an update of it, never a second one.
import { equipmentPayloadSchema, personPayloadSchema, premisesPayloadSchema } from '../../../sync/wire/schemas.ts';
import type { RegistrationState } from '../../../sync/provincial/port.ts';
import type { RegistrationKind } from '../../../shared/entities/registration.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { jsonOf as json, textOf as text } from '../../store/cells.ts';
import type { Row } from '../../store/tables.ts';
import type { Transaction } from '../../store/transaction.ts';
import { notify } from '../provincial/notices.ts';
import { stateOf } from '../provincial/profileInForce.ts';
import { kindWords } from './master.ts';
import { approvedRevision, localIdOf, newestRegistration, tableOf } from './registrationRows.ts';

interface Named {
  kind: RegistrationKind;
  table: 'person' | 'equipment' | 'premises';
  stateColumn: 'state' | 'platformState';
}

const named = (kind: RegistrationKind): Named => ({
  kind,
  table: tableOf[kind].table,
  stateColumn: tableOf[kind].state,
});
const sameWords: Record<RegistrationKind, string> = { person: '人', equipment: '台设备', premises: '处场所' };

const unapproved = ['pending', 'rejected'];

export function applyRegistration(tx: Transaction, entryId: string, answer: RegistrationState, at: number): void {
  const row = tx.first('SELECT * FROM registration WHERE entryId = ?', entryId);
  // Entries that something else put into the outbox have no row here.
  if (!row || row['state'] === 'approved') return;
  const of = named(text(row['kind']) as RegistrationKind);
  const localId = text(row['localId']);
  const why = answer.state === 'approved' ? '平台已批准' : answer.state === 'rejected' ? '平台退回' : '平台已收到';
  tx.update(
    'registration',
    text(row['registrationId']),
    {
      state: answer.state,
      platformId: answer.platformId || (row['platformId'] ?? null),
      platformReason: answer.state === 'rejected' ? (answer.reason ?? null) : null,
      decidedAt: answer.state === 'pending' ? null : toWallTime(at),
    },
    why,
  );
  const target = answer.platformId === '' ? localId : bindPlatformId(tx, of, localId, answer.platformId);
  if (answer.state === 'approved') approve(tx, of, target, row);
  else settleUnapproved(tx, of, localId, answer.state, row);
  if (answer.state !== row['state']) tell(tx, of, localId, answer);
}

/** The platform would not take the entry at all: for the person who entered it that is a refusal like any other. */
export function refuseRegistration(tx: Transaction, entryId: string, reason: string): void {
  applyRegistration(tx, entryId, { platformId: '', state: 'rejected', reason }, Date.now());
}

/** Puts the platform's id beside the row; where the platform's own row came first, that one is it from now on. */
function bindPlatformId(tx: Transaction, of: Named, localId: string, platformId: string): string {
  if (platformId === localId) return localId;
  const bearer = localIdOf(tx, of.kind, platformId);
  if (bearer === localId) return localId;
  if (bearer !== platformId || tx.get(of.table, platformId)) {
    mergeInto(tx, of, localId, bearer);
    return bearer;
  }
  tx.update(of.table, localId, { platformId }, '平台编号');
  return localId;
}

/** Two rows turn out to be one: what hangs on the entered one goes over to the one the platform handed down. */
function mergeInto(tx: Transaction, of: Named, localId: string, target: string): void {
  const from = tx.get(of.table, localId);
  const to = tx.get(of.table, target);
  if (!from || !to || from[of.stateColumn] === 'merged') return;
  const why = `与平台的 ${target} 是同一${sameWords[of.kind]}`;
  if (of.kind === 'person') {
    for (const account of tx.all('SELECT userId FROM userAccount WHERE personId = ?', localId))
      tx.update('userAccount', text(account['userId']), { personId: target }, why);
    const identity = tx.get('personIdentity', localId);
    if (identity && !tx.get('personIdentity', target))
      tx.insert('personIdentity', { ...identity, personId: target }, why);
  } else if (of.kind === 'equipment' && to['portJson'] === null && from['portJson'] !== null) {
    tx.update('equipment', target, { portJson: from['portJson'] ?? null }, why);
    tx.update('equipment', localId, { portJson: null }, why);
  }
  tx.update(of.table, localId, { [of.stateColumn]: 'merged' }, why);
}

function approve(tx: Transaction, of: Named, target: string, registration: Row): void {
  const localId = text(registration['localId']);
  // A later revision was decided first: its facts are the newer ones.
  if (approvedRevision(tx, of.kind, localId) > Number(registration['revision'])) return;
  const { payload, own } = json<{ payload: unknown; own: Row }>(registration['dataJson']);
  tx.update(of.table, target, { ...factsOf(tx, of.kind, payload), ...own }, '平台已批准');
}

function factsOf(tx: Transaction, kind: RegistrationKind, payload: unknown): Row {
  if (kind === 'premises') return { ...premisesPayloadSchema.parse(payload), state: 'active' };
  if (kind === 'person') {
    const { name, certificateNo, state } = personPayloadSchema.parse(payload);
    return { name, certificateNo, state: stateOf(tx, state ?? 'active') };
  }
  const { name, model, serial, itemCodes, startDate, validMonths, state } = equipmentPayloadSchema.parse(payload);
  const itemCodesJson = JSON.stringify(itemCodes);
  return { name, model, serial, itemCodesJson, startDate, validMonths, platformState: stateOf(tx, state ?? 'active') };
}

/** Only one that was never approved changes its state; facts that are in force stay. */
function settleUnapproved(tx: Transaction, of: Named, localId: string, state: string, registration: Row): void {
  const current = tx.get(of.table, localId)?.[of.stateColumn];
  const newest = newestRegistration(tx, of.kind, localId);
  if (newest?.['registrationId'] !== registration['registrationId'] || !unapproved.includes(String(current))) return;
  tx.update(of.table, localId, { [of.stateColumn]: state }, state === 'rejected' ? '平台退回' : '平台已收到');
}

function tell(tx: Transaction, of: Named, localId: string, answer: RegistrationState): void {
  const name = text(tx.get(of.table, localId)?.['name'] ?? '');
  const subject = `${kindWords[of.kind]} ${name}（${localId}）的登记`;
  if (answer.state === 'approved') notify(tx, 'info', `${subject}已获监管平台批准。`, of.kind, localId);
  if (answer.state === 'rejected')
    notify(tx, 'alarm', `${subject}被监管平台退回：${answer.reason ?? '平台没有说明原因'}。`, of.kind, localId);
}
