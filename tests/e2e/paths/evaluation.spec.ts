// 验算与评定, by keyboard: a batch taken from signed records and printed, a batch typed and pasted, and a page that is as it
// was when one comes back.
import { execFileSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { before, checked, enter, leave, received, tested, typed, watchMouse } from './steps.ts';

/** Walks with the keyboard alone to a place that `nav-<place>` names. */
async function goTo(page: Page, place: string): Promise<void> {
  const keys = (await page.getByTestId(`nav-${place}`).locator('kbd').textContent()) ?? '';
  await page.keyboard.press(keys);
  await expect(page.getByTestId(`place-${place}`)).toBeVisible();
}

/** What a spreadsheet puts on the clipboard, and the keys that paste it. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((copied) => {
    const data = new DataTransfer();
    data.setData('text/plain', copied);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, text);
}

test('the quality manager evaluates a batch of signed records and prints the form @bench', async ({
  page,
}, testInfo) => {
  test.setTimeout(240_000);
  const samples = await before(page, async (as) => {
    const numbers: string[] = [];
    for (const structurePart of ['一层柱', '一层梁板']) {
      const commission = await received(as, { designGrade: 'C20', structurePart });
      await checked(as, commission);
      numbers.push(commission.samples[0]!.sampleNo);
    }
    // Tested and not yet checked: it is not offered.
    const open = await received(as, { designGrade: 'C20', structurePart: '二层柱' });
    await tested(as, open);
    numbers.push(open.samples[0]!.sampleNo);
    return numbers;
  });
  await enter(page, 'zhiliang');
  const mouse = await watchMouse(page);
  await goTo(page, 'evaluation');
  await expect(page.getByTestId('trial-result')).toContainText('试算，不作为检测记录');
  await expect(page.getByTestId('trial-method')).toHaveValue('concrete-batch-evaluation');

  await page.keyboard.press('F6');
  const dialog = page.getByTestId('pick-dialog');
  await expect(dialog).toBeVisible();
  await expect(page.locator('#pick-project')).toBeFocused();
  await page.keyboard.type('云岭花园', { delay: 65 });
  await expect(page.locator('.ant-select-item-option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(dialog.locator('.ant-select')).toContainText('云岭花园');
  await expect(page.locator('.ant-select-item-option')).toBeHidden();
  await page.keyboard.press('Tab');
  await expect(page.getByTestId('pick-grade')).toBeFocused();
  await page.keyboard.type('C20', { delay: 65 });
  const rows = page.getByTestId('pick-row');
  await expect(rows).toHaveCount(2);
  await expect(dialog).toContainText(samples[0]!);
  await expect(dialog).not.toContainText(samples[2]!);
  await page.keyboard.press('F7');
  await expect(page.getByTestId('pick-take')).toContainText('加入 2 组');
  await page.keyboard.press('F9');
  await expect(dialog).toBeHidden();

  const sheet = page.getByTestId('trial-row-group');
  await expect(sheet.filter({ hasText: '签名记录' })).toHaveCount(2);
  // Figures of records are read: there is nothing to type them into.
  await expect(page.getByTestId('trial-group-0-values_MPa').locator('input')).toHaveCount(0);
  const value = (await page.getByTestId('trial-group-0-values_MPa').textContent()) ?? '';
  expect(value).toMatch(/^\d+\.\d$/);
  await expect(page.getByTestId('trial-designGrade')).toBeDisabled();
  await expect(page.getByTestId('record-trace')).toContainText('GB/T 50107-2010 5.2.2');
  const other = (await page.getByTestId('trial-group-1-values_MPa').textContent()) ?? '';
  const [least] = [value, other].sort();
  await expect(page.getByTestId('record-trace')).toContainText(`${least} MPa`);

  await page.keyboard.press('F9');
  await expect(page.getByTestId('paper-batchName')).toBeFocused();
  await typed(page, '主体一层');
  await page.keyboard.press('Enter');
  const made = page.getByTestId('paper-made');
  await expect(made).toBeVisible();
  const checkNo = (await made.getAttribute('data-check')) ?? '';
  const download = page.waitForEvent('download');
  await page.keyboard.press('Control+s');
  const file = testInfo.outputPath('evaluation.pdf');
  await (await download).saveAs(file);
  const text = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }).replaceAll(/\s/g, '');
  for (const part of [
    '混凝土强度检验评定表',
    '不是检测报告',
    '主体一层',
    checkNo,
    value,
    other,
    samples[0]!,
    samples[1]!,
  ])
    expect(text).toContain(part);
  expect(text).not.toContain(samples[2]!);
  expect(text).toMatch(/批准日期.*审核日期.*统计评定日期/);
  await page.keyboard.press('Escape');
  await expect(made).toBeHidden();
  expect(await mouse()).toBe(0);
});

test('a batch typed and pasted: faults beside their places, another setting is a trial, and it stays @bench', async ({
  page,
}) => {
  await enter(page, 'jiaohe');
  const mouse = await watchMouse(page);
  await goTo(page, 'evaluation');
  await page.getByTestId('trial-designGrade').focus();
  await page.keyboard.type('C30', { delay: 65 });
  await page.getByTestId('trial-group-0-sampleNos').focus();
  const numbers = Array.from({ length: 12 }, (_, index) => `外检-${index + 1}`);
  const values = ['34.5', '35.1', '36.0', '33.8', '37.2', '35.5', '36.4', '34.9', '35.8', '36.1', '34.2', '3.5.3'];
  const table = ['样品（报告）编号\t抗压强度代表值', ...numbers.map((no, index) => `${no}\t${values[index]}`)];
  await paste(page, table.join('\r\n'));
  await expect(page.getByTestId('trial-group-said')).toHaveText('已粘贴 12 行 24 格。');
  await expect(page.getByTestId('trial-row-group')).toHaveCount(12);
  const bad = page.getByTestId('trial-group-11-values_MPa');
  await expect(bad).toHaveValue('3.5.3');
  await expect(page.getByTestId('trial-group-11-values_MPa-fault')).toBeVisible();
  await expect(page.getByTestId('trial-paper')).toBeDisabled();

  // Elsewhere and back: the good and the bad are as they were.
  await goTo(page, 'review');
  await goTo(page, 'evaluation');
  await expect(bad).toHaveValue('3.5.3');
  await expect(page.getByTestId('trial-group-11-values_MPa-fault')).toBeVisible();
  await bad.focus();
  await page.keyboard.press('Control+a');
  await typed(page, '35.3');
  await expect(page.getByTestId('trial-group-11-values_MPa-fault')).toHaveCount(0);
  // Twelve values, sum 424.8, mean 35.4; S is below its floor of 2.5.
  await expect(page.getByTestId('record-trace')).toContainText('424.8 / 12');
  await expect(page.getByTestId('record-trace')).toContainText('35.4 MPa');
  await expect(page.getByTestId('record-trace')).toContainText('GB/T 50107-2010 5.1.3');

  await page.getByTestId('trial-policies').locator('summary').focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('trial-policy-meanComparison').focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByTestId('trial-tried')).toContainText('与本机构设置不同');
  await expect(page.getByTestId('trial-paper')).toBeDisabled();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByTestId('trial-tried')).toHaveCount(0);
  await expect(page.getByTestId('trial-paper')).toBeEnabled();
  expect(await mouse()).toBe(0);
  await leave(page);

  // What one person typed is not on another's page.
  await enter(page, 'zhiliang');
  await goTo(page, 'evaluation');
  await expect(page.getByTestId('trial-group-0-sampleNos')).toHaveValue('');
});
