import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Exact } from '../foundation/decimal.ts';
import { refusalOf } from '../testing/refusals.ts';
import { divide, rational, roundRational } from '../testing/rational.ts';
import { AREAS, MASSES, refStrength } from '../testing/steel-rebar.ts';
import { CLAUSE_NOMINAL, DIAMETERS, nominalArea, nominalMass } from './nominal.ts';
import { elongationStep, roundStrength, roundStrengthValue, strengthStep } from './steelRounding.ts';

const YB = 'YB/T 081-2013';
const GB = 'GB/T 228.1-2021';
const JGJ = 'JGJ/T 27-2014';
const one = new Exact(1);
const force = fc.integer({ min: 1, max: 200_000 });
const diameter = fc.constantFrom(...DIAMETERS);

describe('steps of strength', () => {
  test.each([
    ['199.99', '1', '200'],
    ['200', '1', '200'],
    ['200.5', '5', '200'],
    ['200.0001', '5', '200'],
    ['202.5', '5', '200'],
    ['202.50001', '5', '205'],
    ['397.49', '5', '395'],
    ['397.5', '5', '400'],
    ['402.5', '5', '400'],
    ['407.5', '5', '410'],
    ['1000', '5', '1000'],
    ['1000.0001', '10', '1000'],
    ['1005', '10', '1000'],
    ['1015', '10', '1020'],
  ])('%s MPa: step %s, %s', (value, step, rounded) => {
    expect(strengthStep(new Exact(value), one, YB)).toBe(step);
    expect(roundStrengthValue(value, YB)).toBe(rounded);
  });

  test('the standard decides: φ16 at 80.0 kN is 400 or 398', () => {
    const [numerator, area] = [new Exact('80000'), new Exact('201.1')];
    expect(roundStrength(numerator, area, YB)).toBe('400');
    expect(roundStrength(numerator, area, GB)).toBe('398');
    expect(roundStrength(numerator, area, JGJ)).toBe('400');
    expect(roundStrengthValue('150.4', JGJ)).toBe('150');
    expect(roundStrengthValue('150.4', YB)).toBe('150');
    expect(roundStrengthValue('1004', JGJ)).toBe('1005');
  });

  test('agrees with an independent implementation, and never falls when the force rises', () => {
    fc.assert(
      fc.property(force, diameter, (hundredths, size) => {
        const of = (value: number, rounding: typeof YB | typeof GB) =>
          roundStrength(new Exact(value).times(10), new Exact(nominalArea(size)), rounding);
        const text = `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
        expect(of(hundredths, YB)).toBe(refStrength(text, size));
        expect(of(hundredths, GB)).toBe(refStrength(text, size, true));
        expect(Number(of(hundredths + 1, YB))).toBeGreaterThanOrEqual(Number(of(hundredths, YB)));
      }),
      { numRuns: 2000 },
    );
  });

  test('force and area scaled together change nothing', () => {
    fc.assert(
      fc.property(force, diameter, fc.integer({ min: 2, max: 1000 }), (value, size, factor) => {
        const area = new Exact(nominalArea(size));
        const numerator = new Exact(value).times(10);
        expect(roundStrength(numerator.times(factor), area.times(factor), YB)).toBe(roundStrength(numerator, area, YB));
      }),
      { numRuns: 500 },
    );
  });
});

describe('steps of elongation', () => {
  test.each([
    ['10', '0.5', '0.5'],
    ['10.0001', '1', '0.5'],
    ['9.99', '0.5', '0.5'],
    ['25', '1', '0.5'],
  ])('%s %%: %s by YB/T 081, %s by GB/T 228.1', (value, steel, plain) => {
    expect(elongationStep(new Exact(value), one, YB)).toBe(steel);
    expect(elongationStep(new Exact(value), one, GB)).toBe(plain);
  });
});

describe('nominal values', () => {
  test('are those of the table, typed twice', () => {
    expect(Object.fromEntries(DIAMETERS.map((size) => [size, nominalArea(size)]))).toEqual(AREAS);
    expect(Object.fromEntries(DIAMETERS.map((size) => [size, nominalMass(size)]))).toEqual(MASSES);
    expect(nominalArea('6.5')).toBe('33.18');
  });

  test('lie within 0.35 % of π·d²/4, and a mass within 0.7 % of its area times the density of steel', () => {
    for (const size of DIAMETERS) {
      const exact = (Math.PI * Number(size) ** 2) / 4;
      expect(Math.abs(Number(nominalArea(size)) / exact - 1)).toBeLessThan(0.0035);
      const mass = divide(rational(nominalMass(size)), rational(nominalArea(size)));
      expect(Math.abs(Number(roundRational(mass, '0.0000001')) / 0.00785 - 1)).toBeLessThan(0.007);
    }
  });

  test.each(['7', '24', '020', '20.0', '', 'toString', '-20'])('a diameter of %j is refused', (size) => {
    const at = { code: 'METHOD_DIAMETER_UNKNOWN', field: 'nominalDiameter_mm', rule: CLAUSE_NOMINAL };
    expect(refusalOf(() => nominalArea(size))).toEqual(at);
    expect(refusalOf(() => nominalMass(size))).toEqual(at);
    expect(refusalOf(() => nominalArea(size, 'd')).field).toBe('d');
  });

  test('6.5 mm has an area and no mass', () => {
    expect(refusalOf(() => nominalMass('6.5')).code).toBe('METHOD_DIAMETER_UNKNOWN');
  });
});
