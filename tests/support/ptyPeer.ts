// The far end of a serial line on a real pseudo-terminal that works in both directions, made by socat: what the program
// writes is heard here, what is written here reaches the program. Killing socat is pulling the adapter.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const hasSocat = process.platform === 'linux' && spawnSync('socat', ['-V'], { stdio: 'ignore' }).status === 0;

export interface PtyPeer {
  /** Stays the same when the cable is pulled and plugged. */
  readonly path: string;
  write(bytes: string | Uint8Array): void;
  /** Called with every chunk that the program wrote. */
  onHeard: (bytes: Buffer) => void;
  pull(): Promise<void>;
  plug(): Promise<void>;
  close(): Promise<void>;
}

const READY_LIMIT_MS = 5000;

export async function openPtyPeer(): Promise<PtyPeer> {
  const folder = mkdtempSync(join(tmpdir(), 'jiantai-pty-'));
  const path = join(folder, 'port');
  let child: ChildProcess | null = null;
  const peer: PtyPeer = {
    path,
    write: (bytes) => void child?.stdin?.write(bytes),
    onHeard: () => undefined,
    async plug() {
      rmSync(path, { force: true });
      const started = spawn('socat', ['-d', '-d', `PTY,link=${path},raw,echo=0`, 'STDIO'], {
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      child = started;
      started.stdin.on('error', () => undefined);
      started.stdout.on('data', (bytes: Buffer) => peer.onHeard(bytes));
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('socat made no terminal in time')), READY_LIMIT_MS);
        started.once('error', reject);
        started.once('exit', () => reject(new Error('socat ended')));
        started.stderr.on('data', (text: Buffer) => {
          if (!text.includes('starting data transfer')) return;
          clearTimeout(timer);
          resolve();
        });
      });
    },
    async pull() {
      const pulled = child;
      child = null;
      rmSync(path, { force: true });
      if (!pulled || pulled.exitCode !== null) return;
      const gone = new Promise<void>((resolve) => pulled.once('exit', () => resolve()));
      pulled.kill('SIGKILL');
      await gone;
    },
    async close() {
      await peer.pull();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await peer.plug();
  return peer;
}
