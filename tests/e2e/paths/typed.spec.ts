// A test without a machine: a sand sieve received with its properties, typed with the keyboard alone, refused, corrected,
// signed and checked. And the scanner, which comes while a cell is being filled in.
import { expect, test } from '../fixtures.ts';
import {
  before,
  chooseMachine,
  enter,
  leave,
  received,
  receivedOf,
  receiveByHand,
  scan,
  sign,
  typeDown,
  typed,
  watchMouse,
} from './steps.ts';

const FIRST = ['500.0', '25.0', '60.0', '100.0', '120.0', '110.0', '60.0', '24.0'];
const SECOND = ['500.0', '26.0', '61.0', '99.0', '121.0', '109.0', '59.0', '24.5'];

const sand = {
  itemCode: 'SA-SF',
  parameterCodes: ['XD', 'JP'],
  name: '砂',
  properties: { sandKind: '天然砂', requiredClass: '中砂' },
};

test('a sand sieve: received, typed by keyboard, a slip refused, a value corrected, signed and checked', async ({
  page,
}) => {
  await before(page, (as) => received(as));
  await enter(page, 'shouyang');
  const sampleNo = await receiveByHand(page, '砂筛分析和细度模数', {
    structurePart: '混凝土用砂',
    requiredClass: '中砂',
    representedQuantity: '400 m³',
    sampledOn: '1120',
  });
  await leave(page);

  await enter(page, 'jiance');
  await chooseMachine(page, 'E007');
  const mouse = await watchMouse(page);
  await scan(page, sampleNo);
  // Nothing comes from a machine: no load panel, and the first empty place waits for the hands.
  await expect(page.getByTestId('entry-sampleMass_g-1')).toBeFocused();
  await expect(page.getByTestId('bench-load')).toHaveCount(0);

  // Enter goes down the stack of the first portion, then to the second.
  await typeDown(page, FIRST.slice(0, 7));
  await expect(page.getByTestId('entry-pan_g-1')).toBeFocused();
  await typeDown(page, ['2400']);
  await expect(page.getByTestId('entry-sampleMass_g-2')).toBeFocused();
  const refused = page.locator('.jt-entry', { has: page.getByTestId('entry-pan_g-1') });
  await expect(refused.getByRole('alert')).toContainText('1000 g');
  await expect(page.getByTestId('entry-pan_g-1')).toHaveValue('2400');
  await typeDown(page, SECOND);
  await expect(page.getByTestId('bench-temperatureC')).toBeFocused();
  await typeDown(page, ['20.5', '62']);
  await expect(page.getByTestId('bench-environment')).toContainText('已存入记录');
  await expect(page.getByTestId('bench-missing')).toContainText('第 1 个');

  // The refused place is where one was; what stood there is replaced.
  await page.keyboard.press('F4');
  await page.getByTestId('entry-pan_g-1').focus();
  await page.keyboard.press('Control+a');
  await typeDown(page, ['24.0']);
  await expect(refused.getByRole('alert')).toHaveCount(0);
  await expect(page.getByTestId('bench-missing')).toHaveText('可以签名');
  await expect(page.getByTestId('record-result')).toContainText('细度模数');

  // Another value in the place of one that is saved needs a reason; the old one stays, struck through.
  await page.getByTestId('entry-retained630_g-1').focus();
  await page.keyboard.press('Control+a');
  await typeDown(page, ['121.0']);
  await expect(page.getByTestId('reason-text')).toBeFocused();
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('entry-retained630_g-1-struck')).toHaveText('120.0');
  await expect(page.getByTestId('entry-retained630_g-1')).toHaveValue('121.0');
  await expect(page.getByTestId('bench-missing')).toHaveText('可以签名');

  await page.keyboard.press('F8');
  await sign(page);
  await expect(page.getByTestId('bench-missing')).toHaveText('已签名（检测）');
  expect(await mouse()).toBe(0);
  await leave(page);

  await enter(page, 'jiaohe');
  await expect(page.getByTestId('record-modifications')).toContainText('120.0 → 121.0');
  await expect(page.getByTestId('record-result')).toContainText('中砂');
  await page.keyboard.press('F8');
  await sign(page);
  await expect(page.getByTestId('record-row')).toHaveCount(0);
});

test('a label scanned while a cell is being filled in: the cell is saved, another sample opens, nothing is lost @page', async ({
  page,
}) => {
  const [first, second] = await before(page, async (as) => [await receivedOf(as, sand), await receivedOf(as, sand)]);
  const numbers = [first, second].map((commission) => commission.samples[0]!.sampleNo);
  await enter(page, 'jiance');
  await chooseMachine(page, 'E007');
  await scan(page, numbers[0]!);
  await expect(page.getByTestId('bench-record')).toContainText(numbers[0]!);
  await expect(page.getByTestId('entry-sampleMass_g-1')).toBeFocused();
  await typed(page, '500.0');
  await scan(page, numbers[1]!);
  await expect(page.getByTestId('bench-record')).toContainText(numbers[1]!);
  await expect(page.getByTestId('entry-sampleMass_g-1')).toHaveValue('');
  // A value that would be refused is not saved; it waits where it was typed.
  await expect(page.getByTestId('entry-sampleMass_g-1')).toBeFocused();
  await typed(page, '5000');
  await scan(page, numbers[0]!);
  await expect(page.getByTestId('bench-record')).toContainText(numbers[0]!);
  await expect(page.getByTestId('entry-sampleMass_g-1')).toHaveValue('500.0');

  // A correction asks for its reason first; the scan is said and does nothing behind the question.
  await page.getByTestId('entry-sampleMass_g-1').focus();
  await page.keyboard.press('Control+a');
  await typed(page, '501.0');
  await scan(page, numbers[1]!);
  await expect(page.getByTestId('reason-text')).toBeFocused();
  await expect(page.locator('.ant-message')).toContainText(numbers[1]!);
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('entry-sampleMass_g-1')).toHaveValue('501.0');
  await expect(page.getByTestId('entry-sampleMass_g-1-struck')).toHaveText('500.0');

  await scan(page, numbers[1]!);
  await expect(page.getByTestId('bench-record')).toContainText(numbers[1]!);
  await expect(page.getByTestId('entry-sampleMass_g-1')).toHaveValue('5000');
  await expect(page.locator('.jt-entry', { has: page.getByTestId('entry-sampleMass_g-1') })).toContainText(
    '还没有保存',
  );
});
