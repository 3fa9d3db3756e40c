// Every entry of a batch is judged by itself: what is refused, with which code, and that the rest goes on.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../wire/digest.ts';
import * as wire from '../wire/schemas.ts';
import { type Fixture, sendCommission, sendReport, sendRecord, sendRuns, startFixture } from './testing/fixture.ts';
import { entryOf } from './testing/lab-client.ts';
import { type CubeGroup, cubeGroup } from './testing/payloads.ts';

let fixture: Fixture;
let serial = 0;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.close());

function nextGroup(): CubeGroup {
  serial += 1;
  return cubeGroup(`J-${String(serial).padStart(4, '0')}`, fixture.clock.now);
}

/** A group whose commission and runs are there. */
async function readyGroup(): Promise<CubeGroup> {
  const group = nextGroup();
  await sendCommission(fixture, group);
  await sendRuns(fixture, group);
  return group;
}

async function receiptOf(
  entry: wire.WireEntry,
): Promise<[state: string, code: string | undefined, field: string | undefined]> {
  const answer = await fixture.client.batch([entry]);
  const receipt = wire.batchReceiptSchema.parse(answer.json).receipts[0];
  return [receipt?.state ?? '', receipt?.errors?.[0]?.code, receipt?.errors?.[0]?.field];
}

function record(group: CubeGroup, changes: Partial<wire.TestRecordPayload>): wire.WireEntry {
  return entryOf('test-record', group.record.recordNo, { ...group.record, ...changes });
}

async function put(change: (commission: wire.CommissionPayload) => void): Promise<[number, string, string]> {
  const { commission } = nextGroup();
  change(commission);
  const { status, json } = await fixture.client.put(`/v1/commissions/${commission.commissionNo}`, commission);
  return [status, json.code, json.details?.[0]?.rule];
}

function sample(commission: wire.CommissionPayload): wire.SamplePayload {
  const first = commission.samples[0];
  if (first === undefined) throw new Error('no sample');
  return first;
}

describe('a commission', () => {
  it('is refused out of scope, on a closed or unknown project, or without a contract that covers the item', async () => {
    expect(await put((c) => void (sample(c).itemCode = 'WJ-JS'))).toEqual([422, 'SCOPE', 'scope']);
    expect(await put((c) => void sample(c).requestedParameters.push('KZ'))).toEqual([422, 'SCOPE', 'scope']);
    expect(await put((c) => void (c.projectId = 'G404'))).toEqual([422, 'REFERENCE_MISSING', 'project']);
    expect(await put((c) => void (c.projectId = 'G004'))).toEqual([422, 'VALIDATION', 'contract']);
    expect(await put((c) => void (c.projectId = 'G002'))).toEqual([422, 'VALIDATION', 'contract']);
    expect(await put((c) => void (c.contractNo = 'HT2026-002'))).toEqual([422, 'VALIDATION', 'contract']);
    expect(await put((c) => void (c.contractNo = 'HT9999'))).toEqual([422, 'REFERENCE_MISSING', 'contract']);
    expect((await put((c) => void (c.contractNo = 'HT2026-001')))[0]).toBe(200);
    expect((await put((c) => void c.samples.push({ ...sample(c) })))[1]).toBe('VALIDATION');
    expect((await put((c) => void (c.commissionNo += 'X')))[0]).toBe(200);
  });
});

describe('a test record', () => {
  it('waits for its commission, its sample and its runs', async () => {
    const group = nextGroup();
    const send = () => receiptOf(record(group, {}));
    expect(await send()).toEqual(['rejected', 'REFERENCE_MISSING', 'commissionNo']);
    await sendCommission(fixture, group);
    expect(await send()).toEqual(['rejected', 'REFERENCE_MISSING', 'acquisitionKeys.0']);
    expect(await receiptOf(record(group, { sampleNo: 'YP-404' }))).toEqual([
      'rejected',
      'REFERENCE_MISSING',
      'sampleNo',
    ]);
    await sendRuns(fixture, group);
    expect(await send()).toEqual(['accepted', undefined, undefined]);
    expect(await send()).toEqual(['duplicate', undefined, undefined]);
  });

  it('is refused for what the supervisor enforces, on the day of the test', async () => {
    const group = await readyGroup();
    const refused: Array<[Partial<wire.TestRecordPayload>, string, string]> = [
      [{ testerId: 'P006' }, 'VALIDATION', 'testerId'],
      [{ testerId: 'P007' }, 'VALIDATION', 'testerId'],
      [{ checkerId: 'P008' }, 'VALIDATION', 'checkerId'],
      [{ testerId: 'P404' }, 'REFERENCE_MISSING', 'testerId'],
      [{ checkerId: 'P001' }, 'VALIDATION', 'checkerId'],
      [{ equipmentIds: ['E002'] }, 'VALIDATION', 'equipmentIds.0'],
      [{ equipmentIds: ['E001', 'E003'] }, 'VALIDATION', 'equipmentIds.1'],
      [{ equipmentIds: ['E404'] }, 'REFERENCE_MISSING', 'equipmentIds.0'],
      [{ testedAt: '2028-01-01T09:00:00+08:00' }, 'SCOPE', 'itemCode'],
    ];
    for (const [changes, code, field] of refused) {
      expect(await receiptOf(record(group, changes))).toEqual(['rejected', code, field]);
    }
    // The calibration of E002 and the qualification of P007 ended yesterday: a test of the day before is good.
    const dayBefore = { testedAt: '2026-11-22T09:00:00+08:00', equipmentIds: ['E002'], testerId: 'P007' };
    expect(await receiptOf(record(group, dayBefore))).toEqual(['accepted', undefined, undefined]);
  });

  it('is refused when it contradicts itself', async () => {
    const group = await readyGroup();
    const result = {
      parameterCode: 'KY',
      value: '20.0',
      unit: 'MPa',
      requirement: '≥ 35',
      verdict: 'unqualified',
    } as const;
    expect(await receiptOf(record(group, { results: [result] }))).toEqual(['rejected', 'VALIDATION', 'conclusion']);
    expect(await receiptOf(record(group, { itemCode: 'GJ-WP' }))).toEqual(['rejected', 'VALIDATION', 'itemCode']);
    expect(await receiptOf({ ...record(group, {}), key: 'JL-OTHER' })).toEqual(['rejected', 'VALIDATION', 'key']);
    expect(await receiptOf({ ...record(group, {}), digest: '0'.repeat(64) })).toEqual([
      'rejected',
      'VALIDATION',
      'digest',
    ]);
    const number = { ...group.record, environment: { temperature: 20.5, humidity: '62' } };
    expect(await receiptOf(entryOf('test-record', group.record.recordNo, number))).toEqual([
      'rejected',
      'VALIDATION',
      'environment.temperature',
    ]);
    const surrogate = { ...record(group, {}), payload: { ...group.record, siteAddress: '\ud800' } };
    expect(await receiptOf(surrogate)).toEqual(['rejected', 'VALIDATION', 'digest']);
  });

  it('cannot hide an unqualified result behind a qualified report', async () => {
    const group = await readyGroup();
    const results = [
      { parameterCode: 'KY', value: '20.0', unit: 'MPa', requirement: '≥ 35', verdict: 'unqualified' as const },
    ];
    Object.assign(group.record, { results, conclusion: 2 });
    await sendRecord(fixture, group);
    Object.assign(group.report, { conclusion: 1 });
    expect((await sendReport(fixture, group)).json).toMatchObject({
      code: 'VALIDATION',
      details: [{ field: 'conclusion' }],
    });
    Object.assign(group.report, { conclusion: 2 });
    expect((await sendReport(fixture, group)).json.state).toBe('accepted');
  });
});

describe('a run', () => {
  it('needs its curve first, and never changes what was measured', async () => {
    const group = nextGroup();
    const [run] = group.runs;
    const [curve] = group.curves;
    if (run === undefined || curve === undefined) throw new Error('no run');
    const send = (changes: Partial<wire.AcquisitionPayload>, revision = 1) =>
      receiptOf(entryOf('acquisition', run.runNo, { ...run, ...changes }, revision));
    expect(await send({})).toEqual(['rejected', 'REFERENCE_MISSING', 'media']);
    expect((await fixture.client.send('HEAD', `/v1/media/${sha256Hex(curve)}`)).status).toBe(404);
    await fixture.client.medium(curve);
    expect((await fixture.client.send('HEAD', `/v1/media/${sha256Hex(curve)}`)).status).toBe(200);
    expect(await send({})).toEqual(['accepted', undefined, undefined]);
    expect(await send({ peak: '900.0' })).toEqual(['rejected', 'CONFLICT_CONTENT', 'key']);
    expect(await send({ peak: '900.0' }, 2)).toEqual(['rejected', 'CONFLICT_CONTENT', 'peak']);
    expect(await send({ validity: 'invalid' }, 2)).toEqual(['rejected', 'VALIDATION', 'reason']);
    expect(await send({ validity: 'invalid', reason: '偏心受压' }, 2)).toEqual(['accepted', undefined, undefined]);
    expect(await send({}, 1)).toEqual(['duplicate', undefined, undefined]);
  });

  it('entered by hand needs a reason, and then no curve', async () => {
    const { media: _curve, ...run } = nextGroup().runs[0] ?? {};
    const manual = { ...run, mode: 'manual' } as wire.AcquisitionPayload;
    expect(await receiptOf(entryOf('acquisition', manual.runNo, manual))).toEqual(['rejected', 'VALIDATION', 'reason']);
    const reasoned = { ...manual, reason: '采集口故障，按表盘读数录入' };
    expect(await receiptOf(entryOf('acquisition', manual.runNo, reasoned))).toEqual(['accepted', undefined, undefined]);
  });
});

describe('a batch', () => {
  it('is not held back by one refused entry, and an unqualified notice waits for nothing', async () => {
    const group = nextGroup();
    const notice: wire.UnqualifiedNoticePayload = {
      recordNo: group.record.recordNo,
      itemCode: 'HNT-KY',
      parameterCode: 'KY',
      value: '20.0',
      requirement: '≥ 35',
      structuralSafety: true,
      projectId: 'G001',
      authority: '云岭区建设工程质量安全监督站',
      foundAt: group.record.testedAt,
    };
    const witness: wire.WitnessPayload = {
      commissionNo: group.commission.commissionNo,
      sampleNo: group.record.sampleNo,
      phase: 'delivery',
      persons: ['区志明'],
      at: group.record.testedAt,
      media: [],
    };
    const entries = [
      record(group, {}),
      entryOf('unqualified-notice', wire.naturalKeyOf['unqualified-notice'](notice), notice),
      entryOf('witness', wire.naturalKeyOf.witness(witness), witness),
      { ...entryOf('premises', 'X', { name: '检测室', address: '8 号' }), kind: 'unknown' as never },
      entryOf('premises', 'CS-1', { name: '力学室', address: '8 号 101' }),
    ];
    const receipts = wire.batchReceiptSchema.parse((await fixture.client.batch(entries)).json).receipts;
    expect(receipts.map((receipt) => [receipt.entryId, receipt.state, receipt.errors?.[0]?.code])).toEqual([
      [entries[0]?.entryId, 'rejected', 'REFERENCE_MISSING'],
      [entries[1]?.entryId, 'accepted', undefined],
      [entries[2]?.entryId, 'rejected', 'REFERENCE_MISSING'],
      [entries[3]?.entryId, 'rejected', 'VALIDATION'],
      [entries[4]?.entryId, 'accepted', undefined],
    ]);
    await sendCommission(fixture, group);
    expect(await receiptOf(entries[2] as wire.WireEntry)).toEqual(['accepted', undefined, undefined]);
  });
});
