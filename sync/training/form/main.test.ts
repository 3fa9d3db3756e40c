// The form platform as a process of its own: one JSON line when ready, the key in an owner-only file and nowhere else,
// everything still there after the process was killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, it } from 'vitest';
import { digestOf } from '../../wire/digest.ts';
import { createFormPort } from '../../provincial/profiles/form/index.ts';
import { commissionPayload, numbers } from '../../provincial/testing/lab.ts';
import type { TrainingLab } from '../seed.ts';

const folder = mkdtempSync(join(tmpdir(), 'jiantai-form-process-'));
const running: ChildProcess[] = [];
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<{ child: ChildProcess; line: string; url: string }> {
  const main = new URL('main.ts', import.meta.url).pathname;
  const files = ['--file', join(folder, 'form.sqlite'), '--seed', join(folder, 'lab.json')];
  const child = spawn(process.execPath, [main, ...files], { stdio: ['ignore', 'pipe', 'inherit'] });
  running.push(child);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, line, url: (JSON.parse(line) as { url: string }).url };
}

it('starts, serves, survives kill -9 and stops on SIGTERM', async () => {
  const first = await start();
  const lab = JSON.parse(readFileSync(join(folder, 'lab.json'), 'utf8')) as TrainingLab;
  expect(statSync(join(folder, 'lab.json')).mode & 0o777).toBe(0o600);
  expect(first.line).not.toContain(lab.credentials.secret);
  const portTo = (baseUrl: string) =>
    createFormPort({ baseUrl, orgCode: lab.institution.orgCode, ...lab.credentials, settleMs: 0 });
  const n = numbers(1);
  const payload = commissionPayload(n);
  const before = portTo(first.url);
  const put = await before.putCommission(n.commissionNo, { payload, digest: digestOf(payload) });
  expect(put).toMatchObject({ outcome: 'ok', value: { state: 'active' } });
  before.close();
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');

  const second = await start();
  const after = portTo(second.url);
  expect(await after.getCommission(n.commissionNo)).toMatchObject({ outcome: 'ok', value: { state: 'active' } });
  after.close();
  second.child.kill('SIGTERM');
  expect(await once(second.child, 'exit')).toEqual([0, null]);
});
