// A sealed run looked at again, from the record and from the audit; the live figures as large as they must be; and another
// yield point taken from the curve, with a reason, the first one kept.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { before, chooseMachine, enter, leave, received, scan, tested } from './steps.ts';

test.use({ virtualSpeed: 8 });

test('live: digits for three metres, the rate in words, the axis and the big screen by key @bench', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1366, height: 768 });
  const { samples } = await before(page, (as) => received(as));
  await enter(page, 'jiance');
  await chooseMachine(page, 'E001');
  await scan(page, samples[0]!.sampleNo);
  await expect(page.getByTestId('bench-phase')).toContainText('已就绪', { timeout: 20_000 });
  await expect(page.getByTestId('bench-age')).toContainText('龄期 28 d，应 28 d');
  const height = (await page.getByTestId('bench-load').boundingBox())!.height;
  expect(height).toBeGreaterThanOrEqual(120);
  await page.keyboard.press('F6');
  await expect(page.getByTestId('bench-phase')).toContainText('加载', { timeout: 20_000 });
  await expect(page.getByTestId('bench-rate')).toHaveAttribute('data-rate', /slow|within|fast/, { timeout: 20_000 });
  await expect(page.getByTestId('bench-rate')).toContainText(/偏慢|合适|偏快/);
  await page.keyboard.press('Alt+x');
  await expect(page.getByTestId('live-axis')).toContainText('荷载–位移');
  await page.keyboard.press('Alt+b');
  const big = (await page.getByTestId('big-load').boundingBox())!;
  expect(big.height).toBeGreaterThanOrEqual(240);
  await expect(page.getByTestId('big-rate')).toContainText('kN/s');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('bench-big')).toHaveCount(0);
  await expect(page.getByTestId('bench-sealed')).toContainText('已封存', { timeout: 60_000 });
});

test('a sealed run is replayed from the record: it plays, steps, zooms and agrees with its seal; a changed file is an alarm @bench', async ({
  app,
  page,
}) => {
  const record = await before(page, async (as) => tested(as, await received(as)));
  const run = record.runs[0]!;
  await enter(page, 'jiaohe');
  await page.getByTestId('nav-review').click();
  await page.getByTestId('record-row').first().dblclick();
  await page.getByTestId('run-replay').first().click();
  const verdict = page.getByTestId('replay-verdict');
  await expect(verdict).toHaveAttribute('data-state', 'same');
  const figures = page.getByTestId('replay-figures');
  await expect(figures).toContainText(run.peakKn!);
  await expect(figures).not.toContainText('不一致');
  for (const kind of ['start', 'peak', 'break'])
    await expect(page.getByTestId('replay-marks').locator(`[data-kind="${kind}"]`)).toHaveCount(1);
  // The cursor begins at the peak: the digits are those that were sent, and they stand in the marked bytes.
  await expect(page.getByTestId('replay-load')).toHaveText(run.peakKn!);
  await expect(page.getByTestId('replay-frame')).toContainText(run.peakKn!);
  const cursor = page.getByTestId('replay-cursor');
  const at = Number(await cursor.getAttribute('data-index'));
  await page.keyboard.press('ArrowRight');
  await expect(cursor).toHaveAttribute('data-index', String(at + 1));
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(cursor).toHaveAttribute('data-index', String(at - 49));
  await page.keyboard.press('PageDown');
  await expect(cursor).toHaveAttribute('data-index', String(at));
  for (let turns = 0; turns < 4; turns += 1) await page.keyboard.press('ArrowUp');
  await expect(page.getByTestId('replay-shown')).toContainText('一点不漏');
  await page.keyboard.press('Home');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('s');
  await page.keyboard.press('s');
  await expect(page.getByTestId('replay-speed')).toContainText('20×');
  const play = page.getByTestId('replay-play');
  await page.keyboard.press('p');
  await expect(play).toHaveAttribute('data-playing', 'true');
  await expect.poll(async () => Number(await cursor.getAttribute('data-index'))).toBeGreaterThan(at / 2);
  await expect(play).toHaveAttribute('data-playing', 'false', { timeout: 30_000 });
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('replay')).toHaveCount(0);
  await leave(page);

  const folder = join(app.dataFolder, 'runs');
  const path = join(
    folder,
    readdirSync(folder).find((name) => name.startsWith(run.runId))!,
  );
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(path, bytes);
  await enter(page, 'zhiliang');
  await page.getByTestId('nav-audit').click();
  await page.getByTestId('audit-run').fill(run.runNo);
  await page.keyboard.press('Enter');
  await expect(verdict).toHaveAttribute('data-state', 'different');
  await expect(verdict).toContainText('数据被改动过');
});
