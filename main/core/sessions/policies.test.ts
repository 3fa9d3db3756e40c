// A policy holds for records opened from then on, is in the record in words, and never touches what is computed already.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAt, press, receive, sampleInput } from '../../../tests/support/mainJob.ts';
import { methodById } from '../../../shared/methods/index.ts';
import { chosenPolicies } from './policies.ts';
import { openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';

let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

const samples = [sampleInput({ designGrade: 'C35', properties: { side_mm: '100' } })];
const group = ['369.00', '371.00', '426.00'];

async function tested(): Promise<string> {
  const [received] = await receive(lab, { samples });
  const technician = await lab.as('jiance');
  const recordNo = openAt(lab, technician, received?.taskId ?? '');
  for (const [index, load] of group.entries()) await press(lab, technician, recordNo, index + 1, load);
  return recordNo;
}
const valueOf = async (recordNo: string) =>
  (await (await lab.as('jiance')).call('records.get', { recordNo })).result?.parameters[0]?.value;
const change = { methodId: 'concrete-cube', name: 'factorOrder', option: 'single-first', reason: '按主管部门解释' };

test('records opened before keep the policy they were begun under; those opened after have the new one', async () => {
  const before = await tested();
  expect(await valueOf(before)).toBe('37.0');
  await (await lab.as('zhiliang')).call('policies.change', change);
  expect((await (await lab.as('jiance')).call('policies.get', {})).chosen).toContainEqual({
    methodId: 'concrete-cube',
    name: 'factorOrder',
    option: 'single-first',
    compared: false,
    changedAt: expect.stringMatching(/^20\d\d-/) as string,
    changedBy: expect.stringContaining('谭敏仪') as string,
    reason: '按主管部门解释',
  });
  expect(await valueOf(before)).toBe('37.0');
  const after = await tested();
  expect(await valueOf(after)).toBe('35.2');
  const record = await (await lab.as('jiance')).call('records.get', { recordNo: after });
  expect(record.result?.policies).toContainEqual({
    name: 'factorOrder',
    label: '尺寸换算系数的计算顺序',
    option: '单块先乘换算系数，再定组值',
    clause: 'GB/T 50081-2019 5.0.5',
  });
  const { entries } = await (
    await lab.as('admin')
  ).call('audit.history', {
    entity: 'setting',
    key: 'policy.concrete-cube.factorOrder',
  });
  expect(entries[0]?.reason).toBe('按主管部门解释');
});

test('only the quality manager changes it, to an option that there is, and not to what it is already', async () => {
  expect((await refusalOf((await lab.as('jiance')).call('policies.change', change))).code).toBe('PERMISSION_DENIED');
  const manager = await lab.as('zhiliang');
  expect((await refusalOf(manager.call('policies.change', { ...change, option: 'both' }))).code).toBe(
    'METHOD_POLICY_UNKNOWN',
  );
  expect((await refusalOf(manager.call('policies.change', { ...change, name: 'x' }))).code).toBe(
    'METHOD_POLICY_UNKNOWN',
  );
  expect((await refusalOf(manager.call('policies.change', change))).code).toBe('POLICY_UNCHANGED');
});

test('the policy of a running record cannot be changed past the program', async () => {
  const recordNo = await tested();
  const actor = { actor: '测试', workstation: '测试' };
  expect(() => lab.store.transact(actor, (tx) => tx.update('testRecord', recordNo, { policiesJson: '{}' }))).toThrow();
});

const standard = 'limits GB 1499.2-2024';
const confirm = {
  methodId: 'rebar-ribbed',
  name: standard,
  option: 'confirmed',
  reason: '对照 GB 1499.2-2024 印刷本第 6 页表 6',
};
const stateOf = async () => {
  const { chosen, lapsed } = await (await lab.as('jiance')).call('policies.get', {});
  const own = ({ methodId, name }: { methodId: string; name: string }) =>
    methodId === confirm.methodId && name === standard;
  return { chosen: chosen.find(own), lapsed: lapsed.find(own) };
};
const ribbed = methodById('rebar-ribbed');

const chosenIn = (methodId: string, name: string) => chosenPolicies(lab.store, methodById(methodId))[name];

test('limits are confirmed for the very tables that there are, can be taken back, and others are not touched', async () => {
  const manager = await lab.as('zhiliang');
  const elsewhere = chosenPolicies(lab.store, methodById('rebar-straightened'));
  await manager.call('policies.change', { ...confirm, option: 'draft', reason: '须与印刷本核对' });
  expect(chosenIn('rebar-ribbed', standard)).toBe('draft');
  await manager.call('policies.change', confirm);
  expect((await stateOf()).chosen).toMatchObject({ option: 'confirmed', compared: true, reason: confirm.reason });
  expect(chosenIn('rebar-ribbed', standard)).toBe('confirmed');
  expect((await refusalOf(manager.call('policies.change', confirm))).code).toBe('POLICY_UNCHANGED');
  await manager.call('policies.change', { ...confirm, option: 'draft', reason: '发现表 6 抄录有误' });
  expect(chosenIn('rebar-ribbed', standard)).toBe('draft');
  expect((await stateOf()).chosen).toMatchObject({ option: 'draft', compared: false, reason: '发现表 6 抄录有误' });
  expect(chosenPolicies(lab.store, methodById('rebar-straightened'))).toEqual(elsewhere);
});

test('limits that judge without anyone having compared them say so, and can then be confirmed', async () => {
  const actor = { actor: '测试', workstation: '测试' };
  lab.store.transact(actor, (tx) =>
    tx.put('setting', { key: `policy.rebar-ribbed.${standard}`, value: 'confirmed' }, '培训数据'),
  );
  expect(chosenIn('rebar-ribbed', standard)).toBe('confirmed');
  expect((await stateOf()).chosen).toMatchObject({ option: 'confirmed', compared: false });
  const manager = await lab.as('zhiliang');
  await manager.call('policies.change', confirm);
  expect((await stateOf()).chosen).toMatchObject({ option: 'confirmed', compared: true, reason: confirm.reason });
  await manager.call('policies.change', { ...confirm, option: 'draft' });
});

test('a confirmation ends when a later program brings other figures, and can be given again', async () => {
  const manager = await lab.as('zhiliang');
  await manager.call('policies.change', confirm);
  const changed = {
    ...ribbed,
    limits: ribbed.limits.map((table) => ({
      ...table,
      rows: table.rows.map((row) => (row.min === '400' ? { ...row, min: '401' } : row)),
    })),
  };
  expect(chosenPolicies(lab.store, changed)).not.toHaveProperty([standard]);
  expect(chosenIn('rebar-ribbed', standard)).toBe('confirmed');

  // As if the tables had been others on the day of the confirmation.
  const key = `policy.rebar-ribbed.${standard}`;
  const actor = { actor: '测试', workstation: '测试' };
  lab.store.transact(actor, (tx) =>
    tx.put('setting', { key, value: `confirmed sha256:${'0'.repeat(64)}` }, '另一版本的程序'),
  );
  expect(await stateOf()).toMatchObject({
    chosen: undefined,
    lapsed: { option: 'confirmed', reason: '另一版本的程序' },
  });
  await manager.call('policies.change', { ...confirm, reason: '重新核对' });
  expect(await stateOf()).toMatchObject({ chosen: { option: 'confirmed', reason: '重新核对' }, lapsed: undefined });
});

test('every window hears of a change', async () => {
  const before = (
    await (await lab.as('jiance')).call('replication.pull', { collection: 'status', checkpoint: 0, limit: 5 })
  ).checkpoint;
  await (await lab.as('zhiliang')).call('policies.change', { ...confirm, option: 'draft' });
  const { documents } = await (
    await lab.as('jiance')
  ).call('replication.pull', { collection: 'status', checkpoint: before, limit: 5 });
  expect(documents.map(({ id }) => id)).toEqual(['now']);
});

test('an option that exists no longer can be left', async () => {
  const actor = { actor: '测试', workstation: '测试' };
  lab.store.transact(actor, (tx) =>
    tx.put('setting', { key: 'policy.mortar-batch.meanComparison', value: 'of-old' }, '另一版本的程序'),
  );
  const change = { methodId: 'mortar-batch', name: 'meanComparison', option: 'raw', reason: '改用现有选项' };
  await (await lab.as('zhiliang')).call('policies.change', change);
  expect(chosenIn('mortar-batch', 'meanComparison')).toBe('raw');
});
