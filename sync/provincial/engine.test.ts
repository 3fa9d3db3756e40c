// The engine against the embedded platform over real HTTP: the whole order, and what each kind of answer leads to.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from '../wire/digest.ts';
import { addOrder, noticeEntry, numbers, openLab, type TestLab } from './testing/lab.ts';

let lab: TestLab;

beforeEach(async () => {
  lab = await openLab();
});

afterEach(async () => {
  await lab.close();
});

const states = (commissionNo: string): string[] =>
  lab.store.entriesOf(commissionNo).map((entry) => `${entry.kind} ${entry.state}`);

const writes = (): string[] =>
  lab.proxy.seen
    .filter((request) => ['PUT', 'POST'].includes(request.method))
    .map((request) => `${request.method} ${request.path}`);

function expectWholeOrder(index: number): void {
  const n = numbers(index);
  expect(states(n.commissionNo).filter((line) => !line.endsWith(' accepted'))).toEqual([]);
  const report = lab.entry('report', n.reportNo);
  const code = lab.store.document.codes[`${n.reportNo}/1`];
  expect(code).toMatchObject({ reportNo: n.reportNo, revision: 1, digest: report.digest });
  expect(lab.platform.codes().filter((row) => row.reportNo === n.reportNo)).toEqual([
    { code: code?.code, reportNo: n.reportNo, revision: 1, digest: report.digest },
  ]);
  for (const kind of ['acquisition', 'test-record', 'modification'] as const) {
    const entry = lab.store.entriesOf(n.commissionNo).find((one) => one.kind === kind)!;
    expect(digestOf(lab.platform.storedEntry(kind, entry.key))).toBe(entry.digest);
  }
}

describe('the whole order', () => {
  it('goes from commission to coded file in the order the platform expects, and verifies', async () => {
    const n = addOrder(lab, 1);
    await lab.settle();
    expectWholeOrder(1);
    const kinds = writes().map((line) =>
      line.includes('/batches') ? 'batch' : (/\/(commissions|media|code|file)(?:\/|$)/.exec(line)?.[1] ?? 'report'),
    );
    expect(kinds).toEqual(['commissions', 'media', 'batch', 'batch', 'batch', 'report', 'code', 'file']);
    const code = lab.store.document.codes[`${n.reportNo}/1`]!;
    const answer = await lab.port.verify(code.code);
    expect(answer).toMatchObject({ outcome: 'ok', value: { status: 'valid', reportNo: n.reportNo } });
  });

  it('puts entries of several commissions into one batch and keeps the ledger', async () => {
    for (const index of [1, 2, 3]) addOrder(lab, index);
    await lab.settle();
    for (const index of [1, 2, 3]) expectWholeOrder(index);
    expect(writes().filter((line) => line === 'POST /v1/batches')).toHaveLength(3);
    const ledger = lab.store.document.attempts;
    expect(ledger.every((row) => row.outcome === 'ok' && /^[0-9a-f]{64}$/.test(row.requestDigest))).toBe(true);
    expect(JSON.stringify(ledger)).not.toContain('training-secret');
    expect(ledger.find((row) => row.operation === 'postBatch')?.entryIds).toHaveLength(3);
  });

  it('respects the limits of count that the institution names', async () => {
    for (const index of [1, 2, 3]) addOrder(lab, index);
    const pulled = await lab.engine.pullReference();
    expect(pulled).toMatchObject({ ok: true, failure: null, held: [] });
    lab.store.poke((document) => {
      document.institution!.limits.maxBatchEntries = 2;
    });
    await lab.settle();
    for (const index of [1, 2, 3]) expectWholeOrder(index);
    expect(writes().filter((line) => line === 'POST /v1/batches')).toHaveLength(6);
  });
});

describe('refusals', () => {
  it('a refused record parks with the platform’s own words; what depends on it waits, other commissions go on', async () => {
    const bad = addOrder(lab, 1, { testerId: 'P008' });
    addOrder(lab, 2);
    await lab.settle();
    expectWholeOrder(2);
    expect(states(bad.commissionNo)).toEqual([
      'commission accepted',
      'media accepted',
      'acquisition accepted',
      'test-record rejected',
      'modification pending',
      'report pending',
      'code pending',
      'report-file pending',
    ]);
    const refused = lab.entry('test-record', bad.recordNo);
    expect(refused.platformCode).toBe('VALIDATION');
    expect(refused.platformMessage).toContain('罗振邦');
    const waiting = lab.engine.waitingFor(lab.entry('report', bad.reportNo).entryId);
    expect(waiting.map((entry) => entry.key)).toEqual([bad.recordNo, `${bad.recordNo}-M1`]);
    expect(lab.platform.codes().map((row) => row.reportNo)).toEqual([numbers(2).reportNo]);
  });

  it('a corrected record takes the place of the refused one and the rest follows', async () => {
    const n = addOrder(lab, 1, { testerId: 'P008' });
    await lab.settle();
    const payload = { ...lab.entry('test-record', n.recordNo).payload, testerId: 'P001' };
    lab.store.add({
      kind: 'test-record',
      commissionNo: n.commissionNo,
      key: n.recordNo,
      payload,
      digest: digestOf(payload),
    });
    await lab.settle();
    expect(lab.entry('report-file').state).toBe('accepted');
    expect(lab.platform.codes()).toHaveLength(1);
  });

  it('other content under the same number stops that record as a conflict', async () => {
    const n = addOrder(lab, 1);
    await lab.settle();
    const payload = { ...lab.entry('test-record', n.recordNo).payload, siteAddress: '别处' };
    const [other] = lab.store.add({
      kind: 'test-record',
      commissionNo: n.commissionNo,
      key: n.recordNo,
      payload,
      digest: digestOf(payload),
    });
    await lab.settle();
    expect(lab.store.entry(other!.entryId)).toMatchObject({
      state: 'parked',
      failureClass: 'conflict',
      platformCode: 'CONFLICT_CONTENT',
    });
  });

  it('content that no longer has its digest is never sent', async () => {
    const n = addOrder(lab, 1);
    lab.store.poke((document) => {
      document.entries.find((entry) => entry.kind === 'test-record')!.payload!['conclusion'] = 1;
      document.files[lab.entry('media').mediaSha256!] = Buffer.from('another curve').toString('base64');
    });
    await lab.settle();
    expect(lab.entry('media')).toMatchObject({ state: 'parked', platformCode: 'LOCAL_FILE_CHANGED' });
    lab.store.poke((document) => {
      document.files[lab.entry('media').mediaSha256!] = Buffer.from(`curve of ${n.recordNo}`).toString('base64');
    });
    lab.engine.retry(lab.entry('media').entryId);
    await lab.settle();
    expect(lab.entry('test-record')).toMatchObject({ state: 'parked', platformCode: 'LOCAL_DIGEST_MISMATCH' });
    expect(lab.platform.storedEntry('test-record', n.recordNo)).toBeUndefined();
  });

  it('there is nothing to retry on what the platform accepted', async () => {
    addOrder(lab, 1);
    await lab.settle();
    expect(() => lab.engine.retry(lab.entry('commission').entryId)).toThrow(/SYNC_NOTHING_TO_RETRY/);
    expect(() => lab.engine.retry('nobody')).toThrow(/SYNC_NOTHING_TO_RETRY/);
  });
});

describe('the supervisor', () => {
  it('a locked commission freezes here too, and goes on when it is unlocked', async () => {
    const n = addOrder(lab, 1);
    await lab.engine.runOnce();
    lab.platform.supervisor.lockCommission(n.commissionNo, '复查');
    await lab.settle();
    expect(lab.store.frozenCommissions()).toEqual([{ commissionNo: n.commissionNo, state: 'locked' }]);
    expect(lab.platform.codes()).toEqual([]);
    addOrder(lab, 2);
    await lab.settle();
    expectWholeOrder(2);
    lab.platform.supervisor.unlockCommission(n.commissionNo, '复查完毕');
    await lab.engine.pullEvents();
    await lab.settle();
    expectWholeOrder(1);
  });

  it('a notice of an unqualified result overtakes a stuck queue and a frozen commission', async () => {
    const n = addOrder(lab, 1, { testerId: 'P008' });
    await lab.settle();
    lab.store.freezeCommission(n.commissionNo, { state: 'locked', code: 'LOCKED', message: '', at: 0 });
    for (let index = 2; index < 5; index += 1) addOrder(lab, index);
    lab.store.add(noticeEntry(n));
    lab.proxy.seen.length = 0;
    await lab.engine.runOnce();
    expect(writes()[0]).toBe('POST /v1/batches');
    expect(lab.entry('unqualified-notice').state).toBe('accepted');
  });
});

describe('access and clock', () => {
  it('a wrong secret stops the whole queue after one try, with one banner', async () => {
    lab.restart({ secret: 'another-secret-0123456789' });
    for (const index of [1, 2, 3]) addOrder(lab, index);
    await lab.settle();
    await lab.settle();
    expect(writes()).toHaveLength(1);
    expect(lab.engine.status()).toMatchObject({ state: 'halted', halt: { code: 'BAD_SIGNATURE' } });
    lab.restart();
    await lab.engine.pushNow();
    await lab.settle();
    for (const index of [1, 2, 3]) expectWholeOrder(index);
  });

  it.each([-3_600_000, 900_000])(
    'a platform clock %i ms off is measured and only signatures follow it',
    async (skew) => {
      lab.platform.faults.clockSkewMs = skew;
      addOrder(lab, 1);
      await lab.settle();
      expectWholeOrder(1);
      expect(Math.abs((lab.store.clockOffset()?.offsetMs ?? 0) - skew)).toBeLessThan(2_000);
      const accepted = lab.entry('commission').acceptedAt ?? 0;
      expect(Math.abs(accepted - Date.now())).toBeLessThan(60_000);
      expect(lab.store.document.attempts.filter((row) => row.outcome === 'clock')).toHaveLength(1);
    },
  );

  it('honours Retry-After and waits with everything', async () => {
    lab.platform.faults.rateLimited = 1;
    lab.platform.faults.retryAfterSeconds = 1;
    addOrder(lab, 1);
    const startedAt = Date.now();
    const report = await lab.engine.runOnce();
    expect(report.pausedUntil).toBeGreaterThanOrEqual(startedAt + 1000);
    await lab.engine.runOnce();
    expect(lab.proxy.seen).toHaveLength(1);
    await lab.settle();
    expectWholeOrder(1);
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(1000);
  });
});

describe('codes', () => {
  it('waits while a code is being issued', async () => {
    lab.platform.faults.codePending = 2;
    lab.platform.faults.retryAfterSeconds = 0;
    addOrder(lab, 1);
    await lab.settle();
    expectWholeOrder(1);
    expect(writes().filter((line) => line.endsWith('/code'))).toHaveLength(3);
  });

  it('keeps what is missing when the platform is not ready', async () => {
    const n = addOrder(lab, 1);
    // The record never reached the platform although its receipt said so.
    lab.store.poke((document) => {
      for (const entry of document.entries) {
        if (['test-record', 'modification'].includes(entry.kind)) entry.state = 'accepted';
      }
    });
    await lab.settle(12);
    expect(lab.entry('code')).toMatchObject({ state: 'queued', platformCode: 'NOT_READY' });
    expect(JSON.stringify(lab.entry('code').platformDetails)).toContain(n.recordNo);
    lab.engine.retry(lab.entry('code').entryId);
  });

  it.each([
    ['another report', { reportNo: 'B2026-9999' }, 'CODE_MISMATCH'],
    ['another revision', { revision: 2 }, 'CODE_MISMATCH'],
    ['another digest', { digest: 'a'.repeat(64) }, 'CODE_MISMATCH'],
    ['a verify address that is none', { verifyUrl: 'javascript:alert(1)' }, 'CODE_MISMATCH'],
  ])('a code for %s is set aside and never bound', async (_, change, code) => {
    lab.proxy.decide = ({ path }) =>
      path.endsWith('/code') ? { answer: (body) => JSON.stringify({ ...JSON.parse(body), ...change }) } : 'pass';
    addOrder(lab, 1);
    await lab.settle();
    expect(lab.entry('code')).toMatchObject({ state: 'parked', platformCode: code });
    expect(lab.store.document.codes).toEqual({});
    expect(lab.store.document.setAside.map((item) => item.kind)).toEqual(['code']);
  });

  it('a second, different code for the same revision never overwrites the first', async () => {
    const n = addOrder(lab, 1);
    await lab.settle();
    const first = lab.store.document.codes[`${n.reportNo}/1`];
    lab.store.add({ kind: 'code', commissionNo: n.commissionNo, key: n.reportNo, digest: lab.entry('report').digest });
    lab.proxy.decide = ({ path }) =>
      path.endsWith('/code') ? { answer: (body) => JSON.stringify({ ...JSON.parse(body), code: 'ANOTHER' }) } : 'pass';
    await lab.settle();
    expect(lab.store.document.codes[`${n.reportNo}/1`]).toEqual(first);
    expect(lab.store.document.entries.at(-1)).toMatchObject({ state: 'parked', platformCode: 'CODE_CONFLICT' });
    expect(lab.store.document.setAside[0]?.content).toMatchObject({ code: 'ANOTHER' });
  });
});

describe('receipts', () => {
  it('a receipt for an entry never sent is kept aside and never applied', async () => {
    const n = addOrder(lab, 1);
    const stranger = lab.entry('report').entryId;
    lab.proxy.decide = ({ method, path }) =>
      method === 'POST' && path === '/v1/batches'
        ? {
            answer: (body) => {
              const parsed = JSON.parse(body) as { receipts: unknown[] };
              parsed.receipts.push({ entryId: stranger, state: 'rejected', errors: [{ code: 'SCOPE', message: 'x' }] });
              parsed.receipts.push({ entryId: '01NEVERSENT', state: 'accepted' });
              return JSON.stringify(parsed);
            },
          }
        : 'pass';
    await lab.settle();
    expect(states(n.commissionNo).filter((line) => !line.endsWith('accepted'))).toEqual([]);
    expect(lab.store.document.setAside.map((item) => item.subject)).toEqual([
      stranger,
      '01NEVERSENT',
      stranger,
      '01NEVERSENT',
      stranger,
      '01NEVERSENT',
    ]);
  });

  it('an unknown receipt state is not believed; the batch is asked about and ends well', async () => {
    let spoiled = 0;
    lab.proxy.decide = ({ method, path }) => {
      if (method !== 'POST' || path !== '/v1/batches' || spoiled > 0) return 'pass';
      spoiled += 1;
      return { answer: (body) => body.replace('"accepted"', '"archived"') };
    };
    addOrder(lab, 1);
    await lab.settle();
    expectWholeOrder(1);
    expect(lab.proxy.seen.some((request) => request.method === 'GET' && request.path.startsWith('/v1/batches/'))).toBe(
      true,
    );
  });
});

describe('the loop', () => {
  it('runs by itself, wakes for new entries, reports progress and stops', async () => {
    lab.engine.start();
    const n = addOrder(lab, 1);
    lab.engine.wake();
    await expect.poll(() => lab.store.counts().accepted, { timeout: 5_000 }).toBe(8);
    expect(lab.engine.status().state).toBe('running');
    await lab.engine.stop();
    expect(lab.engine.status().state).toBe('stopped');
    expect(lab.store.document.codes[`${n.reportNo}/1`]).toBeDefined();
  });

  it('a full disk stops the pass, nothing counts as sent, and it goes on later', async () => {
    addOrder(lab, 1);
    lab.store.failing = true;
    await expect(lab.engine.runOnce()).rejects.toThrow(/SQLITE_FULL/);
    expect(lab.proxy.seen).toEqual([]);
    lab.store.failing = false;
    await lab.settle();
    expectWholeOrder(1);
  });
});
