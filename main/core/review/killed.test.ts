// The core is killed (SIGKILL) while it signs a batch, at moments from its first signature to its last: every record is either
// signed whole, with its agreement used up and its entry in the chain, or not at all and still agreed to.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { openDatabase } from '../../store/database.ts';
import { openStore, storeFileName, type Store } from '../../store/store.ts';
import { verifyStore } from '../../store/verify.ts';

const child = new URL('testing/batchChild.ts', import.meta.url).pathname;
const records = 12;
const actor = { actor: '测试', workstation: '测试' };

/** Answers the folder that the killed core left, and what it was about to sign. */
async function killedAfter(signatures: number): Promise<{ folder: string; recordNos: string[] }> {
  const core = spawn(process.execPath, [child, String(records)], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    for await (const line of createInterface(core.stdout)) {
      if (!line.startsWith('{"folder"')) continue;
      const left = JSON.parse(line) as { folder: string; recordNos: string[] };
      const look = openDatabase(join(left.folder, storeFileName), { readonly: true });
      const count = look.prepare<[], { n: number }>(`SELECT count(*) AS n FROM signature WHERE meaning = 'check'`);
      while ((count.get()?.n ?? 0) < signatures) await new Promise((go) => setTimeout(go, 1));
      core.kill('SIGKILL');
      look.close();
      await new Promise((go) => core.once('exit', go));
      return left;
    }
    throw new Error('the core said nothing');
  } finally {
    core.kill('SIGKILL');
  }
}

function halves(store: Store, recordNo: string): [signed: boolean, parts: boolean[]] {
  const checks = store.all(`SELECT 1 FROM signature WHERE entityKey = ? AND meaning = 'check'`, recordNo).length;
  const agreement = store.first(`SELECT state FROM agreement WHERE entityKey = ?`, recordNo)?.['state'];
  const told = store.all(
    `SELECT 1 FROM audit WHERE entity = 'testRecord' AND entityKey = ? AND action = 'event' AND newValue LIKE '批量校核签名%'`,
    recordNo,
  ).length;
  const state = store.get('testRecord', recordNo)?.['state'];
  expect(['agreed', 'signed']).toContain(agreement);
  expect(['tested', 'checked']).toContain(state);
  return [checks === 1, [state === 'checked', agreement === 'signed', told === 1]];
}

test.each([1, 5, 11])(
  'killed after %i of 12',
  async (signatures) => {
    const { folder, recordNos } = await killedAfter(signatures);
    const store = openStore(folder, actor);
    try {
      const found = recordNos.map((recordNo) => halves(store, recordNo));
      for (const [signed, parts] of found) expect(parts).toEqual([signed, signed, signed]);
      const done = found.filter(([signed]) => signed).length;
      expect(done).toBeGreaterThanOrEqual(signatures);
      // The first kill comes long before the last signature: something was left to be half.
      if (signatures === 1) expect(done).toBeLessThan(records);
      // In order: what came first is signed, what came after is not.
      expect(found.map(([signed]) => signed)).toEqual(recordNos.map((_, index) => index < done));
      expect(verifyStore(store.database).firstFault).toBeNull();
    } finally {
      store.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
  120_000,
);
