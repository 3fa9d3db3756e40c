import { afterEach, expect, test } from 'vitest';
import { keepWorkingSet, type KeptWorkingSet } from './keepWorkingSet.ts';
import { TestSource, testTask } from './testSource.ts';
import { openWorkingSet, type WorkingSet } from './workingSet.ts';

const open: (WorkingSet | KeptWorkingSet)[] = [];
afterEach(async () => {
  for (const set of open.splice(0)) await set.close();
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 5_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('condition never came true');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test('5,000 rows are there quickly, and a commit shows within the pace of a burst', async () => {
  const source = new TestSource();
  for (let index = 0; index < 5_000; index += 1) source.put('tasks', testTask(index));
  const started = performance.now();
  const set = await openWorkingSet({ client: source.client() });
  open.push(set);
  await set.ready;
  const loaded = performance.now() - started;
  expect((await set.counts()).tasks).toBe(5_000);

  let shown = 0;
  const subscription = set.db.tasks
    .find({ selector: { dueOn: { $lte: '2026-11-03' } }, sort: [{ dueOn: 'asc' }] })
    .$.subscribe((rows) => {
      shown = rows.length;
    });
  await until(() => shown > 0);
  const before = shown;
  source.put('tasks', { ...testTask(6_000), dueOn: '2026-11-01' });
  const committed = performance.now();
  source.announce();
  await until(() => shown === before + 1);
  const latency = performance.now() - committed;

  const burstStarted = performance.now();
  for (let index = 0; index < 1_000; index += 1) {
    source.put('tasks', { ...testTask(index), state: 'testing' });
    source.announce();
  }
  await until(async () => (await set.db.tasks.count({ selector: { state: 'testing' } }).exec()) === 1_000);
  const burst = performance.now() - burstStarted;
  subscription.unsubscribe();
  console.info(
    `working set: 5,000 rows in ${loaded.toFixed(0)} ms, commit shown in ${latency.toFixed(1)} ms, ` +
      `1,000 changes in ${burst.toFixed(0)} ms with ${source.pulls} pulls`,
  );
  expect(loaded).toBeLessThan(5_000);
});

test('a deleted row disappears, a changed one changes', async () => {
  const source = new TestSource();
  source.put('tasks', testTask(1));
  source.put('tasks', testTask(2));
  const set = await openWorkingSet({ client: source.client() });
  open.push(set);
  await set.ready;
  source.remove('tasks', 'T00001');
  source.put('tasks', { ...testTask(2), state: 'tested' });
  source.announce();
  await until(async () => (await set.counts()).tasks === 1);
  expect((await set.db.tasks.findOne('T00002').exec())?.state).toBe('tested');
});

test('a store with another epoch makes the window throw its set away and load the new one', async () => {
  const source = new TestSource();
  source.put('tasks', testTask(1));
  const kept = keepWorkingSet({ client: source.client(), firstPauseMs: 1 });
  open.push(kept);
  await until(() => kept.state().phase === 'live');
  const first = kept.state().db;
  source.epoch = 'epoch-2';
  source.put('tasks', testTask(2));
  source.announce();
  await until(() => kept.state().phase === 'live' && kept.state().db !== first);
  expect((await kept.state().db!.tasks.find().exec()).map((row) => row.id)).toEqual(['T00001', 'T00002']);
});

test('a far side that cannot be reached for a while loses nothing', async () => {
  const source = new TestSource();
  const kept = keepWorkingSet({ client: source.client(), firstPauseMs: 1 });
  open.push(kept);
  await until(() => kept.state().phase === 'live');
  source.down = true;
  source.put('tasks', testTask(1));
  source.announce();
  await until(() => kept.state().phase === 'stale');
  source.put('tasks', testTask(2));
  source.down = false;
  await until(() => kept.state().phase === 'live');
  await until(async () => (await kept.state().db!.tasks.count().exec()) === 2);
});

test('while locked, faults wait for the unlock', async () => {
  const source = new TestSource();
  const kept = keepWorkingSet({ client: source.client(), firstPauseMs: 1 });
  open.push(kept);
  await until(() => kept.state().phase === 'live');
  kept.setSuspended(true);
  source.down = true;
  source.put('tasks', testTask(1));
  source.announce();
  await until(() => kept.state().phase === 'stale');
  source.down = false;
  kept.setSuspended(false);
  await until(() => kept.state().phase === 'live');
  await until(async () => (await kept.state().db!.tasks.count().exec()) === 1);
});

test('closing while loading does not hang', async () => {
  const source = new TestSource();
  const kept = keepWorkingSet({ client: source.client() });
  await kept.close();
  expect(kept.state()).toEqual({ db: null, phase: 'closed' });
});
