import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import mortarBatch from './mortar-batch.method.ts';
import { LIMITS, evaluateMortarBatch } from './batch/evaluate.ts';
import { changed } from '../testing/concrete-change.ts';
import { referenceMortarBatch } from '../testing/mortar-reference.ts';
import { allColumns, coveredColumns } from '../testing/papers.ts';
import { refusalOf } from '../testing/refusals.ts';
import { testVectors } from '../testing/vectors.ts';

const CONFIRMED = { 'limits GB 50203-2011': 'confirmed' };
const tenths = (value: number): string => `${Math.floor(value / 10)}.${value % 10}`;
/** A list of groups with these values; `null` is a group declared invalid. */
const compute = (
  values: readonly (string | null)[],
  change: Record<string, unknown> = {},
  policies: Record<string, string> = {},
) =>
  mortarBatch.compute(
    changed(
      {
        designGrade: 'M10',
        sampleNos: values.map((_, index) => `SJ-${index + 1}`),
        states: values.map((value) => (value === null ? 'invalid' : 'valid')),
        values_MPa: values,
      },
      change,
    ),
    { policies },
  );
const vector = (line: Record<string, unknown>) => mortarBatch.vectors['mortar-batch']?.(line);
const comparisons = fc.constantFrom('rounded' as const, 'raw' as const);
const batches = fc.constantFrom('2.5', '5', '7.5', '10', '15', '20').chain((strength) =>
  fc.record({
    strength: fc.constant(strength),
    values: fc.array(
      fc.integer({ min: 80, max: 140 }).map((percent) => tenths(Math.round((Number(strength) * percent) / 10))),
      { minLength: 1, maxLength: 12 },
    ),
  }),
);

testVectors(mortarBatch.vectors);

describe('the arithmetic', () => {
  test('agrees with an independent implementation under both policies', () => {
    const answers = new Set<string>();
    fc.assert(
      fc.property(batches, comparisons, ({ strength, values }, comparison) => {
        const {
          mean_MPa: mean,
          meanMeets: meanOk,
          minMeets: minOk,
        } = evaluateMortarBatch(values, strength, comparison);
        expect({ mean, meanOk, minOk }).toEqual(referenceMortarBatch(values, strength, comparison));
        answers.add(`${values.length < 3} ${meanOk && minOk}`);
      }),
      { numRuns: 1500 },
    );
    expect([...answers].sort()).toEqual(['false false', 'false true', 'true false', 'true true']);
  });

  test('does not depend on the order of the groups, and a higher batch never fails where a lower one passes', () => {
    fc.assert(
      fc.property(batches, comparisons, fc.integer({ min: 1, max: 20 }), ({ strength, values }, comparison, raise) => {
        const { trace: _, ...figures } = evaluateMortarBatch(values, strength, comparison);
        expect(evaluateMortarBatch(values.toReversed(), strength, comparison)).toMatchObject(figures);
        const higher = values.map((value) => tenths(Number(value.replace('.', '')) + raise));
        const raised = evaluateMortarBatch(higher, strength, comparison);
        if (figures.meanMeets) expect(raised.meanMeets).toBe(true);
        if (figures.minMeets) expect(raised.minMeets).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('twice the values of twice the grade: the answer stays (raw mean)', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 75, max: 140 }), { minLength: 1, maxLength: 8 }), (raw) => {
        const answer = (factor: number, strength: string) => {
          const { meanMeets, minMeets } = evaluateMortarBatch(
            raw.map((value) => tenths(value * factor)),
            strength,
            'raw',
          );
          return [meanMeets, minMeets];
        };
        expect(answer(2, '20')).toEqual(answer(1, '10'));
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    [['11.0', '11.2', '10.8'], '10', true, true],
    [['11.0', '11.2', '10.6'], '10', false, true],
    [['13.0', '12.5', '8.5'], '10', true, true],
    [['13.0', '12.5', '8.4'], '10', true, false],
    // 0.85 × 7.5 = 6.375 is not rounded to 6.4 or 6.3.
    [['9.0', '9.5', '6.4'], '7.5', true, true],
    [['9.0', '9.5', '6.3'], '7.5', true, false],
    // One or two groups: each 1.10 times the grade.
    [['11.0'], '10', true, true],
    [['10.9'], '10', false, false],
    [['11.0', '11.0'], '10', true, true],
    [['12.0', '10.9'], '10', true, false],
    [['12.0', '10.9', '11.0'], '10', true, true],
  ])('%j of M%s: mean %s, least %s', (values, strength, meanMeets, minMeets) => {
    expect(evaluateMortarBatch(values, strength, 'rounded')).toMatchObject({ meanMeets, minMeets });
  });

  test('mean rounded or raw is a policy and turns both ways', () => {
    // 33.0 / 4 = 8.25 = 1.10 × 7.5: the tie drops to 8.2, which fails 8.25.
    const tie = { grade: '7.5', groups_MPa: ['8.2', '8.2', '8.3', '8.3'] };
    expect(vector(tie)).toMatchObject({ mean: '8.2', qualified: false });
    expect(vector({ ...tie, meanComparison: 'raw' })).toMatchObject({ mean: '8.2', qualified: true });
    // 32.9 / 3 = 10.97 is rounded to 11.0.
    const near = ['11.0', '11.0', '10.9'];
    expect(compute(near, {}, CONFIRMED).verdict).toBe('qualified');
    const raw = compute(near, {}, { ...CONFIRMED, meanComparison: 'raw' });
    expect(raw.verdict).toBe('unqualified');
    expect(raw.trace.find((step) => step.name === '平均值判定')?.substituted).toBe('32.9 < 3 × 11');
    expect(raw.policies).toMatchObject({ meanComparison: 'raw' });
  });
});

describe('judging', () => {
  const good = ['11.0', '11.2', '10.8'];

  test('draft rules give figures but no verdict, confirmed ones judge', () => {
    const draft = compute(good);
    expect(draft.verdict).toBe('not-judged');
    expect(draft.outputs).toMatchObject({ meanMeets: true, minMeets: true, meanLimit_MPa: '11', minLimit_MPa: '8.5' });
    expect(draft.result.text).toContain('限值未与标准原文核对，需人工判定');
    expect(draft.result.text).not.toContain('合格');
    const confirmed = compute(good, {}, CONFIRMED);
    expect(confirmed.verdict).toBe('qualified');
    expect(confirmed.result.text).toBe(
      '该验收批砌筑砂浆设计强度等级 M10，有效试块 3 组，按 GB 50203-2011 4.0.12 评定：平均值 11.0 MPa（限值 11 MPa），最小值 10.8 MPa（限值 8.5 MPa）；评定为合格。',
    );
    expect(confirmed.warnings).toEqual([]);
    expect(LIMITS.every(({ status }) => status === 'draft')).toBe(true);
  });

  test('a failed batch is told to the supervisor, judged or not', () => {
    const low = ['13.0', '12.5', '8.4'];
    expect(compute(low, {}, CONFIRMED).verdict).toBe('unqualified');
    expect(compute(low, {}, CONFIRMED).warnings).toMatchObject([{ code: 'BATCH_UNQUALIFIED', notify: 'supervisor' }]);
    expect(compute(low).verdict).toBe('not-judged');
    expect(compute(low).warnings).toMatchObject([{ code: 'BATCH_BELOW_LIMIT', notify: 'supervisor' }]);
  });

  test('fewer than three groups are evaluated with a warning that the rule is not confirmed', () => {
    for (const values of [['11.0'], ['11.0', '11.5']]) {
      const answer = compute(values, {}, CONFIRMED);
      expect(answer.verdict).toBe('qualified');
      expect(answer.warnings).toMatchObject([{ code: 'MORTAR_FEW_GROUPS', notify: 'supervisor' }]);
      expect(answer.warnings[0]?.meaning).toContain('未与标准原文核对');
      expect(answer.record[1]?.notes?.[0]).toContain('每组强度均应不小于');
    }
    expect(compute(['12.0', '10.9'], {}, CONFIRMED).verdict).toBe('unqualified');
    expect(compute(['12.0', '10.9', '11.0'], {}, CONFIRMED).warnings).toEqual([]);
  });
});

describe('invalid groups never enter', () => {
  test('they change no figure, and take three groups to two', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 80, max: 150 }).map(tenths), { minLength: 1, maxLength: 10 }),
        (values) => {
          const [plain, mixed] = [compute(values), compute([null, ...values, null])];
          expect(mixed.outputs).toEqual({ ...plain.outputs, groupsListed: values.length + 2 });
          expect(mixed.warnings[0]?.code).toBe('BATCH_GROUPS_LEFT_OUT');
        },
      ),
      { numRuns: 500 },
    );
    expect(compute(['12.0', '10.9', null], {}, CONFIRMED).verdict).toBe('unqualified');
  });

  test('a batch of nothing but invalid groups has no figure and no verdict', () => {
    const answer = compute([null, null, null], {}, CONFIRMED);
    expect(answer.outputs).toEqual({ groupsListed: 3, groupsCounted: 0, evaluated: false });
    expect(answer.result).toMatchObject({ valid: false, parameters: [{ value: null, verdict: 'not-judged' }] });
    expect(answer.verdict).toBe('not-judged');
    expect(answer.warnings.at(-1)).toMatchObject({ code: 'BATCH_EMPTY', notify: 'supervisor' });
    expect(answer.record).toHaveLength(1);
  });
});

describe('the list of groups', () => {
  test('fills its tables', () => {
    const answer = compute(['11.0', '11.2', null], { parts: ['一层墙', null, null] });
    expect(answer.record[0]?.rows[0]).toEqual(['1', 'SJ-1', '一层墙', '—', '11.0']);
    expect(answer.record[0]?.rows[2]?.at(-1)).toBe('试验结果无效');
    for (const table of [...answer.record, ...answer.report]) expect(coveredColumns(table)).toEqual(allColumns(table));
    expect(mortarBatch.describe({ designGrade: 'M10' })).toEqual({ grade: 'M10', spec: '' });
  });

  test('values far from the grade stop', () => {
    const stops = (value: string) => compute(['11.0', '11.2', value]).stops.map(({ code }) => code);
    expect([stops('4.0'), stops('50.0')]).toEqual([[], []]);
    expect([stops('3.9'), stops('50.1')]).toEqual([['STOP_FAR_FROM_GRADE'], ['STOP_FAR_FROM_GRADE']]);
  });

  test.each([
    [{ designGrade: 'M8' }, 'METHOD_GRADE_UNKNOWN', 'designGrade'],
    [{ designGrade: undefined }, 'METHOD_MISSING', 'designGrade'],
    [{ values_MPa: ['11.0', '-1'] }, 'METHOD_NEGATIVE', 'values_MPa.1'],
    [{ values_MPa: ['11.0', '0'] }, 'METHOD_ZERO', 'values_MPa.1'],
    [{ values_MPa: ['11.0', '100.1'] }, 'METHOD_OUT_OF_RANGE', 'values_MPa.1'],
    [{ values_MPa: ['11.0', '1e1'] }, 'METHOD_NOT_A_NUMBER', 'values_MPa.1'],
    [{ values_MPa: ['11.0', '11.05'] }, 'METHOD_PRECISION', 'values_MPa.1'],
    [{ values_MPa: ['11.0', null] }, 'METHOD_MISSING', 'values_MPa.1'],
    [{ values_MPa: ['11.0'] }, 'METHOD_WRONG_COUNT', 'values_MPa'],
    [{ states: ['valid', 'invalid'] }, 'METHOD_CONFLICT', 'values_MPa.1'],
    [{ sampleNos: ['SJ-1', 'SJ-1'] }, 'METHOD_DUPLICATE_GROUP', 'sampleNos.1'],
    [{ curing: '标准养护' }, 'METHOD_UNKNOWN_FIELD', 'curing'],
  ])('%j is %s at %s', (change, code, field) => {
    expect(refusalOf(() => compute(['11.0', '11.2'], change))).toMatchObject({ code, field });
  });

  test.each([
    [{ grade: '8', groups_MPa: ['9'] }, 'METHOD_GRADE_UNKNOWN', 'grade'],
    [{ grade: 'M10', groups_MPa: ['9'] }, 'METHOD_GRADE_UNKNOWN', 'grade'],
    [{ grade: '10', groups_MPa: [] }, 'METHOD_WRONG_COUNT', 'groups_MPa'],
    [{ grade: '10', groups_MPa: ['11.0', null] }, 'METHOD_MISSING', 'groups_MPa.1'],
    [{ grade: '10' }, 'METHOD_MISSING', 'groups_MPa'],
    [{ grade: '10', groups_MPa: ['11'], n: 1 }, 'METHOD_UNKNOWN_FIELD', 'n'],
    [{ grade: '10', groups_MPa: ['11'], meanComparison: 'x' }, 'METHOD_POLICY_UNKNOWN', 'policies.meanComparison'],
  ])('the vector line %j is %s at %s', (line, code, field) => {
    expect(refusalOf(() => vector(line))).toMatchObject({ code, field });
  });
});
