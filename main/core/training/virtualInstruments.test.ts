// Virtual instruments from the app: plugged in by the keeper or a technician, listed like an adapter, read by a machine
// that is set to them, found again after a restart; and refused where they cannot be.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { receive } from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import { identityOf } from '../bench/portSetting.ts';
import type { Context } from '../context.ts';
import { trainingHandlers } from './handlers.ts';

let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

test('every kind is offered; one that is plugged in stands in the list of ports and can be disturbed and taken away', async () => {
  const keeper = await lab.as('shebei');
  const { kinds } = await keeper.call('training.kinds', {});
  expect(kinds.length).toBeGreaterThan(25);
  const plugged = await keeper.call('training.plugIn', { kind: 'mt-sics' });
  expect(plugged).toMatchObject({ name: '虚拟天平（MT-SICS）', plugged: true, driverId: 'mt-sics', profile: null });
  const listed = async () => (await keeper.call('bench.ports', {})).ports.find(({ path }) => path === plugged.path);
  expect((await listed())?.name).toContain('虚拟天平');
  const { instrumentId } = plugged;
  await keeper.call('training.act', { instrumentId, act: { do: 'put', value: '12.34' } });
  const refused = await refusalOf(keeper.call('training.act', { instrumentId, act: { do: 'scan', code: 'X1234' } }));
  expect(refused.code).toBe('TRAINING_UNABLE');
  await keeper.call('training.fault', { instrumentId, fault: 'overload' });
  const pulled = await keeper.call('training.act', { instrumentId, act: { do: 'pull' } });
  expect(pulled.plugged).toBe(false);
  expect(await listed()).toBeUndefined();
  expect((await keeper.call('training.act', { instrumentId, act: { do: 'plug' } })).plugged).toBe(true);
  await keeper.call('training.takeAway', { instrumentId });
  expect((await keeper.call('training.list', {})).instruments).toEqual([]);
  expect((await refusalOf(keeper.call('training.takeAway', { instrumentId }))).code).toBe('TRAINING_NOT_THERE');
  expect((await refusalOf(keeper.call('training.plugIn', { kind: 'no-such' }))).code).toBe('TRAINING_KIND_UNKNOWN');
  const wrong = keeper.call('training.plugIn', { kind: 'kern', variant: 'long' });
  expect((await refusalOf(wrong)).code).toBe('TRAINING_VARIANT_UNKNOWN');
}, 60_000);

test('a machine set to a plugged-in controller takes the specimens of its bench, and its kind comes back under its number', async () => {
  const technician = await lab.as('jiance');
  const plugged = await technician.call('training.plugIn', { kind: 'weihai', equipmentId: 'E001' });
  const { line, driverId, path, profile, instrumentId } = plugged;
  expect(JSON.parse(profile ?? '')).toMatchObject({ range_kN: '2000' });
  const identity = identityOf({ path, serialNumber: instrumentId });
  const setting = { path, line, driver: { id: driverId, profile: JSON.parse(profile ?? '') }, identity, place: null };
  lab.store.transact({ actor: '测试', workstation: '测试工位' }, (tx) =>
    tx.update('equipment', 'E001', { portJson: JSON.stringify({ ...setting, instrument: null }) }, '接入虚拟仪器'),
  );
  const [received] = await receive(lab);
  const { recordNo } = await technician.call('bench.open', { taskId: received!.taskId, equipmentId: 'E001' });
  await technician.call('bench.virtual', { equipmentId: 'E001', action: 'load' });
  const highest = async (): Promise<number> =>
    Number((await technician.call('bench.state', { equipmentId: 'E001' })).peakText ?? '0');
  await expect.poll(highest, { timeout: 40_000, interval: 200 }).toBeGreaterThan(20);
  await technician.call('bench.close', { recordNo });
  await technician.call('bench.disconnect', { equipmentId: 'E001' });
  // The program was closed meanwhile: another path, the same adapter.
  await technician.call('training.takeAway', { instrumentId });
  const again = await technician.call('training.plugIn', { kind: 'weihai', equipmentId: 'E001' });
  expect([again.instrumentId, again.path === path]).toEqual([instrumentId, false]);
  const state = await technician.call('bench.connect', { equipmentId: 'E001' });
  expect(state.portNote).toContain(again.path);
  await technician.call('bench.disconnect', { equipmentId: 'E001' });
}, 90_000);

test('outside training there are none, and a receiver may not plug anything in', async () => {
  const handlers = trainingHandlers({} as Context, null, null);
  expect(() => handlers['training.kinds']({}, {} as never)).toThrow('现在不是培训模式');
  const receiver = await lab.as('shouyang');
  expect((await refusalOf(receiver.call('training.plugIn', { kind: 'kern' }))).code).not.toBe('TRAINING_KIND_UNKNOWN');
});
