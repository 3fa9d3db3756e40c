// Lines of the windows that show the project, the part or the batch of a commission.
import { textOf as text } from '../../store/cells.ts';
import type { Transaction } from '../../store/transaction.ts';

export function touchAllOf(tx: Transaction, commissionNo: string): void {
  for (const row of tx.all('SELECT taskId FROM task WHERE commissionNo = ?', commissionNo))
    tx.touch('tasks', text(row['taskId']));
  for (const row of tx.all('SELECT recordNo FROM testRecord WHERE commissionNo = ?', commissionNo))
    tx.touch('records', text(row['recordNo']));
  for (const row of tx.all('SELECT reportKey FROM report WHERE commissionNo = ?', commissionNo))
    tx.touch('reports', text(row['reportKey']));
}
