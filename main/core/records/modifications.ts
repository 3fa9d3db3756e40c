// 修改记录: every change after the first save of what a record rests on: who, when, which field, old, new, why. It is
// kept, chained to the one before, and uploaded.
import { toCalendarDay, toWallTime } from '../../../shared/entities/scalars.ts';
import { digestOf } from '../../../sync/wire/digest.ts';
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
}

export function logModification(tx: Transaction, input: ModificationInput): void {
  const at = toWallTime(Date.now());
  const previous = tx.first('SELECT * FROM modification ORDER BY logNo DESC LIMIT 1');
  const row: Row = {
    logNo: tx.number('modification', toCalendarDay(Date.now()), 'modification'),
    ...input,
    operator: tx.actor.actor,
    at,
    workstation: tx.actor.workstation,
    previousDigest: previous ? digestOf(previous) : '',
  };
  tx.insert('modification', row, input.reason);
  const { commissionNo, ...payload } = row;
  queue(tx, { kind: 'modification', commissionNo: String(commissionNo), key: String(row['logNo']), payload });
}
