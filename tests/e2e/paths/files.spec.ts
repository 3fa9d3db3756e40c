// Readings from an instrument's file: a rebound hammer's export looked at, its faults seen, taken into the record, read
// again, and its watched folder set up by the equipment keeper.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { methodById } from '../../../shared/methods/index.ts';
import { expect, test } from '../fixtures.ts';
import { before, chooseMachine, enter, leave, receivedOf, scan, today, typed, watchMouse } from './steps.ts';

const rebound = () => {
  const method = methodById('rebound');
  const described = method.fields.filter(({ at, optional }) => at === 'reception' && optional !== true);
  return {
    itemCode: method.itemCode ?? '',
    parameterCodes: method.parameters.map(({ code }) => code),
    name: '混凝土构件',
    properties: Object.fromEntries(
      described.map((field) => [
        field.name,
        field.kind === 'choice' ? (field.options[0]?.value ?? '') : (field.usual ?? 'C30'),
      ]),
    ),
  };
};
const headings = [
  '样品编号',
  '测区',
  '测试时间',
  ...Array.from({ length: 16 }, (_, index) => `R${index + 1}`),
  '角度',
  '测试面',
];
const zone = (sampleNo: string, no: number, first = '38'): string[] => [
  sampleNo, String(no), `${today()} 00:01`, first, ...Array.from({ length: 15 }, (_, index) => String(34 + ((index * 5 + no) % 9))), '水平', '侧面',
]; // prettier-ignore
const fileOf = (rows: readonly string[][]): string =>
  `\ufeff${[headings, ...rows].map((row) => row.join(',')).join('\r\n')}\r\n`;

async function openAtHammer(page: Page, sampleNo: string): Promise<void> {
  await enter(page, 'jiance');
  await chooseMachine(page, 'E008');
  await scan(page, sampleNo);
  await expect(page.getByTestId('bench-record')).toContainText(sampleNo);
}

test('a hammer’s file: previewed with its faults, taken by keyboard, known again, its readings in the record @bench', async ({
  page,
  app,
}) => {
  const commission = await before(page, (as) => receivedOf(as, rebound()));
  const { sampleNo } = commission.samples[0]!;
  const path = join(app.dataFolder, '回弹 导出.csv');
  writeFileSync(
    path,
    fileOf([1, 2, 3].map((no) => zone(sampleNo, no)).concat([zone(sampleNo, 4, '85'), zone('别的样品', 1)])),
  );
  await openAtHammer(page, sampleNo);
  const mouse = await watchMouse(page);
  await page.keyboard.press('Control+o');
  await expect(page.getByTestId('file-choose')).toBeInViewport({ ratio: 1 });
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('F6')]);
  await chooser.setFiles(path);

  const summary = page.getByTestId('file-summary');
  await expect(summary).toContainText('5 行');
  await expect(summary).toContainText('可取 54 个读数');
  await expect(page.getByTestId('file-take')).toBeInViewport({ ratio: 1 });
  await expect(page.getByTestId('file-line').first()).toContainText('不是混凝土的回弹值');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('file-dialog')).toHaveCount(0);
  await expect(page.getByTestId('entry-rebound_R-2-1')).toHaveValue('38');
  await expect(page.getByTestId('entry-rebound_R-4-1')).toHaveValue('');
  expect(await mouse()).toBe(0);

  // The same file again is known; a changed one asks for its reason.
  await page.keyboard.press('Control+o');
  await page.getByTestId('file-picker').setInputFiles(path);
  await expect(page.getByTestId('file-before')).toContainText('以前取入过');
  await expect(page.getByTestId('file-take')).toBeDisabled();
  writeFileSync(path, fileOf([zone(sampleNo, 1, '41')]));
  await page.getByTestId('file-picker').setInputFiles(path);
  await expect(summary).toContainText('更正 1 处');
  await expect(page.getByTestId('file-take')).toBeDisabled();
  await page.getByTestId('file-reason').focus();
  await typed(page, '仪器重新导出');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('file-dialog')).toHaveCount(0);
  await expect(page.getByTestId('entry-rebound_R-1-1')).toHaveValue('41');
  await expect(page.getByTestId('entry-rebound_R-1-1-struck')).toHaveText('38');

  // A file that is no file of readings says so and leaves the record as it is.
  writeFileSync(path, Buffer.from([0, 1, 2, 3, 255]));
  await page.keyboard.press('Control+o');
  await page.getByTestId('file-picker').setInputFiles(path);
  await expect(page.getByTestId('file-dialog').getByTestId('error-block')).toContainText('不是文本文件');
  await page.keyboard.press('Escape');
  await leave(page);
});

test('a watched folder: set by the keeper, offered at the bench, taken with two keys @bench', async ({ page, app }) => {
  const commission = await before(page, (as) => receivedOf(as, rebound()));
  const { sampleNo } = commission.samples[0]!;
  const folder = join(app.dataFolder, 'hammer');
  mkdirSync(folder);
  await enter(page, 'shebei');
  await page.getByTestId('equipment-row').filter({ hasText: 'E008' }).click();
  await page.getByTestId('source-path').fill(folder);
  await page.getByTestId('source-profile').selectOption('rebound-csv');
  await page.getByTestId('source-save').click();
  await expect(page.getByTestId('source-state')).toContainText('正在监视');
  await page.getByTestId('source-profile').selectOption('vendor-csv');
  await expect(page.getByTestId('unit-confirmations')).toBeVisible();
  await page.keyboard.press('F7');
  await expect(page.getByTestId('scanners')).toBeVisible();
  await page.keyboard.press('Escape');
  await leave(page);

  await openAtHammer(page, sampleNo);
  const path = join(folder, 'zone.csv');
  writeFileSync(path, fileOf([zone(sampleNo, 1)]).slice(0, 60));
  appendFileSync(path, fileOf([zone(sampleNo, 1)]).slice(60));
  await expect(page.getByTestId('bench-from-file')).toContainText('1 个新文件', { timeout: 15_000 });
  await page.keyboard.press('Control+o');
  await expect(page.getByTestId('file-offer')).toContainText('zone.csv');
  await page.getByTestId('file-offer').click();
  await expect(page.getByTestId('file-summary')).toContainText('可取 18 个读数');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('entry-rebound_R-1-1')).toHaveValue('38');
  await expect(page.getByTestId('bench-from-file')).not.toContainText('新文件');
});
