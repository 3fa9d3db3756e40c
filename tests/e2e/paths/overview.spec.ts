// 一览: the quality manager's morning. The figures lead to what they count, by keys alone; the work as tables and charts,
// which can be taken along.
import { readFileSync } from 'node:fs';
import { expect, test } from '../fixtures.ts';
import { before, checked, coded, enter, received } from './steps.ts';

test('the quality manager sees what waits, opens it by key, and takes chart and table along @bench @page', async ({
  page,
}, testInfo) => {
  await page.setViewportSize({ width: 1366, height: 768 });
  const { reportNo, sampleNo } = await before(page, async (as) => {
    await coded(as, await received(as));
    const waiting = await checked(as, await received(as, { structurePart: '屋面梁' }));
    const { samples } = await received(as, { structurePart: '二层柱' });
    return { reportNo: waiting, sampleNo: samples[0]!.sampleNo };
  });
  await enter(page, 'zhiliang');
  await page.getByTestId('nav-overview').press('Enter');
  await expect(page.getByTestId('figure-tasksToday')).toHaveAttribute('data-count', '1');
  await expect(page.getByTestId('figure-reportsToApprove')).toHaveAttribute('data-count', '1');
  await expect(page.getByTestId('figure-tasksOverdue')).toHaveAttribute('data-count', '0');

  await page.getByTestId('figure-tasksOverdue').focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('figure-tasksToday')).toBeFocused();
  await expect(page.getByTestId('figure-row')).toContainText(sampleNo);
  await expect(page.getByTestId('figure-row')).toContainText('今天');
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('figure-reportsToApprove')).toBeFocused();
  await expect(page.getByTestId('figure-row')).toContainText(reportNo);
  await page.screenshot({ path: testInfo.outputPath('overview.png') });
  await page.keyboard.press('F2');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('place-reports')).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`reports/${reportNo}`));

  await page.getByTestId('nav-overview').press('Enter');
  await page.keyboard.press('F3');
  await expect(page.getByTestId('days-chart')).toHaveAttribute('data-bars', '30');
  await page.screenshot({ path: testInfo.outputPath('days.png') });
  const [chart] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('F10')]);
  expect(chart.suggestedFilename()).toBe('每日工作量.svg');
  expect(readFileSync(await chart.path(), 'utf8')).toContain('检测完成（份记录） 2');
  await page.keyboard.press('F4');
  await expect(page.getByTestId('turnaround').locator('tbody tr')).toHaveCount(1);
  await page.keyboard.press('F7');
  await expect(page.getByTestId('people-load').locator('tbody tr')).toHaveCount(3);
  await page.keyboard.press('F8');
  await expect(page.getByTestId('control-chart')).toHaveAttribute('data-points', '2');
  await expect(page.getByTestId('control-said')).toContainText('不足 20 组');
  await page.screenshot({ path: testInfo.outputPath('control.png') });
  await page.keyboard.press('F9');
  await expect(page.getByTestId('overview-span')).toHaveAttribute('data-span', '90');
  const [table] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Control+s')]);
  expect(readFileSync(await table.path(), 'utf8')).toContain('待批准,1,');
});
