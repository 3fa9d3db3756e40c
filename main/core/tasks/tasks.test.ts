// Tasks on a real core: proposals that follow qualification and load, giving out, to another, taking back; what was seen
// must still be so; whoever else is qualified tests all the same.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '../../../shared/entities/scalars.ts';
import { exampleSample } from '../training/example.ts';
import { openAt, press, receive, signTest, today } from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type Seat, type TestCore } from '../../../tests/support/testCore.ts';

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
