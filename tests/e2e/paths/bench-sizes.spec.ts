// The bench on a small and on a usual screen: while a specimen is pressed, load, rate band and curve are all in sight, none
// of them over another, and large enough to be read.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { before, chooseMachine, curvePoints, enter, received, scan } from './steps.ts';

/** A folder for pictures of both, to be looked at. */
const pictures = process.env['JIANTAI_BENCH_SHOTS'];

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where something is, wholly inside the window. */
async function inSight(page: Page, selector: string): Promise<Box> {
  const found = page.locator(selector).first();
  await expect(found).toBeInViewport({ ratio: 0.99 });
  const box = await found.boundingBox();
  if (box === null) throw new Error(`${selector} is not on the screen`);
  return box;
}

const apart = (a: Box, b: Box): boolean =>
  a.x + a.width <= b.x + 1 || b.x + b.width <= a.x + 1 || a.y + a.height <= b.y + 1 || b.y + b.height <= a.y + 1;

for (const [width, height, digits, curve] of [
  [1024, 700, 90, { width: 330, height: 170 }],
  [1440, 900, 120, { width: 400, height: 260 }],
] as const) {
  test.describe(`${width}x${height}`, () => {
    test.use({ viewport: { width, height } });

    test('load, rate band and a readable curve are in sight while a specimen is pressed @bench', async ({ page }) => {
      await page.setViewportSize({ width, height });
      const { samples } = await before(page, (as) => received(as, { designGrade: 'C40' }));
      await enter(page, 'jiance');
      await chooseMachine(page, 'E001');
      await scan(page, samples[0]!.sampleNo);
      await expect(page.getByTestId('bench-channel')).toHaveAttribute('data-channel', 'open');
      await expect(page.getByTestId('bench-record')).toBeVisible();
      await page.keyboard.press('F6');
      await expect
        .poll(async () => Number(await page.getByTestId('bench-load').textContent()), { intervals: [30] })
        .toBeGreaterThan(250);
      if (pictures !== undefined) await page.screenshot({ path: `${pictures}/bench-${width}.png` });
      const load = await inSight(page, '[data-testid="bench-load"]');
      const rate = await inSight(page, '[data-testid="bench-rate"] .jt-rate-track');
      const chart = await inSight(page, '.jt-load-curve canvas');
      expect(load.height).toBeGreaterThanOrEqual(digits);
      expect(rate.width).toBeGreaterThan(300);
      expect(chart.width).toBeGreaterThanOrEqual(curve.width);
      expect(chart.height).toBeGreaterThanOrEqual(curve.height);
      expect([apart(load, chart), apart(rate, chart), apart(load, rate)]).toEqual([true, true, true]);
      expect(await curvePoints(page, '.jt-load-curve canvas')).toBeGreaterThan(100);
    });
  });
}
