// Who may call, and how much: signatures, clock, nonces, sizes, unreadable bodies; each with its code and status.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../wire/digest.ts';
import * as wire from '../wire/schemas.ts';
import { newNonce, signMethodAvailable, signedHeaders } from '../wire/signing.ts';
import { type Fixture, startFixture } from './testing/fixture.ts';
import { entryOf } from './testing/lab-client.ts';
import { seedTrainingLab } from './seed.ts';

let fixture: Fixture;
beforeAll(async () => {
  const lab = seedTrainingLab({ now: Date.now() });
  lab.institution.limits = { maxBatchEntries: 3, maxBatchBytes: 4096, maxMediaBytes: 1024 };
  fixture = await startFixture({ seed: lab });
  fixture.lab.credentials = lab.credentials;
});
afterAll(() => fixture.close());

async function refusal(answer: Promise<{ status: number; json: unknown }>): Promise<[number, string]> {
  const { status, json } = await answer;
  return [status, wire.errorSchema.parse(json).code];
}

describe('signatures', () => {
  it('are demanded of every call but the public ones', async () => {
    const { url } = fixture.platform;
    const paths: Array<[string, string]> = [
      ['GET', '/v1/institution'],
      ['GET', '/v1/reference/item'],
      ['PUT', '/v1/registrations/person/X1'],
      ['PUT', '/v1/commissions/W1'],
      ['GET', '/v1/commissions/W1'],
      ['POST', '/v1/batches'],
      ['GET', '/v1/batches/B1'],
      ['PUT', `/v1/media/${'a'.repeat(64)}`],
      ['PUT', '/v1/reports/R1/revisions/1'],
      ['GET', '/v1/reports/R1/revisions/1'],
      ['POST', '/v1/reports/R1/revisions/1/code'],
      ['PUT', '/v1/reports/R1/revisions/1/file'],
      ['POST', '/v1/reports/R1/changes'],
      ['POST', '/v1/reports/R1/void'],
      ['GET', '/v1/events'],
    ];
    for (const [method, path] of paths) {
      const response = await fetch(`${url}${path}`, { method });
      expect([path, response.status, wire.errorSchema.parse(await response.json()).code]).toEqual([
        path,
        401,
        'BAD_SIGNATURE',
      ]);
    }
    expect((await fetch(`${url}/v1/media/${'a'.repeat(64)}`, { method: 'HEAD' })).status).toBe(401);
    expect((await fetch(`${url}/verify?code=x`)).status).toBe(404);
    const time = wire.serverTimeSchema.parse(await (await fetch(`${url}/v1/time`)).json());
    expect(Date.parse(time.serverTime)).toBe(fixture.clock.now);
  });

  it('are refused with a wrong secret, an unknown key, a foreign institution or a changed body', async () => {
    const { client } = fixture;
    const path = '/v1/institution';
    expect(await refusal(client.send('GET', path, { secret: 'wrong' }))).toEqual([401, 'BAD_SIGNATURE']);
    expect(await refusal(client.send('GET', path, { accessKey: 'AK-unknown' }))).toEqual([401, 'BAD_SIGNATURE']);
    expect(await refusal(client.send('GET', path, { orgCode: '44JC99999999' }))).toEqual([403, 'FORBIDDEN']);
    expect(await refusal(client.send('GET', path, { nonce: 'short' }))).toEqual([401, 'BAD_SIGNATURE']);
    const headers = signedHeaders({
      method: 'POST',
      path: '/v1/batches',
      body: '{"batchId":"a"}',
      orgCode: fixture.lab.institution.orgCode,
      ...fixture.lab.credentials,
      timestamp: fixture.clock.now,
    });
    const changed = await fetch(`${fixture.platform.url}/v1/batches`, {
      method: 'POST',
      headers,
      body: '{"batchId":"b"}',
    });
    expect(changed.status).toBe(401);
    const otherPath = await fetch(`${fixture.platform.url}/v1/reports/R1/void`, {
      method: 'POST',
      headers,
      body: '{"batchId":"a"}',
    });
    expect(otherPath.status).toBe(401);
  });

  it('may use SM3 where the runtime has it', async () => {
    if (!signMethodAvailable('HMAC-SM3')) return;
    const headers = signedHeaders({
      method: 'GET',
      path: '/v1/institution',
      orgCode: fixture.lab.institution.orgCode,
      ...fixture.lab.credentials,
      timestamp: fixture.clock.now,
      signMethod: 'HMAC-SM3',
    });
    expect((await fetch(`${fixture.platform.url}/v1/institution`, { headers })).status).toBe(200);
  });

  it('are good inside a window of 300 seconds only', async () => {
    const { client, clock } = fixture;
    for (const [offset, status] of [
      [-300_000, 200],
      [300_000, 200],
      [-300_001, 401],
      [300_001, 401],
    ] as const) {
      const answer = await client.send('GET', '/v1/institution', { timestamp: clock.now + offset });
      expect([offset, answer.status]).toEqual([offset, status]);
      if (status === 401) expect(answer.json.code).toBe('CLOCK_SKEW');
    }
  });

  it('cannot be replayed, not even after a restart, and a refused signature uses up no nonce', async () => {
    const nonce = newNonce();
    const send = (secret?: string) =>
      fixture.client.send('GET', '/v1/institution', { nonce, ...(secret === undefined ? {} : { secret }) });
    expect(await refusal(send('wrong'))).toEqual([401, 'BAD_SIGNATURE']);
    expect((await send()).status).toBe(200);
    expect(await refusal(send())).toEqual([401, 'REPLAY']);
    await fixture.restart();
    expect(await refusal(send())).toEqual([401, 'REPLAY']);
  });

  it('leave nonces behind only for ten minutes', async () => {
    const nonce = newNonce();
    await fixture.client.send('GET', '/v1/institution', { nonce });
    fixture.clock.now += 600_000;
    expect((await fixture.client.send('GET', '/v1/institution', { nonce })).json.code).toBe('REPLAY');
    fixture.clock.now += 1;
    expect((await fixture.client.send('GET', '/v1/institution', { nonce })).status).toBe(200);
    expect(fixture.platform.counts().nonce).toBe(1);
  });
});

describe('bodies', () => {
  it('over the limit are TOO_LARGE: batches by number and bytes, media by bytes', async () => {
    const { client } = fixture;
    const entries = [1, 2, 3, 4].map((n) => entryOf('premises', `B${n}`, { name: '检测室', address: `${n} 号` }));
    expect(await refusal(client.batch(entries))).toEqual([413, 'TOO_LARGE']);
    expect((await client.batch(entries.slice(0, 3))).status).toBe(200);
    const bulky = entryOf('premises', 'B9', { name: '检测室', address: 'x'.repeat(5000) });
    expect(await refusal(client.batch([bulky]))).toEqual([413, 'TOO_LARGE']);
    const bytes = new Uint8Array(1025);
    const big = client.send('PUT', `/v1/media/${sha256Hex(bytes)}`, { body: bytes });
    expect(await refusal(big)).toEqual([413, 'TOO_LARGE']);
  });

  it('that cannot be read are VALIDATION and change nothing', async () => {
    const { client, platform } = fixture;
    const before = { ...platform.counts(), nonce: 0 };
    const bad = ['', '{', 'null', '[]', '{"batchId":"x","entries":[]}', '\ud800'];
    for (const body of bad) {
      expect([body, ...(await refusal(client.send('POST', '/v1/batches', { body })))]).toEqual([
        body,
        422,
        'VALIDATION',
      ]);
    }
    const notUtf8 = new Uint8Array([0x7b, 0xff, 0x7d]);
    expect(await refusal(client.send('PUT', '/v1/commissions/W1', { body: notUtf8 }))).toEqual([422, 'VALIDATION']);
    const wrong = client.send('PUT', `/v1/media/${'0'.repeat(64)}`, { body: 'other bytes' });
    expect(await refusal(wrong)).toEqual([422, 'VALIDATION']);
    const upper = client.send('PUT', `/v1/media/${sha256Hex('x').toUpperCase()}`, { body: 'x' });
    expect(await refusal(upper)).toEqual([422, 'VALIDATION']);
    expect(await refusal(client.get('/v1/nothing'))).toEqual([404, 'NOT_FOUND']);
    expect(await refusal(client.get('/v1/commissions/W404'))).toEqual([404, 'NOT_FOUND']);
    expect(await refusal(client.get('/v1/batches/B404'))).toEqual([404, 'NOT_FOUND']);
    expect(await refusal(client.get('/v1/reports/R1/revisions/0'))).toEqual([422, 'VALIDATION']);
    expect({ ...platform.counts(), nonce: 0 }).toEqual(before);
  });
});
