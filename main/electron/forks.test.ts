import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import type { Wire } from './core-link.ts';
import { forkThroughShell, serveForks, type UtilityChild } from './forks.ts';

function wirePair(): [Wire, Wire] {
  const ends: ((message: unknown) => void)[][] = [[], []];
  const end = (own: number, other: number): Wire => ({
    post: (message) => {
      const copy: unknown = structuredClone(message);
      setImmediate(() => {
        for (const listener of ends[other]!) listener(copy);
      });
    },
    listen: (listener) => void ends[own]!.push(listener),
  });
  return [end(0, 1), end(1, 0)];
}

/** A process that answers every message with the same message, and ends when asked to. */
class Echo extends EventEmitter implements UtilityChild {
  readonly pid = 4711;
  readonly args: string[];
  constructor(args: string[]) {
    super();
    this.args = args;
    setImmediate(() => this.emit('spawn'));
  }
  postMessage(message: unknown): void {
    setImmediate(() => this.emit('message', message));
  }
  kill(): boolean {
    setImmediate(() => this.emit('exit', 0));
    return true;
  }
}

function setUp(): {
  fork: ReturnType<typeof forkThroughShell>;
  started: Echo[];
  killed: unknown[];
  endAll: () => void;
} {
  const [core, shell] = wirePair();
  const started: Echo[] = [];
  const killed: unknown[] = [];
  const endAll = serveForks(shell, ['port-process.js'], (_entry, args) => {
    const child = new Echo(args);
    started.push(child);
    return child;
  });
  return { fork: forkThroughShell(core, (pid, signal) => killed.push([pid, signal])), started, killed, endAll };
}

const once = (emitter: EventEmitter, event: string): Promise<unknown> =>
  new Promise((resolve) => {
    emitter.once(event, resolve);
  });

test('a process started through the shell talks and ends like a forked one', async () => {
  const { fork, started, killed } = setUp();
  const child = fork('/app/dist/main/port-process.js', ['{}'], { stdio: 'ignore' });
  await once(child, 'spawn');
  expect([child.pid, child.connected, started[0]?.args]).toEqual([4711, true, ['{}']]);
  const told: unknown[] = [];
  child.send({ op: 'ping' }, undefined, undefined, (error) => told.push(error));
  expect(await once(child, 'message')).toEqual({ op: 'ping' });
  child.kill('SIGKILL');
  expect(killed).toEqual([[4711, 'SIGKILL']]);
  child.kill();
  expect(await once(child, 'exit')).toBe(0);
  expect(child.connected).toBe(false);
  child.send({ op: 'ping' }, undefined, undefined, (error) => told.push(error?.message));
  expect(told).toEqual([null, 'channel closed']);
});

test('the core cannot have any other file started', async () => {
  const { fork, started } = setUp();
  expect(await once(fork('/tmp/evil.js'), 'exit')).toBe(127);
  expect(started).toEqual([]);
});

test('when the core is gone, its processes are ended', async () => {
  const { fork, started, endAll } = setUp();
  await once(fork('/app/dist/main/port-process.js'), 'spawn');
  const ended = once(started[0]!, 'exit');
  endAll();
  await ended;
});
