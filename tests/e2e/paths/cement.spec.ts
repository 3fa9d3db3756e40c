// Cement at two ages: the 3 d record and report, then, days later, the 28 d stage as the supplementary one.
import { trainingPassword } from '../../../main/core/training/trainingLab.ts';
import { addDays } from '../../../shared/entities/scalars.ts';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { before, chooseMachine, enter, leave, receivedOf, scan, sign, textOfPdf, today, typeDown } from './steps.ts';

/** Nine runs at the bench of one machine, by keyboard, up to the signature; answers the record's number. */
async function testedStage(page: Page, sampleNo: string, age: string): Promise<string> {
  await enter(page, 'jiance');
  await chooseMachine(page, 'E006');
  await scan(page, sampleNo);
  await expect(page.getByTestId('bench-record')).toContainText(sampleNo);
  await expect(page.getByTestId('bench-record')).toContainText(`${age} d`);
  await expect(page.getByTestId('bench-phase')).toContainText('抗折试体 1');
  await expect(page.getByTestId('bench-phase')).toContainText('就绪', { timeout: 20_000 });
  await page.keyboard.press('F6');
  await expect(page.getByTestId('bench-phase')).toContainText('抗压试体', { timeout: 40_000 });
  await page.getByTestId('bench-temperatureC').focus();
  await typeDown(page, ['20.5', '52']);
  await expect(page.getByTestId('bench-missing')).toHaveText('可以签名', { timeout: 60_000 });
  await expect(page.getByTestId('record-result').getByText(/^✓\s*符合$/)).toHaveCount(2);
  const recordNo = (await page.getByTestId('bench-record').getAttribute('data-record')) ?? '';
  await page.keyboard.press('F8');
  await sign(page);
  await expect(page.getByTestId('bench-missing')).toHaveText('已签名（检测）');
  await leave(page);
  return recordNo;
}

/** Checked and approved by others; answers the number and the text of the report. */
const released = (page: Page, commissionNo: string, recordNo: string) =>
  before(page, async (as) => {
    const checker = await as('jiaohe');
    const { digest } = await checker.call('records.get', { recordNo });
    await checker.call('records.signCheck', { recordNo, digest, password: trainingPassword });
    const signatory = await as('pizhun');
    const { rows } = await signatory.call('reports.search', { text: commissionNo });
    const { reportNo } = rows.find(({ state }) => state === 'draft')!;
    const report = await signatory.call('reports.preview', { reportNo, revision: 1 });
    await signatory.call('reports.approve', {
      reportNo,
      revision: 1,
      digest: report.digest,
      password: trainingPassword,
    });
    return { reportNo, text: textOfPdf(report.pdfBase64) };
  });

test('the 28 d report of a cement supplements the 3 d one, each with its own record @bench', async ({ app, page }) => {
  test.setTimeout(240_000);
  const commission = await before(page, (as) =>
    receivedOf(as, {
      itemCode: 'SN-QD',
      parameterCodes: ['KZ', 'KY'],
      name: '水泥',
      properties: { kind: 'P·O', grade: '42.5' },
      madeOn: addDays(today(), -3),
      sampledOn: addDays(today(), -3),
    }),
  );
  const { sampleNo } = commission.samples[0]!;
  const first = await testedStage(page, sampleNo, '3');
  const early = await released(page, commission.commissionNo, first);
  expect(early.text).toContain('28 d 强度另出补充报告');

  await app.restart(25);
  await page.reload();
  const second = await testedStage(page, sampleNo, '28');
  expect(second).not.toBe(first);
  const late = await released(page, commission.commissionNo, second);
  expect(late.reportNo).not.toBe(early.reportNo);
  expect(late.text.replaceAll(/\s/g, '')).toContain(`是报告${early.reportNo}（3d）的补充报告`);
});
