// A policy holds for records opened from then on, is in the record in words, and never touches what is computed already.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAt, press, receive, sampleInput } from '../../../tests/support/mainJob.ts';
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
