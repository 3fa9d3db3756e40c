// jiantai simulate as a demonstration uses it: the path is printed, bytes come out of it, commands are obeyed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { kindIds } from '../../instruments/virtual/index.ts';

const program = fileURLToPath(new URL('../jiantai.ts', import.meta.url));
const start = (...args: string[]) => spawn(process.execPath, [program, 'simulate', ...args], { stdio: 'pipe' });

async function outputOf(...args: string[]): Promise<{ code: number | null; out: string; error: string }> {
  const child = start(...args);
  let [out, error] = ['', ''];
  child.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (error += bytes.toString()));
  child.stdin.end();
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, error };
}

test('a demonstration: path, bytes on it, a command, a refusal, and the end', async () => {
  const child = start('--kind', 'keli', '--endpoint', 'pty', '--load', '12.34');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Record<string, unknown>> => JSON.parse((await lines.next()).value as string);
  const ready = await next();
  expect(ready).toMatchObject({ event: 'ready', title: '虚拟称重仪表（柯力）', driver: { id: 'keli' } });
  const port = createReadStream(String(ready['path']), { encoding: 'latin1' });
  let heard = '';
  for await (const piece of port) {
    heard += piece as string;
    if (heard.includes('12.34 kg\r\n')) break;
  }
  expect(heard).toContain('ST,GS,+  12.34 kg\r\n');
  child.stdin.write('{"command":"fault","fault":{"kind":"overload"}}\nnonsense\n');
  const both = new Set([(await next())['event'], (await next())['event']]);
  expect(both).toEqual(new Set(['fault', 'refused']));
  child.stdin.end();
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code).toBe(0);
}, 30_000);

test('the kinds are listed, and wrong options are refused in words', async () => {
  const list = await outputOf('--list');
  expect((JSON.parse(list.out) as { kinds: { kind: string }[] }).kinds.map(({ kind }) => kind)).toEqual(kindIds);
  const wrong = await outputOf('--kind', 'teapot', '--speed', 'fast');
  expect(wrong.code).toBe(1);
  expect(JSON.parse(wrong.error)).toMatchObject({ error: { code: 'USAGE', message: '选项有误：kind、speed。' } });
}, 30_000);
