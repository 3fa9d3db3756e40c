// 审计 as a quality manager works with it, by keyboard: verification with its result kept, the platform's witness, the head
// on a printed report, the history of a record in plain words, the bundle for an inspector, what was let pass.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { before, coded, enter, pressed, received } from './steps.ts';
import { trainingPassword } from '../../../main/core/training/trainingLab.ts';

const pictures = process.env['JIANTAI_PICTURES'];
async function picture(page: Page, name: string): Promise<void> {
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' });
}

test('what happened to a record, and that nothing else did @bench', async ({ page }, testInfo) => {
  test.setTimeout(180_000);
  const { recordNo, reportNo } = await before(page, async (as) => {
    const issued = await coded(as, await received(as));
    const open = await pressed(as, await received(as, { structurePart: '二层梁' }));
    const technician = await as('jiance');
    await technician.call('bench.repeat', { runNo: open.runs[0]!.runNo, reason: '试件偏心' });
    await technician.call('bench.environment', {
      recordNo: open.recordNo,
      environment: { temperatureC: '21.0', humidityPercent: '60' },
    });
    return { recordNo: open.recordNo, reportNo: issued };
  });
  await enter(page, 'zhiliang');
  await page.getByTestId('nav-audit').click();
  await expect(page.getByTestId('place-audit')).toContainText('还没有校验过');

  await page.keyboard.press('F9');
  await expect(page.getByTestId('audit-result')).toHaveAttribute('data-ok', 'true', { timeout: 30_000 });
  await expect(page.getByTestId('audit-result')).toContainText('谭敏仪');
  await expect(page.getByTestId('audit-result')).toContainText('结构摘要');
  await page.keyboard.press('F8');
  await expect(page.getByTestId('audit-witness')).toHaveAttribute('data-ok', 'true', { timeout: 30_000 });
  await expect(page.getByTestId('audit-witness')).toContainText('平台证实 1 份');

  await page.keyboard.press('F2');
  await page.getByTestId('audit-head').fill('0123 4567 89ab cdef');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('audit-head-said')).toHaveAttribute('data-found', 'false');
  await picture(page, 'audit-verify');
  // The result is still there when the page is opened again.
  await page.keyboard.press('Alt+3');
  await page.getByTestId('nav-audit').click();
  await expect(page.getByTestId('audit-result')).toContainText('全部一致');

  await page.keyboard.press('F3');
  await page.getByTestId('audit-key').fill(recordNo);
  await page.keyboard.press('Enter');
  const history = page.getByTestId('audit-history');
  await expect(history).toContainText('温度（℃）');
  await expect(history.locator('s').filter({ hasText: '20.5' })).toBeVisible();
  await expect(history).not.toContainText('{');
  await history.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(history).toContainText('合规检查');
  await picture(page, 'audit-history');

  await page.keyboard.press('F4');
  await page.getByTestId('bundle-records').fill(recordNo);
  await page.getByTestId('bundle-reason').fill('2026 年飞行检查');
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  await expect(page.getByTestId('bundle-made')).toContainText('已导出');
  const fingerprint = await page.getByTestId('bundle-fingerprint').innerText();
  await picture(page, 'audit-bundle');
  const folder = testInfo.outputPath('bundle');
  for (const [path, bytes] of Object.entries(unzipSync(readFileSync(await download.path())))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  const said = execFileSync(process.execPath, [join(folder, 'verify.mjs'), folder, '--key', fingerprint], { encoding: 'utf8' }); // prettier-ignore
  expect(said).toContain('✓ 全部一致');

  await page.getByTestId('overrides').scrollIntoViewIfNeeded();
  await picture(page, 'audit-overrides');
  expect(reportNo).toMatch(/^BG/);
});

test('the corrections of a record stand on its sheet, with who agreed @bench', async ({ page }) => {
  test.setTimeout(120_000);
  const recordNo = await before(page, async (as) => {
    const open = await pressed(as, await received(as));
    const technician = await as('jiance');
    await technician.call('bench.environment', {
      recordNo: open.recordNo,
      environment: { temperatureC: '21.0', humidityPercent: '60' },
    });
    const { digest } = await technician.call('records.get', { recordNo: open.recordNo });
    await technician.call('records.signTest', { recordNo: open.recordNo, digest, password: trainingPassword });
    return open.recordNo;
  });
  await enter(page, 'jiaohe');
  await page.getByTestId('record-row').filter({ hasText: recordNo }).dblclick();
  const changes = page.getByTestId('record-modifications');
  await expect(changes).toContainText('温度（℃）');
  await expect(changes).toContainText('批准人');
  await page.getByTestId('record-history').click();
  await expect(page.getByTestId('audit-history')).toContainText('新建');
  await page.getByTestId('record-modifications').scrollIntoViewIfNeeded();
  await picture(page, 'record-history');
});
