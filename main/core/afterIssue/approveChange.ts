// Another person approves a change, or refuses it. With the approval everything is written in one transaction: the order, its
// signature, the commission with its old values kept in the modification log, what the platform is sent (evidence, order,
// log, commission), the draft of the next revision, and the open question where the paper originals are.
import { canonicalJson } from '../../../sync/wire/digest.ts';
import { fieldOfPath } from '../../../shared/afterIssue/fields.ts';
import type { ChangeOrder } from '../../../shared/afterIssue/calls.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Transaction } from '../../store/transaction.ts';
import { refuseWrongClock } from '../clock/refuse.ts';
import type { Caller, Context } from '../context.ts';
import { notify } from '../provincial/notices.ts';
import { queue } from '../provincial/outbox.ts';
import { commissionPayload } from '../reception/register.ts';
import { logModification } from '../records/modifications.ts';
import { sampleOf } from '../records/sampleRow.ts';
import { refuseChanged, writeSignature } from '../records/signing.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { draftNextRevision } from './nextRevision.ts';
import { applicationOf, orderDigest, orderOf, wireOrder } from './orders.ts';
import { openOriginal } from './originals.ts';
import { changeRefusal, refuse } from './refusals.ts';
import { touchAllOf } from './touch.ts';
import { fieldValues, newestRevision } from './values.ts';
import { changeReason } from './withdraw.ts';

export async function approveChange(
  context: Context,
  sessions: Sessions,
  caller: Caller,
  input: { changeNo: string; digest: string; password: string },
): Promise<ChangeOrder> {
  await sessions.confirm(caller.user, input.password);
  await refuseWrongClock(context);
  return context.store.transact(caller.actor, (tx) => {
    const order = openOrder(tx, input.changeNo);
    if (order.appliedById === caller.user.personId) {
      throw new AppError({
        code: 'SAME_PERSON',
        message: `变更单 ${order.changeNo} 是 ${order.appliedBy} 本人申请的，不能由本人批准。`,
        meaning: '签发后的变更须由申请人以外的人批准。',
        next: '请由另一名有权限的人批准。',
      });
    }
    refuseChanged(input.digest, order.digest);
    refuseChanged(order.digest, orderDigest(applicationOf(requireRow(tx.get('changeOrder', order.changeNo), '变更单', order.changeNo)))); // prettier-ignore
    refuse(changeRefusal(tx, order.reportNo, order.changeNo));
    const report = requireRow(newestRevision(tx, order.reportNo), '报告', order.reportNo);
    const commissionNo = text(report['commissionNo']);
    const values = new Map(fieldValues(tx, report).map((value) => [value.field, value]));
    for (const { field, oldValue } of order.fields) refuseChanged(oldValue, values.get(field)?.onReport ?? '');

    const at = toWallTime(context.now());
    const decided = { decidedById: caller.user.personId, decidedBy: caller.user.name, decidedAt: at };
    tx.update('changeOrder', order.changeNo, { state: 'approved', ...decided }, order.reason);
    writeSignature(tx, caller, at, {
      entity: 'changeOrder',
      key: order.changeNo,
      contentRevision: 1,
      meaning: 'approve',
      digest: order.digest,
    });
    for (const { sha256 } of order.evidence) queue(tx, { kind: 'media', commissionNo, key: sha256, sha256 });
    const payload = wireOrder(tx, order, caller.user.personId, at);
    queue(tx, { kind: 'change-order', commissionNo, key: order.reportNo, revision: order.revision, payload });
    const changed = order.fields.filter(({ field, newValue }) => values.get(field)?.now !== newValue);
    if (changed.length > 0) changeCommission(tx, order, commissionNo, changed, caller);
    draftNextRevision(tx, report, order.changeNo, at);
    openOriginal(tx, text(report['reportKey']), 'replaced', at);
    tx.touch('reports', text(report['reportKey']));
    notify(tx, 'warning', `报告 ${order.reportNo} 第 ${order.revision} 版等待检测、校核、批准三人签名（变更单 ${order.changeNo}）。`, 'report', order.reportNo); // prettier-ignore
    return orderOf(requireRow(tx.get('changeOrder', order.changeNo), '变更单', order.changeNo));
  });
}

function openOrder(tx: Transaction, changeNo: string): ChangeOrder {
  const order = orderOf(requireRow(tx.get('changeOrder', changeNo), '变更单', changeNo));
  if (order.state === 'applied') return order;
  throw new AppError({
    code: 'CHANGE_DECIDED',
    message: `变更单 ${changeNo} 已${order.state === 'approved' ? '批准' : '被否决'}（${order.decidedBy ?? ''}）。`,
    meaning: '一份变更单只决定一次。',
    next: '请刷新后再看；需要再变更时另行申请。',
  });
}

/** The new values; what was signed keeps the sample that it was signed with. */
function changeCommission(
  tx: Transaction,
  order: ChangeOrder,
  commissionNo: string,
  fields: ChangeOrder['fields'],
  caller: Caller,
): void {
  const why = changeReason(order.changeNo, order.reason);
  for (const { field, newValue } of fields) {
    const path = fieldOfPath(field);
    if ('refusal' in path) throw new Error(`${field} was applied for and cannot be changed`);
    const [table, key] =
      path.of === 'commission' ? (['commission', commissionNo] as const) : (['sample', path.sampleNo] as const);
    if (path.of === 'sample') keepSignedSample(tx, path.sampleNo, order.changeNo);
    const before = text(tx.get(table, key)?.[path.field]);
    const empty = path.field === 'maker' || path.field === 'batchNo' ? null : '';
    tx.update(table, key, { [path.field]: newValue === '' ? empty : newValue }, why);
    logModification(tx, {
      commissionNo,
      entity: table,
      entityNo: key,
      field: path.field,
      oldValue: before,
      newValue,
      reason: why,
      operator: order.appliedBy,
      approver: caller.user.name,
    });
  }
  queue(tx, { kind: 'commission', commissionNo, key: commissionNo, payload: commissionPayload(tx, commissionNo) });
  touchAllOf(tx, commissionNo);
  const others = tx.all(
    `SELECT DISTINCT reportNo FROM report WHERE commissionNo = ? AND reportNo <> ? AND state NOT IN ('draft', 'void', 'withdrawn')`,
    commissionNo,
    order.reportNo,
  );
  for (const { reportNo } of others)
    notify(tx, 'warning', `委托 ${commissionNo} 的信息已由变更单 ${order.changeNo} 更改；报告 ${text(reportNo)} 仍是原来的内容，需要时请另办变更。`, 'report', text(reportNo)); // prettier-ignore
}

function keepSignedSample(tx: Transaction, sampleNo: string, changeNo: string): void {
  const sample = sampleOf(requireRow(tx.get('sample', sampleNo), '样品', sampleNo));
  const signed = tx.all(
    `SELECT recordNo, contentRevision FROM testRecord WHERE sampleNo = ? AND EXISTS (SELECT 1 FROM signature
       WHERE entity = 'record' AND entityKey = testRecord.recordNo AND signature.contentRevision = testRecord.contentRevision)`,
    sampleNo,
  );
  for (const { recordNo = '', contentRevision = 1 } of signed) {
    if (tx.get('signedSample', recordNo, contentRevision)) continue;
    tx.insert('signedSample', { recordNo, contentRevision, changeNo, sampleJson: canonicalJson(sample) });
  }
}

export function refuseChange(
  context: Context,
  caller: Caller,
  input: { changeNo: string; reason: string },
): ChangeOrder {
  return context.store.transact(caller.actor, (tx) => {
    const order = openOrder(tx, input.changeNo);
    const decided = {
      decidedById: caller.user.personId,
      decidedBy: caller.user.name,
      decidedAt: toWallTime(context.now()),
      decision: input.reason,
    };
    tx.update('changeOrder', order.changeNo, { state: 'refused', ...decided }, input.reason);
    const report = newestRevision(tx, order.reportNo);
    if (report) tx.touch('reports', text(report['reportKey']));
    notify(tx, 'info', `变更单 ${order.changeNo}（报告 ${order.reportNo}）没有批准：${input.reason}`, 'report', order.reportNo); // prettier-ignore
    return orderOf(requireRow(tx.get('changeOrder', order.changeNo), '变更单', order.changeNo));
  });
}
