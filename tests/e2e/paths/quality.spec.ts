// 质量负责人: copies of reports, what the platform has, whether anything was changed, and what needs to be known.
import { execFileSync } from 'node:child_process';
import type { Download, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { before, checked, coded, enter, received, released, taskOf, tested } from './steps.ts';
import { trainingPassword } from '../../../main/core/training/trainingLab.ts';

async function downloads(page: Page, count: number, act: () => Promise<void>): Promise<Download[]> {
  const seen: Download[] = [];
  const listen = (download: Download): void => void seen.push(download);
  page.on('download', listen);
  await act();
  await expect.poll(() => seen.length).toBe(count);
  page.off('download', listen);
  return seen;
}

test('reports are saved in a batch, an uncoded one only after a warning and with the watermark @bench', async ({
  page,
}, testInfo) => {
  const [first, second] = await before(page, async (as) => {
    const withCode = await coded(as, await received(as, { designGrade: 'C20' }));
    const waiting = await checked(as, await received(as, { designGrade: 'C20', structurePart: '屋面梁' }));
    // Approved while nobody answers at the platform's address.
    const admin = await as('admin');
    const nowhere = {
      platformUrl: 'http://127.0.0.1:9',
      orgCode: '44JC20260718',
      accessKey: 'AK',
      secret: 'nowhere-9',
    };
    await admin.call('sync.connection', nowhere);
    const signatory = await as('pizhun');
    const { digest } = await signatory.call('reports.preview', { reportNo: waiting, revision: 1 });
    await signatory.call('reports.approve', { reportNo: waiting, revision: 1, digest, password: trainingPassword });
    return [withCode, waiting] as const;
  });
  await enter(page, 'zhiliang');
  await page.keyboard.press('Alt+3');
  const rows = page.getByTestId('report-row');
  await expect(rows).toHaveCount(2);
  await page.getByRole('grid', { name: '报告' }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await page.keyboard.press('Control+s');
  const warning = page.getByTestId('uncoded-dialog');
  await expect(warning).toContainText(second);
  await expect(warning).toContainText('不得用于工程竣工验收');
  const [only] = await downloads(page, 1, () => page.getByRole('button', { name: /只存出已赋码的 1 份/ }).click());
  expect(only!.suggestedFilename()).toContain(first);

  await page.getByRole('grid', { name: '报告' }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await page.keyboard.press('Control+s');
  const both = await downloads(page, 2, () => page.getByTestId('uncoded-go').click());
  const texts = new Map<string, string>();
  for (const download of both) {
    const file = testInfo.outputPath(download.suggestedFilename());
    await download.saveAs(file);
    texts.set(download.suggestedFilename(), execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' }));
  }
  const textOf = (reportNo: string): string => [...texts].find(([name]) => name.includes(reportNo))?.[1] ?? '';
  // The watermark lies across the page, so its characters come one by one; this one stands nowhere else.
  expect(textOf(first)).toContain(first);
  expect(textOf(first)).not.toContain('竣');
  expect(textOf(second)).toContain('竣');
  expect(textOf(second)).toMatch(/标识码\s*未取得/);
  await expect(page.getByTestId('place-reports')).toContainText(/已打印或存出 [12] 次/);
});

test('the ledger tells what the platform has, the audit check is clean, a low group raised an alarm @page', async ({
  page,
}) => {
  // Someone put cubes of another sample into the machine: a C60 group is pressed with what was meant for C20.
  const low = await before(page, async (as) => {
    await tested(as, await received(as, { designGrade: 'C20', structurePart: '垫层' }));
    const commission = await received(as, { designGrade: 'C20' }, { designGrade: 'C60', structurePart: '一层柱' });
    const technician = await as('jiance');
    const [weak, strong] = commission.samples;
    const decoy = await taskOf(technician, weak!.sampleNo);
    const taskId = await taskOf(technician, strong!.sampleNo);
    await technician.call('bench.open', { taskId: decoy, equipmentId: 'E001' });
    await technician.call('bench.virtual', { equipmentId: 'E001', action: 'load' });
    const runsOf = async (recordNo: string) => (await technician.call('records.get', { recordNo })).runs.length;
    // What is pressed from now on stands under the other record; a specimen that was under load already may not.
    const { recordNo } = await technician.call('bench.open', { taskId, equipmentId: 'E001' });
    await expect.poll(() => runsOf(recordNo), { timeout: 60_000 }).toBeGreaterThanOrEqual(2);
    await technician.call('bench.environment', {
      recordNo,
      environment: { temperatureC: '20', humidityPercent: '60' },
    });
    await expect
      .poll(
        async () => {
          await technician.call('bench.virtual', { equipmentId: 'E001', action: 'load' });
          return (await technician.call('records.get', { recordNo })).result?.alarming ?? null;
        },
        { timeout: 60_000, intervals: [500] },
      )
      .toBe(true);
    // Loaded at the rate of a C20: the record stops, and two persons let it go on.
    const { digest } = await released(technician, recordNo);
    await technician.call('records.signTest', { recordNo, digest, password: trainingPassword });
    return strong!.sampleNo;
  });
  await enter(page, 'zhiliang');

  await expect(page.getByTestId('banner-notices').locator('b')).toBeVisible();
  await page.keyboard.press('Alt+n');
  const notice = page.locator('.jt-notices li').filter({ hasText: low });
  await expect(notice).toContainText('紧急');
  await expect(notice).toContainText('C60');
  await notice.getByRole('button', { name: '知道了' }).click();
  await expect(notice).toContainText('谭敏仪 已阅');
  await page.keyboard.press('Escape');

  await page.getByTestId('nav-ledger').click();
  await page.getByTestId('tab-all').click();
  const entries = page.getByTestId('ledger-row');
  await expect(entries.filter({ hasText: '委托单' })).toHaveCount(2);
  await expect(entries.filter({ hasText: '委托单' }).first()).toContainText('平台已接收', { timeout: 30_000 });
  await page.getByRole('grid', { name: '上传条目' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByTestId('ledger-detail')).toContainText('下一步');

  await page.getByTestId('nav-audit').click();
  await expect(page.getByTestId('place-audit')).toBeVisible();
  await page.keyboard.press('F9');
  await expect(page.getByTestId('audit-result')).toHaveAttribute('data-ok', 'true', { timeout: 20_000 });
});
