import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import compaction from './compaction.method.ts';
import { correctOversize } from './compaction/oversize.ts';
import { add, multiply, rational, roundRational } from '../testing/rational.ts';
import type { Rational } from '../testing/rational.ts';
import { areRectangles } from '../testing/paperTables.ts';
import { refusalOf } from '../testing/refusals.ts';
import { less, quotient, referenceDry, referenceMean, referenceMoisture, whole } from '../testing/soil-reference.ts';
import { compact, compactionBase, compactionSample, hundredths, tenths } from '../testing/soil-samples.ts';
import { testVectors } from '../testing/vectors.ts';

testVectors(compaction.vectors);

const FITTINGS = ['parabola-top-3', 'cubic-least-squares', 'quartic-least-squares'] as const;
const all = <T>(value: T): T[] => Array.from({ length: 5 }, () => value);

describe('compute', () => {
  test('readings to result, with trace, tables and the sentence', () => {
    const answer = compact();
    expect(answer.outputs).toMatchObject({
      maxDryDensity_g_cm3: '1.84',
      optimumMoisture_percent: '13.8',
      pointsUsed: [2, 3, 4],
      result: { maxDryDensity_g_cm3: '1.84', optimumMoisture_percent: '13.8' },
    });
    expect(answer.outputs.points.map((point) => point.dryDensity_g_cm3)).toEqual([
      '1.74',
      '1.81',
      '1.84',
      '1.79',
      '1.72',
    ]);
    expect(answer.result.text).toBe(
      '该土样（重型击实）最大干密度为 1.84 g/cm³，最优含水率为 13.8%，曲线按过干密度最大三点的抛物线确定。',
    );
    expect(answer.trace.every((step) => step.clause !== '' && step.rule !== '')).toBe(true);
    expect(answer.trace.map((step) => step.substituted)).toEqual(
      expect.arrayContaining(['(5920 − 4000) / 1000', '(130.20 − 120) / (120 − 20) × 100', '1.92 / (1 + 0.01 × 10.2)']),
    );
    expect(answer.policies).toEqual({ curveFitting: 'parabola-top-3' });
    expect([answer.verdict, answer.warnings, answer.stops]).toEqual(['not-judged', [], []]);
    // The report carries the points.
    expect(answer.report[1]?.rows[0]).toEqual(['含水率（%）', '10.2', '12.1', '14.0', '16.1', '18.0']);
    expect(answer.report[1]?.rows[2]).toEqual(['干密度（g/cm^{3}）', '1.74', '1.81', '1.84', '1.79', '1.72']);
    expect(answer.record).toHaveLength(3);
    expect(answer.record[1]?.rows).toHaveLength(10);
  });

  test('only the parameters asked for; the fit is a policy and stands in the answer', () => {
    expect(compact({}, { parameters: ['GM'] }).result.parameters.map((row) => row.value)).toEqual(['1.84']);
    expect(compact({}, { parameters: ['GM', 'HS'] }).result.parameters).toMatchObject([
      { parameterCode: 'GM', value: '1.84', unit: 'g/cm³', requirement: null, verdict: 'not-judged' },
      { parameterCode: 'HS', value: '13.8', unit: '%' },
    ]);
    const cubic = compact({}, { policies: { curveFitting: 'cubic-least-squares' } });
    expect(cubic.outputs).toMatchObject({ curveFitting: 'cubic-least-squares', maxDryDensity_g_cm3: '1.83' });
    expect(cubic.result.text).toContain('三次多项式');
    expect(cubic.policies).toEqual({ curveFitting: 'cubic-least-squares' });
    expect(compact({}, { policies: { curveFitting: 'quartic-least-squares' } }).outputs.curveCoefficients).toHaveLength(
      5,
    );
    expect(refusalOf(() => compact({}, { edition: 'GB/T 50123-1999' })).code).toBe('METHOD_EDITION_UNKNOWN');
  });

  test('no peak: invalid in words, null everywhere, the supervisor learns of it', () => {
    const rising = compactionSample([
      [1900, '10.0'],
      [1980, '12.0'],
      [2060, '14.0'],
      [2140, '16.0'],
      [2200, '18.0'],
    ]);
    for (const curveFitting of FITTINGS) {
      const answer = compact(rising, { policies: { curveFitting } });
      expect(answer.result).toMatchObject({
        valid: false,
        text: '该土样击实试验结果无效：最大干密度出现在最干或最湿的测点，曲线没有峰值。',
      });
      expect(answer.result.parameters.map((row) => row.value)).toEqual([null, null]);
      expect(answer.outputs).toMatchObject({
        maxDryDensity_g_cm3: null,
        optimumMoisture_percent: null,
        result: null,
        pointsUsed: [],
        curveCoefficients: [],
      });
      expect(answer.warnings).toMatchObject([{ code: 'COMPACTION_NO_PEAK', notify: 'supervisor' }]);
      expect(answer.verdict).toBe('not-judged');
      expect(JSON.stringify(answer.report[0])).not.toMatch(/"\d+\.\d/);
    }
  });

  test.each([
    ['9.6', '10.1', true],
    ['9.6', '10.2', false],
    ['12.0', '13.0', true],
    ['12.0', '13.1', false],
  ])('two tins of %s and %s: a mean is taken is %s', (first, second, taken) => {
    const full = (moisture: string) => `${120 + Number(moisture)}`.slice(0, 5);
    const change = {
      tinAndWet_g: [[full(first), full(second)], ...compactionBase.tinAndWet_g.slice(1)],
    };
    const answer = compact(change);
    expect(answer.outputs.points[0]?.moistureSingles_percent).toEqual([first, second]);
    expect(answer.outputs.points[0]?.moisture_percent === null).toBe(!taken);
    expect(answer.outputs.points[0]?.dryDensity_g_cm3 === null).toBe(!taken);
    expect(answer.result.valid).toBe(taken);
    if (taken) return;
    expect(answer.outputs.result).toBeNull();
    expect(answer.result.text).toBe('该土样击实试验结果无效：两盒含水率之差超过允许差值。');
    expect(answer.warnings).toMatchObject([{ code: 'SOIL_MOISTURE_DIFFERENCE', notify: 'supervisor' }]);
  });

  test('a dry density that falls and rises again stops the record', () => {
    const shaky = compactionSample([
      [1920, '10.2'],
      [2030, '12.1'],
      [1990, '14.0'],
      [2120, '16.1'],
      [2000, '18.0'],
    ]);
    expect(compact(shaky).stops.map((stop) => stop.code)).toContain('STOP_COMPACTION_SHAPE');
    expect(compact().stops).toEqual([]);
  });

  test('a point above the line of saturation stops the record', () => {
    const wet = compactionSample([
      [1920, '10.2'],
      [2030, '12.1'],
      [2100, '14.0'],
      [2500, '26.0'],
      [2030, '28.0'],
    ]);
    expect(compact(wet).stops.map((stop) => [stop.code, stop.field])).toContainEqual([
      'STOP_SOIL_SATURATION',
      'mouldAndWetSoil_g.3',
    ]);
  });
});

describe('agreement from the readings on', () => {
  const keepMoisture = (value: Rational) => rational(roundRational(value, '0.1'));
  test('points agree with an independent implementation, and permuting tins changes nothing', () => {
    const tin = fc.record({
      tin: fc.integer({ min: 1500, max: 2500 }),
      solids: fc.integer({ min: 2000, max: 5000 }),
      water: fc.integer({ min: 3, max: 30 }),
      more: fc.integer({ min: -10, max: 10 }),
    });
    const sample = fc.record({
      volume: fc.integer({ min: 9000, max: 22_000 }),
      tins: fc.array(tin, { minLength: 5, maxLength: 5 }),
      densities: fc.array(fc.integer({ min: 1700, max: 2200 }), { minLength: 5, maxLength: 5 }),
    });
    fc.assert(
      fc.property(sample, ({ volume, tins, densities }) => {
        const wets = tins.map(({ tin: empty, solids, water, more }) =>
          [0, more].map((extra) => hundredths(empty + solids + Math.round((solids * water) / 100) + extra)),
        );
        const change = {
          mouldVolume_cm3: tenths(volume),
          mouldAndWetSoil_g: densities.map((density) => String(4000 + Math.round((density * volume) / 10_000))),
          tin_g: tins.map(({ tin: empty }) => [hundredths(empty), hundredths(empty)]),
          tinAndDry_g: tins.map(({ tin: empty, solids }) => [hundredths(empty + solids), hundredths(empty + solids)]),
          tinAndWet_g: wets,
        };
        const swapped = { ...change, tinAndWet_g: wets.map((pair) => pair.toReversed()) };
        const answer = compact(change).outputs;
        expect(compact(swapped).outputs.result).toEqual(answer.result);
        answer.points.forEach((point, index) => {
          const singles = wets[index]?.map((wet, place) =>
            referenceMoisture(change.tin_g[index]?.[place] ?? '', wet, change.tinAndDry_g[index]?.[place] ?? ''),
          ) as [Rational, Rational];
          const mean = referenceMean(singles, keepMoisture);
          const soil = less(rational(change.mouldAndWetSoil_g[index] ?? ''), whole(4000));
          const wet = roundRational(quotient(soil, rational(change.mouldVolume_cm3)), '0.01');
          expect(point.wetDensity_g_cm3).toBe(wet);
          expect(point.moisture_percent).toBe(mean === null ? null : roundRational(mean, '0.1'));
          expect(point.dryDensity_g_cm3).toBe(
            mean === null ? null : roundRational(referenceDry(rational(wet), mean), '0.01'),
          );
        });
      }),
      { numRuns: 500 },
    );
  });
});

describe('grains above 5 mm', () => {
  const soil = { oversize_percent: '20.0', oversizeGravity: '2.65', oversizeAbsorption_percent: '1.5' };

  test('corrects the peak of a light compaction', () => {
    const answer = compact({ ...soil, compactionType: 'light' });
    // 1 / (0.8/1.84 + 0.2/2.65) = 1.9599; 13.8·0.8 + 0.2·1.5 = 11.34
    expect(answer.outputs).toMatchObject({
      maxDryDensity_g_cm3: '1.84',
      optimumMoisture_percent: '13.8',
      result: { maxDryDensity_g_cm3: '1.96', optimumMoisture_percent: '11.3' },
    });
    expect(answer.result.parameters.map((row) => row.value)).toEqual(['1.96', '11.3']);
    expect(answer.result.text).toContain('（已校正）');
    expect(answer.record).toHaveLength(4);
  });

  test('agrees with the formula on rationals', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 250 }),
        fc.integer({ min: 50, max: 300 }),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 200, max: 320 }),
        fc.integer({ min: 0, max: 50 }),
        (density, moisture, percent, gravity, absorption) => {
          const [d, w, p, g, a] = [
            hundredths(density),
            tenths(moisture),
            tenths(percent),
            hundredths(gravity),
            tenths(absorption),
          ];
          const share = quotient(rational(p), whole(100));
          const rest = less(whole(1), share);
          const below = add(quotient(rest, rational(d)), quotient(share, rational(g)));
          const water = add(multiply(rational(w), rest), multiply(share, rational(a)));
          expect(correctOversize(d, w, { percent: p, gravity: g, absorption: a })).toMatchObject({
            maxDryDensity: roundRational(quotient(whole(1), below), '0.01'),
            optimumMoisture: roundRational(water, '0.1'),
          });
        },
      ),
      { numRuns: 1000 },
    );
  });

  test.each([
    [{ ...soil, compactionType: 'heavy' }, 'METHOD_CONFLICT', 'oversize_percent'],
    [{ ...soil, compactionType: 'light', oversizeGravity: undefined }, 'METHOD_MISSING', 'oversizeGravity'],
    [{ oversizeGravity: '2.65', compactionType: 'light' }, 'METHOD_MISSING', 'oversize_percent'],
    [
      { ...soil, compactionType: 'light', oversizeAbsorption_percent: undefined },
      'METHOD_MISSING',
      'oversizeAbsorption_percent',
    ],
    [{ ...soil, compactionType: 'light', oversize_percent: undefined }, 'METHOD_MISSING', 'oversize_percent'],
    [{ oversizeAbsorption_percent: '1.5', compactionType: 'light' }, 'METHOD_MISSING', 'oversize_percent'],
    [{ ...soil, compactionType: 'light', oversize_percent: '30.1' }, 'METHOD_OUT_OF_RANGE', 'oversize_percent'],
  ])('%j is %s at %s', (change, code, field) => {
    expect(refusalOf(() => compact(change))).toMatchObject({ code, field });
  });
});

describe('bad readings are refused with field, rule and clause', () => {
  const CLAUSE = 'GB/T 50123-2019 击实试验';
  const replaced = (name: 'mouldAndWetSoil_g', value: unknown) => ({
    [name]: [value, ...compactionBase[name].slice(1)],
  });

  test.each([
    [undefined, 'METHOD_MISSING'],
    ['', 'METHOD_MISSING'],
    ['0', 'METHOD_ZERO'],
    ['-5920', 'METHOD_NEGATIVE'],
    ['5,920', 'METHOD_NOT_A_NUMBER'],
    [5920, 'METHOD_NOT_A_NUMBER'],
    ['40001', 'METHOD_OUT_OF_RANGE'],
    ['4000', 'METHOD_CONFLICT'],
    ['3999', 'METHOD_CONFLICT'],
    ['4499', 'METHOD_OUT_OF_RANGE'],
    ['7001', 'METHOD_OUT_OF_RANGE'],
  ])('a mass of %j is %s', (value, code) => {
    expect(refusalOf(() => compact(replaced('mouldAndWetSoil_g', value)))).toEqual({
      code,
      field: 'mouldAndWetSoil_g.0',
      rule: CLAUSE,
    });
  });

  test.each([
    [{ mouldAndWetSoil_g: ['5920', '6030', '6100', '6080'] }, 'METHOD_WRONG_COUNT', 'mouldAndWetSoil_g'],
    [{ tin_g: [['20'], ['20', '20'], ['20', '20'], ['20', '20'], ['20', '20']] }, 'METHOD_WRONG_COUNT', 'tin_g.0'],
    [{ tinAndDry_g: all(['130.3', '130.3']) }, 'METHOD_CONFLICT', 'tinAndDry_g.0.0'],
    [{ tin_g: all(['20', '120']) }, 'METHOD_CONFLICT', 'tin_g.0.1'],
    [{ tinAndDry_g: all(['60', '60']) }, 'METHOD_OUT_OF_RANGE', 'tinAndDry_g.0.0'],
    [{ compactionType: 'medium' }, 'METHOD_KIND_UNKNOWN', 'compactionType'],
    [{ compactionType: undefined }, 'METHOD_MISSING', 'compactionType'],
    [{ mouldVolume_cm3: '499' }, 'METHOD_OUT_OF_RANGE', 'mouldVolume_cm3'],
    [{ mould_g: '20001' }, 'METHOD_OUT_OF_RANGE', 'mould_g'],
    [{ volume: '1' }, 'METHOD_UNKNOWN_FIELD', 'volume'],
  ])('%j is %s at %s', (change, code, field) => {
    expect(refusalOf(() => compact(change))).toMatchObject({ code, field });
  });

  test('fewer than five points are refused, more are taken', () => {
    const four = compactionSample([
      [1920, '10.2'],
      [2030, '12.1'],
      [2100, '14.0'],
      [2080, '16.1'],
    ]);
    expect(refusalOf(() => compact(four)).code).toBe('METHOD_WRONG_COUNT');
    const six = compactionSample([
      [1920, '10.2'],
      [2030, '12.1'],
      [2100, '14.0'],
      [2080, '16.1'],
      [2030, '18.0'],
      [1990, '20.0'],
    ]);
    expect(compact(six).outputs.points).toHaveLength(6);
  });
});

test('tables are rectangles, corrected or not, valid or not', () => {
  const light = {
    compactionType: 'light',
    oversize_percent: '20',
    oversizeGravity: '2.65',
    oversizeAbsorption_percent: '1',
  };
  const apart = { tinAndWet_g: all(['130', '135']) };
  for (const { record, report } of [compact(), compact(light), compact(apart)]) {
    expect([areRectangles(record), areRectangles(report)]).toEqual([true, true]);
  }
});

test('finds its item by name', () => {
  expect(['土工击实试验 最大干密度 最优含水率', '最大干密度'].every((names) => compaction.recognises(names))).toBe(
    true,
  );
  expect(
    ['压实度 灌砂法', '压实度 环刀法 最大干密度', '混凝土抗压强度'].some((names) => compaction.recognises(names)),
  ).toBe(false);
});
