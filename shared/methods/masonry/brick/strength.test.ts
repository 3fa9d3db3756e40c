import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  REFERENCE_BRICKS,
  referenceAverage,
  referenceCharacteristic,
  referenceDeviation,
  referenceGrade,
} from '../../testing/masonry-reference.ts';
import { refusalOf } from '../../testing/refusals.ts';
import { gradeOf } from '../grade.ts';
import { BRICK_GRADES, CHARACTERISTIC, CURRENT, OLD } from './data.ts';
import { brickStrength } from './strength.ts';
import { BRICK_VECTORS } from './vector.ts';

const ten = <T>(value: T): T[] => Array.from({ length: 10 }, () => value);
const withFirst = <T>(list: readonly T[], first: unknown): unknown[] => [first, ...list.slice(1)];
const LOADS = ['254', '270', '218', '183', '238', '259', '151', '280', '220', '254'];
const SINGLES = ['18.41', '19.57', '15.80', '13.26', '17.25', '18.77', '10.94', '20.29', '15.94', '18.41'];
const ruleOf = (edition: string) => {
  const rule = CHARACTERISTIC[edition];
  if (rule === undefined) throw new Error(edition);
  return rule;
};
const hundredths = (value: number): string => `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`;
const singles = fc
  .tuple(
    fc.integer({ min: 800, max: 4000 }),
    fc.array(fc.integer({ min: -700, max: 700 }), { minLength: 10, maxLength: 10 }),
  )
  .map(([middle, off]) => off.map((each) => hundredths(middle + each)));

describe('a vector line', () => {
  const line = (inputs: Record<string, unknown>) => BRICK_VECTORS['fired-brick-strength']?.(inputs);
  const expected = { mean: '16.9', S: '2.94', fk: '11.5', grade: 'MU15' };

  test('loads and area, or strengths alone', () => {
    expect(line({ loads_kN: LOADS, area_mm2: '13800' })).toEqual(expected);
    expect(line({ single_MPa: SINGLES })).toEqual(expected);
    expect(line({ single_MPa: SINGLES, loads_kN: LOADS })).toEqual(expected);
  });

  test('fk decides where the mean alone would give a higher grade', () => {
    const wide = ['27.5', '25.5', '13.5', '14.5', '15.5', '26.5', '20.5', '21.5', '18.5', '19.5'];
    expect(line({ single_MPa: wide })).toEqual({ mean: '20.3', S: '5.01', fk: '11.1', grade: 'MU15' });
    expect(line({ single_MPa: ten('8.00') })).toEqual({ mean: '8.0', S: '0.00', fk: '8.0', grade: null });
  });

  test.each([
    [{}, 'METHOD_MISSING', 'loads_kN'],
    [{ loads_kN: LOADS }, 'METHOD_MISSING', 'area_mm2'],
    [{ area_mm2: '13800' }, 'METHOD_MISSING', 'loads_kN'],
    [{ area_mm2: '13800', single_MPa: SINGLES }, 'METHOD_MISSING', 'loads_kN'],
    [{ loads_kN: LOADS.slice(1), area_mm2: '13800' }, 'METHOD_WRONG_COUNT', 'loads_kN'],
    [{ loads_kN: [...LOADS, '250'], area_mm2: '13800' }, 'METHOD_WRONG_COUNT', 'loads_kN'],
    [{ loads_kN: withFirst(LOADS, '2,54'), area_mm2: '13800' }, 'METHOD_NOT_A_NUMBER', 'loads_kN.0'],
    [{ loads_kN: withFirst(LOADS, '-254'), area_mm2: '13800' }, 'METHOD_NEGATIVE', 'loads_kN.0'],
    [{ loads_kN: withFirst(LOADS, '2540'), area_mm2: '13800' }, 'METHOD_OUT_OF_RANGE', 'loads_kN.0'],
    [{ loads_kN: LOADS, area_mm2: '138' }, 'METHOD_OUT_OF_RANGE', 'area_mm2'],
    [
      { loads_kN: LOADS, area_mm2: '13800', single_MPa: withFirst(SINGLES, '18.40') },
      'METHOD_CONFLICT',
      'single_MPa.0',
    ],
    [{ single_MPa: withFirst(SINGLES, '0.04') }, 'METHOD_OUT_OF_RANGE', 'single_MPa.0'],
    [{ single_MPa: withFirst(SINGLES, '150.1') }, 'METHOD_OUT_OF_RANGE', 'single_MPa.0'],
    [{ single_MPa: SINGLES, n: '10' }, 'METHOD_UNKNOWN_FIELD', 'n'],
    [{ single_MPa: SINGLES, policies: { x: 'y' } }, 'METHOD_POLICY_UNKNOWN', 'policies.x'],
  ])('%j is %s at %s', (inputs, code, field) => {
    expect(refusalOf(() => line(inputs))).toMatchObject({ code, field });
  });
});

describe('ten single strengths', () => {
  test('agree with an independent implementation under both editions', () => {
    fc.assert(
      fc.property(singles, fc.constantFrom(CURRENT, OLD), (values, edition) => {
        const rule = ruleOf(edition);
        const { mean_MPa: mean, S_MPa: deviation, fk_MPa: fk } = brickStrength(values, rule);
        expect([mean, deviation]).toEqual([referenceAverage(values), referenceDeviation(values)]);
        const expected = referenceCharacteristic(mean, deviation, rule.factor);
        if (fk !== null) expect(fk).toBe(expected);
        if (edition === CURRENT) {
          expect(fk).toBe(expected);
          expect(gradeOf(BRICK_GRADES, { mean, second: expected })).toBe(
            referenceGrade(REFERENCE_BRICKS, mean, expected),
          );
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('the order of the bricks does not matter', () => {
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], { minLength: 10 });
    fc.assert(
      fc.property(singles, order, (values, places) => {
        const figures = (list: readonly string[]) => ({ ...brickStrength(list, ruleOf(CURRENT)), trace: [] });
        expect(figures(places.map((place) => values[place] ?? ''))).toEqual(figures(values));
      }),
      { numRuns: 500 },
    );
  });

  test('raising all together by an even number of tenths raises mean and fk by as much and leaves S', () => {
    fc.assert(
      fc.property(singles, fc.integer({ min: 1, max: 150 }), (values, raise) => {
        const before = brickStrength(values, ruleOf(CURRENT));
        const after = brickStrength(
          values.map((value) => hundredths(Number(value.replace('.', '')) + raise * 20)),
          ruleOf(CURRENT),
        );
        const inTenths = (text: string | null) => Math.round(Number(text) * 10);
        expect(after.S_MPa).toBe(before.S_MPa);
        expect(inTenths(after.mean_MPa) - inTenths(before.mean_MPa)).toBe(raise * 2);
        expect(inTenths(after.fk_MPa) - inTenths(before.fk_MPa)).toBe(raise * 2);
      }),
      { numRuns: 500 },
    );
  });

  test('ten times the strengths are ten times the deviation, within its rounding', () => {
    fc.assert(
      fc.property(singles, (values) => {
        const tenfold = values.map((value) => `${value.replace('.', '').slice(0, -1)}.${value.slice(-1)}`);
        const [small, large] = [values, tenfold].map((list) => Number(brickStrength(list, ruleOf(CURRENT)).S_MPa));
        expect(Math.abs((large ?? 0) - (small ?? 0) * 10)).toBeLessThan(0.056);
      }),
      { numRuns: 500 },
    );
  });

  test('equal bricks have S 0.00 and fk equal to the mean', () => {
    expect(brickStrength(ten('15.00'), ruleOf(CURRENT))).toMatchObject({
      mean_MPa: '15.0',
      S_MPa: '0.00',
      fk_MPa: '15.0',
    });
  });
});

describe('grades', () => {
  test.each([
    ['30.0', '22.0', 'MU30'],
    ['29.9', '22.0', 'MU25'],
    ['30.0', '21.9', 'MU25'],
    ['25.0', '18.0', 'MU25'],
    ['24.9', '18.0', 'MU20'],
    ['25.0', '17.9', 'MU20'],
    ['20.0', '14.0', 'MU20'],
    ['19.9', '14.0', 'MU15'],
    ['20.0', '13.9', 'MU15'],
    ['15.0', '10.0', 'MU15'],
    ['14.9', '10.0', 'MU10'],
    ['15.0', '9.9', 'MU10'],
    ['10.0', '6.5', 'MU10'],
    ['9.9', '6.5', null],
    ['10.0', '6.4', null],
    ['50.0', '-0.4', null],
  ])('mean %s and fk %s is %s', (mean, second, grade) => {
    expect(gradeOf(BRICK_GRADES, { mean, second })).toBe(grade);
  });
});
