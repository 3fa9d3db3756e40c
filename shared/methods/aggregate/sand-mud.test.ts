import { describe, expect, test } from 'vitest';
import sandMud from './sand-mud.method.ts';
import { areRectangles, wordsOf } from '../testing/paperTables.ts';
import { refusalOf } from '../testing/refusals.ts';
import { testVectors } from '../testing/vectors.ts';

const CLAUSE = 'JGJ 52-2006 砂中含泥量试验';
const CONFIRMED = { policies: { 'limits JGJ 52-2006': 'confirmed' } };
const base = {
  sandKind: '天然砂',
  gradeClass: 'C55～C30',
  mudBefore_g: ['400', '400'],
  mudAfter_g: ['391.2', '390.0'],
  clumpBefore_g: ['200', '200'],
  clumpAfter_g: ['198.8', '198.4'],
};
const compute = (change: Record<string, unknown> = {}, settings = {}) =>
  sandMud.compute({ ...base, ...change }, settings);
const codes = (list: readonly { code: string }[]) => list.map(({ code }) => code);
const without = (...names: string[]) =>
  Object.fromEntries(Object.entries(base).filter(([key]) => !names.includes(key)));
/** Masses after washing that give these contents of 400 g and of 200 g. */
const washed = (percent: number, of = 400) => ((of * (1000 - percent * 10)) / 1000).toFixed(1);
const verdictAt = (mud: number, clumps: number, gradeClass: string, change: Record<string, unknown> = {}) =>
  compute(
    {
      gradeClass,
      mudAfter_g: [washed(mud), washed(mud)],
      clumpAfter_g: [washed(clumps, 200), washed(clumps, 200)],
      ...change,
    },
    CONFIRMED,
  ).result.parameters.map(({ verdict }) => verdict);

describe('vectors', () => {
  testVectors(sandMud.vectors);
});

describe('compute', () => {
  test('under draft limits the figures stand and nothing is judged', () => {
    const answer = compute();
    expect(answer.outputs).toEqual({
      mud: { single_percent: ['2.2', '2.5'], difference_percent: '0.3', status: 'ok', result_percent: '2.4' },
      clumps: { single_percent: ['0.6', '0.8'], difference_percent: '0.2', status: 'ok', result_percent: '0.7' },
    });
    const open = { unit: '%', verdict: 'not-judged' };
    expect(answer.result).toEqual({
      valid: true,
      text: '该砂样含泥量为 2.4%（限值未与标准原文核对，需人工判定）；泥块含量为 0.7%（限值未与标准原文核对，需人工判定）。',
      parameters: [
        { parameterCode: 'HN', name: '含泥量', value: '2.4', requirement: '≤3.0 %', ...open },
        { parameterCode: 'NK', name: '泥块含量', value: '0.7', requirement: '≤1.0 %', ...open },
      ],
    });
    expect(answer.verdict).toBe('not-judged');
    expect(answer.warnings).toEqual([]);
    expect(answer.trace.every((step) => step.clause !== '' && step.rule !== '')).toBe(true);
    expect(answer.trace.map((step) => step.value)).not.toContain('符合');
    expect(answer.trace.map((step) => step.substituted)).toEqual(
      expect.arrayContaining(['(400 − 391.2) / 400 × 100', '|2.2 − 2.5|', '(2.2 + 2.5) / 2', '(0.6 + 0.8) / 2']),
    );
    expect(wordsOf(answer.report)).toContain('需人工判定');
  });

  test('with confirmed limits it judges and names the class', () => {
    const answer = compute({}, CONFIRMED);
    expect(answer.verdict).toBe('qualified');
    expect(answer.result.text).toBe(
      '该砂样含泥量为 2.4%，符合 C55～C30 混凝土的要求；泥块含量为 0.7%，符合 C55～C30 混凝土的要求。',
    );
    expect(answer.trace.map(({ name }) => name)).toEqual(expect.arrayContaining(['含泥量 判定', '泥块含量 判定']));
  });

  test.each([
    ['≥C60', 2.0, 0.5],
    ['C55～C30', 3.0, 1.0],
    ['≤C25', 5.0, 2.0],
  ])('%s: exactly %f and %f is qualified, one tenth more is not', (grade, mud, clumps) => {
    expect(verdictAt(mud, clumps, grade)).toEqual(['qualified', 'qualified']);
    expect(verdictAt(mud + 0.1, clumps, grade)).toEqual(['unqualified', 'qualified']);
    expect(verdictAt(mud, clumps + 0.1, grade)).toEqual(['qualified', 'unqualified']);
  });

  test('one unqualified parameter fails the sample and is told to the supervisor', () => {
    const answer = compute({ gradeClass: '≥C60' }, CONFIRMED);
    expect(answer.verdict).toBe('unqualified');
    expect(answer.warnings).toMatchObject([
      { code: 'AGGREGATE_MUD_UNQUALIFIED', notify: 'supervisor' },
      { code: 'AGGREGATE_MUD_UNQUALIFIED', notify: 'supervisor' },
    ]);
    expect(answer.result.text).toContain('含泥量为 2.4%，不符合 ≥C60 混凝土的要求');
  });

  test('without a class of concrete, for manufactured sand and for special concrete nothing is guessed', () => {
    const plain = sandMud.compute(without('gradeClass'), CONFIRMED);
    expect(plain.verdict).toBe('not-judged');
    expect(plain.result.parameters[0]).toMatchObject({ value: '2.4', requirement: null });
    expect(plain.result.text).toContain('未给出混凝土强度等级，不作判定');
    for (const sandKind of ['人工砂', '混合砂']) {
      const other = compute({ sandKind }, CONFIRMED);
      expect(other.verdict).toBe('not-judged');
      expect(other.result.text).toContain(`只适用于天然砂，${sandKind}需人工判定`);
      expect(wordsOf(other.report)).not.toContain('≤3.0 %');
      expect(wordsOf(other.report)).toContain('需人工判定');
    }
    const special = { specialRequirement: 'yes' };
    expect(verdictAt(1, 0, '≤C25', special)).toEqual(['not-judged', 'not-judged']);
    expect(compute({ ...special, gradeClass: '≤C25' }, CONFIRMED).result.text).toContain('限值未收录，需人工判定');
    expect(verdictAt(3, 1, 'C55～C30', special)).toEqual(['qualified', 'qualified']);
    expect(verdictAt(2, 0.5, '≥C60', special)).toEqual(['qualified', 'qualified']);
    expect(verdictAt(5, 2, '≤C25', { specialRequirement: 'no' })).toEqual(['qualified', 'qualified']);
  });

  test('only what is asked and read is answered', () => {
    const only = (parameters: string[], inputs: object = base) =>
      sandMud.compute(inputs, { parameters }).result.parameters.map(({ parameterCode }) => parameterCode);
    expect(only(['HN'])).toEqual(['HN']);
    expect(only(['NK'])).toEqual(['NK']);
    expect(only(['HN', 'NK'])).toEqual(['HN', 'NK']);
    expect(sandMud.compute(without('clumpBefore_g', 'clumpAfter_g')).outputs.clumps).toBeNull();
    expect(refusalOf(() => only(['NK'], without('clumpAfter_g')))).toMatchObject({
      code: 'METHOD_MISSING',
      field: 'clumpAfter_g',
    });
    expect(refusalOf(() => sandMud.compute(without('mudAfter_g')))).toMatchObject({
      code: 'METHOD_MISSING',
      field: 'mudAfter_g',
    });
    const none = without('mudBefore_g', 'mudAfter_g', 'clumpBefore_g', 'clumpAfter_g');
    expect(refusalOf(() => sandMud.compute(none))).toMatchObject({ code: 'METHOD_MISSING', field: 'mudBefore_g' });
  });

  test('record and report are rectangles and show every reading', () => {
    for (const answer of [
      compute(),
      compute({ mudAfter_g: ['392', '389.6'] }),
      sandMud.compute(without('gradeClass')),
    ]) {
      expect(areRectangles([...answer.record, ...answer.report])).toBe(true);
    }
    expect(wordsOf(compute().record)).toEqual(
      expect.arrayContaining([...base.mudAfter_g, ...base.clumpAfter_g, '2.2', '2.5', '0.3', '2.4', '0.7']),
    );
    expect(wordsOf(compute().report)).toEqual(
      expect.arrayContaining(['{sampleNo}', '≤2.0 %', '≤3.0 %', '≤5.0 %', '≤0.5 %', '≤1.0 %', '2.4', '0.7']),
    );
  });
});

describe('a void determination has no number', () => {
  const apart = { mudAfter_g: ['392.0', '389.6'] };

  test('the other one keeps its own', () => {
    const answer = compute(apart, CONFIRMED);
    expect(answer.outputs.mud).toMatchObject({ status: 'redo', result_percent: null });
    expect(answer.result.parameters).toMatchObject([
      { value: null, verdict: 'not-judged' },
      { value: '0.7', verdict: 'qualified' },
    ]);
    expect(answer.verdict).toBe('not-judged');
    expect(answer.result.valid).toBe(true);
    expect(answer.result.text).toContain('含泥量试验结果无效，应重新取样试验');
    expect(codes(answer.warnings)).toEqual(['AGGREGATE_MUD_INVALID']);
    expect(wordsOf(answer.report)).toContain('试验结果无效');
  });

  test('alone it makes the whole invalid, without a figure in the sentence', () => {
    const answer = compute(apart, { ...CONFIRMED, parameters: ['HN'] });
    expect(answer.result).toMatchObject({ valid: false, text: '该砂样含泥量试验结果无效，应重新取样试验。' });
    expect(answer.verdict).toBe('not-judged');
    expect(answer.trace.at(-1)?.value).toBeNull();
    expect(wordsOf(answer.report).filter((word) => /^\d/.test(word))).toEqual([]);
  });
});

describe('figures that can hardly be', () => {
  test('another portion than the standard’s is warned of from 1 % on', () => {
    expect(codes(compute({ mudBefore_g: ['404', '396'], mudAfter_g: ['394', '386'] }).warnings)).toEqual([]);
    expect(codes(compute({ mudBefore_g: ['404.1', '395.9'], mudAfter_g: ['394', '386'] }).warnings)).toEqual([
      'AGGREGATE_PORTION_MASS',
      'AGGREGATE_PORTION_MASS',
    ]);
    expect(codes(compute({ clumpBefore_g: ['210', '200'] }).warnings)).toContain('AGGREGATE_PORTION_MASS');
  });

  test('a content of more than a fifth stops the record', () => {
    expect(codes(compute({ mudAfter_g: ['320', '320'] }).stops)).toEqual([]);
    expect(codes(compute({ mudAfter_g: ['319', '320'] }).stops)).toEqual(['STOP_MUD_CONTENT']);
    expect(codes(compute({ clumpAfter_g: ['180', '179'] }).stops)).toEqual(['STOP_MUD_CONTENT']);
  });
});

describe('bad readings are refused with field, rule and clause', () => {
  test.each([
    [null, 'METHOD_MISSING'],
    ['', 'METHOD_MISSING'],
    ['0', 'METHOD_ZERO'],
    ['-390', 'METHOD_NEGATIVE'],
    ['39O', 'METHOD_NOT_A_NUMBER'],
    ['3,9', 'METHOD_NOT_A_NUMBER'],
    [390, 'METHOD_NOT_A_NUMBER'],
    ['1000.1', 'METHOD_OUT_OF_RANGE'],
    ['400.1', 'METHOD_CONFLICT'],
  ])('a mass of %j is %s', (mass, code) => {
    expect(refusalOf(() => compute({ mudAfter_g: ['391', mass] }))).toEqual({
      code,
      field: 'mudAfter_g.1',
      rule: CLAUSE,
    });
  });

  test.each([
    [{ mudBefore_g: ['0.4', '0.4'] }, 'METHOD_OUT_OF_RANGE', 'mudBefore_g.0'],
    [{ mudBefore_g: ['400'] }, 'METHOD_WRONG_COUNT', 'mudBefore_g'],
    [{ mudBefore_g: ['400', '400', '400'] }, 'METHOD_WRONG_COUNT', 'mudBefore_g'],
    [{ gradeClass: 'C30' }, 'METHOD_GRADE_UNKNOWN', 'gradeClass'],
    [{ gradeClass: '＞C60' }, 'METHOD_GRADE_UNKNOWN', 'gradeClass'],
    [{ sandKind: '海砂' }, 'METHOD_CHOICE_UNKNOWN', 'sandKind'],
    [{ specialRequirement: '抗渗' }, 'METHOD_CHOICE_UNKNOWN', 'specialRequirement'],
    [{ mud: '2.0' }, 'METHOD_UNKNOWN_FIELD', 'mud'],
  ])('%j is %s at %s', (change, code, at) => {
    expect(refusalOf(() => compute(change))).toMatchObject({ code, field: at });
  });

  test('policies and editions that are not there', () => {
    expect(refusalOf(() => compute({}, { policies: { 'limits JGJ 52-2006': 'yes' } })).code).toBe(
      'METHOD_POLICY_UNKNOWN',
    );
    expect(refusalOf(() => compute({}, { edition: 'GB/T 14684-2022' })).code).toBe('METHOD_EDITION_UNKNOWN');
  });
});

test('names of a catalogue item', () => {
  expect(sandMud.recognises('砂 含泥量 泥块含量')).toBe(true);
  expect(sandMud.recognises('碎石 含泥量')).toBe(false);
  const recognised = (name: string) =>
    sandMud.parameters.filter(({ recognises }) => recognises.test(name)).map(({ code }) => code);
  expect([recognised('含泥量'), recognised('泥块含量'), recognised('含泥块量')]).toEqual([['HN'], ['NK'], ['NK']]);
  expect(sandMud.describe({ gradeClass: '≤C25', sandKind: '天然砂' })).toEqual({ grade: '≤C25', spec: '天然砂' });
});
