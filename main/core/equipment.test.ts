import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestCore, refusalOf, type Seat, type TestCore } from '../../tests/support/testCore.ts';

let lab: TestCore;
let keeper: Seat;
beforeAll(async () => {
  lab = await openTestCore();
  keeper = await lab.as('shebei');
});
afterAll(() => lab.stop());

const setPort = (lineProfile: string, path = '/dev/ttyUSB9') =>
  keeper.call('equipment.setPort', { equipmentId: 'E001', path, baudRate: 9600, lineProfile });

test('a line profile that is no JSON or does not fit is refused before anything is read with it', async () => {
  expect(await refusalOf(setPort('{ separator: ","'))).toMatchObject({
    code: 'PROFILE_NOT_JSON',
    meaning: '没有保存；填写的内容还在。',
  });
  const unfit = await refusalOf(setPort('{"id":"x","separator":",","columns":[]}'));
  expect(unfit.code).not.toBe('INTERNAL');
  expect(unfit.message).toMatch(/[\u4e00-\u9fff]/);
  expect(lab.store.get('equipment', 'E001')?.['portJson']).toBeNull();
});

test('a port is kept and taken away again, with the change in the history', async () => {
  await setPort('');
  const { documents } = await keeper.call('replication.pull', { collection: 'equipment', checkpoint: 0, limit: 50 });
  expect(documents.find(({ id }) => id === 'E001')?.['port']).toBe('/dev/ttyUSB9');
  await setPort('', '');
  expect(lab.store.get('equipment', 'E001')?.['portJson']).toBeNull();
  const { entries } = await keeper.call('audit.history', { entity: 'equipment', key: 'E001' });
  expect(entries.filter(({ field }) => field === 'portJson')).toHaveLength(2);
});

test('a machine that is not there is named', async () => {
  const unknown = keeper.call('equipment.setState', { equipmentId: 'E999', state: 'stopped', reason: '试' });
  expect((await refusalOf(unknown)).message).toContain('没有找到设备 E999');
});

test('no setting shows a secret', async () => {
  const admin = await lab.as('admin');
  expect(JSON.stringify(await admin.call('settings.get', {}))).not.toMatch(/accessKey|secret/);
});
