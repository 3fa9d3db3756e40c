// The platform as a process of its own: one JSON line when ready, the lab's secret in an owner-only file and nowhere
// else, everything still there after the process was killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, it } from 'vitest';
import { type TrainingLab } from './seed.ts';
import { labClient } from './testing/lab-client.ts';
import { cubeGroup } from './testing/payloads.ts';

const folder = mkdtempSync(join(tmpdir(), 'jiantai-platform-process-'));
const running: ChildProcess[] = [];
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function start(
  ...extra: string[]
): Promise<{ child: ChildProcess; ready: { url: string } & Record<string, string> }> {
  const main = new URL('main.ts', import.meta.url).pathname;
  const child = spawn(
    process.execPath,
    [main, '--file', join(folder, 'p.sqlite'), '--seed', join(folder, 'lab.json'), ...extra],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  running.push(child);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, ready: JSON.parse(line) as { url: string } & Record<string, string> };
}

it('starts, serves, survives kill -9 and stops on SIGTERM', async () => {
  writeFileSync(join(folder, 'token'), 'process-token\n', { mode: 0o600 });
  const first = await start('--admin-token-file', join(folder, 'token'));
  const lab = JSON.parse(readFileSync(join(folder, 'lab.json'), 'utf8')) as TrainingLab;
  expect(statSync(join(folder, 'lab.json')).mode & 0o777).toBe(0o600);
  expect(first.ready).toEqual({
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
    orgCode: lab.institution.orgCode,
    accessKey: lab.credentials.accessKey,
  });
  const { commission } = cubeGroup('P-0001', Date.now());
  const put = await labClient(first.ready.url, lab).put(`/v1/commissions/${commission.commissionNo}`, commission);
  expect(put.status).toBe(200);
  const facts = await fetch(`${first.ready.url}/admin/facts`, { headers: { authorization: 'Bearer process-token' } });
  expect(facts.status).toBe(200);
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');

  const second = await start();
  const found = await labClient(second.ready.url, lab).get(`/v1/commissions/${commission.commissionNo}`);
  expect(found.json).toEqual(put.json);
  second.child.kill('SIGTERM');
  expect(await once(second.child, 'exit')).toEqual([0, null]);
});
