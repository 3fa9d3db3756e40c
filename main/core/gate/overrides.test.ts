// 放行: only where the supervisor left the control off, by another person, with a reason; one thing, in one place, until it
// is ended or the control is switched on. And the exception: own work on a machine that is refused for samples.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openAt, receive, signTest, testedGroup } from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import { verifyStore } from '../../store/verify.ts';

const platform = { actor: '程序:上传', workstation: 'core' };
let lab: TestCore;
let taskId: string;
let commissionNo: string;
beforeAll(async () => {
  lab = await openTestCore();
  await lab.core.link.stop();
});
afterAll(() => lab.stop());
beforeEach(async () => {
  const [received] = await receive(lab);
  ({ taskId = '', commissionNo = '' } = received ?? {});
});

function switchControls(controls: Record<string, boolean>): void {
  const orgCode = lab.store.first('SELECT orgCode FROM institution')?.['orgCode'] ?? '';
  lab.store.transact(platform, (tx) => tx.update('institution', orgCode, { controlsJson: JSON.stringify(controls) }));
}
const override = async (changes: object = {}, who: 'zhiliang' | 'jiance' = 'zhiliang') =>
  (await lab.as(who)).call('gate.override', {
    question: 'equipment',
    subject: 'E002',
    entity: 'commission',
    entityKey: commissionNo,
    reason: '送检途中，期间核查合格',
    password: lab.password,
    ...changes,
  });
const open = async (equipmentId = 'E002') => openAt(lab, await lab.as('jiance'), taskId, equipmentId);

test('where the control is enforced, nobody lets anything pass', async () => {
  switchControls({ equipment: true });
  expect((await refusalOf(override())).code).toBe('GATE_OVERRIDE_ENFORCED');
  expect((await refusalOf(open)).code).toBe('GATE_EQUIPMENT_EXPIRED');
});

test('where it is off, the fault still refuses, until a named person answers for it; the decision says who and why', async () => {
  switchControls({ equipment: false });
  const refused = await refusalOf(open);
  expect(refused.code).toBe('GATE_EQUIPMENT_EXPIRED');
  expect(refused.next).toContain('放行');
  const row = await override();
  expect(row).toMatchObject({ personName: expect.any(String), reason: '送检途中，期间核查合格', endedAt: null });
  const recordNo = await open();
  const [decision] = lab.store.all(`SELECT findingsJson FROM gateDecision WHERE entity = 'record' AND entityKey = ?`, recordNo); // prettier-ignore
  expect(String(decision?.['findingsJson'])).toContain(`由${row.personName}放行，理由：送检途中，期间核查合格`);
  const audit = lab.store.first(`SELECT * FROM audit WHERE entity = 'gateOverride' AND entityKey = ?`, row.overrideId);
  expect(audit).toMatchObject({ action: 'insert', reason: '送检途中，期间核查合格' });
  expect(String(audit?.['actor'])).toContain(row.personName);
  expect(verifyStore(lab.store.database).firstFault).toBeNull();

  // The supervisor switches the control on again: what was let pass is let pass no longer.
  switchControls({ equipment: true });
  expect((await refusalOf(open)).code).toBe('GATE_EQUIPMENT_EXPIRED');
});

test('it holds for this machine in this commission and for nothing else, and ends when it is ended', async () => {
  switchControls({ equipment: false });
  const row = await override();
  expect((await refusalOf(() => open('E003'))).code).toBe('GATE_EQUIPMENT_STOPPED');
  const [other] = await receive(lab);
  const seat = await lab.as('jiance');
  expect((await refusalOf(() => openAt(lab, seat, other?.taskId ?? '', 'E002'))).code).toBe('GATE_EQUIPMENT_EXPIRED');
  expect((await refusalOf(override())).code).toBe('GATE_OVERRIDE_KNOWN');

  const quality = await lab.as('zhiliang');
  await quality.call('gate.endOverride', { overrideId: row.overrideId, reason: '设备已送检' });
  expect((await refusalOf(open)).code).toBe('GATE_EQUIPMENT_EXPIRED');
  const again = quality.call('gate.endOverride', { overrideId: row.overrideId, reason: '再来' });
  expect((await refusalOf(again)).code).toBe('GATE_OVERRIDE_ENDED');
  const listed = await quality.call('gate.overrides', {});
  expect(listed.open).toEqual(['equipment']);
  expect(listed.rows.find(({ overrideId }) => overrideId === row.overrideId)).toMatchObject({
    endReason: '设备已送检',
  });
  for (const sql of [
    `DELETE FROM gateOverride`,
    `UPDATE gateOverride SET reason = '别的'`,
    `UPDATE gateOverride SET endedAt = NULL`,
  ])
    // prettier-ignore
    expect(() => lab.store.database.exec(sql), sql).toThrow(/gateOverride/);
});

test('not without the permission, the password, a reason, or for what is not there; not for oneself', async () => {
  switchControls({ equipment: false, personnel: false });
  expect((await refusalOf(override({}, 'jiance'))).code).toBe('PERMISSION_DENIED');
  expect((await refusalOf(override({ password: 'falsch-2026' }))).code).toBe('SIGN_IN_REFUSED');
  expect((await refusalOf(override({ reason: '  ' }))).code).toBe('INPUT_INVALID');
  expect((await refusalOf(override({ subject: 'E999' }))).code).toBe('NOT_FOUND');
  expect((await refusalOf(override({ entityKey: 'WT-0' }))).code).toBe('NOT_FOUND');
  const { user } = await lab.as('zhiliang');
  const own = { question: 'personnel' as const, subject: user.personId };
  expect((await refusalOf(override(own))).code).toBe('GATE_OVERRIDE_SELF');
  // Age, supervision and role have no switch at all.
  for (const question of ['age', 'supervision'])
    expect((await refusalOf(override({ question }))).code).toBe('INPUT_INVALID');
});

test('what is scrapped is not let pass by anybody', async () => {
  switchControls({ equipment: false });
  lab.store.transact(platform, (tx) => tx.update('equipment', 'E003', { platformState: 'scrapped' }));
  await override({ subject: 'E003' });
  expect((await refusalOf(() => open('E003'))).code).toBe('GATE_EQUIPMENT_SCRAPPED');
});

test('calibration, intermediate check and QC: allowed on a machine that is refused for samples, kept under the machine', async () => {
  switchControls({});
  const seat = await lab.as('jiance');
  const before = Number(lab.store.first('SELECT count(*) AS n FROM run')?.['n']);
  for (const purpose of ['calibration', 'intermediate-check', 'qc'] as const) {
    const answer = await seat.call('gate.ownWork', { equipmentId: 'E002', itemCode: 'HNT-KY', purpose });
    expect(answer.allowed, purpose).toBe(true);
    expect(answer.findings.some(({ meaning = '' }) => meaning.includes('结果不得用于样品检测'))).toBe(true);
  }
  // A scrapped one is not allowed; the decision is kept all the same.
  const scrapped = await seat.call('gate.ownWork', { equipmentId: 'E003', itemCode: 'HNT-KY', purpose: 'calibration' });
  expect(scrapped.allowed).toBe(false);
  const kept = lab.store.all(`SELECT allowed FROM gateDecision WHERE entity = 'equipment' ORDER BY decisionId`);
  expect(kept.map(({ allowed }) => allowed)).toEqual([1, 1, 1, 0]);
  expect(Number(lab.store.first('SELECT count(*) AS n FROM run')?.['n'])).toBe(before);
  // And it opens nothing for samples.
  expect((await refusalOf(open)).code).toBe('GATE_EQUIPMENT_EXPIRED');
});

test('at signing the same override counts, and only it', async () => {
  switchControls({ equipment: false });
  const group = await testedGroup(lab);
  lab.store.transact(platform, (tx) => tx.update('equipment', 'E001', { startDate: '2020-01-01' }));
  expect((await refusalOf(signTest(lab, group.record.recordNo))).code).toBe('GATE_EQUIPMENT_EXPIRED');
  await override({ subject: 'E001', entityKey: group.commissionNo });
  expect((await signTest(lab, group.record.recordNo)).state).toBe('tested');
});
