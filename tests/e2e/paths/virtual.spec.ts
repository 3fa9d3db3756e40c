// 设备管理员 in training: a virtual instrument is plugged in by key, used, disturbed, seen by the wizard like an adapter, and
// taken away.
import { expect, test } from '../fixtures.ts';
import { enter, typed } from './steps.ts';

test('a virtual scale is plugged in by key, weighs, goes wrong, and stands among the ports of the wizard @bench', async ({
  page,
}, testInfo) => {
  await enter(page, 'shebei');
  await expect(page.getByTestId('equipment-row')).toHaveCount(14);
  await page.getByRole('grid', { name: '设备' }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('F8');
  const kind = page.getByTestId('virtual-kind');
  await expect(kind).toBeFocused();
  await expect(kind.locator('option')).toHaveCount(28);
  await kind.selectOption('keli');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const row = page.getByTestId('virtual-VIRTUAL-keli-1');
  await expect(row).toContainText('已插上');
  await expect(row).toContainText('虚拟称重仪表（柯力）');
  await page.getByTestId('virtual-value-VIRTUAL-keli-1').focus();
  await typed(page, '52.34');
  await page.keyboard.press('Enter');
  const fault = page.getByTestId('virtual-fault-VIRTUAL-keli-1');
  await fault.selectOption('overload');
  await fault.focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(row).toContainText('已发生：超量程');
  await kind.selectOption('jianyi');
  await kind.focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('virtual-VIRTUAL-jianyi-1')).toContainText('试件在检测台按 F6 放入');
  await page.screenshot({ path: testInfo.outputPath('virtual.png') });
  await page.keyboard.press('Escape');
  await expect(kind).toHaveCount(0);
  await page.keyboard.press('F4');
  await expect(page.getByTestId('wizard-port').filter({ hasText: '虚拟称重仪表（柯力）' })).toHaveCount(1);
  await page.screenshot({ path: testInfo.outputPath('wizard.png') });
});
