import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  referenceDeviation,
  referenceEstimate,
  referenceMeanOf,
  referencePower,
  referenceStrength,
} from '../../testing/field-rebound.ts';
import { compare, multiply } from '../../testing/rational.ts';
import { refusalOf } from '../../testing/refusals.ts';
import { strengthOnCurve } from './curve.ts';
import { CURVES, NATIONAL_PUMPED, curveOf } from './data.ts';
import type { StrengthCurve } from './data.ts';
import { estimateOf, scattersTooMuch, statisticalEstimate } from './estimate.ts';
import { reboundVectors } from './vector.ts';
import { meanRebound } from './zones.ts';

const RUNS = { numRuns: 1000 };
const tenth = (value: number): string => `${Math.floor(value / 10)}.${value % 10}`;
const rebounds = fc.integer({ min: 100, max: 800 }).map(tenth);
const depths = fc.integer({ min: 0, max: 20 }).map((halves) => tenth(halves * 5));
const strengths = (minLength: number, maxLength: number): fc.Arbitrary<string[]> =>
  fc.array(fc.integer({ min: 95, max: 600 }).map(tenth), { minLength, maxLength });
const strength = (rebound: string, depth: string): string => strengthOnCurve(NATIONAL_PUMPED, rebound, depth);
/** `<10.0` and `>60.0` in their order. */
const order = (value: string): number => (value === '<10.0' ? 0 : value === '>60.0' ? 1000 : Number(value));

describe('the pumped curve', () => {
  const vector = (Rm: string, dm_mm: string) => reboundVectors['rebound-pumped-curve']?.({ Rm, dm_mm });

  test.each([
    ['35.0', '1.0', '32.8'],
    ['40.0', '0.0', '44.2'],
    ['30.0', '2.5', '22.9'],
  ])('Rm %s, dm %s is %s', (Rm, dm_mm, fcu_c) => expect(vector(Rm, dm_mm)).toEqual({ fcu_c }));

  test('every Rm from 10.0 to 80.0 with every dm agrees with a series computed on integers, none near a tie', () => {
    for (let value = 100; value <= 800; value += 1) {
      for (let halves = 0; halves <= 12; halves += 4) {
        const [rebound, depth] = [tenth(value), tenth(halves * 5)];
        expect([rebound, depth, strength(rebound, depth)]).toEqual([rebound, depth, referenceStrength(rebound, depth)]);
        // Distance to the next tie (x.x5), in hundredths: far above the error of either computation.
        const hundredths = multiply(referencePower(rebound, depth), { n: 100n, d: 1n });
        const rest = { n: hundredths.n % (10n * hundredths.d), d: hundredths.d };
        const off = compare(rest, { n: 5n, d: 1n });
        expect(off).not.toBe(0);
        const distance = { n: (rest.n - 5n * rest.d) * BigInt(off), d: rest.d };
        expect(compare(distance, { n: 1n, d: 10n ** 9n })).toBe(1);
      }
    }
  });

  test('agrees at random, and never falls with Rm nor rises with dm', () => {
    fc.assert(
      fc.property(rebounds, depths, (rebound, depth) => {
        const value = strength(rebound, depth);
        expect(value).toBe(referenceStrength(rebound, depth));
        const more = tenth(Number(rebound.replace('.', '')) + 1);
        expect(order(strength(more, depth))).toBeGreaterThanOrEqual(order(value));
        const deeper = tenth(Number(depth.replace('.', '')) + 5);
        expect(order(strength(rebound, deeper))).toBeLessThanOrEqual(order(value));
      }),
      RUNS,
    );
  });

  test('the edges of its range, and carbonation beyond 6.0 mm', () => {
    expect(['18.5', '18.6', '46.8', '46.9'].map((rebound) => strength(rebound, '0.0'))).toEqual([
      '<10.0',
      '10.0',
      '60.0',
      '>60.0',
    ]);
    expect(strength('40.0', '6.5')).toBe(strength('40.0', '6.0'));
    expect(strength('40.0', '6.0')).not.toBe(strength('40.0', '5.5'));
    expect(vector('10.0', '0.0')).toEqual({ fcu_c: '<10.0' });
    expect(vector('60.0', '0.0')).toEqual({ fcu_c: '>60.0' });
  });

  test('another curve is data: other constants, readings and range', () => {
    const local: StrengthCurve = {
      ...NATIONAL_PUMPED,
      id: 'local',
      factor: '2',
      exponent: '1',
      carbonation: '0',
      max_MPa: '80.0',
      readings: { count: 10, dropLargest: 1, dropSmallest: 1 },
    };
    expect(strengthOnCurve(local, '35.0', '2.0')).toBe('70.0');
    expect(strengthOnCurve(local, '40.1', '2.0')).toBe('>80.0');
    expect(meanRebound('10,30,30,30,30,30,30,30,31,80'.split(','), local, 'x')).toBe('30.1');
    expect(refusalOf(() => meanRebound('30,30'.split(','), local, 'x')).code).toBe('METHOD_WRONG_COUNT');
    expect(CURVES.map((curve) => curveOf(curve.id))).toEqual(CURVES);
    expect(() => curveOf('none')).toThrow(RangeError);
  });
});

describe('estimate', () => {
  const vector = (line: Record<string, unknown>) => reboundVectors['rebound-estimate']?.(line);
  const ten = (value: string, last: string): string[] => [...Array.from({ length: 9 }, () => value), last];

  test('published mean and deviation', () => {
    expect(vector({ mean: '66.5', S: '3.51' })).toEqual({ fcu_e: '60.7' });
    expect(vector({ mean_MPa: '66.5', S_MPa: '3.51' })).toEqual({ fcu_e: '60.7' });
    expect(statisticalEstimate('12.0', '1.25')).toBe('<10.0');
    expect(statisticalEstimate('2.0', '10.00')).toBe('<10.0');
  });

  test('fewer than ten zones: the smallest; from ten on m − 1.645·S', () => {
    expect(vector({ zones_MPa: ten('30.0', '20.0').slice(1) })).toEqual({ mean: '28.9', S: null, fcu_e: '20.0' });
    expect(vector({ zones_MPa: ten('30.0', '20.0') })).toEqual({ mean: '29.0', S: '3.16', fcu_e: '23.8' });
  });

  test('a zone below 10.0 decides; exactly 10.0 does not', () => {
    for (const low of ['9.9', '<10.0']) {
      expect(vector({ zones_MPa: ten('30.0', low) })).toEqual({ mean: null, S: null, fcu_e: '<10.0' });
      expect(vector({ zones_MPa: ['>60.0', low] })).toEqual({ mean: null, S: null, fcu_e: '<10.0' });
    }
    expect(vector({ zones_MPa: ['30.0', '10.0'] })).toEqual({ mean: '20.0', S: null, fcu_e: '10.0' });
  });

  test('a zone above 60.0: no mean; the smallest below ten zones, nothing from ten on', () => {
    expect(vector({ zones_MPa: ['>60.0', '55.0'] })).toEqual({ mean: null, S: null, fcu_e: '55.0' });
    expect(vector({ zones_MPa: ['>60.0', '>60.0'] })).toEqual({ mean: null, S: null, fcu_e: '>60.0' });
    expect(vector({ zones_MPa: ten('55.0', '>60.0') })).toEqual({ mean: null, S: null, fcu_e: null });
  });

  test('a batch always has m − 1.645·S, and none where it scatters too much', () => {
    expect(vector({ zones_MPa: ['30.0', '32.0'], scope: 'batch' })).toEqual({ mean: '31.0', S: '1.41', fcu_e: '28.7' });
    expect(vector({ zones_MPa: ten('30.0', '50.0'), scope: 'batch' })).toEqual({
      mean: '32.0',
      S: '6.32',
      fcu_e: null,
    });
    expect(vector({ zones_MPa: ten('30.0', '50.0'), scope: 'member' })).toMatchObject({ fcu_e: '21.6' });
    expect(refusalOf(() => vector({ zones_MPa: ['30.0'], scope: 'batch' }))).toMatchObject({
      code: 'METHOD_WRONG_COUNT',
      field: 'zones_MPa',
    });
  });

  test.each([
    ['24.9', '4.50', false],
    ['24.9', '4.51', true],
    ['25.0', '4.51', false],
    ['25.0', '5.50', false],
    ['25.0', '5.51', true],
    ['60.0', '5.51', true],
    ['60.1', '9.99', false],
  ])('a batch of mean %s and deviation %s must be split: %s', (average, deviation, split) => {
    expect(scattersTooMuch(average, deviation)).toBe(split);
  });

  test('agrees with an independent implementation in any order of the zones', () => {
    fc.assert(
      fc.property(strengths(1, 30), fc.integer({ min: 0, max: 30 }), (zones, turn) => {
        const found = estimateOf(zones, 'member');
        expect(found.estimate_MPa).toBe(referenceEstimate(zones));
        if (found.mean_MPa !== null) expect(found.mean_MPa).toBe(referenceMeanOf(zones, '0.1'));
        if (found.S_MPa !== null) expect(found.S_MPa).toBe(referenceDeviation(zones));
        const turned = [...zones.slice(turn), ...zones.slice(0, turn)].toReversed();
        expect(estimateOf(turned, 'member')).toMatchObject({ estimate_MPa: found.estimate_MPa, S_MPa: found.S_MPa });
      }),
      RUNS,
    );
  });

  test('is never above the mean; adding one to every zone adds one', () => {
    fc.assert(
      fc.property(strengths(10, 20), (zones) => {
        const higher = zones.map((zone) => tenth(Number(zone.replace('.', '')) + 10));
        const [low, high] = [estimateOf(zones, 'member'), estimateOf(higher, 'member')];
        if (low.mean_MPa === null || high.mean_MPa === null) return;
        expect(order(low.estimate_MPa ?? '')).toBeLessThanOrEqual(Number(low.mean_MPa));
        expect(high.S_MPa).toBe(low.S_MPa);
        if (low.rule !== 'statistical' || low.estimate_MPa === '<10.0') return;
        expect(high.estimate_MPa).toBe(tenth(Number((low.estimate_MPa ?? '').replace('.', '')) + 10));
      }),
      RUNS,
    );
  });
});

describe('vector lines refuse', () => {
  const sixteen = Array.from({ length: 16 }, () => '30');
  const [first, curve, estimate] = ['rebound-mean', 'rebound-pumped-curve', 'rebound-estimate'];
  test.each([
    [first, { readings: sixteen.slice(1) }, 'METHOD_WRONG_COUNT', 'readings'],
    [first, { readings: [...sixteen, '30'] }, 'METHOD_WRONG_COUNT', 'readings'],
    [first, { readings: '30' }, 'METHOD_WRONG_COUNT', 'readings'],
    [first, {}, 'METHOD_MISSING', 'readings'],
    [first, { readings: ['30.5', ...sixteen.slice(1)] }, 'METHOD_NOT_WHOLE', 'readings.0'],
    [first, { readings: ['9', ...sixteen.slice(1)] }, 'METHOD_OUT_OF_RANGE', 'readings.0'],
    [first, { readings: ['81', ...sixteen.slice(1)] }, 'METHOD_OUT_OF_RANGE', 'readings.0'],
    [first, { readings: [30, ...sixteen.slice(1)] }, 'METHOD_NOT_A_NUMBER', 'readings.0'],
    [first, { readings: sixteen, angle: '0' }, 'METHOD_UNKNOWN_FIELD', 'angle'],
    [curve, { Rm: '40.0' }, 'METHOD_MISSING', 'dm_mm'],
    [curve, { Rm: '40.05', dm_mm: '1.0' }, 'METHOD_RESOLUTION', 'Rm'],
    [curve, { Rm: '40.0', dm_mm: '1.2' }, 'METHOD_RESOLUTION', 'dm_mm'],
    [curve, { Rm: '40.0', dm_mm: '-1.0' }, 'METHOD_NEGATIVE', 'dm_mm'],
    [curve, { Rm: '0', dm_mm: '1.0' }, 'METHOD_ZERO', 'Rm'],
    [curve, { Rm: '40.0', dm_mm: '1.0', pumpedCurve: 'x' }, 'METHOD_POLICY_UNKNOWN', 'policies.pumpedCurve'],
    [estimate, { zones_MPa: [] }, 'METHOD_WRONG_COUNT', 'zones_MPa'],
    [estimate, { zones_MPa: ['30.0', '>70.0'] }, 'METHOD_NOT_A_NUMBER', 'zones_MPa.1'],
    [estimate, { zones_MPa: ['30.0', '201'] }, 'METHOD_OUT_OF_RANGE', 'zones_MPa.1'],
    [estimate, { zones_MPa: ['30.0'], mean: '30.0' }, 'METHOD_UNKNOWN_FIELD', 'mean'],
    [estimate, { zones_MPa: ['30.0'], scope: 'lot' }, 'METHOD_CHOICE_UNKNOWN', 'scope'],
    [estimate, {}, 'METHOD_MISSING', 'mean'],
    [estimate, { mean: '30.0', S: '-1' }, 'METHOD_NEGATIVE', 'S'],
  ])('%s %j', (name, line, code, field) => {
    expect(refusalOf(() => reboundVectors[name]?.(line))).toMatchObject({ code, field });
  });
});
