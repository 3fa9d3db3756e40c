import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import cover from './rebar-cover.method.ts';
import { CONFIRMED, beam, deviations, referenceDecision, referenceMean } from '../testing/field-cover.ts';
import { areRectangles } from '../testing/paperTables.ts';
import { refusalOf } from '../testing/refusals.ts';

const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value);
const codes = (found: readonly { code: string }[]) => found.map(({ code }) => code);
const verdict = (first: readonly number[], again: readonly number[] | null = null, change = {}) =>
  beam(first, again, change, CONFIRMED).verdict;
const tenths = (value: number): string => `${Math.floor(value / 10)}.${value % 10}`;

describe('points', () => {
  test.each([
    [['24', '25', '26'], '25', '0'],
    [['24', '25', '25'], '25', '0'],
    [['25.4', '25.5', '25.6'], '26', '1'],
    [['24.4', '24.5', '24.6'], '24', '-1'],
    [['18', '18', '18'], '18', '-7'],
    [['0', '0', '1'], '0', '-25'],
  ])('%j is %s mm, deviation %s', (readings, mean, deviation) => {
    const [point] = beam([0], null, { readings_mm: [readings] }).outputs.points;
    expect(point).toMatchObject({ mean_mm: mean, deviation_mm: deviation });
  });

  test.each([
    ['beam', 10, true, true],
    ['beam', 11, false, true],
    ['beam', 15, false, true],
    ['beam', 16, false, false],
    ['beam', -7, true, true],
    ['beam', -8, false, true],
    ['beam', -10, false, true],
    ['beam', -11, false, false],
    ['slab', 8, true, true],
    ['slab', 9, false, true],
    ['slab', 12, false, true],
    ['slab', 13, false, false],
    ['slab', -5, true, true],
    ['slab', -6, false, true],
    ['slab', -7, false, true],
    ['slab', -8, false, false],
  ])('%s with %i mm: within tolerance %s, within 1.5 times %s', (memberKind, deviation, inside, worst) => {
    const [point] = beam([deviation], null, { memberKind }).outputs.points;
    expect(point).toMatchObject({ withinTolerance: inside, withinWorst: worst });
  });

  test('a point may have a design value of its own', () => {
    const answer = beam([0, 0], null, { barDesign_mm: [null, '40'] });
    expect(answer.outputs.points.map((point) => point.deviation_mm)).toEqual(['0', '-15']);
    expect(answer.outputs.points.map((point) => point.design_mm)).toEqual(['25', '40']);
  });

  test('means agree with an independent implementation, whatever the order of the readings', () => {
    const readings = fc.array(fc.integer({ min: 0, max: 1200 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(readings, (values) => {
        const [point] = beam([0], null, { readings_mm: [values.map(tenths)] }).outputs.points;
        const [other] = beam([0], null, { readings_mm: [values.toReversed().map(tenths)] }).outputs.points;
        expect(point?.mean_mm).toBe(String(referenceMean(values)));
        expect(other?.mean_mm).toBe(point?.mean_mm);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('decision', () => {
  test('the edges of the pass rate, exactly', () => {
    const of = (passed: number, failed: number) => verdict([...times(passed, 0), ...times(failed, 12)]);
    expect([of(18, 2), of(17, 2), of(9, 1), of(89, 11), of(90, 10)]).toEqual([
      'qualified',
      'retest',
      'qualified',
      'retest',
      'qualified',
    ]);
    expect([of(8, 2), of(16, 4), of(79, 21), of(15, 4)]).toEqual(['retest', 'retest', 'unqualified', 'unqualified']);
  });

  test('one point beyond 1.5 times fails whatever the rate', () => {
    expect(verdict([...times(19, 0), 15])).toBe('qualified');
    expect(verdict([...times(19, 0), 16])).toBe('unqualified');
    expect(verdict([...times(19, 0), -11])).toBe('unqualified');
    expect(verdict([...times(17, 0), 12, 12, 16])).toBe('unqualified');
  });

  test('the second sampling: together 90 %, and none beyond 1.5 times in it either', () => {
    const first = [...times(8, 0), 12, 12];
    expect(verdict(first)).toBe('retest');
    expect(verdict(first, times(10, 0))).toBe('qualified');
    expect(verdict(first, [...times(9, 0), 12])).toBe('unqualified');
    expect(verdict(first, [...times(9, 0), 16])).toBe('unqualified');
    const answer = beam(first, times(10, 0), {}, CONFIRMED);
    expect(answer.outputs).toMatchObject({
      first: { points: 10, passed: 8, percent: '80.0' },
      total: { points: 20, passed: 18, percent: '90.0' },
    });
    expect(answer.result.text).toBe(
      '梁类构件两次抽样共检测 20 点，合格 18 点，合格率为 90.0%，没有点的偏差大于允许偏差的 1.5 倍，符合 GB 50204-2015 的要求。',
    );
    expect(answer.report[0]?.rows).toHaveLength(2);
    expect(answer.report[1]?.rows.at(-1)?.[0]).toBe('再 10');
  });

  test('a second sampling that the first does not allow, of other numbers or of the same members, is refused', () => {
    const first = [...times(8, 0), 12, 12];
    const refused = (run: () => unknown) => refusalOf(run);
    const rule = 'GB 50204-2015 附录 E 合格率';
    expect(refused(() => beam(times(10, 0), times(10, 0)))).toEqual({
      code: 'METHOD_CONFLICT',
      field: 'againReadings_mm',
      rule,
    });
    expect(refused(() => beam(times(10, 12), times(10, 0))).code).toBe('METHOD_CONFLICT');
    expect(refused(() => beam([...times(9, 0), 16], times(10, 0))).code).toBe('METHOD_CONFLICT');
    expect(refused(() => beam(first, times(9, 0)))).toEqual({
      code: 'METHOD_WRONG_COUNT',
      field: 'againMembers',
      rule,
    });
    const same = deviations(times(10, 0));
    expect(refused(() => beam(first, times(10, 0), { againMembers: same.members }))).toEqual({
      code: 'METHOD_CONFLICT',
      field: 'againMembers',
      rule,
    });
    expect(refused(() => beam(first, times(10, 0), { againMembers: undefined })).field).toBe('againMembers');
    expect(refused(() => beam(first, times(10, 0), { againReadings_mm: undefined })).field).toBe('againReadings_mm');
  });

  test('the same number means members, not points', () => {
    const first = [...times(8, 0), 12, 12];
    const members = Array.from({ length: 10 }, (_, index) => `梁 ${index < 5 ? 1 : 2}`);
    const change = { members, againMembers: ['另 1', '另 2', '另 2'] };
    expect(beam(first, times(3, 0), change).outputs.total).toMatchObject({ points: 13, passed: 11 });
    expect(refusalOf(() => beam(first, times(3, 0), { ...change, againMembers: ['另 1', '另 1', '另 1'] })).code).toBe(
      'METHOD_WRONG_COUNT',
    );
  });

  const list = fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: -5, max: 8 }) },
      { weight: 1, arbitrary: fc.integer({ min: -12, max: 17 }) },
    ),
    { minLength: 1, maxLength: 30 },
  );
  const kind = fc.constantFrom('beam' as const, 'slab' as const);

  test('agrees with an independent implementation, first sampling', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(list, kind, (first, memberKind) => {
        const expected = referenceDecision(memberKind, first, null) ?? '';
        seen.add(expected);
        expect(verdict(first, null, { memberKind })).toBe(expected);
      }),
      { numRuns: 2000 },
    );
    expect([...seen].sort()).toEqual(['qualified', 'retest', 'unqualified']);
  });

  test('agrees with an independent implementation, second sampling', () => {
    const fails = fc.tuple(fc.integer({ min: 5, max: 20 }), fc.integer({ min: 1, max: 4 }), fc.constantFrom(9, 11, 12));
    let allowed = 0;
    fc.assert(
      fc.property(fails, list, kind, ([good, bad, deviation], more, memberKind) => {
        const first = [...times(good, 0), ...times(bad, deviation)];
        const again = first.map((_, index) => more[index % more.length] ?? 0);
        const expected = referenceDecision(memberKind, first, again);
        if (expected === null) {
          expect(refusalOf(() => beam(first, again, { memberKind })).code).toBe('METHOD_CONFLICT');
          return;
        }
        allowed += 1;
        expect(verdict(first, again, { memberKind })).toBe(expected);
      }),
      { numRuns: 1500 },
    );
    expect(allowed).toBeGreaterThan(200);
  });

  test('does not depend on the order of the points, and a good point more never makes it worse', () => {
    const rank = { unqualified: 0, retest: 1, qualified: 2, 'not-judged': -1 };
    fc.assert(
      fc.property(list, kind, (first, memberKind) => {
        const own = verdict(first, null, { memberKind });
        expect(verdict(first.toReversed(), null, { memberKind })).toBe(own);
        expect(rank[verdict([...first, 0], null, { memberKind })]).toBeGreaterThanOrEqual(rank[own]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('record and report', () => {
  test('draft limits do not judge, the figures still print', () => {
    const answer = beam([...times(9, 0), 12]);
    expect(answer.verdict).toBe('not-judged');
    expect(answer.policies).toEqual({ 'limits GB 50204-2015': 'draft' });
    expect(answer.result).toEqual({
      valid: true,
      text: '梁类构件共检测 10 点，合格 9 点，合格率为 90.0%，没有点的偏差大于允许偏差的 1.5 倍；限值未与标准原文核对，需人工判定。',
      parameters: [
        {
          parameterCode: 'BH',
          name: '钢筋保护层厚度合格率',
          value: '90.0',
          unit: '%',
          requirement: '允许偏差 +10、-7 mm，合格率≥90%，不合格点偏差不大于允许偏差的 1.5 倍',
          verdict: 'not-judged',
        },
      ],
    });
    expect(answer.report[1]?.rows[9]).toEqual([
      '10',
      { text: '梁 10', left: true },
      '25',
      '37',
      '37',
      '37',
      { text: '37', strong: true },
      '+12',
      '+10、-7 mm',
      '—',
    ]);
    expect(answer.report[0]?.rows[0]?.at(-1)).toBe('需人工判定');
    const judged = beam([...times(9, 0), 12], null, {}, { ...CONFIRMED, parameters: ['BH'] });
    expect(judged.verdict).toBe('qualified');
    expect(judged.report[1]?.rows[9]?.at(-1)).toBe('不合格');
    expect(judged.result.text).toMatch(/，符合 GB 50204-2015 的要求。$/);
    expect(judged.warnings).toEqual([]);
    expect(judged.trace.every((step) => step.clause !== '' && step.rule !== '')).toBe(true);
    expect(judged.trace.map((step) => step.substituted)).toEqual(
      expect.arrayContaining(['(37 + 37 + 37) / 3', '37 − 25', '9 / 10 × 100']),
    );
  });

  test('what is unqualified or must be sampled again goes to the supervisor', () => {
    const retest = beam([...times(8, 0), 12, 12], null, {}, CONFIRMED);
    expect(retest.warnings).toMatchObject([{ code: 'COVER_SECOND_SAMPLING', notify: 'supervisor' }]);
    expect(retest.result.text).toContain('须再抽取相同数量的构件');
    const failed = beam([...times(9, 0), 16], null, {}, CONFIRMED);
    expect(failed.warnings).toMatchObject([{ code: 'COVER_UNQUALIFIED', notify: 'supervisor' }]);
    expect(failed.result.text).toContain('有 1 个点的偏差大于允许偏差的 1.5 倍，不符合');
    expect(beam([...times(9, 0), 16]).warnings[0]?.meaning).toContain('需人工判定');
  });

  test('three tolerances away stops the record', () => {
    expect(codes(beam([30, -21]).stops)).toEqual([]);
    expect(beam([0, 31, -22]).stops.map(({ code, field }) => [code, field])).toEqual([
      ['STOP_COVER_DEVIATION', 'readings_mm.1'],
      ['STOP_COVER_DEVIATION', 'readings_mm.2'],
    ]);
  });
});

test('tables are rectangles, with one sampling and with two', () => {
  for (const { record, report } of [beam([0, 12]), beam([...times(8, 0), 12, 12], times(10, 0))]) {
    expect([areRectangles(record), areRectangles(report)]).toEqual([true, true]);
  }
});

describe('bad readings are refused with field, rule and clause', () => {
  test.each([
    [undefined, 'METHOD_MISSING'],
    ['', 'METHOD_MISSING'],
    ['-1', 'METHOD_NEGATIVE'],
    ['25mm', 'METHOD_NOT_A_NUMBER'],
    [25, 'METHOD_NOT_A_NUMBER'],
    ['201', 'METHOD_OUT_OF_RANGE'],
  ])('a reading of %j is %s', (reading, code) => {
    expect(refusalOf(() => beam([0], null, { readings_mm: [['25', '25', reading]] }))).toEqual({
      code,
      field: 'readings_mm.0.2',
      rule: 'JGJ/T 152-2019 混凝土保护层厚度检测',
    });
  });

  test.each([
    [{ readings_mm: [['25', '25']] }, 'METHOD_WRONG_COUNT', 'readings_mm.0'],
    [{ readings_mm: [] }, 'METHOD_WRONG_COUNT', 'readings_mm'],
    [{ readings_mm: undefined }, 'METHOD_MISSING', 'readings_mm'],
    [{ members: ['梁 1', '梁 2'] }, 'METHOD_WRONG_COUNT', 'readings_mm'],
    [{ members: [' '] }, 'METHOD_MISSING', 'members.0'],
    [{ memberKind: 'wall' }, 'METHOD_KIND_UNKNOWN', 'memberKind'],
    [{ designCover_mm: '25.5' }, 'METHOD_NOT_WHOLE', 'designCover_mm'],
    [{ designCover_mm: '151' }, 'METHOD_OUT_OF_RANGE', 'designCover_mm'],
    [{ designCover_mm: '0' }, 'METHOD_ZERO', 'designCover_mm'],
    [{ designCover_mm: undefined }, 'METHOD_MISSING', 'designCover_mm'],
    [{ depth: '1' }, 'METHOD_UNKNOWN_FIELD', 'depth'],
  ])('%j is %s at %s', (change, code, field) => {
    expect(refusalOf(() => beam([0], null, change))).toMatchObject({ code, field });
  });

  test('an instrument that is off by more than 1 mm makes no record', () => {
    for (const instrumentError_mm of ['1', '-1.0', '0'])
      expect(beam([0], null, { instrumentError_mm }).outputs.first.passed).toBe(1);
    for (const instrumentError_mm of ['1.1', '-1.1']) {
      expect(refusalOf(() => beam([0], null, { instrumentError_mm }))).toEqual({
        code: 'METHOD_INSTRUMENT_OFF',
        field: 'instrumentError_mm',
        rule: 'JGJ/T 152-2019 仪器校准',
      });
    }
  });

  test('editions and names', () => {
    expect(refusalOf(() => beam([0], null, {}, { edition: 'JGJ/T 152-2008' })).code).toBe('METHOD_EDITION_UNKNOWN');
    expect(beam([0]).edition).toMatchObject({ test: 'JGJ/T 152-2019', judgement: 'GB 50204-2015' });
    expect(cover.recognises('结构实体 钢筋保护层厚度')).toBe(true);
    expect(['钢筋拉伸', '防水保护层'].some((names) => cover.recognises(names))).toBe(false);
  });
});
