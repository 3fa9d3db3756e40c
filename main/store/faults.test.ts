// The disk is full, the power goes: what was acknowledged is there, nothing is half there.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import {
  commissionRow,
  insertCommission,
  count,
  openTestStore,
  tamper,
  tester,
} from '../../tests/support/testStore.ts';
import { AppError } from '../../shared/errors/appError.ts';
import { backupStore } from './backup.ts';
import { openReadOnly } from './readOnly.ts';
import { openStore, storeFileName } from './store.ts';
import { verifyStore } from './verify.ts';

const folders: string[] = [];
const folderOf = () => {
  const folder = mkdtempSync(join(tmpdir(), 'jiantai-faults-'));
  folders.push(folder);
  return folder;
};
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const refusal = (work: () => unknown) => {
  try {
    work();
  } catch (cause) {
    if (cause instanceof AppError) return cause.code;
    throw cause;
  }
  return 'done';
};

test('a full disk: writing stops, the program says so, nothing is half written', () => {
  const opened = openTestStore();
  const { store } = opened;
  const receive = () =>
    store.transact(tester, (tx) => {
      const commissionNo = tx.number('commission', '2026-11-23', 'commission');
      insertCommission(tx, commissionRow(commissionNo, { remarks: '长'.repeat(20_000) }));
      return commissionNo;
    });
  receive();
  const pages = store.database.pragma('page_count', { simple: true }) as number;
  store.database.pragma(`max_page_count = ${pages + 60}`);
  let acknowledged = 1;
  let answer = 'done';
  while (answer === 'done' && acknowledged < 100) {
    answer = refusal(receive);
    if (answer === 'done') acknowledged += 1;
  }
  expect(answer).toBe('STORE_DISK_FULL');
  // Space alone does not make it go on as if nothing had happened: the program is to be opened again.
  store.database.pragma('max_page_count = 1000000');
  expect(refusal(receive)).toBe('STORE_DISK_FULL');
  expect(count(store, 'commission')).toBe(acknowledged);
  expect(verifyStore(store.database).firstFault).toBeNull();

  const again = opened.reopen();
  expect(count(again, 'commission')).toBe(acknowledged);
  const next = again.transact(tester, (tx) => tx.number('commission', '2026-11-23', 'commission'));
  expect(next).toBe(`WT2026-${String(acknowledged + 1).padStart(5, '0')}`);
  opened.remove();
});

test('kill -9 in a loop of writes: every acknowledged transaction is there, the numbers go on', async () => {
  const folder = folderOf();
  const child = spawn(process.execPath, [new URL('testing/write-loop.ts', import.meta.url).pathname, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: string[] = [];
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once('exit', (_code, signal) => resolve(signal));
  });
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === 120) child.kill('SIGKILL');
  }
  expect(await ended).toBe('SIGKILL');

  const store = openStore(folder, tester);
  const issued = store.all('SELECT number FROM numberIssued ORDER BY n').map((row) => String(row['number']));
  expect(issued.slice(0, acknowledged.length)).toEqual(acknowledged);
  // At most the one whose acknowledgement was on its way.
  expect(issued.length - acknowledged.length).toBeLessThanOrEqual(1);
  expect(count(store, 'commission')).toBe(issued.length);
  expect(verifyStore(store.database).firstFault).toBeNull();
  store.close();
});

test('a file that is no database is refused and left as it is', () => {
  const folder = folderOf();
  const file = join(folder, storeFileName);
  writeFileSync(file, 'this is not a database, and long enough to be looked at as one. '.repeat(40));
  expect(refusal(() => openStore(folder, tester))).toBe('STORE_DAMAGED');
  expect(refusal(() => openReadOnly(folder))).toBe('STORE_DAMAGED');
  expect(existsSync(file)).toBe(true);
});

test('a folder without a store is named when it is only read', () => {
  expect(refusal(() => openReadOnly(folderOf()))).toBe('STORE_MISSING');
});

test('a backup taken while the bench writes is one whole moment, checked before it gets its name', async () => {
  const opened = openTestStore();
  opened.store.transact(tester, (tx) => tx.put('setting', { key: 'telephone', value: '1' }));
  const folder = folderOf();
  const source = openReadOnly(opened.folder);
  opened.store.transact(tester, (tx) => tx.put('setting', { key: 'telephone', value: '2' }));
  const verification = await backupStore(source.database, folder);
  source.close();
  expect(verification).toMatchObject({ ok: true, firstFault: null });
  expect(readdirSync(folder)).toEqual([storeFileName]);
  const copy = openReadOnly(folder);
  expect(copy.get('setting', 'telephone')?.['value']).toBe('1');
  expect(verifyStore(copy.database).head).toBe(verification.head);
  copy.close();
  opened.remove();
});

test('a backup of a store that was tampered with does not get the name of a backup', async () => {
  const opened = openTestStore();
  opened.store.transact(tester, (tx) => tx.put('setting', { key: 'telephone', value: '1' }));
  tamper(opened.store.database, `UPDATE setting SET value = '2'`);
  const folder = folderOf();
  await expect(backupStore(opened.store.database, folder)).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' });
  expect(readdirSync(folder)).not.toContain(storeFileName);
  opened.remove();
});
