// What is the form profile's own: the session and being put out of it, the check value, looking before writing on a
// platform that does not notice a second write, and what numbers, pages and garbage mean.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FormPlatform, startFormPlatform } from '../../../training/form/platform.ts';
import { seedTrainingLab, type TrainingLab } from '../../../training/seed.ts';
import { digestOf } from '../../../wire/digest.ts';
import { checkValueScheme, FORM_CODES, FORM_OPERATIONS, formTime, readFormTime } from '../../../wire/form-contract.ts';
import { signatureOf } from '../../../wire/signature-scheme.ts';
import { type FaultProxy, startFaultProxy } from '../../testing/fault-proxy.ts';
import { changeEntries, commissionPayload, numbers, recordPayload, reportPayload } from '../../testing/lab.ts';
import { SECRET } from '../testing/profile-lab.ts';
import { classify } from './classify.ts';
import { createFormPort, FORM_PROFILE, type FormPort, type FormPortOptions } from './index.ts';
import { saved } from './answers.ts';

const n = numbers(1);
const payload = commissionPayload(n);
const submission = { payload, digest: digestOf(payload) };

let folder: string;
let seed: TrainingLab;
let platform: FormPlatform;
let proxy: FaultProxy;
let clock = Date.now();
const ports: FormPort[] = [];
const servers: Server[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jiantai-form-'));
  seed = seedTrainingLab({ secret: SECRET });
  clock = Date.now();
  platform = await startFormPlatform({ file: join(folder, 'form.sqlite'), seed, clock: () => clock });
  proxy = await startFaultProxy(platform.url);
});

afterEach(async () => {
  for (const port of ports.splice(0)) port.close();
  for (const server of servers.splice(0)) server.close();
  await proxy.close();
  await platform.stop();
  rmSync(folder, { recursive: true, force: true });
});

function open(options: Partial<FormPortOptions> = {}): FormPort {
  const port = createFormPort({
    baseUrl: proxy.url,
    orgCode: seed.institution.orgCode,
    ...seed.credentials,
    now: () => clock,
    timeoutMs: 2_000,
    settleMs: 0,
    ...options,
  });
  ports.push(port);
  return port;
}

/** A platform that answers success with this data. */
async function stub(dataFor: (path: string) => object): Promise<string> {
  const server = createServer((request, response) => {
    response.end(JSON.stringify({ code: 0, msg: 'ok', data: dataFor(request.url ?? '') }));
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const paths = (): string[] => proxy.seen.map((request) => request.path);

describe('check value', () => {
  it('is what Python’s hashlib makes of the key and the listed values', () => {
    const values = {
      wtbh: 'W2026-0001',
      nr: '{"a":"云岭"}',
      flowNo: 'abcdefghijklmnop',
      time: '20261123160000',
      token: 'tok-12345678',
      account: 'AK-1',
    };
    const scheme = checkValueScheme(FORM_OPERATIONS.saveCommission.checked);
    expect(signatureOf(scheme, values, SECRET)).toBe('DBF0BFECF7E481D5B53ECB1528A30D5C');
  });

  it('covers every value of every operation but the file itself', async () => {
    const port = open();
    await port.putCommission(n.commissionNo, submission);
    const save = proxy.seen.at(-1)!;
    const sent = Object.fromEntries(new URLSearchParams(save.body.toString('utf8')));
    expect(
      Object.keys(sent)
        .filter((name) => name !== 'sign')
        .sort(),
    ).toEqual([...FORM_OPERATIONS.saveCommission.checked].sort());
    const changed = new URLSearchParams({ ...sent, flowNo: 'another-flow-number', nr: '{}' });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await fetch(`${platform.url}${save.path}`, { method: 'POST', headers, body: changed });
    expect(await answer.json()).toMatchObject({ code: FORM_CODES.wrongCheckValue });
  });

  it('writes times in China time and reads them back', () => {
    const at = Date.parse('2026-11-23T16:30:05.000Z');
    expect(formTime(at)).toBe('20261124003005');
    expect(readFormTime('20261124003005')).toBe(at);
    expect(readFormTime('2026-11-24')).toBeNaN();
  });
});

describe('session', () => {
  it('one login serves all calls, also those that start together', async () => {
    const port = open();
    await Promise.all([port.institution(), port.events(null), port.getCommission('W1')]);
    expect(platform.logins()).toBe(1);
  });

  it('is renewed after 24 hours without anybody noticing', async () => {
    const port = open({ clockOffset: () => 0 });
    await port.institution();
    clock += 24 * 3_600_000;
    expect(await port.institution()).toMatchObject({ outcome: 'ok' });
    clock += 24 * 3_600_000;
    expect(await port.institution()).toMatchObject({ outcome: 'ok' });
    expect(platform.logins()).toBe(3);
  });

  it('put out by a login elsewhere: logs in again once, then reports refused access', async () => {
    const port = open();
    await port.institution();
    platform.kickOut();
    expect(await port.putCommission(n.commissionNo, submission)).toMatchObject({ outcome: 'ok' });
    platform.kickOut();
    clock += 60_000;
    const refused = await port.institution();
    expect(refused).toMatchObject({
      outcome: 'failed',
      failure: { class: 'auth', code: '1002', message: '您的账号已在其他地方登录' },
    });
    expect(platform.logins()).toBe(2);
    // A person has looked and pushes on.
    expect(await port.institution()).toMatchObject({ outcome: 'ok' });
    clock += 11 * 60_000;
    platform.kickOut();
    expect(await port.institution()).toMatchObject({ outcome: 'ok' });
    expect(platform.counts().commission).toBe(1);
  });

  it('a wrong key is refused access at the login; nothing of the operation has left', async () => {
    const port = open({ secret: 'another-secret-0123456789' });
    const answer = await port.putCommission(n.commissionNo, submission);
    expect(answer).toMatchObject({ outcome: 'failed', failure: { class: 'auth', code: '1003', sent: false } });
    expect(paths()).toEqual(['/api/login.do']);
    expect(JSON.stringify(answer)).not.toContain('another-secret');
  });

  it('a clock that is off is told as such and can be measured', async () => {
    platform.faults.clockSkewMs = 3_600_000;
    expect(await open().institution()).toMatchObject({ failure: { class: 'clock', code: '1005' } });
    const time = await open().time();
    expect(time.outcome === 'ok' && Math.abs(time.value.serverTime - clock - 3_600_000)).toBeLessThan(1_001);
    expect(await open({ clockOffset: () => 3_600_000 }).institution()).toMatchObject({ outcome: 'ok' });
  });

  it('keeps key, token and check value out of what it hands back', async () => {
    const port = open();
    const answers = [
      await port.putCommission(n.commissionNo, submission),
      await port.verify('X'),
      await port.institution(),
    ];
    const tokens = proxy.seen
      .map(({ body }) => new URLSearchParams(body.toString('utf8')).get('token'))
      .filter(Boolean);
    const signs = proxy.seen.map(({ body }) => new URLSearchParams(body.toString('utf8')).get('sign')).filter(Boolean);
    expect(tokens.length).toBeGreaterThan(1);
    for (const hidden of [SECRET, ...tokens, ...signs]) expect(JSON.stringify(answers)).not.toContain(hidden);
    expect(answers[0]?.trace.target).toBe('POST /api/login.do → POST /api/wt/query.do → POST /api/wt/save.do');
  });
});

describe('writes are not idempotent over there', () => {
  it('the platform itself makes doubles: two saves, two rows, two codes', async () => {
    const port = open();
    await port.putCommission(n.commissionNo, submission);
    const rows = platform.counts().commission;
    const { checked, path } = FORM_OPERATIONS.saveCommission;
    const login = proxy.seen.at(-1)!;
    const sent = Object.fromEntries(new URLSearchParams(login.body.toString('utf8')));
    const again = { ...sent, flowNo: 'a-second-flow-number' };
    const sign = signatureOf(checkValueScheme(checked), again, SECRET);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    await fetch(`${platform.url}${path}`, { method: 'POST', headers, body: new URLSearchParams({ ...again, sign }) });
    expect([rows, platform.counts().commission]).toEqual([1, 2]);
    // Equal doubles are one thing to the port; it adds no third.
    expect(await port.putCommission(n.commissionNo, submission)).toMatchObject({ outcome: 'ok' });
    expect(platform.counts().commission).toBe(2);
  });

  it('the port looks first, whatever is sent twice', async () => {
    const port = open();
    const entry = {
      entryId: 'E1',
      kind: 'unqualified-notice',
      key: 'K1',
      revision: 1,
      payload: { ...recordPayload(n), recordNo: n.recordNo },
      digest: digestOf(recordPayload(n)),
    };
    await port.putMedia('a'.repeat(64), Buffer.from('x')); // refused: the platform takes the digest itself
    for (let count = 0; count < 2; count += 1) {
      await port.putCommission(n.commissionNo, submission);
      await port.postBatch(`B${count}`, [entry]);
    }
    expect(platform.counts()).toMatchObject({ commission: 1, file: 0 });
  });

  it('an answer that is lost while the platform still works: absent is not believed too early', async () => {
    const port = open({ settleMs: 20_000 });
    clock += 30_000;
    platform.faults.lateSaves = 1;
    expect(await port.putCommission(n.commissionNo, submission)).toMatchObject({
      failure: { class: 'unknown-outcome' },
    });
    expect(await port.getCommission(n.commissionNo)).toMatchObject({
      failure: { class: 'later', code: 'WRITE_SETTLING' },
    });
    expect(await port.putCommission(n.commissionNo, submission)).toMatchObject({ failure: { code: 'WRITE_SETTLING' } });
    expect(platform.counts().commission).toBe(0);
    platform.carryOutLate();
    expect(await port.putCommission(n.commissionNo, submission)).toMatchObject({ outcome: 'ok' });
    expect(platform.counts().commission).toBe(1);
  });

  it('a change order under way when the program died was saved twice: after a start "absent" is not believed at once', async () => {
    const before = open({ settleMs: 20_000 });
    clock += 30_000;
    const report = { payload: reportPayload(n), digest: digestOf(reportPayload(n)) };
    const record = { ...recordPayload(n), acquisitionKeys: [] };
    await before.putCommission(n.commissionNo, submission);
    const entry = { entryId: 'E1', kind: 'test-record', key: n.recordNo, revision: 1, digest: digestOf(record), payload: record }; // prettier-ignore
    await before.postBatch('B1', [entry]);
    expect(await before.putReport(n.reportNo, 1, report)).toMatchObject({ outcome: 'ok' });
    const [order] = changeEntries(n, 2);
    const change = { payload: order!.payload!, digest: order!.digest };
    platform.faults.lateSaves = 1;
    expect(await before.postChange(n.reportNo, change)).toMatchObject({ failure: { class: 'unknown-outcome' } });
    // The program is killed: what was lost is not remembered any more, and the save is still on its way.
    const after = open({ settleMs: 20_000 });
    expect(await after.postChange(n.reportNo, change)).toMatchObject({ failure: { code: 'WRITE_SETTLING' } });
    platform.carryOutLate();
    clock += 20_001;
    expect(await after.postChange(n.reportNo, change)).toMatchObject({ outcome: 'ok' });
    expect(platform.counts().change_order).toBe(1);
  });

  it('a commission that its change order has changed over there was taken for a conflict', async () => {
    const port = open();
    const record = { ...recordPayload(n), acquisitionKeys: [] };
    await port.putCommission(n.commissionNo, submission);
    const entry = { entryId: 'E1', kind: 'test-record', key: n.recordNo, revision: 1, digest: digestOf(record), payload: record }; // prettier-ignore
    await port.postBatch('B1', [entry]);
    await port.putReport(n.reportNo, 1, { payload: reportPayload(n), digest: digestOf(reportPayload(n)) });
    const [order] = changeEntries(n, 2);
    const sent = { payload: order!.payload!, digest: order!.digest };
    clock += 1;
    expect(await port.postChange(n.reportNo, sent)).toMatchObject({ outcome: 'ok' });
    const [sample] = payload['samples'] as object[];
    const changed = { ...payload, samples: [{ ...sample, structurePart: '第 2 次更正的部位' }] };
    const again = await port.putCommission(n.commissionNo, { payload: changed, digest: digestOf(changed) });
    expect(again).toMatchObject({ outcome: 'ok', value: { state: 'active' } });
    expect(platform.counts().commission).toBe(1);
  });

  it('after a start, "absent" is not believed at once either; a new thing may be sent at once', async () => {
    const port = open({ settleMs: 20_000 });
    for (const answer of [
      await port.getCommission('W1'),
      await port.getBatch('B1'),
      await port.hasMedia('a'.repeat(64)),
    ]) {
      expect(answer).toMatchObject({ outcome: 'failed', failure: { class: 'later', retryAfterS: 20 } });
    }
    expect(await port.putCommission(n.commissionNo, submission)).toMatchObject({ outcome: 'ok' });
    clock += 20_000;
    expect(await port.getCommission('W1')).toMatchObject({ outcome: 'ok', value: null });
    expect(await port.getBatch('B1')).toMatchObject({ outcome: 'ok', value: null });
  });

  it('a code is not asked for where one is shown, and two codes are nobody’s', async () => {
    let codes: object[] = [];
    const asked: string[] = [];
    const report = { id: 1, bgbh: 'B1', bb: '1', nr: '{"a":1}', zt: '2', wjxs: '' };
    const url = await stub((path) => {
      asked.push(path);
      return path.includes('login') ? { token: 'token-of-a-stub' } : { rows: [{ ...report, codes }] };
    });
    const code = (sbm: string) => ({ sbm, cxwz: 'https://x/y', fmsj: '20261123160000', bgbh: 'B1', bb: '1' });
    codes = [code('C1')];
    const port = open({ baseUrl: url });
    expect(await port.obtainCode('B1', 1)).toMatchObject({ value: { code: 'C1', digest: digestOf({ a: 1 }) } });
    codes = [code('C1'), code('C2')];
    expect(await port.obtainCode('B1', 1)).toMatchObject({ failure: { class: 'conflict' } });
    const state = await port.getReport('B1', 1);
    expect(state.outcome === 'ok' && state.value?.code).toBeUndefined();
    expect(asked.some((path) => path.includes('code.do'))).toBe(false);
    expect(await open().obtainCode('B1', 1)).toMatchObject({ failure: { class: 'dependency' } });
  });
});

describe('what answers mean', () => {
  const raw = (body: string, status = 200) => ({ status, headers: {}, bytes: Buffer.from(body) });
  const failure = (body: string, status?: number) => {
    const result = classify(raw(body, status), saved);
    return result.ok ? null : result.failure;
  };

  it.each([
    [1003, 'auth'],
    [1005, 'clock'],
    [1006, 'unknown-outcome'],
    [2001, 'rejected'],
    [2003, 'dependency'],
    [2004, 'frozen'],
    [2006, 'later'],
    [3001, 'slow-down'],
    [5000, 'unknown-outcome'],
    [4711, 'rejected'],
  ])('number %i is %s, in the platform’s own words', (code, expected) => {
    expect(failure(JSON.stringify({ code, msg: '操作失败', data: null }))).toMatchObject({
      class: expected,
      code: String(code),
      message: '操作失败',
    });
  });

  it('every number of the contract has its rule', () => {
    const known = Object.values(FORM_CODES).filter((code) => code !== FORM_CODES.ok);
    expect(known.filter((code) => !Object.hasOwn(FORM_PROFILE.errorTable, String(code)))).toEqual([]);
  });

  it('a void is told from a lock, what is missing is listed, too large halves, waiting is honoured', () => {
    expect(failure('{"code":2005,"msg":"数据已作废"}')).toMatchObject({
      class: 'frozen',
      code: '2005',
      freezes: 'voided',
    });
    expect(failure('{"code":2006,"msg":"不全","data":{"rows":[{"bh":"J1","sm":"缺少检测记录"}]}}')).toMatchObject({
      details: [{ field: 'J1', message: '缺少检测记录 J1' }],
    });
    expect(failure('{"code":3002,"msg":"过大"}')).toMatchObject({ class: 'slow-down', tooLarge: true });
    expect(failure('{"code":3001,"msg":"过频","data":{"ms":"7"}}')).toMatchObject({ retryAfterS: 7 });
    expect(failure('{"code":2001,"msg":""}')?.message).toContain('2001');
  });

  it.each([
    ['a page', '<html>维护中</html>', 200],
    ['nothing', '', 200],
    ['half an answer', '{"code":0,"msg":"操作成功","da', 200],
    ['a number as text', '{"code":"0","msg":"ok","data":{"id":1}}', 200],
    ['success without its data', '{"code":0,"msg":"ok"}', 200],
    ['a redirect', '', 302],
    ['an error of the gateway', '{"code":0,"data":{"id":1}}', 502],
  ])('%s leaves the outcome unknown', (_, body, status) => {
    expect(failure(body, status)).toMatchObject({ class: 'unknown-outcome', sent: true });
  });

  it('nobody there: nothing was sent', async () => {
    const answer = await open({ baseUrl: 'http://127.0.0.1:9' }).putCommission(n.commissionNo, submission);
    expect(answer).toMatchObject({ failure: { class: 'unknown-outcome', code: 'NOT_CONNECTED', sent: false } });
  });

  it('an event of an unknown kind comes as a notice and stops no others; an unknown state is not believed', async () => {
    const baseUrl = await stub((path) =>
      path.includes('login')
        ? { token: 'token-of-a-future-platform' }
        : path.includes('tz')
          ? { rows: [{ xh: 1, lx: 'xyz', bh: 'W1', sj: '20261123160000', sm: '将来的事件' }], yb: '1' }
          : { rows: [{ id: 1, nr: '{}', zt: '7', yy: '' }] },
    );
    const port = open({ baseUrl });
    expect(await port.events(null)).toMatchObject({ value: { events: [{ type: 'notice', text: '将来的事件' }] } });
    expect(await port.getCommission('W1')).toMatchObject({ failure: { code: 'ANSWER_NOT_IN_CONTRACT' } });
  });
});
