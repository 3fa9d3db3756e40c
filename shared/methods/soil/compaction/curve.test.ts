import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compactionPeak } from './curve.ts';
import type { CurveFitting, CurvePoint } from './curve.ts';
import { compactionCurveVector } from './vector.ts';
import { add, rational, roundRational } from '../../testing/rational.ts';
import { refusalOf } from '../../testing/refusals.ts';
import { referenceFit, referenceParabola, referencePeak } from '../../testing/soil-reference.ts';
import { hundredths, tenths } from '../../testing/soil-samples.ts';

const FITTINGS = ['parabola-top-3', 'cubic-least-squares', 'quartic-least-squares'] as const;
const fitting = fc.constantFrom(...FITTINGS);
const points = (rows: readonly (readonly [string, string])[]): CurvePoint[] =>
  rows.map(([moisture, density]) => ({ moisture, density }));
const peakOf = (rows: readonly CurvePoint[], fit: CurveFitting) => {
  const { optimumMoisture, maxDryDensity } = compactionPeak(rows, fit);
  return [optimumMoisture, maxDryDensity];
};
const reasonOf = (rows: readonly CurvePoint[], fit: CurveFitting = 'parabola-top-3') => {
  const { reason, optimumMoisture, maxDryDensity, trace } = compactionPeak(rows, fit);
  if (reason !== null) expect([optimumMoisture, maxDryDensity, trace.at(-1)?.value]).toEqual([null, null, null]);
  return reason;
};
const soi002 = points([
  ['10.2', '1.74'],
  ['12.1', '1.81'],
  ['14.0', '1.84'],
  ['16.1', '1.79'],
  ['18.0', '1.72'],
]);

/** 5 to 7 points around a parabola, with scatter of a few hundredths; moistures differ by 0.5 to 3.0 %. */
const curve = fc
  .tuple(
    fc.integer({ min: 60, max: 200 }),
    fc.array(fc.integer({ min: 5, max: 30 }), { minLength: 4, maxLength: 6 }),
    fc.integer({ min: 160, max: 220 }),
    fc.integer({ min: 5, max: 90 }),
    fc.integer({ min: 10, max: 90 }),
    fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 7, maxLength: 7 }),
  )
  .map(([start, gaps, top, bend, where, scatter]) => {
    const moistures = gaps.reduce((list, gap) => [...list, (list.at(-1) ?? 0) + gap], [start]);
    const centre = start + Math.round((((moistures.at(-1) ?? start) - start) * where) / 100);
    return moistures.map((moisture, index) => ({
      moisture: tenths(moisture),
      density: hundredths(
        Math.max(100, top - Math.round((bend * (moisture - centre) ** 2) / 1000) + (scatter[index] ?? 0)),
      ),
    }));
  });
const pairs = (rows: readonly CurvePoint[]) => rows.map(({ moisture, density }) => [moisture, density] as const);

describe('the peak of the curve', () => {
  test('SOI-002 under every fit', () => {
    expect(peakOf(soi002, 'parabola-top-3')).toEqual(['13.8', '1.84']);
    expect(peakOf(soi002, 'cubic-least-squares')).toEqual(['13.7', '1.83']);
    expect(peakOf(soi002, 'quartic-least-squares')).toEqual(['13.8', '1.84']);
    expect(compactionPeak(soi002, 'parabola-top-3').used).toEqual([1, 2, 3]);
    expect(compactionPeak(soi002, 'cubic-least-squares').used).toEqual([0, 1, 2, 3, 4]);
  });

  test('a curve that is a polynomial is found again', () => {
    // ρd = 2.00 − 0.01·(w − 14)²
    const exact = points([
      ['10.0', '1.84'],
      ['12.0', '1.96'],
      ['13.0', '1.99'],
      ['15.0', '1.99'],
      ['17.0', '1.91'],
    ]);
    for (const fit of FITTINGS) expect(peakOf(exact, fit)).toEqual(['14.0', '2.00']);
    expect(compactionPeak(exact, 'cubic-least-squares').coefficients).toEqual(['0.04', '0.28', '-0.01', '0']);
  });

  test.each([
    [0, '13.8'],
    [1, '14.0'],
    [3, '14.2'],
  ])('a peak exactly between two tenths rounds to the even one (shift %i)', (shift, expected) => {
    const symmetric = points(
      [
        [118, '1.70'],
        [128, '1.80'],
        [138, '1.85'],
        [139, '1.85'],
        [149, '1.80'],
        [159, '1.70'],
      ].map(([moisture, density]) => [tenths(Number(moisture) + shift), String(density)] as const),
    );
    for (const fit of ['cubic-least-squares', 'quartic-least-squares'] as const) {
      expect(peakOf(symmetric, fit)[0]).toBe(expected);
    }
  });

  test('ties of moisture and of density are met exactly wherever the peak lies', () => {
    // ρd = 2.00 − 4·(w − 14.15)²: no halving of 14.0 to 14.5 leads to 14.15.
    const moistureTie = points([
      ['14.0', '1.91'],
      ['14.1', '1.99'],
      ['14.2', '1.99'],
      ['14.3', '1.91'],
      ['14.5', '1.51'],
    ]);
    // ρd = 2.015 − (30·(w − 14) − 1)²/200: the peak is at 14 + 1/30, which is no finite decimal.
    const densityTie = points([
      ['13.6', '1.17'],
      ['13.8', '1.77'],
      ['14.0', '2.01'],
      ['14.2', '1.89'],
      ['14.4', '1.41'],
    ]);
    for (const fit of ['cubic-least-squares', 'quartic-least-squares'] as const) {
      expect(peakOf(moistureTie, fit)).toEqual(['14.2', '2.00']);
      expect(peakOf(densityTie, fit)).toEqual(['14.0', '2.02']);
    }
    expect(peakOf(densityTie, 'parabola-top-3')).toEqual(['14.0', '2.02']);
  });

  test('of equal third points the one nearest to the highest is used, then the drier', () => {
    const used = (rows: readonly (readonly [string, string])[]) => compactionPeak(points(rows), 'parabola-top-3').used;
    const start = [
      ['12.0', '1.84'],
      ['14.0', '1.83'],
    ] as const;
    expect(used([['9.0', '1.70'], ['10.0', '1.80'], ...start, ['16.0', '1.80']])).toEqual([1, 2, 3]);
    expect(used([['7.0', '1.80'], ['5.0', '1.60'], ...start, ['16.0', '1.80'], ['18.0', '1.60']])).toEqual([2, 3, 4]);
    // 1.84 at 12 and 14: their middle is 13, and 10 and 16 are as near.
    const twin = [
      ['12.0', '1.84'],
      ['14.0', '1.84'],
    ] as const;
    expect(used([['9.0', '1.60'], ['10.0', '1.80'], ...twin, ['16.0', '1.80'], ['17.0', '1.60']])).toEqual([1, 2, 3]);
  });

  test('no peak: one-sided, same moisture, three highest that do not bend down between them', () => {
    const rising = points(['1.70', '1.75', '1.80', '1.84', '1.86'].map((d, i) => [tenths(100 + 20 * i), d] as const));
    const falling = points(['1.86', '1.84', '1.80', '1.75', '1.70'].map((d, i) => [tenths(100 + 20 * i), d] as const));
    const flat = points(['1.80', '1.80', '1.80', '1.80', '1.80'].map((d, i) => [tenths(100 + 20 * i), d] as const));
    const shared = points(['1.84', '1.84', '1.80', '1.75', '1.70'].map((d, i) => [tenths(100 + 20 * i), d] as const));
    const straight = points(['1.60', '1.84', '1.83', '1.82', '1.70'].map((d, i) => [tenths(100 + 20 * i), d] as const));
    for (const fit of FITTINGS) {
      expect([rising, falling, flat, shared].map((rows) => reasonOf(rows, fit))).toEqual(Array(4).fill('one-sided'));
    }
    expect(reasonOf(straight)).toBe('no-maximum');
    expect(reasonOf(points([...pairs(soi002), ['14.0', '1.83']]))).toBe('same-moisture');
  });

  test('agrees with an independent implementation: parabola', () => {
    let peaks = 0;
    fc.assert(
      fc.property(curve, (rows) => {
        const found = compactionPeak(rows, 'parabola-top-3');
        if (found.used.length === 0) return;
        const reference = referenceParabola(found.used.map((index) => pairs(rows)[index] ?? ['', '']));
        if (reference !== null) peaks += 1;
        expect([found.optimumMoisture, found.maxDryDensity]).toEqual([
          reference?.moisture ?? null,
          reference?.density ?? null,
        ]);
        const lowestUsed = Math.min(...found.used.map((index) => Number(rows[index]?.density)));
        rows.forEach(({ density }, index) => {
          if (!found.used.includes(index)) expect(Number(density)).toBeLessThanOrEqual(lowestUsed);
        });
      }),
      { numRuns: 3000 },
    );
    expect(peaks).toBeGreaterThan(1000);
  });

  test.each([
    ['cubic-least-squares', 3],
    ['quartic-least-squares', 4],
  ] as const)('agrees with an independent implementation: %s', (fit, degree) => {
    let peaks = 0;
    fc.assert(
      fc.property(curve, (rows) => {
        const found = compactionPeak(rows, fit);
        if (found.reason === 'one-sided') return;
        const reference = referencePeak(
          referenceFit(pairs(rows), degree),
          rows[0]?.moisture ?? '',
          rows.at(-1)?.moisture ?? '',
        );
        if (reference === null) {
          // The grid has its highest place at an end, or a peak so near to it that the grid cannot tell.
          if (found.reason === null)
            expect(distanceFromEnds(rows, found.optimumMoisture ?? '')).toBeLessThanOrEqual(0.1);
          return;
        }
        peaks += 1;
        expect([found.optimumMoisture, found.maxDryDensity]).toEqual([reference.moisture, reference.density]);
      }),
      { numRuns: 300 },
    );
    expect(peaks).toBeGreaterThan(150);
  });

  test('does not depend on the order of the points', () => {
    fc.assert(
      fc.property(
        curve,
        fitting,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 7, maxLength: 7 }),
        (rows, fit, keys) => {
          const shuffled = rows
            .map((row, index) => ({ row, key: keys[index] ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ row }) => row);
          expect(peakOf(shuffled, fit)).toEqual(peakOf(rows, fit));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('moving all points by 1 % of moisture and 0.10 of density moves the peak by as much', () => {
    const moved = (text: string | null | undefined, by: string, step: string): string | null =>
      text === null || text === undefined ? null : roundRational(add(rational(text), rational(by)), step);
    fc.assert(
      fc.property(curve, fitting, (rows, fit) => {
        const shifted = rows.map(({ moisture, density }) => ({
          moisture: moved(moisture, '2', '0.1') ?? '',
          density: moved(density, '0.2', '0.01') ?? '',
        }));
        const [moisture, density] = peakOf(rows, fit);
        // By an even number of steps, so that ties stay ties of the same side.
        expect(peakOf(shifted, fit)).toEqual([moved(moisture, '2', '0.1'), moved(density, '0.2', '0.01')]);
      }),
      { numRuns: 500 },
    );
  });

  test('a peak lies inside the moistures, and the parabola never below its highest point', () => {
    fc.assert(
      fc.property(curve, fitting, (rows, fit) => {
        const { optimumMoisture, maxDryDensity } = compactionPeak(rows, fit);
        expect(optimumMoisture === null).toBe(maxDryDensity === null);
        if (optimumMoisture === null) return;
        expect(distanceFromEnds(rows, optimumMoisture)).toBeGreaterThanOrEqual(0);
        if (fit !== 'parabola-top-3') return;
        expect(Number(maxDryDensity)).toBeGreaterThanOrEqual(Math.max(...rows.map(({ density }) => Number(density))));
      }),
      { numRuns: 1000 },
    );
  });
});

/** In percent of moisture; negative outside. */
function distanceFromEnds(rows: readonly CurvePoint[], moisture: string): number {
  const tenth = (text: string | undefined): number => Math.round(Number(text) * 10);
  return Math.min(tenth(moisture) - tenth(rows[0]?.moisture), tenth(rows.at(-1)?.moisture) - tenth(moisture)) / 10;
}

describe('a vector line', () => {
  const line = {
    moisture_percent: ['10.2', '12.1', '14.0', '16.1', '18.0'],
    wetDensity: ['1.92', '2.03', '2.10', '2.08', '2.03'],
  };
  const with5 = (change: Record<string, unknown>) => () => compactionCurveVector({ ...line, ...change });

  test('SOI-002 under every fit, named both ways', () => {
    const expected = { cubicLeastSquares: { optimumMoisture: '13.7', maxDryDensity: '1.83' } };
    for (const policy of [
      { curveFitting: 'cubic-least-squares' },
      { policies: { curveFitting: 'cubic-least-squares' } },
    ]) {
      expect(compactionCurveVector({ ...line, ...policy })).toMatchObject(expected);
    }
    expect(compactionCurveVector({ ...line, curveFitting: 'quartic-least-squares' })).toMatchObject({
      quarticLeastSquares: { optimumMoisture: '13.8', maxDryDensity: '1.84' },
    });
  });

  test('without a peak there is no number', () => {
    const answer = compactionCurveVector({ ...line, wetDensity: ['1.92', '2.00', '2.08', '2.16', '2.24'] });
    expect(answer['parabolaThroughTop3']).toEqual({ optimumMoisture: null, maxDryDensity: null });
  });

  test.each([
    [
      { moisture_percent: line.moisture_percent.slice(1), wetDensity: line.wetDensity.slice(1) },
      'METHOD_WRONG_COUNT',
      'moisture_percent',
    ],
    [{ wetDensity: line.wetDensity.slice(1) }, 'METHOD_WRONG_COUNT', 'wetDensity'],
    [{ wetDensity: null }, 'METHOD_MISSING', 'wetDensity'],
    [{ wetDensity: ['1.92', '2.03', 'x', '2.08', '2.03'] }, 'METHOD_NOT_A_NUMBER', 'wetDensity.2'],
    [{ wetDensity: ['1.92', '2.03', '3.1', '2.08', '2.03'] }, 'METHOD_OUT_OF_RANGE', 'wetDensity.2'],
    [{ moisture_percent: ['0', '12.1', '14.0', '16.1', '18.0'] }, 'METHOD_ZERO', 'moisture_percent.0'],
    [{ moisture_percent: ['-1', '12.1', '14.0', '16.1', '18.0'] }, 'METHOD_NEGATIVE', 'moisture_percent.0'],
    [{ moisture_percent: ['101', '12.1', '14.0', '16.1', '18.0'] }, 'METHOD_OUT_OF_RANGE', 'moisture_percent.0'],
    [{ colour: 'red' }, 'METHOD_UNKNOWN_FIELD', 'colour'],
    [{ curveFitting: 'spline' }, 'METHOD_POLICY_UNKNOWN', 'policies.curveFitting'],
  ])('%j is %s at %s', (change, code, field) => {
    expect(refusalOf(with5(change))).toMatchObject({ code, field });
  });
});
