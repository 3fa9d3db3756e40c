// 校核员: reads the whole record, signs or returns it; whoever tested it cannot check it.
import { trainingPassword } from '../../../main/core/training/trainingLab.ts';
import { expect, test } from '../fixtures.ts';
import { before, chooseMachine, curvePoints, enter, leave, received, scan, sign, tested } from './steps.ts';

test('the checker sees trace and curves and signs with the keyboard', async ({ page }) => {
  const record = await before(page, async (as) => tested(as, await received(as, { designGrade: 'C20' })));
  await enter(page, 'jiaohe');
  await expect(page.getByTestId('record-row')).toHaveCount(1);
  const sheet = page.getByTestId('record-sheet');
  await expect(sheet).toHaveAttribute('data-record', record.recordNo);
  await expect(page.getByTestId('record-trace')).toContainText('GB/T 50081-2019');
  await expect(page.getByTestId('record-trace')).toContainText('修约至 0.1 MPa');
  await expect(page.getByTestId('record-trace')).toContainText(record.result!.parameters[0]!.value!);
  await expect(page.getByTestId('record-signatures')).toContainText('梁志远');
  const curves = sheet.locator('canvas');
  await expect(curves).toHaveCount(3);
  await expect.poll(() => curvePoints(page, '[data-testid="record-sheet"] canvas')).toBeGreaterThan(200);

  await page.keyboard.press('F8');
  await sign(page);
  await expect(page.getByTestId('record-row')).toHaveCount(0);
  await expect(page.getByTestId('tab-checked')).toContainText('1');
});

test('whoever tested a record cannot check it @page', async ({ page }) => {
  const record = await before(page, async (as) => {
    const admin = await as('admin');
    const tester = { username: 'liang', personId: 'P001', roles: ['checker' as const], password: trainingPassword };
    await admin.call('users.create', tester);
    return tested(as, await received(as, { designGrade: 'C20' }));
  });
  await enter(page, 'liang');
  await expect(page.getByTestId('record-row')).toContainText('本人检测');
  // What is signed must be on the screen before the key can mean anything.
  await expect(page.getByTestId('record-sheet')).toHaveAttribute('data-record', record.recordNo);
  await page.keyboard.press('F8');
  await sign(page);
  await expect(page.getByTestId('error-block')).toContainText('梁志远');
  await expect(page.getByTestId('error-block')).toContainText(/同一|三个不同|不能.*校核/);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('record-row')).toHaveCount(1);
});

test('a returned record goes back to the technician with its reason and is signed again @page', async ({ page }) => {
  const record = await before(page, async (as) => tested(as, await received(as, { designGrade: 'C20' })));
  await enter(page, 'jiaohe');
  await expect(page.getByTestId('record-sheet')).toHaveAttribute('data-record', record.recordNo);
  await page.keyboard.press('F9');
  await expect(page.getByTestId('reason-text')).toBeFocused();
  await page.keyboard.type('湿度与温湿度记录仪不符，请核对');
  await page.waitForTimeout(60); // A person's hand on the way to Enter; a scanner has none.
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('record-row')).toHaveCount(0);
  await leave(page);

  await enter(page, 'jiance');
  await chooseMachine(page, 'E001');
  await scan(page, record.sample.sampleNo);
  const bench = page.getByTestId('bench-record');
  await expect(bench).toContainText('欧阳健：湿度与温湿度记录仪不符，请核对');
  await expect(page.getByTestId('specimen-3')).toContainText('有效');
  await page.getByTestId('bench-humidityPercent').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('64');
  await page.keyboard.press('Tab');
  await expect(page.getByTestId('bench-environment')).toContainText('已存入记录');
  await expect(page.getByTestId('bench-missing')).toHaveText('可以签名');
  await page.keyboard.press('F8');
  await sign(page);
  await expect(page.getByTestId('bench-missing')).toHaveText('已签名（检测）');
  await leave(page);

  await enter(page, 'jiaohe');
  await expect(page.getByTestId('record-modifications')).toContainText('62 → 64');
  await page.keyboard.press('F8');
  await sign(page);
  await expect(page.getByTestId('record-row')).toHaveCount(0);
});
