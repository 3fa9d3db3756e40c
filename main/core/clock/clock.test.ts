// Signing by a clock that went wrong, with a real store and a real platform; the clock is the injected one. What refuses
// leaves nothing, and a clock that is put right goes on by itself, also without the network.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { approve, eventually, reportOf, signCheck, signTest, testedGroup } from '../../../tests/support/mainJob.ts';
import { countsOf, openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import { openTestStore, tester } from '../../../tests/support/testStore.ts';
import { writeFact } from '../provincial/facts.ts';
import { ClockGuard } from './clockGuard.ts';

const minute = 60_000;
let lab: TestCore;
let rightNow: () => Date;
beforeAll(async () => {
  lab = await openTestCore();
  rightNow = lab.context.now;
});
afterAll(() => lab.stop());
afterEach(() => move(0));

const move = (ms: number): void => void Object.assign(lab.context, { now: () => new Date(rightNow().getTime() + ms) });
const status = async () => {
  const { documents } = await (await lab.as('zhiliang')).call('replication.pull', { collection: 'status', checkpoint: 0, limit: 10 }); // prettier-ignore
  return documents[0] as { clock: string; clockText: string | null };
};
const measured = () => eventually(() => (lab.context.clock.offsetMs() === null ? null : true));

async function refusedWithoutTrace(work: Promise<unknown>) {
  const before = countsOf(lab.store);
  const refused = await refusalOf(work);
  expect(countsOf(lab.store)).toEqual(before);
  for (const words of [refused.message, refused.meaning, refused.next]) expect(words).toMatch(/[\u4e00-\u9fff]/);
  return refused;
}

describe('every signature', () => {
  test('is refused while the clock is earlier than the audit chain or off the platform’s, and goes on when it is right', async () => {
    await measured();
    const { record } = await testedGroup(lab);
    const { recordNo } = record;
    move(-3_600_000);
    expect((await refusedWithoutTrace(signTest(lab, recordNo))).code).toBe('CLOCK_BACKWARDS');
    move(5 * minute + 10_000);
    const ahead = await refusedWithoutTrace(signTest(lab, recordNo));
    expect(ahead.code).toBe('CLOCK_OFF');
    expect(ahead.message).toMatch(/相差 3\d\d 秒（本机快）/);
    expect(ahead.next).toContain('校正电脑时间');
    move(4 * minute);
    expect((await signTest(lab, recordNo)).state).toBe('tested');

    move(6 * minute);
    expect((await refusedWithoutTrace(signCheck(lab, recordNo))).code).toBe('CLOCK_OFF');
    move(0);
    expect((await signCheck(lab, recordNo)).state).toBe('checked');

    move(6 * minute);
    expect((await refusedWithoutTrace(approve(lab, recordNo))).code).toBe('CLOCK_OFF');
    expect(lab.store.get('report', reportOf(lab, recordNo).reportKey)?.['state']).toBe('draft');
    move(0);
    await approve(lab, recordNo);
  });

  test('the banner says it before anybody tries, and stops saying it', async () => {
    await measured();
    expect((await status()).clock).toBe('right');
    move(10 * minute);
    await lab.context.clock.settle();
    expect(await status()).toMatchObject({ clock: 'off', clockText: expect.stringContaining('超过 5 分钟') });
    move(0);
    await lab.context.clock.settle();
    expect(await status()).toMatchObject({ clock: 'right', clockText: null });
  });

  test('the platform’s clock is off: a right one here is refused all the same, until both agree', async () => {
    const { record } = await testedGroup(lab);
    const { platform } = lab.core;
    if (!platform) throw new Error('no platform');
    platform.faults.clockSkewMs = 10 * minute;
    await lab.context.clock.settle();
    // Nothing has been measured since: the newest measurement still holds.
    await lab.core.link.stop();
    await lab.core.link.start();
    await eventually(() => (Math.abs(lab.context.clock.offsetMs() ?? 0) > 9 * minute ? true : null));
    const refused = await refusedWithoutTrace(signTest(lab, record.recordNo));
    expect(refused).toMatchObject({
      code: 'CLOCK_OFF',
      message: expect.stringMatching(/相差 (599|600|601) 秒（本机慢）/),
    });
    platform.faults.clockSkewMs = 0;
    // The refusal itself measures anew: no restart, no waiting for the hour.
    expect((await signTest(lab, record.recordNo)).state).toBe('tested');
  });

  test('times of records are the machine’s own, whatever the offset', async () => {
    const { platform } = lab.core;
    if (!platform) throw new Error('no platform');
    platform.faults.clockSkewMs = 4 * minute;
    await lab.core.link.stop();
    await lab.core.link.start();
    await eventually(() => (Math.abs(lab.context.clock.offsetMs() ?? 0) > 3 * minute ? true : null));
    const { record } = await testedGroup(lab);
    const before = Date.now();
    const { signatures } = await signTest(lab, record.recordNo);
    const at = Date.parse(signatures[0]?.at ?? '');
    expect(at).toBeGreaterThanOrEqual(before - 1);
    expect(at).toBeLessThanOrEqual(Date.now());
    // And what is sent is signed by the platform's clock: it takes the entries although ours is four minutes off.
    await signCheck(lab, record.recordNo);
    await eventually(() => {
      const row = lab.store.first(`SELECT state FROM outbox WHERE kind = 'test-record' AND key = ?`, record.recordNo);
      return row?.['state'] === 'accepted' ? row : null;
    });
    platform.faults.clockSkewMs = 0;
  });
});

describe('the guard alone', () => {
  const open = (start = Date.parse('2026-11-23T09:00:00+08:00')) => {
    const test = openTestStore();
    const time = { wall: Math.max(start, Date.now()), steady: 50_000 };
    const context = { store: test.store, now: () => new Date(time.wall), log: () => undefined };
    const guard = new ClockGuard(context, () => time.steady);
    const pass = (ms: number): void => {
      time.wall += ms;
      time.steady += ms;
    };
    const measure = (platformAhead = 0): void => {
      const offset = { offsetMs: platformAhead, measuredAt: time.wall, roundTripMs: 1 };
      test.store.transact(tester, (tx) => writeFact(tx, 'clockOffset', offset));
      guard.measured(offset);
    };
    return { ...test, time, guard, pass, measure };
  };

  test('sleep, hours without the network and slow passing of time are no step', () => {
    const { guard, pass, measure, remove } = open();
    measure();
    pass(20 * 3_600_000);
    expect(guard.judge()).toEqual({ state: 'right' });
    expect(guard.offsetMs()).toBe(0);
    remove();
  });

  test('five minutes are the limit, in both directions', () => {
    const { guard, measure, remove } = open();
    for (const [offset, state] of [
      [300_000, 'right'],
      [-300_000, 'right'],
      [300_001, 'off'],
      [-300_001, 'off'],
    ] as const) {
      measure(offset);
      expect(guard.judge().state).toBe(state);
    }
    remove();
  });

  test('a step is noticed and its correction believed without the network', () => {
    const { guard, time, measure, remove } = open();
    measure();
    time.wall += 3_600_000;
    expect(guard.judge()).toMatchObject({ state: 'off', text: expect.stringContaining('3600 秒（本机快）') });
    time.wall -= 3_600_000;
    expect(guard.judge()).toEqual({ state: 'right' });
    remove();
  });

  test('what an earlier run measured, or what is a day old, does not block', () => {
    const { guard, store, time, pass, measure, remove } = open();
    const old = { offsetMs: 3_600_000, measuredAt: time.wall - 1000, roundTripMs: 1 };
    store.transact(tester, (tx) => writeFact(tx, 'clockOffset', old));
    expect(guard.offsetMs()).toBeNull();
    expect(guard.judge()).toEqual({ state: 'right' });
    measure(3_600_000);
    expect(guard.judge().state).toBe('off');
    pass(24 * 3_600_000 + 1);
    expect(guard.judge()).toEqual({ state: 'right' });
    remove();
  });

  test('a later entry with an earlier time does not hide that the clock went back', () => {
    const { guard, store, time, remove } = open();
    store.transact(tester, (tx) => tx.event('x', 'y', 'z'));
    time.wall -= 3_600_000;
    expect(guard.judge().state).toBe('backwards');
    const now = Date.now;
    Date.now = () => time.wall;
    try {
      store.transact(tester, (tx) => tx.event('x', 'y', 'written by the wrong clock'));
    } finally {
      Date.now = now;
    }
    expect(guard.judge().state).toBe('backwards');
    // Also for a program that starts now.
    expect(new ClockGuard({ store, now: () => new Date(time.wall), log: () => undefined }).judge().state).toBe('backwards'); // prettier-ignore
    remove();
  });

  test('a clock that was ahead and is put right goes on once the platform says so, and that is in the chain', async () => {
    const { guard, store, time, measure, remove } = open();
    const now = Date.now;
    Date.now = () => now() + 30 * 86_400_000;
    try {
      store.transact(tester, (tx) => tx.event('x', 'y', 'a month ahead'));
    } finally {
      Date.now = now;
    }
    expect(guard.judge().state).toBe('backwards');
    // Without the platform nobody knows which of the two is wrong.
    expect((await guard.settle()).state).toBe('backwards');
    guard.measureWith(() => {
      measure(2_000);
      return Promise.resolve(true);
    });
    time.wall = Date.now() + 2_000;
    expect((await guard.settle()).state).toBe('right');
    const entry = store.first(`SELECT newValue FROM audit WHERE entity = 'clock' AND entityKey = 'put-right'`);
    expect(String(entry?.['newValue'])).toMatch(/此前快.*已核对/);
    expect((await guard.settle()).state).toBe('right');
    expect(store.first(`SELECT count(*) AS n FROM audit WHERE entity = 'clock'`)?.['n']).toBe(1);
    remove();
  });

  test('a platform that does not answer keeps nobody waiting for long', async () => {
    const { guard, time, measure, remove } = open();
    measure();
    time.wall += 3_600_000;
    guard.measureWith(() => new Promise(() => undefined));
    const started = performance.now();
    expect((await guard.settle()).state).toBe('off');
    expect(performance.now() - started).toBeLessThan(6_000);
    remove();
  });
});
