// The SQL condition and the pure rule give the same answer for any task at any moment, and the question reads open tasks
// only, however many are done.
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '../../../shared/entities/scalars.ts';
import { standingOf } from '../../../shared/tasks/due.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { exampleSample } from '../training/example.ts';
import { receive } from '../../../tests/support/mainJob.ts';
import { openTestCore, type TestCore } from '../../../tests/support/testCore.ts';
import type { Context } from '../context.ts';
import { dueFrom, openTask, standingSql, standsAs, urgency } from './due.ts';
import { listTasks } from './list.ts';

let lab: TestCore;
let taskId: string;
let sampleNo: string;
beforeAll(async () => {
  lab = await openTestCore();
  const [received] = await receive(lab, { samples: [exampleSample()] });
  ({ taskId = '', sampleNo = '' } = received ?? {});
});
afterAll(() => lab.stop());

const actor = { actor: '测试', workstation: '测试' };
const dueOn = '2026-11-23';
const at = (minutes: number, ms: number): Context => ({
  ...lab.context,
  now: () => new Date(Date.parse(`${dueOn}T00:00:00+08:00`) + minutes * 60_000 + ms),
});
const due = new Set<string>(['late', 'today', 'open']);
const query = { scope: 'all', range: 'day', day: dueOn, text: '' } as const;

test('SQL and rule agree, for every item, age, hour of making and state', () => {
  const kind = fc.constantFrom<[string, number | null]>(
    ['HNT-KY', 28], ['HNT-KY', 3], ['HNT-KY', 7], ['HNT-KY', 60], ['HNT-KY', 90], ['HNT-KY', 14], ['SN-QD', 3],
    ['SN-QD', 28], ['SJ-KY', 28], ['GJ-DL', null], ['GJ-DL', 28], ['HNT-TTJ', null], ['WJ-JS', 28],
  ); // prettier-ignore
  const madeAt = fc.option(fc.constantFrom<string>('00:00', '04:00', '06:30', '12:00', '20:00', '23:59'));
  const state = fc.constantFrom<string>('waiting', 'waiting', 'testing', 'tested', 'checked', 'approved');
  // The ends of windows, and a thousandth of a second on either side of them.
  const edges = [
    [['SN-QD', 3], '12:00', 12 * 60 - 45], [['SN-QD', 3], '12:00', 12 * 60 + 45], [['HNT-KY', 28], '06:30', -13.5 * 60],
    [['HNT-KY', 28], '06:30', 26.5 * 60], [['HNT-KY', 90], null, -2 * 1440], [['HNT-KY', 90], null, 3 * 1440], [['HNT-KY', 28], null, 1440],
  ].flatMap(([item, made, minute]) =>
    ([[0, 0], [0, 1], [-1, 59_999]] as const).map(([before, ms]) => [item, made, 'waiting', Number(minute) + before, ms] as [[string, number | null], string | null, string, number, number]),
  ); // prettier-ignore
  const seen = new Set<string>();
  fc.assert(
    fc.property(kind, madeAt, state, fc.integer({ min: -4 * 1440, max: 4 * 1440 }), fc.constantFrom<number>(0, 0, 1, 30_000, 59_999), ([itemCode, age], made, now, minute, ms) => {
      lab.store.transact(actor, (tx) => {
        tx.update('sample', sampleNo, { requiredAgeDays: age, madeAt: made, madeOn: addDays(dueOn, -(age ?? 0)) });
        tx.update('task', taskId, { itemCode, dueOn, state: now });
      });
      const context = at(minute, ms);
      const [row] = listTasks(context, query, 'P001').rows;
      expect(row?.taskId).toBe(taskId);
      const standing = standingOf(row!, toWallTime(context.now()));
      expect([itemCode, age, made, now, minute, row?.standing]).toEqual([itemCode, age, made, now, minute, standing]);
      // What is due later than the horizon is not looked at: nothing may be missed by that.
      const found = listTasks(context, { ...query, range: 'now' }, 'P001').total;
      expect([itemCode, age, made, minute, found]).toEqual([itemCode, age, made, minute, due.has(standing) ? 1 : 0]);
      seen.add(standing);
    }),
    { numRuns: 600, examples: edges },
  ); // prettier-ignore
  expect([...seen].toSorted()).toEqual(['done', 'early', 'late', 'open', 'today']);
});

test('the open tasks lead: what is signed is never read', () => {
  const { from, parameters } = dueFrom(lab.context);
  for (const where of [openTask, standsAs('late', 'today', 'open')]) {
    const plan = lab.store
      .all(
        `EXPLAIN QUERY PLAN SELECT task.taskId, ${standingSql} FROM ${from} WHERE ${where} ORDER BY ${urgency}`,
        ...parameters,
      )
      .map((row) => String(row['detail']));
    expect(plan.filter((step) => /^SCAN (task|sample|commission|testRecord|item)\b(?!.*taskOpen)/.test(step))).toEqual(
      [],
    );
    expect(plan.some((step) => /task USING INDEX taskOpen/.test(step))).toBe(true);
  }
});
