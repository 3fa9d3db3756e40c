// 质量负责人, after issue: a report is printed, changed, replaced and made void; the platform's public page follows each step,
// and the paper originals are asked for until somebody answers.
import type { Browser, Page } from '@playwright/test';
import { methodById } from '../../../shared/methods/index.ts';
import { sampleInputOf } from '../../papers/paperSampleInput.ts';
import { typedEntries } from '../../papers/readings.ts';
import { samplesOf } from '../../papers/samples/index.ts';
import { expect, test } from '../fixtures.ts';
import { before, coded, commissionOf, enter, leave, received, taskOf, typed, watchMouse, type As } from './steps.ts';
import { trainingPassword } from '../../../main/core/training/trainingLab.ts';

/** What anybody reads who scans the code on the paper. */
async function publicPage(browser: Browser, url: string): Promise<string> {
  const page = await browser.newPage();
  await page.goto(url);
  const text = await page.locator('body').innerText();
  await page.close();
  return text;
}

const urlOf = async (page: Page): Promise<string> =>
  ((await page.getByTestId('report-verify-url').textContent()) ?? '').replace('查验：', '').trim();

const current = (page: Page, reportNo: string, revision: number) =>
  expect(page.locator('.jt-detail-head h3')).toHaveText(`${reportNo} 第 ${revision} 版`);

/** Moves in the list with the keyboard until this revision is open. */
async function open(page: Page, reportNo: string, revision: number): Promise<void> {
  const row = page.locator(`[data-testid=report-row][data-key="${reportNo}#${revision}"]`);
  await expect(row).toBeVisible({ timeout: 20_000 });
  await page.getByRole('grid', { name: '报告', exact: true }).focus();
  await page.keyboard.press('Home');
  for (let step = 0; step < 10 && (await row.getAttribute('aria-selected')) !== 'true'; step += 1)
    await page.keyboard.press('ArrowDown');
  await current(page, reportNo, revision);
}

async function sign(page: Page): Promise<void> {
  await expect(page.getByTestId('sign-password')).toBeFocused();
  await typed(page, trainingPassword);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('sign-password')).toHaveCount(0);
}

const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['JIANTAI_LOOK'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, animations: 'disabled' });
};

test('a report is issued, changed, replaced and made void; the verify page follows @bench', async ({
  page,
  browser,
}) => {
  test.setTimeout(420_000);
  await page.setViewportSize({ width: 1366, height: 768 });
  const made = await before(page, async (as) => {
    const commission = await received(as, { structurePart: '三层梁板 1-8/A-F 轴' });
    const reportNo = await coded(as, commission);
    // A browser without a screen cannot print: the copy that was handed out is asked for at the contract.
    const issuing = await as('zhiliang');
    await issuing.call('reports.print', { reports: [{ reportNo, revision: 1 }], purpose: 'print' });
    return { reportNo, sampleNo: commission.samples[0]!.sampleNo };
  });
  const { reportNo, sampleNo } = made;

  // Issued: a copy is handed out, and the public reads 有效.
  await enter(page, 'zhiliang');
  const pressedMouse = await watchMouse(page);
  await page.keyboard.press('Alt+3');
  await open(page, reportNo, 1);
  const saved = page.waitForEvent('download');
  await page.keyboard.press('Control+s');
  expect((await saved).suggestedFilename()).toBe(`${reportNo}-1.pdf`);
  const first = await urlOf(page);
  expect(await publicPage(browser, first)).toContain('有效');

  // Applied for, with evidence; only commission information has a field.
  await expect(page.getByTestId('report-change')).toBeEnabled();
  await page.keyboard.press('F2');
  const part = page.getByTestId(`change-samples.${sampleNo}.structurePart`);
  await expect(part).toHaveValue('三层梁板 1-8/A-F 轴');
  await expect(page.getByTestId(`change-samples.${sampleNo}.madeOn`)).toHaveCount(0);
  await part.focus();
  await page.keyboard.press('Control+a');
  await typed(page, '四层梁板 1-8/A-F 轴');
  await page.keyboard.press('Alt+1');
  await expect(page.getByTestId('change-reason')).toHaveValue('委托单位来函更正');
  await page.getByTestId('change-witness').focus();
  await typed(page, '苏明');
  const letter = { name: '委托单位更正函.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF\n') };
  await page.getByTestId('change-files').setInputFiles(letter);
  await shot(page, 'change');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('change-dialog')).toHaveCount(0);
  await expect(page.getByTestId('after-issue')).toContainText('须由另一人批准');
  expect(await pressedMouse()).toBe(0);

  // Approved by another person; from then on no copy of the old revision is made.
  await leave(page);
  await enter(page, 'pizhun');
  await page.getByTestId('nav-reports').click();
  await page.getByTestId('tab-recent').click();
  await open(page, reportNo, 1);
  await expect(page.getByTestId('change-decide')).toBeVisible();
  await page.keyboard.press('F2');
  await expect(page.locator('.jt-order').last()).toContainText('四层梁板 1-8/A-F 轴');
  await shot(page, 'approve-change');
  await sign(page);
  await expect(page.getByTestId('report-stopped')).toContainText('变更单');
  await shot(page, 'changing');
  expect(await publicPage(browser, first)).toContain('有效');

  // The three sign again: the tester at the screen, the others meanwhile elsewhere.
  await leave(page);
  await enter(page, 'jiance');
  await page.getByTestId('nav-reports').click();
  await open(page, reportNo, 2);
  await expect(page.getByTestId('report-sign-test')).toBeEnabled();
  await page.keyboard.press('F8');
  await sign(page);
  await expect(page.locator('.jt-report-signs')).toContainText('✓ 梁志远');
  await leave(page);
  await before(page, (as) => signedByTheOthers(as, reportNo));

  // Replaced: the old code says so to everybody, the new one is valid; the paper original comes back.
  await enter(page, 'zhiliang');
  await page.keyboard.press('Alt+3');
  await open(page, reportNo, 1);
  await expect(page.getByTestId('report-stopped')).toContainText('已被第 2 版代替', { timeout: 45_000 });
  expect(await publicPage(browser, first)).toContain('已被代替');
  await page.keyboard.press('Control+p');
  await expect(page.locator('.ant-message')).toContainText('不能打印');
  await shot(page, 'replaced');
  await page.keyboard.press('F7');
  await expect(page.getByTestId('original-dialog')).toContainText('1 份');
  await page.getByTestId('original-by').focus();
  await typed(page, '周立');
  await shot(page, 'original');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('report-timeline')).toContainText('原件收回 1 份，周立 交回');
  await open(page, reportNo, 2);
  const second = await urlOf(page);
  expect(second).not.toBe(first);
  expect(await publicPage(browser, second)).toContain('有效');
  await shot(page, 'second');

  // Void: both codes say so; nothing is printed, the number is kept, the new original is asked for.
  await page.keyboard.press('F6');
  await expect(page.getByTestId('void-reason')).toBeFocused();
  await page.keyboard.press('Alt+1');
  await page.getByTestId('sign-password').focus();
  await shot(page, 'void');
  await sign(page);
  await expect(page.getByTestId('report-stopped')).toContainText('已作废：委托单位撤回委托');
  await expect.poll(() => publicPage(browser, second), { timeout: 30_000 }).toContain('已作废');
  expect(await publicPage(browser, first)).toContain('已作废');
  await expect(page.getByTestId('report-again')).toBeVisible();
  await shot(page, 'voided');
  await page.keyboard.press('Alt+y');
  const row = page.getByTestId('original-row');
  await expect(row).toHaveCount(1);
  await expect(row).toContainText(`${reportNo} 第 2 版`);
  await shot(page, 'originals');
  await page.keyboard.press('Alt+u');
  await expect(page.getByTestId('unqualified')).toContainText('没有未办结的不合格结果');

  // Nothing of this has bent the evidence.
  await page.getByTestId('nav-audit').click();
  await expect(page.getByTestId('place-audit')).toBeVisible();
  await page.keyboard.press('F9');
  await expect(page.getByTestId('audit-result')).toHaveAttribute('data-ok', 'true', { timeout: 30_000 });
});

test('an unqualified result stands in the ledger with its proof, is dealt with and exported @bench', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await page.setViewportSize({ width: 1366, height: 768 });
  const sampleNo = await before(page, async (as) => {
    const method = methodById('field-density-ring');
    const ring = samplesOf(method.id)!;
    const soil = sampleInputOf(method, ring, ring.failing[0]!);
    const commission = await (await as('shouyang')).call('commissions.register', commissionOf([soil]));
    const technician = await as('jiance');
    const taskId = await taskOf(technician, commission.samples[0]!.sampleNo);
    const { recordNo } = await technician.call('bench.open', { taskId, equipmentId: 'E007' });
    const environment = { temperatureC: '20.5', humidityPercent: '62' };
    await technician.call('bench.environment', { recordNo, environment });
    await technician.call('records.enter', { recordNo, entries: typedEntries(method, ring.failing[0]!.inputs) });
    const { digest, result } = await technician.call('records.get', { recordNo });
    expect(result?.verdict).toBe('unqualified');
    await technician.call('records.signTest', { recordNo, digest, password: trainingPassword });
    return commission.samples[0]!.sampleNo;
  });
  await enter(page, 'zhiliang');
  const pressedMouse = await watchMouse(page);
  await page.keyboard.press('Alt+3');
  await expect(page.getByTestId('place-reports')).toBeVisible();
  await page.keyboard.press('Alt+u');
  const row = page.getByTestId('unqualified-row').filter({ hasText: sampleNo }).first();
  // The notice overtakes everything; its receipt is the proof.
  await expect(row).toContainText('按时上报', { timeout: 60_000 });
  await page.getByRole('grid', { name: '不合格台账' }).focus();
  const detail = page.getByTestId('unqualified-detail');
  await expect(detail).toContainText('平台已接收');
  await page.keyboard.press('F7');
  await expect(page.getByTestId('handle-text')).toBeFocused();
  await typed(page, '已告知监理，监督下返工碾压后复检');
  await page.waitForTimeout(60); // A person's hand on the way to Enter; a scanner has none.
  await page.keyboard.press('Enter');
  await expect(detail).toContainText('返工碾压');
  await shot(page, 'unqualified');
  const saving = page.waitForEvent('download');
  await page.keyboard.press('Control+s');
  expect((await saving).suggestedFilename()).toMatch(/^不合格台账-.*\.csv$/u);
  expect(await pressedMouse()).toBe(0);
});

async function signedByTheOthers(as: As, reportNo: string): Promise<void> {
  const steps = [
    ['jiaohe', 'reports.signCheck'],
    ['pizhun', 'reports.approve'],
  ] as const;
  for (const [who, call] of steps) {
    const client = await as(who);
    const { digest } = await client.call('reports.preview', { reportNo, revision: 2 });
    await client.call(call, { reportNo, revision: 2, digest, password: trainingPassword });
  }
}
