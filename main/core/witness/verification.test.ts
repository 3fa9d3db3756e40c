// Verification through the contract: it says how far it is, can be stopped, does not hold the benches up, and what came
// of it is kept with who asked and when.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { approve, eventually, receive, signCheck, signTest, testedGroup } from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type Seat, type TestCore } from '../../../tests/support/testCore.ts';
import { tamper } from '../../../tests/support/testStore.ts';
import { schemaDigest } from '../../store/migrate.ts';

let lab: TestCore;
let quality: Seat;
let reportNo: string;
beforeAll(async () => {
  lab = await openTestCore();
  quality = await lab.as('zhiliang');
  const { record } = await testedGroup(lab);
  await signTest(lab, record.recordNo);
  await signCheck(lab, record.recordNo);
  reportNo = await approve(lab, record.recordNo);
  await eventually(() => (lab.store.get('report', `${reportNo}#1`)?.['state'] === 'filed' ? true : null));
});
afterAll(() => lab.stop());

const progress = () =>
  quality.events.flatMap((event) => (event.type === 'audit.progress' && event.progress ? [event.progress] : []));

test('the whole way: parts in their order, the end said, the result kept', async () => {
  const before = await quality.call('audit.state', {});
  expect(before).toMatchObject({ running: null, last: null, lastWitness: null, fingerprint: null });
  const result = await quality.call('audit.verify', {});
  expect(result).toMatchObject({ ok: true, firstFault: null, by: quality.user.name });
  expect(result.schema).toBe(schemaDigest(lab.store.database));
  expect(result.checked.audit).toBeGreaterThan(100);
  const parts = progress().map(({ part }) => part);
  expect(parts).toEqual(expect.arrayContaining(['runs', 'files', 'signatures', 'reports']));
  expect(parts.indexOf('runs')).toBeLessThan(parts.indexOf('signatures'));
  expect(quality.events.findLast(({ type }) => type === 'audit.progress')).toEqual({ type: 'audit.progress', progress: null }); // prettier-ignore
  expect((await quality.call('audit.state', {})).last).toEqual(result);
  const event = lab.store.first(`SELECT * FROM audit WHERE entity = 'verification' ORDER BY seq DESC LIMIT 1`);
  expect(String(event?.['newValue'])).toContain('校验全部数据：一致');
  expect(String(event?.['actor'])).toContain(quality.user.name);
});

test('a bench goes on writing meanwhile, and what it writes is no contradiction', async () => {
  const running = quality.call('audit.verify', {});
  const written = await receive(lab);
  expect(written).toHaveLength(1);
  expect((await running).firstFault).toBeNull();
});

test('one at a time; stopped on request, and the last result stays', async () => {
  const { last } = await quality.call('audit.state', {});
  const running = refusalOf(quality.call('audit.verify', {}));
  expect((await refusalOf(quality.call('audit.verify', {}))).code).toBe('VERIFY_RUNNING');
  expect((await refusalOf(quality.call('audit.verifyPlatform', {}))).code).toBe('VERIFY_RUNNING');
  expect((await quality.call('audit.state', {})).running).not.toBeNull();
  await quality.call('audit.cancelVerify', {});
  expect(await running).toMatchObject({ code: 'VERIFY_CANCELLED', meaning: expect.stringContaining('不能说明') });
  expect(await quality.call('audit.state', {})).toMatchObject({ running: null, last });
  expect((await quality.call('audit.verify', {})).ok).toBe(true);
});

test('against the platform, and the head that is printed on the report', async () => {
  const witness = await quality.call('audit.verifyPlatform', {});
  expect(witness).toMatchObject({ ok: true, asked: 1, witnessed: 1, firstFault: null, by: quality.user.name });
  expect((await quality.call('audit.state', {})).lastWitness).toEqual(witness);
  const content = JSON.parse(String(lab.store.get('report', `${reportNo}#1`)?.['contentJson'])) as { auditHeadShort: string }; // prettier-ignore
  expect(await quality.call('audit.findHead', { head: content.auditHeadShort })).toMatchObject({
    found: true,
    reports: [`报告 ${reportNo}`],
  });
  expect((await quality.call('audit.findHead', { head: 'ffffffffffffffff' })).found).toBe(false);
});

test('a bundle through the contract, and its fingerprint on the page afterwards', async () => {
  const recordNo = String(lab.store.first('SELECT recordNo FROM testRecord')?.['recordNo']);
  const bundle = await quality.call('audit.bundle', { recordNos: [recordNo], reason: '监督检查' });
  expect(bundle.fileName).toContain(recordNo);
  expect(Buffer.from(bundle.bytesBase64, 'base64').subarray(0, 2).toString()).toBe('PK');
  expect((await quality.call('audit.state', {})).fingerprint).toBe(bundle.fingerprint);
});

test('what is wrong is kept as such too, in words', async () => {
  tamper(lab.store.database, `UPDATE commission SET clientUnit = '别人'`);
  const result = await quality.call('audit.verify', {});
  expect(result.ok).toBe(false);
  expect(result.firstFault).toContain('clientUnit');
  expect((await quality.call('audit.state', {})).last).toMatchObject({ ok: false, firstFault: result.firstFault });
});
