// A store of the version before takes the registers; its rows stay, what is entered can be neither changed nor deleted.
import { expect, test } from 'vitest';
import { anyRow } from '../../../tests/support/testStore.ts';
import { useOldStore } from '../../../tests/support/oldStore.ts';
import { openStore } from '../store.ts';
import { verifyStore } from '../verify.ts';

const actor = { actor: '测试', workstation: '测试' };
const old = useOldStore();

test('people, machines and records stay as they were', () => {
  const db = old.openBefore(18);
  const rows = (sql: string) => db.prepare<[], Record<string, unknown>>(sql).all();
  const before = [rows('SELECT * FROM equipment'), rows('SELECT * FROM testRecord'), rows('SELECT * FROM signature')];
  expect(before.every((each) => each.length > 0)).toBe(true);
  db.close();

  const store = openStore(old.folder, actor);
  expect(['equipment', 'testRecord', 'signature'].map((table) => store.all(`SELECT * FROM ${table}`))).toEqual(before);
  const tables = ['qualificationEntry', 'qualificationWithdrawal', 'registerImport', 'labStandard'] as const;
  store.transact(actor, (tx) => {
    for (const table of tables) tx.insert(table, anyRow(store.database, table));
  });
  for (const table of tables) {
    expect(() => store.database.exec(`DELETE FROM ${table}`), table).toThrow(/IMMUTABLE|UNDELETABLE/);
    if (table === 'labStandard') continue;
    const key = table === 'registerImport' ? 'importId' : 'entryId';
    expect(() => store.database.exec(`UPDATE ${table} SET ${key} = 'y'`), table).toThrow(/IMMUTABLE/);
  }
  // A standard of the lab may be put right; the chain says what it was.
  store.transact(actor, (tx) => tx.update('labStandard', 'x', { name: 'y' }, '更正'));
  expect(verifyStore(store.database).firstFault).toBeNull();
  store.close();
});
