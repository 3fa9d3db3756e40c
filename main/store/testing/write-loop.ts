// Writes commissions as fast as it can and says each number once its transaction is on disk, until it is killed.
import { writeSync } from 'node:fs';
import { commissionRow, insertCommission, tester } from '../../../tests/support/testStore.ts';
import { openStore } from '../store.ts';

const store = openStore(process.argv[2] ?? '', tester);
for (let written = 0; written < 100_000; written += 1) {
  const number = store.transact(tester, (tx) => {
    const commissionNo = tx.number('commission', '2026-11-23', 'commission');
    insertCommission(tx, commissionRow(commissionNo));
    return commissionNo;
  });
  writeSync(1, `${number}\n`);
}
