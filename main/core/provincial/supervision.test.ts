// What the supervisor does on the platform, over real HTTP: it is in force here as soon as the event is here, the people
// concerned are told in their windows, and what was signed before stays as it is.
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  approve,
  eventually,
  openAt,
  receive,
  signCheck,
  signTest,
  testedGroup,
} from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import type { TrainingPlatform } from '../../../sync/training/platform.ts';

let lab: TestCore;
let platform: TrainingPlatform;
beforeAll(async () => {
  lab = await openTestCore();
  if (!lab.core.platform) throw new Error('no platform');
  platform = lab.core.platform;
});
afterAll(() => lab.stop());

const onPlatform = (commissionNo: string) =>
  eventually(() =>
    lab.store.first(`SELECT 1 FROM outbox WHERE kind = 'commission' AND key = ? AND state = 'accepted'`, commissionNo),
  );
const stateOf = (commissionNo: string) => lab.store.get('commission', commissionNo)?.['platformState'];
/** The notices of any window, as they come down to it. */
const notices = async () => {
  const seat = await lab.as('jiance');
  const { documents } = await seat.call('replication.pull', { collection: 'notices', checkpoint: 0, limit: 500 });
  return documents as { level: string; text: string; acknowledgedBy: string | null }[];
};

test('a locked commission is frozen here with the reason, its people are named, and it goes on when it is unlocked', async () => {
  const { record, commissionNo } = await testedGroup(lab);
  await signTest(lab, record.recordNo);
  await onPlatform(commissionNo);
  platform.supervisor.lockCommission(commissionNo, '现场抽查，暂停检测');
  await lab.core.link.lookNow();
  expect(stateOf(commissionNo)).toBe('locked');
  const notice = (await notices()).find(({ text }) => text.includes(commissionNo));
  expect(notice?.level).toBe('alarm');
  expect(notice?.text).toContain('锁定：现场抽查，暂停检测。');
  expect(notice?.text).toContain(`停在中途的原始记录：${record.recordNo}（梁志远）`);
  const refused = await refusalOf(signCheck(lab, record.recordNo));
  expect(refused.code).toBe('GATE_COMMISSION_LOCKED');
  platform.supervisor.unlockCommission(commissionNo, '抽查结束');
  await lab.core.link.lookNow();
  expect(stateOf(commissionNo)).toBe('active');
  expect((await notices()).some(({ text }) => text === `委托单 ${commissionNo} 已由监管平台解除锁定，可以继续。`)).toBe(
    true,
  );
  await signCheck(lab, record.recordNo);
  await approve(lab, record.recordNo);
});

test('a void commission stays void here, whatever comes after', async () => {
  const { record, commissionNo } = await testedGroup(lab);
  await onPlatform(commissionNo);
  platform.supervisor.voidCommission(commissionNo, '委托单位撤回');
  await lab.core.link.lookNow();
  expect(stateOf(commissionNo)).toBe('voided');
  expect((await refusalOf(signTest(lab, record.recordNo))).code).toBe('GATE_COMMISSION_VOIDED');
  expect((await notices()).some(({ text }) => text.includes(`${commissionNo} 被监管平台作废：委托单位撤回`))).toBe(
    true,
  );
  await lab.core.link.lookNow();
  expect(stateOf(commissionNo)).toBe('voided');
  // One commission never holds back another.
  const { record: other } = await testedGroup(lab);
  expect((await signTest(lab, other.recordNo)).state).toBe('tested');
});

test('a revoked qualification is out of force with the event, also where the download is held or late', async () => {
  const { record } = await testedGroup(lab);
  const row = lab.store.first(`SELECT * FROM personQualification WHERE personId = 'P001' AND itemCode = 'HNT-KY'`);
  const id = String(row?.['qualificationId']);
  platform.supervisor.revokeQualification(id, '冒用他人证书');
  await lab.core.link.lookNow();
  expect(['revoked', 'deleted']).toContain(lab.store.get('personQualification', id)?.['state']);
  expect((await refusalOf(signTest(lab, record.recordNo))).code).toBe('GATE_PERSON_NOT_QUALIFIED');
  const [received] = await receive(lab);
  const seat = await lab.as('jiance');
  expect((await refusalOf(() => openAt(lab, seat, received?.taskId ?? ''))).code).toBe('GATE_PERSON_NOT_QUALIFIED');
  const notice = (await notices()).find(({ text }) => text.includes('撤销了 梁志远 的检测项目'));
  expect(notice).toMatchObject({ level: 'alarm', acknowledgedBy: null });
  expect(notice?.text).toContain('冒用他人证书');
  const audit = lab.store.first(
    `SELECT reason FROM audit WHERE entity = 'personQualification' AND entityKey = ? AND field = 'state' ORDER BY seq`,
    id,
  );
  expect(audit?.['reason']).toBe('平台撤销：冒用他人证书');
  // A colleague who is qualified does what is left.
  const other = await lab.as('jiance2');
  expect(openAt(lab, other, received?.taskId ?? '')).toMatch(/\d/);
});

test('a notice of the supervisor is in every window until somebody acknowledges it', async () => {
  platform.supervisor.notify('各检测机构', '12 月 1 日起执行新的见证取样规定');
  await lab.core.link.lookNow();
  const all = await notices();
  const mine = all.filter(({ text }) => text.includes('12 月 1 日起执行新的见证取样规定'));
  expect(mine).toHaveLength(1);
  expect(mine[0]).toMatchObject({ level: 'info', acknowledgedBy: null });
});
