// A change after issue, from the application to the platform's word: what may change and what not, who may, what is written
// together, what of the signed record stays as it was signed, and that the next revision takes the old one's place.
import { writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { samplePath } from '../../../shared/afterIssue/fields.ts';
import { approve, eventually, goodLoads, openAt, press, receive, sampleInput, signCheck, signTest } from '../../../tests/support/mainJob.ts'; // prettier-ignore
import { countsOf, openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import { denseText, missingTools } from '../../reports/pdf-tools.test-helper.ts';
import { verifyAll } from '../verifyAll.ts';
import { applied, approvedChange, evidenceFile, issued, lastSeq, paperDigest, queued, reportRow, signedByThree, untilState, verified, type Issued } from './issued.test-helper.ts'; // prettier-ignore

let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

const everything = (): Record<string, number> => ({ ...countsOf(lab.store), orders: Number(lab.store.first('SELECT count(*) AS n FROM changeOrder')?.['n']) }); // prettier-ignore
const part = (one: Issued, newValue = '四层 ②～⑤轴 梁板') => ({ field: samplePath(one.sampleNo, 'structurePart'), newValue }); // prettier-ignore
const print = async (reportNo: string, revision: number) =>
  (await lab.as('zhiliang')).call('reports.print', { reports: [{ reportNo, revision }], purpose: 'print' });
const pdfOf = async (reportNo: string, revision: number) =>
  Buffer.from((await (await lab.as('zhiliang')).call('reports.preview', { reportNo, revision })).pdfBase64, 'base64');

test('a change goes through to the platform: order, commission, next revision with a code of its own; the old one is replaced', async () => {
  const one = await issued(lab);
  const { reportNo, commissionNo, sampleNo, recordNo } = one;
  await print(reportNo, 1);
  const record = await (await lab.as('zhiliang')).call('records.get', { recordNo });
  const order = await applied(lab, reportNo, [part(one), { field: 'clientUnit', newValue: '云岭城建集团有限公司' }]);
  expect(order).toMatchObject({ state: 'applied', revision: 2, appliedBy: '谭敏仪' });
  // Nothing of the commission has changed yet, and nothing is queued.
  expect(lab.store.get('sample', sampleNo)?.['structurePart']).toBe(record.sample.structurePart);

  const before = lastSeq(lab);
  await approvedChange(lab, order);
  expect(queued(lab, commissionNo, before)).toEqual(['media 1', 'change-order 2', 'modification 1', 'modification 1', 'commission 2']); // prettier-ignore
  expect(lab.store.get('sample', sampleNo)?.['structurePart']).toBe('四层 ②～⑤轴 梁板');
  expect(lab.store.get('commission', commissionNo)?.['clientUnit']).toBe('云岭城建集团有限公司');
  const log = lab.store.all(`SELECT field, oldValue, newValue, operator, approver FROM modification WHERE entityNo IN (?, ?) ORDER BY field`, commissionNo, sampleNo); // prettier-ignore
  expect(log).toEqual([
    { field: 'clientUnit', oldValue: expect.any(String), newValue: '云岭城建集团有限公司', operator: '谭敏仪', approver: '钟国栋' },
    { field: 'structurePart', oldValue: record.sample.structurePart, newValue: '四层 ②～⑤轴 梁板', operator: '谭敏仪', approver: '钟国栋' },
  ]); // prettier-ignore

  // The record is evidence: it reads as it was signed, its signatures hold, and it tells of the change.
  const after = await (await lab.as('zhiliang')).call('records.get', { recordNo });
  expect(after.digest).toBe(record.digest);
  expect(after.sample).toEqual(record.sample);
  expect(after.signatures.every(({ valid }) => valid)).toBe(true);
  expect(after.modifications.map(({ newValue }) => newValue)).toContain('四层 ②～⑤轴 梁板');

  // Until the new code is there, the public still reads the old one as valid; here no copy is made of it any more.
  expect(await verified(lab, reportNo, 1)).toBe('valid');
  expect((await refusalOf(print(reportNo, 1))).message).toContain('变更单');

  await signedByThree(lab, reportNo, 2);
  await untilState(lab, reportNo, 2, 'filed');
  expect(queued(lab, commissionNo, before).slice(5)).toEqual(['report 2', 'code 2', 'report-file 2']);
  expect(reportRow(lab, reportNo, 1)?.['state']).toBe('replaced');
  expect([await verified(lab, reportNo, 1), await verified(lab, reportNo, 2)]).toEqual(['replaced', 'valid']);
  expect(reportRow(lab, reportNo, 2)?.['code']).not.toBe(reportRow(lab, reportNo, 1)?.['code']);
  expect(await refusalOf(print(reportNo, 1))).toMatchObject({ code: 'REPORT_NOT_PRINTABLE' });
  expect((await print(reportNo, 2)).files[0]).toMatchObject({ coded: true, fileName: `${reportNo}-2.pdf` });
  expect(lab.store.all(`SELECT 1 FROM outbox WHERE commissionNo = ? AND state <> 'accepted'`, commissionNo)).toEqual(
    [],
  );
  const payload = JSON.parse(String(lab.store.first(`SELECT payload FROM outbox WHERE kind = 'report' AND key = ? AND revision = 2`, reportNo)?.['payload'])) as Record<string, unknown>; // prettier-ignore
  expect(payload).toMatchObject({ replaces: `${reportNo}/1`, revision: 2 });
  expect(await verifyAll(lab.store, lab.context.files)).toMatchObject({ firstFault: null });
  if (missingTools === null) {
    const text = denseText(await pdfOf(reportNo, 2));
    for (const words of [`代替${reportNo}第1版`, '四层②～⑤轴梁板', '云岭城建集团有限公司', order.changeNo]) expect(text).toContain(words.replaceAll(' ', '')); // prettier-ignore
    expect(denseText(await pdfOf(reportNo, 1))).toContain('被');
  }
});

describe('what may not change', () => {
  let one: Issued;
  beforeAll(async () => {
    one = await issued(lab);
  });
  const paths: [string, string][] = [
    ['madeOn', '龄期'],
    ['requiredAgeDays', '龄期'],
    ['grade', '判定'],
    ['properties', '判定'],
    ['name', '收样'],
    ['results.0.value', '检测数据'],
    ['readings', '检测数据'],
    ['conclusionText', '检测数据'],
    ['siteAddress', '检测数据'],
    ['projectId', '重新委托'],
    ['constructor', '不是委托信息'],
  ];
  test.each(paths)('%s: refused with its reason, nothing written', async (name, why) => {
    const before = everything();
    for (const field of [name, samplePath(one.sampleNo, name)]) {
      const refused = await refusalOf(applied(lab, one.reportNo, [part(one), { field, newValue: '9' }]));
      expect(refused.code).toBe('CHANGE_REFUSED');
      expect(refused.details?.map(({ message }) => message).join()).toContain(why);
    }
    expect(everything()).toEqual(before);
  });

  test('the same value, an empty unit, a sample of another report, a text that no report can print', async () => {
    const before = everything();
    const other = await issued(lab);
    const counts = everything();
    const now = String(lab.store.get('sample', one.sampleNo)?.['structurePart']);
    expect((await refusalOf(applied(lab, one.reportNo, [part(one, now)]))).code).toBe('CHANGE_REFUSED');
    expect((await refusalOf(applied(lab, one.reportNo, [{ field: 'clientUnit', newValue: ' ' }]))).code).toBe(
      'CHANGE_REFUSED',
    );
    expect((await refusalOf(applied(lab, one.reportNo, [part(other)]))).details?.[0]?.message).toContain(
      '不在这份报告里',
    );
    expect((await refusalOf(applied(lab, one.reportNo, [part(one, '三层\u{2b820}柱')]))).code).toBe('REPORT_CHARACTER_NOT_PRINTABLE'); // prettier-ignore
    expect(everything()).toEqual(counts);
    expect(counts['report']).toBe(Number(before['report']) + 1);
  });

  test('evidence is a PDF or a picture, and a witnessed test needs the witness', async () => {
    const seat = await lab.as('zhiliang');
    const input = {
      reportNo: one.reportNo,
      reason: '更正',
      fields: [part(one)],
      witness: '苏明',
      evidence: [evidenceFile()],
    };
    const text = { fileName: '说明.pdf', bytesBase64: Buffer.from('plain text').toString('base64') };
    expect((await refusalOf(seat.call('changes.apply', { ...input, evidence: [text] }))).code).toBe('EVIDENCE_REFUSED');
    expect((await refusalOf(seat.call('changes.apply', { ...input, evidence: [] }))).code).toBe('INPUT_INVALID');
    expect((await refusalOf(seat.call('changes.apply', { ...input, witness: '' }))).code).toBe('WITNESS_REQUIRED');
  });
});

test('who applied does not approve; a wrong password, another content and a second decision are refused', async () => {
  const one = await issued(lab);
  const order = await applied(lab, one.reportNo, [part(one)]);
  const before = everything();
  expect((await refusalOf(approvedChange(lab, order, 'zhiliang'))).code).toBe('SAME_PERSON');
  expect((await refusalOf(approvedChange(lab, { ...order, digest: 'f'.repeat(64) }))).code).toBe('CONTENT_CHANGED');
  expect((await refusalOf(approvedChange(lab, order, 'jiance'))).code).toBe('PERMISSION_DENIED');
  const seat = await lab.as('pizhun');
  const wrong = seat.call('changes.approve', {
    changeNo: order.changeNo,
    digest: order.digest,
    password: 'not-mine-1',
  });
  expect((await refusalOf(wrong)).code).toBe('SIGN_IN_REFUSED');
  expect(everything()).toEqual(before);
  expect((await refusalOf(applied(lab, one.reportNo, [part(one)]))).code).toBe('CHANGE_PENDING');
  const refused = await seat.call('changes.refuse', { changeNo: order.changeNo, reason: '证明材料不清' });
  expect(refused).toMatchObject({ state: 'refused', decision: '证明材料不清' });
  expect((await refusalOf(approvedChange(lab, order))).code).toBe('CHANGE_DECIDED');
  expect(reportRow(lab, one.reportNo, 2)).toBeUndefined();
  // The next application goes for the same revision, under a number of its own.
  const again = await applied(lab, one.reportNo, [part(one)]);
  expect(again).toMatchObject({ revision: 2 });
  expect(again.changeNo).not.toBe(order.changeNo);
});

test('the next revision needs its three people in turn, and its draft cannot send the records back', async () => {
  const one = await issued(lab);
  await approvedChange(lab, await applied(lab, one.reportNo, [part(one)]));
  const { reportNo } = one;
  const sign = async (who: 'jiance' | 'jiance2' | 'jiaohe', call: 'reports.signTest' | 'reports.signCheck') =>
    (await lab.as(who)).call(call, { reportNo, revision: 2, digest: await paperDigest(lab, reportNo, 2), password: lab.password }); // prettier-ignore
  const approveIt = async () =>
    (await lab.as('pizhun')).call('reports.approve', { reportNo, revision: 2, digest: await paperDigest(lab, reportNo, 2), password: lab.password }); // prettier-ignore
  expect((await refusalOf(approveIt())).message).toContain('检测');
  expect((await refusalOf(sign('jiaohe', 'reports.signCheck'))).code).toBe('SIGNATURE_MISSING');
  expect((await refusalOf(sign('jiance2', 'reports.signTest'))).code).toBe('NOT_THE_SIGNER');
  await sign('jiance', 'reports.signTest');
  expect((await refusalOf(sign('jiance', 'reports.signTest'))).code).toBe('ALREADY_SIGNED');
  expect((await refusalOf(approveIt())).message).toContain('校核');
  await sign('jiaohe', 'reports.signCheck');
  const back = (await lab.as('pizhun')).call('reports.return', { reportNo, revision: 2, reason: '数据需复核' });
  expect((await refusalOf(back)).code).toBe('RECORDS_CLOSED');
  // The paper changes under the signatures: they hold no longer, and are asked for anew.
  const admin = await lab.as('admin');
  await admin.call('settings.change', { telephone: '0763-1234567', reason: '电话变更' });
  expect((await refusalOf(approveIt())).message).toContain('检测');
  const { signatures } = await admin.call('reports.preview', { reportNo, revision: 2 });
  expect(signatures.map(({ valid }) => valid)).toEqual([false, false]);
  await signedByThree(lab, reportNo, 2);
  await untilState(lab, reportNo, 2, 'filed');
  expect((await refusalOf(sign('jiance', 'reports.signTest'))).code).toBe('REPORT_NOT_OPEN');
  const third = await applied(lab, reportNo, [{ field: 'samplerName', newValue: '周力' }]);
  expect(third.revision).toBe(3);
  expect(await verifyAll(lab.store, lab.context.files)).toMatchObject({ firstFault: null });
});

test('a change of the commission that another report made is part of this report’s next order', async () => {
  // A cube and a stone: two reports of one commission.
  const { madeOn: _madeOn, requiredAgeDays: _age, properties: _cube, ...plain } = sampleInput();
  const properties = { rock: '卵石', crushingGradeClass: '≤C35' };
  const stone = { ...plain, itemCode: 'SI-YS', parameterCodes: ['YS'], name: '卵石', properties };
  const received = await receive(lab, { samples: [sampleInput(), stone] });
  const technician = await lab.as('jiance');
  const environment = { temperatureC: '20.5', humidityPercent: '62' };
  const cubes = openAt(lab, technician, received[0]?.taskId ?? '');
  for (const [index, load] of goodLoads.entries()) await press(lab, technician, cubes, index + 1, load);
  const stones = openAt(lab, technician, received[1]?.taskId ?? '', 'E007');
  const read = (field: string, values: string[]) =>
    values.map((value, index) => ({ field, specimenNo: index + 1, position: null, value }));
  const entries = [
    ...read('crushedBefore_g', ['3000', '3000', '3000']),
    ...read('crushedRetained_g', ['2730', '2718', '2742']),
  ];
  await technician.call('records.enter', { recordNo: stones, entries });
  const reports: string[] = [];
  for (const recordNo of [cubes, stones]) {
    await technician.call('bench.environment', { recordNo, environment });
    await signTest(lab, recordNo);
    await signCheck(lab, recordNo);
    reports.push(await approve(lab, recordNo));
  }
  const [first = '', second = ''] = reports;
  expect(first).not.toBe(second);
  for (const reportNo of reports) await untilState(lab, reportNo, 1, 'filed');
  const commissionNo = received[0]?.commissionNo ?? '';
  const before = String(lab.store.get('commission', commissionNo)?.['ownerUnit']);
  await approvedChange(lab, await applied(lab, first, [{ field: 'ownerUnit', newValue: '云岭投资有限公司' }]));
  // One after the other: what a revision prints is what its own order names.
  const seat = await lab.as('zhiliang');
  expect((await refusalOf(seat.call('changes.form', { reportNo: second }))).code).toBe('REVISION_UNSIGNED');
  await signedByThree(lab, first, 2);
  await untilState(lab, first, 2, 'filed');
  expect((await seat.call('reports.history', { reportNo: second })).mayChange).toBeNull();
  const { fields } = await seat.call('changes.form', { reportNo: second });
  expect(fields.find(({ field }) => field === 'ownerUnit')).toMatchObject({
    onReport: before,
    value: '云岭投资有限公司',
  });
  const order = await applied(lab, second, [{ field: 'contractorUnit', newValue: '云岭第二建筑工程有限公司' }]);
  expect(order.fields).toContainEqual({ field: 'ownerUnit', oldValue: before, newValue: '云岭投资有限公司' });
  expect((await lab.as('zhiliang')).user.name).toBe(order.appliedBy);
  await approvedChange(lab, order);
  await signedByThree(lab, second, 2);
  await untilState(lab, second, 2, 'filed');
  expect(lab.store.all(`SELECT kind FROM outbox WHERE commissionNo = ? AND state <> 'accepted'`, commissionNo)).toEqual(
    [],
  );
});

test('evidence that was exchanged on the disk is neither shown nor believed', async () => {
  const one = await issued(lab);
  const order = await applied(lab, one.reportNo, [part(one)]);
  const [file] = order.evidence;
  const sha256 = file?.sha256 ?? '';
  const seat = await lab.as('zhiliang');
  const shown = await seat.call('changes.evidence', { changeNo: order.changeNo, sha256 });
  expect(shown).toMatchObject({ fileName: '变更申请.pdf', type: 'application/pdf' });
  const looked = lab.store.first(`SELECT actor, newValue FROM audit WHERE entity = 'changeOrder' AND entityKey = ? AND action = 'event' ORDER BY seq DESC`, order.changeNo); // prettier-ignore
  expect(String(looked?.['newValue'])).toContain('查看变更单');
  expect(String(looked?.['actor'])).toContain(seat.user.name);
  const path = join(lab.folder, String(lab.store.get('media', sha256)?.['path']));
  const bytes = readFileSync(path);
  writeFileSync(path, '%PDF-1.7 exchanged');
  expect((await refusalOf(seat.call('changes.evidence', { changeNo: order.changeNo, sha256 }))).code).toBe(
    'FILE_DAMAGED',
  );
  expect((await verifyAll(lab.store, lab.context.files)).firstFault).toContain('证明材料');
  writeFileSync(path, bytes);
  expect((await verifyAll(lab.store, lab.context.files)).firstFault).toBeNull();
});

test('offline: everything waits, and goes through in order after a restart', async () => {
  const one = await issued(lab);
  await lab.core.link.stop();
  await approvedChange(lab, await applied(lab, one.reportNo, [part(one), { field: 'witnessName', newValue: '苏鸣' }]));
  await signedByThree(lab, one.reportNo, 2);
  expect(reportRow(lab, one.reportNo, 1)?.['state']).toBe('filed');
  expect((await refusalOf(print(one.reportNo, 1))).code).toBe('REPORT_NOT_PRINTABLE');
  await lab.restart();
  await untilState(lab, one.reportNo, 2, 'filed');
  await eventually(() => (reportRow(lab, one.reportNo, 1)?.['state'] === 'replaced' ? true : null));
  const refused = lab.store.all(`SELECT kind FROM outbox WHERE commissionNo = ? AND state IN ('rejected', 'parked')`, one.commissionNo); // prettier-ignore
  expect(refused).toEqual([]);
});
