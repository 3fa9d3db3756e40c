import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { refusalOf } from '../testing/refusals.ts';
import { testVectors } from '../testing/vectors.ts';
import { referenceCorrected, referenceEstimate, referenceMean, referenceStrength } from '../testing/field-rebound.ts';
import rebound from './rebound.method.ts';
import type { ReboundOutputs } from './rebound/outputs.ts';
import type { MethodComputation } from '../method.ts';

testVectors(rebound.vectors);

const CONFIRMED = { 'tables JGJ/T 23-2011': 'confirmed' };
const fill = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
const zoneOf = (value: string): string[] => fill(16, value);

/** A sound form of some zones; carbonation in every zone. */
function form(count: number, change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    placing: 'pumped',
    scope: 'member',
    hammerNo: 'HT-03',
    anvilBefore_R: '80',
    angle_deg: fill(count, '0'),
    face: fill(count, 'side'),
    rebound_R: fill(count, zoneOf('38')),
    carbonation_mm: fill(count, ['1.0', '1.0', '1.0']),
    ...change,
  };
}

const compute = (
  count: number,
  change: Record<string, unknown> = {},
  policies: Record<string, string> = CONFIRMED,
): MethodComputation<ReboundOutputs> => rebound.compute(form(count, change), { policies });
const codes = (answer: MethodComputation): string[] => answer.warnings.map((warning) => warning.code);
const stops = (answer: MethodComputation): string[] => answer.stops.map((stop) => stop.code);
const members = (zones: number, each: number): string[] =>
  Array.from({ length: zones }, (_, index) => `L${Math.floor(index / each) + 1}`);
const carbonated = (count: number, measured: number, last = '1.0'): (string[] | null)[] =>
  Array.from({ length: count }, (_, index) =>
    index >= measured ? null : index === measured - 1 ? fill(3, last) : fill(3, '1.0'),
  );

describe('a member', () => {
  test('explains every step with its clause and prints all readings', () => {
    const values = zoneOf('38').with(0, '60').with(1, '12');
    const answer = compute(10, { rebound_R: [values, ...fill(9, zoneOf('38'))], designGrade: 'C30', age_d: '60' });
    expect(answer.outputs).toMatchObject({
      mean_R: fill(10, '38.0'),
      strength_MPa: fill(10, '38.5'),
      zoneCount: '10',
      memberCount: '1',
      zoneMean_MPa: '38.5',
      standardDeviation_MPa: '0.00',
      estimate_MPa: '38.5',
      percentOfGrade: '128',
    });
    expect(answer.result).toEqual({
      valid: true,
      text: '该构件现龄期混凝土强度推定值为 38.5 MPa，达到设计强度等级 C30 的 128%。',
      parameters: [
        {
          parameterCode: 'HT',
          name: '混凝土强度推定值',
          value: '38.5',
          unit: 'MPa',
          requirement: null,
          verdict: 'not-judged',
        },
      ],
    });
    expect(answer.verdict).toBe('not-judged');
    expect(answer.trace.every((step) => step.clause.startsWith('JGJ/T 23-2011') && step.rule !== '')).toBe(true);
    expect(answer.trace.map((step) => step.substituted)).toEqual(
      expect.arrayContaining([values.join('、'), '0.034488 × 38.0^1.9400 × 10^(-0.0173 × 1.0)', '38.5 − 1.645 × 0.00']),
    );
    const printed = JSON.stringify(answer.record);
    for (const piece of ['"60"', '"12"', '38.0', 'HT-03', '80/—', '泵送混凝土', '水平', '浇筑侧面', '1.0、1.0、1.0']) {
      expect(printed).toContain(piece);
    }
    expect(answer.record[1]?.columns).toHaveLength(18);
    expect(answer.report[0]?.joins).toBe(true);
    for (const table of [...answer.record, ...answer.report]) {
      for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
    }
    expect(codes(answer)).toEqual([]);
    expect(stops(answer)).toEqual([]);
  });

  test('agrees from readings to estimate with an independent implementation', () => {
    const zone = fc.record({
      readings: fc.array(fc.integer({ min: 26, max: 50 }).map(String), { minLength: 16, maxLength: 16 }),
      angle: fc.constantFrom('0', '90', '-90', '45', '-30'),
      face: fc.constantFrom('side', 'top', 'bottom'),
      halves: fc.integer({ min: 2, max: 6 }),
    });
    fc.assert(
      fc.property(fc.array(zone, { minLength: 1, maxLength: 12 }), (zones) => {
        // Half a millimetre apart at most 2.0 in all, so the mean counts for every zone.
        const depths = zones.map(({ halves }) => `${Math.floor(halves / 2)}.${halves % 2 === 0 ? '0' : '5'}`);
        const answer = compute(zones.length, {
          rebound_R: zones.map(({ readings }) => readings),
          angle_deg: zones.map(({ angle }) => angle),
          face: zones.map(({ face }) => face),
          carbonation_mm: depths.map((depth) => fill(3, depth)),
        });
        const depth = answer.outputs.carbonation_mm[0] ?? '';
        const strengths = zones.map(({ readings, angle, face }) =>
          referenceStrength(referenceCorrected(referenceMean(readings), angle, face), depth),
        );
        expect(answer.outputs.strength_MPa).toEqual(strengths);
        if (strengths.includes('<10.0')) expect(answer.outputs.estimate_MPa).toBe('<10.0');
        else if (!strengths.includes('>60.0')) expect(answer.outputs.estimate_MPa).toBe(referenceEstimate(strengths));
      }),
      { numRuns: 500 },
    );
  });

  test('does not depend on the order of its zones', () => {
    const zones = fc.array(fc.integer({ min: 25, max: 45 }), { minLength: 2, maxLength: 11 });
    fc.assert(
      fc.property(zones, (values) => {
        const of = (list: readonly number[]) =>
          compute(list.length, { rebound_R: list.map((value) => zoneOf(String(value))) }).outputs;
        const [one, other] = [of(values), of(values.toReversed())];
        expect([other.estimate_MPa, other.standardDeviation_MPa]).toEqual([
          one.estimate_MPa,
          one.standardDeviation_MPa,
        ]);
        expect(other.strength_MPa.toReversed()).toEqual(one.strength_MPa);
      }),
      { numRuns: 500 },
    );
  });

  test('below 10.0 and above 60.0 stand in words; a number never does', () => {
    const low = compute(10, { rebound_R: [zoneOf('17'), ...fill(9, zoneOf('38'))], designGrade: 'C25' });
    expect(low.outputs).toMatchObject({
      rule: 'below-range',
      estimate_MPa: '<10.0',
      zoneMean_MPa: null,
      standardDeviation_MPa: null,
      percentOfGrade: null,
    });
    expect(low.result.text).toBe('该构件现龄期混凝土强度推定值小于 10.0 MPa。');
    expect(codes(low)).toEqual(['REBOUND_BELOW_GRADE']);
    expect(stops(low)).toEqual(['STOP_REBOUND_FAR_BELOW_GRADE']);
    const high = compute(10, { rebound_R: [zoneOf('55'), ...fill(9, zoneOf('38'))] });
    expect(high.result).toMatchObject({
      valid: false,
      text: '该构件试验结果无效：测区强度超出测强曲线的范围，不能推定。',
      parameters: [{ value: null, verdict: 'not-judged' }],
    });
    expect(codes(high)).toEqual(['REBOUND_BEYOND_CURVE']);
    expect(high.outputs).toMatchObject({ rule: 'beyond-curve', estimate_MPa: null, zoneMean_MPa: null });
    const all = compute(6, { rebound_R: fill(6, zoneOf('55')), designGrade: 'C60' });
    expect(all.outputs).toMatchObject({ estimate_MPa: '>60.0', percentOfGrade: null });
    expect(all.result.text).toBe('该构件现龄期混凝土强度推定值大于 60.0 MPa。');
    expect(codes(all)).toEqual([]);
  });

  test('below the grade the supervisor hears of it; below half of it a person must look', () => {
    const at = (grade: string) => compute(10, { designGrade: grade });
    expect(codes(at('C35'))).toEqual([]);
    expect(at('C40').warnings).toMatchObject([{ code: 'REBOUND_BELOW_GRADE', notify: 'supervisor' }]);
    expect(stops(at('C75'))).toEqual([]);
    expect(stops(at('C80'))).toEqual(['STOP_REBOUND_FAR_BELOW_GRADE']);
  });

  test('few zones are said', () => {
    expect(codes(compute(5))).toEqual([]);
    expect(codes(compute(4))).toEqual(['REBOUND_FEW_ZONES']);
  });

  test('one member has one name', () => {
    expect(compute(5, { members: fill(5, '1#梁') }).outputs.memberCount).toBe('1');
    expect(refusalOf(() => compute(6, { members: members(6, 3) }))).toMatchObject({
      code: 'METHOD_CONFLICT',
      field: 'members',
    });
  });
});

describe('a batch', () => {
  const batch = (change: Record<string, unknown> = {}) =>
    compute(50, { scope: 'batch', members: members(50, 5), ...change });

  test('is estimated over all zones, and says how many members', () => {
    const answer = batch();
    expect(answer.outputs).toMatchObject({ memberCount: '10', zoneCount: '50', rule: 'statistical' });
    expect(answer.result.text).toBe('该批构件现龄期混凝土强度推定值为 38.5 MPa。');
    expect(JSON.stringify(answer.record)).toContain('L10-46');
    expect(codes(answer)).toEqual([]);
    expect(codes(compute(45, { scope: 'batch', members: members(45, 5) }))).toEqual(['REBOUND_FEW_MEMBERS']);
  });

  test('scattering too much is no batch: invalid, no estimate anywhere', () => {
    const scattered = members(50, 5).map((_, index) => zoneOf(index % 2 === 0 ? '30' : '40'));
    const answer = batch({ rebound_R: scattered, designGrade: 'C30' });
    expect(answer.outputs).toMatchObject({ rule: 'split-batch', estimate_MPa: null, percentOfGrade: null });
    expect(answer.result).toMatchObject({
      valid: false,
      text: '该批构件试验结果无效：强度离散过大，不能按批推定，应全部按单个构件检测。',
      parameters: [{ value: null, verdict: 'not-judged' }],
    });
    expect(answer.verdict).toBe('not-judged');
    expect(answer.warnings).toMatchObject([{ code: 'REBOUND_BATCH_SPLIT', notify: 'supervisor' }]);
    expect(answer.trace.at(-1)?.value).toBeNull();
    expect(JSON.stringify(answer.report)).toContain('试验结果无效');
  });

  test('needs the member of every zone, and more than one zone', () => {
    expect(refusalOf(() => batch({ members: undefined }))).toMatchObject({ code: 'METHOD_MISSING', field: 'members' });
    expect(refusalOf(() => batch({ members: members(49, 5) }))).toMatchObject({ code: 'METHOD_WRONG_COUNT' });
    expect(refusalOf(() => compute(1, { scope: 'batch', members: ['L1'] }))).toMatchObject({
      code: 'METHOD_WRONG_COUNT',
      field: 'rebound_R',
    });
  });

  test('carbonation is each member’s own', () => {
    const carbonation_mm = members(50, 5).map((name) => fill(3, name === 'L1' ? '6.0' : '1.0'));
    const { carbonation_mm: counted } = batch({ carbonation_mm }).outputs;
    expect(counted.slice(0, 6)).toEqual([...fill(5, '6.0'), '1.0']);
    const none = members(50, 5).map((name) => (name === 'L2' ? null : fill(3, '1.0')));
    const refused = refusalOf(() => batch({ carbonation_mm: none }));
    expect(refused).toMatchObject({ code: 'METHOD_CARBONATION_TOO_FEW', field: 'carbonation_mm' });
  });
});

describe('carbonation', () => {
  const depth = (count: number, carbonation_mm: unknown) => compute(count, { carbonation_mm }).outputs;

  test('30 % of the zones is enough, less is refused', () => {
    expect(depth(10, carbonated(10, 3)).carbonation_mm).toEqual(fill(10, '1.0'));
    expect(depth(10, carbonated(10, 3)).carbonationPoint_mm).toEqual([...fill(3, '1.0'), ...fill(7, null)]);
    expect(refusalOf(() => depth(10, carbonated(10, 2))).code).toBe('METHOD_CARBONATION_TOO_FEW');
    expect(refusalOf(() => depth(11, carbonated(11, 3))).code).toBe('METHOD_CARBONATION_TOO_FEW');
    expect(refusalOf(() => depth(1, [null])).code).toBe('METHOD_CARBONATION_TOO_FEW');
  });

  test('a spread of exactly 2.0 mm keeps the mean; above it every zone needs and keeps its own', () => {
    expect(depth(10, carbonated(10, 4, '3.0')).carbonation_mm).toEqual(fill(10, '1.5'));
    expect(refusalOf(() => depth(10, carbonated(10, 4, '3.5')))).toMatchObject({
      code: 'METHOD_CARBONATION_EACH_ZONE',
      field: 'carbonation_mm.4',
    });
    expect(depth(10, carbonated(10, 10, '3.5')).carbonation_mm).toEqual([...fill(9, '1.0'), '3.5']);
  });

  test('means are rounded to 0.5 mm, half to even; above 6.0 counts as 6.0', () => {
    expect(depth(1, [['0.25', '0.25', '0.25']]).carbonation_mm).toEqual(['0.0']);
    expect(depth(1, [['0.75', '0.75', '0.75']]).carbonation_mm).toEqual(['1.0']);
    expect(depth(1, [['0', '0', '0']]).carbonation_mm).toEqual(['0.0']);
    const deep = depth(1, [fill(3, '8.0')]);
    expect([deep.carbonationPoint_mm, deep.carbonation_mm]).toEqual([['8.0'], ['6.0']]);
  });
});

describe('hammer, age and the standing of the tables', () => {
  test('80±2 on the anvil, the edges inside, before and after', () => {
    for (const field of ['anvilBefore_R', 'anvilAfter_R']) {
      for (const value of ['78', '78.0', '82']) expect(compute(5, { [field]: value }).result.valid).toBe(true);
      for (const value of ['77.9', '82.1', '60']) {
        const refused = refusalOf(() => compute(5, { [field]: value }));
        expect(refused).toEqual({ code: 'METHOD_HAMMER_OFF', field, rule: 'JGJ/T 23-2011 回弹仪率定' });
      }
    }
  });

  test('the curve holds from 14 to 1000 days', () => {
    for (const age_d of ['14', '1000', undefined]) expect(codes(compute(5, { age_d }))).toEqual([]);
    for (const age_d of ['13', '1001']) expect(codes(compute(5, { age_d }))).toEqual(['REBOUND_AGE']);
  });

  test('unconfirmed tables are named in every record that used them, and no others', () => {
    const text = (change: Record<string, unknown>) => compute(5, change, {}).warnings.map((w) => w.message)[0];
    expect(text({})).toBe('本记录用到的 JGJ/T 23-2011 泵送混凝土测强曲线 未与标准原文核对。');
    expect(text({ angle_deg: fill(5, '90'), face: fill(5, 'bottom') })).toContain('附录 C、JGJ/T 23-2011 附录 D、');
    const same = (policies: Record<string, string>) => compute(5, { angle_deg: fill(5, '90') }, policies);
    expect(same(CONFIRMED).outputs).toEqual(same({}).outputs);
    expect(codes(same(CONFIRMED))).toEqual([]);
    expect(same({}).policies).toEqual({ pumpedCurve: 'national-pumped', 'tables JGJ/T 23-2011': 'draft' });
    expect(refusalOf(() => same({ pumpedCurve: 'local' })).code).toBe('METHOD_POLICY_UNKNOWN');
  });

  test('is found in a catalogue by its code and by its name', () => {
    expect(rebound.itemCode).toBe('HNT-HT');
    for (const own of ['回弹法检测混凝土抗压强度', '混凝土抗压强度（回弹法） 强度推定值']) {
      expect(rebound.recognises(own)).toBe(true);
    }
    for (const other of ['砂浆回弹', '烧结砖回弹', '超声回弹综合法', '混凝土立方体抗压强度', '回弹-取芯']) {
      expect(rebound.recognises(other)).toBe(false);
    }
    expect(rebound.describe({ designGrade: 'C30', placing: 'pumped' })).toEqual({ grade: 'C30', spec: '泵送' });
    expect(rebound.describe({ placing: 'non-pumped' })).toEqual({ grade: '', spec: '非泵送' });
    expect(rebound.describe({})).toEqual({ grade: '', spec: '' });
  });
});
