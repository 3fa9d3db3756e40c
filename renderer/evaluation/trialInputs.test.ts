// From the form to the method and back: what was typed arrives as typed, blank rows are no specimens, a refusal is placed.
import { expect, test } from 'vitest';
import { listMethods, methodById } from '../../shared/methods/index.ts';
import { takeRecords, paperInput, settledFields } from './batch.ts';
import { computeTrial, policiesOf, triedPolicies } from './compute.ts';
import { acceptState, emptyForm, newRow, type TrialForm } from './trialForm.ts';
import { buildInputs } from './trialInputs.ts';

const batch = methodById('concrete-batch-evaluation');
const confirmed = { 'limits GB/T 50107-2010': 'confirmed' };

function withValues(values: readonly string[]): TrialForm {
  const form = emptyForm(batch);
  return {
    ...form,
    cells: { ...form.cells, designGrade: 'C30' },
    rows: {
      group: values.map((value, index) => {
        const row = newRow(batch, 'group');
        return value === '' ? row : { ...row, cells: { ...row.cells, sampleNos: `A-${index + 1}`, values_MPa: value } };
      }),
    },
  };
}

test('every method begins with a form that waits and has no fault', () => {
  for (const method of listMethods()) {
    const form = emptyForm(method);
    const { computation, missing, refusal, faults } = computeTrial(method, {}, form);
    if (computation !== null) continue;
    // A set that has no specimen at all is said to be missing, not to be wrong.
    expect([method.id, refusal?.message ?? null]).toEqual([method.id, null]);
    expect(missing.length, method.id).toBeGreaterThan(0);
    for (const message of faults.values()) expect(message).toMatch(/^(缺少|没有)/);
  }
});

test('blank rows are left out, and the fault of a later row stands in that row', () => {
  const { inputs, rowsOf } = buildInputs(batch, withValues(['34.5', '', '35.1', '']));
  expect(inputs['values_MPa']).toEqual(['34.5', '35.1']);
  expect(inputs['curings']).toEqual(['标准养护', '标准养护']);
  expect(inputs).not.toHaveProperty('parts');
  expect(rowsOf).toEqual({ group: [0, 2] });
  const trial = computeTrial(batch, confirmed, withValues(['34.5', '', '35.12']));
  expect(trial.computation).toBeNull();
  expect([...trial.faults.keys()]).toEqual(['group|2|values_MPa']);
  expect(trial.refusal?.code).toBe('METHOD_PRECISION');
});

test('the figures are those of the method: a batch by hand', () => {
  const trial = computeTrial(batch, confirmed, withValues(['34.5', '35.1', '36.0']));
  // Mean 35.2, limit 1.15 × 30 = 34.5; least 34.5, limit 0.95 × 30 = 28.5.
  expect(trial.computation?.verdict).toBe('qualified');
  expect(trial.computation?.outputs).toMatchObject({
    mean_MPa: '35.2',
    min_MPa: '34.5',
    meanLimit_MPa: '34.5',
    minLimit_MPa: '28.5',
  });
  expect(computeTrial(batch, {}, withValues(['34.5', '35.1', '36.0'])).computation?.verdict).toBe('not-judged');
});

test('a bad figure is refused as it was typed, beside its place', () => {
  const trial = computeTrial(batch, {}, withValues(['34.5', '35，1', '36.0']));
  expect(trial.computation).toBeNull();
  expect(trial.faults.get('group|1|values_MPa')).toContain('35，1');
  expect(trial.refusal).not.toBeNull();
});

test('another setting is a trial, the lab’s own is none', () => {
  const form = { ...withValues(['34.5']), tried: { meanComparison: 'raw' } };
  expect(triedPolicies(batch, {}, form)).toEqual(['平均值与限值比较时的取值']);
  expect(triedPolicies(batch, { meanComparison: 'raw' }, form)).toEqual([]);
  expect(policiesOf(batch, confirmed, form)).toEqual({ ...confirmed, meanComparison: 'raw' });
  expect(policiesOf(batch, {}, { ...form, tried: { gone: 'x' } })).toMatchObject({ meanComparison: 'rounded' });
});

const group = {
  recordNo: 'YS-1',
  sampleNo: 'YP-1',
  testName: '混凝土立方体抗压强度',
  structurePart: '一层柱',
  grade: 'C35',
  curing: '标准养护',
  madeOn: '2026-10-26',
  testedOn: '2026-11-23',
  ageDays: 28,
  valid: true,
  value: '39.9',
  reportNo: null,
  digest: 'a'.repeat(64),
  barred: null,
};

test('groups of records settle the batch, stand before what was typed, and go to the core as numbers only', () => {
  const form = takeRecords(batch, withValues(['', '34.5', '']), { id: 'G001', name: '甲工程' }, [
    group,
    { ...group, recordNo: 'YS-2', sampleNo: 'YP-2', valid: false, value: null },
  ]);
  expect(form.cells).toMatchObject({ designGrade: 'C35', age_d: '28' });
  expect(
    form.rows['group']!.map(({ origin, cells }) => [origin?.recordNo ?? null, cells['values_MPa'], cells['states']]),
  ).toEqual([
    ['YS-1', '39.9', 'valid'],
    ['YS-2', '', 'invalid'],
    [null, '34.5', 'valid'],
  ]);
  expect([...settledFields(batch, form)]).toEqual(['designGrade', 'age_d']);
  const input = paperInput(batch, form);
  expect(input.groups).toEqual([
    { from: 'record', recordNo: 'YS-1', digest: group.digest },
    { from: 'record', recordNo: 'YS-2', digest: group.digest },
    {
      from: 'typed',
      cells: {
        sampleNos: 'A-2',
        parts: null,
        testedOn: null,
        states: 'valid',
        curings: '标准养护',
        values_MPa: '34.5',
      },
    },
  ]);
  expect(JSON.stringify(input)).not.toContain('39.9');
  const again = takeRecords(batch, form, { id: 'G001', name: '甲工程' }, [group]);
  expect(again.rows['group']).toHaveLength(3);
});

test('a stored page comes back whole; what is no page begins anew', () => {
  const state = { methodId: batch.id, forms: { [batch.id]: withValues(['34.5', '35，1']) } };
  expect(acceptState(JSON.parse(JSON.stringify(state)))).toEqual(state);
  for (const bad of [null, 'x', {}, { methodId: 'none', forms: {} }]) expect(acceptState(bad)).toBeNull();
  const old = { methodId: batch.id, forms: { [batch.id]: { ...withValues(['1']), edition: 'GBJ 107-87' } } };
  expect(acceptState(old)).toEqual({ methodId: batch.id, forms: {} });
});
