// Bond strength of facing tiles: vectors, both conditions with their edges, retest, editions, stops, papers, refusals.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import tileBond from './tile-bond.method.ts';
import { judgeTiles, thresholdsOf, tileGroup } from './tile/judge.ts';
import { tileBondVector } from './tile/vector.ts';
import { referenceTile, referenceTileStrength } from '../testing/field-tile.ts';
import { allColumns, coveredColumns } from '../testing/papers.ts';
import { refusalOf } from '../testing/refusals.ts';
import { testVectors } from '../testing/vectors.ts';

const CONFIRMED = { 'limits JGJ/T 110-2017': 'confirmed', 'limits JGJ 110-2008': 'confirmed' };
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

/** 95 mm × 45 mm is 4275 mm²: 1.71 kN is exactly 0.4 MPa. */
const base = {
  construction: '现场粘贴',
  round: 'initial',
  forces_kN: ['2.57', '3.00', '2.14'],
  lengths_mm: times(3, '95'),
  widths_mm: times(3, '45'),
  states: times(3, '粘结层为主断开'),
};
const compute = (
  change: Record<string, unknown>,
  policies: Record<string, string> = CONFIRMED,
  edition = 'JGJ/T 110-2017',
) =>
  tileBond.compute(
    Object.fromEntries(Object.entries({ ...base, ...change }).filter(([, value]) => value !== undefined)),
    { policies, edition },
  );
/** Six pieces, the first three are group 1. */
const retest = (forces: string[]) => ({
  round: 'retest',
  initialRecordNo: 'JL-9',
  forces_kN: forces,
  lengths_mm: times(6, '95'),
  widths_mm: times(6, '45'),
  states: times(6, '粘结层为主断开'),
});
const vector = (single_MPa: unknown, change: Record<string, unknown> = {}) => tileBondVector({ single_MPa, ...change });
const tenths = fc.integer({ min: 0, max: 12 }).map((value) => `${Math.floor(value / 10)}.${value % 10}`);
const three = fc.tuple(tenths, tenths, tenths);

testVectors(tileBond.vectors);

describe('the two conditions', () => {
  test.each([
    [['0.4', '0.4', '0.4'], '0.4', true, true, 'qualified'],
    [['0.3', '0.4', '0.4'], '0.4', true, true, 'qualified'],
    [['0.3', '0.3', '0.9'], '0.5', true, false, 'retest-two-groups'],
    [['0.2', '0.6', '0.7'], '0.5', true, false, 'retest-two-groups'],
    [['0.3', '0.3', '0.3'], '0.3', false, false, 'unqualified'],
    [['0.2', '0.3', '0.4'], '0.3', false, false, 'unqualified'],
    [['0.0', '0.4', '0.4'], '0.3', false, false, 'unqualified'],
    [['0.3', '0.3', '0.4'], '0.3', false, false, 'unqualified'],
  ])('%j on site', (singles, mean, meanOk, singleOk, verdict) => {
    expect(vector(singles)).toEqual({ mean, meanOk, singleOk, verdict });
    expect(referenceTile(singles, 4n, 3n)).toEqual({ mean, meanOk, singleOk, verdict });
  });

  test.each([
    [['0.4', '0.6', '0.7'], '0.6', true, true, 'qualified'],
    [['0.3', '0.7', '0.8'], '0.6', true, false, 'retest-two-groups'],
    [['0.4', '0.6', '0.6'], '0.5', false, true, 'retest-two-groups'],
    [['0.5', '0.5', '0.5'], '0.5', false, false, 'unqualified'],
  ])('%j on a precast panel', (singles, mean, meanOk, singleOk, verdict) => {
    expect(vector(singles, { precast: true })).toEqual({ mean, meanOk, singleOk, verdict });
  });

  test('agrees with an independent implementation, on site and on panels', () => {
    fc.assert(
      fc.property(three, fc.boolean(), (singles, precast) => {
        const expected = precast ? referenceTile(singles, 6n, 4n) : referenceTile(singles, 4n, 3n);
        expect(vector(singles, { precast })).toEqual(expected);
      }),
      { numRuns: 1500 },
    );
  });

  test('does not depend on the order, and a stronger piece never worsens the verdict', () => {
    const rank = { unqualified: 0, 'retest-two-groups': 1, qualified: 2 };
    const limits = thresholdsOf('JGJ/T 110-2017', '现场粘贴');
    const judged = (singles: readonly string[]) => judgeTiles([tileGroup(singles, limits)], false);
    fc.assert(
      fc.property(three, fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (singles, order) => {
        const shuffled = order.map((index) => singles[index] ?? '');
        expect(tileGroup(shuffled, limits).mean_MPa).toBe(tileGroup(singles, limits).mean_MPa);
        expect(judged(shuffled)).toBe(judged(singles));
        const raised = singles.map((single, index) => (index === order[0] ? single.replace(/^\d/, '2') : single));
        expect(rank[judged(raised)]).toBeGreaterThanOrEqual(rank[judged(singles)]);
      }),
      { numRuns: 1000 },
    );
  });

  test('scaling strengths and limits by ten keeps both conditions', () => {
    const ten = (value: string): string => value.replace('.', '').replace(/^0+(?=\d)/, '');
    fc.assert(
      fc.property(three, (singles) => {
        const small = tileGroup(singles, { mean_MPa: '0.4', least_MPa: '0.3' });
        // The mean is still rounded to 0.1, which is ten times finer here: only the single values must agree.
        const large = tileGroup(singles.map(ten), { mean_MPa: '4', least_MPa: '3' });
        expect([large.singleOk, large.below]).toEqual([small.singleOk, small.below]);
      }),
      { numRuns: 600 },
    );
  });

  test('two groups of a retest: both must meet both', () => {
    const limits = thresholdsOf('JGJ/T 110-2017', '现场粘贴');
    const good = tileGroup(['0.3', '0.4', '0.4'], limits);
    const half = tileGroup(['0.2', '0.6', '0.7'], limits);
    expect(judgeTiles([good, good], true)).toBe('qualified');
    expect(judgeTiles([good, half], true)).toBe('unqualified');
    expect(judgeTiles([half, good], true)).toBe('unqualified');
    expect(judgeTiles([half], false)).toBe('retest-two-groups');
  });
});

describe('strength of a piece', () => {
  test.each([
    ['1.71', '95', '45', '0.4'],
    ['1.49', '95', '45', '0.3'],
    ['1.50', '95', '45', '0.4'],
    ['0.4', '40', '40', '0.2'],
    ['0.56', '40', '40', '0.4'],
    ['0.72', '40', '40', '0.4'],
  ])('%s kN on %s mm × %s mm is %s MPa', (force, length, width, expected) => {
    const change = { forces_kN: [force, '3', '3'], lengths_mm: [length, '95', '95'], widths_mm: [width, '45', '45'] };
    expect(compute(change).outputs.single_MPa[0]).toBe(expected);
  });

  test('agrees with an independent implementation', () => {
    const sizes = fc.integer({ min: 40, max: 100 }).map(String);
    const force = fc
      .integer({ min: 1, max: 1500 })
      .map((value) => `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`);
    const piece = fc.tuple(force, sizes, sizes);
    fc.assert(
      fc.property(fc.tuple(piece, piece, piece), (pieces) => {
        const answer = compute({
          forces_kN: pieces.map(([value]) => value),
          lengths_mm: pieces.map(([, length]) => length),
          widths_mm: pieces.map(([, , width]) => width),
        });
        const singles = pieces.map(([value, length, width]) => referenceTileStrength(value, length, width));
        expect(answer.outputs.single_MPa).toEqual(singles);
        const expected = referenceTile(singles, 4n, 3n);
        expect(answer.outputs.verdict).toBe(expected.verdict);
        expect(answer.outputs.groups[0]).toMatchObject({ mean_MPa: expected.mean, singleOk: expected.singleOk });
      }),
      { numRuns: 800 },
    );
  });
});

describe('compute', () => {
  test('a sound group: every step explained', () => {
    const answer = compute({});
    expect(answer.outputs).toMatchObject({
      areas_mm2: times(3, '4275'),
      single_MPa: ['0.6', '0.7', '0.5'],
      verdict: 'qualified',
    });
    expect(answer.verdict).toBe('qualified');
    expect(answer.result).toMatchObject({
      valid: true,
      text: '饰面砖粘结强度平均值为 0.6 MPa，符合 JGJ/T 110-2017 的要求。',
      parameters: [{ parameterCode: 'NJ', value: '0.6', verdict: 'qualified' }],
    });
    expect(answer.trace.every(({ clause, rule }) => clause.startsWith('JGJ/T 110-2017') && rule !== '')).toBe(true);
    expect(answer.trace.map(({ substituted }) => substituted)).toEqual(
      expect.arrayContaining(['2.57 / 4275 × 1000', '(0.6 + 0.7 + 0.5) / 3']),
    );
    expect([answer.warnings, answer.stops]).toEqual([[], []]);
  });

  test('draft limits do not judge, and the figures still print', () => {
    const answer = compute({}, {});
    expect(answer.verdict).toBe('not-judged');
    expect(answer.outputs).toMatchObject({ verdict: null, single_MPa: ['0.6', '0.7', '0.5'] });
    expect(answer.result.text).toContain('限值未与标准原文核对，需人工判定');
    expect(answer.result.parameters[0]).toMatchObject({ value: '0.6', verdict: 'not-judged' });
    expect(answer.trace.at(-1)?.value).toBe('需人工判定');
    expect(JSON.stringify([answer.record, answer.report])).not.toMatch(/合格|符合/);
    expect(compute({}, { 'limits JGJ 110-2008': 'confirmed' }).verdict).toBe('not-judged');
  });

  test('one of two conditions: two more groups; then both groups decide', () => {
    const first = compute({ forces_kN: ['3.0', '2.5', '0.8'] });
    expect(first.outputs).toMatchObject({ single_MPa: ['0.7', '0.6', '0.2'], verdict: 'retest-two-groups' });
    expect(first.verdict).toBe('retest');
    expect(first.result.text).toContain('原取样区域内重新抽取 2 组试样');
    expect(first.warnings).toMatchObject([{ code: 'TILE_RETEST', notify: 'supervisor' }]);
    const second = compute(retest(['1.8', '1.8', '1.5', '2', '2', '2']));
    expect(second.verdict).toBe('qualified');
    expect(second.result.parameters[0]?.value).toBe('0.4/0.5');
    const failed = compute(retest(['2', '2', '1.5', '3', '2.5', '0.8']));
    expect(failed.verdict).toBe('unqualified');
    expect(failed.warnings).toMatchObject([{ code: 'TILE_UNQUALIFIED', notify: 'supervisor' }]);
  });

  test('panels have limits of their own', () => {
    const panel = { construction: '带饰面砖的预制构件', forces_kN: times(3, '2.14') };
    expect(compute(panel).verdict).toBe('unqualified');
    expect(compute({ ...panel, construction: '现场粘贴' }).verdict).toBe('qualified');
    expect(compute(panel).result.parameters[0]?.requirement).toContain('≥0.6 MPa');
  });

  test('old work stays on its edition', () => {
    const old = compute({}, CONFIRMED, 'JGJ 110-2008');
    expect(old.edition).toMatchObject({ id: 'JGJ 110-2008', inForceUntil: '2017-10-31' });
    expect(old.result.text).toContain('JGJ 110-2008');
    expect(old.trace.every(({ clause }) => clause.startsWith('JGJ 110-2008'))).toBe(true);
    expect(compute({}, { 'limits JGJ/T 110-2017': 'confirmed' }, 'JGJ 110-2008').verdict).toBe('not-judged');
    expect(refusalOf(() => compute({}, CONFIRMED, 'JGJ 110-97')).code).toBe('METHOD_EDITION_UNKNOWN');
  });

  test('a weak piece that broke in the glue or in the tile stops the record; a strong one does not', () => {
    const stops = (force: string, state: string) =>
      compute({ forces_kN: ['3', '3', force], states: ['粘结层为主断开', '粘结层为主断开', state] }).stops;
    for (const state of ['胶粘剂与饰面砖界面断开', '饰面砖为主断开']) {
      expect(stops('1.0', state)).toMatchObject([{ code: 'STOP_TILE_STATE', field: 'states.2' }]);
      expect(stops('1.71', state)).toEqual([]);
    }
    expect(stops('1.0', '找平层为主断开')).toEqual([]);
  });

  test('papers fill their columns, first test and retest', () => {
    for (const answer of [compute({ locations: ['3 层东', '4 层东', '5 层东'] }), compute(retest(times(6, '2')))]) {
      for (const table of [...answer.record, ...answer.report])
        expect(coveredColumns(table)).toEqual(allColumns(table));
      expect(answer.report[0]?.joins).toBe(true);
    }
    expect(JSON.stringify(compute(retest(times(6, '2'))).record)).toContain('复验（初验记录 JL-9）');
  });

  test('what it is called in a catalogue', () => {
    expect(tileBond.purpose).toBe('field');
    expect(tileBond.recognises('外墙饰面砖 粘结强度')).toBe(true);
    expect(tileBond.recognises('砂浆 拉伸粘结强度')).toBe(false);
    expect(tileBond.describe({ construction: '现场粘贴', tileKind: '45×95 外墙砖' })).toEqual({
      grade: '现场粘贴',
      spec: '45×95 外墙砖',
    });
    expect(tileBond.describe({})).toEqual({ grade: '', spec: '' });
  });
});

describe('bad readings are refused with code, field and rule', () => {
  const third = (force: unknown) => ({ forces_kN: ['2', '2', force] });
  test.each([
    [third(undefined), 'METHOD_MISSING', 'forces_kN.2'],
    [third(null), 'METHOD_MISSING', 'forces_kN.2'],
    [third('0'), 'METHOD_ZERO', 'forces_kN.2'],
    [third('-2'), 'METHOD_NEGATIVE', 'forces_kN.2'],
    [third('2kN'), 'METHOD_NOT_A_NUMBER', 'forces_kN.2'],
    [third(2), 'METHOD_NOT_A_NUMBER', 'forces_kN.2'],
    [third('50.1'), 'METHOD_OUT_OF_RANGE', 'forces_kN.2'],
    [third('42.76'), 'METHOD_OUT_OF_RANGE', 'forces_kN.2'],
    [{ forces_kN: ['2', '2'] }, 'METHOD_WRONG_COUNT', 'forces_kN'],
    [{ lengths_mm: times(4, '95') }, 'METHOD_WRONG_COUNT', 'lengths_mm'],
    [{ ...base, round: 'retest', initialRecordNo: 'JL-9' }, 'METHOD_WRONG_COUNT', 'forces_kN'],
    [{ ...retest(times(6, '2')), round: 'initial' }, 'METHOD_WRONG_COUNT', 'forces_kN'],
    [{ ...retest(times(6, '2')), initialRecordNo: undefined }, 'METHOD_MISSING', 'initialRecordNo'],
    [{ widths_mm: ['45', '45', '0.45'] }, 'METHOD_OUT_OF_RANGE', 'widths_mm.2'],
    [{ widths_mm: ['45', '45', '201'] }, 'METHOD_OUT_OF_RANGE', 'widths_mm.2'],
    [{ states: ['粘结层为主断开', '粘结层为主断开', '脱落'] }, 'METHOD_CHOICE_UNKNOWN', 'states.2'],
    [{ states: undefined }, 'METHOD_MISSING', 'states'],
    [{ construction: '干挂' }, 'METHOD_CHOICE_UNKNOWN', 'construction'],
    [{ bondAge_d: '28.5' }, 'METHOD_NOT_WHOLE', 'bondAge_d'],
    [{ extra: '1' }, 'METHOD_UNKNOWN_FIELD', 'extra'],
  ])('%j is %s at %s', (change, code, field) => {
    const refused = refusalOf(() => compute(change));
    expect(refused).toMatchObject({ code, field });
    if (code !== 'METHOD_UNKNOWN_FIELD') expect(refused.rule).toMatch(/^JGJ\/T 110-2017/);
  });

  test.each([
    [['0.4', '0.4'], {}, 'METHOD_WRONG_COUNT', 'single_MPa'],
    [['0.4', '0.4', '0.4', '0.4'], {}, 'METHOD_WRONG_COUNT', 'single_MPa'],
    [['0.4', '0.4', '-0.1'], {}, 'METHOD_NEGATIVE', 'single_MPa.2'],
    [['0.4', '0.4', '0,4'], {}, 'METHOD_NOT_A_NUMBER', 'single_MPa.2'],
    [['0.4', '0.4', '10.1'], {}, 'METHOD_OUT_OF_RANGE', 'single_MPa.2'],
    [['0.4', '0.4', '0.4'], { precast: 'yes' }, 'METHOD_INPUT_INVALID', 'precast'],
    [['0.4', '0.4', '0.4'], { panel: true }, 'METHOD_UNKNOWN_FIELD', 'panel'],
    [['0.4', '0.4', '0.4'], { policies: { order: 'x' } }, 'METHOD_POLICY_UNKNOWN', 'policies.order'],
  ])('the vector line %j %j: %s at %s', (singles, change, code, field) => {
    expect(refusalOf(() => vector(singles, change))).toMatchObject({ code, field });
  });
  test('a vector line without strengths is refused', () => {
    expect(refusalOf(() => tileBondVector({}))).toMatchObject({ code: 'METHOD_MISSING', field: 'single_MPa' });
  });
});
