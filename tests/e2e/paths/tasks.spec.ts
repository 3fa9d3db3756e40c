// 任务: work given out as proposed and to another by keys alone, the calendar of ages, the list taken along; then the tester
// finds what is theirs, and tests what is somebody else's with a word of warning.
import { readFileSync } from 'node:fs';
import { addDays } from '../../../shared/entities/scalars.ts';
import { expect, test } from '../fixtures.ts';
import { before, chooseMachine, enter, leave, madeOn, received, today, typed, watchMouse } from './steps.ts';

test('work is given out, taken back, found in the calendar and tested, by keyboard @bench @page', async ({
  page,
}, testInfo) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const picture = async (name: string): Promise<void> => {
    for (const [width, height] of [[1440, 900], [1024, 700]] as const) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: testInfo.outputPath(`${name}-${width}.png`) });
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  }; // prettier-ignore
  const next = addDays(madeOn(), 5);
  const parts = ['一层柱', '二层柱', '三层柱', '四层柱'];
  const samples = await before(page, async (as) => {
    const due = await received(as, ...parts.map((structurePart) => ({ structurePart })));
    await received(as, { structurePart: '屋面梁', madeOn: next, sampledOn: next });
    return due.samples;
  });
  const [first, , third] = samples;
  await enter(page, 'zhiliang');
  const mouse = await watchMouse(page);
  await page.getByTestId('nav-tasks').press('Enter');
  const rows = page.getByTestId('tasks-row');
  await expect(rows).toHaveCount(4);
  await expect(page.getByTestId('tasks-counts')).toContainText('今天到期 4');

  await page.keyboard.press('Alt+a');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('assign-reasons')).toContainText('并列最少，按人员编号在先');
  await expect(page.getByTestId('assign-person').first()).toContainText('按程序建议');
  await picture('assign');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('tasks-said')).toContainText('已分配 4 项：梁志远 2 项、何婉仪 2 项');
  await expect(page.getByTestId('tab-unassigned')).toContainText('0');
  await picture('list');

  // One is taken back by the key that undoes, and given anew; then to another, which needs a reason.
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('tasks-said')).toContainText('已撤回 4 项');
  await expect(rows.first()).toContainText('未分配');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('assign-confirm')).toContainText('按建议分配');
  await page.keyboard.press('Enter');
  await expect(rows.first()).toContainText('梁志远');
  await page.keyboard.press('F9');
  // Whose it is keeps it where the program is asked: only the other one is offered.
  await expect(page.getByTestId('assign-person')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('assign-reason')).toBeFocused();
  await typed(page, '梁工外出采样');
  await page.keyboard.press('Enter');
  await expect(rows.first()).toContainText('何婉仪');
  await expect(page.getByTestId('tasks-about')).toContainText('梁工外出采样');
  await page.keyboard.press('Home');
  for (let step = 0; step < 2; step += 1) await page.keyboard.press('ArrowDown');
  await expect(page.getByTestId('tasks-about')).toContainText('没有分配');
  await page.keyboard.press('F9');
  await expect(page.getByTestId('assign-person')).toHaveCount(3);
  await page.keyboard.press('Enter');
  await expect(rows.nth(2)).toContainText('梁志远');

  await page.keyboard.press('F3');
  const cell = (day: string) => page.locator(`[data-testid="calendar-day"][data-day="${day}"]`);
  await expect(cell(today())).toHaveAttribute('data-open', '4');
  await expect(page.getByTestId('calendar-said')).toContainText('未检 4 项（28 d 4）');
  await picture('month');
  for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('calendar-said')).toContainText('未检 1 项（28 d 1）');
  await page.keyboard.press('F4');
  await expect(page.getByTestId('age-calendar')).toHaveAttribute('data-sheet', 'fortnight');
  await picture('fortnight');
  await page.keyboard.press('Enter');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('屋面梁');
  await expect(rows).toContainText('还有 5 天');

  await page.keyboard.press('F4');
  await expect(rows).toHaveCount(4);
  const [table] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Control+s')]);
  expect(table.suggestedFilename()).toBe(`检测任务-全部-今日-${today()}.csv`);
  const text = readFileSync(await table.path(), 'utf8');
  expect(text).toContain('梁工外出采样');
  expect(text.trimEnd().split('\r\n')).toHaveLength(5);
  await page.keyboard.press('Control+f');
  await typed(page, '三层');
  await page.keyboard.press('Enter');
  await expect(rows).toHaveCount(1);

  // The figure of the morning leads to the same list.
  await page.getByTestId('nav-overview').press('Enter');
  await expect(page.getByTestId('figure-tasksToday')).toHaveAttribute('data-count', '4');
  await page.getByTestId('figure-tasksOverdue').focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('figure-row')).toHaveCount(4);
  await page.keyboard.press('F2');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('place-tasks')).toBeVisible();
  await expect(page.getByTestId('tasks-search')).toHaveValue(first!.sampleNo);
  await expect(rows).toHaveCount(1);
  expect(await mouse()).toBe(0);
  await leave(page);

  await enter(page, 'jiance');
  await chooseMachine(page, 'E001');
  const bench = page.getByTestId('task-row');
  await expect(bench.first()).toContainText('● 我的');
  await expect(bench.first()).toContainText(third!.sampleNo);
  await page.getByTestId('nav-tasks').press('Enter');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText(third!.sampleNo);
  await picture('mine');
  await page.keyboard.press('F7');
  await expect(rows).toHaveCount(4);
  await expect(rows.first()).toContainText(first!.sampleNo);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('place-bench')).toBeVisible();
  await expect(page.getByTestId('bench-assigned')).toContainText('该任务分配给何婉仪');
  await expect(page.getByTestId('bench-record')).toBeVisible();
  await picture('bench');
});
