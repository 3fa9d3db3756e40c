// 授权签字人: from the preview to the coded file, with the network cut between the submission and the code.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFaultProxy } from '../../../sync/provincial/testing/fault-proxy.ts';
import { startTrainingPlatform } from '../../../sync/training/platform.ts';
import { seedTrainingLab } from '../../../sync/training/seed.ts';
import { expect, test } from '../fixtures.ts';
import { before, checked, enter, leave, received, sign } from './steps.ts';

test('the network fails between submission and code: the code comes by itself, once, and the coded file verifies @bench', async ({
  page,
  browser,
}, testInfo) => {
  const folder = await mkdtemp(join(tmpdir(), 'jiantai-e2e-platform-'));
  const lab = seedTrainingLab();
  const platform = await startTrainingPlatform({ file: join(folder, 'platform.sqlite'), seed: lab });
  const network = await startFaultProxy(platform.url);
  try {
    // The administrator points the lab at a platform across that network.
    await expect(page.getByTestId('signin-username')).toBeFocused();
    await enter(page, 'admin');
    await page.getByTestId('platform-platformUrl').fill(network.url);
    await page.getByTestId('platform-orgCode').fill(lab.institution.orgCode);
    await page.getByTestId('platform-accessKey').fill(lab.credentials.accessKey);
    await page.getByTestId('platform-secret').fill(lab.credentials.secret);
    await page.keyboard.press('Enter');
    await expect(page.getByText('已保存。连接结果见顶部横幅')).toBeVisible();
    await expect(page.getByTestId('banner-connection')).toHaveAttribute('data-connection', 'online');
    await leave(page);

    const reportNo = await before(page, async (as) => checked(as, await received(as, { designGrade: 'C20' })));
    await enter(page, 'pizhun');
    await expect(page.getByTestId('report-row')).toContainText(reportNo);
    await expect(page.getByTestId('pdf-view')).toHaveAttribute('data-size', /^\d{5,}$/);

    let cut = false;
    network.decide = ({ method, path }) => {
      if (cut) return 'before';
      cut = method === 'PUT' && /^\/v1\/reports\/[^/]+\/revisions\/\d+$/.test(path);
      return 'pass';
    };
    await page.keyboard.press('F8');
    await sign(page, 'wrong-password');
    await expect(page.getByTestId('error-block')).toContainText('没有签名，内容没有变化');
    await sign(page);
    await expect.poll(() => cut, { timeout: 30_000 }).toBe(true);
    const banner = page.getByTestId('banner-connection');
    await expect(banner).toHaveAttribute('data-connection', 'offline', { timeout: 20_000 });
    await expect(banner).toContainText('连不上监管平台');
    await expect(page.getByTestId('banner-reference')).toContainText('更新');
    await expect(page.getByTestId('banner-waiting').locator('b')).not.toHaveText('0');
    await page.getByTestId('tab-recent').click();
    await expect(page.getByTestId('report-code')).toContainText('尚未取得');
    expect(platform.codes()).toHaveLength(0);

    // The network is back. Nobody presses anything.
    cut = false;
    network.decide = () => 'pass';
    const code = page.getByTestId('report-code');
    await expect(code).not.toHaveAttribute('data-code', '', { timeout: 60_000 });
    await expect(banner).toHaveAttribute('data-connection', 'online');
    const issued = platform.codes();
    expect(issued).toEqual([expect.objectContaining({ reportNo, revision: 1 })]);
    await expect(code).toHaveAttribute('data-code', issued[0]!.code);
    await expect(page.getByTestId('report-row')).toContainText('已赋码归档', { timeout: 30_000 });

    const saving = page.waitForEvent('download');
    await page.keyboard.press('Control+s');
    const file = testInfo.outputPath('coded.pdf');
    await (await saving).saveAs(file);
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    expect(text).toContain(issued[0]!.code);
    expect(text).toContain(reportNo);
    expect(text).not.toContain('竣'); // Only the watermark of an uncoded file has this character.
    execFileSync('pdftoppm', ['-r', '150', '-png', '-f', '1', '-l', '1', file, testInfo.outputPath('page')]);
    const picture = execFileSync('ls', [testInfo.outputPath('.')], { encoding: 'utf8' })
      .split('\n')
      .find((name) => /^page.*\.png$/.test(name))!;
    const address = execFileSync('zbarimg', ['--raw', '-q', testInfo.outputPath(picture)], { encoding: 'utf8' }).trim();
    expect(address.startsWith(`${platform.url}/verify`)).toBe(true);
    expect(address).toContain(issued[0]!.code);
    await expect(page.getByTestId('report-verify-url')).toContainText(address);

    const anyone = await browser.newPage();
    await anyone.goto(address);
    await expect(anyone.getByRole('heading', { name: '有效' })).toBeVisible();
    await expect(anyone.locator('body')).toContainText(reportNo);
    await anyone.close();
  } finally {
    await network.close();
    await platform.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
