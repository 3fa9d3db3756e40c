// The supervisor's console: who may open it, that no foreign form reaches it, that every act is done and noted, and
// that nothing a lab sends becomes markup.
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wireTime } from '../../wire/wire-time.ts';
import { type Fixture, sendAll, sendCoded, startFixture } from '../testing/fixture.ts';
import { entryOf } from '../testing/lab-client.ts';
import { cubeGroup } from '../testing/payloads.ts';

const TOKEN = 'admin-token-of-this-test';
let fixture: Fixture;
let cookie = '';
beforeAll(async () => {
  fixture = await startFixture({ adminToken: TOKEN });
  cookie = cookieOf(await enter());
});
afterAll(() => fixture.close());

const at = (path: string): string => `${fixture.platform.url}${path}`;
const cookieOf = (answer: Response): string => answer.headers.get('set-cookie')?.split(';')[0] ?? '';

function enter(): Promise<Response> {
  return fetch(fixture.platform.consoleUrl() ?? '', { redirect: 'manual' });
}

async function read(path: string, as = cookie): Promise<string> {
  return (await fetch(at(path), { headers: { cookie: as } })).text();
}

function post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(at(path), {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, origin: fixture.platform.url, ...headers },
    body: new URLSearchParams(fields),
  });
}

async function csrf(): Promise<string> {
  return /name="csrf" value="([^"]+)"/.exec(await read('/console'))?.[1] ?? '';
}

/** Posts an act as the page would and answers the words that the next page shows. */
async function act(name: string, fields: Record<string, string>): Promise<string> {
  const answer = await post(`/console/acts/${name}`, { csrf: await csrf(), back: '/console/log', ...fields });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/console/log']);
  return /class="flash [^>]*>([^<]*)</.exec(await read('/console/log'))?.[1]?.trim() ?? '';
}

const DONE = '已完成，并记入操作记录。';

/** With any Host header, as a page on a rebound name would come. */
function statusWithHost(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(fixture.platform.url);
    request({ host: '127.0.0.1', port, path: '/console', headers: { host, cookie } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('the door', () => {
  it('lets in by a single-use address, once', async () => {
    const address = fixture.platform.consoleUrl() ?? '';
    const first = await fetch(address, { redirect: 'manual' });
    expect([first.status, first.headers.get('location')]).toEqual([303, '/console']);
    expect(first.headers.get('set-cookie')).toMatch(/; Path=\/console; Max-Age=\d+; HttpOnly; SameSite=Strict$/);
    const second = await fetch(address, { redirect: 'manual' });
    expect([second.status, second.headers.get('set-cookie')]).toEqual([401, null]);
  });

  it('lets in by the token, and nobody without either', async () => {
    expect((await fetch(at('/console'))).status).toBe(401);
    const wrong = await post('/console/sign-in', { token: 'wrong' }, { cookie: '' });
    expect([wrong.status, wrong.headers.get('set-cookie')]).toEqual([401, null]);
    const right = await post('/console/sign-in', { token: TOKEN }, { cookie: '' });
    expect(right.status).toBe(303);
    expect(await read('/console', cookieOf(right))).toContain('检测机构');
    for (const path of ['/console/find', '/console/rules', '/console/faults', '/console/log']) {
      expect((await fetch(at(path), { headers: { cookie: 'jiantai_console_1=x' } })).status).toBe(401);
    }
  });

  it('is not there under another name of this machine, nor without an admin token', async () => {
    const { port } = new URL(fixture.platform.url);
    expect(await statusWithHost(`127.0.0.1:${port}`)).toBe(200);
    expect(await statusWithHost(`localhost:${port}`)).toBe(200);
    expect(await statusWithHost(`platform.example.com:${port}`)).toBe(404);
    const plain = await startFixture();
    try {
      expect(plain.platform.consoleUrl()).toBeUndefined();
      expect((await fetch(`${plain.platform.url}/console`)).status).toBe(404);
    } finally {
      await plain.close();
    }
  });

  it('closes on signing out', async () => {
    const mine = cookieOf(await enter());
    const word = /name="csrf" value="([^"]+)"/.exec(await read('/console', mine))?.[1] ?? '';
    expect((await post('/console/sign-out', { csrf: word }, { cookie: mine })).status).toBe(303);
    expect(await read('/console', mine)).toContain('输入平台的管理令牌');
  });

  it('shows pages that run no script and load nothing from elsewhere', async () => {
    for (const path of ['/console', '/console/find?q=1', '/console/rules', '/console/faults', '/console/log']) {
      const answer = await fetch(at(path), { headers: { cookie } });
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(answer.headers.get('cache-control')).toBe('no-store');
      const text = await answer.text();
      expect(text).not.toMatch(/<script|https?:\/\/|style="| on\w+=/);
    }
  });
});

describe('a foreign form', () => {
  it('is refused for its origin, and for lacking the session’s own word', async () => {
    const group = await sendAll(fixture, 'C-CSRF');
    const fields = { subject: group.commission.commissionNo, reason: '伪造', csrf: await csrf() };
    const path = '/console/acts/commission.lock';
    const other = cookieOf(await enter());
    const tries = [
      post(path, fields, { origin: 'http://127.0.0.1:1' }),
      post(path, fields, { origin: 'null' }),
      fetch(at(path), { method: 'POST', headers: { cookie }, body: new URLSearchParams(fields) }),
      post(path, { ...fields, csrf: '' }),
      post(path, fields, { cookie: other }),
      post(path, fields, { cookie: '' }),
    ];
    expect((await Promise.all(tries)).map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403]);
    expect((await fixture.client.get(`/v1/commissions/${group.commission.commissionNo}`)).json.state).toBe('active');
  });

  it('cannot lead away', async () => {
    for (const back of ['https://example.com/', '//example.com', '/console\\..\\x', '/admin/facts', '/consolex']) {
      const answer = await post('/console/acts/notice', { csrf: await csrf(), back, subject: 's', reason: 'r' });
      expect([back, answer.headers.get('location')]).toEqual([back, '/console']);
    }
  });
});

describe('an act', () => {
  it('locks, unlocks and voids a commission, revokes a code and a qualification, each with its reason', async () => {
    const { group, code } = await sendCoded(fixture, 'C-ACTS');
    const { commissionNo } = group.commission;
    const state = async () => (await fixture.client.get(`/v1/commissions/${commissionNo}`)).json.state as string;
    expect(await read(`/console/find?q=${commissionNo}`)).toContain(code);
    expect(await act('commission.lock', { subject: commissionNo, reason: ' ' })).toContain('须写明理由');
    expect(await state()).toBe('active');
    for (const [name, expected] of [
      ['commission.lock', 'locked'],
      ['commission.unlock', 'active'],
    ] as const) {
      expect(await act(name, { subject: commissionNo, reason: `理由 ${name}` })).toBe(DONE);
      expect(await state()).toBe(expected);
    }
    expect(await act('code.revoke', { subject: code, reason: '造假' })).toBe(DONE);
    expect(await read(`/console/find?q=${code}`)).toContain('已撤销');
    expect(await read('/console/find?q=何婉仪')).toContain('Q-P002-HNT-KY');
    expect(await act('qualification.revoke', { subject: 'Q-P002-HNT-KY', reason: '证书注销' })).toBe(DONE);
    expect(await act('qualification.revoke', { subject: 'Q-P002-HNT-KY', reason: '再来' })).toContain('没有资格记录');
    expect(await act('commission.void', { subject: commissionNo, reason: '虚假委托' })).toBe(DONE);
    expect(await state()).toBe('voided');
    expect(await act('commission.unlock', { subject: commissionNo, reason: '反悔' })).toContain('不能恢复');
    expect(await act('no.such', { reason: 'x' })).toContain('没有这个操作');
    const log = fixture.platform.supervisor.acts(5);
    expect(log.map(({ name, subject, reason }) => [name, subject, reason])).toEqual([
      ['commission.voided', commissionNo, '虚假委托'],
      ['qualification.revoked', 'Q-P002-HNT-KY', '证书注销'],
      ['code.revoked', code, '造假'],
      ['commission.unlocked', commissionNo, '理由 commission.unlock'],
      ['commission.locked', commissionNo, '理由 commission.lock'],
    ]);
    expect(log[0]!.at).toBe(fixture.clock.now);
  });

  it('decides on registrations, which are shown while they wait', async () => {
    expect(await act('registration.approval', { by: 'supervisor', reason: '练习' })).toBe(DONE);
    const person = { name: '莫<家>俊', certificateNo: '20260118' };
    await fixture.client.json('PUT', '/v1/registrations/person/C-1', entryOf('person', 'C-1', person));
    const shown = await read('/console');
    expect(shown).toContain('莫&lt;家&gt;俊');
    expect(shown).not.toContain('莫<家>俊');
    expect(await act('registration.approve', { kind: 'person', localId: 'C-1', reason: '齐全' })).toBe(DONE);
    expect(await read('/console')).not.toContain('莫&lt;家&gt;俊');
    expect(await act('registration.reject', { kind: 'person', localId: 'C-1', reason: '反悔' })).toContain('已批准');
    expect(await act('registration.approval', { by: 'automatic', reason: '练习结束' })).toBe(DONE);
  });

  it('adds and takes away rules, and switches the controls', async () => {
    const rule = { kind: 'commission', itemCode: '', key: 'WT-C-RULE', verdict: 'refuse', code: 'SCOPE', times: '1' };
    expect(await act('rule.add', { ...rule, message: '', reason: '练习' })).toContain('原话');
    expect(await act('rule.add', { ...rule, message: '平台的话', times: 'x', reason: '练习' })).not.toBe(DONE);
    expect(await act('rule.add', { ...rule, message: '平台的话', reason: '练习' })).toBe(DONE);
    const group = cubeGroup('C-RULE', fixture.clock.now);
    const put = () => fixture.client.put('/v1/commissions/WT-C-RULE', group.commission);
    expect((await put()).json).toMatchObject({ code: 'SCOPE', message: '平台的话' });
    expect((await put()).status).toBe(200);
    const id = /name="id" value="(\d+)"/.exec(await read('/console/rules'))?.[1] ?? '';
    expect(await act('rule.remove', { id, reason: '用完' })).toBe(DONE);
    expect(await read('/console/rules')).toContain('没有规则');
    expect(await act('control', { control: 'personnel', enforced: 'false', reason: '练习' })).toBe(DONE);
    expect((await fixture.client.get('/v1/institution')).json.controls.personnel).toBe(false);
    expect(await read('/console')).toContain('未执行：人员');
    expect(await act('control', { control: 'personnel', enforced: 'true', reason: '练习结束' })).toBe(DONE);
  });

  it('sets the fault switches, leaves the others as they run, and puts all of them back', async () => {
    const { faults } = fixture.platform;
    faults.status500 = 3;
    expect(await act('faults.set', { status500: '3', latencyMs: '5', match: '^GET /v1/time', reason: '慢' })).toBe(
      DONE,
    );
    expect(faults).toMatchObject({ status500: 3, latencyMs: 5, match: '^GET /v1/time' });
    expect(fixture.platform.supervisor.acts(1)[0]).toMatchObject({ subject: 'match=^GET /v1/time latencyMs=5' });
    expect(await read('/console')).toContain('2 个故障开关开着');
    expect(await act('faults.set', { latencyMs: '5', reason: 'x' })).toContain('没有改动');
    expect(await act('faults.set', { match: '(', reason: 'x' })).not.toBe(DONE);
    expect(await act('faults.set', { status500: '1.5', reason: 'x' })).toContain('须为整数');
    faults.match = '';
    faults.status500 = -1;
    expect(await act('faults.reset', { reason: '练习结束' })).toBe(DONE);
    expect(faults).toMatchObject({ status500: 0, latencyMs: 0 });
  });
});

describe('the first page', () => {
  it('shows unqualified notices with their age until they are dealt with', async () => {
    const notice = {
      recordNo: 'JL-C-1',
      itemCode: 'HNT-KY',
      parameterCode: 'KY',
      value: '28.4 MPa',
      requirement: '≥ 30.0 MPa',
      structuralSafety: true,
      projectId: 'G001',
      authority: '云岭区建设工程质量安全监督站',
      foundAt: wireTime(fixture.clock.now - 30 * 3_600_000),
    };
    await fixture.client.batch([entryOf('unqualified-notice', 'JL-C-1/HNT-KY/KY', notice)]);
    const page = await read('/console');
    for (const words of ['JL-C-1/HNT-KY/KY', '28.4 MPa', '结构安全', '距今 30 小时', '超过 24 小时', '云岭花园二期']) {
      expect(page).toContain(words);
    }
    expect(await act('unqualified.close', { subject: 'NONE', reason: '查' })).toContain('没有不合格报告单');
    expect(await act('unqualified.close', { subject: 'JL-C-1/HNT-KY/KY', reason: '已责令复检' })).toBe(DONE);
    expect(await read('/console')).not.toContain('JL-C-1/HNT-KY/KY');
  });

  it('counts what the lab sent and says when it was last heard of; requests are listed without any secret', async () => {
    await sendAll(fixture, 'C-COUNT');
    const page = await read('/console');
    expect(page).toContain('广东云岭建设工程质量检测有限公司');
    expect(page).toContain('0 分钟前');
    const { commission } = fixture.platform.counts();
    expect(page).toContain(`<td class="n">${commission}</td>`);
    const log = await read('/console/log');
    expect(log).toContain('/v1/commissions/WT-C-COUNT');
    expect(log).not.toContain(fixture.lab.credentials.secret);
    expect(log).not.toContain(TOKEN);
  });
});
