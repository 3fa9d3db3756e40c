// From the moment a revision has its code, the platform answers 已被代替 for the earlier ones; the lab says the same from then on.
import { textOf as text } from '../../store/cells.ts';
import type { Transaction } from '../../store/transaction.ts';

export function replaceEarlier(tx: Transaction, reportNo: string, revision: number): void {
  const earlier = tx.all(
    `SELECT reportKey FROM report WHERE reportNo = ? AND revision < ? AND state NOT IN ('void', 'replaced')`,
    reportNo,
    revision,
  );
  for (const { reportKey } of earlier)
    tx.update('report', text(reportKey), { state: 'replaced' }, `第 ${revision} 版已取得标识码`);
}
