// The proposal: only who may, never who is full, always the least loaded, the same for the same facts, with its reason.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { propose, workDay, type Work, type Worker } from './propose.ts';

const today = '2026-11-23';
const worker = (personId: string, openLoad = 0, dayLoads: Record<string, number> = {}): Worker => ({ personId, name: `${personId}某`, openLoad, dayLoads }); // prettier-ignore
const work = (taskId: string, dueOn = today, dueBy = `${dueOn}T23`): Work => ({
  taskId,
  dueOn,
  dueBy,
  sampleNo: 'YP1',
  assigneeId: null,
});
const everyone = () => true;
const rule = { today, dayLimit: 3 };

describe('one after the other', () => {
  test('the least loaded first, then each in turn; of equals the lower number', () => {
    const given = propose(
      [work('c'), work('a'), work('b')],
      [worker('P2'), worker('P1'), worker('P3', 1)],
      everyone,
      rule,
    );
    expect(given.map(({ taskId, personId }) => [taskId, personId])).toEqual([
      ['a', 'P1'],
      ['b', 'P2'],
      ['c', 'P1'],
    ]);
    expect(given[0]?.why).toBe('P1某手上 0 项，在有资格的 3 人中并列最少，按人员编号在先。');
    expect(given[1]?.why).toBe('P2某手上 0 项，在有资格的 3 人中最少。');
  });

  test('what is due first is given first, to the hour', () => {
    const given = propose([work('a', '2026-11-25'), work('b', today, `${today}T11`), work('c', today, `${today}T09`)], [worker('P1')], everyone, rule); // prettier-ignore
    expect(given.map(({ taskId }) => taskId)).toEqual(['c', 'b', 'a']);
    expect(given[0]?.why).toBe('有资格的只有P1某，手上 0 项。');
  });

  test('of two that are due together, the lower sample number first', () => {
    const pair = [{ ...work('a'), sampleNo: 'YP2' }, { ...work('b'), sampleNo: 'YP1' }]; // prettier-ignore
    expect(propose(pair, [worker('P1')], everyone, rule).map(({ taskId }) => taskId)).toEqual(['b', 'a']);
  });

  test('who is full on the day is left out, also when they have the least', () => {
    const given = propose(
      [work('a'), work('b', '2026-11-24')],
      [worker('P1', 3, { [today]: 3 }), worker('P2', 9)],
      everyone,
      rule,
    );
    expect(given.map(({ personId }) => personId)).toEqual(['P2', 'P1']);
  });

  test('nobody qualified and everybody full are two different answers', () => {
    const full = [worker('P1', 3, { [today]: 3 }), worker('P2', 3, { [today]: 3 })];
    expect(propose([work('a')], full, everyone, rule)[0]).toMatchObject({
      personId: null,
      why: '有资格的 2 人在 2026-11-23 都已满 3 项，没有建议。',
    });
    expect(propose([work('a')], full, () => false, rule)[0]?.why).toContain(
      '没有在岗、有账号并持有该项目有效资格的检测员',
    );
    expect(propose([work('a')], [], everyone, rule)[0]?.personId).toBeNull();
  });

  test('what somebody has and may test stays theirs, also on a full day, and counts for all that is given out', () => {
    const had = { ...work('b', today, `${today}T23`), assigneeId: 'P1' };
    const given = propose([work('a', today, `${today}T09`), had], [worker('P1'), worker('P2')], everyone, rule);
    expect(given.map(({ taskId, personId }) => [taskId, personId])).toEqual([
      ['a', 'P2'],
      ['b', 'P1'],
    ]);
    expect(given[1]?.why).toBe('已分配给P1某，仍有资格，保持不变。');
    const full = propose([had], [worker('P1', 9, { [today]: 9 }), worker('P2')], everyone, rule);
    expect(full[0]?.personId).toBe('P1');
    const lost = propose([had], [worker('P1'), worker('P2')], (personId) => personId === 'P2', rule);
    expect(lost[0]?.personId).toBe('P2');
    expect(propose([had], [worker('P2')], everyone, rule)[0]?.personId).toBe('P2');
  });

  test('overdue work is work of today', () => {
    expect([workDay('2026-11-01', today), workDay('2026-12-01', today)]).toEqual([today, '2026-12-01']);
    const late = propose([work('a', '2026-11-01')], [worker('P1', 3, { [today]: 3 }), worker('P2', 5)], everyone, rule);
    expect(late[0]?.personId).toBe('P2');
  });
});

describe('whatever the facts', () => {
  const people = fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { minLength: 0, maxLength: 6 }).chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        fc.record({ open: fc.integer({ min: 0, max: 9 }), busy: fc.integer({ min: 0, max: 4 }) }).map(({ open, busy }) => worker(`P${id}`, open + busy, { [today]: busy })),
      ),
    ),
  ); // prettier-ignore
  const tasks = fc
    .uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 15 })
    .map((ids) => ids.map((id) => work(`T${id}`, id % 3 === 0 ? '2026-11-24' : today)));
  const may = fc.func(fc.boolean()).map((answer) => (personId: string, taskId: string) => answer(personId, taskId));

  test('the order in which tasks and people come does not matter', () => {
    fc.assert(
      fc.property(tasks, people, may, (list, workers, allowed) => {
        const said = propose(list, workers, allowed, rule);
        expect(propose(list.toReversed(), workers.toReversed(), allowed, rule)).toEqual(said);
        expect(said.map(({ taskId }) => taskId).toSorted()).toEqual(list.map(({ taskId }) => taskId).toSorted());
      }),
    );
  });

  test('nobody gets what they may not test, or more than a day holds; each gets it who had the least', () => {
    fc.assert(
      fc.property(tasks, people, may, (list, workers, allowed) => {
        const open = new Map(workers.map(({ personId, openLoad }) => [personId, openLoad]));
        const days = new Map(workers.map(({ personId, dayLoads }) => [`${personId} ${today}`, dayLoads[today] ?? 0]));
        for (const { taskId, personId, why } of propose(list, workers, allowed, rule)) {
          const dueOn = list.find((one) => one.taskId === taskId)!.dueOn;
          const free = workers.filter(
            (one) => allowed(one.personId, taskId) && (days.get(`${one.personId} ${dueOn}`) ?? 0) < rule.dayLimit,
          );
          expect(why).toMatch(/[\u4e00-\u9fff].*。$/u);
          if (personId === null) {
            expect(free).toEqual([]);
            continue;
          }
          expect(free.map((one) => one.personId)).toContain(personId);
          expect(open.get(personId)).toBe(Math.min(...free.map((one) => open.get(one.personId)!)));
          open.set(personId, open.get(personId)! + 1);
          days.set(`${personId} ${dueOn}`, (days.get(`${personId} ${dueOn}`) ?? 0) + 1);
        }
      }),
    );
  });

  test('nobody who may test it loses what is theirs, and the order of what comes still does not matter', () => {
    const owners = fc.array(fc.option(fc.integer({ min: 1, max: 9 })), { minLength: 15, maxLength: 15 });
    fc.assert(
      fc.property(tasks, owners, people, may, (list, owner, workers, allowed) => {
        const owned = list.map((one, n) => ({ ...one, assigneeId: owner[n] == null ? null : `P${owner[n]}` }));
        const said = propose(owned, workers, allowed, rule);
        expect(propose(owned.toReversed(), workers.toReversed(), allowed, rule)).toEqual(said);
        for (const { taskId, assigneeId } of owned) {
          const keeps = workers.some(({ personId }) => personId === assigneeId && allowed(personId, taskId));
          if (keeps) expect(said.find((one) => one.taskId === taskId)?.personId).toBe(assigneeId);
        }
      }),
    );
  });
});
