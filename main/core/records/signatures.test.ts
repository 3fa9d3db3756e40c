import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  approve,
  eventually,
  goodLoads,
  openAt,
  press,
  receive,
  reportOf,
  sampleInput,
  signCheck,
  signTest,
  testedGroup,
  today,
} from '../../../tests/support/mainJob.ts';
import {
  countsOf,
  openTestCore,
  refusalOf,
  type TestCore,
  type TrainingUser,
} from '../../../tests/support/testCore.ts';
import { denseText, missingTools } from '../../reports/pdf-tools.test-helper.ts';
import { addDays } from '../../../shared/entities/scalars.ts';
import { testedOn } from '../reports/sampleFacts.ts';
import { verifyAll } from '../verifyAll.ts';
import { recordFacts } from './recordRows.ts';

let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

const read = async (recordNo: string) => (await lab.as('jiance')).call('records.get', { recordNo });
const payloadOf = (kind: string, key: string): Record<string, unknown> =>
  JSON.parse(
    String(
      lab.store.first('SELECT payload FROM outbox WHERE kind = ? AND key = ? ORDER BY revision DESC', kind, key)?.['payload'], // prettier-ignore
    ),
  ) as Record<string, unknown>;

async function giveRole(who: TrainingUser, roles: string[]): Promise<void> {
  const admin = await lab.as('admin');
  const { user } = await lab.as(who);
  await admin.call('users.change', { userId: user.userId, roles: roles as never, reason: '试验' });
}

describe('three signatures by three people', () => {
  test('test, check, approve: bound to one digest, filed with a code, and valid', async () => {
    const { record, commissionNo } = await testedGroup(lab);
    const { recordNo } = record;
    expect(record.result).toMatchObject({ parameters: [{ value: '34.3' }], outputs: { rule: 'mean' } });
    const tested = await signTest(lab, recordNo);
    expect(tested.digest).toBe(record.digest);
    const checked = await signCheck(lab, recordNo);
    expect(checked.signatures.map(({ meaning, personName, valid }) => [meaning, personName, valid])).toEqual([
      ['test', '梁志远', true],
      ['check', '欧阳健', true],
    ]);
    const reportNo = await approve(lab, recordNo);
    const filed = await eventually(() => {
      const row = lab.store.get('report', `${reportNo}#1`);
      return row?.['state'] === 'filed' ? row : null;
    });
    expect(filed['code']).toMatch(/^\w{10,}$/);
    const sent = lab.store.all(`SELECT kind, state FROM outbox WHERE commissionNo = ? ORDER BY seq`, commissionNo);
    expect(sent.map((row) => row['state'])).toEqual(sent.map(() => 'accepted'));
    const { checked: seen, firstFault } = await verifyAll(lab.store, lab.context.files);
    expect(firstFault).toBeNull();
    expect(seen).toMatchObject({ runs: 3, signatures: 3 });
  });

  test('one person in two roles signs once', async () => {
    await giveRole('jiance', ['technician', 'checker', 'authorisedSignatory']);
    await giveRole('jiaohe', ['checker', 'authorisedSignatory']);
    const { record } = await testedGroup(lab);
    const { recordNo } = record;
    await signTest(lab, recordNo);
    const refused = await refusalOf(signCheck(lab, recordNo, 'jiance'));
    expect(refused).toMatchObject({ code: 'SAME_PERSON' });
    expect(refused.message).toContain('梁志远 已作为“检测”签名');
    await signCheck(lab, recordNo);
    expect((await refusalOf(approve(lab, recordNo, 'jiance'))).code).toBe('SAME_PERSON');
    expect((await refusalOf(approve(lab, recordNo, 'jiaohe'))).message).toContain('欧阳健 已作为“校核”签名');
    expect(lab.store.get('report', reportOf(lab, recordNo).reportKey)?.['state']).toBe('draft');
    await giveRole('jiance', ['technician']);
    await giveRole('jiaohe', ['checker']);
  });

  test('what was not seen is not signed; a wrong password does not sign', async () => {
    const { record } = await testedGroup(lab);
    const { recordNo } = record;
    const seat = await lab.as('jiance');
    const before = countsOf(lab.store);
    await seat.call('bench.environment', { recordNo, environment: { temperatureC: '21.0', humidityPercent: '62' } });
    const stale = seat.call('records.signTest', { recordNo, digest: record.digest, password: lab.password });
    expect((await refusalOf(stale)).code).toBe('CONTENT_CHANGED');
    const { digest } = await read(recordNo);
    const wrong = seat.call('records.signTest', { recordNo, digest, password: 'wrong' });
    expect((await refusalOf(wrong)).code).toBe('SIGN_IN_REFUSED');
    expect(countsOf(lab.store)['signature']).toBe(before['signature']);
    expect((await read(recordNo)).state).toBe('testing');
  });

  test('an unfinished record names what is missing', async () => {
    const [received] = await receive(lab);
    const seat = await lab.as('jiance');
    const recordNo = openAt(lab, seat, received?.taskId ?? '');
    await press(lab, seat, recordNo, 1, '765.00');
    const refused = await refusalOf(signTest(lab, recordNo));
    expect(refused.message).toContain('破坏荷载（试件第 2、3 个）、环境温度和湿度');
  });

  test('a clock that went backwards past the last audit entry does not sign', async () => {
    const { record } = await testedGroup(lab);
    const now = lab.context.now;
    Object.assign(lab.context, { now: () => new Date(Date.now() - 3_600_000) });
    try {
      const refused = await refusalOf(signTest(lab, record.recordNo));
      expect(refused.code).toBe('CLOCK_BACKWARDS');
    } finally {
      Object.assign(lab.context, { now });
    }
  });

  test('a clock more than five minutes off the platform’s does not sign', async () => {
    const { record } = await testedGroup(lab);
    await lab.core.link.stop();
    const set = (offsetMs: number) =>
      lab.store.transact({ actor: '测试', workstation: '测试' }, (tx) =>
        tx.put('fact', { key: 'clockOffset', value: JSON.stringify({ offsetMs, measuredAt: Date.now() }) }),
      );
    set(-301_000);
    const refused = await refusalOf(signTest(lab, record.recordNo));
    expect(refused.code).toBe('CLOCK_OFF');
    expect(refused.message).toContain('相差 301 秒');
    set(0);
    expect((await signTest(lab, record.recordNo)).state).toBe('tested');
    await lab.core.link.start();
  });

  test('a record that was signed takes no other reading', async () => {
    const { record } = await testedGroup(lab);
    const { recordNo } = record;
    await signTest(lab, recordNo);
    const seat = await lab.as('jiance');
    const environment = { temperatureC: '25.0', humidityPercent: '62' };
    expect((await refusalOf(seat.call('bench.environment', { recordNo, environment }))).code).toBe('RECORD_SIGNED');
    const runNo = record.runs[0]?.runNo ?? '';
    expect((await refusalOf(seat.call('bench.repeat', { runNo, reason: '重做' }))).code).toBe('RECORD_SIGNED');
    expect((await refusalOf(signTest(lab, recordNo))).code).toBe('RECORD_SIGNED');
  });
});

describe('a returned record', () => {
  test('its signatures are visibly no longer valid, a modification is logged and queued, and it is signed anew', async () => {
    const { record } = await testedGroup(lab);
    const { recordNo } = record;
    await signTest(lab, recordNo);
    const checker = await lab.as('jiaohe');
    const returned = await checker.call('records.return', { recordNo, reason: '温度读数需核对' });
    expect(returned).toMatchObject({ state: 'testing', contentRevision: 2, returnedReason: '欧阳健：温度读数需核对' });
    expect(returned.signatures.map(({ meaning, valid }) => [meaning, valid])).toEqual([['test', false]]);
    expect(returned.modifications).toMatchObject([
      { field: 'contentRevision', oldValue: '1', newValue: '2', reason: '温度读数需核对' },
    ]);
    const technician = await lab.as('jiance');
    const corrected = await technician.call('bench.environment', {
      recordNo,
      environment: { temperatureC: '19.5', humidityPercent: '62' },
    });
    const [, second] = corrected.modifications;
    expect(second).toMatchObject({ field: 'temperatureC', oldValue: '20.5', newValue: '19.5' });
    expect(payloadOf('modification', second?.logNo ?? '')).toMatchObject({ field: 'temperatureC', oldValue: '20.5' });
    await signTest(lab, recordNo);
    const checked = await signCheck(lab, recordNo);
    expect(checked.signatures.map(({ meaning, valid }) => [meaning, valid])).toEqual([
      ['test', false],
      ['test', true],
      ['check', true],
    ]);
  });

  test('returned by the signatory it goes all the way back, and comes again in the same report', async () => {
    const { record } = await testedGroup(lab);
    const { recordNo } = record;
    await signTest(lab, recordNo);
    await signCheck(lab, recordNo);
    const { reportNo, reportKey } = reportOf(lab, recordNo);
    const signatory = await lab.as('pizhun');
    await signatory.call('reports.return', { reportNo, revision: 1, reason: '曲线需说明' });
    expect((await read(recordNo)).state).toBe('testing');
    const preview = await signatory.call('reports.preview', { reportNo, revision: 1 });
    expect(preview.pdfBase64).not.toBe('');
    expect((await refusalOf(approve(lab, recordNo))).code).toBe('REPORT_NOT_READY');
    await signTest(lab, recordNo);
    await signCheck(lab, recordNo);
    expect(reportOf(lab, recordNo).reportKey).toBe(reportKey);
    await approve(lab, recordNo);
    const late = (await lab.as('jiaohe')).call('records.return', { recordNo, reason: '太晚' });
    expect((await refusalOf(late)).message).toContain('现在不能退回');
    const again = signatory.call('reports.return', { reportNo, revision: 1, reason: '太晚' });
    expect((await refusalOf(again)).code).toBe('REPORT_APPROVED');
    expect((await verifyAll(lab.store, lab.context.files)).firstFault).toBeNull();
  });
});

describe('results that need attention', () => {
  test('below grade: an alarm, a line in the ledger and a notice to the authority at once', async () => {
    const { record, commissionNo } = await testedGroup(lab, { loads: ['610.00', '600.00', '590.00'] });
    const { recordNo } = record;
    expect(record.result).toMatchObject({ parameters: [{ value: '26.7' }], alarming: true });
    await signTest(lab, recordNo);
    const notice = lab.store.first('SELECT * FROM notice WHERE subjectKey = ?', recordNo);
    expect(notice).toMatchObject({ level: 'alarm', acknowledgedBy: null });
    const ledger = lab.store.first('SELECT * FROM unqualified WHERE recordNo = ?', recordNo);
    expect(ledger).toMatchObject({ commissionNo, value: '26.7', requirement: '不低于 C30' });
    expect(ledger?.['ledgerNo']).toMatch(/^BH\d{4}-00001$/);
    expect(payloadOf('unqualified-notice', `${recordNo}/HNT-KY/KY`)).toMatchObject({
      value: '26.7',
      structuralSafety: true,
      authority: '云岭区建设工程质量安全监督站',
    });
    // Returned and signed again with the same value: one line stays one line.
    await (await lab.as('jiaohe')).call('records.return', { recordNo, reason: '核对' });
    await signTest(lab, recordNo);
    expect(lab.store.all('SELECT 1 FROM unqualified WHERE recordNo = ?', recordNo)).toHaveLength(1);
    // The signatory's list shows it while the report is still a draft.
    await signCheck(lab, recordNo);
    const signatory = await lab.as('pizhun');
    const { documents } = await signatory.call('replication.pull', {
      collection: 'reports',
      checkpoint: 0,
      limit: 500,
    });
    const draft = documents.find(({ id }) => id === reportOf(lab, recordNo).reportKey);
    expect(draft).toMatchObject({ state: 'draft', alarming: true });
  });

  test('an invalid group says 试验结果无效 and shows no number as result: record and payload', async () => {
    const { record } = await testedGroup(lab, { loads: ['500.00', '700.00', '900.00'] });
    const { recordNo } = record;
    expect(record.result).toMatchObject({
      valid: false,
      parameters: [{ value: null, verdict: 'not-judged' }],
      outputs: { rule: 'invalid', groupValue_MPa: null, percentOfGrade: null },
    });
    expect(record.result?.conclusionText).toContain('试验结果无效');
    await signTest(lab, recordNo);
    await signCheck(lab, recordNo);
    const payload = payloadOf('test-record', recordNo) as {
      results: { value: string }[];
      readings: { outputs: Record<string, unknown> };
      conclusionText: string;
    };
    expect(payload.results.map(({ value }) => value)).toEqual(['试验结果无效']);
    expect(payload.readings.outputs).toMatchObject({ groupValue_MPa: null, percentOfGrade: null });
    expect(payload.conclusionText).toContain('试验结果无效');
    expect(payload.conclusionText).not.toMatch(/MPa/);
  });

  test.skipIf(missingTools)('the paper of an invalid group shows no number as its result', async () => {
    const { record } = await testedGroup(lab, { loads: ['500.00', '700.00', '900.00'] });
    await signTest(lab, record.recordNo);
    await signCheck(lab, record.recordNo);
    const { reportNo } = reportOf(lab, record.recordNo);
    const { pdfBase64 } = await (await lab.as('pizhun')).call('reports.preview', { reportNo, revision: 1 });
    const text = denseText(Buffer.from(pdfBase64, 'base64'));
    expect(text).toContain('试验结果无效');
    // Mean and middle of 22.2, 31.1 and 40.0 MPa: 31.1 stands once, as the single strength it is.
    expect(text.match(/31\.1/g)).toHaveLength(1);
  });

  test('a repeated run: both are kept, the newer counts, and the mark cannot be taken back', async () => {
    const { record } = await testedGroup(lab);
    const { recordNo } = record;
    const technician = await lab.as('jiance');
    const first = record.runs[1];
    const marked = await technician.call('bench.repeat', { runNo: first?.runNo ?? '', reason: '试件偏心' });
    expect(marked.runs[1]).toMatchObject({ validity: 'repeated', reason: '试件偏心', peakKn: '772.00' });
    expect(marked.result).toBeNull();
    const again = await press(lab, technician, recordNo, 2, '801.00');
    const now = await read(recordNo);
    expect(now.runs).toHaveLength(4);
    expect(now.readings.find(({ specimenNo, current }) => specimenNo === 2 && current)).toMatchObject({
      value: '801.00',
      runNo: again,
    });
    expect(now.result?.outputs['single_MPa']).toEqual(['34.0', '35.6', '34.7']);
    expect(now.modifications).toMatchObject([{ entity: 'acquisition', entityNo: first?.runNo, newValue: 'repeated' }]);
    const entries = lab.store.all(`SELECT payload FROM outbox WHERE kind = 'acquisition' AND key = ? ORDER BY revision`, first?.runNo ?? ''); // prettier-ignore
    expect(entries.map((row) => (JSON.parse(String(row['payload'])) as { validity: string }).validity)).toEqual(['valid', 'repeated']); // prettier-ignore
    const twice = await technician.call('bench.repeat', { runNo: first?.runNo ?? '', reason: '再来' });
    expect(twice.runs[1]?.reason).toBe('试件偏心');
    await signTest(lab, recordNo);
    expect((await verifyAll(lab.store, lab.context.files)).firstFault).toBeNull();
  });

  test('an interrupted run is kept and does not count', async () => {
    const [received] = await receive(lab);
    const technician = await lab.as('jiance');
    const recordNo = openAt(lab, technician, received?.taskId ?? '');
    await press(lab, technician, recordNo, 1, '765.00', { cutOff: true });
    for (const [index, load] of goodLoads.entries()) await press(lab, technician, recordNo, index + 1, load);
    const record = await read(recordNo);
    expect(record.runs.map(({ validity }) => validity)).toEqual(['interrupted', 'valid', 'valid', 'valid']);
    expect(record.runs[0]?.reason).toContain('没有封存');
    expect(record.result?.outputs['single_MPa']).toEqual(['34.0', '34.3', '34.7']);
  });

  test('readings that the method refuses leave a record that can be read, says why, and cannot be signed', async () => {
    const samples = [sampleInput({ designGrade: 'C80', properties: { side_mm: '200' } })];
    const { record } = await testedGroup(lab, { commission: { samples }, loads: ['1900.00', '1910.00', '1905.00'] });
    expect(record.result).toBeNull();
    expect(record.problem).toContain('换算系数');
    const refused = await refusalOf(signTest(lab, record.recordNo));
    expect(refused.code).toBe('METHOD_SIZE_FACTOR_UNKNOWN');
    expect((await read(record.recordNo)).runs).toHaveLength(3);
  });

  test('the testing date is that of the last run that counts, not that of a signature', async () => {
    const [received] = await receive(lab);
    const technician = await lab.as('jiance');
    const recordNo = openAt(lab, technician, received?.taskId ?? '');
    const yesterday = new Date(Date.now() - 86_400_000);
    for (const [index, load] of goodLoads.entries())
      await press(lab, technician, recordNo, index + 1, load, { endedAt: yesterday });
    await technician.call('bench.environment', {
      recordNo,
      environment: { temperatureC: '20.5', humidityPercent: '62' },
    });
    await signTest(lab, recordNo);
    await signCheck(lab, recordNo);
    expect(payloadOf('test-record', recordNo)['testedAt']).toMatch(new RegExp(`^${addDays(today(), -1)}T`));
    expect(testedOn(recordFacts(lab.store, recordNo))).toBe(addDays(today(), -1));
  });

  test('the signed result stays what it is when the data of the machine change later', async () => {
    const { record } = await testedGroup(lab);
    const { recordNo } = record;
    await signTest(lab, recordNo);
    const signed = await signCheck(lab, recordNo);
    const actor = { actor: '测试', workstation: '测试' };
    const range = lab.store.get('equipment', 'E001')?.['rangeKn'] ?? null;
    lab.store.transact(actor, (tx) => tx.update('equipment', 'E001', { rangeKn: '5000' }));
    const now = await read(recordNo);
    expect(now.digest).toBe(signed.digest);
    expect(now.signatures.every(({ valid }) => valid)).toBe(true);
    lab.store.transact(actor, (tx) => tx.update('equipment', 'E001', { rangeKn: range }));
  });
});
