import { expect, test } from 'vitest';
import { AppError } from '../../shared/errors/appError.ts';
import type { CoreOptions } from '../core/interface.ts';
import { SmallCore } from '../server/testing/small-core.ts';
import { CoreKeeper, type CoreProcess } from './core-keeper.ts';
import { hostCore, linkCore, type LinkedCore, type Wire } from './core-link.ts';

/** Two ends of a wire that clones what it carries and delivers later, as processes do. */
function wirePair(): [Wire, Wire] {
  const ends: ((message: unknown) => void)[][] = [[], []];
  const end = (own: number, other: number): Wire => ({
    post(message) {
      const copy: unknown = structuredClone(message);
      setImmediate(() => {
        for (const listener of ends[other]!) listener(copy);
      });
    },
    listen(listener) {
      ends[own]!.push(listener);
    },
  });
  return [end(0, 1), end(1, 0)];
}

const plain = { dataFolder: '/nowhere', training: true };
const secrets = {
  seal: (text: string) => Promise.resolve(`sealed ${text}`),
  open: () => Promise.reject(new AppError({ code: 'SECRET_NOT_OPENED', message: 'no' })),
};

function link(make: (options: CoreOptions) => Promise<SmallCore>): { core: LinkedCore; log: string[] } {
  const [near, far] = wirePair();
  const log: string[] = [];
  hostCore(far, make);
  return { core: linkCore(near, plain, secrets, (level, message) => log.push(`${level} ${message}`)), log };
}

test('calls, refusals and events cross; two windows have two connections', async () => {
  const small = new SmallCore();
  const { core } = link(() => Promise.resolve(small));
  await core.ready;
  const heard: unknown[] = [];
  const one = core.connect((event) => heard.push(['one', event]), 'PC-1');
  const two = core.connect((event) => heard.push(['two', event]), 'PC-2');
  expect(await one.call('session.signIn', { username: 'zhang' })).toMatchObject({
    ok: true,
    value: { user: 'zhang', workstation: 'PC-1' },
  });
  expect(await two.call('session.current', {})).toMatchObject({ value: { user: null } });
  expect(await two.call('reports.get', {})).toEqual({ ok: false, error: { code: 'NOT_HERE', message: 'reports.get' } });
  two.close();
  await one.call('session.current', {});
  small.emit({ type: 'resync', seq: 4 });
  await one.call('session.current', {});
  expect(heard).toEqual([['one', { type: 'resync', seq: 4 }]]);
  await core.stop();
  expect(small.stopped).toBe(true);
});

test('the core asks the windows process to seal and to open; a refusal keeps its words', async () => {
  let asked: CoreOptions | undefined;
  const { core } = link((options) => {
    asked = options;
    return Promise.resolve(new SmallCore());
  });
  await core.ready;
  expect(asked).toMatchObject(plain);
  expect(await asked?.secrets.seal('x')).toBe('sealed x');
  await expect(asked?.secrets.open('x')).rejects.toMatchObject({ info: { code: 'SECRET_NOT_OPENED' } });
});

test('a core that cannot start says why', async () => {
  const { core } = link(() => Promise.reject(new AppError({ code: 'STORE_DAMAGED', message: '数据库已损坏' })));
  await expect(core.ready).rejects.toMatchObject({ info: { code: 'STORE_DAMAGED' } });
});

test('a core that throws, an input that cannot be sent, and a dead process all answer with a refusal', async () => {
  const small = new SmallCore();
  const { core, log } = link(() => Promise.resolve(small));
  await core.ready;
  const window = core.connect(() => undefined, 'PC');
  small.throwNext = true;
  expect(await window.call('session.current', {})).toMatchObject({ ok: false, error: { code: 'SERVER_FAULT' } });
  expect(log).toEqual(['error core threw']);
  expect(await window.call('session.current', { f: () => 1 })).toMatchObject({
    ok: false,
    error: { code: 'INPUT_NOT_JSON' },
  });
  const open = window.call('session.current', {});
  core.broken();
  expect(await open).toMatchObject({ ok: false, error: { code: 'CORE_STOPPED' } });
  expect(await window.call('session.current', {})).toMatchObject({ ok: false, error: { code: 'CORE_STOPPED' } });
  await core.stop();
});

interface Spawned extends CoreProcess {
  readonly small: SmallCore;
  die(): void;
}

function spawner(): { spawn: () => Spawned; spawned: Spawned[] } {
  const spawned: Spawned[] = [];
  return {
    spawned,
    spawn() {
      const small = new SmallCore();
      const listeners: (() => void)[] = [];
      const { core } = link(() => Promise.resolve(small));
      const one: Spawned = {
        core,
        small,
        onExit: (listener) => listeners.push(listener),
        kill: () => undefined,
        die: () => {
          for (const listener of listeners.splice(0)) listener();
        },
      };
      spawned.push(one);
      return one;
    },
  };
}

test('when the core dies, it comes back and every window is connected anew', async () => {
  const { spawn, spawned } = spawner();
  const restarted = Promise.withResolvers<void>();
  const keeper = new CoreKeeper({ spawn, onRestarted: restarted.resolve, onGivenUp: restarted.reject, pauseMs: 1 });
  await keeper.start();
  const heard: unknown[] = [];
  const window = keeper.connect((event) => heard.push(event), 'PC-1');
  await window.call('session.signIn', { username: 'zhang' });
  spawned[0]!.die();
  expect(await window.call('session.current', {})).toMatchObject({ ok: false, error: { code: 'CORE_STOPPED' } });
  await restarted.promise;
  expect(await window.call('session.current', {})).toMatchObject({
    ok: true,
    value: { user: null, workstation: 'PC-1' },
  });
  spawned[1]!.small.emit({ type: 'resync', seq: 1 });
  await window.call('session.current', {});
  expect(heard).toEqual([{ type: 'resync', seq: 1 }]);
  await keeper.stop();
  expect(spawned[1]!.small.stopped).toBe(true);
});

test('a core that dies again and again is given up, not restarted for ever', async () => {
  const { spawn, spawned } = spawner();
  const givenUp = Promise.withResolvers<unknown>();
  const keeper = new CoreKeeper({
    spawn,
    onRestarted: () => spawned.at(-1)!.die(),
    onGivenUp: givenUp.resolve,
    pauseMs: 1,
    now: () => 0,
  });
  await keeper.start();
  spawned[0]!.die();
  expect(String(await givenUp.promise)).toContain('core ended 6 times');
  expect(spawned.length).toBe(6);
});
