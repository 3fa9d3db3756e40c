import { describe, expect, test } from 'vitest';
import rebound from '../rebound.method.ts';
import type { MethodComputation } from '../../method.ts';
import { refusalOf } from '../../testing/refusals.ts';
import { AppError } from '../../../errors/appError.ts';
import type { ReboundOutputs } from './outputs.ts';

const zoneOf = (value: string): string[] => Array.from({ length: 16 }, () => value);

interface Zone {
  rebound: string;
  depth: string;
  typed?: string | null;
  tableRm?: string | null;
  tableDm?: string | null;
}

/** Non-pumped zones; Rm and dm typed as the record has them unless another is given. */
function compute(zones: readonly Zone[], change: Record<string, unknown> = {}): MethodComputation<ReboundOutputs> {
  const given = (own: string | null | undefined, usual: string) => (own === undefined ? usual : own);
  return rebound.compute({
    placing: 'non-pumped',
    scope: 'member',
    hammerNo: 'HT-03',
    anvilBefore_R: '80',
    angle_deg: zones.map(() => '0'),
    face: zones.map(() => 'side'),
    rebound_R: zones.map((zone) => zoneOf(zone.rebound)),
    carbonation_mm: zones.map((zone) => [zone.depth, zone.depth, zone.depth]),
    tableStrength_MPa: zones.map((zone) => zone.typed ?? null),
    tableRm: zones.map((zone) => given(zone.tableRm, `${zone.rebound}.0`)),
    tableDm_mm: zones.map((zone) => given(zone.tableDm, zone.depth)),
    ...change,
  });
}

const one = (change: Partial<Zone>) => () => compute([{ rebound: '35', depth: '1.0', typed: '29.7', ...change }]);
const stops = (zones: readonly Zone[]) => compute(zones).stops.map((stop) => [stop.code, stop.field]);

/** Depths further apart than 2.0 mm, so that every zone keeps its own. */
const FAR: Zone = { rebound: '35', depth: '6.0', typed: '20.0' };

describe('non-pumped concrete', () => {
  test('without the printed table it is refused, naming the rows to look up', () => {
    const run = () =>
      compute([
        { rebound: '35', depth: '1.0' },
        { rebound: '36', depth: '1.0' },
      ]);
    expect(refusalOf(run)).toEqual({
      code: 'METHOD_TABLE_UNCERTAIN',
      field: 'tableStrength_MPa.0',
      rule: 'JGJ/T 23-2011 附录 A',
    });
    expect(run).toThrow(/测区 1（Rm 35\.0，dm 1\.0 mm）、测区 2（Rm 36\.0，dm 1\.0 mm）/u);
    try {
      run();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      expect(error.info.meaning).toContain('泵送混凝土按公式');
      expect(error.info.next).toContain('查纸质标准附录 A');
      expect(error.info.details).toHaveLength(2);
    }
    const some = () =>
      compute([
        { rebound: '35', depth: '1.0', typed: '29.7' },
        { rebound: '36', depth: '1.0' },
      ]);
    expect(refusalOf(some)).toMatchObject({ code: 'METHOD_TABLE_UNCERTAIN', field: 'tableStrength_MPa.1' });
  });

  test('typed values are taken as such, and the record says so with Rm and dm', () => {
    const answer = compute([
      { rebound: '35', depth: '1.0', typed: '29.7' },
      { rebound: '38', depth: '1.0', typed: '34.9' },
    ]);
    expect(answer.outputs).toMatchObject({
      strengthSource: 'table',
      strengthBasis: 'JGJ/T 23-2011 附录 A，检测人员查表录入',
      strength_MPa: ['29.7', '34.9'],
      estimate_MPa: '29.7',
    });
    expect(answer.stops).toEqual([]);
    const step = answer.trace.find((item) => item.formula === '查附录 A');
    expect(step).toMatchObject({ value: '29.7', substituted: 'Rm 35.0，dm 1.0 mm', clause: 'JGJ/T 23-2011 附录 A' });
    expect(step?.rule).toContain('非程序计算');
    expect(answer.record[2]?.notes?.[0]).toContain('查 JGJ/T 23-2011 附录 A（纸质标准）录入，非程序计算');
    expect(answer.warnings.map((warning) => warning.code)).toEqual(['REBOUND_FEW_ZONES']);
  });

  test('corrections still come first: the rows are those after angle and face', () => {
    const change = { angle_deg: ['90'], face: ['bottom'] };
    const run = (tableRm: string) => compute([{ rebound: '35', depth: '1.0', typed: '20.0', tableRm }], change);
    // 35.0 − 4.5 = 30.5, bottom at 30.5: −1.95 → −2.0.
    expect(run('28.5').outputs.corrected_R).toEqual(['28.5']);
    expect(refusalOf(() => run('35.0'))).toMatchObject({ code: 'METHOD_CONFLICT', field: 'tableRm.0' });
    expect(run('28.5').warnings.map((warning) => warning.code)).toContain('REBOUND_TABLES_UNCONFIRMED');
  });

  test('carbonation beyond 6.0 mm is looked up at 6.0', () => {
    expect(one({ depth: '8.0', tableDm: '6.0', typed: '18.0' })().outputs.carbonation_mm).toEqual(['6.0']);
  });

  test.each([
    [{ tableRm: '35.2' }, 'METHOD_CONFLICT', 'tableRm.0'],
    [{ tableRm: null }, 'METHOD_MISSING', 'tableRm.0'],
    [{ tableDm: '1.5' }, 'METHOD_CONFLICT', 'tableDm_mm.0'],
    [{ tableDm: null }, 'METHOD_MISSING', 'tableDm_mm.0'],
    [{ typed: '9.9' }, 'METHOD_OUT_OF_RANGE', 'tableStrength_MPa.0'],
    [{ typed: '60.1' }, 'METHOD_OUT_OF_RANGE', 'tableStrength_MPa.0'],
    [{ typed: '-30.0' }, 'METHOD_OUT_OF_RANGE', 'tableStrength_MPa.0'],
    [{ typed: '30' }, 'METHOD_RESOLUTION', 'tableStrength_MPa.0'],
    [{ typed: '30.12' }, 'METHOD_RESOLUTION', 'tableStrength_MPa.0'],
    [{ typed: '<10' }, 'METHOD_NOT_A_NUMBER', 'tableStrength_MPa.0'],
    [{ typed: '3O.1' }, 'METHOD_NOT_A_NUMBER', 'tableStrength_MPa.0'],
    [{ typed: ' ' }, 'METHOD_MISSING', 'tableStrength_MPa.0'],
  ])('%j is %s', (change, code, field) => {
    expect(refusalOf(one(change))).toMatchObject({ code, field });
  });

  test('the table’s edges are inside', () => {
    expect(stops([{ rebound: '20', depth: '0.0', typed: '10.0' }])).toEqual([]);
    expect(stops([{ rebound: '48', depth: '0.0', typed: '60.0' }])).toEqual([]);
    expect(stops([{ rebound: '20', depth: '6.0', typed: '<10.0' }])).toEqual([]);
    expect(stops([{ rebound: '50', depth: '0.0', typed: '>60.0' }])).toEqual([]);
  });

  test('values that cannot stand in one table stop the record', () => {
    const row = (value: string, depth: string, typed: string): Zone => ({ rebound: value, depth, typed });
    expect(stops([row('35', '1.0', '29.7'), row('36', '1.0', '29.7')])).toEqual([]);
    expect(stops([row('35', '1.0', '29.7'), row('36', '1.0', '29.6')])).toEqual([
      ['STOP_TABLE_STRENGTH_ORDER', 'tableStrength_MPa.1'],
    ]);
    // The same row with two values: the lower one is said.
    expect(stops([row('35', '1.0', '29.7'), row('35', '1.0', '29.8')])).toEqual([
      ['STOP_TABLE_STRENGTH_ORDER', 'tableStrength_MPa.0'],
    ]);
    // Deeper carbonation at the same Rm cannot give more.
    expect(stops([row('35', '1.0', '19.9'), FAR])).toEqual([['STOP_TABLE_STRENGTH_ORDER', 'tableStrength_MPa.0']]);
    expect(stops([row('35', '1.0', '20.0'), FAR])).toEqual([]);
    // Harder but deeper: either may be the stronger.
    expect(stops([row('34', '1.0', '28.0'), FAR])).toEqual([]);
    expect(stops([row('35', '1.0', '29.7'), row('36', '1.0', '>60.0')])).toEqual([
      ['STOP_TABLE_STRENGTH_BAND', 'tableStrength_MPa.1'],
    ]);
  });

  test.each([
    ['35', '0.0', '17.0', false],
    ['35', '0.0', '17.1', true],
    ['35', '0.0', '44.3', true],
    ['35', '0.0', '44.4', false],
    ['26', '0.0', '<10.0', true],
    ['27', '0.0', '<10.0', false],
    ['40', '0.0', '>60.0', false],
    ['41', '0.0', '>60.0', true],
  ])('Rm %s, dm %s: %s is within the wide band of the pumped curve: %s', (value, depth, typed, inside) => {
    const found = stops([{ rebound: value, depth, typed }]);
    expect(found).toEqual(inside ? [] : [['STOP_TABLE_STRENGTH_BAND', 'tableStrength_MPa.0']]);
  });

  test('exactly the grade is not below it, exactly half of it is not far below', () => {
    const at = (rebound: string, typed: string, designGrade: string) => {
      const { warnings, stops: found } = compute([{ rebound, depth: '0.0', typed }], { designGrade });
      return [...warnings, ...found].map((item) => item.code).filter((code) => code.includes('GRADE'));
    };
    expect(at('36', '30.0', 'C30')).toEqual([]);
    expect(at('36', '29.9', 'C30')).toEqual(['REBOUND_BELOW_GRADE']);
    expect(at('30', '20.0', 'C40')).toEqual(['REBOUND_BELOW_GRADE']);
    expect(at('30', '19.9', 'C40')).toEqual(['REBOUND_BELOW_GRADE', 'STOP_REBOUND_FAR_BELOW_GRADE']);
  });

  test('pumped concrete takes no typed values', () => {
    const typed = { rebound: '35', depth: '1.0', typed: '29.7' };
    expect(refusalOf(() => compute([typed], { placing: 'pumped' }))).toMatchObject({
      code: 'METHOD_CONFLICT',
      field: 'tableStrength_MPa',
    });
    const nothing = { tableStrength_MPa: [null], tableRm: [null], tableDm_mm: [null] };
    expect(compute([typed], { placing: 'pumped', ...nothing }).outputs.strengthSource).toBe('curve');
    expect(refusalOf(() => compute([typed], { placing: 'pumped', ...nothing, tableDm_mm: ['1.0'] }))).toMatchObject({
      field: 'tableDm_mm',
    });
  });
});

describe('bad readings are refused with field and rule', () => {
  const pumped = { placing: 'pumped', tableStrength_MPa: [null], tableRm: [null], tableDm_mm: [null] };
  const with16 = (first: unknown) => ({ rebound_R: [[first, ...zoneOf('35').slice(1)]] });
  const bad = (change: Record<string, unknown>) => () =>
    compute([{ rebound: '35', depth: '1.0' }], { ...pumped, ...change });

  test.each([
    [with16(''), 'METHOD_MISSING', 'rebound_R.0.0'],
    [with16(undefined), 'METHOD_MISSING', 'rebound_R.0.0'],
    [with16('0'), 'METHOD_ZERO', 'rebound_R.0.0'],
    [with16('-35'), 'METHOD_NEGATIVE', 'rebound_R.0.0'],
    [with16('9'), 'METHOD_OUT_OF_RANGE', 'rebound_R.0.0'],
    [with16('81'), 'METHOD_OUT_OF_RANGE', 'rebound_R.0.0'],
    [with16('35.5'), 'METHOD_NOT_WHOLE', 'rebound_R.0.0'],
    [with16('3e1'), 'METHOD_NOT_A_NUMBER', 'rebound_R.0.0'],
    [with16(35), 'METHOD_NOT_A_NUMBER', 'rebound_R.0.0'],
    [{ rebound_R: [zoneOf('35').slice(1)] }, 'METHOD_WRONG_COUNT', 'rebound_R.0'],
    [{ rebound_R: [[...zoneOf('35'), '35']] }, 'METHOD_WRONG_COUNT', 'rebound_R.0'],
    [{ rebound_R: [] }, 'METHOD_WRONG_COUNT', 'rebound_R'],
    [{ rebound_R: [null] }, 'METHOD_WRONG_COUNT', 'rebound_R.0'],
    [{ rebound_R: null }, 'METHOD_MISSING', 'rebound_R'],
    [{ angle_deg: ['75'] }, 'METHOD_ANGLE_UNKNOWN', 'angle_deg.0'],
    [{ angle_deg: ['0', '0'] }, 'METHOD_WRONG_COUNT', 'face'],
    [{ face: ['left'] }, 'METHOD_CHOICE_UNKNOWN', 'face.0'],
    [{ placing: 'sprayed' }, 'METHOD_CHOICE_UNKNOWN', 'placing'],
    [{ placing: null }, 'METHOD_MISSING', 'placing'],
    [{ scope: null }, 'METHOD_MISSING', 'scope'],
    [{ hammerNo: ' ' }, 'METHOD_MISSING', 'hammerNo'],
    [{ anvilBefore_R: null }, 'METHOD_MISSING', 'anvilBefore_R'],
    [{ anvilBefore_R: '101' }, 'METHOD_OUT_OF_RANGE', 'anvilBefore_R'],
    [{ carbonation_mm: [['1.0', '1.0']] }, 'METHOD_WRONG_COUNT', 'carbonation_mm.0'],
    [{ carbonation_mm: [['1.0', '1.0', '-1.0']] }, 'METHOD_NEGATIVE', 'carbonation_mm.0.2'],
    [{ carbonation_mm: [['1.0', '1.0', '101']] }, 'METHOD_OUT_OF_RANGE', 'carbonation_mm.0.2'],
    [{ age_d: '28.5' }, 'METHOD_NOT_WHOLE', 'age_d'],
    [{ designGrade: 'C33' }, 'METHOD_GRADE_UNKNOWN', 'designGrade'],
    [{ curve: 'x' }, 'METHOD_UNKNOWN_FIELD', 'curve'],
  ])('%j is %s at %s', (change: Record<string, unknown>, code, field) => {
    const refused = refusalOf(bad(change));
    expect(refused).toMatchObject({ code, field });
    if (code !== 'METHOD_UNKNOWN_FIELD') expect(refused.rule).toMatch(/^(?:JGJ\/T 23-2011|GB\/T 50107)/u);
  });
});
