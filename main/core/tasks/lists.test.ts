// Lists, calendar, figures of the overview and the export count the same tasks, on any day and whoever asks.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '../../../shared/entities/scalars.ts';
import { ageGroups } from '../../../shared/tasks/due.ts';
import { exampleSample } from '../training/example.ts';
import { receive, today } from '../../../tests/support/mainJob.ts';
import { openTestCore, type Seat, type TestCore } from '../../../tests/support/testCore.ts';
import type { Context } from '../context.ts';
import { figureCounts, figureRows } from '../overview/figures.ts';
import { taskCalendar } from './calendar.ts';
import { listTasks } from './list.ts';

let lab: TestCore;
let manager: Seat;
let technician: Seat;
beforeAll(async () => {
  lab = await openTestCore();
  manager = await lab.as('zhiliang');
  technician = await lab.as('jiance');
});
afterAll(() => lab.stop());

const actor = { actor: '测试', workstation: '测试' };
const dayMs = 24 * 3_600_000;
const later = (days: number): Context => ({ ...lab.context, now: () => new Date(Date.now() + days * dayMs) });
const task = (taskId: string) => lab.store.get('task', taskId) ?? {};
const free = (taskIds: readonly string[]) => taskIds.map((taskId) => ({ taskId, assigneeId: null }));
/** Everything else is void, so that each test begins with a clean desk. */
beforeEach(() => {
  lab.store.transact(actor, (tx) => {
    for (const row of tx.all(`SELECT taskId FROM task WHERE state IN ('waiting', 'testing')`))
      tx.update('task', String(row['taskId']), { state: 'void' });
  });
});

async function cubes(n: number): Promise<string[]> {
  const samples = Array.from({ length: n }, (_, index) => exampleSample({ structurePart: `${index} 层` }));
  return (await receive(lab, { samples })).map(({ taskId }) => taskId);
}

describe('lists, calendar and figures', () => {
  test('mine, unassigned and all of a range add up, whoever asks', async () => {
    const [one = '', two = ''] = await cubes(3);
    await manager.call('tasks.assign', { rows: free([one]), personId: 'P001' });
    await manager.call('tasks.assign', { rows: free([two]), personId: 'P002' });
    const mine = await technician.call('tasks.list', { scope: 'mine' });
    expect(mine.rows.map(({ taskId }) => taskId)).toEqual([one]);
    expect(mine).toMatchObject({
      total: 1,
      scopes: { mine: 1, all: 3, unassigned: 1 },
      standings: { today: 1, late: 0 },
    });
    expect((await technician.call('tasks.list', { text: '0 层' })).total).toBe(1);
    expect((await technician.call('tasks.list', { text: '%' })).total).toBe(0);
  });

  test('the figures of the overview count what the lists show, on any day', async () => {
    await cubes(2);
    const made = { madeOn: today(), madeAt: '10:00', sampledOn: today() };
    const { requiredAgeDays: _age, ...cement } = exampleSample({
      itemCode: 'SN-QD',
      parameterCodes: ['KZ', 'KY'],
      ...made,
    });
    await receive(lab, { samples: [{ ...cement, properties: { kind: 'P·O', grade: '42.5' } }] });
    for (const days of [-30, -8, -7, -1, 0, 1, 2, 3, 4, 27, 28, 29, 60]) {
      const context = later(days);
      const { standings, scopes } = listTasks(context, { scope: 'all', range: 'open', text: '' }, 'P001');
      const figures = figureCounts(context);
      expect([days, figures.tasksOverdue, figures.tasksToday]).toEqual([
        days,
        standings.late,
        standings.today + standings.open,
      ]);
      expect(standings.late + standings.today + standings.open + standings.early).toBe(scopes.all);
      expect(listTasks(context, { scope: 'all', range: 'now', text: '' }, 'P001').rows.map(({ taskId }) => taskId).toSorted()).toEqual(
        (['tasksOverdue', 'tasksToday'] as const).flatMap((id) => figureRows(context, id, 0).rows.map(({ key }) => key)).toSorted(),
      ); // prettier-ignore
      const calendar = taskCalendar(context, { from: addDays(today(), -31), days: 62, scope: 'all' }, 'P001');
      expect(calendar.reduce((sum, day) => sum + day.open, 0)).toBe(scopes.all);
      expect(calendar.reduce((sum, day) => sum + day.late, 0)).toBe(standings.late);
      for (const day of calendar) {
        expect(ageGroups.reduce((sum, group) => sum + day.ages[group], 0)).toBe(day.open);
        const shown = listTasks(context, { scope: 'all', range: 'day', day: day.day, text: '' }, 'P001');
        expect([day.day, shown.total - shown.standings.done]).toEqual([day.day, day.open]);
      }
    }
    const seen = taskCalendar(lab.context, { from: today(), days: 30, scope: 'unassigned' }, 'P001');
    expect(seen.filter(({ open }) => open > 0).map(({ day, ages }) => [day, ages['3'], ages['28'], ages.none])).toEqual(
      [
        [today(), 0, 2, 0],
        [addDays(today(), 3), 1, 0, 0],
        [addDays(today(), 28), 0, 1, 0],
      ],
    );
  });

  test('nothing of a commission that the supervisor made void is due', async () => {
    const [taskId = ''] = await cubes(1);
    lab.store.transact(actor, (tx) =>
      tx.update('commission', String(task(taskId)['commissionNo']), { platformState: 'voided' }),
    );
    expect((await manager.call('tasks.list', { range: 'open' })).total).toBe(0);
    expect(figureCounts(lab.context).tasksToday).toBe(0);
  });

  test('work of somebody who has left is seen as such', async () => {
    const [taskId = ''] = await cubes(1);
    await manager.call('tasks.assign', { rows: free([taskId]), personId: 'P002' });
    const away = async () => (await manager.call('tasks.list', {})).rows.map(({ assigneeAway }) => assigneeAway);
    expect(await away()).toEqual([false]);
    lab.store.transact(actor, (tx) => tx.update('person', 'P002', { state: 'disabled' }));
    expect(await away()).toEqual([true]);
    expect(
      (await manager.call('tasks.propose', { taskIds: [taskId] })).workers.map(({ personId }) => personId),
    ).toEqual(['P001']);
    lab.store.transact(actor, (tx) => tx.update('person', 'P002', { state: 'active' }));
  });

  test('the sum of temperatures stands beside specimens cured with the structure', async () => {
    const { requiredAgeDays: _age, ...sample } = exampleSample({ itemCode: 'HNT-TTJ', name: '同条件试块' });
    const of = (maturity_Cd: string) => ({
      ...sample,
      properties: { designGrade: 'C30', side_mm: '150', maturity_Cd },
    });
    await receive(lab, { samples: [of('612.4'), of('540')] });
    const { rows } = await manager.call('tasks.list', { range: 'open' });
    expect(rows.map(({ ageDays, ageNote, dueOn, standing }) => [ageDays, ageNote, dueOn, standing])).toEqual([
      [null, '612.4 ℃·d', addDays(today(), 1), 'early'],
      [null, '540 ℃·d，不足 600', addDays(today(), 1), 'early'],
    ]);
  });

  test('the exported table holds what the list shows and is in the audit log', async () => {
    const [taskId = ''] = await cubes(2);
    await manager.call('tasks.assign', { rows: free([taskId]), personId: 'P001' });
    const { fileName, text } = await technician.call('tasks.export', { scope: 'all' });
    expect(fileName).toBe(`检测任务-全部-今日-${today()}.csv`);
    const lines = text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('今天到期');
    expect(text.split(technician.user.name)).toHaveLength(2);
    expect(lab.store.first(`SELECT newValue FROM audit WHERE entity = 'tasks' ORDER BY seq DESC`)?.['newValue']).toBe(
      `导出${fileName}，2 项`,
    );
  });
});
