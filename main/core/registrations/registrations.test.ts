// Entering people and machines here, over real HTTP with the embedded platform: what the gate makes of one that waits,
// is refused or is approved, what of it leaves this machine, and that the reference row that comes down is the same one.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EquipmentRegistration, PersonRegistration } from '../../../shared/entities/registration.ts';
import { isIdentityNo } from '../../../shared/entities/registration.ts';
import { eventually, openAt, press, receive, signCheck, signTest, today } from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import { addDays } from '../../../shared/entities/scalars.ts';
import type { TrainingPlatform } from '../../../sync/training/platform.ts';
import { profileInForce } from '../provincial/profileInForce.ts';
import { SqliteSyncStore } from '../provincial/syncStore.ts';
import { createAccount } from '../sessions/accounts.ts';
import { verifyStore } from '../../store/verify.ts';

let lab: TestCore;
let platform: TrainingPlatform;
beforeAll(async () => {
  lab = await openTestCore();
  if (!lab.core.platform) throw new Error('no platform');
  platform = lab.core.platform;
});
afterAll(() => lab.stop());
beforeEach(() => platform.supervisor.setRegistrationApproval('supervisor', '测试'));

const machine = (changes: Partial<EquipmentRegistration> = {}): EquipmentRegistration => ({
  intent: 'create',
  localId: 'YQ-101',
  name: '压力试验机',
  model: 'YAW-2000',
  serial: 'S-77001',
  itemCodes: ['HNT-KY'],
  startDate: addDays(today(), -30),
  validMonths: 12,
  certificateNo: 'LX-2026-90001',
  rangeKn: '2000',
  state: 'active',
  reason: '新购设备',
  ...changes,
});
// The worked example of GB 11643.
const identityNo = '11010519491231002X';
const person = (changes: Partial<PersonRegistration> = {}): PersonRegistration => ({
  intent: 'create',
  localId: 'RY-21',
  name: '周晚晴',
  certificateNo: '粤建检培字第 77 号',
  identityNo,
  state: 'active',
  reason: '新入职',
  ...changes,
});

const keeper = () => lab.as('shebei');
const quality = () => lab.as('zhiliang');
const row = (kind: string, localId: string) =>
  lab.store.first('SELECT * FROM registration WHERE kind = ? AND localId = ? ORDER BY revision DESC', kind, localId);
/** The engine asks again after a while by itself; here it is asked now. */
async function state(kind: string, localId: string, wanted: string) {
  return eventually(() => {
    const found = row(kind, localId);
    if (found?.['state'] === wanted) return found;
    const entry = lab.store.get('outbox', String(found?.['entryId']));
    if (entry?.['state'] === 'queued') lab.core.link.retry(String(found?.['entryId']));
    return null;
  });
}
const sent = (entryId: unknown) =>
  eventually(() => (lab.store.get('outbox', String(entryId))?.['state'] === 'queued' ? true : null));
const document = async (collection: 'equipment' | 'people', id: string) => {
  const seat = await keeper();
  const { documents } = await seat.call('replication.pull', { collection, checkpoint: 0, limit: 500 });
  return documents.find((one) => one['id'] === id);
};
const openOn = async (equipmentId: string) => {
  const [received] = await receive(lab);
  return openAt(lab, await lab.as('jiance'), received?.taskId ?? '', equipmentId);
};

describe('a machine', () => {
  test('waits, is not usable meanwhile, is approved, works, and its records name it as the platform does', async () => {
    await (await keeper()).call('registrations.equipment', machine());
    const entered = row('equipment', 'YQ-101');
    await sent(entered?.['entryId']);
    expect(await document('equipment', 'YQ-101')).toMatchObject({ state: 'pending', registration: 'pending' });
    const waiting = await refusalOf(openOn('YQ-101'));
    expect(waiting).toMatchObject({ code: 'GATE_EQUIPMENT_PENDING', message: expect.stringContaining('还没有批准') });
    expect(waiting.next).toContain('请等平台批准');

    platform.supervisor.approveRegistration('equipment', 'YQ-101', '资料齐全');
    const approved = await state('equipment', 'YQ-101', 'approved');
    expect(approved['platformId']).toMatch(/^E-R\d+$/);
    await lab.core.link.refresh();
    // The row that comes down is the same machine: no second one.
    expect(lab.store.all('SELECT equipmentId FROM equipment WHERE serial = ?', 'S-77001')).toEqual([
      { equipmentId: 'YQ-101' },
    ]);
    const here = lab.store.get('equipment', 'YQ-101');
    expect(here).toMatchObject({ platformState: 'active', certificateNo: 'LX-2026-90001', rangeKn: '2000' });
    expect(Number(here?.['version'])).toBeGreaterThan(0);
    expect(await document('equipment', 'YQ-101')).toMatchObject({ state: 'inUse', registration: 'approved' });

    const recordNo = await openOn('YQ-101');
    const seat = await lab.as('jiance');
    for (const [index, load] of ['765.00', '772.00', '780.00'].entries())
      await press(lab, seat, recordNo, index + 1, load);
    await seat.call('bench.environment', { recordNo, environment: { temperatureC: '20.5', humidityPercent: '62' } });
    await signTest(lab, recordNo);
    await signCheck(lab, recordNo);
    // The platform judges it by its own id, and takes it.
    await eventually(() => {
      const entries = lab.store.all(`SELECT state FROM outbox WHERE kind IN ('acquisition', 'test-record') AND payload LIKE ?`, `%${recordNo}%`); // prettier-ignore
      return entries.length >= 4 && entries.every((entry) => entry['state'] === 'accepted') ? true : null;
    });
    expect(platform.storedEntry('test-record', recordNo)).toMatchObject({ equipmentIds: [approved['platformId']] });
  });

  test('is refused with the platform’s reason, corrected, and approved', async () => {
    const seat = await keeper();
    await seat.call('registrations.equipment', machine({ localId: 'YQ-102', serial: 'S-77002' }));
    await sent(row('equipment', 'YQ-102')?.['entryId']);
    platform.supervisor.rejectRegistration('equipment', 'YQ-102', '检定证书编号与附件不符');
    await state('equipment', 'YQ-102', 'rejected');
    expect(await document('equipment', 'YQ-102')).toMatchObject({
      state: 'rejected',
      registration: 'rejected',
      registrationReason: '检定证书编号与附件不符',
    });
    const refused = await refusalOf(openOn('YQ-102'));
    expect(refused).toMatchObject({ code: 'GATE_EQUIPMENT_REJECTED' });
    expect(refused.message).toContain('检定证书编号与附件不符');
    const notice = lab.store.first(`SELECT level, text FROM notice WHERE subjectKey = 'YQ-102'`);
    expect(notice).toMatchObject({ level: 'alarm', text: expect.stringContaining('退回：检定证书编号与附件不符') });

    await seat.call('registrations.equipment', machine({ localId: 'YQ-102', serial: 'S-77002', intent: 'change', certificateNo: 'LX-2026-90002', reason: '更正证书编号' })); // prettier-ignore
    expect((await refusalOf(openOn('YQ-102'))).code).toBe('GATE_EQUIPMENT_PENDING');
    await sent(row('equipment', 'YQ-102')?.['entryId']);
    platform.supervisor.approveRegistration('equipment', 'YQ-102', '已更正');
    await state('equipment', 'YQ-102', 'approved');
    expect(lab.store.get('equipment', 'YQ-102')).toMatchObject({
      platformState: 'active',
      certificateNo: 'LX-2026-90002',
    });
    const { entries } = await seat.call('registrations.history', { kind: 'equipment', localId: 'YQ-102' });
    expect(
      entries.map(({ revision, state: standing, platformReason }) => [revision, standing, platformReason]),
    ).toEqual([
      [2, 'approved', null],
      [1, 'rejected', '检定证书编号与附件不符'],
    ]);
  });

  test('a change of an approved one leaves its facts in force until it is decided, and after a refusal', async () => {
    const seat = await keeper();
    const before = lab.store.get('equipment', 'E001');
    const change = machine({ intent: 'change', localId: 'E001', name: '压力机（已校准）', reason: '重新校准' });
    await seat.call('registrations.equipment', change);
    await sent(row('equipment', 'E001')?.['entryId']);
    expect(lab.store.get('equipment', 'E001')).toEqual(before);
    expect(await document('equipment', 'E001')).toMatchObject({ state: 'inUse', registration: 'pending', registrationChange: true }); // prettier-ignore
    expect(await openOn('E001')).not.toBe('');
    platform.supervisor.rejectRegistration('equipment', 'E001', '缺校准证书');
    await state('equipment', 'E001', 'rejected');
    expect(lab.store.get('equipment', 'E001')).toEqual(before);
    await seat.call('registrations.equipment', { ...change, reason: '补交证书' });
    await sent(row('equipment', 'E001')?.['entryId']);
    platform.supervisor.approveRegistration('equipment', 'E001', '同意');
    await state('equipment', 'E001', 'approved');
    expect(lab.store.get('equipment', 'E001')).toMatchObject({ name: '压力机（已校准）', platformId: null });
  });

  test('a row that came down before the answer is the same machine, and what hangs on the entered one goes over', async () => {
    const seat = await keeper();
    await lab.core.link.stop();
    await seat.call('registrations.equipment', machine({ localId: 'YQ-103', serial: 'S-77003' }));
    const store = new SqliteSyncStore(lab.context, () => undefined);
    const data = { name: '压力试验机', model: 'YAW-2000', serial: 'S-77003', itemCodes: ['HNT-KY'], startDate: today(), validMonths: 12, state: 'active' }; // prettier-ignore
    store.applyReferencePage({ kind: 'equipment', rows: [{ id: 'E-R9', version: 900, deleted: false, data }], cursor: store.referenceCursor('equipment') ?? '', snapshot: 'v900', more: false, at: Date.now() }); // prettier-ignore
    lab.store.transact({ actor: '测试', workstation: '测试' }, (tx) =>
      tx.update('equipment', 'YQ-103', { portJson: '{"path":"COM9"}' }),
    );
    const entryId = String(row('equipment', 'YQ-103')?.['entryId']);
    store.applyRegistration(entryId, { platformId: 'E-R9', state: 'approved' }, { attempt: null, changes: [] });
    expect(await document('equipment', 'YQ-103')).toBeUndefined();
    expect(await document('equipment', 'E-R9')).toMatchObject({ state: 'inUse', port: 'COM9' });
    await lab.core.link.start();
  });

  test('an extensometer is entered with gauge length and class, which are in force with the approval', async () => {
    const seat = await keeper();
    const gauge = { gaugeMm: '100', accuracyClass: '1' as const, classStandard: 'JJG 762', rangeMm: '25' };
    const entered = machine({ localId: 'YS-1', name: '引伸计', serial: 'G-1', itemCodes: ['GJ-DL'], rangeKn: null, extensometer: gauge }); // prettier-ignore
    await seat.call('registrations.equipment', entered);
    await sent(row('equipment', 'YS-1')?.['entryId']);
    expect(await document('equipment', 'YS-1')).toMatchObject({ state: 'pending', extensometer: { gaugeMm: '100' } });
    platform.supervisor.approveRegistration('equipment', 'YS-1', '同意');
    await state('equipment', 'YS-1', 'approved');
    const change = { ...entered, intent: 'change' as const, extensometer: { ...gauge, accuracyClass: '0.5' as const } };
    await seat.call('registrations.equipment', { ...change, reason: '重新校准' });
    expect(await document('equipment', 'YS-1')).toMatchObject({ extensometer: { accuracyClass: '1' } });
    await sent(row('equipment', 'YS-1')?.['entryId']);
    platform.supervisor.approveRegistration('equipment', 'YS-1', '同意');
    await state('equipment', 'YS-1', 'approved');
    expect(await document('equipment', 'YS-1')).toMatchObject({ extensometer: { accuracyClass: '0.5', certificateNo: 'LX-2026-90001' } }); // prettier-ignore
    const { entries } = await seat.call('registrations.history', { kind: 'equipment', localId: 'YS-1' });
    expect(entries[0]?.facts).toContainEqual(['引伸计', '标距 100 mm，0.5 级（JJG 762），量程 25 mm']);
    const wrong = machine({ localId: 'YS-2', serial: 'G-2', extensometer: { ...gauge, gaugeMm: '0' } });
    expect((await refusalOf(seat.call('registrations.equipment', wrong))).details?.[0]?.field).toContain('gaugeMm');
  });

  test('what cannot be entered is refused in words and leaves nothing', async () => {
    const seat = await keeper();
    const count = () => lab.store.first('SELECT count(*) AS n FROM registration')?.['n'];
    const before = count();
    const taken = await refusalOf(seat.call('registrations.equipment', machine({ localId: 'E001' })));
    expect(taken).toMatchObject({ code: 'NUMBER_TAKEN', next: expect.stringContaining('变更') });
    const absent = machine({ localId: 'YQ-404', intent: 'change' });
    expect((await refusalOf(seat.call('registrations.equipment', absent))).code).toBe('NOT_FOUND');
    const item = await refusalOf(
      seat.call('registrations.equipment', machine({ localId: 'YQ-104', itemCodes: ['XX'] })),
    );
    expect(item.code).toBe('ITEM_UNKNOWN');
    const odd = await refusalOf(seat.call('registrations.equipment', machine({ localId: '../x' })));
    expect(odd.details?.[0]).toMatchObject({ field: 'localId' });
    const technician = await lab.as('jiance');
    expect((await refusalOf(technician.call('registrations.equipment', machine()))).code).toBe('PERMISSION_DENIED');
    expect((await refusalOf(technician.call('registrations.person', person()))).code).toBe('PERMISSION_DENIED');
    expect(count()).toBe(before);
  });
});

describe('a person', () => {
  test('cannot sign before the platform approves; the qualification that comes down is theirs', async () => {
    await (await quality()).call('registrations.person', person());
    await createAccount(lab.context, { actor: '测试', workstation: '测试' }, { username: 'wanqing', personId: 'RY-21', roles: ['technician'], password: lab.password }); // prettier-ignore
    const window = lab.window();
    const { user } = await window.call('session.signIn', { username: 'wanqing', password: lab.password });
    if (!user) throw new Error('not signed in');
    const seat = { ...window, user };
    const [received] = await receive(lab);
    const open = () => openAt(lab, seat, received?.taskId ?? '');
    expect((await refusalOf(open)).code).toBe('GATE_PERSON_PENDING');
    await sent(row('person', 'RY-21')?.['entryId']);
    platform.supervisor.approveRegistration('person', 'RY-21', '同意');
    const { platformId } = await state('person', 'RY-21', 'approved');
    expect((await refusalOf(open)).code).toBe('GATE_PERSON_NOT_QUALIFIED');
    const store = new SqliteSyncStore(lab.context, () => undefined);
    const data = { personId: platformId, itemCode: 'HNT-KY', validTo: addDays(today(), 300) };
    const cursor = store.referenceCursor('person-qualification') ?? '';
    store.applyReferencePage({ kind: 'person-qualification', rows: [{ id: 'Q-77', version: 901, deleted: false, data }], cursor, snapshot: 'v901', more: false, at: Date.now() }); // prettier-ignore
    expect(open()).toMatch(/\d/);
    expect(lab.store.all('SELECT personId FROM person WHERE name = ?', '周晚晴')).toEqual([{ personId: 'RY-21' }]);
  });

  test('the identity number is nowhere in clear: not in the store, not in the outbox, not in the audit, not sent', async () => {
    const kept = lab.store.get('personIdentity', 'RY-21');
    expect(kept?.['masked']).toBe('110*************2X');
    expect(await lab.context.secrets.open(String(kept?.['sealed']))).toBe(identityNo);
    const tables = lab.store.all(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`);
    for (const table of tables) {
      const found = lab.store.all(`SELECT * FROM "${String(table['name'])}"`);
      expect(JSON.stringify(found), String(table['name'])).not.toContain(identityNo);
    }
    const keeperSeat = await keeper();
    const shown = await (await quality()).call('registrations.history', { kind: 'person', localId: 'RY-21' });
    expect(shown.identityMasked).toBe('110*************2X');
    const others = await keeperSeat.call('registrations.history', { kind: 'person', localId: 'RY-21' });
    expect(others.identityMasked).toBeNull();
    const wrong = person({ localId: 'RY-22', identityNo: '110105194912310021' });
    const refused = await refusalOf((await quality()).call('registrations.person', wrong));
    expect(refused.details?.[0]).toMatchObject({
      field: 'identityNo',
      message: expect.stringContaining('公民身份号码'),
    });
    expect([identityNo, '110105194912310020', '110105194912310021', '123'].map(isIdentityNo)).toEqual([true, false, false, false]); // prettier-ignore
  });

  test('what the platform will not take at all is a refusal with its words', async () => {
    await (await quality()).call('registrations.person', person({ localId: 'RY-23', name: '郑川' }));
    const entryId = String(row('person', 'RY-23')?.['entryId']);
    const store = new SqliteSyncStore(lab.context, () => undefined);
    await sent(entryId);
    const words = { platformCode: 'VALIDATION', platformMessage: '证书编号格式不对', platformDetails: null };
    const change = { entryId, state: 'rejected' as const, attempts: 1, nextTryAt: null, batchId: null, failureClass: 'rejected' as const, acceptedAt: null }; // prettier-ignore
    store.recordOutcome({ attempt: null, changes: [{ ...change, ...words }] });
    expect(row('person', 'RY-23')).toMatchObject({ state: 'rejected', platformReason: '证书编号格式不对' });
    expect(lab.store.get('person', 'RY-23')?.['state']).toBe('rejected');
    // An approval that comes after all is still believed.
    store.applyRegistration(entryId, { platformId: 'P-R700', state: 'approved' }, { attempt: null, changes: [] });
    expect(lab.store.get('person', 'RY-23')).toMatchObject({ state: 'active', platformId: 'P-R700' });
    // And what was approved is not taken back by a late repetition.
    store.applyRegistration(entryId, { platformId: 'P-R700', state: 'pending' }, { attempt: null, changes: [] });
    expect(row('person', 'RY-23')?.['state']).toBe('approved');
  });
});

test('where the platform alone is master, nothing is entered here, and the window knows it', async () => {
  const { masterOf } = profileInForce(lab.store);
  masterOf.person = 'platform';
  try {
    const seat = await quality();
    const refused = await refusalOf(seat.call('registrations.person', person({ localId: 'RY-30' })));
    expect(refused).toMatchObject({ code: 'PLATFORM_IS_MASTER', next: expect.stringContaining('在平台网页上登记') });
    expect(lab.store.get('person', 'RY-30')).toBeUndefined();
    expect((await seat.call('registrations.history', { kind: 'person', localId: '-' })).master).toBe('platform');
    expect((await seat.call('registrations.history', { kind: 'equipment', localId: '-' })).master).toBe('local-then-approved'); // prettier-ignore
  } finally {
    masterOf.person = 'local-then-approved';
  }
});

test('what was entered, decided and merged can be rebuilt from the audit chain', () => {
  expect(verifyStore(lab.store.database).firstFault).toBeNull();
});
