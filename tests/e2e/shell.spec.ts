// What holds in every shell before anybody signs in: the page is there, its policy is kept, and the only way to the
// core is the contract.
import { expect, test } from './fixtures.ts';

test('opens at the sign-in screen without a word on the console', async ({ app, page }) => {
  const words: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') words.push(message.text());
  });
  page.on('pageerror', (error) => words.push(String(error)));
  await page.reload();
  await expect(page.getByTestId('signin-username')).toBeVisible();
  expect(words).toEqual([]);
  expect(app.log()).not.toContain('"level":"error"');
});

test('the page has no way past its policy', async ({ page }) => {
  await expect(page.getByTestId('signin-username')).toBeVisible();
  const outcome = await page.evaluate(async () => {
    const refused: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.body.append(script);
    const frame = document.createElement('iframe');
    frame.src = 'https://example.cn/';
    document.body.append(frame);
    await fetch('https://example.cn/').catch(() => undefined);
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
    const node = globalThis as { require?: unknown; process?: unknown; inlineRan?: boolean };
    return { refused, inlineRan: node.inlineRan ?? false, node: typeof node.require + typeof node.process };
  });
  expect(outcome.inlineRan).toBe(false);
  expect(outcome.node).toBe('undefinedundefined');
  expect(outcome.refused).toEqual(expect.arrayContaining(['script-src-elem', 'connect-src', 'frame-src']));
});

test('a refused sign-in says so and keeps the name', async ({ page }) => {
  await page.getByTestId('signin-username').fill('nobody');
  await page.getByTestId('signin-password').fill('wrong password');
  await page.getByTestId('signin-submit').click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  await expect(page.getByTestId('signin-username')).toHaveValue('nobody');
});
