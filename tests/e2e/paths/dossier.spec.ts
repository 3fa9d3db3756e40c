// 档案: the equipment keeper enters checks with their proof by keys; a bad result takes the machine out of use; a wrong entry
// is withdrawn and stays readable.
import { readFileSync } from 'node:fs';
import { addDays } from '../../../shared/entities/scalars.ts';
import { expect, test } from '../fixtures.ts';
import { enter, today, typed } from './steps.ts';

test('a check that fails stops the machine, its entry is withdrawn and read, the list taken along @bench @page', async ({
  page,
}, testInfo) => {
  await page.setViewportSize({ width: 1366, height: 768 });
  await enter(page, 'shebei');
  await page.getByTestId('equipment-row').first().click();
  const machine = await page.getByTestId('dossier').getAttribute('data-key');
  await page.keyboard.press('F10');
  await expect(page.getByTestId('dossier-kind')).toBeFocused();
  await page.getByTestId('dossier-kind').selectOption('intermediateCheck');
  await page.getByTestId('dossier-title').focus();
  await typed(page, '标准测力仪三点核查');
  await page.keyboard.press('Tab');
  await typed(page, '何工');
  await page.getByTestId('dossier-nextOn').fill(addDays(today(), 20));
  await page.getByTestId('dossier-passed').check();
  await page.getByTestId('dossier-files').setInputFiles({
    name: '核查记录.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7\n% 核查\n%%EOF\n'),
  });
  await page.keyboard.press('F9');
  await expect(page.getByTestId('dossier-due')).toContainText('还有 20 天');
  await expect(page.getByTestId('dossier-entry')).toContainText('✓ 合格');
  const [proof] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '核查记录.pdf' }).click(),
  ]);
  expect(readFileSync(await proof.path(), 'utf8')).toContain('核查');

  await page.keyboard.press('F10');
  await page.getByTestId('dossier-kind').selectOption('intermediateCheck');
  await page.getByTestId('dossier-title').fill('示值误差 2.4 %，超过 1 %');
  await page.getByTestId('dossier-doneBy').fill('何工');
  await page.getByTestId('dossier-failed').check();
  await expect(page.getByTestId('dossier-form')).toContainText('保存后这台设备停用');
  await page.screenshot({ path: testInfo.outputPath('form.png') });
  await page.keyboard.press('F9');
  await expect(page.locator(`[data-testid="equipment-row"][data-key="${machine}"]`)).toContainText('停用');

  await page.keyboard.press('F6');
  await expect(page.getByTestId('status-label')).toHaveAttribute('data-state', '停用');
  await page.screenshot({ path: testInfo.outputPath('label.png') });
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('status-labels')).toHaveCount(0);

  await page.getByTestId('dossier-withdraw').first().click();
  await page.getByTestId('reason-text').fill('登错设备');
  await page.getByTestId('reason-confirm').click();
  await expect(page.getByTestId('dossier-entry').first()).toHaveAttribute('data-withdrawn', 'true');
  await expect(page.getByTestId('dossier-entry').first()).toContainText('已撤回：登错设备');
  await page.screenshot({ path: testInfo.outputPath('dossier.png') });
  const [table] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Control+s')]);
  expect(readFileSync(await table.path(), 'utf8')).toContain('登错设备');
});
