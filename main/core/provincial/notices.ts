// Notices that people must see; the same open notice is not said twice.
import { ulid } from 'ulid';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import type { Transaction } from '../../store/transaction.ts';

export function notify(
  tx: Transaction,
  level: 'info' | 'warning' | 'alarm',
  text: string,
  subjectKind: string,
  subjectKey: string,
): void {
  const open = tx.first(
    'SELECT 1 FROM notice WHERE subjectKind = ? AND subjectKey = ? AND text = ? AND acknowledgedBy IS NULL',
    subjectKind,
    subjectKey,
    text,
  );
  if (open) return;
  tx.insert('notice', {
    noticeId: ulid(),
    level,
    text,
    at: toWallTime(Date.now()),
    subjectKind,
    subjectKey,
    acknowledgedBy: null,
  });
}
