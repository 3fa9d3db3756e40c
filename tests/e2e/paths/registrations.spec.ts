// 登记: the equipment keeper enters a machine by keyboard, what is wrong is refused with everything typed still there, and
// the approved machine stands in the list once, with its history.
import { expect, signIn, test } from '../fixtures.ts';
import { typed } from './steps.ts';

test('a machine is entered by keyboard, approved by the platform, and listed once @page', async ({ page }) => {
  await signIn(page, 'shebei', 'jiantai-2026');
  await page.getByTestId('nav-equipment').click();
  await expect(page.getByTestId('equipment-row').first()).toBeVisible();
  await page.keyboard.press('F2');
  await expect(page.getByTestId('registration-localId')).toBeFocused();
  const save = page.getByTestId('registration-save');
  await expect(save).toBeDisabled();
  // A number that is taken: refused in words, and nothing of the form is lost.
  await page.getByTestId('registration-localId').fill('E001');
  await page.getByTestId('registration-name').fill('数显式压力试验机');
  await page.getByTestId('registration-model').fill('YAW-2000B');
  await page.getByTestId('registration-serial').fill('SN-9001');
  await page.getByTestId('registration-certificateNo').fill('LX-2026-90001');
  await page.getByTestId('registration-startDate').fill('2026-11-01');
  await page.locator('#registration-items').click();
  await typed(page, 'HNT-KY');
  // The list is the lab's own and comes with the working set.
  await expect(page.locator('.ant-select-item-option-active')).toContainText('HNT-KY');
  await page.keyboard.press('Enter');
  await expect(page.locator('.ant-select-selection-item')).toContainText('HNT-KY');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+1');
  await expect(page.getByTestId('registration-reason')).toHaveValue('新购设备');
  await save.click();
  await expect(page.getByTestId('error-block')).toContainText('编号 E001 已经有设备使用');
  await expect(page.getByTestId('registration-serial')).toHaveValue('SN-9001');
  await page.getByTestId('registration-localId').fill('YQ-101');
  await page.getByTestId('registration-localId').press('Enter');
  await expect(save).toHaveCount(0);
  const row = page.locator('[data-testid="equipment-row"][data-key="YQ-101"]');
  await expect(row).toContainText('在用');
  await expect(page.getByTestId('registration-history')).toContainText('已批准');
  await expect(page.getByTestId('registration-history')).toContainText('LX-2026-90001');
  // The platform's own row for it is the same machine.
  await expect(page.locator('[data-testid="equipment-row"]', { hasText: '数显式压力试验机' })).toHaveCount(1);
});
