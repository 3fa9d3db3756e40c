import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sandConeVector } from './density/vector.ts';
import sandCone from './field-density-sand-cone.method.ts';
import { multiply, rational, roundRational } from '../testing/rational.ts';
import { areRectangles } from '../testing/paperTables.ts';
import { refusalOf } from '../testing/refusals.ts';
import { quotient, referenceDry, whole } from '../testing/soil-reference.ts';
import { FINAL, keep, rounding, sand, tins } from '../testing/soil-samples.ts';
import type { Change } from '../testing/soil-samples.ts';
import { testVectors } from '../testing/vectors.ts';

testVectors(sandCone.vectors);

const codes = (found: readonly { code: string }[]) => found.map(({ code }) => code);

describe('SOI-001, intermediate rounding both ways', () => {
  const line = { holeVolume_cm3: '1994', wet_g: '4266', dry_g: '3582', rhoDmax: '1.891' };
  test('95.2 with the digits of the standard, 95.0 without', () => {
    const figures = { wetDensity: '2.14', moisture: '19.1', dryDensity: '1.80' };
    expect(sandConeVector(line)).toEqual({ ...figures, compaction_percent: '95.2' });
    for (const policy of [{ intermediateRounding: 'final-only' }, FINAL]) {
      expect(sandConeVector({ ...line, ...policy })).toEqual({ ...figures, compaction_percent: '95.0' });
    }
    expect(sandConeVector({ ...line, compactionDegreeStep: '1' })['compaction_percent']).toBe('95');
  });

  test('the same pit from readings', () => {
    expect(sand().outputs).toMatchObject({
      sandInHole_g: '2991',
      holeVolume_cm3: '1994.0',
      wetDensity_g_cm3: '2.14',
      moisture_percent: '19.1',
      dryDensity_g_cm3: '1.80',
      compaction_percent: '95.2',
      compactionCoefficient: '0.95',
    });
    expect(sand({}, FINAL).outputs).toMatchObject({ dryDensity_g_cm3: '1.80', compaction_percent: '95.0' });
    expect(sand({}, FINAL).policies).toEqual({
      intermediateRounding: 'final-only',
      compactionDegreeStep: '0.1',
      designComparison: 'full-value',
    });
  });

  test.each([
    [{ dry_g: '4266' }, 'METHOD_CONFLICT', 'dry_g'],
    [{ dry_g: '1' }, 'METHOD_OUT_OF_RANGE', 'dry_g'],
    [{ wet_g: '42660' }, 'METHOD_OUT_OF_RANGE', 'wet_g'],
    [{ holeVolume_cm3: '0' }, 'METHOD_ZERO', 'holeVolume_cm3'],
    [{ holeVolume_cm3: null }, 'METHOD_MISSING', 'holeVolume_cm3'],
    [{ rhoDmax: '18.91' }, 'METHOD_OUT_OF_RANGE', 'rhoDmax'],
    [{ rhoDmax: '1,891' }, 'METHOD_NOT_A_NUMBER', 'rhoDmax'],
    [{ site: 'x' }, 'METHOD_UNKNOWN_FIELD', 'site'],
    [{ intermediateRounding: 'never' }, 'METHOD_POLICY_UNKNOWN', 'policies.intermediateRounding'],
  ])('%j is %s at %s', (change, code, field) => {
    expect(refusalOf(() => sandConeVector({ ...line, ...change }))).toMatchObject({ code, field });
  });

  test('agrees with an independent implementation', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 500, max: 5000 }),
        fc.integer({ min: 1500, max: 2400 }),
        fc.integer({ min: 20, max: 350 }),
        fc.integer({ min: 1500, max: 2300 }),
        rounding,
        fc.constantFrom('0.1', '1'),
        (volume, density, moisture, most, mode, step) => {
          const wet = Math.round((volume * density) / 1000);
          const dry = Math.round((wet * 1000) / (1000 + moisture));
          const wetDensity = keep(mode, '0.01')(quotient(whole(wet), whole(volume)));
          const w = keep(mode, '0.1')(quotient(whole((wet - dry) * 100), whole(dry)));
          const dryDensity = keep(mode, '0.01')(referenceDry(wetDensity, w));
          const rhoDmax = `${Math.floor(most / 1000)}.${String(most % 1000).padStart(3, '0')}`;
          const policies = { intermediateRounding: mode, compactionDegreeStep: step };
          const answer = { holeVolume_cm3: String(volume), wet_g: String(wet), dry_g: String(dry), rhoDmax, policies };
          expect(sandConeVector(answer)).toEqual({
            wetDensity: roundRational(wetDensity, '0.01'),
            moisture: roundRational(w, '0.1'),
            dryDensity: roundRational(dryDensity, '0.01'),
            compaction_percent: roundRational(quotient(multiply(dryDensity, whole(100)), rational(rhoDmax)), step),
          });
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('sand cone', () => {
  test('explains every step, and the tables carry every reading', () => {
    const answer = sand({ layer: '第 3 层' });
    expect(answer.trace.every((step) => step.clause !== '' && step.rule !== '')).toBe(true);
    expect(answer.trace.map((step) => step.substituted)).toEqual(
      expect.arrayContaining([
        '8000 − 4009 − 1000',
        '2991 / 1.50',
        '4266 / (2991 / 1.50)',
        '(19.1 + 19.1) / 2',
        '2.14 / (1 + 0.01 × 19.1)',
        '1.80 / 1.891 × 100',
      ]),
    );
    expect(answer.result.text).toBe(
      '该测点干密度为 1.80 g/cm³，含水率为 19.1%，压实度为 95.2%，符合设计要求（≥95%）。',
    );
    expect(answer.report[0]?.joins).toBe(true);
    expect(answer.report[0]?.rows).toEqual([
      [
        '{sampleNo}',
        '{structurePart}',
        '第 3 层',
        '≥95%',
        '2.14',
        '19.1',
        '1.80',
        '1.891',
        { text: '95.2', strong: true },
        '0.95',
        '合格',
      ],
    ]);
    expect(answer.record).toHaveLength(3);
    expect(sand({}, FINAL).trace.map((step) => step.substituted)).toContainEqual(
      expect.stringMatching(/^1\.796\d+… \/ 1\.891 × 100$/),
    );
  });

  test.each([
    [[95, 100], true, '0.5'],
    [[94, 100], false, '0.5'],
    [[95, 105], true, '1.0'],
    [[95, 106], false, '1.0'],
    [[395, 405], true, '1.0'],
    [[395, 406], true, '2.0'],
    [[394, 406], false, '1.0'],
    [[400, 420], true, '2.0'],
    [[400, 421], false, '2.0'],
  ] as const)('tins of %j tenths of a percent: a mean is taken is %s, allowed %s', (moistures, taken, allowed) => {
    const answer = sand({ ...tins(moistures), maxDryDensity_g_cm3: '1.6' });
    expect(answer.outputs.moistureAllowedDifference_percent).toBe(allowed);
    expect(answer.result.valid).toBe(taken);
    if (taken) return;
    expect(answer.outputs).toMatchObject({
      wetDensity_g_cm3: null,
      moisture_percent: null,
      dryDensity_g_cm3: null,
      compaction_percent: null,
      compactionCoefficient: null,
    });
    expect(answer.result.text).toBe('该测点试验结果无效：两盒含水率之差超过允许差值。');
    expect(answer.result.parameters.every(({ value, verdict }) => value === null && verdict === 'not-judged')).toBe(
      true,
    );
    expect(answer.warnings).toMatchObject([{ code: 'SOIL_MOISTURE_DIFFERENCE', notify: 'supervisor' }]);
    expect(answer.verdict).toBe('not-judged');
    expect(answer.stops).toEqual([]);
    expect(answer.report[0]?.rows[0]?.slice(4, 7)).toEqual(['试验结果无效', '试验结果无效', '试验结果无效']);
  });

  test('judges by the design value of the commission, at the edge and by both comparisons', () => {
    const asked = { parameters: ['YS'] };
    expect(sand({ designCompaction_percent: '95' }, asked).verdict).toBe('qualified');
    expect(sand({ designCompaction_percent: '96' }, asked)).toMatchObject({
      verdict: 'unqualified',
      result: { text: '该测点干密度为 1.80 g/cm³，含水率为 19.1%，压实度为 95.2%，不符合设计要求（≥96%）。' },
    });
    expect(sand({ designCompaction_percent: '96' }).warnings).toMatchObject([
      { code: 'SOIL_BELOW_DESIGN', notify: 'supervisor' },
    ]);
    expect(sand({ designCompaction_percent: undefined }, asked)).toMatchObject({
      verdict: 'not-judged',
      result: { parameters: [{ value: '95.2', requirement: null, verdict: 'not-judged' }] },
    });
    // 1.80 / 2.00 is exactly 90 %.
    const exact = { maxDryDensity_g_cm3: '2.00', designCompaction_percent: '90' };
    expect(sand(exact, asked).verdict).toBe('qualified');
    expect(codes(sand(exact).warnings)).toEqual([]);
    // 1.80 / 1.895 = 94.987 %: 95.0 when rounded.
    const near = { maxDryDensity_g_cm3: '1.895' };
    for (const [designComparison, verdict] of [
      ['full-value', 'unqualified'],
      ['rounded-value', 'qualified'],
    ] as const) {
      const answer = sand(near, { ...asked, policies: { designComparison } });
      expect([answer.verdict, answer.outputs.compaction_percent]).toEqual([verdict, '95.0']);
      expect(codes(answer.warnings)).toContain('SOIL_ROUNDING_EDGE');
    }
  });

  test('a design coefficient is judged as one', () => {
    const change = { designCompaction_percent: undefined, designCoefficient: '0.95' };
    const answer = sand(change, { parameters: ['XS'] });
    expect(answer.result).toMatchObject({
      text: '该测点干密度为 1.80 g/cm³，含水率为 19.1%，压实系数为 0.95，符合设计要求（λc≥0.95）。',
      parameters: [{ parameterCode: 'XS', value: '0.95', requirement: '≥0.95', verdict: 'qualified' }],
    });
    expect(sand({ ...change, designCoefficient: '0.96' }, { parameters: ['XS'] }).verdict).toBe('unqualified');
  });

  test('only the parameters asked for; without a maximum dry density no degree', () => {
    const of = (parameters: string[], change: Change = {}) =>
      sand(change, { parameters }).result.parameters.map(({ value }) => value);
    expect(of(['GM', 'SM', 'HS'], { maxDryDensity_g_cm3: undefined })).toEqual(['1.80', '2.14', '19.1']);
    expect(of(['YS', 'XS'])).toEqual(['95.2', '0.95']);
    expect(sand({ maxDryDensity_g_cm3: undefined }).outputs.compaction_percent).toBeNull();
    expect(refusalOf(() => of(['YS'], { maxDryDensity_g_cm3: undefined }))).toMatchObject({
      code: 'METHOD_MISSING',
      field: 'maxDryDensity_g_cm3',
    });
  });

  test('stops: a degree that hardly exists, a density above saturation; a warning above 100 %', () => {
    expect(codes(sand({ maxDryDensity_g_cm3: '1.75' }).warnings)).toEqual(['SOIL_ABOVE_MAXIMUM']);
    expect(codes(sand({ maxDryDensity_g_cm3: '1.80' }).warnings)).toEqual([]);
    expect(codes(sand({ maxDryDensity_g_cm3: '1.70' }).stops)).toEqual(['STOP_SOIL_COMPACTION']);
    expect(codes(sand({ maxDryDensity_g_cm3: '2.25' }).stops)).toEqual([]);
    expect(codes(sand({ maxDryDensity_g_cm3: '2.26' }).stops)).toEqual(['STOP_SOIL_COMPACTION']);
    expect(codes(sand({ wetSoil_g: '5000', maxDryDensity_g_cm3: '2.1' }).stops)).toEqual(['STOP_SOIL_SATURATION']);
    expect(codes(sand({ wetSoil_g: '2800', maxDryDensity_g_cm3: '1.3' }).stops)).toEqual(['STOP_SOIL_DENSITY']);
    expect(codes(sand().stops)).toEqual([]);
  });

  test('a heavier soil never compacts less, more sand in the hole never more', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3600, max: 4600 }),
        fc.integer({ min: 1, max: 60 }),
        rounding,
        (mass, more, mode) => {
          const policies = { intermediateRounding: mode };
          const of = (change: Change) => Number(sand(change, { policies }).outputs.compaction_percent);
          expect(of({ wetSoil_g: String(mass + more) })).toBeGreaterThanOrEqual(of({ wetSoil_g: String(mass) }));
          const start = { wetSoil_g: String(mass) };
          expect(of({ ...start, sandAfter_g: String(4009 - more) })).toBeLessThanOrEqual(of(start));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('twice the soil and twice the sand is the same density', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3600, max: 4600 }),
        fc.integer({ min: 2, max: 6 }),
        rounding,
        (mass, times, mode) => {
          const policies = { intermediateRounding: mode };
          const plain = sand({ wetSoil_g: String(mass) }, { policies }).outputs;
          const scaled = { wetSoil_g: String(mass * times), sandBefore_g: String(5009 + 2991 * times) };
          const larger = sand(scaled, { policies }).outputs;
          expect([larger.dryDensity_g_cm3, larger.compaction_percent]).toEqual([
            plain.dryDensity_g_cm3,
            plain.compaction_percent,
          ]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each([
    [{ wetSoil_g: undefined }, 'METHOD_MISSING', 'wetSoil_g'],
    [{ wetSoil_g: '0' }, 'METHOD_ZERO', 'wetSoil_g'],
    [{ wetSoil_g: '-4266' }, 'METHOD_NEGATIVE', 'wetSoil_g'],
    [{ wetSoil_g: '4.266e3' }, 'METHOD_NOT_A_NUMBER', 'wetSoil_g'],
    [{ wetSoil_g: '50001' }, 'METHOD_OUT_OF_RANGE', 'wetSoil_g'],
    [{ wetSoil_g: '5983' }, 'METHOD_OUT_OF_RANGE', 'wetSoil_g'],
    [{ wetSoil_g: '996' }, 'METHOD_OUT_OF_RANGE', 'wetSoil_g'],
    [{ sandAfter_g: '7000' }, 'METHOD_CONFLICT', 'sandAfter_g'],
    [{ sandDensity_g_cm3: '1500' }, 'METHOD_OUT_OF_RANGE', 'sandDensity_g_cm3'],
    [{ tin_g: ['20'] }, 'METHOD_WRONG_COUNT', 'tin_g'],
    [{ tin_g: ['20', '20', '20'] }, 'METHOD_WRONG_COUNT', 'tin_g'],
    [{ tinAndWet_g: ['139.1', '120'] }, 'METHOD_CONFLICT', 'tinAndDry_g.1'],
    [{ tin_g: ['20', '121'] }, 'METHOD_CONFLICT', 'tin_g.1'],
    [{ designCompaction_percent: '0.95' }, 'METHOD_OUT_OF_RANGE', 'designCompaction_percent'],
    [{ designCoefficient: '95' }, 'METHOD_OUT_OF_RANGE', 'designCoefficient'],
    [{ maxDryDensity_g_cm3: '1891' }, 'METHOD_OUT_OF_RANGE', 'maxDryDensity_g_cm3'],
    [{ point: '1' }, 'METHOD_UNKNOWN_FIELD', 'point'],
  ])('%j is %s at %s', (change, code, field) => {
    const refused = refusalOf(() => sand(change));
    expect(refused).toMatchObject({ code, field });
    if (code !== 'METHOD_UNKNOWN_FIELD') expect(refused.rule).toMatch(/^GB\/T 50123-2019 /);
  });
});

test('tables are rectangles, valid or not', () => {
  for (const { record, report } of [sand(), sand(tins([100, 150])), sand({ maxDryDensity_g_cm3: undefined })]) {
    expect([areRectangles(record), areRectangles(report)]).toEqual([true, true]);
  }
});

test('finds its item by name, and an unknown edition is refused', () => {
  expect(sandCone.recognises('压实度 灌砂法')).toBe(true);
  expect(['压实度', '压实度 环刀法', '土工击实试验', '灌水法'].some((names) => sandCone.recognises(names))).toBe(false);
  expect(refusalOf(() => sand({}, { edition: 'GB/T 50123-1999' })).code).toBe('METHOD_EDITION_UNKNOWN');
  expect(sand({}, { edition: 'GB/T 50123-2019' }).edition.inForceFrom).toBe('2019-10-01');
});
