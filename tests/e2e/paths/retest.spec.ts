// 复检: from the first report to the retest and back, by keyboard; and from the ledger, where a person decides with a reason.
import { expect, test } from '../fixtures.ts';
import { before, commissionOf, enter, leave, sampleOf, taskOf, today, watchMouse, type As } from './steps.ts';
import { trainingPassword } from '../../../main/core/training/trainingLab.ts';
import type { ContractClient } from '../../../shared/contract/client.ts';

const password = trainingPassword;

/** Welded joints that are bent: so many of them crack. */
async function bent(
  as: As,
  sampleNo: string,
  count: number,
  cracked: number,
): Promise<{ recordNo: string; reportNo: string }> {
  const technician = await as('jiance');
  const taskId = await taskOf(technician, sampleNo);
  const { recordNo } = await technician.call('bench.open', { taskId, equipmentId: 'E011' });
  const entries = Array.from({ length: count }, (_, index) => index + 1).flatMap((specimenNo) => [
    { field: 'bendFindings', specimenNo, value: specimenNo <= cracked ? '有裂纹' : '无裂纹' },
    ...(specimenNo <= cracked ? [{ field: 'crackWidths_mm', specimenNo, value: '1.00' }] : []),
  ]);
  await technician.call('records.enter', {
    recordNo,
    entries: [{ field: 'bendFormer_mm', specimenNo: null, value: '100' }, ...entries],
  });
  await technician.call('bench.environment', {
    recordNo,
    environment: { temperatureC: '20.5', humidityPercent: '62' },
  });
  await technician.call('bench.close', { recordNo });
  const signed = async (client: ContractClient, call: 'records.signTest' | 'records.signCheck') => {
    const { digest } = await client.call('records.get', { recordNo });
    await client.call(call, { recordNo, digest, password });
  };
  await signed(technician, 'records.signTest');
  await signed(await as('jiaohe'), 'records.signCheck');
  const signatory = await as('pizhun');
  const { commissionNo } = await signatory.call('records.get', { recordNo });
  const reportNo = (await signatory.call('reports.search', { text: commissionNo })).rows[0]!.reportNo;
  const { digest } = await signatory.call('reports.preview', { reportNo, revision: 1 });
  await signatory.call('reports.approve', { reportNo, revision: 1, digest, password });
  return { recordNo, reportNo };
}

async function first(as: As): Promise<{ recordNo: string; reportNo: string }> {
  const { madeOn: _made, requiredAgeDays: _age, ...plain } = sampleOf();
  const properties = { weldType: '闪光对焊', grade: 'HRB400', nominalDiameter_mm: '20', round: 'initial' };
  const joint = { ...plain, itemCode: 'GJ-HJ', parameterCodes: ['WQ'], name: '钢筋焊接接头', properties };
  const receiver = await as('shouyang');
  const commission = await receiver.call(
    'commissions.register',
    commissionOf([{ ...joint, sampledOn: today(), representedQuantity: '300 个接头', batchNo: 'HJ-17' }]),
  );
  return bent(as, commission.samples[0]!.sampleNo, 3, 2);
}

test('unqualified → retest → qualified: begun at the first report by keyboard, found again from both sides @page', async ({
  page,
}, testInfo) => {
  const one = await before(page, first);
  await enter(page, 'shouyang');
  await page.getByTestId('nav-reports').click();
  await page.getByTestId('tab-recent').click();
  await expect(page.getByTestId('report-row')).toHaveCount(1);
  await expect(page.getByTestId('report-retest')).toBeVisible();
  const pressed = await watchMouse(page);

  await page.keyboard.press('Alt+r');
  const dialog = page.getByTestId('retest-dialog');
  await expect(dialog.getByTestId('retest-says-WQ')).toContainText('JGJ 18-2012 5.1.8');
  await expect(dialog.getByTestId('retest-quantity')).toContainText('弯曲试件 6 个（首次 3 个）');
  await expect(dialog).toContainText('没有复检的字段');
  await expect(page.getByTestId('retest-send')).toBeDisabled();
  await expect(dialog).toContainText('还缺：见证人、见证证书编号');
  await expect(page.getByTestId('retest-witnessName')).toBeFocused();
  await page.keyboard.insertText('何静');
  await page.keyboard.press('Tab');
  await page.keyboard.insertText('JZ-2026-0118');
  await page.screenshot({ path: testInfo.outputPath('retest-dialog.png') });
  await page.keyboard.press('F9');
  const line = page.getByTestId('retest-line');
  await expect(line).toContainText('待检');
  await expect(page.getByTestId('report-retest')).toHaveCount(0);
  expect(await pressed()).toBe(0);
  await leave(page);

  const retest = await before(page, async (as) => {
    const client = await as('zhiliang');
    const { retests } = await client.call('retests.related', { reportNo: one.reportNo });
    return bent(as, retests[0]!.sampleNo, 6, 0);
  });
  await enter(page, 'zhiliang');
  await page.getByTestId('nav-reports').click();
  await page.getByTestId('tab-recent').click();
  await page.getByTestId('report-row').filter({ hasText: one.reportNo }).click();
  await expect(line).toHaveAttribute('data-verdict', 'qualified');
  await expect(line).toContainText('符合');
  await page.screenshot({ path: testInfo.outputPath('first-report.png') });
  await page.getByTestId('related-open').click();
  await expect(page.getByTestId('first-line')).toContainText(one.recordNo);
  await expect(page.locator('.jt-report h3')).toContainText(retest.reportNo);
  await page.screenshot({ path: testInfo.outputPath('retest-report.png') });
});

test('unqualified → retest → unqualified: the ledger names the first; what no standard provides for is a decision @page', async ({
  page,
}, testInfo) => {
  const one = await before(page, async (as) => {
    const begun = await first(as);
    const receiver = await as('shouyang');
    const witness = { witnessUnit: '云岭工程监理有限公司', witnessName: '何静', witnessCertNo: 'JZ-2026-0118' };
    const commission = await receiver.call('retests.begin', {
      recordNo: begun.recordNo,
      parameterCodes: ['WQ'],
      sampledOn: today(),
      samplerName: '周立',
      sampleState: '同批另取',
      ...witness,
    });
    return { ...begun, retest: await bent(as, commission.samples[0]!.sampleNo, 6, 4) };
  });
  await enter(page, 'zhiliang');
  await page.getByTestId('nav-reports').click();
  await page.keyboard.press('Alt+u');
  // The first result and that of its retest; the newest stands first.
  await expect(page.getByTestId('unqualified-row')).toHaveCount(2);
  await expect(page.getByTestId('unqualified-retests')).toContainText(`首次 记录 ${one.recordNo}`);
  await page.keyboard.press('Alt+r');
  const says = page.getByTestId('retest-says-WQ');
  await expect(says).toContainText('标准不再规定复检');
  await expect(page.getByTestId('retest-send')).toBeDisabled();
  await page.getByTestId('retest-reason').fill('监督站 2026-118 号通知：另取一组复检');
  await page.getByTestId('retest-witnessName').fill('何静');
  await page.getByTestId('retest-witnessCertNo').fill('JZ-2026-0118');
  await page.screenshot({ path: testInfo.outputPath('retest-decision.png') });
  await page.keyboard.press('F9');
  await expect(page.getByTestId('retest-line')).toContainText('由谭敏仪决定：监督站 2026-118 号通知');
  await expect(page.getByTestId('unqualified-retest')).toBeDisabled();
  // The line of the first result shows how its retest came out.
  await page.getByTestId('unqualified-row').nth(1).click();
  await expect(page.getByTestId('unqualified-detail')).toContainText(one.recordNo);
  await expect(page.getByTestId('retest-line')).toHaveAttribute('data-verdict', 'unqualified');
  await page.setViewportSize({ width: 1024, height: 700 });
  await page.screenshot({ path: testInfo.outputPath('ledger-small.png') });
});
