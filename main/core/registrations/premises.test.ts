// Premises could not be entered at all, though the contract has them beside people and machines: entered, refused with the
// platform's reason, corrected, approved; while a change waits, what was approved holds.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type Seat, type TestCore } from '../../../tests/support/testCore.ts';
import type { TrainingPlatform } from '../../../sync/training/platform.ts';
import { verifyStore } from '../../store/verify.ts';

let lab: TestCore;
let platform: TrainingPlatform;
let quality: Seat;
beforeAll(async () => {
  lab = await openTestCore();
  if (!lab.core.platform) throw new Error('no platform');
  platform = lab.core.platform;
  platform.supervisor.setRegistrationApproval('supervisor', '测试');
  quality = await lab.as('zhiliang');
});
afterAll(() => lab.stop());

const room = {
  intent: 'create',
  localId: 'CS-1',
  name: '力学室',
  address: '检测路 8 号 101',
  reason: '新设场所',
} as const;
const entry = () => lab.store.first(`SELECT * FROM outbox WHERE kind = 'registration' ORDER BY seq DESC LIMIT 1`);
const sent = () => eventually(() => (entry()?.['state'] === 'queued' ? true : null));
const listed = async () => (await quality.call('premises.list', {})).rows[0];
/** The engine asks again after a while by itself; here it is asked now. */
const until = (state: string) =>
  eventually(() => {
    const found = lab.store.first(`SELECT state FROM registration WHERE kind = 'premises' ORDER BY revision DESC`);
    if (found?.['state'] === state) return true;
    if (entry()?.['state'] === 'queued') lab.core.link.retry(String(entry()?.['entryId']));
    return null;
  });

test('entered, refused, corrected, approved; then a change of address', async () => {
  expect((await quality.call('premises.list', {})).master).toBe('local-then-approved');
  await quality.call('registrations.premises', room);
  expect(await listed()).toMatchObject({ state: 'pending', standing: { state: 'pending', change: false } });
  const again = quality.call('registrations.premises', room);
  expect((await refusalOf(again)).code).toBe('NUMBER_TAKEN');
  await sent();
  platform.supervisor.rejectRegistration('premises', 'CS-1', '地址与资质附表不符');
  await until('rejected');
  expect(await listed()).toMatchObject({ state: 'rejected', standing: { reason: '地址与资质附表不符' } });
  const notice = lab.store.first(`SELECT text FROM notice WHERE subjectKind = 'premises'`);
  expect(notice?.['text']).toContain('场所 力学室（CS-1）的登记被监管平台退回：地址与资质附表不符');

  await quality.call('registrations.premises', {
    ...room,
    intent: 'change',
    address: '检测路 8 号 102',
    reason: '更正',
  });
  await sent();
  platform.supervisor.approveRegistration('premises', 'CS-1', '相符');
  await until('approved');
  expect(await listed()).toMatchObject({
    state: 'active',
    address: '检测路 8 号 102',
    standing: { state: 'approved' },
  });

  await quality.call('registrations.premises', { ...room, intent: 'change', address: '检测路 9 号', reason: '搬迁' });
  expect(await listed()).toMatchObject({
    state: 'active',
    address: '检测路 8 号 102',
    standing: { state: 'pending', change: true },
  });
  await sent();
  platform.supervisor.approveRegistration('premises', 'CS-1', '已勘验');
  await until('approved');
  expect((await listed())?.address).toBe('检测路 9 号');
  const { entries } = await quality.call('registrations.history', { kind: 'premises', localId: 'CS-1' });
  expect(entries.map(({ revision, state }) => [revision, state])).toEqual([
    [3, 'approved'],
    [2, 'approved'],
    [1, 'rejected'],
  ]);
  expect(entries[0]?.facts).toEqual([
    ['名称', '力学室'],
    ['地址', '检测路 9 号'],
  ]);
  expect(verifyStore(lab.store.database).firstFault).toBeNull();
});

test('only who keeps people and premises enters them', async () => {
  const stranger = (await lab.as('jiance')).call('registrations.premises', { ...room, localId: 'CS-2' });
  expect((await refusalOf(stranger)).code).toBe('PERMISSION_DENIED');
});
