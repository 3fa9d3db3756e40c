// 标准稠度用水量、凝结时间、安定性 as a method: figures, limits by kind, retest, editions, refusals, and a second implementation.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ARCHIVE,
  CONFIRMED,
  NEW,
  OLD,
  base,
  compute,
  referenceSetting,
  referenceSoundness,
  referenceWater,
  without,
} from '../testing/cement-consistency.ts';
import { refusalOf } from '../testing/refusals.ts';
import cementConsistency from './cement-consistency.method.ts';
import { KIND_NAMES } from './kinds.ts';

const RUNS = { numRuns: 1000 };
const KINDS = Object.keys(KIND_NAMES);
const codes = (list: readonly { code: string }[]) => list.map(({ code }) => code);
const verdicts = (change: Record<string, unknown>, settings?: Parameters<typeof compute>[1]) =>
  Object.fromEntries(
    compute(change, settings).result.parameters.map(({ parameterCode, verdict }) => [parameterCode, verdict]),
  );
const halves = (value: number): string => `${Math.floor(value / 2)}.${value % 2 === 0 ? '0' : '5'}`;

describe('figures', () => {
  test('a sound sample, with every figure in outputs, words and papers', () => {
    const answer = compute({});
    expect(answer.outputs).toEqual({
      kind: 'P·O',
      water: { trialCount: '2', water_mL: '137', plungerDistance_mm: '6', standardConsistency_percent: '27.4' },
      setting: { initial_min: '185', final_min: '245' },
      soundness: { round: 'initial', growth_mm: ['1.5', '1.5'], mean_mm: '1.5' },
    });
    expect(answer.result.parameters.map(({ value, unit, requirement }) => [value, unit, requirement])).toEqual([
      ['27.4', '%', null],
      ['185/245', 'min', '初凝时间 ≥45 min，终凝时间 ≤600 min'],
      ['1.5', 'mm', 'C−A 平均值 ≤5.0 mm'],
    ]);
    expect(verdicts({})).toEqual({ CD: 'not-judged', NJ: 'qualified', AD: 'qualified' });
    expect(answer.result.text).toContain('初凝时间为 185 min，终凝时间为 245 min，符合 GB 175-2023 P·O 的要求');
    expect([answer.warnings, answer.stops]).toEqual([[], []]);
    const report = JSON.stringify(answer.report);
    for (const text of ['"27.4"', '"185"', '"245"', '"1.5"', '{sampleNo}', 'P·O 42.5']) expect(report).toContain(text);
    expect(answer.trace.every((step) => step.clause !== '' && step.rule !== '')).toBe(true);
    expect(answer.trace.map((step) => step.substituted)).toEqual(
      expect.arrayContaining(['137 / 500 × 100', '12.0 − 10.5', '(1.5 + 1.5) / 2']),
    );
    expect(answer.trace.filter((step) => step.clause.startsWith('GB/T 1346 '))).toEqual([]);
  });

  test('water agrees with an independent implementation, and never falls when the water rises', () => {
    fc.assert(
      fc.property(fc.integer({ min: 900, max: 2499 }), (tenth) => {
        const percent = (value: number) => {
          const water = `${Math.floor(value / 10)}.${value % 10}`;
          const answer = compute({ trialWater_mL: [water], plungerDistance_mm: ['6'] });
          const found = answer.outputs.water?.standardConsistency_percent ?? '';
          expect(found).toBe(referenceWater(water));
          return Number(found);
        };
        expect(percent(tenth + 1)).toBeGreaterThanOrEqual(percent(tenth));
      }),
      { numRuns: 500 },
    );
    // 0.1 % is 0.5 mL; half of it is a tie to the even digit.
    const at = (water: string) => compute({ trialWater_mL: [water], plungerDistance_mm: ['6'] }).outputs.water;
    expect(at('137.25')?.standardConsistency_percent).toBe('27.4');
    expect(at('137.75')?.standardConsistency_percent).toBe('27.6');
  });

  test('soundness agrees with an independent implementation, whichever mould comes first', () => {
    const reading = fc.integer({ min: 16, max: 30 });
    const growth = fc.integer({ min: 0, max: 16 });
    const mould = fc.tuple(reading, growth);
    const seen = new Set<string>();
    fc.assert(
      fc.property(mould, mould, fc.constantFrom('initial', 'retest'), (one, two, round) => {
        const a = [halves(one[0]), halves(two[0])];
        const c = [halves(one[0] + one[1]), halves(two[0] + two[1])];
        const run = (needleA_mm: string[], needleC_mm: string[]) =>
          compute({ needleA_mm, needleC_mm, soundnessRound: round }).result.parameters[2];
        const answer = run(a, c);
        seen.add(answer?.verdict ?? '');
        expect(answer?.verdict).toBe(referenceSoundness(a, c, round));
        expect(run(a.toReversed(), c.toReversed())).toEqual(answer);
        // Twice the printed mean is the sum of the growths: nothing was rounded.
        expect(Number(answer?.value) * 4).toBe(one[1] + two[1]);
      }),
      RUNS,
    );
    expect([...seen].sort()).toEqual(['qualified', 'retest', 'unqualified']);
  });

  test('setting agrees with an independent implementation for every kind', () => {
    const minutes = fc.oneof(
      fc.integer({ min: 21, max: 700 }),
      fc.constantFrom(44, 45, 46, 389, 390, 391, 599, 600, 601),
    );
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), minutes, minutes, (kind, one, two) => {
        fc.pre(one !== two);
        const [initial, final] = [Math.min(one, two), Math.max(one, two)];
        const change = { initialSetting_min: String(initial), finalSetting_min: String(final), kind };
        const verdict = verdicts(change)['NJ'] ?? '';
        seen.add(verdict);
        expect(verdict).toBe(referenceSetting(kind, initial, final));
      }),
      RUNS,
    );
    expect([...seen].sort()).toEqual(['qualified', 'unqualified']);
  });
});

describe('limits', () => {
  const setting = (kind: string, initial: string, final: string) =>
    verdicts({ kind, initialSetting_min: initial, finalSetting_min: final })['NJ'];

  test.each([
    ['P·Ⅰ', '45', '390', 'qualified'],
    ['P·Ⅰ', '44', '390', 'unqualified'],
    ['P·Ⅱ', '45', '391', 'unqualified'],
    ['P·O', '45', '391', 'qualified'],
    ['P·O', '45', '600', 'qualified'],
    ['P·C', '45', '601', 'unqualified'],
    ['P·S·A', '44', '600', 'unqualified'],
  ])('%s initial %s, final %s is %s', (kind, initial, final, expected) => {
    expect(setting(kind, initial, final)).toBe(expected);
  });

  test('a failed time warns the supervisor and says which', () => {
    const answer = compute({ kind: 'P·Ⅰ', initialSetting_min: '40', finalSetting_min: '400' });
    expect(answer.verdict).toBe('unqualified');
    expect(answer.warnings.map(({ code, notify, field }) => [code, notify, field])).toEqual([
      ['CEMENT_SETTING_OUT', 'supervisor', 'initialSetting_min'],
      ['CEMENT_SETTING_OUT', 'supervisor', 'finalSetting_min'],
    ]);
    expect(answer.result.text).toContain('不符合 GB 175-2023 P·Ⅰ 的要求');
  });

  const grown = (one: string, two: string, soundnessRound: string) =>
    compute({ needleA_mm: ['10.0', '10.0'], needleC_mm: [one, two], soundnessRound });

  test('soundness: exactly 5.0 mm passes; above it the first test asks for a retest, the retest decides', () => {
    expect(grown('15.0', '15.0', 'initial').result.parameters[2]?.verdict).toBe('qualified');
    expect(grown('14.0', '16.0', 'retest').result.parameters[2]?.verdict).toBe('qualified');
    const first = grown('15.0', '15.5', 'initial');
    expect(first.result.parameters[2]).toMatchObject({ verdict: 'retest', value: '5.25' });
    expect(first.verdict).toBe('retest');
    expect(first.result.text).toContain('应用同一样品立即重做一次，以复检结果为准');
    expect(codes(first.warnings)).toEqual(['CEMENT_SOUNDNESS_RETEST']);
    expect(JSON.stringify([first.trace, first.result, first.report])).not.toContain('不符合');
    const second = grown('15.0', '15.5', 'retest');
    expect(second.verdict).toBe('unqualified');
    expect(second.warnings).toMatchObject([{ code: 'CEMENT_SOUNDNESS_OUT', notify: 'supervisor' }]);
  });
});

describe('editions', () => {
  test('2024 is the newest, warns of what was not seen, and judges nothing until it is confirmed', () => {
    expect(cementConsistency.editions.map(({ id }) => id)).toEqual([NEW, OLD, ARCHIVE]);
    const settings = { policies: { 'limits GB 175-2023': 'confirmed', 'limits GB/T 1346-2011': 'confirmed' } };
    const answer = compute({}, settings);
    expect(answer.edition).toMatchObject({ test: NEW, judgement: 'GB 175-2023' });
    expect(codes(answer.warnings)).toEqual(['CEMENT_1346_2024_UNCONFIRMED']);
    expect(answer.result.parameters.map(({ verdict }) => verdict)).toEqual(Array(3).fill('not-judged'));
    expect(answer.result.text).toContain('限值未与标准原文核对，需人工判定');
    expect(JSON.stringify([answer.trace, answer.result, answer.record, answer.report])).not.toMatch(/不?符合/);
    expect(answer.result.parameters[1]?.value).toBe('185/245');
    // The figures are the same; only confirming the edition lets them judge.
    expect(compute({}).outputs).toEqual(answer.outputs);
    expect(codes(compute({}).warnings)).toEqual([]);
  });

  test('2011: the setting times rest on GB 175 alone, soundness on both', () => {
    const product = { policies: { 'limits GB 175-2023': 'confirmed' }, edition: OLD };
    expect(verdicts({}, product)).toEqual({ CD: 'not-judged', NJ: 'qualified', AD: 'not-judged' });
    expect(codes(compute({}, product).warnings)).toEqual(['CEMENT_LIMITS_DRAFT']);
    const test2011 = { policies: { 'limits GB/T 1346-2011': 'confirmed' }, edition: OLD };
    expect(verdicts({}, test2011)).toEqual({ CD: 'not-judged', NJ: 'not-judged', AD: 'not-judged' });
    expect(verdicts({}, { policies: CONFIRMED, edition: OLD })).toMatchObject({ NJ: 'qualified', AD: 'qualified' });
    expect(compute({}, { edition: OLD }).trace.some((step) => step.clause.startsWith(`${OLD} `))).toBe(true);
  });

  test('archive work is judged by GB 175-2007, which still knows P·C 32.5', () => {
    const old = { edition: ARCHIVE };
    expect(compute({}, old).edition.judgement).toBe('GB 175-2007');
    expect(verdicts({}, { ...old, policies: { 'limits GB 175-2023': 'confirmed' } })['NJ']).toBe('not-judged');
    expect(verdicts({ kind: 'P·C', grade: '32.5' }, old)['NJ']).toBe('qualified');
    expect(refusalOf(() => compute({ kind: 'P·C', grade: '32.5' })).code).toBe('METHOD_GRADE_UNKNOWN');
  });
});

describe('parameters', () => {
  test('only what is asked for is computed; without a commission, what has readings', () => {
    const asked = (...parameters: string[]) => Object.keys(verdicts({}, { parameters }));
    expect([asked('CD'), asked('NJ'), asked('AD'), asked('AD', 'NJ')]).toEqual([['CD'], ['NJ'], ['AD'], ['NJ', 'AD']]);
    const settingOnly = without('trialWater_mL', 'plungerDistance_mm', 'soundnessRound', 'needleA_mm', 'needleC_mm');
    const answer = cementConsistency.compute(settingOnly, { policies: CONFIRMED });
    expect(answer.outputs).toMatchObject({ water: null, soundness: null });
    expect(answer.verdict).toBe('qualified');
    expect(refusalOf(() => cementConsistency.compute(settingOnly, { parameters: ['AD'] }))).toMatchObject({
      code: 'METHOD_MISSING',
    });
    expect(refusalOf(() => cementConsistency.compute({ kind: 'P·O' })).code).toBe('METHOD_MISSING');
  });

  test('recognises items and parameters of a catalogue', () => {
    expect(cementConsistency.recognises('水泥 标准稠度用水量 凝结时间 安定性')).toBe(true);
    expect(cementConsistency.recognises('水泥胶砂强度 抗折强度')).toBe(false);
    const named = (name: string) =>
      cementConsistency.parameters.filter(({ recognises }) => recognises.test(name)).map(({ code }) => code);
    expect(['标准稠度用水量', '凝结时间', '初凝时间', '安定性（雷氏法）'].map(named)).toEqual([
      ['CD'],
      ['NJ'],
      ['NJ'],
      ['AD'],
    ]);
    expect(base.kind).toBe('P·O');
  });
});
