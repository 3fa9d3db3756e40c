// 温湿度: the rooms live by the wall clock, so this lab's machines do not run faster than time. Looked at by the quality
// manager; a record of the technician takes the laboratory's values by itself.
import { readFile } from 'node:fs/promises';
import { expect, test } from '../fixtures.ts';
import { before, chooseMachine, enter, leave, received, scan } from './steps.ts';

test.use({ virtualSpeed: 1 });

test('the rooms are seen, looked back at, given out as a table, and believed @bench', async ({ app, page }) => {
  await enter(page, 'zhiliang');
  await page.getByTestId('nav-climate').click();
  // Each room's meter is silent for some minutes of the day, never both at once.
  const figures = page.locator('[data-testid^="climate-temperature-"]').filter({ hasText: /^\d{2}\.\d$/u });
  await expect(figures.first()).toBeVisible();
  await expect(page.getByTestId('climate-room-lab')).toHaveAttribute('data-condition', /inside|outside|missing/u);
  // The day before is whole: an excursion and a gap are in it.
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.getByTestId('climate-span')).toContainText('缺失 12 分钟');
  await expect(page.getByTestId('climate-gap').first()).toBeVisible();
  const download = page.waitForEvent('download');
  await page.keyboard.press('F8');
  const text = await readFile(await (await download).path(), 'utf8');
  expect(text.startsWith('\uFEFF标准养护室温湿度记录')).toBe(true);
  expect(text.split('\r\n').length).toBeGreaterThan(1400);
  expect(text).toContain('没有读数');
  await page.keyboard.press('F4');
  await expect(page.getByTestId('climate-minute').first()).toContainText('正常');
  await page.keyboard.press('F6');
  await expect(page.getByTestId('climate-alarm').first()).toContainText('标准养护室');

  await page.keyboard.press('F9');
  await page.getByTestId('climate-alarmMinutes').fill('9');
  await page.getByTestId('reason-text').fill('按作业指导书');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('reason-text')).toHaveCount(0);
  await page.keyboard.press('F9');
  await expect(page.getByTestId('climate-alarmMinutes')).toHaveValue('9');
  await page.keyboard.press('Escape');

  await page.getByTestId('nav-audit').click();
  await page.keyboard.press('F9');
  await expect(page.getByTestId('audit-result')).toHaveAttribute('data-ok', 'true', { timeout: 30_000 });
  expect(app.log()).not.toContain('"level":"error"');
});

test('a record takes the laboratory’s values of its minute; others need a reason, and both are kept @bench', async ({
  page,
}) => {
  const { samples } = await before(page, (as) => received(as));
  await enter(page, 'jiance');
  await expect(page.getByTestId('bench-rooms')).toContainText('试验室');
  await chooseMachine(page, 'E001');
  await scan(page, samples[0]!.sampleNo);
  const environment = page.getByTestId('bench-environment');
  await expect(environment).toContainText('来源：温湿度记录仪（试验室');
  const field = page.getByTestId('bench-temperatureC');
  const measured = await field.inputValue();
  expect(measured).toMatch(/^\d{2}\.\d$/u);
  await field.fill('23.9');
  await field.press('Enter');
  await page.getByTestId('bench-humidityPercent').press('Enter');
  await page.getByTestId('reason-text').fill('以现场温湿度计为准');
  await page.keyboard.press('Enter');
  await expect(environment).toContainText(`人工填写；记录仪`);
  await expect(environment).toContainText(`${measured} ℃`);
  await expect(field).toHaveValue('23.9');
  await leave(page);
});
