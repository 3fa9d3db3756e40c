// Where the virtual machine's bytes come out: a real pseudo-terminal where the system has one, else TCP on the
// loopback like a serial device server. The pseudo-terminal needs no native module: util-linux `script` makes it,
// what is written to its standard input appears on the slave. A symlink keeps the path across pull and plug.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { mkdtemp, rm, symlink, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Endpoint {
  readonly path: string;
  write(bytes: string | Uint8Array): void;
  /** What whoever has the port open sends. */
  onData(handler: (bytes: Uint8Array) => void): void;
  /** The cable comes out: whoever has the port open sees it close. */
  pull(): Promise<void>;
  plug(): Promise<void>;
  close(): Promise<void>;
}

/** Unread bytes beyond this are not queued: a serial line without handshake loses them too. */
const BACKLOG_LIMIT = 8192;
const READY_LIMIT_MS = 5000;

/** Raw and silent slave; `cat` on descriptor 3 ends when this process dies, and the terminal with it. */
const HOLD_SLAVE = 'tty; stty raw -echo; echo READY; exec cat <&3 >/dev/null 2>&1';

export async function openPty(): Promise<Endpoint> {
  const folder = await mkdtemp(join(tmpdir(), 'jiantai-machine-'));
  const path = join(folder, 'port');
  let child: ChildProcess | null = null;
  let handler: (bytes: Uint8Array) => void = () => undefined;

  async function plug(): Promise<void> {
    if (child) return;
    const { child: started, slave } = await startScript((bytes) => handler(bytes));
    child = started;
    await unlink(path).catch(() => undefined);
    await symlink(slave, path);
  }

  async function pull(): Promise<void> {
    const pulled = child;
    child = null;
    await unlink(path).catch(() => undefined);
    if (!pulled || pulled.exitCode !== null || pulled.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => pulled.once('exit', () => resolve()));
    // Killing the holder of the master side is what pulling the cable is for a terminal.
    pulled.kill('SIGKILL');
    await gone;
  }

  await plug().catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  return {
    path,
    write(bytes) {
      const input = child?.stdin;
      if (input?.writable && input.writableLength < BACKLOG_LIMIT) input.write(bytes);
    },
    onData: (take) => void (handler = take),
    pull,
    plug,
    async close() {
      await pull();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function startScript(heard: (bytes: Uint8Array) => void): Promise<{ child: ChildProcess; slave: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('script', ['-qfec', HOLD_SLAVE, '/dev/null'], { stdio: ['pipe', 'pipe', 'ignore', 'pipe'] });
    let told = '';
    let ready = false;
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error('script did not make a terminal in time'));
    }, READY_LIMIT_MS);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('exit', () => {
      clearTimeout(timer);
      reject(new Error('script ended before it made a terminal'));
    });
    // A write that races with the pull fails; the pull is the news, not the write.
    child.stdin?.on('error', () => undefined);
    child.stdio[3]?.on('error', () => undefined);
    child.stdout?.on('data', (bytes: Buffer) => {
      // What the terminal's holder prints comes first; from then on every byte is the reader's.
      if (ready) return heard(bytes);
      told += bytes.toString('latin1');
      const slave = /(\/dev\/pts\/\d+)\s[\s\S]*READY\n/.exec(told)?.[1];
      if (slave === undefined) return;
      ready = true;
      clearTimeout(timer);
      resolve({ child, slave });
    });
  });
}

export async function openTcp(): Promise<Endpoint> {
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  let port = 0;
  let handler: (bytes: Uint8Array) => void = () => undefined;

  async function plug(): Promise<void> {
    if (server) return;
    const listening = createServer((socket) => {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
      socket.on('data', (bytes: Buffer) => handler(bytes));
    });
    server = listening;
    await new Promise<void>((resolve, reject) => {
      listening.once('error', reject);
      listening.listen(port, '127.0.0.1', resolve);
    });
    port = (listening.address() as AddressInfo).port;
  }

  async function pull(): Promise<void> {
    const closing = server;
    server = null;
    if (!closing) return;
    for (const socket of sockets) socket.resetAndDestroy();
    await new Promise<void>((resolve) => closing.close(() => resolve()));
  }

  await plug();
  return {
    path: `tcp://127.0.0.1:${port}`,
    write(bytes) {
      for (const socket of sockets) if (socket.writableLength < BACKLOG_LIMIT) socket.write(bytes);
    },
    onData: (take) => void (handler = take),
    pull,
    plug,
    close: pull,
  };
}

/** A pseudo-terminal where one can be had. */
export async function openEndpoint(kind: 'pty' | 'tcp' | 'auto'): Promise<Endpoint> {
  if (kind === 'tcp' || (kind === 'auto' && process.platform !== 'linux')) return openTcp();
  if (kind === 'pty') return openPty();
  return openPty().catch(() => openTcp());
}
