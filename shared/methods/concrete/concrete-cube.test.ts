import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import concreteCube from './concrete-cube.method.ts';
import { LOADING_RATES } from './cube/data.ts';
import { cubeGroup } from './cube/group.ts';
import { singleStrength } from './cube/singles.ts';
import { concreteCubeVector } from './cube/vector.ts';
import { loadingRateWindow } from '../foundation/loadingRate.ts';
import { threeValueRule } from '../foundation/threeValueRule.ts';
import { ageTolerance } from '../method.ts';
import { compute, loadWith, stopCodes, warningCodes } from '../testing/cube.ts';
import { referenceGroup, referenceStrength, referenceTimes } from '../testing/rational.ts';
import { refusalOf } from '../testing/refusals.ts';

const CLAUSE = 'GB/T 50081-2019 5.0.5';
const tenths = (value: number): string => `${Math.floor(value / 10)}.${value % 10}`;
/** Single strengths 5.0 … 120.0, often near the 15 % edge of the first. */
const singles = fc
  .tuple(fc.integer({ min: 50, max: 1200 }), fc.integer({ min: -18, max: 18 }), fc.integer({ min: -18, max: 18 }))
  .map(([middle, up, down]) =>
    [middle, middle + Math.round((middle * up) / 100), middle + Math.round((middle * down) / 100)].map(tenths),
  );
const factor = fc.constantFrom('0.95', '1.00', '1.05');
const rule = (values: readonly string[]) => threeValueRule(values, '0.1', 'MPa', CLAUSE);

const judged = (load: string) => compute({ loads_kN: [load, load, load], judgeAgainstGrade: 'yes' });
const factorOf = (change: Record<string, unknown>) => compute({ loads_kN: ['700', '700', '700'], ...change });
const inRange = (load: string) => stopCodes({ loads_kN: [load, load, load], machineRange_kN: '2000' });
const rates = (strength: string, area: string) => {
  const { min_kN_s, max_kN_s } = loadingRateWindow(LOADING_RATES, strength, area);
  return [min_kN_s, max_kN_s];
};
const sides = (last: string) =>
  compute({
    measuredSides_mm: [
      ['150.0', '150.0'],
      ['149.0', '151.0'],
      ['150.2', last],
    ],
  });
const badForm = () => compute({ loads_kN: ['x', '-1', '800'], side_mm: '120' });
const hours = (days: number) => ageTolerance(concreteCube, days)?.toleranceHours ?? null;

describe('the 15 % rule', () => {
  test.each([
    [['34.0', '40.0', '46.0'], 'mean', '40.0'],
    [['34.0', '40.0', '46.1'], 'middle', '40.0'],
    [['33.9', '40.0', '46.0'], 'middle', '40.0'],
    [['33.9', '40.0', '46.1'], 'invalid', null],
    [['22.0', '22.0', '25.3'], 'mean', '23.1'],
    [['22.0', '22.0', '25.4'], 'middle', '22.0'],
    [['40.0', '40.0', '40.0'], 'mean', '40.0'],
    [['42.3', '47.6', '54.9'], 'middle', '47.6'],
  ])('%j is %s %s', (values, expectedRule, value) => {
    expect(rule(values)).toMatchObject({ rule: expectedRule, value });
  });

  test('exactly 15 % keeps the mean, one tenth more does not, for every middle value that can hit the edge', () => {
    for (let middle = 20; middle <= 1200; middle += 20) {
      const edge = (middle * 23) / 20;
      expect(rule([tenths(middle), tenths(middle), tenths(edge)]).rule).toBe('mean');
      expect(rule([tenths(middle), tenths(middle), tenths(edge + 1)]).rule).toBe('middle');
      const low = (middle * 17) / 20;
      expect(rule([tenths(low), tenths(middle), tenths(edge)]).rule).toBe('mean');
      expect(rule([tenths(low - 1), tenths(middle), tenths(edge + 1)])).toMatchObject({ rule: 'invalid', value: null });
    }
  });

  test('agrees with an independent implementation in both orders of the factor', () => {
    fc.assert(
      fc.property(singles, factor, (values, size) => {
        const group = referenceGroup(values, '0.1');
        const groupFirst = cubeGroup(values, size, 'group-first');
        expect([groupFirst.rule, groupFirst.groupBeforeFactor_MPa]).toEqual([group.rule, group.value]);
        expect(groupFirst.groupValue_MPa).toBe(group.value === null ? null : referenceTimes(group.value, size, '0.1'));
        const factored = values.map((value) => referenceTimes(value, size, '0.1'));
        const single = referenceGroup(factored, '0.1');
        const singleFirst = cubeGroup(values, size, 'single-first');
        expect([singleFirst.rule, singleFirst.groupValue_MPa]).toEqual([single.rule, single.value]);
      }),
      { numRuns: 3000 },
    );
  });

  test('does not depend on the order of the specimens', () => {
    fc.assert(
      fc.property(singles, fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), factor, (values, order, size) => {
        const shuffled = order.map((index) => values[index] ?? '');
        for (const policy of ['group-first', 'single-first'] as const) {
          const [a, b] = [cubeGroup(values, size, policy), cubeGroup(shuffled, size, policy)];
          expect([b.rule, b.groupValue_MPa]).toEqual([a.rule, a.groupValue_MPa]);
        }
      }),
    );
  });

  test('scaling by ten keeps the rule', () => {
    fc.assert(
      fc.property(singles, (values) => {
        const tenfold = values.map((value) => `${value.replace('.', '').replace(/^0+(?=\d)/, '')}.0`);
        const [small, large] = [rule(values), threeValueRule(tenfold, '1', 'MPa', CLAUSE)];
        expect(large.rule).toBe(small.rule);
        if (small.value !== null) expect(large.value).toBe(small.value.replace('.', ''));
      }),
    );
  });

  test('raising all three together never lowers the value while the rule stays the same', () => {
    fc.assert(
      fc.property(singles, fc.integer({ min: 0, max: 50 }), (values, raise) => {
        const raised = values.map((value) => tenths(Number(value.replace('.', '')) + raise));
        const [before, after] = [rule(values), rule(raised)];
        if (before.value !== null && after.value !== null && before.rule === after.rule) {
          expect(Number(after.value)).toBeGreaterThanOrEqual(Number(before.value));
        }
      }),
    );
  });

  test('a number stands in the outputs exactly when the group is valid, and lies between min and max', () => {
    fc.assert(
      fc.property(singles, (values) => {
        const { rule: decided, value } = rule(values);
        expect(value === null).toBe(decided === 'invalid');
        if (value === null) return;
        const numbers = values.map(Number);
        expect(Number(value)).toBeGreaterThanOrEqual(Math.min(...numbers));
        expect(Number(value)).toBeLessThanOrEqual(Math.max(...numbers));
      }),
    );
  });
});

describe('single strength', () => {
  test.each([
    ['420', '100', '42.0'],
    ['356', '150', '15.8'],
    ['1295.0', '150', '57.6'],
    ['1180.0', '200', '29.5'],
    ['0', '150', '0.0'],
    ['420.5', '100', '42.0'],
    ['421.5', '100', '42.2'],
  ])('%s kN on %s mm is %s MPa', (load, side, expected) => {
    expect(singleStrength(load, side)).toBe(expected);
  });

  test('agrees with an independent implementation and never falls when the load rises', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30_000 }), fc.constantFrom('100', '150', '200'), (load, side) => {
        const strength = singleStrength(tenths(load), side);
        expect(strength).toBe(referenceStrength(tenths(load), side));
        expect(Number(singleStrength(tenths(load + 1), side))).toBeGreaterThanOrEqual(Number(strength));
      }),
      { numRuns: 2000 },
    );
  });

  test('refuses a load or side that is none', () => {
    expect(refusalOf(() => singleStrength('-1', '150')).code).toBe('METHOD_NEGATIVE');
    expect(refusalOf(() => singleStrength('1', '0')).code).toBe('METHOD_SIZE_UNKNOWN');
    expect(refusalOf(() => singleStrength('OL', '150'))).toEqual({
      code: 'METHOD_NOT_A_NUMBER',
      field: 'load_kN',
      rule: CLAUSE,
    });
  });
});

describe('a vector line', () => {
  const line = (change: Record<string, unknown>) =>
    concreteCubeVector({ side_mm: '150', loads_kN: ['800.0', '820.0', '810.0'], ...change });

  test('loads and strengths given together must agree', () => {
    expect(line({ single_MPa: ['35.6', '36.4', '36.0'] })['single_MPa']).toEqual(['35.6', '36.4', '36.0']);
    expect(refusalOf(() => line({ single_MPa: ['35.6', '36.4', '36.1'] }))).toMatchObject({
      code: 'METHOD_CONFLICT',
      field: 'single_MPa.2',
    });
  });

  test.each(['250.1', '0.04'])('a strength of %s is refused', (single) => {
    expect(refusalOf(() => line({ loads_kN: undefined, single_MPa: [single, '40', '40'] }))).toMatchObject({
      code: 'METHOD_OUT_OF_RANGE',
      field: 'single_MPa.0',
    });
  });
});

describe('compute', () => {
  test('explains every step with clause', () => {
    const answer = compute({ side_mm: '100', loads_kN: ['420', '450', '550'], designGrade: 'C40' });
    expect(answer.outputs).toMatchObject({
      single_MPa: ['42.0', '45.0', '55.0'],
      sizeFactor: '0.95',
      rule: 'middle',
      groupBeforeFactor_MPa: '45.0',
      groupValue_MPa: '42.8',
      percentOfGrade: '107',
    });
    expect(answer.policies).toEqual({ factorOrder: 'group-first' });
    expect(answer.edition.test).toBe('GB/T 50081-2019');
    expect(answer.trace.every((step) => step.clause !== '' && step.rule !== '')).toBe(true);
    expect(answer.trace.map((step) => step.substituted)).toEqual(
      expect.arrayContaining(['420 × 1000 / 10000', '0.15 × 45.0', '55.0 − 45.0', '45.0 × 0.95']),
    );
    expect(answer.verdict).toBe('not-judged');
    expect(answer.result.text).toBe('该组试件抗压强度代表值为 42.8 MPa，达到设计强度等级 C40 的 107%。');
  });

  test('an invalid group has no number anywhere and is never a pass', () => {
    const answer = compute({ loads_kN: ['356', '436', '519'], judgeAgainstGrade: 'yes', designGrade: 'C15' });
    expect(answer.outputs).toMatchObject({
      rule: 'invalid',
      groupBeforeFactor_MPa: null,
      groupValue_MPa: null,
      percentOfGrade: null,
    });
    expect(answer.result).toMatchObject({
      valid: false,
      text: '该组试件试验结果无效。',
      parameters: [{ value: null, verdict: 'not-judged' }],
    });
    expect(answer.verdict).toBe('not-judged');
    expect(answer.warnings.map((warning) => warning.code)).toContain('CONCRETE_GROUP_INVALID');
    expect(answer.trace.at(-1)?.value).toBeNull();
  });

  test('below grade: a warning to the supervisor, the words 不合格 only in the ledger, no verdict of its own', () => {
    const answer = compute({ loads_kN: ['600', '605', '610'] });
    const warning = answer.warnings.find((candidate) => candidate.code === 'CONCRETE_BELOW_GRADE');
    expect(warning).toMatchObject({ notify: 'supervisor' });
    expect(warning?.message).toContain('该组试件抗压强度代表值为 26.9 MPa');
    expect(answer.verdict).toBe('not-judged');
    expect(answer.result.text).not.toContain('不合格');
    expect(answer.result.parameters[0]).toMatchObject({ requirement: null, verdict: 'not-judged' });
  });

  test('judges only where the commission asks, and exactly at the grade it qualifies', () => {
    expect(judged('675').verdict).toBe('qualified');
    expect(judged('675').outputs.groupValue_MPa).toBe('30.0');
    expect(judged('672').verdict).toBe('unqualified');
    expect(judged('672').result.parameters[0]?.requirement).toBe('≥30 MPa（C30）');
  });

  test('policy single-first changes the figures and stands in the answer', () => {
    const change = { side_mm: '100', loads_kN: ['369', '371', '426'], designGrade: 'C35' };
    expect(compute(change).outputs.groupValue_MPa).toBe('37.0');
    const other = compute(change, { factorOrder: 'single-first' });
    expect(other.outputs).toMatchObject({
      rule: 'middle',
      groupValue_MPa: '35.2',
      singleAfterFactor_MPa: ['35.1', '35.2', '40.5'],
    });
    expect(other.policies).toEqual({ factorOrder: 'single-first' });
    expect(refusalOf(() => compute({}, { factorOrder: 'both' })).code).toBe('METHOD_POLICY_UNKNOWN');
    expect(refusalOf(() => compute({}, { order: 'x' })).code).toBe('METHOD_POLICY_UNKNOWN');
  });

  test('size factors: tabled below C60, warned at 100 mm up to C100, refused where a test is needed', () => {
    expect(factorOf({ side_mm: '200', loads_kN: ['1200', '1240', '1180'] }).outputs.sizeFactor).toBe('1.05');
    expect(factorOf({ side_mm: '100', designGrade: 'C55' }).warnings.map((w) => w.code)).not.toContain(
      'CONCRETE_HIGH_STRENGTH_FACTOR',
    );
    for (const designGrade of ['C60', 'C100']) {
      const answer = factorOf({ side_mm: '100', designGrade });
      expect(answer.outputs.sizeFactor).toBe('0.95');
      expect(answer.warnings.map((warning) => warning.code)).toContain('CONCRETE_HIGH_STRENGTH_FACTOR');
    }
    for (const change of [
      { side_mm: '200', designGrade: 'C60' },
      { side_mm: '100', designGrade: 'C105' },
    ]) {
      expect(refusalOf(() => factorOf(change))).toMatchObject({ code: 'METHOD_SIZE_FACTOR_UNKNOWN', rule: CLAUSE });
    }
    const tested = factorOf({
      side_mm: '100',
      designGrade: 'C105',
      testedSizeFactor: '0.93',
      sizeFactorEvidence: '对比试验 2026-07',
    });
    expect(tested.outputs).toMatchObject({ sizeFactor: '0.93', sizeFactorBasis: '对比试验：对比试验 2026-07' });
    expect(refusalOf(() => factorOf({ side_mm: '100', designGrade: undefined }))).toMatchObject({
      code: 'METHOD_MISSING',
      field: 'designGrade',
    });
    expect(factorOf({ designGrade: undefined }).outputs).toMatchObject({ sizeFactor: '1.00', percentOfGrade: null });
  });

  test('20–80 % of the range: the edges are inside', () => {
    expect(inRange('400')).toEqual([]);
    expect(inRange('1600')).toEqual([]);
    expect(inRange('399.9')).toEqual(['STOP_MACHINE_RANGE', 'STOP_MACHINE_RANGE', 'STOP_MACHINE_RANGE']);
    expect(warningCodes({ loads_kN: ['1600.1', '1590', '1590'], machineRange_kN: '2000' })).toContain(
      'MACHINE_RANGE_HIGH',
    );
    expect(refusalOf(() => inRange('2000.1'))).toMatchObject({ code: 'METHOD_OVER_RANGE', field: 'loads_kN.0' });
  });

  test('loading rate: windows in both units, a stop outside, and another class of strength', () => {
    expect(rates('29.9', '22500')).toEqual(['6.75', '11.25']);
    expect(rates('30', '22500')).toEqual(['11.25', '18']);
    expect(rates('60', '10000')).toEqual(['8', '10']);
    expect(rates('30', '40000')).toEqual(['20', '32']);
    expect(stopCodes({ loadingRates_kN_s: ['11.25', '15', '18'] })).toEqual([]);
    expect(stopCodes({ loadingRates_kN_s: ['11.24', '15', '18.01'] })).toEqual([
      'STOP_LOADING_RATE',
      'STOP_LOADING_RATE',
    ]);
    expect(warningCodes({ loads_kN: ['660', '680', '690'] })).toEqual(['CONCRETE_LOADING_CLASS']);
  });

  test('measured sides within 1 mm use the nominal area, beyond are refused', () => {
    expect(sides('149.5').outputs.area_mm2).toBe('22500');
    expect(refusalOf(() => sides('151.1'))).toMatchObject({
      code: 'METHOD_SIZE_TOLERANCE',
      field: 'measuredSides_mm.2.1',
    });
  });

  test('ages: tabled ones, every age from 84 days on, none guessed between', () => {
    expect([3, 7, 28, 84, 90, 180].map(hours)).toEqual([2, 6, 20, 48, 48, 48]);
    expect([1, 14, 56, 60, 83].map(hours)).toEqual([null, null, null, null, null]);
  });
});

describe('bad readings are refused with field, rule and clause', () => {
  test.each([
    [undefined, 'METHOD_MISSING'],
    [null, 'METHOD_MISSING'],
    ['', 'METHOD_MISSING'],
    ['0', 'METHOD_ZERO'],
    ['0.0', 'METHOD_ZERO'],
    ['-0', 'METHOD_ZERO'],
    ['-800', 'METHOD_NEGATIVE'],
    ['1e3', 'METHOD_NOT_A_NUMBER'],
    ['12,3', 'METHOD_NOT_A_NUMBER'],
    [' 35', 'METHOD_NOT_A_NUMBER'],
    ['+800', 'METHOD_NOT_A_NUMBER'],
    ['+', 'METHOD_NOT_A_NUMBER'],
    ['８００', 'METHOD_NOT_A_NUMBER'],
    ['800kN', 'METHOD_NOT_A_NUMBER'],
    [800, 'METHOD_NOT_A_NUMBER'],
    ['10000.1', 'METHOD_OUT_OF_RANGE'],
    ['5700', 'METHOD_OUT_OF_RANGE'],
    ['0.1', 'METHOD_OUT_OF_RANGE'],
  ])('a load of %j is %s', (load, code) => {
    expect(refusalOf(loadWith(load))).toEqual({ code, field: 'loads_kN.2', rule: CLAUSE });
  });

  test.each([
    [{ loads_kN: ['800', '810'] }, 'METHOD_WRONG_COUNT', 'loads_kN'],
    [{ loads_kN: ['800', '810', '820', '830'] }, 'METHOD_WRONG_COUNT', 'loads_kN'],
    [{ loads_kN: '800' }, 'METHOD_WRONG_COUNT', 'loads_kN'],
    [{ loads_kN: undefined }, 'METHOD_MISSING', 'loads_kN'],
    [{ side_mm: undefined }, 'METHOD_MISSING', 'side_mm'],
    [{ side_mm: '120' }, 'METHOD_SIZE_UNKNOWN', 'side_mm'],
    [{ side_mm: '150.0' }, 'METHOD_SIZE_UNKNOWN', 'side_mm'],
    [{ designGrade: 'C33' }, 'METHOD_GRADE_UNKNOWN', 'designGrade'],
    [{ designGrade: 'M30' }, 'METHOD_GRADE_UNKNOWN', 'designGrade'],
    [{ designGrade: '30' }, 'METHOD_GRADE_UNKNOWN', 'designGrade'],
    [{ machineRange_kN: '-1' }, 'METHOD_NEGATIVE', 'machineRange_kN'],
    [{ designGrade: undefined, judgeAgainstGrade: 'yes' }, 'METHOD_MISSING', 'designGrade'],
    [{ testedSizeFactor: '0.95', sizeFactorEvidence: ' ' }, 'METHOD_MISSING', 'sizeFactorEvidence'],
    [{ testedSizeFactor: '0.95' }, 'METHOD_MISSING', 'sizeFactorEvidence'],
    [{ force: '1' }, 'METHOD_UNKNOWN_FIELD', 'force'],
  ])('%j is %s at %s', (change, code, field) => {
    expect(refusalOf(() => compute(change))).toMatchObject({ code, field });
  });

  test('every fault of a form is listed at once', () => {
    expect(badForm).toThrow(/试件 1 破坏荷载.*试件 2 破坏荷载/u);
    expect(badForm).toThrow(/公称边长/u);
  });

  test('no string whatever makes it throw anything but a refusal, or print a number for nonsense', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789.-+e ,'.split('')) })),
        (text) => {
          try {
            expect(loadWith(text)().outputs.single_MPa[2]).toMatch(/^\d+\.\d$/);
            expect(text).toMatch(/^(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/);
          } catch (error) {
            expect(error).toHaveProperty('info.code');
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
