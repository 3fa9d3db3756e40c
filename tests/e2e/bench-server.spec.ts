// What only the bench server has: browsers that are let in, tabs that share a sign-in, and a server that was killed.
import { expect, signIn, test } from './fixtures.ts';
import { trainingPassword } from '../../main/core/training/trainingLab.ts';

test('tabs of one browser share the sign-in, another browser has its own @bench', async ({ app, page }) => {
  await signIn(page, 'jiance', trainingPassword);
  const tab = await app.newWindow('sameBrowser');
  await expect(tab.getByTestId('signin-submit')).toHaveCount(0);
  await expect(tab.locator('#root')).toContainText('梁志远');
  const other = await app.newWindow('otherBrowser');
  await expect(other.getByTestId('signin-submit')).toBeVisible();
});

test('an address without entry shows a plain page and no program @bench', async ({ app, browser }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const response = await page.goto(new URL(app.page.url()).origin);
  expect(response?.status()).toBe(401);
  await expect(page.locator('body')).toContainText('请重新打开');
  await context.close();
});

test('after the core was killed and started again, the same browser signs in and goes on @bench', async ({
  app,
  page,
}) => {
  await signIn(page, 'jiance', trainingPassword);
  await app.kill();
  await app.restart();
  await page.reload();
  await expect(page.getByTestId('signin-username')).toBeVisible();
  await signIn(page, 'jiance', trainingPassword);
  await expect(page.locator('#root')).toContainText('梁志远');
});
