// The sync ledger under the hands of the quality manager: what the platform refused, what it locked, what waits for what;
// set aside, put back, settled by two people, taken out as a file; and the counts that follow.
import { readFileSync, writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { ContractClient } from '../../../shared/contract/client.ts';
import { expect, test } from '../fixtures.ts';
import { before, checked, coded, enter, pressed, received, typed } from './steps.ts';

/** The supervisor at the console of the embedded platform. */
async function supervisorOf(
  admin: ContractClient,
): Promise<(name: string, fields: Record<string, string>) => Promise<void>> {
  const { url } = await admin.call('training.console', {});
  const entered = await fetch(url, { redirect: 'manual' });
  const cookie = (entered.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  const { origin } = new URL(url);
  return async (name, fields) => {
    const page = await (await fetch(`${origin}/console`, { headers: { cookie } })).text();
    const csrf = /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const answer = await fetch(`${origin}/console/acts/${name}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, origin },
      body: new URLSearchParams({ csrf, back: '/console/log', ...fields }),
    });
    expect(answer.status).toBe(303);
    expect(await (await fetch(`${origin}/console/log`, { headers: { cookie } })).text()).toContain('已完成');
  };
}

const rows = (page: Page) => page.getByTestId('ledger-row');
const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['JIANTAI_LEDGER_SHOTS'];
  if (folder === undefined) return;
  await page.evaluate(() => document.fonts.ready);
  for (const [width, height] of [
    [1440, 900],
    [1024, 700],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(300);
    writeFileSync(`${folder}/${name}-${width}.png`, await page.screenshot({ animations: 'disabled' }));
  }
  await page.setViewportSize({ width: 1440, height: 900 });
};

test('the ledger: refused, locked, set aside, settled, exported @bench', async ({ page }) => {
  test.setTimeout(180_000);
  const done = await before(page, async (as) => {
    await coded(as, await received(as, { designGrade: 'C20', structurePart: '一层柱' }));
    const act = await supervisorOf(await as('admin'));
    const rule = { itemCode: '', key: '', verdict: 'refuse', times: '-1', reason: '培训', polls: '0', waitMs: '0' };
    await act('rule.add', {
      ...rule,
      kind: 'acquisition',
      code: 'VALIDATION',
      message: '设备编号与登记信息不一致，请核对设备登记后重新上传',
    });
    const locked = await received(as, { designGrade: 'C20', structurePart: '二层梁' });
    await pressed(as, locked);
    const refused = await received(as, { designGrade: 'C20', structurePart: '三层板' });
    await checked(as, refused);
    const admin = await as('admin');
    const of = async (commissionNo: string) =>
      (await admin.call('sync.entries', { part: 'todo', commissionNo })).rows.map(({ entryId }) => entryId);
    await expect.poll(async () => (await of(locked.commissionNo)).length, { timeout: 40_000 }).toBe(3);
    // What is tried again of a locked commission is frozen here.
    await act('commission.lock', { subject: locked.commissionNo, reason: '现场抽查，暂停检测' });
    await admin.call('sync.pushNow', {});
    for (const entryId of await of(locked.commissionNo)) await admin.call('sync.retry', { entryId });
    await expect.poll(async () => (await admin.call('sync.overview', {})).counts.frozen, { timeout: 40_000 }).toBe(3);
    return { locked: locked.commissionNo, refused: refused.commissionNo };
  });
  await enter(page, 'zhiliang');
  await page.getByTestId('nav-ledger').click();
  await expect(page.getByTestId('sync-standing')).toHaveAttribute('data-engine', 'running');

  // What needs a person, with the platform's own words and one next step.
  await page.keyboard.press('F2');
  await expect(page.getByTestId('tab-todo')).toHaveAttribute('aria-selected', 'true');
  await expect(rows(page).first()).toContainText('设备编号与登记信息不一致', { timeout: 40_000 });
  await expect(rows(page)).toHaveCount(3, { timeout: 40_000 });
  await page.getByRole('grid', { name: '上传条目' }).focus();
  await page.keyboard.press('ArrowDown');
  const detail = page.getByTestId('ledger-detail');
  await expect(detail).toHaveAttribute('data-standing', 'rejected');
  await expect(page.getByTestId('ledger-next')).toContainText('F9 重试');
  await detail.locator('summary').first().click();
  await expect(page.getByTestId('ledger-attempts')).toContainText('请求摘要');
  await expect(page.getByTestId('ledger-attempts')).toContainText('设备编号与登记信息不一致');
  await shot(page, 'todo');

  // Set aside with a reason, and put back.
  await page.keyboard.press('F8');
  await page.keyboard.press('Alt+2');
  await shot(page, 'aside-dialog');
  await page.getByTestId('reason-confirm').click();
  await expect(detail).toHaveAttribute('data-standing', 'aside');
  await expect(page.getByTestId('ledger-marks')).toContainText('等待平台管理方答复');
  await expect(page.getByTestId('tab-aside')).toContainText('1');
  await page.keyboard.press('F9');
  await page.keyboard.press('Alt+1');
  await page.getByTestId('reason-confirm').click();
  await expect(page.getByTestId('ledger-marks')).toContainText('放回队列');
  await expect(detail).toHaveAttribute('data-standing', 'rejected', { timeout: 30_000 });

  // Settled outside: a second person looks.
  await page.keyboard.press('F7');
  await page.keyboard.press('Alt+1');
  await page.getByTestId('resolve-second').fill('admin');
  await page.getByTestId('resolve-password').fill('jiantai-2026');
  await shot(page, 'resolve-dialog');
  await page.getByTestId('resolve-confirm').click();
  await expect(detail).toHaveAttribute('data-standing', 'settled');
  await expect(page.getByTestId('ledger-next')).toContainText('没有由平台接收');
  await expect(page.getByTestId('tab-closed')).toContainText('1');

  // What waits says for what; what is locked says why.
  await page.keyboard.press('Shift+F2');
  await page.keyboard.press('/');
  await typed(page, '原始记录');
  await page.getByRole('grid', { name: '上传条目' }).focus();
  await expect(rows(page).first()).toContainText('须先由平台接收采集数据');
  await rows(page).first().click();
  await expect(page.getByTestId('ledger-blockers')).toContainText('采集数据');
  await page.getByTestId('ledger-search').fill('');
  await expect(rows(page).filter({ hasText: '委托被监管平台锁定：现场抽查，暂停检测' })).toHaveCount(3);
  await shot(page, 'open');
  await page.getByTestId('tab-commissions').click();
  await expect(page.getByTestId('ledger-group').filter({ hasText: done.refused })).toContainText('退回');
  await page.getByTestId('ledger-search').fill(done.locked);
  await expect(page.getByTestId('ledger-group').filter({ hasText: done.locked })).toContainText('平台锁定');
  await page.getByTestId('ledger-search').fill('');
  await expect(page.getByTestId('ledger-group').filter({ hasText: done.refused })).toBeVisible();
  await shot(page, 'commissions');
  await page.getByTestId('ledger-group').filter({ hasText: done.refused }).dblclick();
  await expect(page.getByTestId('ledger-scope')).toContainText(done.refused);
  await expect(rows(page).and(page.locator('.jt-row-bad'))).toHaveCount(2);
  await page.getByTestId('tab-reports').click();
  await page.getByTestId('ledger-search').fill('-');
  await expect(page.getByTestId('ledger-group').first()).toContainText('已赋码');
  await shot(page, 'reports');

  // A file of all of it.
  await page.getByTestId('tab-all').click();
  const download = page.waitForEvent('download');
  await page.keyboard.press('F4');
  const file = readFileSync((await (await download).path()) ?? '', 'utf8');
  expect(file.startsWith('\uFEFF序号,')).toBe(true);
  expect(file).toContain('设备编号与登记信息不一致');
  expect(file).toContain('已另行办结');
});
