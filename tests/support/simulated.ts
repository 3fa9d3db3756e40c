// An instrument of tests/support/balance.py on a pseudo-terminal of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Simulated {
  path: string;
  /** What a hand does to it; resolves when it is done. */
  tell(word: string): Promise<void>;
  /** What it wrote about commands that change it. */
  changed(): string;
  stop(): Promise<void>;
}

export async function simulate(mode: 'sics' | 'sics-stream' | 'press' | 'a9' | 'modbus'): Promise<Simulated> {
  const folder = mkdtempSync(join(tmpdir(), 'jiantai-balance-'));
  const path = join(folder, 'port');
  const child = spawn('python3', [join(import.meta.dirname, 'balance.py'), path, mode], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const lines = createInterface({ input: child.stdout });
  let changed = '';
  child.stderr.on('data', (bytes: Buffer) => (changed += bytes.toString()));
  await once(lines, 'line');
  return {
    path,
    changed: () => changed,
    async tell(word) {
      child.stdin.write(`${word}\n`);
      await (word === 'pull' ? once(child, 'exit') : once(lines, 'line'));
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = once(child, 'exit');
        child.kill('SIGKILL');
        await gone;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
