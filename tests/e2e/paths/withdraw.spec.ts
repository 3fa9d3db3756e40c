// Two ways that the window had not: a change order that the platform refused is withdrawn with the platform's words left
// standing, and premises are entered beside people.
import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { trainingPassword } from '../../../main/core/training/trainingLab.ts';
import { expect, test } from '../fixtures.ts';
import { before, coded, enter, leave, received } from './steps.ts';

const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['JIANTAI_LEDGER_SHOTS'];
  if (folder === undefined) return;
  await page.evaluate(() => document.fonts.ready);
  writeFileSync(`${folder}/${name}.png`, await page.screenshot({ animations: 'disabled' }));
};

test('a refused change order is withdrawn by the one who approves; premises are entered and approved @bench', async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000);
  const made = await before(page, async (as) => {
    const { url } = await (await as('admin')).call('training.console', {});
    return { url, reportNo: await coded(as, await received(as, { structurePart: '三层梁板' })) };
  });
  const supervisor = await (await browser.newContext()).newPage();
  await supervisor.goto(made.url);
  await supervisor.goto(new URL('/console/rules', made.url).href);
  const form = supervisor.locator('form[action$="rule.add"]');
  await form.locator('[name="kind"]').selectOption('change-order');
  await form.locator('[name="code"]').selectOption('VALIDATION');
  await form.locator('[name="message"]').fill('证明材料缺公章');
  await form.locator('[name="times"]').fill('-1');
  await form.locator('[name="reason"]').fill('培训');
  await form.locator('button').last().click();
  await expect(supervisor.locator('body')).toContainText('已完成');

  const { reportNo } = made;
  await before(page, async (as) => {
    const evidence = [{ fileName: '来函.pdf', bytesBase64: Buffer.from('%PDF-1.7\n%%EOF\n').toString('base64') }];
    const quality = await as('zhiliang');
    const order = await quality.call('changes.apply', { reportNo, reason: '委托单位来函更正', fields: [{ field: 'clientUnit', newValue: '云岭城建集团有限公司' }], evidence, witness: '苏明' }); // prettier-ignore
    const signatory = await as('pizhun');
    await signatory.call('changes.approve', { changeNo: order.changeNo, digest: order.digest, password: trainingPassword }); // prettier-ignore
    await expect
      .poll(async () => (await signatory.call('reports.history', { reportNo })).refusedOrder?.mayWithdraw ?? 'none', {
        timeout: 40_000,
      }) // prettier-ignore
      .toBe('none');
    await expect
      .poll(async () => (await signatory.call('reports.history', { reportNo })).refusedOrder, { timeout: 40_000 })
      .not.toBeNull();
  });
  await enter(page, 'pizhun');
  await page.getByTestId('nav-reports').click();
  await page.getByTestId('tab-recent').click();
  await page.locator(`[data-testid=report-row][data-key="${reportNo}#1"]`).click();
  await expect(page.getByTestId('change-refused')).toContainText('VALIDATION 证明材料缺公章');
  await shot(page, 'withdraw-before');
  await page.keyboard.press('F4');
  await page.keyboard.press('Alt+1');
  await shot(page, 'withdraw-dialog');
  await page.getByTestId('reason-confirm').click();
  await expect(page.getByTestId('timeline-withdrawal')).toContainText('平台答复：VALIDATION 证明材料缺公章');
  await expect(page.getByTestId('change-refused')).toHaveCount(0);
  await shot(page, 'withdraw-after');
  await leave(page);

  await enter(page, 'zhiliang');
  await page.getByTestId('nav-people').click();
  await page.keyboard.press('F6');
  await expect(page.getByTestId('place-premises')).toContainText('没有登记检测场所');
  await page.keyboard.press('F2');
  await page.getByTestId('registration-localId').fill('CS-1');
  await page.getByTestId('registration-name').fill('力学室');
  await page.getByTestId('registration-address').fill('广东省云岭市云岭区检测路 8 号 101');
  await page.keyboard.press('Alt+1');
  await shot(page, 'premises-form');
  await page.getByTestId('registration-save').click();
  await expect(page.getByTestId('premises-row')).toContainText('平台已批准', { timeout: 40_000 });
  await expect(page.getByTestId('registration-history')).toContainText('已批准', { timeout: 20_000 });
  await shot(page, 'premises-list');
  await supervisor.context().close();
});
