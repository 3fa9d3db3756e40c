// Makes the pictures of docs/screens, each screen with the work of a real day on it. Not a test of anything: it runs
// only when asked for, with JIANTAI_SCREENS=1.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import writeXlsxFile from 'write-excel-file/node';
import { importColumns } from '../../../main/core/reception/imports/columns.ts';
import { expect, test } from '../fixtures.ts';
import { root } from '../shells.ts';
import { smallPng } from './small-png.ts';
import {
  before,
  checked,
  chooseMachine,
  coded,
  curvePoints,
  enter,
  leave,
  madeOn,
  received,
  scan,
  tested,
  today,
  typed,
} from './steps.ts';

const folder = join(root, 'docs/screens');

async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  const png = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  writeFileSync(join(folder, `${name}.png`), await smallPng(page, png));
}

const bad: Record<number, readonly [heading: string, cell: string]> = {
  4: ['设计强度等级', 'C33'],
  9: ['检测项目', 'WJ-JS'],
  13: ['养护条件', '自然养护'],
  21: ['成型日期', '下周三'],
  26: ['工程部位', ''],
};

async function importFile(): Promise<Buffer> {
  const headings = importColumns.map(({ heading }) => heading);
  const rows = Array.from({ length: 40 }, (_, index) => {
    const cells = importColumns.map(({ heading, example }) => {
      if (heading === '成型日期' || heading === '取样日期') return madeOn();
      if (heading === '合同编号') return `HT${today().slice(0, 4)}-001`;
      if (heading === '工程部位') return `${index + 1} 层墙柱 1-8/A-F 轴`;
      return example;
    });
    const fault = bad[index + 2];
    if (fault) cells[headings.indexOf(fault[0])] = fault[1];
    return cells;
  });
  return writeXlsxFile([headings, ...rows].map((row) => row.map((value) => ({ value, type: String })))).toBuffer();
}

test.skip(process.env['JIANTAI_SCREENS'] !== '1', 'pictures are made only with JIANTAI_SCREENS=1');
test.use({ viewport: { width: 1366, height: 768 } });

test('pictures of every screen @bench', async ({ app, page, browser }) => {
  test.setTimeout(300_000);
  mkdirSync(folder, { recursive: true });
  await page.setViewportSize({ width: 1366, height: 768 });
  await expect(page.getByTestId('signin-username')).toBeFocused();
  await picture(page, '01-sign-in');

  const parts = ['三层梁板 1-8/A-F 轴', '四层墙柱 1-4/A-C 轴', '地下室底板后浇带', '楼梯间剪力墙'];
  const { samples } = await before(page, async (as) => {
    await coded(as, await received(as, { designGrade: 'C30', structurePart: parts[0]! }));
    await checked(as, await received(as, { designGrade: 'C35', structurePart: parts[1]! }));
    await tested(as, await received(as, { designGrade: 'C40', structurePart: parts[2]! }));
    return received(
      as,
      { designGrade: 'C30', structurePart: parts[3]! },
      { designGrade: 'C40', structurePart: '屋面梁 B-C 轴' },
    );
  });

  await enter(page, 'shouyang');
  await page.locator('#reception-project').focus();
  await page.keyboard.type('云岭花园');
  await expect(page.locator('.ant-select-item-option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await page.keyboard.press('F6');
  await expect(page.getByTestId('reception-witnessName')).toHaveValue('苏明');
  const cells = {
    structurePart: '五层梁板 1-8/A-F 轴',
    designGrade: 'C30',
    madeOn: madeOn(),
    representedQuantity: '100 m³',
  };
  for (const [field, text] of Object.entries(cells)) await page.getByTestId(`sample-0-${field}`).fill(text);
  await page.getByTestId('sample-0-structurePart').focus();
  await page.keyboard.press('Control+d');
  await page.getByTestId('sample-1-structurePart').fill('五层墙柱 1-8/A-F 轴');
  await expect(page.getByTestId('draft-state')).toHaveText('草稿已保存');
  await picture(page, '02-reception');

  await page.keyboard.press('F3');
  await page.getByTestId('import-file').setInputFiles({
    name: '花园二期十一月.xlsx',
    mimeType: 'application/octet-stream',
    buffer: await importFile(),
  });
  await expect(page.getByTestId('import-preview')).toContainText('共 40 行');
  await picture(page, '03-import');
  await page.keyboard.press('F2');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('labels').locator('article')).toHaveCount(2);
  await picture(page, '04-labels');
  await page.keyboard.press('Escape');
  await leave(page);

  await enter(page, 'jiance');
  await chooseMachine(page, 'E001');
  await scan(page, samples[0]!.sampleNo);
  await expect(page.getByTestId('bench-channel')).toHaveAttribute('data-channel', 'open');
  await page.getByTestId('bench-temperatureC').focus();
  await typed(page, '20.5');
  await page.getByTestId('bench-humidityPercent').focus();
  await typed(page, '62');
  await page.keyboard.press('Tab');
  await page.keyboard.press('F6');
  await expect(page.getByTestId('bench-phase')).toContainText('试件 2', { timeout: 30_000 });
  await expect
    .poll(async () => Number(await page.getByTestId('bench-load').textContent()), { intervals: [30] })
    .toBeGreaterThan(450);
  await picture(page, '05-bench');
  await expect(page.getByTestId('bench-missing')).toHaveText('可以签名', { timeout: 30_000 });
  await page.keyboard.press('F8');
  await expect(page.getByTestId('sign-password')).toBeFocused();
  await picture(page, '06-signature');
  await page.keyboard.press('Escape');
  await leave(page);

  await enter(page, 'jiaohe');
  await expect(page.getByTestId('record-trace')).toBeVisible();
  await expect.poll(() => curvePoints(page, '[data-testid="record-sheet"] canvas')).toBeGreaterThan(200);
  await page.locator('[data-testid="record-sheet"] canvas').first().scrollIntoViewIfNeeded();
  await picture(page, '07-review');
  await page.getByTestId('record-trace').scrollIntoViewIfNeeded();
  await picture(page, '08-review-trace');
  await leave(page);

  await enter(page, 'pizhun');
  await page.getByTestId('tab-recent').click();
  await page.getByTestId('report-row').last().click();
  await expect(page.getByTestId('report-code')).not.toHaveAttribute('data-code', '');
  const code = (await page.getByTestId('report-code').getAttribute('data-code')) ?? '';
  await page.waitForTimeout(2_500); // The browser's own viewer draws when it likes.
  await picture(page, '09-report');
  await leave(page);

  await enter(page, 'zhiliang');
  await page.getByTestId('nav-ledger').click();
  await page.getByTestId('tab-all').click();
  await page.getByTestId('ledger-row').filter({ hasText: '采集数据' }).first().click();
  await expect(page.getByTestId('ledger-detail')).toContainText('rawDigest');
  await picture(page, '10-ledger');
  await page.getByTestId('nav-audit').click();
  await page.keyboard.press('F9');
  await expect(page.getByTestId('audit-result')).toHaveAttribute('data-ok', 'true', { timeout: 20_000 });
  await picture(page, '11-audit');
  await page.getByTestId('nav-people').click();
  await expect(page.getByTestId('person-row').first()).toBeVisible();
  await picture(page, '12-people');
  await page.getByTestId('nav-evaluation').click();
  await page.waitForTimeout(1_500);
  await picture(page, '17-evaluation');
  await leave(page);

  await enter(page, 'shebei');
  await page.getByTestId('equipment-row').nth(1).click();
  await picture(page, '13-equipment');
  await page.keyboard.press('F4');
  await page.waitForTimeout(1_500);
  await picture(page, '19-wizard');
  await page.keyboard.press('Escape');
  await leave(page);

  await enter(page, 'admin');
  await expect(page.getByTestId('users')).toContainText('jiance');
  await picture(page, '14-settings');

  const anyone = await browser.newPage();
  await anyone.setViewportSize({ width: 1366, height: 768 });
  const platform = (await page.getByTestId('platform-platformUrl').inputValue()).replace(/\/+$/, '');
  await anyone.goto(`${platform}/verify?code=${code}`);
  await expect(anyone.getByRole('heading', { name: '有效' })).toBeVisible();
  await picture(anyone, '15-verify');
  await anyone.close();
  expect(app.log()).not.toContain('"level":"error"');
});

test('picture of the method library @bench', async ({ page }) => {
  await page.setViewportSize({ width: 1366, height: 768 });
  await enter(page, 'zhiliang');
  await page.getByTestId('nav-methods').click();
  await page.keyboard.press('/');
  await typed(page, 'GJ-DL');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('method-detail')).toHaveAttribute('data-method', 'rebar-ribbed');
  await page.getByTestId('method-search').fill('钢筋');
  await page.keyboard.press('F4');
  await page.getByTestId('method-search').blur();
  await expect(page.getByTestId('limit-table').first()).toBeVisible();
  await expect(page.locator('[data-testid="method-row"][data-key="rebar-ribbed"]')).toBeVisible();
  await picture(page, '16-methods');
});

test.describe('rooms', () => {
  // The rooms live by the wall clock: a lab whose machines run faster than time has no virtual ones.
  test.use({ virtualSpeed: 1 });

  test('picture of the climate log @bench', async ({ page }) => {
    await page.setViewportSize({ width: 1366, height: 768 });
    await enter(page, 'zhiliang');
    await page.getByTestId('nav-climate').click();
    const figures = page.locator('[data-testid^="climate-temperature-"]').filter({ hasText: /^\d{2}\.\d$/u });
    await expect(figures.first()).toBeVisible();
    // The day before is whole: an excursion and a gap are in it.
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(page.getByTestId('climate-span')).toContainText('缺失 12 分钟');
    await page.waitForTimeout(1_000);
    await picture(page, '18-climate');
  });
});
