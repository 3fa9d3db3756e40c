// Tasks on a real core: proposals that follow qualification and load, giving out, to another, taking back; what was seen
// must still be so; whoever else is qualified tests all the same; lists, calendar and figures count alike.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '../../../shared/entities/scalars.ts';
import { ageGroups } from '../../../shared/tasks/due.ts';
import { exampleSample } from '../training/example.ts';
import { openAt, press, receive, signTest, today } from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type Seat, type TestCore } from '../../../tests/support/testCore.ts';
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
    tx.put('setting', { key: 'taskDayLimit', value: '40' }, '试');
  });
});

async function cubes(n: number, age = 0): Promise<string[]> {
  const sample = exampleSample({ madeOn: addDays(today(), -28 - age), sampledOn: addDays(today(), -28 - age) });
  const made = await receive(lab, {
    samples: Array.from({ length: n }, (_, index) => ({ ...sample, structurePart: `${index} 层` })),
  });
  return made.map(({ taskId }) => taskId);
}

describe('proposals', () => {
  test('share the work among who is qualified, and say why', async () => {
    const taskIds = await cubes(4);
    const { proposals, workers } = await manager.call('tasks.propose', { taskIds });
    expect(proposals.map(({ personId }) => personId)).toEqual(['P001', 'P002', 'P001', 'P002']);
    expect(proposals[0]?.why).toMatch(/手上 0 项，在有资格的 2 人中并列最少/);
    expect(workers.map(({ personId, openLoad, refused }) => [personId, openLoad, refused])).toEqual([
      ['P001', 0, null],
      ['P002', 0, null],
    ]);
  });

  test('accepted, they are written with their reason and audited; the next ones know the load', async () => {
    const taskIds = await cubes(3);
    const { proposals } = await manager.call('tasks.propose', { taskIds });
    const rows = proposals.map(({ taskId, personId }) => ({ taskId, assigneeId: null, personId: personId ?? '' }));
    expect(await manager.call('tasks.accept', { rows })).toEqual({ assigned: 3 });
    const first = task(proposals[0]?.taskId ?? '');
    expect(first).toMatchObject({
      assigneeId: 'P001',
      assigneeName: technician.user.name,
      assignedByName: manager.user.name,
    });
    expect(first['assignedReason']).toBe(`按建议：${proposals[0]?.why}`);
    const entry = lab.store.first(
      `SELECT actor, newValue, reason FROM audit WHERE entity = 'task' AND entityKey = ? AND field = 'assigneeId' ORDER BY seq DESC`,
      proposals[0]?.taskId ?? '',
    );
    expect(entry).toMatchObject({ newValue: '"P001"', reason: `按建议：${proposals[0]?.why}` });
    expect(String(entry?.['actor'])).toContain(manager.user.name);
    const [more = ''] = await cubes(1);
    expect((await manager.call('tasks.propose', { taskIds: [more] })).proposals[0]).toMatchObject({ personId: 'P002' });
    // Proposed anew, what is theirs already is no load.
    expect((await manager.call('tasks.propose', { taskIds })).proposals.map(({ personId }) => personId)).toEqual(
      proposals.map(({ personId }) => personId),
    );
  });

  test('nobody beyond the limit of the day; then there is none, and the work stays unassigned and visible', async () => {
    await manager.call('tasks.setDayLimit', { dayLimit: 1, reason: '人手少' });
    const taskIds = await cubes(3);
    const { proposals, dayLimit } = await manager.call('tasks.propose', { taskIds });
    expect([dayLimit, ...proposals.map(({ personId }) => personId)]).toEqual([1, 'P001', 'P002', null]);
    expect(proposals[2]?.why).toContain('都已满 1 项');
    const rows = proposals.flatMap(({ taskId, personId }) =>
      personId === null ? [] : [{ taskId, assigneeId: null, personId }],
    );
    // Another set of tasks is another question: the answer must be the one that was seen.
    const refused = await refusalOf(
      manager.call('tasks.accept', { rows: rows.map((row) => ({ ...row, personId: 'P002' })) }),
    );
    expect(refused).toMatchObject({ code: 'TASK_PROPOSAL_CHANGED' });
    expect(await manager.call('tasks.accept', { rows })).toEqual({ assigned: 2 });
    expect((await manager.call('tasks.list', { scope: 'unassigned' })).rows.map(({ taskId }) => taskId)).toEqual([
      proposals[2]?.taskId,
    ]);
    expect(
      lab.store.first(
        `SELECT reason FROM audit WHERE entity = 'setting' AND entityKey = 'taskDayLimit' AND reason = '人手少'`,
      ),
    ).toBeDefined();
  });

  test('a qualification that ends before the due day does not count for it', async () => {
    const made = addDays(today(), -3);
    const [received] = await receive(lab, { samples: [exampleSample({ madeOn: made, sampledOn: made })] });
    const taskIds = [received?.taskId ?? ''];
    const ends = (validTo: string) =>
      lab.store.transact(actor, (tx) => tx.update('personQualification', 'Q-P001-HNT-KY', { validTo }));
    const before = String(lab.store.get('personQualification', 'Q-P001-HNT-KY')?.['validTo']);
    ends(addDays(today(), 24));
    const { proposals, workers } = await manager.call('tasks.propose', { taskIds });
    expect(proposals[0]?.personId).toBe('P002');
    expect(workers.find(({ personId }) => personId === 'P001')?.refused).toContain('已过期');
    ends(addDays(today(), 25));
    expect((await manager.call('tasks.propose', { taskIds })).proposals[0]?.personId).toBe('P001');
    ends(before);
  });
});

describe('giving out', () => {
  test('to another needs a reason, and keeps the old and the new in the audit log', async () => {
    const taskIds = await cubes(2);
    expect(await manager.call('tasks.assign', { rows: free(taskIds), personId: 'P001' })).toEqual({ assigned: 2 });
    const theirs = taskIds.map((taskId) => ({ taskId, assigneeId: 'P001' }));
    const refused = await refusalOf(manager.call('tasks.assign', { rows: theirs, personId: 'P002' }));
    expect(refused).toMatchObject({
      code: 'TASK_REASON_NEEDED',
      message: expect.stringContaining(technician.user.name) as string,
    });
    await manager.call('tasks.assign', { rows: theirs, personId: 'P002', reason: '梁工外出' });
    expect(task(taskIds[0] ?? '')).toMatchObject({ assigneeId: 'P002', assignedReason: '梁工外出' });
    expect(lab.store.first(`SELECT oldValue, newValue, reason FROM audit WHERE entityKey = ? AND field = 'assigneeId' ORDER BY seq DESC`, taskIds[0] ?? '')).toEqual({ oldValue: '"P001"', newValue: '"P002"', reason: '梁工外出' }); // prettier-ignore
  });

  test('beyond the limit needs a reason', async () => {
    await manager.call('tasks.setDayLimit', { dayLimit: 1, reason: '试' });
    const rows = free(await cubes(2));
    const refused = await refusalOf(manager.call('tasks.assign', { rows, personId: 'P001' }));
    expect(refused).toMatchObject({ code: 'TASK_REASON_NEEDED', message: expect.stringContaining('2 项') as string });
    expect(await manager.call('tasks.assign', { rows, personId: 'P001', reason: '加班' })).toEqual({ assigned: 2 });
  });

  test.each([
    ['no qualification at all', 'P005'],
    ['a checker without the account of a tester', 'P003'],
    ['nobody of that name', 'P999'],
  ])('is refused for %s, and nothing is written', async (_name, personId) => {
    const rows = free(await cubes(1));
    const head = lab.store.auditHead().seq;
    const refused = await refusalOf(manager.call('tasks.assign', { rows, personId }));
    expect(['TASK_PERSON_REFUSED', 'NOT_FOUND']).toContain(refused.code);
    expect(refused.next).toMatch(/[\u4e00-\u9fff]/);
    expect(lab.store.auditHead().seq).toBe(head);
  });

  test('all of it or nothing, when the gate refuses the person for one of the items', async () => {
    const [cube = ''] = await cubes(1);
    lab.store.transact(actor, (tx) => tx.update('personQualification', 'Q-P001-HNT-KY', { state: 'deleted' }));
    const refused = await refusalOf(manager.call('tasks.assign', { rows: free([cube]), personId: 'P001' }));
    lab.store.transact(actor, (tx) => tx.update('personQualification', 'Q-P001-HNT-KY', { state: 'active' }));
    expect(refused).toMatchObject({
      code: 'TASK_PERSON_REFUSED',
      message: expect.stringContaining('没有检测项目') as string,
    });
    expect(task(cube)['assigneeId']).toBeNull();
  });

  test('over what somebody else gave out meanwhile is refused, and says who has it', async () => {
    const [one = '', two = ''] = await cubes(2);
    await manager.call('tasks.assign', { rows: free([two]), personId: 'P002' });
    const refused = await refusalOf(
      manager.call('tasks.assign', { rows: free([one, two]), personId: 'P001', reason: '试' }),
    );
    expect(refused.code).toBe('TASK_CHANGED');
    expect(refused.details?.[0]?.message).toContain('现在分配给');
    expect(task(one)['assigneeId']).toBeNull();
  });

  test('is for who may: a technician reads, and gives out nothing', async () => {
    const rows = free(await cubes(1));
    const codes = await Promise.all(
      [
        () => technician.call('tasks.assign', { rows, personId: 'P001' }),
        () => technician.call('tasks.takeBack', { rows }),
        () => technician.call('tasks.propose', { taskIds: rows.map(({ taskId }) => taskId) }),
        () => technician.call('tasks.setDayLimit', { dayLimit: 9, reason: '试' }),
      ].map(async (work) => (await refusalOf(work())).code),
    );
    expect(new Set(codes)).toEqual(new Set(['PERMISSION_DENIED']));
    expect((await technician.call('tasks.list', {})).total).toBe(1);
  });
});

describe('taking back and going on', () => {
  test('as long as nothing was recorded; afterwards it can be given to another, until it is signed', async () => {
    const [taskId = ''] = await cubes(1);
    await manager.call('tasks.assign', { rows: free([taskId]), personId: 'P002' });
    const theirs = [{ taskId, assigneeId: 'P002' }];
    await manager.call('tasks.takeBack', { rows: theirs });
    expect(task(taskId)).toMatchObject({ assigneeId: null, assigneeName: null, assignedReason: null });
    await manager.call('tasks.assign', { rows: free([taskId]), personId: 'P002' });

    // It is not theirs, and they are qualified: the bench lets them.
    const recordNo = openAt(lab, technician, taskId);
    expect(task(taskId)).toMatchObject({ state: 'testing', assigneeId: 'P002' });
    expect((await refusalOf(manager.call('tasks.takeBack', { rows: theirs }))).code).toBe('TASK_BEGUN');
    await manager.call('tasks.assign', { rows: theirs, personId: 'P001', reason: '已由其检测' });

    for (const specimen of [1, 2, 3]) await press(lab, technician, recordNo, specimen, '770.00');
    const environment = { temperatureC: '20.5', humidityPercent: '62' };
    await technician.call('bench.environment', { recordNo, environment });
    await signTest(lab, recordNo);
    const late = manager.call('tasks.assign', {
      rows: [{ taskId, assigneeId: 'P001' }],
      personId: 'P002',
      reason: '试',
    });
    expect((await refusalOf(late)).code).toBe('TASK_SIGNED');
    expect((await manager.call('tasks.list', { range: 'day', day: today() })).rows.find((row) => row.taskId === taskId)).toMatchObject({
      standing: 'done', assigneeId: 'P001', testerName: technician.user.name, recordNo,
    }); // prettier-ignore
  });
});

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
