// What the port believes and what it does not, over real HTTP and TLS, and that the secret never leaves it.
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { SELF_SIGNED_CERTIFICATE, SELF_SIGNED_KEY } from '../../testing/self-signed.ts';
import { WIRE_ERROR_CODES } from '../../../wire/error-codes.ts';
import { retryAfterSeconds } from '../http/raw-answer.ts';
import { classify, failureOfErrors } from './classify.ts';
import { encode } from './encode.ts';
import { createReferencePort, type ReferencePort, type ReferencePortOptions } from './index.ts';
import { REFERENCE_PROFILE } from './profile.ts';

const SECRET = 'a-secret-that-must-not-appear';
const open: { port: ReferencePort; server: Server }[] = [];

afterEach(async () => {
  for (const { port, server } of open.splice(0)) {
    port.close();
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  }
});

async function portOf(
  listener: RequestListener,
  options: Partial<ReferencePortOptions> & { tls?: boolean; prefix?: string } = {},
): Promise<ReferencePort> {
  const server =
    options.tls === true
      ? createTlsServer({ key: SELF_SIGNED_KEY, cert: SELF_SIGNED_CERTIFICATE }, listener)
      : createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port: number } = server.address() as AddressInfo;
  const port = createReferencePort({
    baseUrl: `${options.tls === true ? 'https' : 'http'}://127.0.0.1:${number}${options.prefix ?? ''}`,
    orgCode: '44JC20260718',
    accessKey: 'AK-1',
    secret: SECRET,
    timeoutMs: 300,
    ...options,
  });
  open.push({ port, server });
  return port;
}

const answering =
  (status: number, body: string | Buffer, headers: Record<string, string> = {}): RequestListener =>
  (request, response) => {
    request.resume();
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body);
  };

const ACTIVE = '{"commissionNo":"W1","platformId":"p","state":"active"}';

describe('what is believed', () => {
  it('an answer of the contract, also with fields of the future', async () => {
    const port = await portOf(answering(200, ACTIVE.replace('{', '{"later":[1],')));
    expect(await port.getCommission('W1')).toMatchObject({ outcome: 'ok', value: { state: 'active' } });
  });

  it('absence only when the contract says NOT_FOUND', async () => {
    const notFound = '{"code":"NOT_FOUND","message":"没有委托","requestId":"r"}';
    expect(await (await portOf(answering(404, notFound))).getCommission('W1')).toMatchObject({
      outcome: 'ok',
      value: null,
    });
    const page = await portOf(answering(404, '<html>nginx</html>', { 'content-type': 'text/html' }));
    expect(await page.getCommission('W1')).toMatchObject({
      outcome: 'failed',
      failure: { class: 'unknown-outcome', code: 'NOT_JSON', sent: true },
    });
    expect(await page.hasMedia('a'.repeat(64))).toMatchObject({ outcome: 'failed' });
    expect(await page.verify('CODE')).toMatchObject({ outcome: 'failed' });
  });

  it.each([
    ['an unknown state', 200, ACTIVE.replace('active', 'archived'), 'ANSWER_NOT_IN_CONTRACT'],
    ['a missing field', 200, '{"commissionNo":"W1"}', 'ANSWER_NOT_IN_CONTRACT'],
    ['nothing', 200, '', 'NOT_JSON'],
    ['bytes that are no text', 200, Buffer.from([0xff, 0xfe]), 'NOT_JSON'],
    ['half of an answer', 200, ACTIVE.slice(0, 20), 'NOT_JSON'],
    ['a status nobody asked for', 204, '', 'NOT_JSON'],
    ['an error of the gateway', 502, '{"code":"INTERNAL","message":"x","requestId":"r"}', 'INTERNAL'],
  ])('%s leaves the outcome unknown', async (_, status, body, code) => {
    const port = await portOf(answering(status, body));
    const answer = await port.putCommission('W1', { digest: 'd', payload: {} });
    expect(answer).toMatchObject({ outcome: 'failed', failure: { class: 'unknown-outcome', code, sent: true } });
  });

  it('a code of the future is a refusal in the platform’s own words', async () => {
    const body = '{"code":"LAB_SUSPENDED","message":"机构已暂停","requestId":"r","details":[{"field":"a"}]}';
    const port = await portOf(answering(422, body));
    expect(await port.putCommission('W1', { digest: 'd', payload: {} })).toMatchObject({
      failure: {
        class: 'rejected',
        code: 'LAB_SUSPENDED',
        message: '机构已暂停',
        details: [{ field: 'a', message: '' }],
      },
    });
  });

  it('bytes are not stored by a page that says 200', async () => {
    const port = await portOf(answering(200, '<html>', { 'content-type': 'text/html' }));
    expect(await port.putMedia('a'.repeat(64), Buffer.from('x'))).toMatchObject({
      failure: { class: 'unknown-outcome' },
    });
  });
});

describe('transport', () => {
  it('follows no redirect', async () => {
    let asked = 0;
    const port = await portOf((_request, response) => {
      asked += 1;
      response.writeHead(307, { location: 'http://127.0.0.1:1/elsewhere' });
      response.end();
    });
    expect(await port.putCommission('W1', { digest: 'd', payload: {} })).toMatchObject({
      failure: { class: 'unknown-outcome', code: 'REDIRECT_REFUSED' },
    });
    expect(asked).toBe(1);
  });

  it('refuses a certificate that nobody vouches for before anything is sent; accepts the named authority', async () => {
    let asked = 0;
    const listener: RequestListener = (_request, response) => {
      asked += 1;
      response.end('{"serverTime":"2026-11-23T09:00:00+08:00"}');
    };
    const port = await portOf(listener, { tls: true });
    expect(await port.time()).toMatchObject({
      failure: { class: 'unknown-outcome', code: 'CERTIFICATE', sent: false },
    });
    expect(asked).toBe(0);
    const trusting = await portOf(listener, { tls: true, ca: [SELF_SIGNED_CERTIFICATE] });
    expect(await trusting.time()).toMatchObject({ outcome: 'ok' });
  });

  it('cuts off an answer that is too large and a platform that never answers', async () => {
    const port = await portOf(answering(200, Buffer.alloc(50_000, 0x20)), { maxAnswerBytes: 1_000 });
    expect(await port.institution()).toMatchObject({ failure: { code: 'ANSWER_TOO_LARGE', class: 'unknown-outcome' } });
    const silent = await portOf(() => undefined, { timeoutMs: 60 });
    expect(await silent.institution()).toMatchObject({ failure: { code: 'TIMEOUT', sent: true } });
  });

  it('sends nothing that is larger than allowed', async () => {
    const port = await portOf(answering(200, ''), { maxRequestBytes: 1_000 });
    expect(await port.putMedia('a'.repeat(64), Buffer.alloc(2_000))).toMatchObject({
      failure: { class: 'rejected', code: 'REQUEST_TOO_LARGE', sent: false },
    });
  });

  it('signs the path as it is sent, with the prefix of the platform’s address', async () => {
    const paths: string[] = [];
    const port = await portOf(
      (request, response) => {
        paths.push(request.url ?? '');
        response.end(ACTIVE);
      },
      { prefix: '/lab/' },
    );
    const answer = await port.getCommission('W 1/甲(2)');
    expect(paths).toEqual(['/lab/v1/commissions/W%201%2F%E7%94%B2%282%29']);
    expect(answer.trace.target).toBe('GET /lab/v1/commissions/W%201%2F%E7%94%B2%282%29');
    expect(await port.getCommission('..')).toMatchObject({ failure: { code: 'KEY_NOT_SENDABLE', sent: false } });
  });

  it('keeps secret, signature and personal numbers out of everything it hands back', async () => {
    const port = await portOf(
      answering(422, '{"code":"VALIDATION","message":"身份证 440105199001011234 无效","requestId":"r"}'),
    );
    const payload = {
      idCardNo: '440105199001011234',
      phone: '13800138000',
      note: '电话 13800138000',
      secretKey: 'x1y2',
    };
    const text = JSON.stringify(await port.putCommission('W1', { digest: 'd', payload }));
    const dead = JSON.stringify(
      await createReferencePort({
        baseUrl: 'http://127.0.0.1:9',
        orgCode: 'o',
        accessKey: 'k',
        secret: SECRET,
      }).institution(),
    );
    for (const hidden of [SECRET, '440105199001011234"', '13800138000', 'x1y2', 'X-Signature']) {
      expect(text.split('"failure"')[0]).not.toContain(hidden);
      expect(dead).not.toContain(hidden);
    }
  });
});

describe('the table', () => {
  it('says something about every code of the contract', () => {
    expect(Object.keys(REFERENCE_PROFILE.errorTable).sort()).toEqual(WIRE_ERROR_CODES.toSorted());
    expect(REFERENCE_PROFILE.assumptions.length).toBeGreaterThan(5);
  });

  it('lets the gravest of several refusals decide and keeps all words', () => {
    const failure = failureOfErrors([
      { code: 'REFERENCE_MISSING', message: '缺少采集记录' },
      { code: 'CONFLICT_CONTENT', field: 'key', message: '内容不同' },
    ]);
    expect(failure).toMatchObject({ class: 'conflict', code: 'CONFLICT_CONTENT', message: '缺少采集记录；内容不同' });
    expect(failure.details).toHaveLength(2);
    expect(failureOfErrors([])).toMatchObject({ class: 'rejected', code: 'REJECTED' });
  });

  it('reads Retry-After as seconds or as a date, within an hour', () => {
    const now = Date.parse('2026-11-23T01:00:00Z');
    expect(retryAfterSeconds('7', now)).toBe(7);
    expect(retryAfterSeconds('Mon, 23 Nov 2026 01:00:30 GMT', now)).toBe(30);
    expect(retryAfterSeconds('99999999', now)).toBe(3600);
    expect(retryAfterSeconds('Mon, 23 Nov 2020 01:00:30 GMT', now)).toBe(0);
    expect(retryAfterSeconds('soon', now)).toBeUndefined();
    expect(retryAfterSeconds(undefined, now)).toBeUndefined();
  });

  it('does not take a property of every object for an error code', () => {
    const bytes = Buffer.from('{"code":"constructor","message":"m","requestId":"r"}');
    expect(classify({ status: 422, headers: {}, bytes }, 0).class).toBe('rejected');
  });

  it('writes the query as it is signed', () => {
    const request = encode({ name: 'referencePage', kind: 'item', cursor: "a b'&", limit: 100 });
    expect(request.query).toBe('cursor=a%20b%27%26&limit=100');
  });
});
