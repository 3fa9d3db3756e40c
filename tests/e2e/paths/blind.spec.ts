// 盲样: switched on with a reason, printed on the label, scanned at the bench; whoever tests sees the blind number and nothing
// of the client; the checker sees both.
import { expect, test } from '../fixtures.ts';
import { before, chooseMachine, enter, leave, pressed, received, scan, sign, taskOf, typed } from './steps.ts';

const part = '三号塔楼十二层核心筒';

test('a sample goes by its blind number from the label to the signature @page', async ({ page }) => {
  await enter(page, 'zhiliang');
  await page.getByTestId('nav-methods').click();
  await page.keyboard.press('F7');
  await expect(page.getByTestId('blind-setting')).toHaveAttribute('data-scope', 'off');
  await page.getByTestId('blind-scope-all').check();
  await page.getByTestId('blind-save').click();
  await expect(page.getByTestId('reason-text')).toBeFocused();
  await typed(page, '内部质量监督');
  await page.waitForTimeout(60); // A person's hand on the way to Enter; a scanner has none.
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('blind-setting')).toHaveAttribute('data-scope', 'all');
  await page.keyboard.press('Escape');
  await leave(page);

  const { commission, blindNo, recordNo } = await before(page, async (as) => {
    const registered = await received(as, { designGrade: 'C20', structurePart: part });
    const number = registered.samples[0]?.blindNo ?? '';
    const technician = await as('jiance');
    const { rows } = await technician.call('commissions.search', { text: '' });
    expect(rows.map((row) => row.commissionNo)).not.toContain(registered.commissionNo);
    expect(await taskOf(technician, number)).not.toBe('');
    const blind = { ...registered, samples: [{ ...registered.samples[0]!, sampleNo: number }] };
    const record = await pressed(as, blind);
    return { commission: registered, blindNo: number, recordNo: record.recordNo };
  });
  const sampleNo = commission.samples[0]?.sampleNo ?? '';
  const hidden = [sampleNo, commission.commissionNo, commission.projectName, commission.clientUnit, part];
  const seesNone = async (): Promise<void> => {
    const text = await page.locator('body').innerText();
    for (const word of hidden) expect(text).not.toContain(word);
  };

  await enter(page, 'jiance');
  await chooseMachine(page, 'E001');
  await scan(page, blindNo);
  await expect(page.getByTestId('bench-record')).toContainText(blindNo);
  await seesNone();
  await page.keyboard.press('F8');
  await expect(page.getByTestId('sign-password')).toBeVisible();
  await seesNone();
  await sign(page);
  await expect(page.getByTestId('bench-missing')).toHaveText('已签名（检测）');
  await page.getByTestId('nav-review').click();
  await expect(page.getByTestId('record-row')).toContainText(blindNo);
  await seesNone();
  await leave(page);

  await enter(page, 'jiaohe');
  const sheet = page.getByTestId('record-sheet');
  await expect(sheet).toHaveAttribute('data-record', recordNo);
  for (const word of [blindNo, sampleNo, part]) await expect(sheet).toContainText(word);
  await leave(page);

  await enter(page, 'shouyang');
  await page.keyboard.press('F4');
  await page.getByTestId('commission-row').first().click();
  await expect(page.getByTestId('commission-detail')).toContainText(`盲样 ${blindNo}`);
});
