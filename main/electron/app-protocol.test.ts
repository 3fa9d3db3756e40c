import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeAppProtocol } from './app-protocol.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jiantai-protocol-'));
  await mkdir(join(folder, 'renderer'));
  await writeFile(join(folder, 'renderer/index.html'), '<p nonce="__CSP_NONCE__">检台</p>');
  await writeFile(join(folder, 'outside.html'), 'outside');
  await symlink(join(folder, 'outside.html'), join(folder, 'renderer/link.html'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Requests as a broken or hostile caller could word them; the Request class would tidy the address up. */
function ask(url: string, method = 'GET'): Promise<Response> {
  return makeAppProtocol(join(folder, 'renderer'))({ url, method } as Request);
}

test('serves the page with its policy', async () => {
  const response = await ask('lab://app/?window=2#/bench');
  expect(response.status).toBe(200);
  const nonce = /nonce="([^"]+)"/.exec(await response.text())?.[1] ?? 'none';
  expect(response.headers.get('content-security-policy')).toContain(nonce);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
});

test('serves nothing from elsewhere, nor to other methods', async () => {
  for (const url of [
    'lab://app/../outside.html',
    'lab://app/%2e%2e/outside.html',
    'lab://app/link.html',
    'lab://other/index.html',
    'lab://app',
    'lab://app.evil/index.html',
  ]) {
    expect([url, (await ask(url)).status]).toEqual([url, 404]);
  }
  expect((await ask('lab://app/', 'POST')).status).toBe(405);
});
