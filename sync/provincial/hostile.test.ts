// The engine against a platform that misbehaves by itself (its own fault switches, over real HTTP): what is wrong is
// refused or kept aside, nothing is applied in part, the queue goes on, and when the switch is off both sides are equal.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from '../wire/digest.ts';
import { addOrder, noticeEntry, numbers, openLab, personEntry, type TestLab } from './testing/lab.ts';

let lab: TestLab;

beforeEach(async () => {
  lab = await openLab();
  // Nothing in between: the faults are the platform's own.
  lab.restart({ baseUrl: lab.platform.url });
});

afterEach(async () => {
  await lab.close();
});

const open = (): string[] =>
  lab.store.document.entries
    .filter((entry) => entry.state !== 'accepted')
    .map((entry) => `${entry.kind} ${entry.state}`);
const codesOf = (name: string): (string | null)[] =>
  lab.store.document.attempts.filter(({ operation }) => operation === name).map(({ code }) => code);

/** Both sides equal: every entry accepted and there by its digest, one code per report, nothing set aside but `aside`. */
function expectEqual(orders: number, aside = 0): void {
  expect(open()).toEqual([]);
  expect(lab.platform.counts()).toMatchObject({
    commission: orders,
    medium: orders,
    entry: orders * 3,
    report: orders,
    report_code: orders,
    report_file: orders,
  });
  const ours = Object.values(lab.store.document.codes).map((code) => `${code.reportNo} ${code.code} ${code.digest}`);
  const theirs = lab.platform.codes().map((code) => `${code.reportNo} ${code.code} ${code.digest}`);
  expect(ours.sort()).toEqual(theirs.sort());
  for (const entry of lab.store.document.entries) {
    if (entry.kind === 'acquisition' || entry.kind === 'test-record' || entry.kind === 'modification') {
      expect(digestOf(lab.platform.storedEntry(entry.kind, entry.key))).toBe(entry.digest);
    }
  }
  expect(lab.store.document.setAside).toHaveLength(aside);
}

/** The switch goes off, somebody presses “push”, and everything ends well. */
async function recover(): Promise<void> {
  lab.platform.resetFaults();
  await lab.engine.pushNow();
  await lab.settle(200);
}

describe('what hits one request of each kind', () => {
  const OPERATIONS = {
    putCommission: '^PUT /v1/commissions/',
    putMedia: '^PUT /v1/media/',
    postBatch: '^POST /v1/batches$',
    putReport: '^PUT .*/revisions/1$',
    obtainCode: '^POST .*/code$',
    fileReport: '^PUT .*/file$',
  };
  const FAULTS = ['deliveredTwice', 'diskFull', 'htmlPage', 'redirected', 'futureFields', 'unknownEnum'] as const;
  const cases = Object.entries(OPERATIONS).flatMap(([name, match]) =>
    FAULTS.map((fault) => [name, fault, match] as const),
  );

  it.each(cases)('%s: %s', async (name, fault, match) => {
    // Future fields are the one thing that changes nothing at all.
    Object.assign(lab.platform.faults, { match, [fault]: 1 });
    addOrder(lab, 1);
    await lab.settle();
    expectEqual(1);
    const hit = lab.platform.faults[fault] === 0;
    // Answers without a body or without a state have nothing to distort.
    const bodiless = name === 'putMedia' || name === 'fileReport';
    const stateless = bodiless || name === 'obtainCode';
    expect(hit).toBe(!((fault === 'futureFields' && bodiless) || (fault === 'unknownEnum' && stateless)));
    if (fault === 'futureFields' || !hit)
      expect(lab.store.document.attempts.every(({ outcome }) => outcome === 'ok')).toBe(true);
    else expect(codesOf(name).filter((code) => code !== null)).toHaveLength(1);
  });

  it('50 MB at each of them: cut off, asked about, done once', async () => {
    const before = process.memoryUsage().rss;
    Object.assign(lab.platform.faults, { match: '^(PUT|POST) ', hugeAnswer: 6 });
    addOrder(lab, 1);
    await lab.settle(200);
    expect(lab.platform.faults.hugeAnswer).toBe(0);
    expectEqual(1);
    const tooLarge = lab.store.document.attempts.filter(({ code }) => code === 'ANSWER_TOO_LARGE');
    expect(tooLarge).toHaveLength(6);
    expect(tooLarge.every(({ answer }) => answer.length < 1000)).toBe(true);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });
});

describe('what lasts', () => {
  it.each(['accessRefused', 'signatureRefused'] as const)(
    '%s: the queue stops after one try and goes on later',
    async (fault) => {
      lab.platform.faults[fault] = -1;
      addOrder(lab, 1);
      addOrder(lab, 2);
      await lab.settle();
      const code = fault === 'accessRefused' ? 'FORBIDDEN' : 'BAD_SIGNATURE';
      expect(lab.store.halt()).toMatchObject({ code });
      expect(lab.store.document.attempts.filter((row) => row.code === code)).toHaveLength(1);
      expect(lab.store.document.entries.every(({ state }) => state === 'pending')).toBe(true);
      await recover();
      expectEqual(2);
    },
  );

  it.each(['diskFull', 'htmlPage', 'redirected', 'unknownEnum'] as const)(
    '%s: nothing is believed while it lasts',
    async (fault) => {
      Object.assign(lab.platform.faults, { match: '^(PUT|POST|GET|HEAD) /v1/', [fault]: -1 });
      addOrder(lab, 1);
      await lab.settle(12);
      const believed = lab.store.document.entries.filter(({ state }) => state === 'accepted');
      expect(believed).toEqual([]);
      expect(lab.store.document.entries.filter(({ state }) => state === 'rejected' || state === 'parked')).toEqual([]);
      expect(lab.store.document.codes).toEqual({});
      await recover();
      expectEqual(1);
    },
  );

  it('future fields everywhere, also in reference data and events, change nothing', async () => {
    Object.assign(lab.platform.faults, { futureFields: -1 });
    addOrder(lab, 1);
    await lab.settle();
    expect(await lab.engine.pullReference()).toMatchObject({ ok: true, held: [] });
    lab.platform.supervisor.notify('通知', '内容');
    await lab.engine.pullEvents();
    expectEqual(1);
    expect(lab.store.document.events.seen).toHaveLength(1);
    expect(lab.store.document.attempts.every(({ outcome }) => outcome === 'ok')).toBe(true);
  });
});

describe('a verdict that comes late', () => {
  const late = { code: 'VALIDATION', message: '抽查不通过', times: 1, polls: 2 } as const;

  it('rejects one record: its words stay, its report waits, the others go on; a retry brings it through', async () => {
    const { supervisor } = lab.platform;
    const n = addOrder(lab, 1);
    addOrder(lab, 2);
    supervisor.addRule({ ...late, kind: 'test-record', key: n.recordNo, verdict: 'refuse-later' }, '练习');
    await lab.settle();
    const record = lab.entry('test-record', n.recordNo);
    expect(record).toMatchObject({ state: 'rejected', platformCode: 'VALIDATION', platformMessage: '抽查不通过' });
    expect(lab.platform.codes().map(({ reportNo }) => reportNo)).toEqual([numbers(2).reportNo]);
    expect(lab.engine.waitingFor(lab.entry('report', n.reportNo).entryId).map(({ kind }) => kind)).toEqual([
      'test-record',
      'modification',
    ]);
    lab.engine.retry(record.entryId);
    await lab.settle();
    expectEqual(2);
  });

  it('accepts one record after a while; nothing goes twice', async () => {
    lab.platform.supervisor.addRule({ ...late, kind: 'any', verdict: 'accept-later', times: 5 }, '练习');
    addOrder(lab, 1);
    await lab.settle(100);
    expectEqual(1);
    expect(lab.store.document.attempts.filter(({ operation }) => operation === 'getBatch').length).toBeGreaterThan(1);
  });

  it('rejects a report: its code waits, and comes when the report is sent again', async () => {
    const { supervisor } = lab.platform;
    addOrder(lab, 1);
    supervisor.addRule({ ...late, kind: 'report', verdict: 'refuse-later' }, '练习');
    await lab.settle();
    expect(lab.entry('report')).toMatchObject({ state: 'rejected', platformMessage: '抽查不通过' });
    expect(lab.entry('code').state).toBe('pending');
    lab.engine.retry(lab.entry('report').entryId);
    await lab.settle();
    expectEqual(1);
  });

  it('approves one registration and rejects another', async () => {
    const { supervisor } = lab.platform;
    supervisor.setRegistrationApproval('supervisor', '练习');
    lab.store.add(personEntry('L01', '梁小明', 1), personEntry('L02', '何小玲', 1));
    await lab.settle(10);
    expect(lab.store.document.registrations).toMatchObject({
      'person/L01': { state: 'pending' },
      'person/L02': { state: 'pending' },
    });
    supervisor.approveRegistration('person', 'L01', '资料齐全');
    supervisor.rejectRegistration('person', 'L02', '证书编号查不到');
    await lab.settle();
    expect(lab.store.document.registrations).toMatchObject({
      'person/L01': { state: 'approved' },
      'person/L02': { state: 'rejected', reason: '证书编号查不到' },
    });
    expect(lab.entry('registration', 'person/L02')).toMatchObject({
      state: 'rejected',
      platformMessage: '证书编号查不到',
    });
  });
});

describe('what was not asked for', () => {
  it('a receipt for an entry never sent is set aside; those that were sent count', async () => {
    lab.platform.faults.strayReceipt = -1;
    const n = addOrder(lab, 1);
    lab.store.add(noticeEntry(n));
    await lab.settle();
    const stray = lab.store.document.setAside;
    expect(stray.length).toBeGreaterThan(0);
    expect(stray.every(({ kind }) => kind === 'receipt')).toBe(true);
    const known = new Set(lab.store.document.entries.map(({ entryId }) => entryId));
    expect(stray.some(({ subject }) => known.has(subject))).toBe(false);
    expect(open()).toEqual([]);
  });

  it.each(['foreignCode', 'wrongDigestCode'] as const)(
    '%s: set aside, never bound; the true one comes later',
    async (fault) => {
      lab.platform.faults[fault] = -1;
      addOrder(lab, 1);
      addOrder(lab, 2);
      await lab.settle();
      expect(lab.store.document.codes).toEqual({});
      expect(lab.store.document.setAside.map(({ kind }) => kind)).toEqual(['code', 'code']);
      const parked = lab.store.document.entries.filter(({ state }) => state === 'parked');
      expect(parked.map(({ kind, platformCode }) => [kind, platformCode])).toEqual([
        ['code', 'CODE_MISMATCH'],
        ['code', 'CODE_MISMATCH'],
      ]);
      expect(open().filter((one) => one.startsWith('report-file'))).toEqual([
        'report-file pending',
        'report-file pending',
      ]);
      lab.platform.resetFaults();
      for (const { entryId } of parked) lab.engine.retry(entryId);
      await lab.settle();
      expectEqual(2, 2);
    },
  );

  it('a second code for a report that has one is set aside, and nothing is overwritten', async () => {
    addOrder(lab, 1);
    await lab.settle();
    const codes = structuredClone(lab.store.document.codes);
    lab.platform.faults.secondCode = -1;
    // As after a crash between sending and recording: the engine has to ask.
    lab.store.poke((document) => {
      for (const entry of document.entries) if (entry.kind === 'code') entry.state = 'sending';
    });
    lab.restart({ baseUrl: lab.platform.url });
    await lab.settle();
    expect(lab.entry('code')).toMatchObject({ state: 'parked', platformCode: 'CODE_CONFLICT' });
    expect(lab.store.document.codes).toEqual(codes);
    lab.platform.resetFaults();
    lab.engine.retry(lab.entry('code').entryId);
    await lab.settle();
    expectEqual(1, 1);
  });
});
