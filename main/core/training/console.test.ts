// The way from the program into the embedded platform's console: the administrator alone gets an address, it lets in
// once, and neither it nor the token behind it is written into the data folder or the log.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestCore, type TestCore } from '../../../tests/support/testCore.ts';

let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

function everyFile(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? everyFile(path) : [path];
  });
}

it('opens by a single-use address that the administrator asks for', async () => {
  const { url } = await (await lab.as('admin')).call('training.console', {});
  const enter = (): Promise<Response> => fetch(url, { redirect: 'manual' });
  const first = await enter();
  const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
  const page = await fetch(new URL('/console', url), { headers: { cookie } });
  expect([first.status, page.status]).toEqual([303, 200]);
  expect(await page.text()).toContain('广东云岭建设工程质量检测有限公司');
  expect((await enter()).status).toBe(401);
  const secret = new URL(url).searchParams.get('t') ?? '';
  expect(secret.length).toBeGreaterThan(30);
  expect(lab.log.join('\n')).not.toContain(secret);
  for (const file of everyFile(lab.folder)) expect([file, readFileSync(file).includes(secret)]).toEqual([file, false]);
});

it('is refused to everybody else', async () => {
  await expect((await lab.as('jiance')).call('training.console', {})).rejects.toMatchObject({
    info: { code: 'PERMISSION_DENIED' },
  });
});

it('a download that disables everybody, switched on there, is held here and changes nothing', async () => {
  const active = (): unknown => lab.store.all(`SELECT personId FROM person WHERE state = 'active' ORDER BY personId`);
  const before = active();
  lab.core.platform?.supervisor.switchFaults({ massChange: -1 }, '练习');
  await lab.core.link.refresh();
  const { pages } = await (await lab.as('admin')).call('sync.held', {});
  expect(pages.map(({ kind }) => kind).sort()).toEqual(['equipment', 'person']);
  expect(active()).toEqual(before);
  lab.core.platform?.resetFaults();
  await lab.core.link.refresh();
  expect(active()).toEqual(before);
});
