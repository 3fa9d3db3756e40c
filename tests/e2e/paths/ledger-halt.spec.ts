// What everybody sees of the upload as a whole: access refused stops it with one banner, in the platform's words; put right,
// the backlog goes with a progress line; and the supervisor's console that did it, as the trainer opens it.
import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { before, checked, enter, received } from './steps.ts';

const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['JIANTAI_LEDGER_SHOTS'];
  if (folder === undefined) return;
  await page.evaluate(() => document.fonts.ready);
  writeFileSync(`${folder}/${name}.png`, await page.screenshot({ animations: 'disabled' }));
};

test('refused access stops the upload with one banner; put right, the backlog goes with a progress line @bench', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  const made = await before(page, async (as) => {
    const { url } = await (await as('admin')).call('training.console', {});
    await checked(as, await received(as, { designGrade: 'C30', structurePart: '一层柱' }));
    return { url };
  });
  // As the trainer sees it: the console in a window of its own.
  const console_ = await (await browser.newContext({ viewport: { width: 1366, height: 768 } })).newPage();
  await console_.goto(made.url);
  await expect(console_.locator('body')).toContainText('委托');
  await shot(console_, 'console-overview');
  const setFault = async (name: string, value: string): Promise<void> => {
    await console_.goto(new URL('/console/faults', made.url).href);
    await console_.locator(`input[name="${name}"]`).fill(value);
    await console_.locator('form[action$="faults.set"] input[name="reason"]').fill('培训');
    if (name === 'latencyMs') await shot(console_, 'console-faults');
    await console_.getByRole('button', { name: '设置开关' }).click();
    await expect(console_.locator('body')).toContainText('已完成');
  };
  await setFault('signatureRefused', '-1');

  await before(page, async (as) => {
    for (let count = 1; count <= 12; count += 1)
      await received(as, { designGrade: 'C30', structurePart: `${count + 1} 层墙柱` });
  });
  await enter(page, 'zhiliang');
  await page.getByTestId('nav-ledger').click();
  const halt = page.getByTestId('sync-halt');
  await expect(halt).toBeVisible({ timeout: 40_000 });
  await expect(halt).toContainText('BAD_SIGNATURE');
  await expect(page.getByTestId('sync-standing')).toHaveAttribute('data-engine', 'halted');
  await expect(page.getByTestId('banner-connection')).toHaveAttribute('data-connection', 'stopped');
  await expect(page.getByTestId('ledger-row').first()).toBeVisible();
  await shot(page, 'ledger-halt');

  await setFault('signatureRefused', '0');
  await setFault('latencyMs', '400');
  await page.keyboard.press('F6');
  await expect(halt).toBeHidden({ timeout: 20_000 });
  const progress = page.getByTestId('sync-progress');
  await expect(progress).toBeVisible({ timeout: 20_000 });
  await expect(progress).toContainText('正在上传：已接收');
  await shot(page, 'ledger-progress');
  await setFault('latencyMs', '0');
  await expect(progress).toBeHidden({ timeout: 60_000 });
  await expect(page.getByTestId('banner-waiting')).toContainText('待上传 0');
  await console_.goto(new URL('/console/log', made.url).href);
  await expect(console_.locator('body')).toContainText('培训');
  await shot(console_, 'console-log');
  await console_.context().close();
});
