// What the supervisor does on the platform happens here as well: a commission that is locked or void there is frozen here.
import type { PlatformEvent } from '../../../sync/provincial/port.ts';
import type { Transaction } from '../../store/transaction.ts';
import { notify } from './notices.ts';

export function freeze(tx: Transaction, commissionNo: string, state: 'locked' | 'voided', why: string): void {
  const row = tx.get('commission', commissionNo);
  if (!row || row['platformState'] === 'voided') return;
  if (tx.update('commission', commissionNo, { platformState: state, platformReason: why }, why)) {
    notify(
      tx,
      'alarm',
      `委托单 ${commissionNo} 被监管平台${state === 'locked' ? '锁定' : '作废'}：${why}`,
      'commission',
      commissionNo,
    );
  }
}

export function unfreeze(tx: Transaction, commissionNo: string): void {
  if (tx.get('commission', commissionNo)?.['platformState'] !== 'locked') return;
  tx.update('commission', commissionNo, { platformState: 'active', platformReason: null }, '平台已解除锁定');
}

export function applyEvent(tx: Transaction, event: PlatformEvent): void {
  const text = event.text ?? '监管平台';
  if (event.type === 'commission.locked') freeze(tx, event.subject, 'locked', text);
  else if (event.type === 'commission.voided') freeze(tx, event.subject, 'voided', text);
  else if (event.type === 'commission.unlocked') unfreeze(tx, event.subject);
  else
    notify(tx, event.type === 'notice' ? 'info' : 'alarm', `监管平台：${event.subject} ${text}`, 'platform', event.id);
}
