// 作废: an authorised person ends a report with a reason and the password. All its revisions are void, its number stays and is
// never used again, the platform is told, and the paper originals are asked for. The records are evidence: they stay signed
// and closed, and a report under another number may be made of them.
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { notCarriedSentence } from '../../../sync/provincial/not-carried.ts';
import { digestOf } from '../../../sync/wire/digest.ts';
import { textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Transaction } from '../../store/transaction.ts';
import { refuseWrongClock } from '../clock/refuse.ts';
import type { Caller, Context } from '../context.ts';
import { notify } from '../provincial/notices.ts';
import { queue } from '../provincial/outbox.ts';
import { writeSignature } from '../records/signing.ts';
import { platformIdOf } from '../registrations/registrationRows.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { openOriginal } from './originals.ts';
import { refuse, voidRefusal } from './refusals.ts';
import { newestRevision } from './values.ts';

/** What is signed for a void; the platform is sent the same under its own id of the person. */
export const voidPayload = (reportNo: string, revision: number, reason: string, by: string, at: string) => ({
  reportNo,
  revision,
  reason,
  by,
  at,
});

export async function voidReport(
  context: Context,
  sessions: Sessions,
  caller: Caller,
  input: { reportNo: string; reason: string; password: string },
): Promise<void> {
  await sessions.confirm(caller.user, input.password);
  await refuseWrongClock(context);
  const { reportNo, reason } = input;
  context.store.transact(caller.actor, (tx) => {
    refuse(voidRefusal(tx, reportNo));
    const newest = requireRow(newestRevision(tx, reportNo), '报告', reportNo);
    const commissionNo = text(newest['commissionNo']);
    const at = toWallTime(context.now());
    const payload = voidPayload(reportNo, Number(newest['revision']), reason, caller.user.personId, at);
    for (const { reportKey = '', code = null } of tx.all(
      'SELECT reportKey, code FROM report WHERE reportNo = ?',
      reportNo,
    )) {
      tx.update('report', reportKey, { state: 'void', voidReason: reason, voidedAt: at, voidedBy: caller.user.name, waitingFor: null }, reason); // prettier-ignore
      if (code !== null) openOriginal(tx, text(reportKey), 'void', at);
    }
    tx.voidNumber(reportNo, reason);
    closeOrders(tx, caller, reportNo, at);
    writeSignature(tx, caller, at, {
      entity: 'reportVoid',
      key: reportNo,
      contentRevision: Number(newest['revision']),
      meaning: 'approve',
      digest: digestOf(payload),
    });
    const there = mayBeThere(tx, reportNo);
    const entryId = there
      ? queue(tx, {
          kind: 'void',
          commissionNo,
          key: reportNo,
          revision: Number(newest['revision']),
          payload: { ...payload, by: platformIdOf(tx, 'person', caller.user.personId) },
        })
      : null;
    const otherwise = there && entryId === null ? notCarriedSentence('void') : '';
    notify(tx, 'warning', `报告 ${reportNo} 已作废：${reason}。请收回纸质原件。${otherwise}`, 'report', reportNo);
  });
}

/** A report that the platform refused, or that was never sent, is not there and cannot be void there. */
function mayBeThere(tx: Transaction, reportNo: string): boolean {
  return (
    tx.first(`SELECT 1 FROM outbox WHERE kind = 'report' AND key = ? AND state <> 'rejected'`, reportNo) !== undefined
  );
}

function closeOrders(tx: Transaction, caller: Caller, reportNo: string, at: string): void {
  for (const { changeNo = '' } of tx.all(`SELECT changeNo FROM changeOrder WHERE reportNo = ? AND state = 'applied'`, reportNo))
    tx.update('changeOrder', changeNo, { state: 'refused', decidedById: caller.user.personId, decidedBy: caller.user.name, decidedAt: at, decision: '报告已作废' }); // prettier-ignore
}
