// Bars: several parameters chosen at reception, runs of the universal machine beside typed readings, a verdict; and a yield
// that can hardly be, which two people let go on.
import { expect, test } from '../fixtures.ts';
import {
  before,
  chooseMachine,
  clientOf,
  enter,
  leave,
  received,
  receivedOf,
  receiveByHand,
  scan,
  sign,
  textOfPdf,
  typeDown,
  typed,
} from './steps.ts';
import { trainingPassword } from '../../../main/core/training/trainingLab.ts';

const bars = {
  itemCode: 'GJ-DL',
  name: '热轧带肋钢筋',
  properties: { grade: 'HRB400E', nominalDiameter_mm: '25', round: 'initial' },
};

test('a bar with strength, bend and mass deviation: parameters chosen by key, two runs, typed readings, a verdict @bench', async ({
  page,
}) => {
  await before(page, (as) => received(as));
  await enter(page, 'shouyang');
  const cells = {
    structurePart: '剪力墙竖向钢筋',
    grade: 'HRB400E',
    nominalDiameter_mm: '25',
    representedQuantity: '60 t',
    sampledOn: '1120',
  };
  const sampleNo = await receiveByHand(page, '热轧带肋钢筋', cells, async () => {
    await page.getByTestId('sample-0-parameterCodes').focus();
    await page.keyboard.press('Space');
    const boxes = page.getByTestId('parameter-choice').locator('input');
    await expect(boxes.first()).toBeFocused();
    await page.keyboard.press('Alt+a');
    await expect(page.getByTestId('parameter-take')).toBeDisabled();
    // 下屈服强度、抗拉强度, then down to 弯曲 and 重量偏差.
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await expect(page.getByTestId('parameter-take')).toContainText('4 项');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('sample-0-parameterCodes')).toHaveText('下屈服强度、抗拉强度、弯曲、重量偏差');
  });
  await leave(page);

  await enter(page, 'jiance');
  await chooseMachine(page, 'E004');
  await scan(page, sampleNo);
  await expect(page.getByTestId('bench-phase')).toContainText('拉伸试件 1');
  await expect(page.getByTestId('bench-phase')).toContainText('就绪', { timeout: 20_000 });
  await page.keyboard.press('F6');
  await expect(page.getByTestId('specimen-2')).toContainText('有效', { timeout: 40_000 });
  // What was not commissioned is not asked for.
  await expect(page.getByTestId('entry-Lu_mm-1')).toHaveCount(0);

  await page.keyboard.press('F4');
  await expect(page.getByTestId('entry-totalMass_g')).toBeFocused();
  await typeDown(page, ['11450']);
  // The yield forces are those of the two curves; nobody types them, and Enter passes by.
  for (const specimen of [1, 2]) {
    await expect(page.getByTestId(`entry-FeL_kN-${specimen}`)).toBeFocused();
    await expect(page.getByTestId(`entry-FeL_kN-${specimen}`)).toHaveValue(/^2\d\d\.\d+$/);
    await page.keyboard.press('Enter');
  }
  for (const specimen of [1, 2]) {
    await expect(page.getByTestId(`entry-bendFindings-${specimen}`)).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  }
  await typeDown(page, ['600', '600', '600', '600', '600']);
  await expect(page.getByTestId('bench-temperatureC')).toBeFocused();
  await typeDown(page, ['21.0', '55']);
  await expect(page.getByTestId('bench-missing')).toHaveText('可以签名');
  const result = page.getByTestId('record-result');
  for (const name of ['下屈服强度', '抗拉强度', '弯曲', '重量偏差']) await expect(result).toContainText(name);
  await expect(result.getByText(/^✓\s*符合$/)).toHaveCount(4);
  await page.keyboard.press('F8');
  await sign(page);
  await expect(page.getByTestId('bench-missing')).toHaveText('已签名（检测）');
});

test('a yield far below its grade holds the signature until a second person agrees on the screen; the record prints both @bench', async ({
  page,
}) => {
  const commission = await before(page, (as) => receivedOf(as, { ...bars, parameterCodes: ['QF', 'KL'] }));
  const { sampleNo } = commission.samples[0]!;
  await enter(page, 'jiance');
  await chooseMachine(page, 'E004');
  await scan(page, sampleNo);
  await expect(page.getByTestId('bench-phase')).toContainText('就绪', { timeout: 20_000 });
  await page.keyboard.press('F6');
  await expect(page.getByTestId('specimen-2')).toContainText('有效', { timeout: 40_000 });
  // Another force than the curve's own needs a reason, and the curve's stays to be read.
  for (const [index, force] of ['96.0', '97.0'].entries()) {
    const cell = page.getByTestId(`entry-FeL_kN-${index + 1}`);
    await expect(cell).toHaveValue(/^2\d\d\.\d+$/);
    await cell.focus();
    await page.keyboard.press('Control+a');
    await typeDown(page, [force]);
    await expect(page.getByTestId('reason-text')).toBeFocused();
    await page.keyboard.press('Alt+2');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('reason-text')).toHaveCount(0);
    await expect(page.getByTestId(`entry-FeL_kN-${index + 1}-struck`)).toContainText(/2\d\d\.\d/);
  }
  await page.getByTestId('bench-temperatureC').focus();
  await typeDown(page, ['21.0', '55']);
  const open = page.getByTestId('stops');
  await expect(open).toContainText('不到 HRB400E 特征值 400 MPa 的一半');
  await expect(page.getByTestId('bench-sign')).toBeDisabled();
  const stops = await open.locator('p').count();
  expect(stops).toBe(4);
  await expect(page.getByTestId('bench-missing')).toContainText(`${stops} 项可疑数据待两人确认`);

  for (let left = stops; left > 0; left -= 1) {
    await page.keyboard.press('F7');
    await expect(page.getByTestId('release-reason')).toBeFocused();
    await expect(page.locator('.jt-release canvas')).toHaveCount(1);
    await page.keyboard.press('Alt+1');
    await page.getByTestId('release-second').focus();
    // The technician cannot be the second person.
    if (left === stops) {
      await typed(page, 'jiance');
      await page.keyboard.press('Tab');
      await page.keyboard.type(trainingPassword);
      await page.keyboard.press('Enter');
      await expect(page.getByTestId('error-block')).toContainText(/第二人|没有权限/);
      await page.getByTestId('release-second').focus();
      await page.keyboard.press('Control+a');
    } else await expect(page.getByTestId('release-second')).toHaveValue('jiaohe');
    if (left === stops) await typed(page, 'jiaohe');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+a');
    await page.keyboard.type(trainingPassword);
    await page.keyboard.press('Enter');
    await expect(page.locator('.jt-release')).toHaveCount(0);
    await expect(open.getByText('已确认：已查看曲线，数据属实')).toHaveCount(stops - left + 1);
  }
  await expect(page.getByTestId('bench-missing')).toHaveText('可以签名');
  await page.keyboard.press('F8');
  await sign(page);
  await expect(page.getByTestId('bench-missing')).toHaveText('已签名（检测）');

  const recordNo = (await page.getByTestId('bench-record').getAttribute('data-record')) ?? '';
  const paper = textOfPdf((await clientOf(page).call('reports.recordPdf', { recordNo })).pdfBase64).replaceAll(
    /\s/g,
    '',
  );
  expect(paper).toContain('不到HRB400E特征值400MPa的一半');
  expect(paper).toContain('已查看曲线，数据属实');
  for (const name of ['梁志远', '欧阳健']) expect(paper).toContain(name);
});
