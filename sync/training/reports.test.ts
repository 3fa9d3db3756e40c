// After issue: change orders, further revisions, voids, what is frozen, and what the public then reads.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as wire from '../wire/schemas.ts';
import { wireTime } from '../wire/wire-time.ts';
import {
  type Fixture,
  reportPath,
  sendAll,
  sendCoded,
  sendRecord,
  sendReport,
  startFixture,
} from './testing/fixture.ts';
import { entryOf } from './testing/lab-client.ts';
import { cubeGroup } from './testing/payloads.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.close());

async function statusOf(code: string): Promise<string> {
  const response = await fetch(`${fixture.platform.url}/v1/verify/${code}`);
  return wire.verificationSchema.parse(await response.json()).status;
}

const order = (changes: Partial<wire.WireChangeOrder> = {}): wire.WireChangeOrder => ({
  changeNo: 'BGD-0001',
  revision: 2,
  reason: '工程名称笔误',
  fields: [{ field: 'projectName', oldValue: '云岭花园二期3号楼', newValue: '云岭花园二期 3 号住宅楼' }],
  appliedBy: '云岭置业发展有限公司',
  approvedBy: 'P004',
  at: wireTime(fixture.clock.now),
  ...changes,
});

describe('a change after issue', () => {
  it('needs a change order, may not touch test data, and replaces the earlier code', async () => {
    const { client } = fixture;
    const { group, code } = await sendCoded(fixture, 'C-0001');
    const changes = `/v1/reports/${group.report.reportNo}/changes`;
    const second = { ...group.report, revision: 2, replaces: `${group.report.reportNo}/1`, title: '检测报告（变更）' };
    const put = (report: wire.ReportPayload) => client.put(reportPath(group, 2), report);
    expect((await put(second)).json).toMatchObject({ code: 'REFERENCE_MISSING', details: [{ rule: 'change-order' }] });
    const touching = order({ fields: [{ field: 'results.0.value', oldValue: '36.1', newValue: '38.1' }] });
    expect((await client.json('POST', changes, touching)).json.code).toBe('VALIDATION');
    expect((await client.json('POST', changes, order({ evidence: ['a'.repeat(64)] }))).json.code).toBe(
      'REFERENCE_MISSING',
    );
    expect((await client.json('POST', changes, order())).status).toBe(200);
    expect((await client.json('POST', changes, order())).status).toBe(200);
    expect((await client.json('POST', changes, order({ reason: '别的' }))).json.code).toBe('CONFLICT_CONTENT');
    expect((await put({ ...second, conclusion: 1 })).json).toMatchObject({
      code: 'VALIDATION',
      details: [{ field: 'conclusion' }],
    });
    expect((await put(second)).json.state).toBe('accepted');
    // Until the new revision has its code, the old one still counts.
    expect(await statusOf(code)).toBe('valid');
    const next = wire.reportCodeSchema.parse((await client.send('POST', `${reportPath(group, 2)}/code`)).json);
    expect(next.code).not.toBe(code);
    expect([await statusOf(code), await statusOf(next.code)]).toEqual(['replaced', 'valid']);
    expect((await client.get(reportPath(group))).json.state).toBe('replaced');
    expect((await client.send('POST', `${reportPath(group)}/code`)).json.code).toBe(code);
    expect(await (await fetch(`${fixture.platform.url}/verify?code=${code}`)).text()).toContain('已被代替');
    // The record behind a coded report is closed for ever.
    const record = { ...group.record, siteAddress: '别处' };
    const refused = await client.batch([entryOf('test-record', record.recordNo, record, 2)]);
    expect(refused.json.receipts[0]).toMatchObject({ state: 'rejected', errors: [{ code: 'CONFLICT_CONTENT' }] });
  });

  it('and a void answer a repeat as the first time, whatever happened since, and never take other content', async () => {
    const { client, platform } = fixture;
    const { group } = await sendCoded(fixture, 'C-0003');
    const { reportNo } = group.report;
    const change = (body: unknown) => client.json('POST', `/v1/reports/${reportNo}/changes`, body);
    const give = (body: unknown) => client.json('POST', `/v1/reports/${reportNo}/void`, body);
    const mine = order({ changeNo: 'BGD-0003' });
    const request = { reason: '委托方撤回', by: 'P004', at: wireTime(fixture.clock.now) };
    const changed = await change(mine);
    // The order of the fields is no content.
    expect(await change(Object.fromEntries(Object.entries(mine).toReversed()))).toMatchObject({
      status: 200,
      text: changed.text,
    });
    await client.put(reportPath(group, 2), { ...group.report, revision: 2 });
    await client.send('POST', `${reportPath(group, 2)}/code`);
    const voided = await give(request);
    platform.supervisor.lockCommission(group.commission.commissionNo, '核查');
    const before = { ...platform.counts(), nonce: 0 };
    for (const [first, again] of [
      [changed, await change(mine)],
      [voided, await give(request)],
    ] as const) {
      expect([again.status, again.text]).toEqual([200, first.text]);
    }
    for (const answer of [
      await change({ ...mine, approvedBy: 'P003' }),
      await client.json('POST', '/v1/reports/BG-C-0001/changes', mine),
      await give({ ...request, by: 'P003' }),
    ]) {
      expect([answer.status, answer.json.code]).toEqual([409, 'CONFLICT_CONTENT']);
    }
    // What cannot be written canonically cannot be compared with a repeat.
    for (const answer of [await change({ ...mine, reason: '\ud800' }), await give({ ...request, reason: '\ud800' })]) {
      expect([answer.status, answer.json.code]).toEqual([422, 'VALIDATION']);
    }
    expect({ ...platform.counts(), nonce: 0 }).toEqual(before);
    const states = [1, 2].map(async (revision) => (await client.get(reportPath(group, revision))).json.state as string);
    expect(await Promise.all(states)).toEqual(['void', 'void']);
  });

  it('may skip no revision', async () => {
    const group = await sendAll(fixture, 'C-0002');
    const third = { ...group.report, revision: 3 };
    expect((await fixture.client.put(reportPath(group, 3), third)).json.code).toBe('REFERENCE_MISSING');
    expect((await fixture.client.put(reportPath(group, 2), third)).json.code).toBe('VALIDATION');
  });
});

describe('a void', () => {
  it('keeps the number for ever and shows to the public', async () => {
    const { client } = fixture;
    const { group, code } = await sendCoded(fixture, 'V-0001');
    const path = `/v1/reports/${group.report.reportNo}/void`;
    const request = { reason: '委托方撤回委托', by: 'P004', at: wireTime(fixture.clock.now) };
    expect((await client.json('POST', path, { by: 'P004' })).json.code).toBe('VALIDATION');
    expect((await client.json('POST', '/v1/reports/NONE/void', request)).status).toBe(404);
    expect((await client.json('POST', path, request)).status).toBe(200);
    expect((await client.json('POST', path, request)).status).toBe(200);
    expect((await client.json('POST', path, { ...request, reason: '别的' })).json.code).toBe('CONFLICT_CONTENT');
    expect(await statusOf(code)).toBe('void');
    expect(await (await fetch(`${fixture.platform.url}/verify?code=${code}`)).text()).toContain('已作废');
    expect((await client.get(reportPath(group))).json.state).toBe('void');
    const again = await client.put(reportPath(group, 2), { ...group.report, revision: 2 });
    expect([again.status, again.json.code]).toEqual([423, 'VOIDED']);
    expect((await client.send('POST', `${reportPath(group)}/code`)).status).toBe(423);
  });

  it('is refused for a coded unqualified report', async () => {
    const { client } = fixture;
    const group = cubeGroup('V-0002', fixture.clock.now);
    const results = [
      { parameterCode: 'KY', value: '20.0', unit: 'MPa', requirement: '≥ 35', verdict: 'unqualified' as const },
    ];
    const bad = {
      ...group,
      record: { ...group.record, results, conclusion: 2 as const },
      report: { ...group.report, conclusion: 2 as const },
    };
    await client.put(`/v1/commissions/${group.commission.commissionNo}`, group.commission);
    for (const curve of group.curves) await client.medium(curve);
    await client.batch(group.runs.map((run) => entryOf('acquisition', run.runNo, run)));
    await sendRecord(fixture, bad);
    await sendReport(fixture, bad);
    expect((await client.send('POST', `${reportPath(bad)}/code`)).status).toBe(200);
    const request = { reason: '不想要了', by: 'P004', at: wireTime(fixture.clock.now) };
    const refused = await client.json('POST', `/v1/reports/${bad.report.reportNo}/void`, request);
    expect(refused.json).toMatchObject({ code: 'VALIDATION', details: [{ rule: 'unqualified' }] });
  });
});

describe('the supervisor', () => {
  it('freezes a commission for every write and tells of it in events', async () => {
    const { client, platform } = fixture;
    const group = await sendAll(fixture, 'S-0001');
    const { commissionNo } = group.commission;
    const start = wire.eventPageSchema.parse((await client.get('/v1/events')).json).nextCursor;
    platform.supervisor.lockCommission(commissionNo, '举报核查');
    expect((await client.get(`/v1/commissions/${commissionNo}`)).json).toMatchObject({
      state: 'locked',
      reason: '举报核查',
    });
    const changed = { ...group.commission, samplerName: '他人' };
    const second = { ...group.record, recordNo: 'JL-S-0001b', acquisitionKeys: [] };
    expect((await client.put(`/v1/commissions/${commissionNo}`, changed)).status).toBe(423);
    const receipt = (await client.batch([entryOf('test-record', second.recordNo, second)])).json.receipts[0];
    expect(receipt).toMatchObject({ state: 'rejected', errors: [{ code: 'LOCKED' }] });
    expect((await client.send('POST', `${reportPath(group)}/code`)).json).toMatchObject({ code: 'LOCKED' });
    const other = { ...group.report, reportNo: 'BG-S-0001b' };
    expect((await client.put('/v1/reports/BG-S-0001b/revisions/1', other)).status).toBe(423);

    platform.supervisor.unlockCommission(commissionNo, '核查结束');
    const code = (await client.send('POST', `${reportPath(group)}/code`)).json.code as string;
    platform.supervisor.lockCommission(commissionNo, '再次核查');
    // A code that was given stays given; asking for it again answers as the first time.
    expect((await client.send('POST', `${reportPath(group)}/code`)).json.code).toBe(code);
    platform.supervisor.voidCommission(commissionNo, '虚假委托');
    expect(() => platform.supervisor.unlockCommission(commissionNo, '反悔')).toThrow('不能恢复');
    expect(await statusOf(code)).toBe('void');
    expect((await client.send('POST', `${reportPath(group)}/code`)).json.code).toBe('VOIDED');
    platform.supervisor.notify('系统维护', '今晚 22:00 至 23:00 停机维护');

    const page = wire.eventPageSchema.parse((await client.get('/v1/events', [['cursor', start]])).json);
    expect(page.events.map((event) => event.type)).toEqual([
      'commission.locked',
      'commission.unlocked',
      'commission.locked',
      'commission.voided',
      'notice',
    ]);
    expect((await client.get('/v1/events', [['cursor', page.nextCursor]])).json).toEqual({
      nextCursor: page.nextCursor,
      events: [],
    });
    expect((await client.get('/v1/events', [['cursor', 'rubbish']])).json.code).toBe('VALIDATION');
  });

  it('revokes a code', async () => {
    const { group, code } = await sendCoded(fixture, 'S-0002');
    fixture.platform.supervisor.revokeCode(code, '报告造假');
    expect(await statusOf(code)).toBe('void');
    expect((await fixture.client.get(reportPath(group))).json.state).toBe('void');
  });
});
