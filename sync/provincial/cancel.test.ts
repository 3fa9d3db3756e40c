// A person breaks the upload off, and a person settles an entry outside, over real HTTP: what was under way is asked about
// before it is repeated, and what waited for the settled entry goes on, judged by the platform alone.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addOrder, numbers, openLab, type TestLab } from './testing/lab.ts';

let lab: TestLab;
beforeEach(async () => {
  lab = await openLab();
});
afterEach(async () => {
  await lab.close();
});

const open = (): string[] =>
  lab.store.document.entries.filter(({ state }) => state !== 'accepted').map(({ kind, state }) => `${kind} ${state}`);

it('broken off in the middle of an exchange: unknown, at rest until a person pushes, then there once', async () => {
  addOrder(lab, 1);
  addOrder(lab, 2);
  lab.platform.faults.latencyMs = 5_000;
  const pass = lab.engine.runOnce();
  await expect.poll(() => lab.store.document.entries.some(({ state }) => state === 'sending')).toBe(true);
  const started = performance.now();
  lab.engine.cancelPass(60_000);
  const report = await pass;
  expect(performance.now() - started).toBeLessThan(2_000);
  expect(report.actions).toBe(1);
  expect(report.pausedUntil).not.toBeNull();
  expect(lab.engine.status().state).not.toBe('halted');
  expect(open().filter((line) => line.endsWith('unknown'))).toHaveLength(1);
  lab.platform.faults.latencyMs = 0;
  const seen = lab.proxy.seen.length;
  expect((await lab.engine.runOnce()).actions).toBe(0);
  expect(lab.proxy.seen).toHaveLength(seen);

  await lab.engine.pushNow();
  await lab.settle();
  expect(open()).toEqual([]);
  // Asked first: the next word about it was a question.
  expect(lab.proxy.seen[seen]?.method).toBe('GET');
  expect(lab.platform.codes().map(({ reportNo }) => reportNo).toSorted()).toEqual([1, 2].map((index) => numbers(index).reportNo)); // prettier-ignore
});

it('what waited for an entry that a person settled goes on; the platform alone judges it', async () => {
  const bad = addOrder(lab, 1, { testerId: 'P008' });
  await lab.settle();
  expect(open()).toContain('test-record rejected');
  lab.store.poke((document) => {
    for (const entry of document.entries) if (entry.kind === 'test-record') entry.settled = true;
  });
  await lab.settle();
  const record = lab.entry('test-record', bad.recordNo);
  // Never taken for accepted, never sent again by itself.
  expect(record.state).toBe('rejected');
  expect(lab.entry('modification', `${bad.recordNo}-M1`).state).not.toBe('pending');
  const report = lab.entry('report', bad.reportNo);
  expect(report.state === 'pending' && report.platformCode === null).toBe(false);
});
