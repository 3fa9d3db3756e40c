// What only the desktop program has: the preload's object, the core in a process of its own, and processes that the
// core has started through the shell. Runs in the stand-in and in real Electron; playwright.config.ts leaves it
// out of the bench project, which has none of it.
import { execFileSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import type { Reply } from '../../shared/contract/call.ts';
import { trainingPassword } from '../../main/core/training/trainingLab.ts';
import { expect, test } from './fixtures.ts';

function call(page: Page, name: string, input: unknown): Promise<Reply> {
  return page.evaluate(
    ([callName, callInput]) =>
      (window as unknown as { jiantai: { call(name: unknown, input: unknown): Promise<Reply> } }).jiantai.call(
        callName,
        callInput,
      ),
    [name, input] as const,
  );
}

test('the preload exposes two frozen functions and carries no undeclared name', async ({ page }) => {
  await expect(page.locator('body')).toBeVisible();
  const seen = await page.evaluate(() => {
    const api = (window as unknown as { jiantai: object }).jiantai;
    return { keys: Object.keys(api).sort(), frozen: Object.isFrozen(api) };
  });
  expect(seen).toEqual({ keys: ['call', 'on'], frozen: true });
  expect(await call(page, 'store.transact', {})).toMatchObject({ ok: false, error: { code: 'CALL_UNKNOWN' } });
  expect(await call(page, 'session.signIn', { username: 7 })).toMatchObject({ ok: false });
  expect(await call(page, 'bench.ports', {})).toMatchObject({ ok: false });
});

test('a machine is connected through the port process that the shell started for the core', async ({ page }) => {
  expect(await call(page, 'session.signIn', { username: 'jiance', password: trainingPassword })).toMatchObject({
    ok: true,
  });
  expect(await call(page, 'bench.connect', { equipmentId: 'E001' })).toMatchObject({ ok: true });
  await expect
    .poll(() => call(page, 'bench.state', { equipmentId: 'E001' }), { timeout: 20_000 })
    .toMatchObject({ ok: true, value: { channel: 'open' } });
});

test('a core that was killed comes back, and the window is at the sign-in screen again', async ({ app, page }) => {
  test.skip(process.platform !== 'linux', 'finds the core process through /proc');
  await call(page, 'session.signIn', { username: 'jiance', password: trainingPassword });
  const core = corePid(app.process().pid ?? 0);
  process.kill(core, 'SIGKILL');
  await expect
    .poll(() => call(page, 'session.current', {}).catch(() => null), { timeout: 20_000 })
    .toMatchObject({ ok: true, value: { state: 'signedOut' } });
  expect(corePid(app.process().pid ?? 0)).not.toBe(core);
});

/** The core's process: a child of the shell whose command line names it. */
function corePid(shellPid: number): number {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  const line = lines.find(
    (one) => new RegExp(`^\\s*\\d+\\s+${shellPid}\\s`).test(one) && /core-process|jiantai-core/.test(one),
  );
  if (line === undefined) throw new Error('no core process below the shell');
  return Number(line.trim().split(/\s+/)[0]);
}
