// Readings of consistency, setting and soundness: logs that must agree with the stated times, stops, and refusals.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compute, without } from '../../testing/cement-consistency.ts';
import { refusalOf } from '../../testing/refusals.ts';
import cementConsistency from '../cement-consistency.method.ts';

const codes = (list: readonly { code: string }[]) => list.map(({ code }) => code);
const CLAUSES = {
  water: 'GB/T 1346 标准稠度用水量的测定（标准法）',
  setting: 'GB/T 1346 凝结时间的测定',
};

describe('standard consistency', () => {
  test.each(['5', '6', '7', '5.5'])('a plunger at %s mm has reached it', (distance) => {
    expect(compute({ plungerDistance_mm: ['3', distance] }).outputs.water?.plungerDistance_mm).toBe(distance);
  });

  test.each(['4.9', '7.1', '0', '40'])('a plunger at %s mm has not: no result', (distance) => {
    expect(refusalOf(() => compute({ plungerDistance_mm: ['6', distance] }))).toEqual({
      code: 'METHOD_CONSISTENCY_NOT_REACHED',
      field: 'plungerDistance_mm.1',
      rule: CLAUSES.water,
    });
  });

  test('a water that cement does not take stops the record', () => {
    const water = (last: string) => codes(compute({ trialWater_mL: ['130', last] }).stops);
    expect(['100', '200'].flatMap(water)).toEqual([]);
    expect(['99.5', '200.5'].flatMap(water)).toEqual(['STOP_CEMENT_WATER', 'STOP_CEMENT_WATER']);
  });
});

describe('the log of penetrations', () => {
  const initial = (times: unknown, distances: unknown) => () =>
    compute({ initialLogTime_min: times, initialLogDistance_mm: distances });
  const final = (times: unknown, marks: unknown) => () => compute({ finalLogTime_min: times, finalLogMark: marks });

  test('agrees: first reading of 4 ± 1 mm at the initial time, first without a mark at the final time', () => {
    for (const distance of ['3', '4', '5']) {
      expect(initial(['150', '180', '185', '186'], ['0', '2.5', distance, '5'])().warnings).toEqual([]);
    }
    const answer = final(['215', '230', '245'], ['mark', 'mark', 'none'])();
    expect(answer.warnings).toEqual([]);
    expect(JSON.stringify(answer.record)).toContain('无痕迹');
  });

  test('an interval that was too long is a warning, exactly 5 and 15 min are not', () => {
    expect(codes(initial(['179', '185'], ['2', '4'])().warnings)).toEqual(['CEMENT_SETTING_INTERVAL']);
    expect(initial(['180', '185'], ['2', '4'])().warnings).toEqual([]);
    expect(codes(final(['229', '245'], ['mark', 'none'])().warnings)).toEqual(['CEMENT_SETTING_INTERVAL']);
    expect(final(['230', '245'], ['mark', 'none'])().warnings).toEqual([]);
  });

  test.each([
    [initial(['180', '185'], ['3', '4']), 'METHOD_CONFLICT', 'initialSetting_min'],
    [initial(['180', '185'], ['1', '2']), 'METHOD_CONFLICT', 'initialSetting_min'],
    [initial(['180', '185'], ['1', '5.5']), 'METHOD_SETTING_MISSED', 'initialLogDistance_mm.1'],
    [initial(['185', '185'], ['1', '4']), 'METHOD_CONFLICT', 'initialLogTime_min.1'],
    [initial(['190', '185'], ['1', '4']), 'METHOD_CONFLICT', 'initialLogTime_min.1'],
    [initial(['185'], undefined), 'METHOD_MISSING', 'initialLogDistance_mm'],
    [initial(['180', '185'], ['4']), 'METHOD_WRONG_COUNT', 'initialLogDistance_mm'],
    [final(['245'], ['mark']), 'METHOD_CONFLICT', 'finalSetting_min'],
    [final(['240', '245'], ['none', 'none']), 'METHOD_CONFLICT', 'finalSetting_min'],
    [final(undefined, ['none']), 'METHOD_MISSING', 'finalLogTime_min'],
    [final(['245'], ['无']), 'METHOD_CHOICE_UNKNOWN', 'finalLogMark.0'],
  ])('%# is %s at %s', (run, code, field) => {
    expect(refusalOf(run)).toMatchObject({ code, field, rule: CLAUSES.setting });
  });
});

describe('figures that can hardly be', () => {
  const stops = (change: Record<string, unknown>) => codes(compute(change).stops);

  test('setting too early or too close together, a needle that closed', () => {
    expect(stops({ initialSetting_min: '20' })).toEqual([]);
    expect(stops({ initialSetting_min: '19' })).toEqual(['STOP_CEMENT_SETTING']);
    expect(stops({ finalSetting_min: '195' })).toEqual([]);
    expect(stops({ finalSetting_min: '194' })).toEqual(['STOP_CEMENT_SETTING']);
    const closed = compute({ needleA_mm: ['10.5', '11.0'], needleC_mm: ['10.5', '10.5'] });
    expect(closed.stops.map(({ code, field }) => [code, field])).toEqual([['STOP_CEMENT_NEEDLE', 'needleC_mm.1']]);
    expect(closed.outputs.soundness).toMatchObject({ growth_mm: ['0.0', '-0.5'], mean_mm: '-0.25' });
  });
});

describe('bad readings are refused', () => {
  test.each([
    [{ initialSetting_min: '45.5' }, 'METHOD_NOT_WHOLE', 'initialSetting_min'],
    [{ initialSetting_min: '0' }, 'METHOD_ZERO', 'initialSetting_min'],
    [{ initialSetting_min: '-45' }, 'METHOD_NEGATIVE', 'initialSetting_min'],
    [{ initialSetting_min: '3:05' }, 'METHOD_NOT_A_NUMBER', 'initialSetting_min'],
    [{ initialSetting_min: 185 }, 'METHOD_NOT_A_NUMBER', 'initialSetting_min'],
    [{ finalSetting_min: '2881' }, 'METHOD_OUT_OF_RANGE', 'finalSetting_min'],
    [{ finalSetting_min: '185' }, 'METHOD_CONFLICT', 'finalSetting_min'],
    [{ finalSetting_min: '100' }, 'METHOD_CONFLICT', 'finalSetting_min'],
    [{ needleC_mm: ['12.0'] }, 'METHOD_WRONG_COUNT', 'needleC_mm'],
    [{ needleC_mm: ['12.0', '61'] }, 'METHOD_OUT_OF_RANGE', 'needleC_mm.1'],
    [{ needleC_mm: ['12.0', ''] }, 'METHOD_MISSING', 'needleC_mm.1'],
    [{ soundnessRound: '复检' }, 'METHOD_CHOICE_UNKNOWN', 'soundnessRound'],
    [{ trialWater_mL: ['130', '0.137'] }, 'METHOD_OUT_OF_RANGE', 'trialWater_mL.1'],
    [{ trialWater_mL: [], plungerDistance_mm: [] }, 'METHOD_WRONG_COUNT', 'trialWater_mL'],
    [{ trialWater_mL: ['137'] }, 'METHOD_WRONG_COUNT', 'plungerDistance_mm'],
    [{ plungerDistance_mm: ['3', '41'] }, 'METHOD_OUT_OF_RANGE', 'plungerDistance_mm.1'],
    [{ kind: 'P.O' }, 'METHOD_KIND_UNKNOWN', 'kind'],
    [{ grade: '32.5' }, 'METHOD_GRADE_UNKNOWN', 'grade'],
    [{ density: '3.1' }, 'METHOD_UNKNOWN_FIELD', 'density'],
  ])('%j is %s at %s', (change, code, field) => {
    expect(refusalOf(() => compute(change))).toMatchObject({ code, field });
  });

  test.each([
    ['finalSetting_min', 'finalSetting_min'],
    ['initialSetting_min', 'initialSetting_min'],
    ['needleA_mm', 'needleA_mm'],
    ['needleC_mm', 'needleC_mm'],
    ['soundnessRound', 'soundnessRound'],
    ['plungerDistance_mm', 'plungerDistance_mm'],
    ['trialWater_mL', 'trialWater_mL'],
    ['kind', 'kind'],
  ])('half of a pair of readings is refused: without %s', (name, field) => {
    expect(refusalOf(() => cementConsistency.compute(without(name)))).toMatchObject({ code: 'METHOD_MISSING', field });
  });

  test('no string whatever makes it throw anything but a refusal', () => {
    const nonsense = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789.-+e ,'.split('')) }));
    fc.assert(
      fc.property(nonsense, (reading) => {
        try {
          expect(compute({ needleC_mm: ['12.0', reading] }).outputs.soundness?.mean_mm).toMatch(/^-?\d+\.\d+$/);
          expect(reading).toMatch(/^(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/);
        } catch (error) {
          expect(error).toHaveProperty('info.code');
        }
      }),
      { numRuns: 1000 },
    );
  });
});
