import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../testing/refusals.ts';
import { SIEVE_VECTORS } from './vector.ts';

const MEDIUM = ['25', '50', '100', '125', '100', '75', '25'];

describe('a vector line', () => {
  test.each([
    ['published portions', ['22.5', '52.5', '102.4', '122.6', '102.3', '72.7', '25.0'], '2.76'],
    ['published portions', ['25', '35', '90', '140', '115', '70', '25'], '2.64'],
  ])('%s: %j has the fineness modulus %s', (_, retained_g, modulus) => {
    expect(SIEVE_VECTORS['sand-sieve']?.({ retained_g, sample_g: '500' })).toMatchObject({ finenessModulus: modulus });
  });

  test.each([
    ['2.60', '2.80', 'ok', '2.7'],
    ['2.60', '2.81', 'redo', null],
    ['2.81', '2.60', 'redo', null],
    ['2.90', '3.10', 'ok', '3.0'],
    ['3.00', '3.10', 'ok', '3.0'],
  ])('mean of %s and %s: %s %s', (mx1, mx2, status, result) => {
    expect(SIEVE_VECTORS['sand-fineness-mean']?.({ mx1, mx2 })).toEqual({ status, result });
  });

  test('a portion that lost more than 1 % has no percentages, exactly 1 % has', () => {
    const lossy = { retained_g: ['25', '50', '100', '125', '100', '70', '20'], sample_g: '500' };
    expect(SIEVE_VECTORS['sand-sieve']?.(lossy)).toEqual({
      individual_percent: null,
      cumulative_percent: null,
      finenessModulus: null,
      loss_percent: '2.0',
    });
    const loss = (last: string) =>
      SIEVE_VECTORS['sand-sieve-loss']?.({ retained_g: [...MEDIUM.slice(0, 6), last], sample_g: '500' });
    expect(loss('20')).toEqual({ loss_percent: '1.0', accept: true });
    expect(loss('19.9')).toEqual({ loss_percent: '1.0', accept: false });
    expect(loss('30')).toEqual({ loss_percent: '-1.0', accept: true });
    expect(loss('30.1')).toEqual({ loss_percent: '-1.0', accept: false });
  });

  test('cumulativeBasis both ways: by sums of rounded percentages or by masses', () => {
    const line = { retained_g: ['22.3', '22.3', '100', '130', '130', '70', '25.4'], sample_g: '500' };
    const of = (change: object) => SIEVE_VECTORS['sand-sieve']?.({ ...line, ...change })?.['cumulative_percent'];
    const rounded = ['4.5', '9.0', '29.0', '55.0', '81.0', '95.0'];
    const mass = ['4.5', '8.9', '28.9', '54.9', '80.9', '94.9'];
    expect(of({})).toEqual(rounded);
    expect(of({ cumulativeBasis: 'rounded' })).toEqual(rounded);
    expect(of({ cumulativeBasis: 'mass' })).toEqual(mass);
    expect(of({ policies: { cumulativeBasis: 'mass' } })).toEqual(mass);
  });

  test.each([
    ['sand-sieve', { retained_g: MEDIUM.slice(1), sample_g: '500' }, 'METHOD_WRONG_COUNT', 'retained_g'],
    ['sand-sieve', { retained_g: [...MEDIUM, '0'], sample_g: '500' }, 'METHOD_WRONG_COUNT', 'retained_g'],
    ['sand-sieve', { retained_g: ['x', ...MEDIUM.slice(1)], sample_g: '500' }, 'METHOD_NOT_A_NUMBER', 'retained_g.0'],
    ['sand-sieve', { retained_g: MEDIUM }, 'METHOD_MISSING', 'sample_g'],
    ['sand-sieve', { retained_g: MEDIUM, sample_g: '0.5' }, 'METHOD_OUT_OF_RANGE', 'sample_g'],
    ['sand-sieve', { retained_g: MEDIUM, sample_g: '500', pan: '1' }, 'METHOD_UNKNOWN_FIELD', 'pan'],
    [
      'sand-sieve',
      { retained_g: MEDIUM, sample_g: '500', cumulativeBasis: 'x' },
      'METHOD_POLICY_UNKNOWN',
      'policies.cumulativeBasis',
    ],
    ['sand-sieve-loss', { retained_g: ['-1', ...MEDIUM.slice(1)], sample_g: '500' }, 'METHOD_NEGATIVE', 'retained_g.0'],
    ['sand-fineness-mean', { mx1: '2.7' }, 'METHOD_MISSING', 'mx2'],
    ['sand-fineness-mean', { mx1: '2.7', mx2: '27' }, 'METHOD_OUT_OF_RANGE', 'mx2'],
    ['sand-fineness-mean', { mx1: '2.7', mx2: '2,7' }, 'METHOD_NOT_A_NUMBER', 'mx2'],
    ['sand-fineness-mean', { mx1: '2.7', mx2: '2.7', policies: { x: 'y' } }, 'METHOD_POLICY_UNKNOWN', 'policies.x'],
  ])('%s refuses %j: %s at %s', (method, inputs, code, field) => {
    expect(refusalOf(() => SIEVE_VECTORS[method]?.(inputs))).toMatchObject({ code, field });
  });
});
