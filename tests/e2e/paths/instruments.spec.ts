// 设备管理员: a balance on a cable is found, read, compared with its display, zeroed and taken into use; what is wrong on
// the way is said. The balance is a program of its own on a pseudo-terminal and knows nothing of this one.
import type { Page } from '@playwright/test';
import { simulate, type Simulated } from '../../support/simulated.ts';
import { expect, test } from '../fixtures.ts';
import { enter } from './steps.ts';

const shots = process.env['JIANTAI_WIZARD_SHOTS'];
const shot = async (page: Page, name: string): Promise<void> => {
  if (shots === undefined) return;
  for (const [width, height] of [
    [1366, 768],
    [1024, 700],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${shots}/${name}-${width}.png`, animations: 'disabled' });
  }
};

let balance: Simulated;
test.beforeEach(async () => {
  balance = await simulate('sics');
  await balance.tell('weight 52.34');
});
test.afterEach(() => balance.stop());

async function openWizard(page: Page, equipmentId: string): Promise<void> {
  await enter(page, 'shebei');
  await page.locator(`[data-testid="equipment-row"][data-key="${equipmentId}"]`).click();
  await expect(page.getByTestId('connection')).toHaveAttribute('data-state', 'none');
  await page.keyboard.press('F4');
  await expect(page.getByTestId('step-port')).toBeVisible();
}

test('a balance is taken into use: found, compared, zeroed, on record @bench', async ({ page }) => {
  await openWizard(page, 'E005');
  await page.getByTestId('wizard-path').fill(balance.path);
  await shot(page, '1-port');
  await page.keyboard.press('F8');

  await page.getByTestId('probe-start').click();
  const found = page.getByTestId('probe-candidates');
  await expect(found).toContainText('MT-SICS', { timeout: 30_000 });
  await shot(page, '2-probe');
  await page.getByTestId('probe-take').first().click();
  await page.keyboard.press('F8');
  await expect(page.getByTestId('wizard-driver')).toHaveValue('mt-sics');
  await expect(page.getByTestId('wizard-reading')).toHaveText('52.34');
  await shot(page, '3-driver');
  await page.keyboard.press('F8');
  await expect(page.getByTestId('wizard-raw')).toContainText('S S      52.34 g');
  await shot(page, '4-raw');
  await page.keyboard.press('F8');

  // The wrong figure is refused with both, and one cannot go on.
  await page.getByTestId('display-shown').fill('5.234');
  await page.getByTestId('display-unit').selectOption('g');
  await page.getByTestId('display-shown').press('Enter');
  const refusal = page.getByTestId('error-block');
  await expect(refusal).toContainText('5.234 g');
  await expect(refusal).toContainText('52.34 g');
  await expect(page.getByTestId('wizard-next')).toBeDisabled();
  await shot(page, '5-display-refused');
  await page.getByTestId('display-shown').fill('52.34');
  await page.getByTestId('display-shown').press('Enter');
  await expect(page.getByTestId('display-confirmed')).toContainText('一致');
  await page.keyboard.press('F8');

  // A load that is still on is no zero.
  await page.getByTestId('zero-range').fill('0～220 g');
  await page.getByTestId('zero-check').click();
  await expect(page.getByTestId('error-block')).toContainText('±0.44 g');
  await balance.tell('weight 0.00');
  await expect(page.getByTestId('wizard-reading')).toHaveText('0.00');
  await page.getByTestId('zero-check').click();
  await expect(page.getByTestId('zero-checked')).toBeVisible();
  await shot(page, '6-zero');
  await page.keyboard.press('F8');

  await page.getByTestId('record-certificateNo').fill('JZ-2026-0018');
  await page.getByTestId('record-accuracyClass').fill('Ⅰ 级');
  await expect(page.getByTestId('record-rangeText')).toHaveValue('0～220 g');
  await shot(page, '7-record');
  await page.getByTestId('record-store').click();

  await expect(page.getByTestId('connection')).toHaveAttribute('data-state', 'confirmed');
  const record = page.getByTestId('commissioning');
  await expect(record).toHaveCount(1);
  await expect(record).toContainText('显示 52.34 g，收到 52.34 g');
  await record.locator('summary').click();
  await expect(record).toContainText('B123456789');
  await expect(record).toContainText('JZ-2026-0018');
  await shot(page, '8-history');
  expect(balance.changed()).toBe('');
});

test('closing in the middle keeps what was chosen; silence and a pulled cable are said @bench', async ({ page }) => {
  await openWizard(page, 'E006');
  await page.getByTestId('wizard-path').fill(balance.path);
  await page.getByTestId('wizard-go-driver').click();
  await page.getByTestId('wizard-driver').selectOption('mt-sics');
  await expect(page.getByTestId('wizard-reading')).toHaveText('52.34');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('wizard')).toHaveCount(0);
  await page.keyboard.press('F4');
  await expect(page.getByTestId('wizard-driver')).toHaveValue('mt-sics');
  await expect(page.getByTestId('wizard-reading')).toHaveText('52.34');

  await balance.tell('mute');
  await expect(page.getByTestId('wizard-trouble')).toHaveAttribute('data-code', 'silent');
  await expect(page.getByTestId('wizard-reading')).toHaveText('—');
  await shot(page, '9-silent');
  await balance.tell('pull');
  await expect(page.getByTestId('wizard-trouble')).toHaveAttribute('data-code', 'lost');
  await page.getByTestId('wizard-go-display').click();
  await page.getByTestId('display-shown').fill('52.34');
  await page.getByTestId('display-unit').selectOption('g');
  await page.getByTestId('display-shown').press('Enter');
  await expect(page.getByTestId('error-block')).toBeVisible();
});

test('a press that streams lines: its columns are said in a form, beside what arrives @bench', async ({ page }) => {
  const press = await simulate('press');
  try {
    await press.tell('weight 452.7');
    await openWizard(page, 'E001');
    await page.getByTestId('wizard-path').fill(press.path);
    await page.keyboard.press('F8');
    await page.getByTestId('probe-start').click();
    const shaped = page.getByTestId('probe-candidates').locator('tr', { hasText: '每行 4 列' });
    await expect(shaped).toBeVisible({ timeout: 30_000 });
    await shaped.getByTestId('probe-take').click();
    await page.keyboard.press('F8');
    await expect(page.getByTestId('wizard-profile')).toContainText('必须有且只有一列');
    const roles = ['seq', 'time', 'load', 'displacement'];
    for (const [index, role] of roles.entries()) {
      await page.getByTestId(`profile-columns.${index}.role`).selectOption(role);
    }
    await expect(page.getByTestId('wizard-reading')).toHaveText('452.7');
    await expect(page.getByTestId('wizard-profile')).not.toContainText('必须有且只有一列');
    await shot(page, '10-line-profile');
    await page.getByTestId('wizard-driver').selectOption('frame-profile');
    await shot(page, '11-frame-profile');
    await page.getByTestId('wizard-driver').selectOption('modbus');
    await page.getByTestId('profile-add-values').click();
    await shot(page, '12-modbus');
    // Another look loses nothing.
    await page.getByTestId('wizard-driver').selectOption('line-profile');
    await expect(page.getByTestId('profile-columns.2.role')).toHaveValue('load');
  } finally {
    await press.stop();
  }
});
