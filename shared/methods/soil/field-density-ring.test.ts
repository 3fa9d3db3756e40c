import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import ring from './field-density-ring.method.ts';
import { add, compare, multiply, rational, roundRational } from '../testing/rational.ts';
import type { Rational } from '../testing/rational.ts';
import { areRectangles } from '../testing/paperTables.ts';
import { refusalOf } from '../testing/refusals.ts';
import { less, quotient, referenceDry, referenceMean, referenceMoisture, whole } from '../testing/soil-reference.ts';
import { FINAL, hundredths, keep, ringTins, rings, rounding } from '../testing/soil-samples.ts';

describe('ring', () => {
  test('two rings, their difference and their mean', () => {
    const answer = rings();
    // 2.00 and 2.01 at 14.0 %: 1.75 and 1.76, mean 1.755 rounds to the even 1.76.
    expect(answer.outputs).toMatchObject({
      wetDensity_g_cm3: '2.00',
      moisture_percent: '14.0',
      dryDensity_g_cm3: '1.76',
      compaction_percent: '95.7',
      wetDensityDifference_g_cm3: '0.01',
      dryDensityDifference_g_cm3: '0.01',
    });
    expect(answer.outputs.rings.map((one) => one.dryDensity_g_cm3)).toEqual(['1.75', '1.76']);
    expect(answer.trace.every((step) => step.clause !== '' && step.rule !== '')).toBe(true);
    expect(answer.record[0]?.rows).toHaveLength(4);
    expect(answer.report[0]?.rows[0]?.at(-1)).toBe('合格');
    // 1.758771… unrounded.
    expect(rings({}, FINAL).outputs).toMatchObject({ dryDensity_g_cm3: '1.76', compaction_percent: '95.6' });
  });

  test.each([
    ['556', 'both', true],
    ['558', 'both', false],
    ['558', 'wet-density', false],
    ['558', 'dry-density', false],
    ['556', 'dry-density', true],
  ])('rings of 550 and %s g under %s: valid is %s', (mass, parallelDifferenceOf, valid) => {
    const answer = rings({ ringAndSoil_g: ['550', mass] }, { policies: { parallelDifferenceOf } });
    expect(answer.result.valid).toBe(valid);
    if (valid) return;
    expect(answer.outputs).toMatchObject({ dryDensity_g_cm3: null, compaction_percent: null, wetDensity_g_cm3: null });
    expect(answer.result.text).toMatch(/^该测点试验结果无效：两个平行试样.*密度之差超过允许差值。$/);
    expect(answer.result.text).not.toMatch(/\d/);
    expect(answer.warnings).toMatchObject([{ code: 'SOIL_DENSITY_DIFFERENCE', notify: 'supervisor' }]);
  });

  test('wet densities alike but dry ones apart: the setting decides', () => {
    const apart = ringTins([100, 100], [125, 125]);
    const valid = (parallelDifferenceOf: string) =>
      rings({ ...apart, ringAndSoil_g: ['550', '550'] }, { policies: { parallelDifferenceOf } }).result.valid;
    expect(['both', 'dry-density', 'wet-density'].map(valid)).toEqual([false, false, true]);
    const alike = { ...ringTins([100, 100], [125, 125]), ringAndSoil_g: ['545', '554'] };
    const other = (parallelDifferenceOf: string) => rings(alike, { policies: { parallelDifferenceOf } }).result.valid;
    expect(['both', 'dry-density', 'wet-density'].map(other)).toEqual([false, true, false]);
  });

  test('tins that differ too much: invalid', () => {
    const answer = rings(ringTins([140, 140], [140, 151]));
    expect(answer.result).toMatchObject({ valid: false, text: '该测点试验结果无效：两盒含水率之差超过允许差值。' });
    expect(answer.outputs.rings.map((one) => one.moisture_percent)).toEqual(['14.0', null]);
    expect(rings(ringTins([140, 140], [140, 150])).result.valid).toBe(true);
  });

  const sample = fc.record({
    masses: fc.tuple(fc.integer({ min: 36_000, max: 44_000 }), fc.integer({ min: -700, max: 700 })),
    moistures: fc.array(fc.integer({ min: 50, max: 250 }), { minLength: 2, maxLength: 2 }),
    more: fc.array(fc.integer({ min: -11, max: 11 }), { minLength: 2, maxLength: 2 }),
    mode: rounding,
    policy: fc.constantFrom('both', 'wet-density', 'dry-density'),
  });
  const readings = ({
    masses: [mass, extra],
    moistures,
    more,
  }: {
    masses: [number, number];
    moistures: number[];
    more: number[];
  }) => {
    const pair = (index: number): [number, number] => [
      moistures[index] ?? 0,
      (moistures[index] ?? 0) + (more[index] ?? 0),
    ];
    return {
      ...ringTins(pair(0), pair(1)),
      ringAndSoil_g: [mass, mass + extra].map((soil) => hundredths(15_000 + soil)),
    };
  };

  test('agrees with an independent implementation', () => {
    let valid = 0;
    fc.assert(
      fc.property(sample, ({ mode, policy, ...rest }) => {
        const change = readings(rest);
        const figures = [0, 1].map((index) => {
          const soil = less(rational(change.ringAndSoil_g[index] ?? ''), whole(150));
          const wet = keep(mode, '0.01')(quotient(soil, whole(200)));
          const singles = [0, 1].map((tin) =>
            referenceMoisture('20', change.tinAndWet_g[index]?.[tin] ?? '', '120'),
          ) as [Rational, Rational];
          const moisture = referenceMean(singles, keep(mode, '0.1'));
          return { wet, moisture, dry: moisture === null ? null : keep(mode, '0.01')(referenceDry(wet, moisture)) };
        });
        const [a, b] = figures as [(typeof figures)[0], (typeof figures)[0]];
        const apart = (x: Rational, y: Rational): boolean =>
          compare(compare(x, y) > 0 ? less(x, y) : less(y, x), rational('0.03')) > 0;
        const refused =
          a.dry === null ||
          b.dry === null ||
          (policy !== 'dry-density' && apart(a.wet, b.wet)) ||
          (policy !== 'wet-density' && apart(a.dry, b.dry));
        const answer = rings(change, { policies: { intermediateRounding: mode, parallelDifferenceOf: policy } });
        expect(answer.result.valid).toBe(!refused);
        if (a.dry === null || b.dry === null || refused) return;
        valid += 1;
        const dry = keep(mode, '0.01')(quotient(add(a.dry, b.dry), whole(2)));
        expect(answer.outputs).toMatchObject({
          dryDensity_g_cm3: roundRational(dry, '0.01'),
          compaction_percent: roundRational(quotient(multiply(dry, whole(100)), rational('1.84')), '0.1'),
          compactionCoefficient: roundRational(quotient(dry, rational('1.84')), '0.01'),
        });
      }),
      { numRuns: 2000 },
    );
    expect(valid).toBeGreaterThan(400);
  });

  test('does not depend on the order of rings or tins', () => {
    fc.assert(
      fc.property(sample, ({ mode, policy, ...rest }) => {
        const change = readings(rest);
        const swapped = Object.fromEntries(
          Object.entries(change).map(([name, value]) => [
            name,
            value.toReversed().map((item) => (Array.isArray(item) ? item.toReversed() : item)),
          ]),
        );
        const settings = { policies: { intermediateRounding: mode, parallelDifferenceOf: policy } };
        const [one, other] = [rings(change, settings), rings(swapped, settings)];
        expect(other.result).toEqual(one.result);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    [{ ringVolume_cm3: '150' }, 'METHOD_SIZE_UNKNOWN', 'ringVolume_cm3'],
    [{ ringVolume_cm3: '60' }, 'METHOD_OUT_OF_RANGE', 'ringAndSoil_g.0'],
    [{ ring_g: ['150'] }, 'METHOD_WRONG_COUNT', 'ring_g'],
    [{ ring_g: ['150', '552'] }, 'METHOD_CONFLICT', 'ringAndSoil_g.1'],
    [{ ring_g: ['150', '0'] }, 'METHOD_ZERO', 'ring_g.1'],
    [{ ringAndSoil_g: ['550', '-1'] }, 'METHOD_NEGATIVE', 'ringAndSoil_g.1'],
    [{ ringAndSoil_g: ['550', '2001'] }, 'METHOD_OUT_OF_RANGE', 'ringAndSoil_g.1'],
    [{ ringAndSoil_g: ['550', ' 552'] }, 'METHOD_NOT_A_NUMBER', 'ringAndSoil_g.1'],
    [{ tin_g: [['20', '20'], ['20']] }, 'METHOD_WRONG_COUNT', 'tin_g.1'],
    [
      {
        tin_g: [
          ['20', '20'],
          ['20', '120'],
        ],
      },
      'METHOD_CONFLICT',
      'tin_g.1.1',
    ],
    [{ ringAndSoil_g: undefined }, 'METHOD_MISSING', 'ringAndSoil_g'],
  ])('%j is %s at %s', (change, code, field) => {
    const refused = refusalOf(() => rings(change));
    expect(refused).toMatchObject({ code, field });
    expect(refused.rule).toMatch(/^GB\/T 50123-2019 /);
  });
});

test('tables are rectangles, valid or not', () => {
  for (const { record, report } of [rings(), rings(ringTins([100, 150], [100, 100]))]) {
    expect([areRectangles(record), areRectangles(report)]).toEqual([true, true]);
  }
});

test('finds its item by name, and an unknown edition is refused', () => {
  expect(ring.recognises('压实度（环刀法）')).toBe(true);
  expect(['压实度', '压实度 灌砂法', '土工击实试验', '固结试验 环刀'].some((names) => ring.recognises(names))).toBe(
    false,
  );
  expect(refusalOf(() => rings({}, { edition: 'GB/T 50123-1999' })).code).toBe('METHOD_EDITION_UNKNOWN');
});
