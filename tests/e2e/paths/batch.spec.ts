// 批量校核: record after record with keys alone, what stands out first, one password for all that was agreed to; what was
// changed meanwhile is left out and told, and the signatory does the same with the reports.
import { trainingPassword } from '../../../main/core/training/trainingLab.ts';
import { expect, test } from '../fixtures.ts';
import { before, enter, leave, received, sign, tested, watchMouse } from './steps.ts';

test('records are read, agreed to, skipped, returned and signed without a mouse, then the reports approved @page', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const records = await before(page, async (as) => {
    const made = [];
    for (let n = 0; n < 4; n += 1) made.push(await tested(as, await received(as, { designGrade: 'C20' })));
    // One of them was returned before: it deserves the eye first.
    const back = made[2]!;
    await (await as('jiaohe')).call('records.return', { recordNo: back.recordNo, reason: '请核对环境' });
    const technician = await as('jiance');
    const { digest } = await technician.call('records.get', { recordNo: back.recordNo });
    await technician.call('records.signTest', { recordNo: back.recordNo, digest, password: trainingPassword });
    return made.map(({ recordNo }) => recordNo);
  });
  const [one, two, returned, four] = records as [string, string, string, string];
  await enter(page, 'jiaohe');
  const mouse = await watchMouse(page);
  const rows = page.getByTestId('record-row');
  const sheet = page.getByTestId('record-sheet');
  const bar = page.getByTestId('batch-bar');
  await expect(rows).toHaveCount(4);
  await expect(rows.first()).toHaveAttribute('data-key', returned);
  await expect(rows.first()).toContainText('曾退回 1 次');
  await page.keyboard.press('F1');
  for (const text of ['往下看，看完则已阅同意', '跳过，看下一份', '签已同意的全部', '取消同意', '退回'])
    await expect(page.getByTestId('help')).toContainText(text);
  await page.keyboard.press('Escape');

  /** Reads what lies open to its end and agrees; the next one comes up by itself. */
  const readAndAgree = async (recordNo: string): Promise<number> => {
    await expect(sheet).toHaveAttribute('data-record', recordNo);
    const agreed = Number(await bar.getAttribute('data-agreed'));
    let presses = 0;
    for (; presses < 20 && Number(await bar.getAttribute('data-agreed')) === agreed; presses += 1) {
      await page.keyboard.press('F7');
      await page.waitForTimeout(80); // The eye needs longer than this for a screenful.
    }
    await expect(bar).toHaveAttribute('data-agreed', String(agreed + 1));
    return presses;
  };
  expect(await readAndAgree(returned), 'a sheet of several screenfuls is not agreed to at its top').toBeGreaterThan(1);
  await readAndAgree(one);
  await expect(sheet).toHaveAttribute('data-record', two);
  await page.keyboard.press('F2');
  await expect(rows.filter({ hasText: two })).toContainText('已跳过');
  await readAndAgree(four);
  // Taken back and agreed to anew.
  await page.keyboard.press('End');
  await expect(sheet).toHaveAttribute('data-record', four);
  await page.keyboard.press('Shift+F7');
  await expect(bar).toHaveAttribute('data-agreed', '2');
  await readAndAgree(four);

  await page.keyboard.press('Shift+F8');
  await expect(page.getByTestId('batch-item')).toHaveCount(3);
  await expect(page.getByTestId('batch-item').first()).toContainText(returned);
  await sign(page, 'wrong-password');
  await expect(page.getByTestId('error-block')).toContainText('没有签名，内容没有变化');
  await sign(page);
  const results = page.getByTestId('batch-results');
  await expect(results).toHaveAttribute('data-signed', '3');
  await expect(results).toHaveAttribute('data-unsigned', '0');
  await page.keyboard.press('Escape');
  await expect(rows).toHaveCount(1);
  await expect(sheet).toHaveAttribute('data-record', two);
  await page.keyboard.press('F9');
  await expect(page.getByTestId('reason-text')).toBeFocused();
  await page.keyboard.type('曲线需说明', { delay: 65 });
  await page.waitForTimeout(60); // A person's hand on the way to Enter; a scanner has none.
  await page.keyboard.press('Enter');
  await expect(rows).toHaveCount(0);
  expect(await mouse()).toBe(0);
  await leave(page);

  await enter(page, 'pizhun');
  const reports = page.getByTestId('report-row');
  await expect(reports).toHaveCount(3);
  await expect(reports.first()).toContainText('曾退回 1 次');
  for (let n = 0; n < 3; n += 1) {
    await expect(bar).toHaveAttribute('data-agreed', String(n));
    await expect(page.getByTestId('pdf-view')).toHaveAttribute('data-size', /^\d{5,}$/);
    await expect
      .poll(async () => {
        await page.keyboard.press('F7');
        return bar.getAttribute('data-agreed');
      })
      .toBe(String(n + 1));
  }
  await page.keyboard.press('Shift+F8');
  await expect(page.getByTestId('batch-item')).toHaveCount(3);
  await sign(page);
  await expect(results).toHaveAttribute('data-signed', '3', { timeout: 30_000 });
  await page.keyboard.press('Escape');
  await expect(reports).toHaveCount(0);
});
