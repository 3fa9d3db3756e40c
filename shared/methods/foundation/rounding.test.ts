import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meetsFullValue, meetsRoundedValue } from './limits.ts';
import { round, roundReported } from './rounding.ts';
import { rational, roundRational } from '../testing/rational.ts';
import { refusalOf } from '../testing/refusals.ts';

const STEPS = ['0.001', '0.01', '0.1', '0.2', '0.5', '1', '2', '5', '10', '20', '100', '1000'];
const step = fc.constantFrom(...STEPS);
/** Plain decimals, biased to ties: many end in 5 right behind a kept digit. */
const decimal = fc
  .tuple(fc.bigInt(-10_000_000n, 10_000_000n), fc.integer({ min: 0, max: 6 }), fc.boolean())
  .map(([mantissa, places, tie]) => {
    const magnitude = mantissa < 0n ? -mantissa : mantissa;
    const digits = (tie ? magnitude * 10n + 5n : magnitude).toString().padStart(places + 1, '0');
    const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
    return mantissa < 0n ? `-${text}` : text;
  });

describe('round, GB/T 8170-2008', () => {
  test.each([
    ['12.1498', '1', '12'],
    ['12.1498', '0.1', '12.1'],
    ['1268', '100', '1300'],
    ['10.5002', '1', '11'],
    ['1.050', '0.1', '1.0'],
    ['0.35', '0.1', '0.4'],
    ['2500', '1000', '2000'],
    ['3500', '1000', '4000'],
    ['-0.0365', '0.001', '-0.036'],
    ['-355', '10', '-360'],
    ['-325', '10', '-320'],
    ['60.25', '0.5', '60.0'],
    ['60.38', '0.5', '60.5'],
    ['-60.75', '0.5', '-61.0'],
    ['63.37', '5', '65'],
    ['830', '20', '840'],
    ['842', '20', '840'],
    ['-930', '20', '-920'],
    ['0', '0.1', '0.0'],
  ])('%s to %s is %s', (value, interval, expected) => {
    expect(round(value, interval)).toBe(expected);
  });

  test('a negative value that rounds to zero prints no minus sign', () => {
    expect([round('-0.04', '0.1'), round('-0', '0.1'), round('-0.5', '1')]).toEqual(['0.0', '0.0', '0']);
  });

  test('rounds once: 15.4546 is 15, not 16 by 15.5', () => {
    expect(round('15.4546', '1')).toBe('15');
    expect(round(round(round(round('15.4546', '0.001'), '0.01'), '0.1'), '1')).toBe('16');
  });

  test('stays exact with forty characters', () => {
    expect(round('0.50000000000000000000000000000000000001', '1')).toBe('1');
    expect(round('99999999999999999999999999999999999999.5', '1')).toBe('100000000000000000000000000000000000000');
  });

  test('agrees with an independent implementation on BigInt rationals', () => {
    fc.assert(
      fc.property(decimal, step, (value, interval) => {
        expect(round(value, interval)).toBe(roundRational(rational(value), interval));
      }),
      { numRuns: 3000 },
    );
  });

  test('is idempotent, odd, and monotone', () => {
    fc.assert(
      fc.property(decimal, decimal, step, (a, b, interval) => {
        const rounded = round(a, interval);
        expect(round(rounded, interval)).toBe(rounded);
        const negated = a.startsWith('-') ? a.slice(1) : `-${a}`;
        expect(Number(round(negated, interval))).toBe(-Number(rounded) + 0);
        const [low, high] = Number(a) <= Number(b) ? [a, b] : [b, a];
        expect(Number(round(low, interval))).toBeLessThanOrEqual(Number(round(high, interval)));
      }),
      { numRuns: 500 },
    );
  });

  test('scaling value and step by ten scales the result by ten', () => {
    fc.assert(
      fc.property(fc.integer({ min: -999_999, max: 999_999 }), fc.constantFrom('1', '5', '20'), (value, interval) => {
        expect(round(`${value}0`.replace(/^(-?)0+(?=\d)/, '$1'), `${interval}0`)).toBe(
          Number(round(String(value), interval)) === 0 ? '0' : `${round(String(value), interval)}0`,
        );
      }),
    );
  });

  test.each([
    ['', 'METHOD_MISSING'],
    [undefined, 'METHOD_MISSING'],
    [null, 'METHOD_MISSING'],
    ['1e3', 'METHOD_NOT_A_NUMBER'],
    ['12,3', 'METHOD_NOT_A_NUMBER'],
    [' 35', 'METHOD_NOT_A_NUMBER'],
    ['35 ', 'METHOD_NOT_A_NUMBER'],
    ['35\n', 'METHOD_NOT_A_NUMBER'],
    ['+35', 'METHOD_NOT_A_NUMBER'],
    ['３５', 'METHOD_NOT_A_NUMBER'],
    ['.5', 'METHOD_NOT_A_NUMBER'],
    ['5.', 'METHOD_NOT_A_NUMBER'],
    ['--5', 'METHOD_NOT_A_NUMBER'],
    ['0x10', 'METHOD_NOT_A_NUMBER'],
    ['NaN', 'METHOD_NOT_A_NUMBER'],
    ['Infinity', 'METHOD_NOT_A_NUMBER'],
    ['007', 'METHOD_NOT_A_NUMBER'],
    [35, 'METHOD_NOT_A_NUMBER'],
    [['35'], 'METHOD_NOT_A_NUMBER'],
    ['9'.repeat(41), 'METHOD_TOO_LONG'],
  ])('refuses the value %j as %s', (value, code) => {
    expect(refusalOf(() => round(value as string, '1'))).toMatchObject({ code, field: 'value' });
  });

  test.each([
    ['0', 'METHOD_STEP_INVALID'],
    ['-1', 'METHOD_STEP_INVALID'],
    ['', 'METHOD_MISSING'],
    ['abc', 'METHOD_NOT_A_NUMBER'],
  ])('refuses the step %j as %s', (interval, code) => {
    expect(refusalOf(() => round('1', interval))).toMatchObject({ code, field: 'step' });
  });
});

describe('roundReported, GB/T 8170-2008 3.3.2', () => {
  test.each([
    ['15.5', '-', '15'],
    ['15.5', undefined, '16'],
    ['16.5', '+', '17'],
    ['-16.5', '+', '-17'],
    ['-15.5', '-', '-15'],
    ['17.5', undefined, '18'],
    ['15.4', '+', '15'],
    ['15.6', '-', '16'],
    ['15', '-', '15'],
    ['15', '+', '15'],
  ] as const)('%s(%s) is %s', (reported, flag, expected) => {
    expect(roundReported(reported, flag, '1')).toBe(expected);
  });

  test('the mark decides ties only', () => {
    fc.assert(
      fc.property(decimal, step, (value, interval) => {
        const [drop, even, carry] = (['-', undefined, '+'] as const).map((flag) =>
          roundReported(value, flag, interval),
        );
        expect([drop, carry]).toContain(even);
      }),
    );
  });

  test('refuses a mark it does not know', () => {
    expect(refusalOf(() => roundReported('15.5', '＋' as '+', '1'))).toMatchObject({
      code: 'METHOD_FLAG_INVALID',
      field: 'flag',
    });
  });
});

describe('limit comparison, GB/T 8170-2008 4.3', () => {
  test('the limit itself meets, one digit less does not', () => {
    expect(meetsFullValue('97.0', { min: '97.0' })).toBe(true);
    expect(meetsFullValue('96.9999', { min: '97.0' })).toBe(false);
    expect(meetsFullValue('0.5', { max: '0.5' })).toBe(true);
    expect(meetsFullValue('0.50001', { max: '0.5' })).toBe(false);
  });

  test('a value exactly on the limit is decided by its mark', () => {
    expect(meetsFullValue('97.0', { min: '97.0' }, '-')).toBe(false);
    expect(meetsFullValue('97.0', { min: '97.0' }, '+')).toBe(true);
    expect(meetsFullValue('0.5', { max: '0.5' }, '+')).toBe(false);
    expect(meetsFullValue('0.5', { max: '0.5' }, '-')).toBe(true);
  });

  test('the published diameter example: 9.85 is a tie and drops to 9.8', () => {
    expect(meetsRoundedValue('9.85', { min: '9.9', max: '10.1' }, '0.1')).toEqual({
      roundedValue: '9.8',
      meets: false,
    });
  });

  test('full value is the stricter method wherever the limit is a multiple of the step', () => {
    fc.assert(
      fc.property(decimal, fc.integer({ min: -9999, max: 9999 }), (value, limit) => {
        const limits = { min: String(limit) };
        if (meetsFullValue(value, limits)) expect(meetsRoundedValue(value, limits, '1').meets).toBe(true);
      }),
    );
  });

  test.each([
    [{}, 'METHOD_LIMIT_MISSING'],
    [{ min: null, max: null }, 'METHOD_LIMIT_MISSING'],
    [{ min: '2', max: '1' }, 'METHOD_LIMIT_INVALID'],
    [{ min: 'x' }, 'METHOD_NOT_A_NUMBER'],
  ])('refuses limits %j as %s', (limits, code) => {
    expect(refusalOf(() => meetsFullValue('1', limits))).toMatchObject({ code, rule: 'GB/T 8170-2008 4.3' });
  });
});
