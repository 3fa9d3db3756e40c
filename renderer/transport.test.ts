import { expect, test } from 'vitest';
import { createHttpTransport } from './transport.ts';

class TestSocket extends EventTarget {
  static all: TestSocket[] = [];
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    TestSocket.all.push(this);
  }
  close(): void {
    this.dispatchEvent(new Event('close'));
  }
}
const openSocket = (url: string) => new TestSocket(url) as unknown as WebSocket;
const answer = (text: string, status = 200) => (async () => new Response(text, { status })) as unknown as typeof fetch;

test('a call goes to /rpc as JSON and its reply comes back', async () => {
  let seen: { url: string; init: RequestInit } | undefined;
  const transport = createHttpTransport({
    origin: 'http://127.0.0.1:1',
    openSocket,
    fetch: (async (url: string, init: RequestInit) => {
      seen = { url, init };
      return new Response('{"ok":true,"value":{"state":"signedOut"}}');
    }) as unknown as typeof fetch,
  });
  expect(await transport.send('session.current', {})).toEqual({ ok: true, value: { state: 'signedOut' } });
  expect(seen?.url).toBe('http://127.0.0.1:1/rpc');
  expect(JSON.parse(seen?.init.body as string)).toEqual({ name: 'session.current', input: {} });
});

test('garbage, and no answer at all, become a refusal in words', async () => {
  for (const answering of [
    answer('<html>502</html>', 502),
    answer('null'),
    (() => Promise.reject(new Error('refused'))) as unknown as typeof fetch,
  ]) {
    const reply = await createHttpTransport({ origin: 'http://127.0.0.1:1', openSocket, fetch: answering }).send(
      'session.current',
      {},
    );
    expect(reply).toMatchObject({ ok: false, error: { code: 'LINK_DOWN', message: '检台程序没有应答。' } });
  }
});

test('a lost event stream is opened again, and watchers are told both times', async () => {
  TestSocket.all = [];
  const transport = createHttpTransport({ origin: 'http://127.0.0.1:1', openSocket, fetch: answer('{}') });
  const states: boolean[] = [];
  const events: unknown[] = [];
  transport.watchLink((connected) => states.push(connected));
  const stop = transport.subscribe((event) => events.push(event));
  TestSocket.all[0]!.dispatchEvent(new Event('open'));
  TestSocket.all[0]!.dispatchEvent(new MessageEvent('message', { data: '{"type":"resync","seq":3}' }));
  TestSocket.all[0]!.dispatchEvent(new MessageEvent('message', { data: 'not json' }));
  TestSocket.all[0]!.close();
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(TestSocket.all).toHaveLength(2);
  TestSocket.all[1]!.dispatchEvent(new Event('open'));
  expect(states).toEqual([false, true, false, true]);
  expect(events).toEqual([{ type: 'resync', seq: 3 }]);
  stop();
  expect(states.at(-1)).toBe(false);
});
