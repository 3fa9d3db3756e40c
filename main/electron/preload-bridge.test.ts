import { expect, test } from 'vitest';
import { callNames } from '../../shared/contract/calls.ts';
import { callChannel, eventChannel } from './channels.ts';
import { makeBridge, type RendererIpc } from './preload-bridge.ts';

class FakeIpc implements RendererIpc {
  readonly invoked: unknown[][] = [];
  readonly listeners = new Set<(event: unknown, ...args: unknown[]) => void>();
  invoke(...args: unknown[]): Promise<unknown> {
    this.invoked.push(args);
    return Promise.resolve({ ok: true, value: 1 });
  }
  on(channel: string, listener: (event: unknown, ...args: unknown[]) => void): void {
    if (channel === eventChannel) this.listeners.add(listener);
  }
  removeListener(_channel: string, listener: (event: unknown, ...args: unknown[]) => void): void {
    this.listeners.delete(listener);
  }
}

test('the bridge is frozen and has two functions', () => {
  const bridge = makeBridge(new FakeIpc(), callNames);
  expect(Object.isFrozen(bridge)).toBe(true);
  expect(Object.keys(bridge).sort()).toEqual(['call', 'on']);
});

test('declared calls go through; anything else is refused on this side', async () => {
  const ipc = new FakeIpc();
  const bridge = makeBridge(ipc, callNames);
  expect(await bridge.call('session.current', {})).toEqual({ ok: true, value: 1 });
  for (const name of ['store.transact', '__proto__', 'constructor', callChannel]) {
    expect(await bridge.call(name, {})).toMatchObject({ ok: false, error: { code: 'CALL_UNKNOWN' } });
  }
  expect(await bridge.call({ toString: () => 'session.current' } as unknown as string, {})).toMatchObject({
    ok: false,
  });
  expect(ipc.invoked).toEqual([[callChannel, 'session.current', {}]]);
});

test('a listener gets the event alone, and none after it ended', () => {
  const ipc = new FakeIpc();
  const heard: unknown[][] = [];
  const end = makeBridge(ipc, callNames).on((...args: unknown[]) => heard.push(args));
  for (const listener of ipc.listeners) listener({ sender: 'secret' }, { type: 'resync', seq: 1 });
  end();
  expect(heard).toEqual([[{ type: 'resync', seq: 1 }]]);
  expect(ipc.listeners.size).toBe(0);
});
