// Rules of refusal: at once, late, and late acceptance; by kind, item and key; so many times. And registrations that
// wait for the supervisor.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as wire from '../wire/schemas.ts';
import {
  type Fixture,
  reportPath,
  sendAll,
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
const rules: number[] = [];
beforeAll(async () => {
  fixture = await startFixture();
});
afterEach(() => {
  for (const id of rules.splice(0)) fixture.platform.supervisor.removeRule(id, '测试结束');
});
afterAll(() => fixture.close());

type RuleInput = Parameters<Fixture['platform']['supervisor']['addRule']>[0];

function rule(input: Partial<RuleInput>): void {
  const whole: RuleInput = {
    kind: 'test-record',
    verdict: 'refuse',
    code: 'VALIDATION',
    message: '环境温度不符合规定',
    times: -1,
    ...input,
  };
  rules.push(fixture.platform.supervisor.addRule(whole, '练习'));
}

async function readyForRecord(): Promise<CubeGroup> {
  serial += 1;
  const group = cubeGroup(`R-${String(serial).padStart(4, '0')}`, fixture.clock.now);
  await sendCommission(fixture, group);
  await sendRuns(fixture, group);
  return group;
}

async function receiptOf(batchId: string): Promise<wire.WireReceipt> {
  return wire.batchReceiptSchema.parse((await fixture.client.get(`/v1/batches/${batchId}`)).json).receipts[0]!;
}

const recordsOf = (group: CubeGroup): unknown => fixture.platform.storedEntry('test-record', group.record.recordNo);

describe('a rule', () => {
  it('refuses the next N of a kind with its code and words, and nothing of them is kept', async () => {
    const group = await readyForRecord();
    rule({ times: 2, code: 'SCOPE', message: '平台原话：不在范围' });
    for (let time = 0; time < 2; time += 1) {
      expect((await sendRecord(fixture, group)).json.receipts[0]).toMatchObject({
        state: 'rejected',
        errors: [{ code: 'SCOPE', message: '平台原话：不在范围' }],
      });
      expect(recordsOf(group)).toBeUndefined();
    }
    expect((await sendRecord(fixture, group)).json.receipts[0]).toMatchObject({ state: 'accepted' });
  });

  it('refuses whole requests as often as it says, although each refusal undoes its own transaction', async () => {
    const group = cubeGroup('R-WHOLE', fixture.clock.now);
    rule({ kind: 'commission', key: 'WT-R-WHO*', times: 2, code: 'FORBIDDEN', message: '暂停受理' });
    const statuses = [];
    for (let time = 0; time < 3; time += 1) statuses.push((await sendCommission(fixture, group)).status);
    expect(statuses).toEqual([403, 403, 200]);
  });

  it('never changes what is answered to a repeat', async () => {
    const group = await sendAll(fixture, 'R-SAME');
    for (const kind of ['commission', 'report', 'media', 'test-record', 'any'] as const) rule({ kind });
    expect((await sendCommission(fixture, group)).status).toBe(200);
    expect((await sendReport(fixture, group)).status).toBe(200);
    expect((await sendRecord(fixture, group)).json.receipts[0].state).toBe('duplicate');
    expect(await fixture.client.medium(group.curves[0]!)).toHaveLength(64);
  });

  it('looks at item and key', async () => {
    const group = await readyForRecord();
    rule({ itemCode: 'GJ-LS' });
    rule({ key: 'JL-X-*' });
    rule({ key: group.record.recordNo.slice(0, -1) });
    expect((await sendRecord(fixture, group)).json.receipts[0].state).toBe('accepted');
    const other = await readyForRecord();
    rule({ itemCode: 'HNT-KY', key: `${other.record.recordNo.slice(0, -2)}*` });
    expect((await sendRecord(fixture, other)).json.receipts[0].state).toBe('rejected');
  });

  it('can hold back a code, a file, a change order and a void', async () => {
    const group = await sendAll(fixture, 'R-AFTER');
    for (const kind of ['code', 'report-file', 'change-order', 'void'] as const) {
      rule({ kind, times: 1, code: 'NOT_READY', message: `暂缓 ${kind}` });
    }
    const { client } = fixture;
    const code = (): Promise<{ status: number; json: { message?: string } }> =>
      client.send('POST', `${reportPath(group)}/code`);
    expect((await code()).json.message).toBe('暂缓 code');
    expect((await code()).status).toBe(200);
    const at = '2026-11-23T10:00:00+08:00';
    const order = {
      changeNo: 'BGD-R-1',
      revision: 2,
      reason: '名称有误',
      fields: [{ field: 'projectName', oldValue: '甲', newValue: '乙' }],
      appliedBy: '区志明',
      approvedBy: 'P004',
      at,
    };
    const change = () => client.json('POST', `/v1/reports/${group.report.reportNo}/changes`, order);
    expect((await change()).json.message).toBe('暂缓 change-order');
    expect((await change()).status).toBe(200);
    const give = () =>
      client.json('POST', `/v1/reports/${group.report.reportNo}/void`, { reason: '撤回', by: 'P004', at });
    expect((await give()).json.message).toBe('暂缓 void');
    expect((await give()).status).toBe(200);
  });

  it('needs a reason, a code of the contract and a kind that can wait', () => {
    const { supervisor } = fixture.platform;
    const good: RuleInput = { kind: 'report', verdict: 'refuse', code: 'VALIDATION', message: 'x', times: 1 };
    expect(() => supervisor.addRule(good, '  ')).toThrow('理由');
    expect(() => supervisor.addRule({ ...good, code: 'NO_SUCH' as 'VALIDATION' }, '练习')).toThrow('NO_SUCH');
    expect(() => supervisor.addRule({ ...good, kind: 'commission', verdict: 'refuse-later' }, '练习')).toThrow('排队');
    expect(() => supervisor.removeRule(987_654, '练习')).toThrow('没有规则');
  });
});

describe('a late verdict', () => {
  it('answers queued, then rejects after n questions; the entry may then be sent again', async () => {
    const group = await readyForRecord();
    rule({ verdict: 'refuse-later', polls: 2, times: 1, message: '抽查不通过' });
    const entry = entryOf('test-record', group.record.recordNo, group.record);
    expect((await fixture.client.batch([entry], 'B-LATE-1')).json.receipts[0]).toEqual({
      entryId: entry.entryId,
      state: 'queued',
    });
    expect(recordsOf(group)).toBeUndefined();
    // The same batch again is a question like any other.
    expect((await fixture.client.batch([entry], 'B-LATE-1')).json.receipts[0].state).toBe('queued');
    expect((await receiptOf('B-LATE-1')).state).toBe('queued');
    const refused = await receiptOf('B-LATE-1');
    expect(refused).toMatchObject({ state: 'rejected', errors: [{ code: 'VALIDATION', message: '抽查不通过' }] });
    expect(await receiptOf('B-LATE-1')).toEqual(refused);
    expect(recordsOf(group)).toBeUndefined();
    expect((await sendRecord(fixture, group)).json.receipts[0].state).toBe('accepted');
  });

  it('accepts after a time, over a restart, and judges then as it would have at once', async () => {
    const group = await readyForRecord();
    rule({ verdict: 'accept-later', waitMs: 60_000, times: 2 });
    const good = entryOf('test-record', group.record.recordNo, group.record);
    const badRecord = { ...group.record, recordNo: 'JL-R-BAD', checkerId: group.record.testerId, acquisitionKeys: [] };
    const bad = entryOf('test-record', 'JL-R-BAD', badRecord);
    await fixture.client.batch([good], 'B-LATE-2');
    await fixture.client.batch([bad], 'B-LATE-3');
    expect((await receiptOf('B-LATE-2')).state).toBe('queued');
    await fixture.restart();
    fixture.clock.now += 60_000;
    expect((await receiptOf('B-LATE-2')).state).toBe('accepted');
    expect(recordsOf(group)).toEqual(group.record);
    expect(await receiptOf('B-LATE-3')).toMatchObject({ state: 'rejected', errors: [{ field: 'checkerId' }] });
  });

  it('holds for the same entry in another batch, and other content under its key is a conflict', async () => {
    const group = await readyForRecord();
    rule({ verdict: 'accept-later', times: 1 });
    const entry = entryOf('test-record', group.record.recordNo, group.record);
    await fixture.client.batch([entry], 'B-LATE-4');
    expect((await fixture.client.batch([entry], 'B-LATE-5')).json.receipts[0].state).toBe('queued');
    const changed = entryOf('test-record', group.record.recordNo, { ...group.record, conclusionText: '另一句' });
    expect((await fixture.client.batch([changed])).json.receipts[0].errors[0].code).toBe('CONFLICT_CONTENT');
    expect((await receiptOf('B-LATE-4')).state).toBe('accepted');
    expect((await receiptOf('B-LATE-5')).state).toBe('duplicate');
  });

  it('of a report: submitted, then rejected, and accepted when it is sent again', async () => {
    const group = await readyForRecord();
    await sendRecord(fixture, group);
    rule({ kind: 'report', verdict: 'refuse-later', polls: 1, times: 1, message: '签名页不清' });
    const state = async () => wire.reportStateSchema.parse((await fixture.client.get(reportPath(group))).json);
    expect((await sendReport(fixture, group)).json.state).toBe('submitted');
    expect((await fixture.client.send('POST', `${reportPath(group)}/code`)).json.code).toBe('NOT_READY');
    expect((await sendReport(fixture, group)).json.state).toBe('submitted');
    const other = { ...group.report, title: '另一个名称' };
    expect((await fixture.client.put(reportPath(group), other)).json.code).toBe('CONFLICT_CONTENT');
    expect((await state()).state).toBe('submitted');
    expect(await state()).toMatchObject({ state: 'rejected', errors: [{ code: 'VALIDATION', message: '签名页不清' }] });
    expect((await state()).state).toBe('rejected');
    expect(fixture.platform.codes().some((code) => code.reportNo === group.report.reportNo)).toBe(false);
    expect((await fixture.client.put(reportPath(group), other)).json.state).toBe('accepted');
    expect((await state()).state).toBe('accepted');
  });

  it('of a report: submitted, then accepted', async () => {
    const group = await readyForRecord();
    await sendRecord(fixture, group);
    rule({ kind: 'report', verdict: 'accept-later', times: 1 });
    expect((await sendReport(fixture, group)).json.state).toBe('submitted');
    expect((await fixture.client.get(reportPath(group))).json.state).toBe('accepted');
    expect((await fixture.client.send('POST', `${reportPath(group)}/code`)).status).toBe(200);
  });
});

describe('a registration that waits for the supervisor', () => {
  const person = { name: '冯子轩', certificateNo: '粤建检培字第 20260117 号' };
  const put = (localId: string, payload: Record<string, unknown>, revision = 1) =>
    fixture.client.json('PUT', `/v1/registrations/person/${localId}`, entryOf('person', localId, payload, revision));
  const known = async (name: string): Promise<boolean> =>
    (await fixture.client.get('/v1/reference/person', [['limit', '500']])).text.includes(name);

  it('is pending, then approved and handed down, or rejected with the reason', async () => {
    const { supervisor } = fixture.platform;
    supervisor.setRegistrationApproval('supervisor', '练习');
    try {
      const first = wire.registrationStateSchema.parse((await put('L-1', person)).json);
      expect(first.state).toBe('pending');
      expect((await put('L-1', person)).json).toEqual(first);
      expect((await put('L-1', { ...person, name: '他人' })).json.code).toBe('CONFLICT_CONTENT');
      expect(await known('冯子轩')).toBe(false);
      supervisor.approveRegistration('person', 'L-1', '资料齐全');
      expect((await put('L-1', person)).json).toEqual({
        platformId: first.platformId,
        state: 'approved',
        reason: '资料齐全',
      });
      expect(await known('冯子轩')).toBe(true);
      expect(() => supervisor.rejectRegistration('person', 'L-1', '反悔')).toThrow('已批准');

      await put('L-2', { ...person, name: '莫家俊' });
      supervisor.rejectRegistration('person', 'L-2', '证书编号查不到');
      expect((await put('L-2', { ...person, name: '莫家俊' })).json).toMatchObject({
        state: 'rejected',
        reason: '证书编号查不到',
      });
      expect(await known('莫家俊')).toBe(false);
      const corrected = await put('L-2', { ...person, name: '莫家俊', certificateNo: '20260118' }, 2);
      expect(corrected.json.state).toBe('pending');
      expect(() => supervisor.approveRegistration('person', 'L-404', '查')).toThrow('没有登记');
    } finally {
      supervisor.setRegistrationApproval('automatic', '练习结束');
    }
  });

  it('is queued in a batch until it is decided', async () => {
    const { supervisor } = fixture.platform;
    supervisor.setRegistrationApproval('supervisor', '练习');
    try {
      const entries = ['L-3', 'L-4'].map((localId) => entryOf('person', localId, { ...person, name: localId }));
      const states = (json: { receipts: { state: string }[] }): string[] => json.receipts.map(({ state }) => state);
      expect(states((await fixture.client.batch(entries, 'B-REG')).json)).toEqual(['queued', 'queued']);
      supervisor.approveRegistration('person', 'L-3', '齐全');
      expect(states((await fixture.client.get('/v1/batches/B-REG')).json)).toEqual(['accepted', 'queued']);
      supervisor.rejectRegistration('person', 'L-4', '不齐');
      const end = (await fixture.client.get('/v1/batches/B-REG')).json;
      expect(end.receipts[1]).toMatchObject({ state: 'rejected', errors: [{ message: '不齐' }] });
    } finally {
      supervisor.setRegistrationApproval('automatic', '练习结束');
    }
  });
});

describe('the controls', () => {
  it('are switched off and on again with a reason, and the lab is told', async () => {
    const { supervisor } = fixture.platform;
    const group = cubeGroup('R-CTRL', fixture.clock.now);
    const closed = { ...group.commission, projectId: 'G004' };
    const path = `/v1/commissions/${closed.commissionNo}`;
    expect((await fixture.client.put(path, closed)).status).toBe(422);
    supervisor.setControl('contract', false, '合同库升级');
    expect((await fixture.client.get('/v1/institution')).json.controls).toMatchObject({ contract: false, scope: true });
    expect((await fixture.client.put(path, closed)).status).toBe(200);
    supervisor.setControl('contract', true, '升级完成');
    const another = { ...closed, commissionNo: 'WT-R-CTRL2' };
    expect((await fixture.client.put('/v1/commissions/WT-R-CTRL2', another)).status).toBe(422);
    expect(supervisor.acts(2).map(({ name, subject, reason }) => [name, subject, reason])).toEqual([
      ['control.on', 'contract', '升级完成'],
      ['control.off', 'contract', '合同库升级'],
    ]);
  });
});
