// The lab enters or changes a person, a machine or premises: what was entered, its reason and its way to the platform are on disk
// together. A new one is a row that the gate refuses until the platform approves it; a change leaves the approved facts
// in force until it is decided. The identity number stays here, sealed: neither outbox nor audit holds it.
import { ulid } from 'ulid';
import {
  maskedIdentityNo,
  type EquipmentRegistration,
  type PersonRegistration,
  type PremisesRegistration,
  type RegistrationKind,
} from '../../../shared/entities/registration.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { Row } from '../../store/tables.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { Caller, Context } from '../context.ts';
import { queue } from '../provincial/outbox.ts';
import { kindWords, refuseUnlessLocal } from './master.ts';
import { localIdOf, newestRegistration, tableOf } from './registrationRows.ts';

interface Entered {
  kind: RegistrationKind;
  localId: string;
  intent: 'create' | 'change';
  reason: string;
  /** What goes to the platform. */
  payload: Record<string, unknown>;
  /** What the lab keeps beside it, in force with the approval. */
  own: Row;
  /** The row of a new one, without its key. */
  row: Row;
}

const countWords: Record<RegistrationKind, string> = { person: '人', equipment: '台', premises: '处' };

function refuseWrongIntent(tx: Transaction, { kind, localId, intent }: Entered): void {
  const word = kindWords[kind];
  const { table, state } = tableOf[kind];
  const there = tx.get(table, localId);
  const meaning = '没有保存；已填写的内容还在。';
  if (intent === 'create' && (there || localIdOf(tx, kind, localId) !== localId)) {
    const next = `请换一个编号；要变更已有的${word}，请在列表里选中它再按“变更”。`;
    throw new AppError({ code: 'NUMBER_TAKEN', message: `编号 ${localId} 已经有${word}使用。`, meaning, next });
  }
  if (intent === 'change' && (!there || there[state] === 'deleted')) {
    const message = there ? `${word} ${localId} 已被监管平台撤销。` : `没有${word} ${localId}。`;
    throw new AppError({
      code: 'NOT_FOUND',
      message,
      meaning,
      next: `请刷新列表后再看，或新登记一${countWords[kind]}。`,
    });
  }
}

function enter(tx: Transaction, caller: Caller, at: string, entered: Entered): void {
  refuseWrongIntent(tx, entered);
  const { kind, localId, reason, payload, own, row } = entered;
  const revision = Number(newestRegistration(tx, kind, localId)?.['revision'] ?? 0) + 1;
  const { table, key, state: column } = tableOf[kind];
  const known = tx.get(table, localId);
  if (!known) tx.insert(table, { [key]: localId, ...row }, reason);
  else {
    // One that was refused waits again; what the platform approved before stays in force.
    if (known[column] === 'rejected') tx.update(table, localId, { [column]: 'pending' }, reason);
  }
  const entryId = queue(tx, { kind: 'registration', commissionNo: null, key: `${kind}/${localId}`, revision, payload });
  tx.insert(
    'registration',
    {
      registrationId: ulid(),
      kind,
      localId,
      revision,
      dataJson: JSON.stringify({ payload, own }),
      reason,
      entryId,
      state: 'pending',
      platformId: null,
      platformReason: null,
      enteredById: caller.user.personId,
      enteredByName: caller.user.name,
      enteredAt: at,
      decidedAt: null,
    },
    reason,
  );
}

/** The form and the import enter by the same way; `sealed` is the identity number, sealed before the transaction. */
export function writePerson(
  tx: Transaction,
  caller: Caller,
  at: string,
  { localId, name, certificateNo, identityNo, state, reason, intent }: PersonRegistration,
  sealed: string | null,
): void {
  enter(tx, caller, at, {
    kind: 'person',
    localId,
    intent,
    reason,
    payload: { name, certificateNo, state },
    own: {},
    row: { name, certificateNo, state: 'pending', version: 0, platformId: null },
  });
  if (identityNo === undefined || sealed === null) return;
  tx.put('personIdentity', { personId: localId, sealed, masked: maskedIdentityNo(identityNo) }, reason);
}

export async function enterPerson(context: Context, caller: Caller, input: PersonRegistration): Promise<void> {
  refuseUnlessLocal(context, 'person');
  const sealed = input.identityNo === undefined ? null : await context.secrets.seal(input.identityNo);
  const at = toWallTime(context.now());
  context.store.transact(caller.actor, (tx) => writePerson(tx, caller, at, input, sealed));
}

export function writeEquipment(tx: Transaction, caller: Caller, at: string, input: EquipmentRegistration): void {
  const { localId, intent, reason, certificateNo, rangeKn, extensometer, ...payload } = input;
  const extensometerJson = extensometer == null ? null : JSON.stringify(extensometer);
  const unknown = payload.itemCodes.filter((code) => !tx.get('item', code));
  if (unknown.length > 0) {
    throw new AppError({
      code: 'ITEM_UNKNOWN',
      message: `没有检测项目 ${unknown.join('、')}。`,
      meaning: '没有保存；已填写的内容还在。',
      next: '请从列表里选检测项目。',
    });
  }
  enter(tx, caller, at, {
    kind: 'equipment',
    localId,
    intent,
    reason,
    payload,
    own: { certificateNo, rangeKn, extensometerJson },
    row: {
      name: payload.name,
      model: payload.model,
      serial: payload.serial,
      itemCodesJson: JSON.stringify(payload.itemCodes),
      startDate: payload.startDate,
      validMonths: payload.validMonths,
      rangeKn,
      extensometerJson,
      certificateNo,
      platformState: 'pending',
      localState: 'inUse',
      localReason: null,
      localSince: null,
      portJson: null,
      version: 0,
      platformId: null,
    },
  });
}

export function enterEquipment(context: Context, caller: Caller, input: EquipmentRegistration): void {
  refuseUnlessLocal(context, 'equipment');
  const at = toWallTime(context.now());
  context.store.transact(caller.actor, (tx) => writeEquipment(tx, caller, at, input));
}

export function writePremises(tx: Transaction, caller: Caller, at: string, input: PremisesRegistration): void {
  const { localId, intent, reason, name, address } = input;
  enter(tx, caller, at, {
    kind: 'premises',
    localId,
    intent,
    reason,
    payload: { name, address },
    own: {},
    row: { name, address, state: 'pending', platformId: null },
  });
}

export function enterPremises(context: Context, caller: Caller, input: PremisesRegistration): void {
  refuseUnlessLocal(context, 'premises');
  context.store.transact(caller.actor, (tx) => writePremises(tx, caller, toWallTime(context.now()), input));
}
