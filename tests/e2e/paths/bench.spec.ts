// 检测员: scan, press three cubes, sign. The hands are on the machine and the specimens, so the mouse is never needed.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { before, chooseMachine, curvePoints, enter, received, scan, sign, typed, watchMouse } from './steps.ts';

const load = async (page: Page): Promise<number> => Number(await page.getByTestId('bench-load').textContent());

/** A person at the machine presses the key again while the bench waits for a specimen. */
async function pressUntilDone(page: Page): Promise<void> {
  await expect(async () => {
    if (((await page.getByTestId('bench-phase').textContent()) ?? '').includes('就绪')) await page.keyboard.press('F6');
    await expect(page.getByTestId('bench-missing')).toHaveText('可以签名', { timeout: 1_500 });
  }).toPass({ timeout: 50_000 });
}

test('a scan opens the sample, three specimens run without the mouse, the signature asks for the password', async ({
  page,
}) => {
  const { samples } = await before(page, (as) => received(as, { sampleCode: 'QR-2F-0731' }));
  const mouse = await watchMouse(page);
  await enter(page, 'jiance');
  await chooseMachine(page, 'E001');

  // The focus is in a search field of another place; the scan opens the bench all the same.
  await page.keyboard.press('Alt+2');
  await page.keyboard.press('F4');
  await expect(page.getByTestId('record-search')).toBeFocused();
  await page.keyboard.type('滨江路');
  await scan(page, 'QR-2F-0731');
  await expect(page.getByTestId('bench-record')).toContainText(samples[0]!.sampleNo);
  await expect(page.getByTestId('bench-channel')).toHaveAttribute('data-channel', 'open');
  await expect(page.getByTestId('bench-missing')).toHaveText('还差 破坏荷载（试件 3 个）');

  // A scan into a field that is being filled in leaves the field as it was.
  await page.getByTestId('bench-temperatureC').focus();
  await typed(page, '20.5');
  await scan(page, 'QR-2F-0731');
  await expect(page.getByTestId('bench-temperatureC')).toHaveValue('20.5');
  await page.getByTestId('bench-humidityPercent').focus();
  await typed(page, '62');
  await page.keyboard.press('Tab');
  await expect(page.getByTestId('bench-environment')).toContainText('已存入记录');

  await page.keyboard.press('F6');
  await expect.poll(() => load(page), { intervals: [50] }).toBeGreaterThan(50);
  const low = await curvePoints(page, '.jt-load-curve canvas');
  await expect.poll(() => load(page), { intervals: [50] }).toBeGreaterThan(250);
  await expect.poll(() => curvePoints(page, '.jt-load-curve canvas'), { intervals: [50] }).toBeGreaterThan(low + 100);
  await expect(page.getByTestId('bench-missing')).toHaveText('可以签名', { timeout: 45_000 });
  for (const specimen of [1, 2, 3]) {
    await expect(page.getByTestId(`specimen-${specimen}-load`)).toHaveText(/^\d{3}\.\d$/);
    await expect(page.getByTestId(`specimen-${specimen}-strength`)).toHaveText(/^\d\d\.\d$/);
  }
  const value = (await page.getByTestId('record-representative').textContent()) ?? '';
  expect(value).toMatch(/^\d\d\.\d$/);

  await page.keyboard.press('F8');
  await sign(page, 'not-my-password');
  await expect(page.getByTestId('error-block')).toContainText('没有签名，内容没有变化');
  await expect(page.getByTestId('record-representative')).toHaveText(value);
  await sign(page);
  await expect(page.getByTestId('bench-missing')).toHaveText('已签名（检测）');
  expect(await mouse()).toBe(0);
});

test('a machine whose calibration ended yesterday is refused in words @page', async ({ page }) => {
  const { samples } = await before(page, (as) => received(as));
  await enter(page, 'jiance');
  await chooseMachine(page, 'E002');
  await expect(page.getByTestId('place-bench')).toContainText('检定已过期 1 天');
  await scan(page, samples[0]!.sampleNo);
  const refusal = page.getByTestId('error-block');
  await expect(refusal).toContainText('E002');
  await expect(refusal).toContainText(/检定|校准/);
  await expect(refusal).toContainText('没有开始检测');
  await expect(refusal).toContainText('怎么办');
  await expect(page.getByTestId('bench-record')).toHaveCount(0);
  // The machine beside it takes the same sample.
  await chooseMachine(page, 'E001');
  await expect(page.getByTestId('bench-record')).toContainText(samples[0]!.sampleNo);
});

test('a cable pulled in the middle of a run marks that run, and the specimen is repeated', async ({ page }) => {
  const { samples } = await before(page, (as) => received(as, { designGrade: 'C30' }));
  await enter(page, 'jiance');
  await chooseMachine(page, 'E001');
  await scan(page, samples[0]!.sampleNo);
  await expect(page.getByTestId('bench-channel')).toHaveAttribute('data-channel', 'open');
  await expect(page.getByTestId('bench-phase')).toContainText('就绪');
  await page.keyboard.press('F6');
  await expect.poll(() => load(page), { intervals: [50] }).toBeGreaterThan(150);
  await page.keyboard.press('Control+F6');
  await expect(page.getByTestId('bench-channel')).toHaveAttribute('data-channel', 'reconnecting');
  await expect(page.getByTestId('bench-channel')).toContainText('断线');
  const cut = page.getByTestId('run-invalid');
  await expect(cut).toHaveCount(1);
  await expect(cut).toContainText('无效');
  await expect(cut).toContainText('连接断开');
  await page.keyboard.press('Control+F7');
  await expect(page.getByTestId('bench-channel')).toHaveAttribute('data-channel', 'open', { timeout: 20_000 });

  await page.getByTestId('bench-temperatureC').focus();
  await page.keyboard.type('21.0');
  await page.getByTestId('bench-humidityPercent').focus();
  await page.keyboard.type('60');
  await page.keyboard.press('Tab');
  await pressUntilDone(page);
  await expect(cut).toHaveCount(1);
  await expect(page.getByTestId('specimen-1-load')).toHaveText(/^\d{3}\.\d$/);
  await expect(page.getByTestId('specimen-1')).toContainText('有效');
  await expect(page.getByTestId('specimen-3')).toContainText('有效');
});
