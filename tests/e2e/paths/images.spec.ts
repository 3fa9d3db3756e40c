// 签名图片: entered by who keeps people, confirmed by its owner with the own password; the seal and whether it is printed.
import { expect, test } from '../fixtures.ts';
import { enter, leave, sign } from './steps.ts';
import { sealPng, signaturePng } from '../../../main/core/images/images.test-helper.ts';

const picture = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/png', buffer });

test('a signature image counts when its owner has confirmed it; the seal is left free until somebody says otherwise @page', async ({
  page,
}, testInfo) => {
  await enter(page, 'zhiliang');
  await page.getByTestId('nav-people').click();
  const person = page.getByTestId('person-row').filter({ hasText: '梁志远' });
  await person.click();
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Alt+s');
  await (await chooser).setFiles(picture('签名.png', Buffer.from('<svg onload="alert(1)"/>')));
  await expect(page.getByTestId('images').getByTestId('error-block')).toContainText('不是 PNG 或 JPG');
  await page.getByTestId('image-file').setInputFiles(picture('签名.png', signaturePng()));
  const row = page.getByTestId('image-row');
  await expect(row).toContainText('待本人确认');
  await expect(page.getByTestId('image-confirm')).toHaveCount(0);

  await page.keyboard.press('Alt+g');
  const seal = page.getByTestId('seal-dialog');
  await expect(seal.getByTestId('seal-mode')).toHaveAttribute('data-mode', 'blank');
  await seal.getByTestId('image-file').setInputFiles(picture('章.png', sealPng()));
  await expect(seal.getByTestId('image-row')).toContainText('待授权签字人确认');
  await seal.getByTestId('image-show').click();
  await expect(seal.locator('img')).toBeVisible();
  await page.screenshot({ path: testInfo.outputPath('seal.png') });
  await seal.getByTestId('seal-mode-change').click();
  await page.keyboard.press('Alt+1');
  await page.getByTestId('reason-confirm').click();
  await expect(seal.getByTestId('seal-mode')).toHaveAttribute('data-mode', 'print');
  await page.keyboard.press('Escape');
  await leave(page);

  await enter(page, 'jiance');
  await page.getByTestId('nav-people').click();
  await person.click();
  await expect(row).toHaveAttribute('data-force', 'false');
  await page.keyboard.press('Alt+o');
  await expect(page.getByTestId('image-preview')).toBeVisible();
  await page.screenshot({ path: testInfo.outputPath('confirm.png') });
  await sign(page);
  await expect(row).toHaveAttribute('data-force', 'true');
  await expect(row).toContainText('在用');
  await page.setViewportSize({ width: 1024, height: 700 });
  await page.screenshot({ path: testInfo.outputPath('person-small.png') });
});
