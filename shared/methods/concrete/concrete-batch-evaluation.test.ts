import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import concreteBatch from './concrete-batch-evaluation.method.ts';
import { LIMITS, coefficient } from './batch/data.ts';
import { wayOf } from './batch/evaluate.ts';
import { changed } from '../testing/concrete-change.ts';
import { allColumns, coveredColumns } from '../testing/papers.ts';
import { refusalOf } from '../testing/refusals.ts';
import { testVectors } from '../testing/vectors.ts';

const STANDARD = 'GB/T 50107-2010';
const CONFIRMED = { 'limits GB/T 50107-2010': 'confirmed' };
const tenths = (value: number): string => `${Math.floor(value / 10)}.${value % 10}`;

/** A list of groups with these values; `null` is a group declared invalid. */
const list = (values: readonly (string | null)[], change: Record<string, unknown> = {}) =>
  changed(
    {
      designGrade: 'C30',
      sampleNos: values.map((_, index) => `HNT-${index + 1}`),
      states: values.map((value) => (value === null ? 'invalid' : 'valid')),
      curings: values.map(() => '标准养护'),
      values_MPa: values,
    },
    change,
  );
const compute = (
  values: readonly (string | null)[],
  change: Record<string, unknown> = {},
  policies: Record<string, string> = {},
) => concreteBatch.compute(list(values, change), { policies });
const times = (count: number, value: string): string[] => Array.from({ length: count }, () => value);
const line = (change: Record<string, unknown>) =>
  concreteBatch.vectors['concrete-batch-evaluation']?.({
    fcu_k: '30',
    values_MPa: times(9, '32.9').concat('32.6'),
    gradeAtLeastC60: false,
    ...change,
  });

testVectors(concreteBatch.vectors);

describe('which way', () => {
  test('three groups and σ0; ten; fewer; a gap in the three has no known deviation', () => {
    expect(wayOf(3, '3.00', true)).toBe('statistical-known-sigma');
    expect(wayOf(3, '3.00', false)).toBe('non-statistical');
    expect(wayOf(3, undefined, true)).toBe('non-statistical');
    expect([wayOf(2, '3.00', true), wayOf(4, '3.00', true), wayOf(9, '3.00', true)]).toEqual(
      times(3, 'non-statistical'),
    );
    expect([wayOf(10, '3.00', true), wayOf(10, undefined, false)]).toEqual(times(2, 'statistical-unknown-sigma'));
  });

  test('the choice is explained in trace, text and table', () => {
    const known = compute(['33.0', '32.0', '31.2'], { sigma0_MPa: '3.00', sigma0Groups: '45', sigma0Period_d: '60' });
    expect(known.trace[0]).toMatchObject({
      value: '统计方法（标准差已知）',
      rule: '给出了标准差 σ0，检验批为连续的 3 组',
    });
    expect(known.result.text).toContain('统计方法（标准差已知）评定（给出了标准差 σ0，检验批为连续的 3 组）');
    expect(known.record[1]?.notes?.[0]).toContain('给出了标准差 σ0');
    expect(known.warnings).toEqual([]);
    expect(known.outputs).toMatchObject({ meanLimit_MPa: '32.1', minLimit_MPa: '27.9', minLimit2_MPa: '27' });
    expect(compute([...times(9, '33.0'), '32.8']).trace.find((step) => step.name === '标准差')).toMatchObject({
      substituted: '√((10 × 10876.84 − 329.8²) / (10 × 9))',
      value: '0.06',
    });
    expect(compute(times(10, '34.0')).trace[0]?.rule).toBe('没有可用的标准差 σ0，有效试件 10 组，不少于 10 组');
    expect(compute(times(4, '35.0')).trace[0]?.rule).toBe('有效试件 4 组，少于 10 组');
  });

  test('an unused σ0 is named; its basis is checked, missing or too old a basis is warned of', () => {
    const codes = (values: (string | null)[], change: Record<string, unknown>) =>
      compute(values, change).warnings.map(({ code }) => code);
    const three = times(3, '36.0');
    const basis = { sigma0_MPa: '3.00', sigma0Groups: '45', sigma0Period_d: '60' };
    expect(codes(three, basis)).toEqual([]);
    expect(codes(three, { ...basis, sigma0Period_d: '90' })).toEqual([]);
    expect(codes(three, { ...basis, sigma0Period_d: '91' })).toEqual(['BATCH_SIGMA0_PERIOD']);
    expect(codes(three, { sigma0_MPa: '3.00' })).toEqual(['BATCH_SIGMA0_BASIS_MISSING']);
    expect(codes(times(4, '36.0'), basis)).toEqual(['BATCH_SIGMA0_UNUSED']);
    expect(codes([...three, null], basis)).toEqual(['BATCH_GROUPS_LEFT_OUT', 'BATCH_SIGMA0_UNUSED']);
    for (const [change, code, field] of [
      [{ ...basis, sigma0Groups: '44' }, 'METHOD_SIGMA0_UNUSABLE', 'sigma0Groups'],
      [{ ...basis, sigma0Period_d: '59' }, 'METHOD_SIGMA0_UNUSABLE', 'sigma0Period_d'],
      [{ ...basis, sigma0_MPa: '3.005' }, 'METHOD_PRECISION', 'sigma0_MPa'],
      [{ sigma0Groups: '45' }, 'METHOD_MISSING', 'sigma0Groups'],
      [{ sigma0Period_d: '60' }, 'METHOD_MISSING', 'sigma0Period_d'],
    ] as const) {
      expect(refusalOf(() => compute(three, change))).toMatchObject({ code, field });
    }
  });
});

describe('mean rounded or raw is a policy', () => {
  test('the same batch passes with the rounded mean and fails with the raw one', () => {
    const values = times(9, '32.9').concat('32.6');
    expect(line({})).toMatchObject({ mean: '32.9', meanOk: true, qualified: true });
    expect(line({ meanComparison: 'raw' })).toMatchObject({ mean: '32.9', meanOk: false, qualified: false });
    expect(line({ policies: { meanComparison: 'raw' } })).toEqual(line({ meanComparison: 'raw' }));
    const [rounded, raw] = ['rounded', 'raw'].map((meanComparison) =>
      compute(values, {}, { ...CONFIRMED, meanComparison }),
    );
    expect([rounded?.verdict, raw?.verdict]).toEqual(['qualified', 'unqualified']);
    expect(rounded?.policies).toMatchObject({ meanComparison: 'rounded' });
    expect(raw?.trace.find((step) => step.name === '平均值判定')?.substituted).toBe('328.7 < 10 × 32.875');
    expect(rounded?.trace.find((step) => step.name === '平均值判定')?.substituted).toBe('32.9 ≥ 32.875');
  });

  test('it turns the other way, too, and holds for the known deviation', () => {
    // 96.4 / 3 = 32.13…, rounded 32.1: the limit 32.12 lies between.
    const vector = (meanComparison: string) =>
      concreteBatch.vectors['concrete-batch-evaluation-known-sigma']?.({
        fcu_k: '30',
        values_MPa: ['32.1', '32.1', '32.2'],
        sigma0: '3.04',
        meanComparison,
      });
    expect(vector('rounded')).toMatchObject({ mean: '32.1', meanLimit: '32.128', qualified: false });
    expect(vector('raw')).toMatchObject({ mean: '32.1', meanLimit: '32.128', qualified: true });
  });
});

describe('judging', () => {
  const good = times(10, '34.0');
  const bad = times(10, '32.0');

  test('draft rules give figures but no verdict, confirmed ones judge', () => {
    const draft = compute(good);
    expect(draft.verdict).toBe('not-judged');
    expect(draft.outputs).toMatchObject({ meanMeets: true, minMeets: true, mean_MPa: '34.0', min_MPa: '34.0' });
    expect(draft.result.text).toContain('限值未与标准原文核对，需人工判定');
    expect(draft.result.text).not.toContain('合格');
    expect(draft.policies).toMatchObject({ 'limits GB/T 50107-2010': 'draft' });
    expect(JSON.stringify(draft.report)).toContain('需人工判定');
    const confirmed = compute(good, {}, CONFIRMED);
    expect(confirmed.verdict).toBe('qualified');
    expect(confirmed.result.text).toContain('评定为合格');
    expect(confirmed.result.parameters).toEqual([
      {
        parameterCode: 'QDPD',
        name: '混凝土强度检验评定',
        value: '34.0/34.0',
        unit: 'MPa',
        requirement: '平均值≥32.875 MPa；最小值≥27 MPa',
        verdict: 'qualified',
      },
    ]);
  });

  test('a failed batch is told to the supervisor, judged or not', () => {
    const confirmed = compute(bad, {}, CONFIRMED);
    expect(confirmed.verdict).toBe('unqualified');
    expect(confirmed.result.text).toContain('评定为不合格');
    expect(confirmed.warnings).toMatchObject([{ code: 'BATCH_UNQUALIFIED', notify: 'supervisor' }]);
    const draft = compute(bad);
    expect(draft.verdict).toBe('not-judged');
    expect(draft.warnings).toMatchObject([{ code: 'BATCH_BELOW_LIMIT', notify: 'supervisor' }]);
    expect(draft.warnings[0]?.message).toContain('平均值');
    expect(compute([...times(9, '40.0'), '20.0'], {}, CONFIRMED).warnings[0]?.message).toContain('最小值不满足');
  });

  test('every coefficient is a draft of the one standard, and an unknown one is an error', () => {
    expect(new Set(LIMITS.map(({ standard, status }) => `${standard} ${status}`))).toEqual(
      new Set([`${STANDARD} draft`]),
    );
    expect(coefficient('λ1', '≥20')).toBe('0.95');
    expect(() => coefficient('λ1', '9')).toThrow('no coefficient');
    expect(concreteBatch.itemCode).toBeNull();
    expect(concreteBatch.purpose).toBe('evaluation');
  });
});

describe('invalid groups never enter', () => {
  test('they are listed, counted out, and change no figure', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 250, max: 420 }).map(tenths), { minLength: 1, maxLength: 20 }),
        fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 4 }),
        (values, places) => {
          const mixed: (string | null)[] = [...values];
          for (const place of places) mixed.splice(Math.min(place, mixed.length), 0, null);
          const [plain, withInvalid] = [compute(values), compute(mixed)];
          expect(withInvalid.outputs).toEqual({ ...plain.outputs, groupsListed: mixed.length });
          expect(withInvalid.result.parameters).toEqual(plain.result.parameters);
          expect(withInvalid.warnings[0]?.code).toBe('BATCH_GROUPS_LEFT_OUT');
        },
      ),
      { numRuns: 500 },
    );
  });

  test('an invalid group takes a batch from ten groups to nine', () => {
    expect(compute([...times(9, '34.0'), '34.0']).outputs).toMatchObject({ way: 'statistical-unknown-sigma', n: 10 });
    expect(compute([...times(9, '34.0'), null]).outputs).toMatchObject({ way: 'non-statistical', n: 9 });
  });

  test('a batch of nothing but invalid groups has no figure and no verdict', () => {
    const answer = compute([null, null], {}, CONFIRMED);
    expect(answer.outputs).toEqual({ groupsListed: 2, groupsCounted: 0, evaluated: false });
    expect(answer.result).toMatchObject({
      valid: false,
      text: '该检验批没有有效的试件组，不能评定。',
      parameters: [{ value: null, requirement: null, verdict: 'not-judged' }],
    });
    expect(answer.verdict).toBe('not-judged');
    expect(answer.record).toHaveLength(1);
    expect(answer.record[0]?.rows.every((row) => row.includes('试验结果无效'))).toBe(true);
    expect(answer.warnings.map(({ code }) => code)).toEqual(['BATCH_GROUPS_LEFT_OUT', 'BATCH_EMPTY']);
  });

  test('a blank is no invalid group, and an invalid one has no value', () => {
    const blank = { states: ['valid', 'valid'] };
    expect(refusalOf(() => compute(['34.0', null], blank))).toMatchObject({
      code: 'METHOD_MISSING',
      field: 'values_MPa.1',
    });
    expect(refusalOf(() => compute(['34.0', '34.0'], { states: ['valid', 'invalid'] }))).toMatchObject({
      code: 'METHOD_CONFLICT',
      field: 'values_MPa.1',
    });
  });
});

describe('the list of groups', () => {
  const two = ['34.0', '35.0'];

  test('stands in the record with number, part, day, curing and value', () => {
    const answer = compute([...two, null], {
      parts: ['二层柱', null, '三层梁'],
      testedOn: ['2026-05-01', '2026-05-02', null],
    });
    expect(answer.record[0]?.rows).toEqual([
      ['1', 'HNT-1', '二层柱', '2026-05-01', '标准养护', '34.0'],
      ['2', 'HNT-2', '—', '2026-05-02', '标准养护', '35.0'],
      ['3', 'HNT-3', '三层梁', '—', '标准养护', '试验结果无效'],
    ]);
    for (const table of [...answer.record, ...answer.report]) expect(coveredColumns(table)).toEqual(allColumns(table));
  });

  test('same-condition groups form a batch of their own; a mix is refused', () => {
    const same = compute(two, { curings: times(2, '同条件养护') });
    expect(same.trace[1]?.rule).toBe('各组强度为代表值除以 0.88 后的数值');
    expect(same.record[0]?.notes).toEqual(['同条件养护试件的强度为代表值除以 0.88 后的数值。']);
    expect(refusalOf(() => compute(two, { curings: ['标准养护', '同条件养护'] }))).toMatchObject({
      code: 'METHOD_CURING_MIXED',
      field: 'curings.1',
    });
  });

  test('the same group counts once, and values far from the grade stop', () => {
    expect(refusalOf(() => compute(two, { sampleNos: ['HNT-1', ' HNT-1'] }))).toMatchObject({
      code: 'METHOD_DUPLICATE_GROUP',
      field: 'sampleNos.1',
    });
    const stops = (value: string) => compute([...two, value]).stops.map(({ code, field }) => `${code} ${field}`);
    expect([stops('12.0'), stops('90.0')]).toEqual([[], []]);
    expect([stops('11.9'), stops('90.1')]).toEqual(times(2, 'STOP_FAR_FROM_GRADE values_MPa.2').map((stop) => [stop]));
  });

  test.each([
    [{ designGrade: 'C33' }, 'METHOD_GRADE_UNKNOWN', 'designGrade'],
    [{ designGrade: undefined }, 'METHOD_MISSING', 'designGrade'],
    [{ values_MPa: ['34.0', '-1'] }, 'METHOD_NEGATIVE', 'values_MPa.1'],
    [{ values_MPa: ['34.0', '0'] }, 'METHOD_ZERO', 'values_MPa.1'],
    [{ values_MPa: ['34.0', '250.1'] }, 'METHOD_OUT_OF_RANGE', 'values_MPa.1'],
    [{ values_MPa: ['34.0', '34,5'] }, 'METHOD_NOT_A_NUMBER', 'values_MPa.1'],
    [{ values_MPa: ['34.0', 35] }, 'METHOD_NOT_A_NUMBER', 'values_MPa.1'],
    [{ values_MPa: ['34.0', '34.55'] }, 'METHOD_PRECISION', 'values_MPa.1'],
    [{ values_MPa: ['34.0'] }, 'METHOD_WRONG_COUNT', 'values_MPa'],
    [{ values_MPa: undefined }, 'METHOD_MISSING', 'values_MPa'],
    [{ states: ['valid', 'unknown'] }, 'METHOD_CHOICE_UNKNOWN', 'states.1'],
    [{ sampleNos: ['HNT-1', ' '] }, 'METHOD_MISSING', 'sampleNos.1'],
    [{ sigma0_MPa: '0' }, 'METHOD_ZERO', 'sigma0_MPa'],
    [{ sigma0_MPa: '20.1' }, 'METHOD_OUT_OF_RANGE', 'sigma0_MPa'],
    [{ age_d: '28.5' }, 'METHOD_NOT_WHOLE', 'age_d'],
    [{ fcu_k: '30' }, 'METHOD_UNKNOWN_FIELD', 'fcu_k'],
  ])('%j is %s at %s', (change, code, field) => {
    expect(refusalOf(() => compute(two, change))).toMatchObject({ code, field });
  });

  test('no group at all is refused', () => {
    expect(refusalOf(() => compute([])).code).toBe('METHOD_WRONG_COUNT');
  });
});

describe('vector lines are refused when they cannot be meant', () => {
  test.each([
    [{ fcu_k: '33' }, 'METHOD_GRADE_UNKNOWN', 'fcu_k'],
    [{ fcu_k: '60' }, 'METHOD_CONFLICT', 'gradeAtLeastC60'],
    [{ gradeAtLeastC60: 'no' }, 'METHOD_CHOICE_UNKNOWN', 'gradeAtLeastC60'],
    [{ values_MPa: [] }, 'METHOD_WRONG_COUNT', 'values_MPa'],
    [{ values_MPa: ['30', null] }, 'METHOD_MISSING', 'values_MPa.1'],
    [{ values_MPa: ['30', 'x'] }, 'METHOD_NOT_A_NUMBER', 'values_MPa.1'],
    [{ sigma0: '3.00' }, 'METHOD_UNKNOWN_FIELD', 'sigma0'],
    [{ meanComparison: 'both' }, 'METHOD_POLICY_UNKNOWN', 'policies.meanComparison'],
  ])('%j is %s at %s', (change, code, field) => {
    expect(refusalOf(() => line(change))).toMatchObject({ code, field });
  });

  test('the known deviation wants three groups and its deviation', () => {
    const known = (change: Record<string, unknown>) => () =>
      concreteBatch.vectors['concrete-batch-evaluation-known-sigma']?.({
        ...changed({ fcu_k: '30', values_MPa: ['33.0', '32.0', '31.2'], sigma0: '3.00' }, change),
      });
    expect(refusalOf(known({ values_MPa: ['33.0', '32.0'] })).code).toBe('METHOD_WRONG_COUNT');
    expect(refusalOf(known({ sigma0: undefined }))).toMatchObject({ code: 'METHOD_MISSING', field: 'sigma0' });
    expect(refusalOf(known({ sigma0: '-3' })).code).toBe('METHOD_NEGATIVE');
  });
});
