// Starting and stopping the link, whatever order the calls come in: never two engines, and none that is left behind.
import { afterEach, expect, test, vi } from 'vitest';
import { openTestStore, tester, type TestStore } from '../../../tests/support/testStore.ts';
import type { Context } from '../context.ts';
import { PlatformLink } from './link.ts';

const engines = vi.hoisted(() => ({ running: 0, most: 0, started: 0 }));
vi.mock('../../../sync/provincial/engine.ts', () => ({
  createProvincialEngine: () => ({
    start() {
      engines.started += 1;
      engines.running += 1;
      engines.most = Math.max(engines.most, engines.running);
    },
    async stop() {
      await Promise.resolve();
      engines.running -= 1;
    },
    wake: () => undefined,
    pullReference: () => Promise.resolve({ failure: null }),
    status: () => ({ lastAnswerAt: null, lastFailure: null }),
  }),
}));

let lab: TestStore;
afterEach(() => lab.remove());

test('however often and however close together it is started, one engine runs, and none after the stop', async () => {
  lab = openTestStore();
  const secrets: Context['secrets'] = {
    seal: (text) => Promise.resolve(`sealed ${text}`),
    open: (sealed) => Promise.resolve(sealed.slice('sealed '.length)),
  };
  const clock = { measureWith: () => undefined };
  const context = { store: lab.store, secrets, clock, log: () => undefined } as unknown as Context;
  const link = new PlatformLink(context, () => undefined);
  const connection = { platformUrl: 'http://127.0.0.1:9', orgCode: 'ORG', accessKey: 'key', secret: 'secret' };

  await link.start();
  expect(engines).toMatchObject({ running: 0, started: 0 });
  await link.setConnection(tester, connection);
  expect(engines).toMatchObject({ running: 1, started: 1 });
  await link.start();
  await Promise.all([link.start(), link.setConnection(tester, connection), link.start()]);
  expect(engines).toMatchObject({ running: 1, most: 1, started: 5 });
  const stopping = [link.start(), link.stop()];
  await Promise.all(stopping);
  expect(engines).toMatchObject({ running: 0, most: 1 });
  await link.setConnection(tester, connection);
  expect(engines.running).toBe(0);
});
