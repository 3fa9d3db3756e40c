// A store of the version before takes the dossiers; its rows stay, and entries can be neither changed nor deleted.
import { expect, test } from 'vitest';
import { anyRow } from '../../../tests/support/testStore.ts';
import { useOldStore } from '../../../tests/support/oldStore.ts';
import { openStore } from '../store.ts';
import { verifyStore } from '../verify.ts';

const actor = { actor: '测试', workstation: '测试' };
const old = useOldStore();

test('machines and records stay as they were, entries are evidence', () => {
  const db = old.openBefore(15);
  const rows = (sql: string) => db.prepare<[], Record<string, unknown>>(sql).all();
  const before = [rows('SELECT * FROM equipment'), rows('SELECT * FROM testRecord'), rows('SELECT * FROM signature')];
  expect(before.every((each) => each.length > 0)).toBe(true);
  db.close();

  const store = openStore(old.folder, actor);
  expect(['equipment', 'testRecord', 'signature'].map((table) => store.all(`SELECT * FROM ${table}`))).toEqual(before);
  store.transact(actor, (tx) => {
    tx.insert('dossierEntry', anyRow(store.database, 'dossierEntry'));
    tx.insert('dossierWithdrawal', anyRow(store.database, 'dossierWithdrawal'));
  });
  for (const table of ['dossierEntry', 'dossierWithdrawal'])
    for (const sql of [`DELETE FROM ${table}`, `UPDATE ${table} SET entryId = 'y'`])
      expect(() => store.database.exec(sql), sql).toThrow(/IMMUTABLE/);
  expect(verifyStore(store.database).firstFault).toBeNull();
  store.close();
});
