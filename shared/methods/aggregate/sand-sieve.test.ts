import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import sandSieve from './sand-sieve.method.ts';
import { MASS_FIELDS } from './sieve/fields.ts';
import { referenceMean, referencePortion } from '../testing/aggregate-reference.ts';
import { portion, tenths } from '../testing/aggregate-portions.ts';
import { areRectangles, wordsOf } from '../testing/paperTables.ts';
import { refusalOf } from '../testing/refusals.ts';
import { testVectors } from '../testing/vectors.ts';

const CLAUSE = 'JGJ 52-2006 砂的筛分析试验';
const CONFIRMED = { policies: { 'limits JGJ 52-2006': 'confirmed' } };
/** Two portions as the bench sends them: one list per sieve. */
const inputsOf = (portions: readonly (readonly string[])[], samples = ['500', '500']) => ({
  sandKind: '天然砂',
  sampleMass_g: samples,
  ...Object.fromEntries(MASS_FIELDS.map(({ name }, index) => [name, portions.map((portion) => portion[index])])),
});
const MEDIUM = ['25', '50', '100', '125', '100', '75', '25'];
const MEDIUM_TOO = ['15', '75', '95', '105', '115', '85', '10'];
const base = inputsOf([MEDIUM, MEDIUM_TOO]);
const compute = (change: Record<string, unknown> = {}, settings = {}) =>
  sandSieve.compute({ ...base, ...change }, settings);
const both = (portion: readonly string[]) => inputsOf([portion, portion]);
const confirmed = (portion: readonly string[], change: Record<string, unknown> = {}) =>
  sandSieve.compute({ ...both(portion), ...change }, CONFIRMED);
const codes = (list: readonly { code: string }[]) => list.map(({ code }) => code);

describe('vectors', () => {
  testVectors(sandSieve.vectors);
});

describe('compute', () => {
  test('under draft limits the figures stand and nothing is judged', () => {
    const answer = compute();
    expect(answer.outputs).toMatchObject({
      finenessDifference: '0.12',
      finenessModulus: '2.8',
      cumulativeMean_percent: ['4', '16', '36', '59', '80', '96'],
      sandClass: null,
      zone: null,
      zoneExcess_percent: null,
    });
    expect(answer.verdict).toBe('not-judged');
    expect(answer.result).toEqual({
      valid: true,
      text: '该砂样细度模数为 2.8（规格的限值未与标准原文核对，需人工判定）；颗粒级配的限值未与标准原文核对，需人工判定。',
      parameters: [
        { parameterCode: 'XD', name: '细度模数', value: '2.8', unit: '', requirement: null, verdict: 'not-judged' },
        {
          parameterCode: 'JP',
          name: '颗粒级配',
          value: '4/16/36/59/80/96',
          unit: '%',
          requirement: '应处于Ⅰ、Ⅱ、Ⅲ级配区之一',
          verdict: 'not-judged',
        },
      ],
    });
    expect(answer.policies).toEqual({ cumulativeBasis: 'rounded', 'limits JGJ 52-2006': 'draft' });
    expect(answer.trace.every((step) => step.clause !== '' && step.rule !== '')).toBe(true);
    expect(answer.trace.map((step) => step.value)).not.toContain('符合');
    expect(answer.trace.map((step) => step.substituted)).toEqual(
      expect.arrayContaining([
        '25 / 500 × 100',
        '5.0 + 10.0 + 20.0',
        '((15.0 + 35.0 + 60.0 + 80.0 + 95.0) − 5 × 5.0) / (100 − 5.0)',
        '|2.74 − 2.86|',
        '(2.74 + 2.86) / 2',
        '(60.0 + 58.0) / 2',
      ]),
    );
  });

  test('with confirmed limits class and zone are named', () => {
    const answer = compute({}, CONFIRMED);
    expect(answer.outputs).toMatchObject({ sandClass: '中砂', zone: 'Ⅱ', zoneExcess_percent: '0' });
    expect(answer.result.text).toBe('该砂样细度模数为 2.8，属中砂；颗粒级配符合Ⅱ区的要求。');
    expect(answer.result.parameters.map(({ verdict }) => verdict)).toEqual(['not-judged', 'qualified']);
    // Nothing is required of the fineness modulus here; alone it has no verdict.
    expect(answer.verdict).toBe('qualified');
    expect(compute({}, { ...CONFIRMED, parameters: ['JP'] }).verdict).toBe('qualified');
    expect(compute({}, { ...CONFIRMED, parameters: ['XD'] }).verdict).toBe('not-judged');
  });

  test('a required class is judged, the neighbouring one is not met', () => {
    const medium = compute({ requiredClass: '中砂' }, CONFIRMED);
    expect(medium.verdict).toBe('qualified');
    expect(medium.result.parameters[0]).toMatchObject({ requirement: '中砂 2.3～3.0', verdict: 'qualified' });
    const fine = compute({ requiredClass: '细砂' }, CONFIRMED);
    expect(fine.verdict).toBe('unqualified');
    expect(fine.result.text).toContain('属中砂，不符合委托要求的细砂规格');
    expect(fine.warnings).toMatchObject([{ code: 'SAND_SIEVE_UNQUALIFIED', notify: 'supervisor' }]);
    expect(compute({ requiredClass: '细砂' }).verdict).toBe('not-judged');
    expect(compute({ requiredClass: '细砂' }).warnings).toEqual([]);
  });

  test('2.25 is 2.2, fine sand: half up would have made it medium', () => {
    const fine = ['0', '50', '75', '100', '75', '100', '100'];
    const finer = ['0', '50', '75', '100', '100', '100', '75'];
    const answer = sandSieve.compute(inputsOf([fine, finer]), CONFIRMED);
    expect(answer.outputs.portions.map(({ finenessModulus }) => finenessModulus)).toEqual(['2.20', '2.30']);
    expect(answer.outputs).toMatchObject({ finenessModulus: '2.2', sandClass: '细砂' });
  });

  test('record and report are rectangles and show every reading', () => {
    for (const answer of [compute(), compute({}, CONFIRMED), compute({ pan_g: ['5', '10'] })]) {
      expect(areRectangles(answer.record)).toBe(true);
      expect(areRectangles(answer.report)).toBe(true);
    }
    expect(wordsOf(compute().record)).toEqual(
      expect.arrayContaining([...MEDIUM, ...MEDIUM_TOO, '2.74', '2.86', '0.12', '2.8']),
    );
    expect(wordsOf(compute().report)).toEqual(
      expect.arrayContaining(['{sampleNo}', '4', '16', '36', '59', '80', '96', '70～41', '2.8', '需人工判定']),
    );
    expect(wordsOf(compute({}, CONFIRMED).report)).toEqual(expect.arrayContaining(['Ⅱ区', '合格']));
  });

  test('a sand outside its zone is unqualified, one in no zone too', () => {
    const over = confirmed(['55', '70', '100', '100', '75', '75', '25']);
    expect(over.outputs).toMatchObject({ cumulativeMean_percent: ['11', '25', '45', '65', '80', '95'], zone: 'Ⅱ' });
    expect(over.result.parameters[1]).toMatchObject({ requirement: 'Ⅱ区', verdict: 'unqualified' });
    expect(over.verdict).toBe('unqualified');
    const nowhere = confirmed(['0', '250', '150', '50', '25', '20', '5']);
    expect(nowhere.outputs.zone).toBeNull();
    expect(nowhere.result.parameters[1]).toMatchObject({ verdict: 'unqualified' });
    expect(nowhere.result.text).toContain('颗粒级配不在Ⅰ、Ⅱ、Ⅲ级配区之内');
  });

  test('very fine sand has no zone and no verdict by zones', () => {
    const answer = confirmed(['0', '5', '10', '25', '160', '250', '50'], { requiredClass: '特细砂' });
    expect(answer.outputs).toMatchObject({ sandClass: '特细砂', zone: null });
    expect(answer.result.parameters.map(({ verdict }) => verdict)).toEqual(['qualified', 'not-judged']);
    expect(answer.result.text).toContain('特细砂的颗粒级配不按级配区评定');
  });

  test('the policy changes the figures and stands in the answer', () => {
    const change = both(['22.3', '22.3', '100', '130', '130', '70', '25.4']);
    expect(compute(change).outputs.portions[0]?.finenessModulus).toBe('2.58');
    const other = compute(change, { policies: { cumulativeBasis: 'mass' } });
    expect(other.outputs.portions[0]?.cumulative_percent?.[1]).toBe('8.9');
    expect(other.policies).toMatchObject({ cumulativeBasis: 'mass' });
    expect(refusalOf(() => compute({}, { policies: { cumulativeBasis: 'x' } })).code).toBe('METHOD_POLICY_UNKNOWN');
  });

  test('the order of the two portions does not matter', () => {
    fc.assert(
      fc.property(portion, portion, (one, two) => {
        const figures = (list: (typeof one)[]) => {
          const answer = sandSieve.compute(
            inputsOf(
              list.map(({ masses }) => masses),
              list.map(({ sample }) => tenths(sample)),
            ),
            CONFIRMED,
          );
          return {
            outputs: { ...answer.outputs, portions: [] },
            verdict: answer.verdict,
            text: answer.result.text,
            valid: answer.result.valid,
          };
        };
        expect(figures([one, two])).toEqual(figures([two, one]));
      }),
      { numRuns: 500 },
    );
  });

  test('a number stands in the result exactly when both portions and their difference allow it', () => {
    fc.assert(
      fc.property(portion, portion, (one, two) => {
        const answer = sandSieve.compute(
          inputsOf([one.masses, two.masses], [tenths(one.sample), tenths(two.sample)]),
          CONFIRMED,
        );
        const [first, second] = [one, two].map(({ sample, masses }) =>
          referencePortion(tenths(sample), masses, 'rounded'),
        );
        const expected =
          first?.accepted === true && second?.accepted === true
            ? referenceMean(first.finenessModulus, second.finenessModulus, '0.20', '0.1')
            : null;
        expect(answer.outputs.finenessModulus).toBe(expected);
        expect(answer.result.valid).toBe(expected !== null);
        if (expected === null) expect(answer.verdict).toBe('not-judged');
      }),
      { numRuns: 500 },
    );
  });
});

describe('an invalid test has no number', () => {
  const none = {
    finenessModulus: null,
    cumulativeMean_percent: null,
    sandClass: null,
    zone: null,
    zoneExcess_percent: null,
  };

  test('for a loss above 1 %', () => {
    const answer = sandSieve.compute(inputsOf([MEDIUM, ['25', '50', '100', '125', '100', '70', '20']]), CONFIRMED);
    expect(answer.outputs).toMatchObject({ ...none, finenessDifference: null });
    expect(answer.outputs.portions[1]).toEqual({
      loss_percent: '2.0',
      accepted: false,
      individual_percent: null,
      cumulative_percent: null,
      finenessModulus: null,
    });
    expect(answer.result).toMatchObject({
      valid: false,
      text: '该砂样筛分析试验结果无效，应重新取样试验。',
      parameters: [
        { value: null, verdict: 'not-judged' },
        { value: null, verdict: 'not-judged' },
      ],
    });
    expect(answer.verdict).toBe('not-judged');
    expect(answer.warnings).toMatchObject([{ code: 'SAND_SIEVE_INVALID', notify: 'supervisor' }]);
    expect(answer.trace.at(-1)?.value).toBeNull();
    const [results, zones] = answer.report;
    expect(zones?.rows.at(-1)?.slice(1)).toEqual(Array.from({ length: 6 }, () => ({ text: '—', strong: true })));
    expect(results?.rows.map((row) => row.slice(-2))).toEqual(
      Array.from({ length: 2 }, () => [{ text: '试验结果无效', strong: true }, '—']),
    );
  });

  test('for a difference above 0.20', () => {
    const answer = sandSieve.compute(inputsOf([MEDIUM, ['25', '20', '100', '125', '100', '75', '55']]), CONFIRMED);
    expect(answer.outputs).toMatchObject({ ...none, finenessDifference: '0.32' });
    expect(answer.result.valid).toBe(false);
    expect(answer.result.text).not.toMatch(/\d/);
    expect(codes(answer.warnings)).toEqual(['SAND_SIEVE_INVALID']);
    expect(answer.trace.at(-1)).toMatchObject({ name: '细度模数', value: null });
  });

  test('only the asked parameter is answered', () => {
    const invalid = inputsOf([MEDIUM, ['25', '20', '100', '125', '100', '75', '55']]);
    expect(sandSieve.compute(invalid, { parameters: ['XD'] }).result.parameters).toHaveLength(1);
    expect(compute({}, { parameters: ['XD'] }).result.parameters.map(({ parameterCode }) => parameterCode)).toEqual([
      'XD',
    ]);
  });
});

describe('figures that can hardly be', () => {
  test('a portion of another size and a gain of mass are warned of', () => {
    const half = MEDIUM.map((mass) => String(Number(mass) / 2));
    expect(codes(sandSieve.compute(inputsOf([half, half], ['250', '250'])).warnings)).toEqual([
      'SAND_PORTION_MASS',
      'SAND_PORTION_MASS',
    ]);
    expect(codes(compute({ sampleMass_g: ['496', '500'] }).warnings)).toEqual(['SAND_MASS_GAIN']);
    expect(codes(compute({ sampleMass_g: ['505', '500'] }).warnings)).toEqual([]);
    expect(codes(compute({ sampleMass_g: ['505.1', '500'] }).warnings)).toContain('SAND_PORTION_MASS');
  });

  test('a loss above a tenth and a fineness modulus of no sand stop the record', () => {
    expect(codes(compute({ retained630_g: ['0', '105'] }).stops)).toEqual(['STOP_SIEVE_MASSES']);
    expect(codes(compute().stops)).toEqual([]);
    expect(codes(sandSieve.compute(both(['100', '200', '100', '50', '25', '20', '5'])).stops)).toEqual([
      'STOP_SAND_FINENESS',
    ]);
    expect(codes(sandSieve.compute(both(['0', '0', '0', '0', '10', '290', '200'])).stops)).toEqual([
      'STOP_SAND_FINENESS',
    ]);
  });
});

describe('bad readings are refused with field, rule and clause', () => {
  test.each([
    [undefined, 'METHOD_MISSING'],
    [null, 'METHOD_MISSING'],
    ['', 'METHOD_MISSING'],
    ['-1', 'METHOD_NEGATIVE'],
    ['12,3', 'METHOD_NOT_A_NUMBER'],
    ['1e2', 'METHOD_NOT_A_NUMBER'],
    [' 25', 'METHOD_NOT_A_NUMBER'],
    [25, 'METHOD_NOT_A_NUMBER'],
    ['1000.1', 'METHOD_OUT_OF_RANGE'],
  ])('a mass of %j is %s', (mass, code) => {
    expect(refusalOf(() => compute({ retained630_g: ['105', mass] }))).toEqual({
      code,
      field: 'retained630_g.1',
      rule: CLAUSE,
    });
  });

  test.each([
    [{ pan_g: ['25'] }, 'METHOD_WRONG_COUNT', 'pan_g'],
    [{ pan_g: ['25', '10', '10'] }, 'METHOD_WRONG_COUNT', 'pan_g'],
    [{ sampleMass_g: ['0', '500'] }, 'METHOD_ZERO', 'sampleMass_g.0'],
    [{ sampleMass_g: ['0.5', '500'] }, 'METHOD_OUT_OF_RANGE', 'sampleMass_g.0'],
    [{ sandKind: '海砂' }, 'METHOD_CHOICE_UNKNOWN', 'sandKind'],
    [{ requiredClass: '中粗砂' }, 'METHOD_CHOICE_UNKNOWN', 'requiredClass'],
    [{ sieve: '1' }, 'METHOD_UNKNOWN_FIELD', 'sieve'],
    [inputsOf([['500', '0', '0', '0', '0', '0', '0'], MEDIUM]), 'METHOD_OUT_OF_RANGE', 'retained5000_g.0'],
  ])('%j is %s at %s', (change, code, field) => {
    expect(refusalOf(() => compute(change))).toMatchObject({ code, field });
  });

  test.each(['sandKind', 'sampleMass_g', 'pan_g', 'retained630_g'])('nothing stands in for a missing %s', (name) => {
    const rest = Object.fromEntries(Object.entries(base).filter(([key]) => key !== name));
    expect(refusalOf(() => sandSieve.compute(rest))).toMatchObject({ code: 'METHOD_MISSING', field: name });
  });

  test('zero on a sieve is a reading', () => {
    expect(compute({ retained5000_g: ['0', '0'], retained2500_g: ['75', '90'] }).result.valid).toBe(true);
  });

  test('an unknown edition is refused', () => {
    expect(refusalOf(() => compute({}, { edition: 'GB/T 14684-2022' })).code).toBe('METHOD_EDITION_UNKNOWN');
  });
});

test('names of a catalogue item', () => {
  expect(sandSieve.recognises('砂 颗粒级配 细度模数')).toBe(true);
  expect(sandSieve.recognises('碎石 颗粒级配')).toBe(false);
  expect(sandSieve.recognises('砂浆 细度')).toBe(false);
  expect(sandSieve.describe({ sandKind: '天然砂', requiredClass: '中砂' })).toEqual({ grade: '中砂', spec: '天然砂' });
});
