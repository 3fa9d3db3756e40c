// The fault switches do what their names say: before the commit nothing is kept, after it everything is, and the
// client can find out which by asking with the natural key.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { setFaults, NO_FAULTS } from './faults.ts';
import {
  type Fixture,
  reportPath,
  sendAll,
  sendCommission,
  sendReport,
  sendRuns,
  startFixture,
} from './testing/fixture.ts';
import { entryOf } from './testing/lab-client.ts';
import { cubeGroup } from './testing/payloads.ts';

const TOKEN = 'admin-token-of-this-test';
let fixture: Fixture;
let serial = 0;
beforeAll(async () => {
  fixture = await startFixture({ adminToken: TOKEN });
});
afterEach(() => fixture.platform.resetFaults());
afterAll(() => fixture.close());

function nextGroup() {
  serial += 1;
  return cubeGroup(`F-${String(serial).padStart(4, '0')}`, fixture.clock.now);
}

describe('a lost connection', () => {
  it('before the commit leaves nothing behind', async () => {
    const group = nextGroup();
    fixture.platform.faults.dropBeforeCommit = 1;
    await expect(sendCommission(fixture, group)).rejects.toThrow('fetch failed');
    expect((await fixture.client.get(`/v1/commissions/${group.commission.commissionNo}`)).status).toBe(404);
    expect((await sendCommission(fixture, group)).status).toBe(200);
  });

  it('after the commit keeps everything, and asking finds it: commission, batch, report, code, file', async () => {
    const { client, platform } = fixture;
    const { faults } = platform;
    const group = nextGroup();
    faults.dropAfterCommit = 1;
    await expect(sendCommission(fixture, group)).rejects.toThrow('fetch failed');
    expect((await client.get(`/v1/commissions/${group.commission.commissionNo}`)).json.state).toBe('active');
    await sendRuns(fixture, group);
    faults.dropAfterCommit = 1;
    await expect(
      client.batch([entryOf('test-record', group.record.recordNo, group.record)], 'B-LOST'),
    ).rejects.toThrow();
    expect((await client.get('/v1/batches/B-LOST')).json.receipts[0].state).toBe('accepted');
    faults.dropAfterCommit = 1;
    await expect(sendReport(fixture, group)).rejects.toThrow('fetch failed');
    expect((await client.get(reportPath(group))).json.state).toBe('accepted');
    faults.dropAfterCommit = 2;
    await expect(client.send('POST', `${reportPath(group)}/code`)).rejects.toThrow('fetch failed');
    await expect(client.send('POST', `${reportPath(group)}/code`)).rejects.toThrow('fetch failed');
    const state = (await client.get(reportPath(group))).json;
    expect(state).toMatchObject({ state: 'coded', code: { code: platform.codes().at(-1)?.code } });
    expect(platform.codes().filter((row) => row.reportNo === group.report.reportNo)).toHaveLength(1);
  });

  it('may hit one address only', async () => {
    const group = await sendAll(fixture, 'F-MATCH');
    Object.assign(fixture.platform.faults, { match: '^POST .*/code$', dropAfterCommit: -1 });
    expect((await fixture.client.get(reportPath(group))).status).toBe(200);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(fixture.client.send('POST', `${reportPath(group)}/code`)).rejects.toThrow('fetch failed');
    }
    expect((await fixture.client.get(reportPath(group))).json.state).toBe('coded');
  });
});

describe('a broken answer', () => {
  it('is 500 before or after the commit', async () => {
    const group = nextGroup();
    const path = `/v1/commissions/${group.commission.commissionNo}`;
    fixture.platform.faults.status500 = 1;
    expect((await sendCommission(fixture, group)).json.code).toBe('INTERNAL');
    expect((await fixture.client.get(path)).status).toBe(404);
    fixture.platform.faults.status500AfterCommit = 1;
    expect((await sendCommission(fixture, group)).status).toBe(500);
    expect((await fixture.client.get(path)).status).toBe(200);
  });

  it('is rubbish with status 200, or breaks off in the middle', async () => {
    const group = nextGroup();
    fixture.platform.faults.garbageBody = 1;
    const rubbish = await sendCommission(fixture, group);
    expect([rubbish.status, rubbish.json]).toEqual([200, undefined]);
    fixture.platform.faults.truncatedBody = 1;
    await expect(fixture.client.get(`/v1/commissions/${group.commission.commissionNo}`)).rejects.toThrow('terminated');
    expect((await fixture.client.get(`/v1/commissions/${group.commission.commissionNo}`)).status).toBe(200);
  });

  it('is 429 with Retry-After', async () => {
    Object.assign(fixture.platform.faults, { rateLimited: 1, retryAfterSeconds: 7 });
    const answer = await fixture.client.get('/v1/institution');
    expect([answer.status, answer.json.code, answer.headers.get('retry-after')]).toEqual([429, 'RATE_LIMITED', '7']);
    expect((await fixture.client.get('/v1/institution')).status).toBe(200);
  });
});

describe('time', () => {
  it('is off by the skew, and /v1/time tells a client how to correct it', async () => {
    fixture.platform.faults.clockSkewMs = -900_000;
    expect((await fixture.client.get('/v1/institution')).json.code).toBe('CLOCK_SKEW');
    const { serverTime } = (await (await fetch(`${fixture.platform.url}/v1/time`)).json()) as { serverTime: string };
    const corrected = await fixture.client.send('GET', '/v1/institution', { timestamp: Date.parse(serverTime) });
    expect(corrected.status).toBe(200);
  });

  it('passes before an answer', async () => {
    fixture.platform.faults.latencyMs = 120;
    const start = performance.now();
    await fixture.client.get('/v1/institution');
    expect(performance.now() - start).toBeGreaterThan(110);
  });

  it('passes before a code: 202 for n asks, then one code', async () => {
    const group = await sendAll(fixture, 'F-202');
    Object.assign(fixture.platform.faults, { codePending: 2, retryAfterSeconds: 3 });
    const asks = [];
    for (let ask = 0; ask < 4; ask += 1) asks.push(await fixture.client.send('POST', `${reportPath(group)}/code`));
    expect(asks.map((answer) => answer.status)).toEqual([202, 202, 200, 200]);
    expect(asks[0]?.headers.get('retry-after')).toBe('3');
    expect(asks[2]?.json).toEqual(asks[3]?.json);
  });
});

function admin(path: string, body?: unknown, token = TOKEN): Promise<Response> {
  return fetch(`${fixture.platform.url}/admin/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

describe('the admin address', () => {
  it('sets switches for the holder of the token only, and is never hit by them', async () => {
    expect((await admin('faults', { status500: 1 }, 'wrong')).status).toBe(403);
    expect((await admin('faults', { status500: -1, match: '^(GET|POST) ' })).status).toBe(200);
    expect((await fixture.client.get('/v1/institution')).status).toBe(500);
    expect((await admin('faults', { status500: 0 })).status).toBe(200);
    expect((await fixture.client.get('/v1/institution')).status).toBe(200);
    for (const bad of [{ statu500: 1 }, { status500: 'x' }, { status500: -2 }, { match: '(' }, []]) {
      expect([bad, (await admin('faults', bad)).status]).toEqual([bad, 422]);
    }
    const facts = (await (await admin('facts')).json()) as { counts: { commission: number } };
    expect(facts.counts.commission).toBe(fixture.platform.counts().commission);
  });

  it('lets the supervisor act', async () => {
    const group = nextGroup();
    const { commissionNo } = group.commission;
    await sendCommission(fixture, group);
    const state = async () => (await fixture.client.get(`/v1/commissions/${commissionNo}`)).json.state as string;
    for (const [act, expected] of [
      ['lock', 'locked'],
      ['unlock', 'active'],
      ['void', 'voided'],
    ]) {
      expect((await admin(`commissions/${commissionNo}/${act}`, { reason: '演示' })).status).toBe(200);
      expect(await state()).toBe(expected);
    }
    expect((await admin('commissions/NONE/lock', { reason: '演示' })).status).toBe(404);
    expect((await admin(`commissions/${commissionNo}/lock`, {})).status).toBe(422);
    expect((await admin('qualifications/Q-P002-HNT-KY/revoke', { reason: '证书注销' })).status).toBe(200);
  });

  it('does not exist without a token', async () => {
    const plain = await startFixture();
    try {
      expect((await fetch(`${plain.platform.url}/admin/facts`)).status).toBe(404);
    } finally {
      await plain.close();
    }
  });
});

it('a switch that does not exist is refused', () => {
  expect(() => setFaults({ ...NO_FAULTS }, { dropAfterComit: 1 })).toThrow('dropAfterComit');
});
