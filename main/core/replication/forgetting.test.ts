// What has left the working set leaves the change feed; what a window must still hear of stays in it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, toCalendarDay } from '../../../shared/entities/scalars.ts';
import { signTest, testedGroup } from '../../../tests/support/mainJob.ts';
import { openTestCore, type TestCore } from '../../../tests/support/testCore.ts';
import { forgetOld } from './forgetting.ts';

let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

const goOn = (): Promise<boolean> => Promise.resolve(true);
const inFeed = (kind: string, key: string): boolean =>
  lab.store.first('SELECT 1 FROM changeFeed WHERE kind = ? AND key = ?', kind, key) !== undefined;
const pull = async (collection: string, checkpoint = 0) => {
  const seat = await lab.as('zhiliang');
  return seat.call('replication.pull', { collection, checkpoint, limit: 500 });
};
/** The program two months on. */
async function later<T>(work: () => Promise<T>): Promise<T> {
  const now = lab.context.now;
  const day = addDays(toCalendarDay(Date.now()), 60);
  Object.assign(lab.context, { now: () => new Date(`${day}T09:00:00.000+08:00`) });
  try {
    return await work();
  } finally {
    Object.assign(lab.context, { now });
  }
}

test('finished work that is old leaves the feed, open work and everything of today stays', async () => {
  const { commissionNo, taskId, record } = await testedGroup(lab);
  await signTest(lab, record.recordNo);
  expect(await forgetOld(lab.context, goOn)).toBe(0);
  await later(async () => {
    expect(await forgetOld(lab.context, goOn)).toBeGreaterThan(0);
    expect(inFeed('commissions', commissionNo)).toBe(false);
    expect(inFeed('runs', String(lab.store.first('SELECT runId FROM run')?.['runId']))).toBe(false);
    // Signed by one person only: it waits for the other, however old it is.
    expect(inFeed('records', record.recordNo)).toBe(true);
    expect(inFeed('tasks', taskId)).toBe(true);
    expect(inFeed('equipment', 'E001')).toBe(true);
    expect((await pull('records')).documents.map(({ id }) => id)).toContain(record.recordNo);
    expect((await pull('commissions')).documents).toEqual([]);
  });
  expect(lab.store.get('commission', commissionNo)).toBeDefined();
});

test('a later change brings an old row back into the feed', async () => {
  const { commissionNo } = await testedGroup(lab);
  await later(async () => {
    await forgetOld(lab.context, goOn);
    expect(inFeed('commissions', commissionNo)).toBe(false);
    const before = lab.store.sequence();
    lab.store.transact({ actor: '测试', workstation: '测试' }, (tx) => tx.touch('commissions', commissionNo));
    expect(lab.store.sequence()).toBeGreaterThan(before);
    expect(inFeed('commissions', commissionNo)).toBe(true);
    // Windows that held it are told that it is gone.
    expect((await pull('commissions', before)).documents).toMatchObject([{ id: commissionNo, _deleted: true }]);
  });
});

test('a row that changes while the feed is gone through is not forgotten', async () => {
  const { commissionNo } = await testedGroup(lab);
  const seq = Number(lab.store.first(`SELECT seq FROM changeFeed WHERE kind = 'commissions' AND key = ?`, commissionNo)?.['seq']); // prettier-ignore
  lab.store.transact({ actor: '测试', workstation: '测试' }, (tx) => tx.touch('commissions', commissionNo));
  lab.store.transact({ actor: '测试', workstation: '测试' }, (tx) => tx.touch('status', 'now'));
  expect(lab.store.forget('commissions', [commissionNo], seq)).toBe(0);
  expect(inFeed('commissions', commissionNo)).toBe(true);
});

test('the newest entry stays, so that the sequence never goes back', async () => {
  const { commissionNo } = await testedGroup(lab);
  lab.store.transact({ actor: '测试', workstation: '测试' }, (tx) => tx.touch('commissions', commissionNo));
  const newest = lab.store.sequence();
  expect(lab.store.forget('commissions', [commissionNo], newest)).toBe(0);
  expect(lab.store.sequence()).toBe(newest);
});
