// 修改记录: every change after the first save of what a record rests on: who, when, which field, old, new, why. It is
// kept, chained to the one before, and uploaded.
import { toCalendarDay, toWallTime } from '../../../shared/entities/scalars.ts';
import type { TestRecord } from '../../../shared/entities/record.ts';
import { digestOf } from '../../../sync/wire/digest.ts';
import { nullableText as nullable, textOf as text } from '../../store/cells.ts';
import type { Row } from '../../store/tables.ts';
import type { Transaction } from '../../store/transaction.ts';
import { queue } from '../provincial/outbox.ts';

export interface ModificationInput {
  commissionNo: string;
  entity: string;
  entityNo: string;
  field: string;
  oldValue: string;
  newValue: string;
  reason: string;
  /** Who asked for it, where that is not the person at the keyboard; and who approved. */
  operator?: string;
  approver?: string;
}

/** As it was when the next one was chained to it: before there were approvers, rows had no such column. */
const digestOfRow = ({ approver = null, ...row }: Row): string =>
  digestOf(approver === null ? row : { ...row, approver });

export function logModification(tx: Transaction, input: ModificationInput): void {
  const at = toWallTime(Date.now());
  const previous = tx.first('SELECT * FROM modification ORDER BY logNo DESC LIMIT 1');
  const row: Row = {
    logNo: tx.number('modification', toCalendarDay(Date.now()), 'modification'),
    operator: tx.actor.actor,
    ...input,
    at,
    workstation: tx.actor.workstation,
    previousDigest: previous ? digestOfRow(previous) : '',
  };
  tx.insert('modification', row, input.reason);
  const { commissionNo, ...payload } = row;
  queue(tx, { kind: 'modification', commissionNo: String(commissionNo), key: String(row['logNo']), payload });
}

/** The modification log of a record, its runs and its sample, oldest first. */
export function modificationsOf(reader: Pick<Transaction, 'all'>, recordNo: string): TestRecord['modifications'] {
  return reader
    .all(
      `SELECT * FROM modification WHERE entityNo = ? OR entityNo IN (SELECT runNo FROM run WHERE recordNo = ?)
         OR (entity = 'sample' AND entityNo = (SELECT sampleNo FROM testRecord WHERE recordNo = ?)) ORDER BY logNo`,
      recordNo,
      recordNo,
      recordNo,
    )
    .map((entry) => ({
      logNo: text(entry['logNo']),
      at: text(entry['at']),
      operator: text(entry['operator']),
      entity: text(entry['entity']),
      entityNo: text(entry['entityNo']),
      field: text(entry['field']),
      oldValue: text(entry['oldValue']),
      newValue: text(entry['newValue']),
      reason: text(entry['reason']),
      approver: nullable(entry['approver']),
    }));
}
