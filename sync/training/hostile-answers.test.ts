// The switches that make the platform itself misbehave: what each answers, and what is kept behind it. What the client
// makes of it is shown in sync/provincial/hostile.test.ts.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { digestOf, sha256Hex } from '../wire/digest.ts';
import {
  type Fixture,
  reportPath,
  sendAll,
  sendCoded,
  sendCommission,
  sendRecord,
  sendReport,
  sendRuns,
  startFixture,
} from './testing/fixture.ts';
import { entryOf } from './testing/lab-client.ts';
import { type CubeGroup, cubeGroup } from './testing/payloads.ts';

let fixture: Fixture;
let serial = 0;
beforeAll(async () => {
  fixture = await startFixture();
});
afterEach(() => fixture.platform.resetFaults());
afterAll(() => fixture.close());

function nextGroup(): CubeGroup {
  serial += 1;
  return cubeGroup(`H-${String(serial).padStart(4, '0')}`, fixture.clock.now);
}

const there = async (group: CubeGroup): Promise<number> =>
  (await fixture.client.get(`/v1/commissions/${group.commission.commissionNo}`)).status;

describe('access', () => {
  it.each([
    ['accessRefused', 403, 'FORBIDDEN'],
    ['signatureRefused', 401, 'BAD_SIGNATURE'],
  ] as const)('%s: %i %s for everything until it is off, and nothing is done', async (fault, status, code) => {
    const group = nextGroup();
    fixture.platform.faults[fault] = -1;
    for (const answer of [await sendCommission(fixture, group), await fixture.client.get('/v1/institution')]) {
      expect([answer.status, answer.json.code]).toEqual([status, code]);
    }
    fixture.platform.resetFaults();
    expect(await there(group)).toBe(404);
    expect((await sendCommission(fixture, group)).status).toBe(200);
  });
});

describe('something in between', () => {
  it('shows a page with 200, or a redirect, and the platform heard nothing', async () => {
    const group = nextGroup();
    fixture.platform.faults.htmlPage = 1;
    const page = await sendCommission(fixture, group);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    fixture.platform.faults.redirected = 1;
    const path = `${fixture.platform.url}/v1/time`;
    const redirect = await fetch(path, { redirect: 'manual' });
    expect([redirect.status, redirect.headers.get('location')]).toEqual([302, '/moved']);
    expect(await there(group)).toBe(404);
  });

  it('delivers a request twice: the second finds the nonce, and there is one of everything', async () => {
    const group = nextGroup();
    const { client, platform } = fixture;
    const before = platform.counts();
    platform.faults.deliveredTwice = 1;
    const second = await sendCommission(fixture, group);
    expect([second.status, second.json.code]).toEqual([401, 'REPLAY']);
    expect(await there(group)).toBe(200);
    for (const curve of group.curves) await client.medium(curve);
    platform.faults.deliveredTwice = 1;
    const runs = group.runs.map((run) => entryOf('acquisition', run.runNo, run));
    expect((await client.batch(runs, 'B-TWICE')).json.code).toBe('REPLAY');
    // A proxy that signs anew: the key is found instead of the nonce.
    expect((await client.batch(runs, 'B-TWICE')).json.receipts.map(({ state }: { state: string }) => state)).toEqual([
      'accepted',
      'accepted',
      'accepted',
    ]);
    expect((await sendCommission(fixture, group)).status).toBe(200);
    const counts = platform.counts();
    expect(counts.commission - before.commission).toBe(1);
    expect(counts.batch - before.batch).toBe(1);
    expect(counts.entry - before.entry).toBe(3);
  });
});

describe('a full disk', () => {
  it('fails every kind of write with 503, keeps nothing of it, and is as before when there is room', async () => {
    const { client, platform } = fixture;
    const ready = await sendAll(fixture, 'H-DISK');
    const coded = (await sendCoded(fixture, 'H-DISK2')).group;
    const group = nextGroup();
    const file = new Uint8Array(Buffer.from('%PDF-1.7\n'));
    const { reportNo } = coded.report;
    const at = '2026-11-23T10:00:00+08:00';
    const curve = group.curves[0]!;
    const writes = {
      commission: () => sendCommission(fixture, group),
      medium: () => client.send('PUT', `/v1/media/${sha256Hex(curve)}`, { body: curve }),
      batch: () => client.batch([entryOf('premises', 'B1', { name: '检测室', address: '检测路 8 号' })], 'B-DISK'),
      registration: () =>
        client.json('PUT', '/v1/registrations/premises/B2', entryOf('premises', 'B2', { name: '室', address: '路' })),
      report: () => client.put(reportPath(ready, 2), { ...ready.report, revision: 2 }),
      code: () => client.send('POST', `${reportPath(ready)}/code`),
      file: () =>
        client.send('PUT', `${reportPath(coded)}/file`, {
          body: file,
          headers: { 'x-content-sha256': sha256Hex(file), 'content-type': 'application/pdf' },
        }),
      void: () => client.json('POST', `/v1/reports/${reportNo}/void`, { reason: '撤回', by: 'P004', at }),
    };
    const before = { ...platform.counts(), nonce: 0 };
    platform.faults.diskFull = -1;
    for (const [name, write] of Object.entries(writes)) {
      const answer = await write();
      expect([name, answer.status, answer.json.code]).toEqual([name, 503, 'INTERNAL']);
    }
    // What is there already needs no room, and reading goes on.
    expect((await sendCommission(fixture, ready)).status).toBe(200);
    expect((await client.get('/v1/institution')).status).toBe(200);
    platform.resetFaults();
    expect({ ...platform.counts(), nonce: 0 }).toEqual(before);
    for (const [name, write] of Object.entries(writes)) {
      const answer = await write();
      expect([name, answer.status < 300]).toEqual([name, true]);
    }
    expect(platform.counts()).toMatchObject({
      commission: before.commission + 1,
      medium: before.medium + 1,
      batch: before.batch + 1,
      registration: before.registration + 2,
      report: before.report + 1,
      report_code: before.report_code + 1,
      report_file: before.report_file + 1,
      report_void: before.report_void + 1,
    });
  });
});

describe('an answer', () => {
  it('of 50 MB is the right one behind blanks, and the work is done', async () => {
    const group = nextGroup();
    fixture.platform.faults.hugeAnswer = 1;
    const answer = await sendCommission(fixture, group);
    expect(answer.text.length).toBeGreaterThan(50 * 1024 * 1024);
    expect(answer.json.state).toBe('active');
  });

  it('carries fields of a later version in every object, and all that was there before', async () => {
    const group = nextGroup();
    fixture.platform.faults.futureFields = 1;
    const { json } = await sendCommission(fixture, group);
    expect(json).toMatchObject({ commissionNo: group.commission.commissionNo, state: 'active' });
    expect(json['x-later']).toBeDefined();
    expect((await fixture.client.get('/v1/institution')).text).not.toContain('x-later');
  });

  it('uses words the contract does not know, in states only', async () => {
    const group = nextGroup();
    fixture.platform.faults.unknownEnum = -1;
    expect((await sendCommission(fixture, group)).json.state).toBe('under-review');
    const page = (await fixture.client.get('/v1/reference/person')).json as { rows: { data: { state: string } }[] };
    expect(page.rows.map(({ data }) => data.state)).toContain('active');
    fixture.platform.resetFaults();
    expect(await there(group)).toBe(200);
  });

  it('names an entry that was never sent', async () => {
    const group = nextGroup();
    await sendCommission(fixture, group);
    fixture.platform.faults.strayReceipt = 1;
    const { receipts } = (await sendRuns(fixture, group)).json as { receipts: { entryId: string; state: string }[] };
    expect(receipts).toHaveLength(4);
    expect(receipts[3]!.state).toBe('accepted');
    expect(fixture.platform.faults.strayReceipt).toBe(0);
  });

  it('carries a code for another report, with another digest, or another code; the true one is kept', async () => {
    const group = await sendAll(fixture, 'H-CODE');
    const { client, platform } = fixture;
    const ask = async () =>
      (await client.send('POST', `${reportPath(group)}/code`)).json as {
        code: string;
        reportNo: string;
        digest: string;
      };
    platform.faults.foreignCode = 1;
    expect((await ask()).reportNo).not.toBe(group.report.reportNo);
    platform.faults.wrongDigestCode = 1;
    expect((await ask()).digest).toBe('0'.repeat(64));
    platform.faults.secondCode = 1;
    const second = await ask();
    const { code, reportNo, digest } = await ask();
    expect(second.code).not.toBe(code);
    expect(platform.codes()).toContainEqual({ code, reportNo, revision: 1, digest });
    expect([reportNo, digest]).toEqual([group.report.reportNo, digestOf(group.report)]);
    platform.faults.foreignCode = 1;
    const state = (await client.get(reportPath(group))).json as { code: { reportNo: string } };
    expect(state.code.reportNo).not.toBe(group.report.reportNo);
  });

  it('disables everybody, or never ends; the reference data themselves are untouched', async () => {
    const { client, platform } = fixture;
    platform.faults.massChange = -1;
    const page = (await client.get('/v1/reference/person', [['cursor', 'v999']])).json as {
      rows: { data: { state: string } }[];
    };
    expect(page.rows.length).toBeGreaterThan(10);
    expect(page.rows.every(({ data }) => data.state === 'disabled')).toBe(true);
    expect((await client.get('/v1/reference/item')).text).not.toContain('disabled');
    platform.resetFaults();
    expect((await client.get('/v1/reference/person', [['cursor', 'v999']])).json.rows).toEqual([]);
    platform.faults.endlessPaging = -1;
    const first = (await client.get('/v1/reference/project')).json as { nextCursor: string; more: boolean };
    const second = (await client.get('/v1/reference/project', [['cursor', first.nextCursor]])).json as typeof first;
    expect([second.more, second.nextCursor]).toEqual([true, first.nextCursor]);
    const events = (await client.get('/v1/events', [['cursor', 'e3']])).json as {
      events: unknown[];
      nextCursor: string;
    };
    expect([events.events.length, events.nextCursor]).toEqual([1, 'e3']);
  });

  it('is hit only where it can be: a switch for codes waits for a code', async () => {
    fixture.platform.faults.foreignCode = 1;
    await fixture.client.get('/v1/institution');
    const { group } = await sendCoded(fixture, 'H-WAIT').catch(() => ({ group: undefined }));
    expect(group).toBeDefined();
    expect(fixture.platform.faults.foreignCode).toBe(0);
  });
});

describe('after the commit of a whole job', () => {
  it('dropped answers, late verdicts and a second delivery leave one of everything', async () => {
    const group = nextGroup();
    const { platform } = fixture;
    const quietly = async (send: () => Promise<unknown>): Promise<void> => {
      await send().catch(() => undefined);
    };
    platform.faults.dropAfterCommit = 1;
    await quietly(() => sendCommission(fixture, group));
    platform.faults.deliveredTwice = 1;
    await quietly(() => sendCommission(fixture, group));
    await sendRuns(fixture, group);
    platform.faults.deliveredTwice = 1;
    await quietly(() => sendRecord(fixture, group));
    await sendRecord(fixture, group);
    platform.faults.hugeAnswer = 1;
    await quietly(() => sendReport(fixture, group));
    const answers = [
      await fixture.client.send('POST', `${reportPath(group)}/code`),
      await fixture.client.send('POST', `${reportPath(group)}/code`),
    ];
    expect(answers[0]!.json).toEqual(answers[1]!.json);
    expect(platform.codes().filter(({ reportNo }) => reportNo === group.report.reportNo)).toHaveLength(1);
    expect(digestOf(platform.storedEntry('test-record', group.record.recordNo))).toBe(digestOf(group.record));
  });
});
