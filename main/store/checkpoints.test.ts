import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createCheckpointPolicy } from './checkpoints.ts';

let asked: string[];
let failures: unknown[];
const database = {
  open: true,
  pragma(source: string): unknown {
    asked.push(source);
    return [];
  },
};

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  failures = [];
  database.open = true;
});
afterEach(() => vi.useRealTimers());

const policyOf = (db: Parameters<typeof createCheckpointPolicy>[0] = database) =>
  createCheckpointPolicy(db, (cause) => failures.push(cause));

test('the WAL goes back into the file when the store has been quiet for two seconds', () => {
  const policy = policyOf();
  for (let commit = 0; commit < 5; commit += 1) {
    policy.committed();
    vi.advanceTimersByTime(1_900);
  }
  expect(asked).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(asked).toEqual(['wal_checkpoint(PASSIVE)']);
  vi.advanceTimersByTime(60_000);
  expect(asked).toHaveLength(1);
});

test('without a quiet moment, at the latest after a thousand commits', () => {
  const policy = policyOf();
  for (let commit = 0; commit < 2_500; commit += 1) policy.committed();
  expect(asked).toEqual(['wal_checkpoint(PASSIVE)', 'wal_checkpoint(PASSIVE)']);
});

test('on closing, the WAL is emptied and no timer is left', () => {
  const policy = policyOf();
  policy.committed();
  policy.stop();
  expect(asked).toEqual(['wal_checkpoint(TRUNCATE)']);
  expect(vi.getTimerCount()).toBe(0);
});

test('a full disk at a checkpoint is told and does not end the process from a timer', () => {
  const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  const policy = policyOf({
    open: true,
    pragma() {
      throw full;
    },
  });
  policy.committed();
  vi.advanceTimersByTime(2_000);
  expect(failures).toEqual([full]);
});

test('a store that is closed meanwhile is left alone', () => {
  const policy = policyOf();
  policy.committed();
  database.open = false;
  vi.advanceTimersByTime(2_000);
  expect(asked).toEqual([]);
});
