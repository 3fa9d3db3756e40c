// 撤回: the way out where the platform refused a change order. The order, its words from the platform and everything that
// was queued for it stay where they are and are never sent; the commission goes back to what the platform has, each field
// in the modification log; the revision that was begun stands aside until a corrected order opens it anew. Only what the
// platform has certainly not taken can be withdrawn.
import type { ErrorInfo } from '../../../shared/errors/appError.ts';
import type { ReportHistory } from '../../../shared/afterIssue/calls.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { nullableText, textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';
import type { Transaction } from '../../store/transaction.ts';
import type { Caller, Context } from '../context.ts';
import { notify } from '../provincial/notices.ts';
import { logModification } from '../records/modifications.ts';
import type { Reader } from '../records/runRows.ts';
import { reportKeyOf } from '../reports/joinReport.ts';
import { orderOf } from './orders.ts';
import { refuse } from './refusals.ts';
import { touchAllOf } from './touch.ts';

/** As the approval wrote it into the modification log. */
export const changeReason = (changeNo: string, reason: string): string => `变更单 ${changeNo}：${reason}`;

export const isWithdrawn = (reader: Reader, changeNo: string): boolean =>
  reader.get('changeWithdrawal', changeNo) !== undefined;

const entryOfOrder = (reader: Reader, row: Row): Row | undefined =>
  reader.first(
    `SELECT * FROM outbox WHERE kind = 'change-order' AND key = ? AND revision = ? AND json_extract(payload, '$.changeNo') = ?`,
    row['reportNo'] ?? '',
    row['revision'] ?? 0,
    row['changeNo'] ?? '',
  );

const wasTried = (reader: Reader, entry: Row): boolean =>
  reader.first('SELECT 1 FROM outboxAttempt WHERE entryId = ? LIMIT 1', entry['entryId'] ?? '') !== undefined;

/** Certain that the platform does not hold it: it said no, or nothing of it ever left. */
const notThere = (reader: Reader, entry: Row): boolean =>
  entry['settledAt'] === null &&
  (entry['state'] === 'rejected' ||
    ((entry['state'] === 'pending' || entry['state'] === 'parked') && !wasTried(reader, entry)));

const refusal = (code: string, message: string, meaning: string, next: string): ErrorInfo => ({ code, message, meaning, next }); // prettier-ignore

export function withdrawalRefusal(reader: Reader, changeNo: string): ErrorInfo | null {
  const row = requireRow(reader.get('changeOrder', changeNo), '变更单', changeNo);
  const kept = '变更单没有撤回，什么也没有改变。';
  if (isWithdrawn(reader, changeNo))
    return refusal('CHANGE_WITHDRAWN', `变更单 ${changeNo} 已经撤回。`, kept, '请另行提交更正后的变更单。');
  if (row['state'] !== 'approved')
    return refusal(
      'CHANGE_NOT_APPROVED',
      `变更单 ${changeNo} 没有批准，不用撤回。`,
      kept,
      '等待批准的请批准或不批准。',
    );
  const entry = entryOfOrder(reader, row);
  if (entry?.['state'] === 'accepted')
    return refusal('CHANGE_ACCEPTED', `变更单 ${changeNo} 已被平台接收，不能撤回。`, kept, '新版签发后仍有误的，请另办一次变更。'); // prettier-ignore
  if (entry === undefined || entry['settledAt'] !== null)
    return refusal('CHANGE_SETTLED', `变更单 ${changeNo} 已另行办结，不能撤回。`, kept, '请先在上传台账把它放回队列。');
  if (!notThere(reader, entry))
    return refusal(
      'CHANGE_OUTCOME_UNKNOWN',
      `还不能确定平台是否已收下变更单 ${changeNo}，不能撤回。`,
      '撤回一份可能已被平台收下的变更单，会使两边不一致。',
      entry['failureClass'] === 'conflict'
        ? '平台上已有同号而内容不同的变更单，请与平台管理方核对。'
        : '请等程序向平台查清结果；查清之后，平台没有收下的才能撤回。',
    );
  const sent = reader.first(
    `SELECT key, revision FROM outbox WHERE kind IN ('report', 'code', 'report-file') AND key = ? AND revision = ? AND withdrawnAt IS NULL
       AND (state <> 'pending' OR EXISTS (SELECT 1 FROM outboxAttempt WHERE outboxAttempt.entryId = outbox.entryId))`,
    row['reportNo'] ?? '',
    row['revision'] ?? 0,
  );
  if (sent)
    return refusal('REVISION_SENT', `报告 ${text(row['reportNo'])} 第 ${text(row['revision'])} 版已经上传，不能撤回变更单。`, kept, '请等平台答复；需要再改的另办一次变更。'); // prettier-ignore
  const later = reader.first(
    `SELECT changeNo FROM changeOrder WHERE commissionNo = ? AND state = 'approved' AND (decidedAt, changeNo) > (?, ?)
       AND changeNo NOT IN (SELECT changeNo FROM changeWithdrawal) LIMIT 1`,
    row['commissionNo'] ?? '',
    row['decidedAt'] ?? '',
    changeNo,
  );
  if (!later) return null;
  return refusal('CHANGE_FOLLOWED', `变更单 ${text(later['changeNo'])} 是在它之后批准的，不能先撤回 ${changeNo}。`, '同一委托的变更逐份办理，撤回从最后一份开始。', `请先撤回 ${text(later['changeNo'])}。`); // prettier-ignore
}

/** The order the platform refused, for the window; null where none stands in the way. */
export function refusedOrder(reader: Reader, reportNo: string): ReportHistory['refusedOrder'] {
  const row = reader
    .all(
      `SELECT * FROM changeOrder WHERE reportNo = ? AND state = 'approved' ORDER BY revision DESC, changeNo DESC`,
      reportNo,
    )
    .find((one) => !isWithdrawn(reader, text(one['changeNo'])));
  const entry = row && entryOfOrder(reader, row);
  if (!row || !entry || (entry['state'] !== 'rejected' && entry['state'] !== 'parked')) return null;
  const changeNo = text(row['changeNo']);
  const why = withdrawalRefusal(reader, changeNo);
  return {
    changeNo,
    platformWords: wordsOf(entry) ?? '',
    mayWithdraw: why && { code: why.code, message: why.message },
  };
}

const wordsOf = (row: Row): string | null =>
  nullableText([row['platformCode'], row['platformMessage']].filter(Boolean).join(' ') || null);

export const withdrawalsOf = (reader: Reader, reportNo: string): ReportHistory['withdrawals'] =>
  reader
    .all(
      `SELECT changeWithdrawal.* FROM changeWithdrawal JOIN changeOrder USING (changeNo) WHERE reportNo = ? ORDER BY changeNo DESC`,
      reportNo,
    )
    .map((row) => ({
      changeNo: text(row['changeNo']),
      reason: text(row['reason']),
      by: text(row['byName']),
      at: text(row['at']),
      platformWords: wordsOf(row),
    }));

export function withdrawChange(context: Context, caller: Caller, input: { changeNo: string; reason: string }): void {
  const { changeNo, reason } = input;
  context.store.transact(caller.actor, (tx) => {
    refuse(withdrawalRefusal(tx, changeNo));
    const row = requireRow(tx.get('changeOrder', changeNo), '变更单', changeNo);
    const order = orderOf(row);
    const entry = requireRow(entryOfOrder(tx, row), '上传条目', changeNo);
    const commissionNo = text(row['commissionNo']);
    const now = context.now();
    tx.insert(
      'changeWithdrawal',
      {
        changeNo,
        platformCode: entry['platformCode'] ?? null,
        platformMessage: entry['platformMessage'] ?? null,
        reason,
        byId: caller.user.personId,
        byName: caller.user.name,
        at: toWallTime(now),
      },
      reason,
    );
    for (const one of [entry, ...carriedBy(tx, row, entry)]) endEntry(tx, one, now.getTime());
    restoreCommission(tx, caller, changeNo, order.reason, reason, commissionNo);
    standAside(tx, order.reportNo, order.revision, reason);
    touchAllOf(tx, commissionNo);
    notify(tx, 'warning', `变更单 ${changeNo}（报告 ${order.reportNo}）已撤回：${reason}。委托信息已恢复，第 ${order.revision - 1} 版照旧有效；需要时请提交更正后的变更单。`, 'report', order.reportNo); // prettier-ignore
  });
}

/** The changed commission and the revision that were queued for this order and have never left. */
function carriedBy(tx: Transaction, order: Row, entry: Row): Row[] {
  return tx.all(
    `SELECT * FROM outbox WHERE commissionNo = ? AND seq > ? AND withdrawnAt IS NULL AND settledAt IS NULL AND state <> 'accepted'
       AND (kind = 'commission' OR (kind IN ('report', 'code', 'report-file') AND key = ? AND revision = ?))`,
    order['commissionNo'] ?? '',
    entry['seq'] ?? 0,
    order['reportNo'] ?? '',
    order['revision'] ?? 0,
  );
}

/** It keeps the platform's words and is done with: nothing waits for it, nothing puts it back. */
function endEntry(tx: Transaction, entry: Row, at: number): void {
  const state = entry['state'] === 'rejected' ? 'rejected' : 'parked';
  tx.update('outbox', entry['entryId'] ?? '', { state, nextTryAt: null, settledAt: at, withdrawnAt: at });
}

function restoreCommission(
  tx: Transaction,
  caller: Caller,
  changeNo: string,
  orderReason: string,
  reason: string,
  commissionNo: string,
): void {
  const why = `撤回变更单 ${changeNo}：${reason}`;
  const changed = tx.all('SELECT * FROM modification WHERE commissionNo = ? AND reason = ? ORDER BY logNo DESC', commissionNo, changeReason(changeNo, orderReason)); // prettier-ignore
  for (const { entity, entityNo = '', field, oldValue, newValue } of changed) {
    const table = entity === 'sample' ? 'sample' : 'commission';
    const name = text(field);
    const empty = name === 'maker' || name === 'batchNo' ? null : '';
    tx.update(table, entityNo, { [name]: text(oldValue) === '' ? empty : text(oldValue) }, why);
    logModification(tx, {
      commissionNo,
      entity: table,
      entityNo: text(entityNo),
      field: name,
      oldValue: text(newValue),
      newValue: text(oldValue),
      reason: why,
      operator: caller.user.name,
    });
  }
}

/** Records go back to the revision that holds; a paper that was signed for the new one stays readable in the store. */
function standAside(tx: Transaction, reportNo: string, revision: number, reason: string): void {
  const reportKey = reportKeyOf(reportNo, revision);
  const before = reportKeyOf(reportNo, revision - 1);
  tx.update('report', reportKey, { state: 'withdrawn', waitingFor: null }, reason);
  for (const { recordNo = '' } of tx.all('SELECT recordNo FROM testRecord WHERE reportKey = ?', reportKey))
    tx.update('testRecord', recordNo, { reportKey: before });
  tx.touch('reports', before);
}
