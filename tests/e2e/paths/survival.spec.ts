// What happened to the person before us must not happen again: a core that dies, a session that locks, and the work
// that was on the screen.
import type { Page } from '@playwright/test';
import { trainingPassword } from '../../../main/core/training/trainingLab.ts';
import { expect, test } from '../fixtures.ts';
import { before, chooseMachine, commissionOf, enter, received, sampleOf, scan, sign } from './steps.ts';

/** Same person again, after the core came back. */
async function enterAgain(page: Page): Promise<void> {
  const cover = page.getByTestId('session-ended-cover');
  await expect(cover).toBeVisible({ timeout: 20_000 });
  await expect(page.getByTestId('signin-password')).toBeFocused();
  await page.keyboard.type(trainingPassword);
  await page.keyboard.press('Enter');
  await expect(cover).toHaveCount(0);
}

async function type(page: Page, testId: string, text: string): Promise<void> {
  await page.getByTestId(testId).focus();
  await page.keyboard.type(text);
}

test('the core dies while a commission is typed: nothing typed is lost, before or after @bench', async ({
  app,
  page,
}) => {
  await enter(page, 'shouyang');
  await page.locator('#reception-project').focus();
  await page.keyboard.type('云岭花园');
  await expect(page.locator('.ant-select-item-option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  const input = commissionOf([sampleOf({ structurePart: '五层剪力墙' })]);
  for (const field of ['clientUnit', 'contractorUnit', 'supervisorUnit', 'witnessUnit'] as const) {
    await type(page, `reception-${field}`, input[field]);
  }
  await expect(page.getByTestId('draft-state')).toHaveText('草稿已保存');
  await type(page, 'reception-witnessName', '苏明');
  await app.kill();
  await type(page, 'reception-witnessCertNo', input.witnessCertNo);
  await type(page, 'reception-samplerName', '周立');
  await expect(page.getByTestId('draft-state')).toContainText('草稿暂未存上');
  await expect(page.getByTestId('banner-connection')).toContainText('断开');
  await app.restart();
  await enterAgain(page);
  await expect(page.getByTestId('reception-samplerName')).toHaveValue('周立');
  await expect(page.getByTestId('draft-state')).toHaveText('草稿已保存');

  // Even a window that is closed and opened again has it all.
  await page.reload();
  await expect(page.getByTestId('draft-restored')).toBeVisible();
  for (const field of ['clientUnit', 'witnessName', 'witnessCertNo', 'samplerName'] as const) {
    await expect(page.getByTestId(`reception-${field}`)).toHaveValue(input[field]);
  }
  const [sample] = input.samples;
  await type(page, 'sample-0-designGrade', sample!.properties['designGrade']!);
  for (const field of ['structurePart', 'madeOn', 'representedQuantity'] as const) {
    await type(page, `sample-0-${field}`, sample![field]!);
  }
  await page.getByTestId('sample-0-state').focus();
  await page.keyboard.press('F9');
  await expect(page.getByTestId('labels').locator('article')).toHaveCount(1);
});

test('the core dies in the middle of a run: finished runs are there, the rest is done after a new sign-in', async ({
  app,
}) => {
  const { samples } = await before(app.page, (as) => received(as));
  await enter(app.page, 'jiance');
  await chooseMachine(app.page, 'E001');
  await scan(app.page, samples[0]!.sampleNo);
  await type(app.page, 'bench-temperatureC', '20.5');
  await type(app.page, 'bench-humidityPercent', '61');
  await app.page.keyboard.press('Tab');
  await expect(app.page.getByTestId('bench-environment')).toContainText('已存入记录');
  await app.page.keyboard.press('F6');
  const first = app.page.getByTestId('specimen-1-load');
  await expect(first).toHaveText(/^\d{3}\.\d$/, { timeout: 20_000 });
  const peak = (await first.textContent()) ?? '';
  await expect(app.page.getByTestId('bench-phase')).toContainText('试件 2');
  await expect
    .poll(async () => Number(await app.page.getByTestId('bench-load').textContent()), { intervals: [50] })
    .toBeGreaterThan(100);
  await app.kill();
  await app.restart();

  const { page } = app;
  if (app.shell === 'bench') await enterAgain(page);
  else {
    await enter(page, 'jiance');
    await chooseMachine(page, 'E001');
  }
  await scan(page, samples[0]!.sampleNo);
  await expect(page.getByTestId('specimen-1-load')).toHaveText(peak);
  await expect(page.getByTestId('specimen-1')).toContainText('有效');
  await expect(page.getByTestId('run-invalid')).toHaveCount(1);
  await expect(page.getByTestId('bench-temperatureC')).toHaveValue('20.5');
  await expect(page.getByTestId('bench-channel')).toHaveAttribute('data-channel', 'open');
  await expect(page.getByTestId('bench-phase')).toContainText('试件 2 · 已就绪');
  await page.keyboard.press('F6');
  await expect(page.getByTestId('bench-missing')).toHaveText('可以签名', { timeout: 30_000 });
  await page.keyboard.press('F8');
  await sign(page);
  await expect(page.getByTestId('bench-missing')).toHaveText('已签名（检测）');
});

test('a locked screen keeps the form and gives it back to the same person', async ({ page }) => {
  await enter(page, 'shouyang');
  await type(page, 'reception-clientUnit', '云岭置业发展有限公司');
  await type(page, 'reception-remarks', '试块随车送到');
  await page.keyboard.press('Alt+l');
  const cover = page.getByTestId('lock-cover');
  await expect(cover).toBeVisible();
  await expect(page.getByTestId('unlock-password')).toBeFocused();
  await page.keyboard.type('not-my-password');
  await page.keyboard.press('Enter');
  await expect(cover.getByTestId('error-block')).toContainText('屏幕没有解锁，已填写的内容还在');
  await page.keyboard.type(trainingPassword);
  await page.keyboard.press('Enter');
  await expect(cover).toHaveCount(0);
  await expect(page.getByTestId('reception-clientUnit')).toHaveValue('云岭置业发展有限公司');
  await expect(page.getByTestId('reception-remarks')).toHaveValue('试块随车送到');
  await expect(page.getByTestId('reception-remarks')).toBeFocused();
});
