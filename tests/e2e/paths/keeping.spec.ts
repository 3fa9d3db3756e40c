// 系统管理员 and 设备管理员: who may enter, when a screen locks, which machine may be used.
import { expect, test } from '../fixtures.ts';
import { before, chooseMachine, enter, leave, received, scan } from './steps.ts';

test('the administrator makes a user and changes the idle lock @page', async ({ page }) => {
  await enter(page, 'admin');
  await page.getByTestId('setting-idle').fill('30');
  await page.getByTestId('setting-idle-save').click();
  await expect(page.getByTestId('reason-text')).toBeFocused();
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('place-settings')).toContainText('30 分钟无操作');

  await page.getByTestId('user-create').click();
  await expect(page.getByTestId('user-username')).toBeFocused();
  await page.keyboard.type('he.wanyi');
  await page.locator('#user-person').focus();
  await page.keyboard.type('何婉仪');
  await expect(page.locator('.ant-select-item-option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await page.locator('#user-roles').focus();
  await page.keyboard.type('检测员');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.getByTestId('user-password').fill('he-wanyi-2026');
  await page.getByTestId('user-confirm').click();
  await expect(page.getByTestId('users')).toContainText('he.wanyi');
  await leave(page);

  await enter(page, 'he.wanyi', 'he-wanyi-2026');
  await expect(page.getByTestId('nav-user')).toHaveText('何婉仪');
  await expect(page.getByTestId('place-bench')).toBeVisible();
  await expect(page.getByTestId('nav-settings')).toHaveCount(0);
});

test('a machine that the equipment keeper stopped is refused at the bench @page', async ({ page }) => {
  const { samples } = await before(page, (as) => received(as));
  await enter(page, 'shebei');
  await expect(page.getByTestId('equipment-row')).toHaveCount(14);
  await page.getByRole('grid', { name: '设备' }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('reason-text')).toBeFocused();
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('equipment-row').first()).toContainText('停用');
  await leave(page);

  await enter(page, 'jiance');
  await chooseMachine(page, 'E001');
  await scan(page, samples[0]!.sampleNo);
  const refusal = page.getByTestId('error-block');
  await expect(refusal).toContainText('停用');
  await expect(refusal).toContainText('没有开始检测');
  await expect(page.getByTestId('bench-record')).toHaveCount(0);
});
