// 收样员: a commission typed with the keyboard, what the gate refuses, and a long file with bad rows in it.
import writeXlsxFile from 'write-excel-file/node';
import { importColumns } from '../../../main/core/reception/imports/columns.ts';
import { templateProperties } from '../../../main/core/reception/imports/propertyColumns.ts';
import { methodById } from '../../../shared/methods/index.ts';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { enter, madeOn, today, typed } from './steps.ts';

/** Text, then on to the next field. */
async function fill(page: Page, ...texts: string[]): Promise<void> {
  for (const text of texts) {
    await page.keyboard.type(text);
    await page.keyboard.press('Tab');
  }
}

/** The head of a commission, from the project to the check box, without the mouse. */
async function typeHead(page: Page, project: string): Promise<void> {
  await expect(page.getByTestId('place-reception')).toBeVisible();
  await page.locator('#reception-project').focus();
  await page.keyboard.type(project);
  await expect(page.locator('.ant-select-item-option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await page.getByTestId('reception-clientUnit').focus();
  await fill(page, '云岭置业发展有限公司', '云岭第三建筑工程有限公司');
  await expect(page.getByTestId('reception-ownerUnit')).not.toHaveValue('');
  await page.keyboard.press('Tab');
  await fill(
    page,
    '云岭工程监理有限公司',
    '云岭工程监理有限公司',
    '苏明',
    'JZ-2025-0331',
    '周立',
    '云岭区花园路 1 号',
    '',
  );
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
}

/** One line of the sample grid, cell by cell with Enter. */
async function typeSample(page: Page): Promise<void> {
  await expect(page.getByTestId('sample-0-itemCode')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type('三层梁板 1-8/A-F 轴');
  await page.waitForTimeout(60); // A person's hand on the way to Enter; a scanner has none.
  await page.keyboard.press('Enter');
  await typed(page, '30');
  // Side and curing stand there already.
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('Enter');
  await typed(page, madeOn().slice(5).replace('-', ''));
  for (let step = 0; step < 2; step += 1) await page.keyboard.press('Enter');
  await expect(page.getByTestId('sample-0-representedQuantity')).toBeFocused();
  await page.keyboard.type('100 m³');
}

test('two samples by keyboard, with numbers and labels; another window sees them by itself @bench', async ({
  app,
  page,
}) => {
  const other = await app.newWindow('otherBrowser');
  await enter(other, 'jiance');
  await expect(other.getByTestId('place-bench')).toBeVisible();
  await expect(other.getByTestId('task-row')).toHaveCount(0);

  await enter(page, 'shouyang');
  await typeHead(page, '云岭花园');
  await typeSample(page);
  await page.keyboard.press('Control+d');
  await expect(page.getByTestId('sample-row')).toHaveCount(2);
  await expect(page.getByTestId('sample-1-madeOn')).toHaveValue(madeOn());
  await expect(page.getByTestId('sample-1-designGrade')).toHaveValue('C30');
  await expect(page.getByTestId('sample-0-sampledOn')).toHaveValue(madeOn());
  await page.keyboard.press('F9');

  await expect(page.getByTestId('reception-registered')).toContainText(/WT\d{4}-?\d+/);
  const labels = page.getByTestId('labels');
  await expect(labels.locator('article')).toHaveCount(2);
  const numbers = await labels.locator('article strong').allTextContents();
  expect(new Set(numbers).size).toBe(2);
  await expect(labels.locator('svg')).toHaveCount(2);

  const rows = other.getByTestId('task-row');
  await expect(rows).toHaveCount(2);
  for (const number of numbers) await expect(rows.filter({ hasText: number })).toContainText('今天');
});

test('a closed project and a contract without the item are refused in words, and what was typed stays @page', async ({
  page,
}) => {
  await enter(page, 'shouyang');
  await typeHead(page, '站前广场');
  await typeSample(page);
  await page.keyboard.press('F9');
  const refusal = page.getByTestId('error-block');
  await expect(refusal).toContainText('云岭东站站前广场改造工程');
  await expect(refusal).toContainText('委托单没有登记');
  await expect(refusal).toContainText('怎么办');
  await expect(page.getByTestId('reception-witnessName')).toHaveValue('苏明');
  await expect(page.getByTestId('sample-0-structurePart')).toHaveValue('三层梁板 1-8/A-F 轴');

  // The contract of the next project is for reinforcing steel only.
  await page.locator('#reception-project').focus();
  await page.keyboard.type('管廊');
  await expect(page.locator('.ant-select-item-option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('gate-findings')).toContainText(`HT${today().slice(0, 4)}-002`);
  await page.keyboard.press('F9');
  await expect(refusal).toContainText(`HT${today().slice(0, 4)}-002`);
  await expect(page.getByTestId('sample-0-representedQuantity')).toHaveValue('100 m³');
  await expect(page.getByTestId('reception-registered')).toHaveCount(0);
});

const columns = [...importColumns, ...templateProperties(methodById('concrete-cube'))];
const headings = columns.map(({ heading }) => heading);
const faults: readonly (readonly [heading: string, cell: string, problem: string])[] = [
  ['设计强度等级', 'C33', '只能是 C10'],
  ['检测项目', 'WJ-JS', '资质'],
  ['工程编号', 'G004', '云岭东站站前广场改造工程'],
  ['养护条件', '自然养护', '只能是 标准养护'],
  ['成型日期', '下周三', '日期'],
  ['工程部位', '', '必填'],
  ['龄期(d)', '二十八', ''],
];

/** 1,000 rows in five commissions; the rows in `bad` each carry one of the faults. */
function table(bad: readonly number[]): string[][] {
  return Array.from({ length: 1_000 }, (_, index) => {
    const row = index + 2;
    const cells = columns.map(({ heading, example }) => {
      if (heading === '设计强度等级') return 'C30';
      if (heading === '委托序号') return String(Math.floor(index / 200) + 1);
      if (heading === '成型日期' || heading === '取样日期') return madeOn();
      if (heading === '合同编号') return `HT${today().slice(0, 4)}-001`;
      return example;
    });
    const place = bad.indexOf(row);
    if (place === -1) return cells;
    const [heading, cell] = faults[place % faults.length]!;
    cells[headings.indexOf(heading)] = cell;
    // A closed project has its own commission number, so that its head contradicts no other row.
    if (heading === '工程编号') cells[headings.indexOf('委托序号')] = `x${row}`;
    return cells;
  });
}

test('of a file of 1,000 rows the 37 bad ones are listed by row, the good ones registered', async ({ app, page }) => {
  const bad = Array.from({ length: 37 }, (_, index) => 9 + index * 26);
  const sheet = [headings, ...table(bad)].map((row) => row.map((value) => ({ value, type: String })));
  const buffer = await writeXlsxFile(sheet).toBuffer();
  await enter(page, 'shouyang');
  await page.keyboard.press('F3');
  const file = { name: '花园二期十一月.xlsx', mimeType: 'application/octet-stream', buffer };
  if (app.shell === 'bench') {
    await expect(page.getByRole('button', { name: /选择 Excel/ })).toBeVisible();
    const chooser = page.waitForEvent('filechooser');
    await page.keyboard.press('F6');
    await (await chooser).setFiles(file);
  } else {
    // The desktop program opens the system's own dialog, which no test can press.
    await page.getByTestId('import-file').setInputFiles(file);
  }
  const preview = page.getByTestId('import-preview');
  await expect(preview).toContainText('共 1000 行', { timeout: 30_000 });
  await expect(preview).toContainText('通过 963 行');
  await expect(preview).toContainText('有问题 37 行');

  await page.getByRole('grid', { name: '有问题的行' }).focus();
  const seen = new Map<number, string>();
  const read = async (): Promise<void> => {
    for (const text of await page.getByTestId('import-problem').allInnerTexts()) {
      const [row = '', ...rest] = text.split('\n');
      seen.set(Number(row), `${seen.get(Number(row)) ?? ''} ${rest.join(' ')}`);
    }
  };
  for (let pages = 0; pages < 12 && seen.size < 37; pages += 1) {
    await read();
    await page.keyboard.press('PageDown');
    await page.waitForTimeout(60); // The next rows are drawn on the next frame.
  }
  expect([...seen.keys()].sort((a, b) => a - b)).toEqual(bad);
  for (const [index, row] of bad.entries()) {
    const [heading, , problem] = faults[index % faults.length]!;
    expect(seen.get(row)).toContain(problem === '' ? heading.slice(0, 2) : problem);
  }

  await page.keyboard.press('F9');
  await expect(page.getByTestId('import-done')).toContainText('已登记 5 份委托、963 个样品', { timeout: 30_000 });
  await page.keyboard.press('F4');
  await expect(page.getByTestId('commission-row')).toHaveCount(5);
});
