import { expect, test } from 'vitest';
import type { IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron';
import { SmallCore } from '../server/testing/small-core.ts';
import { eventChannel } from './channels.ts';
import { WindowBridge } from './window-bridge.ts';

type FakeContents = Pick<WebContents, 'id' | 'isDestroyed' | 'send'> & { sent: unknown[][]; destroyed: boolean };

function contents(id: number): FakeContents {
  return {
    id,
    sent: [],
    destroyed: false,
    isDestroyed() {
      return this.destroyed;
    },
    send(...args: unknown[]) {
      if (this.destroyed) throw new Error('Object has been destroyed');
      this.sent.push(args);
    },
  } satisfies FakeContents;
}
type Event = Parameters<WindowBridge['call']>[0];
function from(id: number, url: string, parent: WebFrameMain | null = null): Event {
  const senderFrame = { url, parent } as WebFrameMain satisfies IpcMainInvokeEvent['senderFrame'];
  return { sender: { id }, senderFrame };
}

test('a window calls and hears events through a connection of its own', async () => {
  const core = new SmallCore();
  const bridge = new WindowBridge(core);
  const [one, two] = [contents(1), contents(2)];
  bridge.open(one, 'PC-1');
  bridge.open(two, 'PC-2');
  await bridge.call(from(1, 'lab://app/'), 'session.signIn', { username: 'zhang' });
  expect(await bridge.call(from(1, 'lab://app/'), 'session.current', {})).toMatchObject({ value: { user: 'zhang' } });
  expect(await bridge.call(from(2, 'lab://app/'), 'session.current', undefined)).toMatchObject({
    value: { user: null },
  });
  core.emit({ type: 'resync', seq: 2 });
  expect(one.sent).toEqual([[eventChannel, { type: 'resync', seq: 2 }]]);
  bridge.close(1);
  expect(core.closed).toEqual(['c1']);
});

test('foreign frames, unknown windows and undeclared names do not reach the core', async () => {
  const core = new SmallCore();
  const bridge = new WindowBridge(core);
  bridge.open(contents(1), 'PC-1');
  const refused = [
    [from(1, 'https://evil.example/'), 'session.current'],
    [from(1, 'lab://app/', {} as WebFrameMain), 'session.current'],
    [{ sender: { id: 1 }, senderFrame: null }, 'session.current'],
    [from(9, 'lab://app/'), 'session.current'],
    [from(1, 'lab://app/'), 'store.transact'],
    [from(1, 'lab://app/'), { name: 'session.current' }],
  ] as const;
  for (const [event, name] of refused) expect(await bridge.call(event, name, {})).toMatchObject({ ok: false });
  expect(core.asked).toEqual([]);
});

test('an event that races with the closing of its window is dropped, not thrown', () => {
  const core = new SmallCore();
  const bridge = new WindowBridge(core);
  const window = contents(1);
  bridge.open(window, 'PC-1');
  window.destroyed = true;
  core.emit({ type: 'resync', seq: 2 });
  expect(window.sent).toEqual([]);
});
