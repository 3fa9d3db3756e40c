// Networks and platforms at their worst, over real HTTP: whatever happens to one request of each operation, in the end
// there is exactly one of everything and one code; nothing is repeated without asking; a killed program goes on where
// the disk says.
import { afterEach, describe, expect, it } from 'vitest';
import { ulid } from 'ulid';
import { digestOf } from '../wire/digest.ts';
import type { Fault } from './testing/fault-proxy.ts';
import { addOrder, numbers, openLab, type TestLab } from './testing/lab.ts';
import { generator } from './testing/random.ts';

let lab: TestLab;

afterEach(async () => {
  await lab.close();
});

function expectExactlyOnce(orders: number): void {
  expect(lab.store.document.entries.filter((entry) => entry.state !== 'accepted')).toEqual([]);
  expect(lab.platform.counts()).toMatchObject({
    commission: orders,
    medium: orders,
    entry: orders * 3,
    report: orders,
    report_code: orders,
    report_file: orders,
  });
  expect(lab.store.document.setAside).toEqual([]);
  const ours = Object.values(lab.store.document.codes).map((code) => `${code.reportNo} ${code.code} ${code.digest}`);
  const theirs = lab.platform.codes().map((code) => `${code.reportNo} ${code.code} ${code.digest}`);
  expect(ours.sort()).toEqual(theirs.sort());
  for (const entry of lab.store.document.entries) {
    if (entry.kind === 'acquisition' || entry.kind === 'test-record' || entry.kind === 'modification') {
      expect(digestOf(lab.platform.storedEntry(entry.kind, entry.key))).toBe(entry.digest);
    }
  }
}

const OPERATIONS = {
  putCommission: /^PUT \/v1\/commissions\//,
  putMedia: /^PUT \/v1\/media\//,
  postBatch: /^POST \/v1\/batches$/,
  putReport: /^PUT \/v1\/reports\/[^/]+\/revisions\/1$/,
  obtainCode: /^POST .*\/code$/,
  fileReport: /^PUT .*\/file$/,
} as const;

/** The resource a request is about; questions and writes of one thing share it. */
function subjectOf(path: string, body: Buffer): string {
  if (path === '/v1/batches') return (JSON.parse(body.toString('utf8')) as { batchId: string }).batchId;
  return path.replace('/v1/batches/', '').replace(/\/(code|file)$/, '');
}

const AFTER: Fault[] = ['after', 'error-500', 'garbage', 'html', 'truncated', 'silence'];
const BEFORE: Fault[] = ['before', 'error-500-instead', 'html-404-instead', 'redirect-instead'];

describe('one fault at each operation', () => {
  const cases = Object.entries(OPERATIONS).flatMap(([operation, pattern]) =>
    [...BEFORE, ...AFTER].map((fault) => [operation, fault, pattern] as const),
  );
  it.each(cases)('%s: %s', async (_operation, fault, pattern) => {
    lab = await openLab({ port: { timeoutMs: 150, uploadTimeoutMs: 150 } });
    let left = 1;
    lab.proxy.decide = ({ method, path }) => {
      if (left === 0 || !pattern.test(`${method} ${path}`)) return 'pass';
      left -= 1;
      return fault;
    };
    addOrder(lab, 1);
    await lab.settle();
    expect(left).toBe(0);
    expectExactlyOnce(1);
    const hit = lab.proxy.seen.findIndex((request) => request.fault === fault);
    const { path, body } = lab.proxy.seen[hit]!;
    const next = lab.proxy.seen
      .slice(hit + 1)
      .find((request) => subjectOf(request.path, request.body) === subjectOf(path, body));
    expect(next === undefined || ['GET', 'HEAD'].includes(next.method)).toBe(true);
  });

  it('an answer of 300 kB of blanks is cut off by the size limit and asked about', async () => {
    lab = await openLab({ port: { maxAnswerBytes: 100_000 } });
    let left = 1;
    lab.proxy.decide = ({ path }) => (path.endsWith('/code') && left-- > 0 ? 'huge' : 'pass');
    addOrder(lab, 1);
    await lab.settle();
    expectExactlyOnce(1);
    expect(lab.store.document.attempts.find((row) => row.code === 'ANSWER_TOO_LARGE')?.operation).toBe('obtainCode');
  });

  it('a request that the network delivers twice is refused the second time and ends well', async () => {
    lab = await openLab();
    lab.proxy.decide = ({ method }) => (method === 'GET' ? 'pass' : 'twice');
    addOrder(lab, 1);
    await lab.settle();
    expectExactlyOnce(1);
  });
});

describe('restart', () => {
  it('a program killed after the platform committed asks first and sends nothing twice', async () => {
    lab = await openLab();
    addOrder(lab, 1);
    await lab.settle();
    const codes = { ...lab.store.document.codes };
    // What the disk looks like when the process dies between sending and recording: everything is still `sending`.
    lab.store.poke((document) => {
      document.codes = {};
      for (const entry of document.entries) Object.assign(entry, { state: 'sending', acceptedAt: null });
    });
    lab.restart();
    lab.proxy.seen.length = 0;
    await lab.settle();
    expectExactlyOnce(1);
    expect(lab.store.document.codes).toEqual(codes);
    const firstWrite = lab.proxy.seen.findIndex((request) => request.method === 'PUT');
    expect(lab.proxy.seen.slice(0, firstWrite).every((request) => ['GET', 'HEAD'].includes(request.method))).toBe(true);
    expect(lab.proxy.seen.filter((request) => request.method === 'POST')).toEqual([]);
  });

  it('a program killed before anything left sends it after asking', async () => {
    lab = await openLab();
    addOrder(lab, 1);
    const ids = lab.store.document.entries.map((entry) => entry.entryId);
    lab.store.markSending(ids, null);
    lab.store.poke((document) => {
      for (const entry of document.entries) if (entry.kind === 'acquisition') entry.batchId = ulid();
    });
    lab.restart();
    await lab.settle();
    expectExactlyOnce(1);
  });

  it('stopping in the middle of an exchange leaves its outcome unknown, never lost', async () => {
    lab = await openLab({ port: { timeoutMs: 5_000 } });
    lab.proxy.decide = ({ method }) => (method === 'POST' ? 'silence' : 'pass');
    addOrder(lab, 1);
    lab.engine.start();
    await expect.poll(() => lab.proxy.seen.some((request) => request.method === 'POST')).toBe(true);
    await lab.engine.stop(0);
    expect(lab.entry('acquisition').state).toBe('unknown');
    lab.proxy.decide = () => 'pass';
    lab.restart();
    await lab.settle();
    expectExactlyOnce(1);
  });

  it('the next try is on disk and a restart keeps to it', async () => {
    lab = await openLab({ timing: { retryBaseMs: 60_000, retryMaxMs: 60_000 } });
    lab.proxy.decide = () => 'after';
    addOrder(lab, 1);
    await lab.engine.runOnce();
    const { nextTryAt } = lab.entry('commission');
    expect(nextTryAt).toBeGreaterThan(Date.now() + 20_000);
    lab.restart();
    lab.proxy.seen.length = 0;
    const report = await lab.engine.runOnce();
    expect(report).toMatchObject({ actions: 0, nextAt: nextTryAt });
    expect(lab.proxy.seen).toEqual([]);
  });
});

describe('no line', () => {
  it('nobody listening: the line rests, entries keep their place and none counts as tried', async () => {
    lab = await openLab({ timing: { retryBaseMs: 60_000, retryMaxMs: 60_000 } });
    for (let index = 1; index <= 5; index += 1) addOrder(lab, index);
    lab.restart({ baseUrl: 'http://127.0.0.1:9' });
    const report = await lab.engine.runOnce();
    expect(report.actions).toBe(1);
    expect(report.pausedUntil).toBeGreaterThan(Date.now());
    expect(lab.store.counts()).toMatchObject({ pending: 40, unknown: 0 });
    expect(lab.store.document.entries.every((entry) => entry.attempts === 0)).toBe(true);
    expect(lab.engine.status().lastFailure?.code).toBe('NOT_CONNECTED');
    lab.restart();
    await lab.engine.pushNow();
    lab.store.poke((document) => {
      for (const entry of document.entries) entry.nextTryAt = null;
    });
    await lab.settle();
    expectExactlyOnce(5);
  });
});

describe('batches', () => {
  it('a batch that is too large is halved until it fits', async () => {
    lab = await openLab();
    for (let index = 1; index <= 8; index += 1) addOrder(lab, index);
    const sizes: number[] = [];
    lab.proxy.decide = ({ method, path, body }) => {
      if (method !== 'POST' || path !== '/v1/batches') return 'pass';
      const { entries } = JSON.parse(body.toString('utf8')) as { entries: unknown[] };
      sizes.push(entries.length);
      return entries.length > 2
        ? { status: 413, body: { code: 'TOO_LARGE', message: '批次过大', requestId: 'r' } }
        : 'pass';
    };
    await lab.settle(200);
    expectExactlyOnce(8);
    expect(sizes.slice(0, 3)).toEqual([8, 4, 4]);
    expect(sizes.slice(4).every((size) => size <= 2)).toBe(true);
  });

  it('one entry that breaks the platform does not spoil the batch for the others', async () => {
    lab = await openLab();
    for (let index = 1; index <= 4; index += 1) addOrder(lab, index);
    const poison = numbers(3).recordNo;
    lab.proxy.decide = ({ method, path, body }) =>
      method === 'POST' && path === '/v1/batches' && body.includes(`"key":"${poison}"`) ? 'error-500-instead' : 'pass';
    await lab.settle(150);
    const done = lab.platform.codes().map((code) => code.reportNo);
    expect(done.sort()).toEqual([1, 2, 4].map((index) => numbers(index).reportNo));
    expect(lab.entry('test-record', poison).state).not.toBe('accepted');
    lab.proxy.decide = () => 'pass';
    await lab.settle(150);
    expectExactlyOnce(4);
  });
});

describe('random cuts', () => {
  const KINDS: Fault[] = [
    'before',
    'after',
    'error-500',
    'error-500-instead',
    'garbage',
    'html',
    'truncated',
    'html-404-instead',
    'twice',
  ];

  it.each(Array.from({ length: 30 }, (_, seed) => seed))('seed %i ends with one of everything', async (seed) => {
    lab = await openLab();
    const random = generator(seed);
    lab.proxy.decide = () => (random() < 0.35 ? KINDS[Math.floor(random() * KINDS.length)]! : 'pass');
    for (const index of [1, 2, 3]) addOrder(lab, index);
    for (let round = 0; round < 6; round += 1) {
      await lab.settle(8);
      if (random() < 0.5) lab.restart();
    }
    lab.proxy.decide = () => 'pass';
    await lab.engine.pushNow();
    await lab.settle(100);
    expectExactlyOnce(3);
  });
});
