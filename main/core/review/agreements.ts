// 已阅同意: what a person agreed to after its sheet was shown, bound to the digest that came with it. It is no signature; it
// says which content a signature of the batch is for, and survives the end of the program.
import type { Agreement } from '../../../shared/review/calls.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { textOf as text } from '../../store/cells.ts';
import type { Row } from '../../store/tables.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { Caller, Context } from '../context.ts';
import type { Reviewed, ShownSheets } from './shown.ts';

const names: Record<Reviewed, string> = { record: '原始记录', report: '报告' };

export interface Subject {
  entity: Reviewed;
  key: string;
  digest: string;
}

export function agree(
  context: Context,
  shown: ShownSheets,
  caller: Caller,
  { entity, key, digest }: Subject,
): Agreement {
  const { personId } = caller.user;
  const shownAt = shown.at(personId, entity, key, digest);
  if (shownAt === null) {
    throw new AppError({
      code: 'SHEET_NOT_SHOWN',
      message: `${names[entity]} ${key} 的这一内容没有在您的屏幕上显示过。`,
      meaning: '没有看过的内容不能同意。',
      next: '请重新打开，看过后再同意。',
    });
  }
  const agreedAt = toWallTime(context.now());
  context.store.transact(caller.actor, (tx) =>
    tx.put('agreement', { personId, entity, entityKey: key, digest, shownAt, agreedAt, state: 'agreed' }),
  );
  return { key, digest, agreedAt, standing: 'ready' };
}

export function takeBack(context: Context, caller: Caller, entity: Reviewed, key: string): void {
  context.store.transact(caller.actor, (tx) => {
    if (tx.get('agreement', caller.user.personId, entity, key)?.['state'] === 'agreed')
      tx.update('agreement', [caller.user.personId, entity, key], { state: 'takenBack' });
  });
}

/** The agreement that a signature of the batch rests on; throws when there is none to this very content. */
export function requireAgreement(tx: Transaction, caller: Caller, { entity, key, digest }: Subject): Row {
  const row = tx.get('agreement', caller.user.personId, entity, key);
  if (row?.['state'] === 'agreed' && row['digest'] === digest) return row;
  throw new AppError({
    code: 'NOT_AGREED',
    message: `${names[entity]} ${key} 没有您的“已阅同意”。`,
    meaning: '批量签名只签看过并同意的内容，没有签名。',
    next: '请打开看过，同意后再签。',
  });
}

/** Belongs into the transaction of the signature, so that neither is there without the other. */
export function settle(tx: Transaction, caller: Caller, { entity, key }: Omit<Subject, 'digest'>): void {
  tx.update('agreement', [caller.user.personId, entity, key], { state: 'signed' });
}

/** Those that still wait for this person's signature, oldest first; `digestNow` says what stands there now. */
export async function agreedBy(
  context: Context,
  caller: Caller,
  entity: Reviewed,
  digestNow: (key: string) => string | Promise<string>,
): Promise<Agreement[]> {
  const waiting =
    entity === 'record'
      ? `JOIN testRecord ON testRecord.recordNo = agreement.entityKey AND testRecord.state = 'tested'`
      : `JOIN report ON report.reportKey = agreement.entityKey AND report.state = 'draft'`;
  const rows = context.store.all(
    `SELECT agreement.* FROM agreement ${waiting}
     WHERE agreement.personId = ? AND agreement.entity = ? AND agreement.state = 'agreed' ORDER BY agreement.agreedAt`,
    caller.user.personId,
    entity,
  );
  const found: Agreement[] = [];
  for (const row of rows) {
    const key = text(row['entityKey']);
    const digest = text(row['digest']);
    const standing = (await digestNow(key)) === digest ? 'ready' : 'changed';
    found.push({ key, digest, agreedAt: text(row['agreedAt']), standing });
  }
  return found;
}
