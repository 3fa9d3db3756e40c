// 引伸计: the technician chooses one by key, pulls bars without a yield point, and the record says Rp0.2 and by which
// extensometer, on the screen and on paper; one whose certificate ran out is refused in words.
import { writeFileSync } from 'node:fs';
import { expect, test } from '../fixtures.ts';
import { before, chooseMachine, clientOf, enter, receivedOf, scan, sign, textOfPdf, typeDown } from './steps.ts';

const bars = {
  itemCode: 'GJ-DL',
  name: '热轧带肋钢筋',
  parameterCodes: ['QF', 'KL', 'ZL'],
  properties: { grade: 'HRB400E', nominalDiameter_mm: '25', round: 'initial' },
};

test('an extensometer is chosen by key; bars without a yield give Rp0.2, and record and paper name it @bench', async ({
  page,
}, testInfo) => {
  const commission = await before(page, (as) => receivedOf(as, bars));
  const { sampleNo } = commission.samples[0]!;
  await enter(page, 'jiance');
  await chooseMachine(page, 'E004');
  await scan(page, sampleNo);
  await expect(page.getByTestId('bench-phase')).toContainText('就绪', { timeout: 20_000 });

  const button = page.getByTestId('bench-extensometer');
  await expect(button).toContainText('引伸计：不用');
  await page.keyboard.press('Alt+e');
  await expect(page.getByTestId('extensometer-none').locator('input')).toBeFocused();
  await expect(page.getByTestId('extensometer-E013')).toContainText('标距 100 mm，1 级，量程 25 mm');
  await expect(page.getByTestId('extensometer-E013')).toContainText('LX-2026-07118');
  await expect(page.getByTestId('extensometer-E014')).toContainText('已过期');
  await page.keyboard.press('ArrowUp');
  await page.screenshot({ path: testInfo.outputPath('choice.png') });
  // The last one: its certificate ran out, the gate says so, and nothing has changed.
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('电子引伸计（E014）');
  await expect(dialog).toContainText('已超期');
  await page.screenshot({ path: testInfo.outputPath('refused.png') });
  await page.getByTestId('extensometer-E014').locator('input').focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(button).toContainText('E013 标距 100 mm，1 级');
  await expect(page.getByTestId('bench-phase')).toContainText('就绪', { timeout: 20_000 });

  await page.keyboard.press('Shift+F6');
  await expect(page.getByTestId('specimen-2')).toContainText('有效', { timeout: 60_000 });
  for (const specimen of [1, 2]) {
    await expect(page.getByTestId(`curve-value-Fp02_kN-${specimen}`)).toContainText(/规定塑性延伸力\s*2\d\d\.\d{3} kN/);
    await expect(page.getByTestId(`curve-value-FeL_kN-${specimen}`)).toHaveCount(0);
    await expect(page.getByTestId(`entry-FeL_kN-${specimen}`)).toBeDisabled();
    await expect(page.getByTestId(`entry-FeL_kN-${specimen}`)).toHaveAttribute('title', /^以 Fp0\.2 2\d\d\.\d{3} 代替/);
    await expect(page.getByTestId(`specimen-${specimen}-extensometer`)).toContainText('E013');
  }
  await page.getByTestId('bench-temperatureC').focus();
  await typeDown(page, ['21.0', '55']);
  await expect(page.getByTestId('bench-missing')).toHaveText('可以签名');
  await expect(page.getByTestId('record-result')).toContainText('未判定');
  await page.screenshot({ path: testInfo.outputPath('bench.png') });
  await page.keyboard.press('F8');
  await sign(page);
  await expect(page.getByTestId('bench-missing')).toHaveText('已签名（检测）');

  // The choice is the machine's: it is there again after a reload.
  await page.reload();
  await expect(button).toContainText('E013');
  const client = clientOf(page);
  const [row] = (await client.call('replication.pull', { collection: 'records', checkpoint: 0, limit: 10 })).documents;
  const recordNo = String(row!['id']);
  const { pdfBase64 } = await client.call('reports.recordPdf', { recordNo });
  writeFileSync(testInfo.outputPath('record.pdf'), Buffer.from(pdfBase64, 'base64'));
  const paper = textOfPdf(pdfBase64).replaceAll(/\s/g, '');
  for (const words of ['电子引伸计', 'E013', 'LX-2026-07118', '没有明显屈服', '标距100mm、1级', '以Rp0.2代替ReL'])
    expect(paper).toContain(words);
});
