// A null-modem cable between two programs: two pseudo-terminals that socat joins. Also what the independent peers need
// on this machine, so that a test can say plainly what is missing.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const runs = (command: string, args: string[]): boolean => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

export const hasSocat = process.platform === 'linux' && runs('socat', ['-V']);
export const hasPython = runs('python3', ['--version']);
/** Debian's packages belong to Debian's interpreter, whatever else is first on the path. */
export const systemPython = '/usr/bin/python3';
export const hasPymodbus = runs(systemPython, ['-c', 'import pymodbus.server']);

export const peersFolder = import.meta.dirname;

export interface Cable {
  readonly near: string;
  readonly far: string;
  close(): Promise<void>;
}

export async function openCable(): Promise<Cable> {
  const folder = mkdtempSync(join(tmpdir(), 'jiantai-cable-'));
  const [near, far] = [join(folder, 'near'), join(folder, 'far')];
  const child = spawn('socat', ['-d', '-d', `PTY,link=${near},raw,echo=0`, `PTY,link=${far},raw,echo=0`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error('socat ended')));
    child.stderr.on('data', (text: Buffer) => {
      if (text.includes('starting data transfer')) resolve();
    });
  });
  return {
    near,
    far,
    async close() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
