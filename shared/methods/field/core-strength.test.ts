import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import core from './core-strength.method.ts';
import { coreStrength, meanDiameter } from './core/strength.ts';
import { coreBase, cores, loadsAtTie, loadsFor, referenceCore, referenceDiameter } from '../testing/field-core.ts';
import { areRectangles } from '../testing/paperTables.ts';
import { refusalOf } from '../testing/refusals.ts';
import { testVectors } from '../testing/vectors.ts';

testVectors(core.vectors);

const tenths = (value: number): string => `${Math.floor(value / 10)}.${value % 10}`;
const codes = (found: readonly { code: string }[]) => found.map(({ code }) => code);
describe('strength of a core', () => {
  test.each([
    ['251.3', '100.0', '32.0'],
    ['100', '74.5', '22.9'],
    ['300', '100', '38.2'],
  ])('%s kN on %s mm is %s MPa', (load, diameter, expected) => {
    expect(coreStrength(load, diameter)).toBe(expected);
  });

  test('agrees with an independent implementation, rises with the load and falls with the diameter', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 9000 }),
        fc.integer({ min: 140, max: 310 }),
        fc.constantFrom('1.0', '0.95', '1.05'),
        (load, halves, betaC) => {
          const diameter = (value: number): string => `${Math.floor(value / 2)}.${value % 2 === 0 ? '0' : '5'}`;
          const strength = coreStrength(tenths(load), diameter(halves), betaC);
          expect(strength).toBe(referenceCore(tenths(load), diameter(halves), betaC));
          expect(Number(coreStrength(tenths(load + 1), diameter(halves), betaC))).toBeGreaterThanOrEqual(
            Number(strength),
          );
          expect(Number(coreStrength(tenths(load), diameter(halves + 1), betaC))).toBeLessThanOrEqual(Number(strength));
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('π is exact enough for every digit a reading may have', () => {
    const [below, above] = loadsAtTie();
    expect([coreStrength(below, '100'), coreStrength(above, '100')]).toEqual(['32.0', '32.1']);
  });

  test('the mean of two directions goes to 0.5 mm, ties to the even multiple', () => {
    expect(meanDiameter(['100.0', '100.4'])).toBe('100.0');
    expect(meanDiameter(['100.2', '100.3'])).toBe('100.0');
    expect(meanDiameter(['100.7', '100.8'])).toBe('101.0');
    expect(meanDiameter(['99.8', '100.9'])).toBe('100.5');
    fc.assert(
      fc.property(fc.integer({ min: 500, max: 2000 }), fc.integer({ min: 0, max: 30 }), (a, more) => {
        const pair = [tenths(a), tenths(a + more)];
        expect(meanDiameter(pair)).toBe(referenceDiameter(pair));
        expect(meanDiameter(pair.toReversed())).toBe(meanDiameter(pair));
      }),
      { numRuns: 1000 },
    );
  });

  test('ten times the load at the same diameter is ten times the strength within one rounding', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 900 }), (load) => {
        const [one, ten] = [coreStrength(tenths(load), '100'), coreStrength(String(load), '100')];
        expect(Math.abs(Number(ten) - 10 * Number(one))).toBeLessThanOrEqual(0.56);
      }),
      { numRuns: 500 },
    );
  });
});

describe('one member', () => {
  test('the estimate is the least core; it is not judged', () => {
    const answer = cores();
    expect(answer.outputs).toMatchObject({
      assessment: 'member',
      diameter_mm: ['100.0', '100.0', '100.0'],
      area_mm2: ['7854', '7854', '7854'],
      heightOverDiameter: ['1.00', '1.01', '0.99'],
      betaC: '1.0',
      single_MPa: ['32.0', '33.1', '35.9'],
      least_MPa: '32.0',
      estimate_MPa: '32.0',
      entity: null,
    });
    expect(answer).toMatchObject({ verdict: 'not-judged', stops: [] });
    expect(answer.result).toEqual({
      valid: true,
      text: '该构件混凝土抗压强度推定值为 32.0 MPa。',
      parameters: [
        {
          parameterCode: 'TD',
          name: '抗压强度推定值',
          value: '32.0',
          unit: 'MPa',
          requirement: null,
          verdict: 'not-judged',
        },
      ],
    });
    expect(answer.warnings).toMatchObject([{ code: 'CORE_BELOW_GRADE', notify: 'supervisor' }]);
    expect(codes(cores({ designGrade: 'C30' }).warnings)).toEqual([]);
    expect(codes(cores({ designGrade: undefined }).warnings)).toEqual([]);
    expect(answer.trace.every((step) => step.clause !== '' && step.rule !== '')).toBe(true);
    expect(answer.trace.map((step) => step.substituted)).toEqual(
      expect.arrayContaining(['1.0 × 251.3 × 1000 / (π × 100.0² / 4)', '100 / 100.0', 'min(32.0, 33.1, 35.9)']),
    );
    expect(answer.record[0]?.rows).toHaveLength(3);
    expect(answer.report[0]?.joins).toBe(true);
    expect(answer.report[0]?.rows[0]).toHaveLength(11);
  });

  test('agrees with the reference from the readings on, whatever the order of the cores', () => {
    const core3 = fc.array(
      fc.record({
        load: fc.integer({ min: 1000, max: 6000 }),
        size: fc.integer({ min: 985, max: 1015 }),
        other: fc.integer({ min: -5, max: 5 }),
      }),
      { minLength: 3, maxLength: 8 },
    );
    fc.assert(
      fc.property(core3, (specimens) => {
        const loads_kN = specimens.map(({ load }) => tenths(load));
        const diameters_mm = specimens.map(({ size, other }) => [tenths(size), tenths(size + other)]);
        const change = { loads_kN, diameters_mm, heights_mm: specimens.map(() => '100'), designGrade: undefined };
        const expected = loads_kN.map((load, index) =>
          referenceCore(load, referenceDiameter(diameters_mm[index] ?? []), '1'),
        );
        const answer = cores(change).outputs;
        expect(answer.single_MPa).toEqual(expected);
        expect(Number(answer.estimate_MPa)).toBe(Math.min(...expected.map(Number)));
        const reversed = { ...change, loads_kN: loads_kN.toReversed(), diameters_mm: diameters_mm.toReversed() };
        expect(cores(reversed).outputs.estimate_MPa).toBe(answer.estimate_MPa);
      }),
      { numRuns: 1000 },
    );
  });

  test('height over diameter from 0.95 to 1.05, edges inside, compared unrounded', () => {
    const high = (height: string, size = '100.0') =>
      cores({ heights_mm: [height, '100', '100'], diameters_mm: [[size, size], ...coreBase.diameters_mm.slice(1)] });
    expect(high('95').outputs.heightOverDiameter[0]).toBe('0.95');
    expect(high('105').outputs.heightOverDiameter[0]).toBe('1.05');
    for (const [height, size] of [
      ['94', '100.0'],
      ['106', '100.0'],
      // 0.9453 prints 0.95, 1.0526 prints 1.05.
      ['95', '100.5'],
      ['100', '95.0'],
    ] as const) {
      expect(refusalOf(() => high(height, size))).toEqual({
        code: 'METHOD_SIZE_TOLERANCE',
        field: 'heights_mm.0',
        rule: 'JGJ/T 384-2016 芯样试件尺寸',
      });
    }
  });

  test('βc is 1.0; another needs its evidence', () => {
    expect(cores({ betaC: '1.00' }).outputs).toMatchObject({ betaC: '1.00', betaCBasis: '标准取值' });
    const tested = cores({ betaC: '1.05', betaCEvidence: '对比试验 2026-03' });
    expect(tested.outputs).toMatchObject({ betaC: '1.05', betaCBasis: '对比试验：对比试验 2026-03' });
    expect(tested.outputs.single_MPa[0]).toBe('33.6');
    expect(refusalOf(() => cores({ betaC: '1.05' }))).toMatchObject({ code: 'METHOD_MISSING', field: 'betaCEvidence' });
    expect(refusalOf(() => cores({ betaCEvidence: 'x' }))).toMatchObject({ code: 'METHOD_MISSING', field: 'betaC' });
  });

  test('a batch is refused, because nobody has the table', () => {
    expect(refusalOf(() => cores({ assessment: 'batch' }))).toEqual({
      code: 'METHOD_TABLE_MISSING',
      field: 'assessment',
      rule: 'JGJ/T 384-2016 附录 A',
    });
  });

  test('the assessment must be the one that was commissioned', () => {
    expect(refusalOf(() => cores({}, { parameters: ['ST'] }))).toMatchObject({
      code: 'METHOD_CONFLICT',
      field: 'assessment',
    });
    expect(cores({}, { parameters: ['TD'] }).result.parameters).toHaveLength(1);
  });
});

test('tables are rectangles in both assessments', () => {
  for (const { record, report } of [cores(), cores({ assessment: 'entity' })]) {
    expect([areRectangles(record), areRectangles(report)]).toEqual([true, true]);
  }
});

describe('machine, loading rate, plausibility', () => {
  test('20–80 % of the range', () => {
    expect(codes(cores({ machineRange_kN: '1000' }).stops)).toEqual([]);
    expect(codes(cores({ machineRange_kN: '1400' }).stops)).toEqual(['STOP_MACHINE_RANGE', 'STOP_MACHINE_RANGE']);
    expect(codes(cores({ machineRange_kN: '300' }).warnings)).toContain('MACHINE_RANGE_HIGH');
    expect(refusalOf(() => cores({ machineRange_kN: '281.6' }))).toMatchObject({
      code: 'METHOD_OVER_RANGE',
      field: 'loads_kN.2',
    });
  });

  test('the rate window goes by grade and nominal diameter', () => {
    // 0.5 to 0.8 MPa/s on 7854 mm².
    const [acquisition] = core.acquisitions;
    const window = acquisition?.rateWindow?.({ designGrade: 'C35', nominalDiameter_mm: '100' });
    expect(window).toMatchObject({ min_kN_s: '3.927', max_kN_s: '6.2832' });
    expect(acquisition?.rateWindow?.({ designGrade: 'C35' })).toBeNull();
    expect(codes(cores({ loadingRates_kN_s: ['3.927', '5', '6.2832'] }).stops)).toEqual([]);
    expect(codes(cores({ loadingRates_kN_s: ['3.92', '5', '6.29'] }).stops)).toEqual([
      'STOP_LOADING_RATE',
      'STOP_LOADING_RATE',
    ]);
    expect(acquisition?.preview?.value({ nominalDiameter_mm: '100' }, '251.3')).toBe('32.0');
    expect(acquisition?.preview?.value({}, '251.3')).toBeNull();
  });

  test('below half of the grade or above three times it stops the record', () => {
    const stops = (strength: string) => codes(cores({ loads_kN: loadsFor([strength, '40', '40']) }).stops);
    expect(['17.5', '17.4', '105.0', '105.1'].map(stops)).toEqual([
      [],
      ['STOP_CORE_STRENGTH'],
      [],
      ['STOP_CORE_STRENGTH'],
    ]);
  });
});

describe('bad readings are refused with field, rule and clause', () => {
  test.each([
    [undefined, 'METHOD_MISSING'],
    ['', 'METHOD_MISSING'],
    ['0', 'METHOD_ZERO'],
    ['-251', 'METHOD_NEGATIVE'],
    ['OL', 'METHOD_NOT_A_NUMBER'],
    ['２５１', 'METHOD_NOT_A_NUMBER'],
    [251, 'METHOD_NOT_A_NUMBER'],
    ['5000.1', 'METHOD_OUT_OF_RANGE'],
    ['2000', 'METHOD_OUT_OF_RANGE'],
    ['0.3', 'METHOD_OUT_OF_RANGE'],
  ])('a load of %j is %s', (load, code) => {
    expect(refusalOf(() => cores({ loads_kN: ['251', '260', load] }))).toEqual({
      code,
      field: 'loads_kN.2',
      rule: 'JGJ/T 384-2016 芯样试件抗压强度',
    });
  });

  test.each([
    [{ loads_kN: ['251', '260'] }, 'METHOD_WRONG_COUNT', 'loads_kN'],
    [{ heights_mm: ['100', '100', '100', '100'] }, 'METHOD_WRONG_COUNT', 'heights_mm'],
    [{ heights_mm: ['100.5', '100', '100'] }, 'METHOD_NOT_WHOLE', 'heights_mm.0'],
    [{ heights_mm: undefined }, 'METHOD_MISSING', 'heights_mm'],
    [{ diameters_mm: [['100'], ['100', '100'], ['100', '100']] }, 'METHOD_WRONG_COUNT', 'diameters_mm.0'],
    [
      {
        diameters_mm: [
          ['100', '10'],
          ['100', '100'],
          ['100', '100'],
        ],
      },
      'METHOD_OUT_OF_RANGE',
      'diameters_mm.0.1',
    ],
    [{ designGrade: 'C33' }, 'METHOD_GRADE_UNKNOWN', 'designGrade'],
    [{ assessment: 'all' }, 'METHOD_CHOICE_UNKNOWN', 'assessment'],
    [{ assessment: undefined }, 'METHOD_MISSING', 'assessment'],
    [{ k1: '1.5' }, 'METHOD_UNKNOWN_FIELD', 'k1'],
  ])('%j is %s at %s', (change, code, field) => {
    expect(refusalOf(() => cores(change))).toMatchObject({ code, field });
  });

  test('editions and names', () => {
    expect(refusalOf(() => cores({}, { edition: 'CECS 03:2007' })).code).toBe('METHOD_EDITION_UNKNOWN');
    expect(core.recognises('钻芯法检测混凝土抗压强度')).toBe(true);
    expect(['混凝土抗压强度', '基桩钻芯', '沥青混凝土芯样'].some((names) => core.recognises(names))).toBe(false);
  });
});
