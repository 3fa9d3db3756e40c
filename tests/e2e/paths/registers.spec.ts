// 导入导出, 资格, 标准库: the keepers' own lists by keyboard. A workbook is looked through before anything is entered; what
// goes out comes back as the same; a qualification by parameter stops a technician; a standard is looked up.
import { readFileSync } from 'node:fs';
import writeXlsxFile from 'write-excel-file/node';
import { addDays } from '../../../shared/entities/scalars.ts';
import { expect, test } from '../fixtures.ts';
import { enter, today, typed } from './steps.ts';

const heads = [
  '管理编号',
  '仪器名称',
  '规格型号',
  '序列号',
  '检测项目',
  '检定日期',
  '检定周期',
  '证书编号',
  '量程',
  '状态',
];
const machine = (id: string, serial: string, state = '在用') =>
  [id, '压力试验机', 'YAW-2000', serial, 'HNT-KY', '2026年3月2日', '12', 'LX-1', '2000', state]; // prettier-ignore
const workbook = (rows: string[][]) =>
  writeXlsxFile([heads, ...rows].map((row) => row.map((value) => ({ value, type: String }))) as never).toBuffer();

test('machines from a workbook: seen first, entered once, the same when they come back @bench @page', async ({
  page,
}, testInfo) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await enter(page, 'shebei');
  await expect(page.getByTestId('equipment-row').first()).toBeVisible();
  const rows = page.getByTestId('equipment-row');
  const before = await rows.count();
  await page.keyboard.press('Control+i');
  await expect(page.getByTestId('place-registers')).toHaveAttribute('data-key', 'equipment');
  const [template] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('F7')]);
  expect(template.suggestedFilename()).toBe('设备导入模板.xlsx');
  await page.getByTestId('register-file').setInputFiles({
    name: '设备一览表.xlsx',
    mimeType: 'application/octet-stream',
    buffer: await workbook([machine('YQ-501', 'S-1'), machine('YQ-502', 'S-2'), machine('YQ-503', 'S-3', '停用')]),
  });
  await expect(page.getByTestId('register-preview')).toContainText('新增 2');
  await expect(page.getByTestId('register-preview')).toContainText('有问题 1');
  const [problem] = await page.getByTestId('register-row').all();
  await expect(problem!).toContainText('停用');
  await page.keyboard.press('Home');
  await expect(page.getByTestId('register-line')).toContainText('停用、恢复在“设备”里按 F9');
  await page.screenshot({ path: testInfo.outputPath('preview.png') });
  await page.setViewportSize({ width: 1024, height: 700 });
  await page.screenshot({ path: testInfo.outputPath('preview-small.png') });
  await page.setViewportSize({ width: 1440, height: 900 });
  // Nothing is entered yet.
  await page.keyboard.press('Control+i');
  await expect(rows).toHaveCount(before);
  await page.keyboard.press('Control+i');
  await page.getByTestId('register-file').setInputFiles({
    name: '设备一览表.xlsx',
    mimeType: 'application/octet-stream',
    buffer: await workbook([machine('YQ-501', 'S-1'), machine('YQ-502', 'S-2')]),
  });
  await expect(page.getByTestId('register-take')).toBeEnabled();
  await page.keyboard.press('F9');
  await page.keyboard.press('Alt+2');
  await expect(page.getByTestId('reason-text')).toHaveValue('年度整理');
  await page.screenshot({ path: testInfo.outputPath('take.png') });
  await page.getByTestId('reason-confirm').click();
  await expect(page.getByTestId('register-done')).toContainText('新增 2 行');
  await expect(page.getByTestId('register-import')).toContainText('年度整理');
  await page.screenshot({ path: testInfo.outputPath('done.png') });

  await page.keyboard.press('Control+s');
  await page.keyboard.press('Alt+3');
  const [exported] = await Promise.all([page.waitForEvent('download'), page.getByTestId('reason-confirm').click()]);
  await page.getByTestId('register-file').setInputFiles({
    name: '设备.xlsx',
    mimeType: 'application/octet-stream',
    buffer: readFileSync(await exported.path()),
  });
  await expect(page.getByTestId('register-preview')).toContainText(`相同 ${before + 2}`);
  await expect(page.getByTestId('register-take')).toBeDisabled();
  await page.screenshot({ path: testInfo.outputPath('same.png') });
  await page.keyboard.press('Control+i');
  await expect(rows).toHaveCount(before + 2);
  await expect(page.locator('[data-testid="equipment-row"][data-key="YQ-501"]')).toContainText(/待平台批准|在用/);
  // A file that is none.
  await page.keyboard.press('Control+i');
  await page.getByTestId('register-file').setInputFiles({
    name: '照片.xlsx',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from('PK no workbook at all'),
  });
  await expect(page.getByTestId('error-block')).toContainText('什么也没有导入');
});

test('a qualification by parameter is entered with its proof, shown with its light, withdrawn @bench @page', async ({
  page,
}, testInfo) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await enter(page, 'zhiliang');
  await page.getByTestId('nav-people').click();
  await page.locator('[data-testid="person-row"]', { hasText: '梁志远' }).click();
  await expect(page.getByTestId('qualifications')).toContainText('没有登记');
  await page.keyboard.press('F7');
  await expect(page.getByTestId('qualification-itemCode')).toBeFocused();
  await page.getByTestId('qualification-itemCode').selectOption('HNT-KY');
  await page.getByTestId('qualification-parameterCode').selectOption('KY');
  await page.getByTestId('qualification-certificateNo').focus();
  await typed(page, '粤建检字 2026-18');
  await page.getByTestId('qualification-validFrom').fill(addDays(today(), -10));
  await page.getByTestId('qualification-validTo').fill(addDays(today(), -20));
  await expect(page.getByTestId('qualification-save')).toBeDisabled();
  await page.getByTestId('qualification-validTo').fill(addDays(today(), 20));
  await page.getByTestId('qualification-files').setInputFiles({
    name: '证书.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7\n%%EOF\n'),
  });
  await page.screenshot({ path: testInfo.outputPath('form.png') });
  await page.keyboard.press('F9');
  const entry = page.getByTestId('qualification-entry');
  await expect(entry).toContainText('▲');
  await expect(entry).toContainText('还有 20 天');
  await expect(entry.getByRole('button', { name: '证书.pdf' })).toBeVisible();
  await page.screenshot({ path: testInfo.outputPath('person.png') });
  await page.setViewportSize({ width: 1024, height: 700 });
  await page.screenshot({ path: testInfo.outputPath('person-small.png') });
  await page.getByTestId('qualification-withdraw').click();
  await page.keyboard.press('Alt+1');
  await page.getByTestId('reason-confirm').click();
  await expect(entry).toHaveAttribute('data-withdrawn', 'true');
  await expect(entry).toContainText('已撤回：登记有误');
});

test('standards: looked up together, one of the lab’s own, the table taken along @bench @page', async ({
  page,
}, testInfo) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await enter(page, 'zhiliang');
  await page.getByTestId('nav-methods').click();
  await page.keyboard.press('F8');
  const row = (no: string) => page.locator(`[data-testid="standard-row"][data-key="${no}"]`);
  await expect(row('GB/T 50081-2019')).toContainText('✓现行');
  await expect(row('GB/T 50081-2019')).toContainText('✕未查新');
  await expect(row('GB 175-2007')).toContainText('○已被代替');
  await page.keyboard.press('F2');
  await page.getByTestId('standard-standardNo').fill('DBJ/T 15-60-2019');
  await page.getByTestId('standard-name').fill('建筑地基基础检测规范');
  await page.getByTestId('standard-inForceFrom').fill(addDays(today(), 30));
  await page.getByTestId('standard-reason').fill('新收');
  await page.getByTestId('standard-reason').press('Enter');
  await expect(row('DBJ/T 15-60-2019')).toContainText('即将实施');
  await page.getByTestId('standard-search').fill('50081');
  await row('GB/T 50081-2019').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('F7');
  await expect(page.getByTestId('check-source')).toBeFocused();
  await typed(page, '国家标准全文公开系统');
  await page.getByTestId('check-passed').check();
  await page.screenshot({ path: testInfo.outputPath('check.png') });
  await page.keyboard.press('F9');
  await expect(row('GB/T 50081-2019')).toContainText(`✓${today()}`);
  await expect(page.getByTestId('standard-detail')).toContainText('国家标准全文公开系统');
  await page.screenshot({ path: testInfo.outputPath('standards.png') });
  await page.setViewportSize({ width: 1024, height: 700 });
  await page.screenshot({ path: testInfo.outputPath('standards-small.png') });
  await page.getByTestId('standard-search').fill('');
  const [table] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('F4')]);
  expect(readFileSync(await table.path(), 'utf8')).toContain('建筑地基基础检测规范');
});
