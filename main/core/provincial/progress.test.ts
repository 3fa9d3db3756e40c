// The progress of a long upload: four words a second at most, a rate from the last half minute, an end that is said once.
import { expect, test } from 'vitest';
import type { SyncProgress } from '../../../shared/sync/calls.ts';
import { ProgressMeter, type ProgressClock } from './progress.ts';

function bed() {
  let now = 1_000_000;
  let timers: { at: number; work: () => void }[] = [];
  const clock: ProgressClock = {
    now: () => now,
    after(ms, work) {
      const timer = { at: now + ms, work };
      timers.push(timer);
      return () => void (timers = timers.filter((other) => other !== timer));
    },
  };
  const told: { at: number; progress: SyncProgress | null }[] = [];
  const meter = new ProgressMeter((progress) => told.push({ at: now, progress }), clock);
  const pass = (ms: number): void => {
    const end = now + ms;
    for (;;) {
      const due = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      timers = timers.filter((other) => other !== due);
      now = due.at;
      due.work();
    }
    now = end;
  };
  let counted = 0;
  const report = (accepted: number, pending: number, done: number, planned: number, running = true): void =>
    meter.onProgress({
      done,
      planned,
      running,
      get counts() {
        counted += 1;
        return { pending, sending: 0, unknown: 0, accepted, queued: 0, rejected: 0, parked: 0 };
      },
    });
  return { meter, told, pass, report, counted: () => counted };
}

test('a thousand exchanges in ten seconds are told at most four times a second, and counted no more often', () => {
  const { told, pass, report, counted } = bed();
  for (let done = 0; done < 1_000; done += 1) {
    report(done, 1_000 - done, done, 1_000);
    pass(10);
  }
  expect(told.length).toBeGreaterThan(30);
  expect(told.length).toBeLessThanOrEqual(41);
  for (const [index, { at }] of told.entries())
    if (index > 0) expect(at - told[index - 1]!.at).toBeGreaterThanOrEqual(250);
  // Once more for the figure it begins with.
  expect(counted()).toBe(told.length + 1);
  const last = told.at(-1)?.progress;
  expect(last?.accepted).toBeGreaterThan(950);
  expect(last?.perMinute).toBeGreaterThan(5_900);
  expect(last?.perMinute).toBeLessThan(6_100);
  expect(last!.secondsLeft! * 100).toBeGreaterThanOrEqual(last!.left);
});

test('the rate follows the last half minute, not the whole stretch', () => {
  const { told, pass, report } = bed();
  for (let second = 0; second < 60; second += 1) {
    report(second * 100, 10_000 - second * 100, 1, 50);
    pass(1_000);
  }
  for (let second = 0; second < 60; second += 1) {
    report(6_000 + second, 4_000 - second, 1, 50);
    pass(1_000);
  }
  const last = told.at(-1)?.progress;
  expect(last?.perMinute).toBeLessThan(65);
  expect(last?.secondsLeft).toBeGreaterThan(3_500);
});

test('between two passes nothing ends; after the last one it is said once that it rests', () => {
  const { meter, told, pass, report } = bed();
  report(0, 10, 0, 2);
  pass(2_000);
  report(2, 8, 2, 2, false);
  pass(1_000);
  expect(meter.current).not.toBeNull();
  report(2, 8, 0, 1);
  // A slow platform is no rest.
  pass(120_000);
  expect(meter.current).not.toBeNull();
  report(10, 0, 1, 1, false);
  pass(5_000);
  expect(meter.current).toBeNull();
  expect(told.filter(({ progress }) => progress === null)).toHaveLength(1);
  expect(told.at(-1)?.progress).toBeNull();
});
