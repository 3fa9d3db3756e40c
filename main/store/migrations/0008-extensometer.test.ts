// A store of the version before with a signed record and runs: after the migration they read as they did, and no signature
// has moved; what a run keeps of its extensometer can no more be changed than the run itself.
import { expect, test } from 'vitest';
import { readRecord } from '../../core/records/recordRows.ts';
import { useOldStore } from '../../../tests/support/oldStore.ts';
import { openStore } from '../store.ts';
import { verifyStore } from '../verify.ts';

const actor = { actor: '测试', workstation: '测试' };
const old = useOldStore();

test('machines and runs stay as they were, signed records too', () => {
  const db = old.openBefore(8);
  const [record] = db.prepare<[], Record<string, unknown>>('SELECT recordNo FROM testRecord').all();
  const runs = db.prepare<[], Record<string, unknown>>('SELECT * FROM run ORDER BY runId').all();
  expect(runs.length).toBeGreaterThan(0);
  db.close();

  const store = openStore(old.folder, actor);
  expect(store.all('SELECT * FROM run ORDER BY runId')).toEqual(
    runs.map((run) => ({ ...run, extensometerJson: null })),
  );
  expect(store.all('SELECT DISTINCT extensometerJson FROM equipment')).toEqual([{ extensometerJson: null }]);
  const read = readRecord(store, String(record?.['recordNo']));
  expect(read.runs.every(({ extensometer }) => extensometer === null)).toBe(true);
  expect(read.signatures.length).toBeGreaterThan(0);
  expect(read.signatures.every(({ valid }) => valid)).toBe(true);
  for (const sql of [`UPDATE run SET extensometerJson = '{}'`, 'DELETE FROM run'])
    expect(() => store.database.exec(sql), sql).toThrow();
  expect(verifyStore(store.database).firstFault).toBeNull();
  store.close();
});
