// Processes of a fault test: the embedded platform and the core behind the bench server. Only what was started here is
// ever killed, by its process id. A core that was killed takes its port process with it, or leaves it to end by itself.
import { fork, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sleep } from './random.ts';

const root = join(import.meta.dirname, '../../..');
const startLimitMs = 60_000;

interface Started {
  child: ChildProcess;
  line: Record<string, unknown>;
}

export function launch(
  entry: string,
  args: string[],
  onLog: (text: string) => void,
  environment: Record<string, string> = {},
): ChildProcess {
  const child = fork(join(root, entry), args, {
    cwd: root,
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
  });
  child.stderr?.on('data', (chunk: Buffer) => onLog(chunk.toString()));
  return child;
}

function start(entry: string, args: string[], onLog: (text: string) => void, born: (child: ChildProcess) => void) {
  const child = launch(entry, args, onLog);
  born(child);
  return new Promise<Started>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${entry} was not ready in time`)), startLimitMs);
    const lines = createInterface({ input: child.stdout! });
    lines.once('line', (line) => resolve({ child, line: JSON.parse(line) as Record<string, unknown> }));
    child.once('exit', (code, signal) => reject(new Error(`${entry} ended (${signal ?? code}) before it was ready`)));
    const done = () => clearTimeout(timer);
    lines.once('line', done);
    child.once('exit', done);
  });
}

const isGone = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

export async function end(child: ChildProcess, signal: NodeJS.Signals, patienceMs = 20_000): Promise<void> {
  if (isGone(child)) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await gone;
  clearTimeout(timer);
}

export interface PlatformProcess {
  readonly url: string;
  readonly orgCode: string;
  readonly accessKey: string;
  readonly file: string;
  readonly secret: string;
  stop(): Promise<void>;
}

export async function startPlatform(folder: string): Promise<PlatformProcess> {
  const file = join(folder, 'platform.sqlite');
  const lab = join(folder, 'lab.json');
  const { child, line } = await start(
    'sync/training/main.ts',
    ['--file', file, '--seed', lab],
    (text) => process.stderr.write(text),
    () => undefined,
  );
  const { credentials } = JSON.parse(readFileSync(lab, 'utf8')) as { credentials: { secret: string } };
  return {
    url: String(line['url']),
    orgCode: String(line['orgCode']),
    accessKey: String(line['accessKey']),
    file,
    secret: credentials.secret,
    stop: () => end(child, 'SIGTERM'),
  };
}

/** Port processes that a core started: its children whose command names the port process. */
export function portProcessesOf(corePid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        // The command stands in brackets and may hold blanks; the parent is the second field after it.
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        return parent === corePid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('port-process');
      } catch {
        return false;
      }
    });
}

export function isAlive(pid: number): boolean {
  try {
    // A zombie that nobody has reaped yet holds no port and no file.
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

export interface CoreAddress {
  url: string;
  generation: number;
}

export interface CoreProcess {
  /** The core that answers now, or the next one that will. */
  ready(): Promise<CoreAddress>;
  /** An entry address for one more browser. */
  enterUrl(): Promise<string>;
  readonly pid: number | undefined;
  /** SIGKILL; with `port` its port process dies in the same moment, as when the power goes. Does not restart. */
  kill(options?: { port?: boolean }): Promise<void>;
  restart(): void;
  /** Ends it as a person does. */
  stop(): Promise<void>;
  readonly log: string;
  /** Port processes of cores that are gone. */
  readonly leftBehind: ReadonlySet<number>;
}

export function startCore(dataFolder: string): CoreProcess {
  let child: ChildProcess | null = null;
  let generation = 0;
  let current: Promise<CoreAddress> = Promise.reject(new Error('not started'));
  current.catch(() => undefined);
  let log = '';
  const leftBehind = new Set<number>();

  const restart = (): void => {
    generation += 1;
    const mine = generation;
    const started = start(
      'main/server/main.ts',
      ['--data', dataFolder],
      (text) => {
        log += text;
      },
      (born) => {
        child = born;
      },
    );
    current = started.then(({ line }) => ({ url: String(line['url']), generation: mine }));
    current.catch(() => undefined);
  };
  restart();

  return {
    async ready() {
      // A core that was killed while it started is followed by the next one.
      for (const limit = Date.now() + startLimitMs; Date.now() < limit;) {
        if (child !== null && intended(child)) {
          await sleep(10);
          continue;
        }
        const asked = current;
        try {
          return await asked;
        } catch (error) {
          if (asked === current && child !== null && !intended(child)) throw error;
        }
      }
      throw new Error('nobody started the core again');
    },
    enterUrl: () => askForEntry(child),
    get pid() {
      return child?.pid;
    },
    async kill(options = {}) {
      const killed = child;
      if (!killed || isGone(killed)) return;
      killedByUs.add(killed);
      const ports = portProcessesOf(killed.pid as number);
      const gone = new Promise<void>((resolve) => killed.once('exit', () => resolve()));
      killed.kill('SIGKILL');
      for (const pid of ports) {
        leftBehind.add(pid);
        if (options.port) killQuietly(pid);
      }
      await gone;
    },
    restart,
    async stop() {
      if (!child) return;
      killedByUs.add(child);
      await end(child, 'SIGTERM');
    },
    get log() {
      return log;
    },
    leftBehind,
  };
}

/** A core that only starts does not hear the question yet, so it is asked until it answers. */
async function askForEntry(child: ChildProcess | null): Promise<string> {
  if (!child) throw new Error('the core is gone');
  const heard: string[] = [];
  const hear = (message: unknown): void => {
    const { enterUrl } = message as { enterUrl?: string };
    if (enterUrl !== undefined) heard.push(enterUrl);
  };
  child.on('message', hear);
  try {
    for (const limit = Date.now() + startLimitMs; Date.now() < limit && !isGone(child); await sleep(50)) {
      const [address] = heard;
      if (address !== undefined) return address;
      if (child.connected) child.send('enter', undefined, undefined, () => undefined);
    }
    throw new Error('the core is gone');
  } finally {
    child.off('message', hear);
  }
}

/** It may have gone by itself in the same moment. */
function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

const killedByUs = new WeakSet<ChildProcess>();
/** Whether its end was wanted: then another one follows. */
const intended = (child: ChildProcess): boolean => killedByUs.has(child);
