// Debian's Chromium without a window, driven over a pipe by us and over a port by whoever tests. With the pipe it ends
// when this process ends, however that happens.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

type Listener = (params: Record<string, unknown>, sessionId: string | undefined) => void;

export interface Browser {
  send(method: string, params?: object, sessionId?: string): Promise<Record<string, unknown>>;
  /** Events of one session, or of the browser itself when none is given. */
  on(method: string, sessionId: string | undefined, listener: Listener): void;
  kill(): void;
}

interface Answer {
  id?: number;
  method?: string;
  params?: Record<string, unknown>;
  sessionId?: string;
  result?: Record<string, unknown>;
  error?: { message: string };
}

/** `folder` holds the browser's profile; whoever gave it removes it should this process be killed. */
export async function startChromium(folder: string): Promise<Browser> {
  mkdirSync(folder, { recursive: true });
  const profile = mkdtempSync(join(folder, 'standin-profile-'));
  const child = spawn(
    process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    [
      '--headless=new',
      '--remote-debugging-pipe',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      '--no-sandbox',
      '--no-first-run',
      '--no-startup-window',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--lang=zh-CN',
      'about:blank',
    ],
    {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
      env: { ...process.env, TZ: process.env['TZ'] ?? 'Asia/Shanghai' },
    },
  );
  const listening = Promise.withResolvers<void>();
  child.stderr!.on('data', (chunk: Buffer) => {
    const text = chunk.toString();
    // Playwright reads the address from our own standard error; Chromium's other words are noise.
    const line = /DevTools listening on ws:\/\/\S+/.exec(text)?.[0];
    if (line !== undefined) {
      process.stderr.write(`${line}\n`);
      listening.resolve();
    }
  });
  child.on('error', listening.reject);
  child.on('exit', () => listening.reject(new Error('stand-in: Chromium ended')));
  const clean = (): void => {
    child.kill('SIGKILL');
    try {
      rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // A last file of the dying browser; the temporary folder is swept by the system.
    }
  };
  process.on('exit', clean);
  await listening.promise;
  return connect(child.stdio[3] as Writable, child.stdio[4] as Readable, clean);
}

function connect(out: Writable, from: Readable, kill: () => void): Browser {
  const waiting = new Map<
    number,
    { resolve: (result: Record<string, unknown>) => void; reject: (error: Error) => void; method: string }
  >();
  const listeners: { method: string; sessionId: string | undefined; listener: Listener }[] = [];
  let nextId = 1;
  let rest = '';
  out.on('error', () => undefined);
  from.setEncoding('utf8');
  from.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\0');
    rest = parts.pop() ?? '';
    for (const part of parts) take(JSON.parse(part) as Answer);
  });

  function take(answer: Answer): void {
    if (answer.id !== undefined) {
      const one = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (answer.error) one?.reject(new Error(`${one.method}: ${answer.error.message}`));
      else one?.resolve(answer.result ?? {});
      return;
    }
    for (const { method, sessionId, listener } of listeners) {
      if (method === answer.method && sessionId === answer.sessionId) listener(answer.params ?? {}, answer.sessionId);
    }
  }

  return {
    send(method, params = {}, sessionId) {
      return new Promise((resolve, reject) => {
        const id = nextId++;
        waiting.set(id, { resolve, reject, method });
        out.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      });
    },
    on(method, sessionId, listener) {
      listeners.push({ method, sessionId, listener });
    },
    kill,
  };
}
