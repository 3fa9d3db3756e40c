import { describe, expect, test } from 'vitest';
import { Exact } from '../foundation/decimal.ts';
import { plainBase, plainDraft, plainJudged, ribbedJudged, stopCodes, warningCodes } from '../testing/rebar.ts';
import { refusalOf } from '../testing/refusals.ts';

/** Force of an exact stress on φ20, kN. */
const force = (stress: string): string => new Exact(stress).times('314.2').div(1000).toFixed();

describe('stops', () => {
  test('a sound sample has none', () => {
    expect(stopCodes(ribbedJudged({ machineRange_kN: '600' }))).toEqual([]);
  });

  test('Rm/ReL from 1.05 to 2.0 goes on, beyond either it stops', () => {
    const at = (first: string, second: string) =>
      stopCodes(ribbedJudged({ FeL_kN: ['150', '150'], Fm_kN: [first, second] }));
    expect(at('157.5', '160')).toEqual([]);
    expect(at('157.4', '160')).toEqual(['STOP_TENSILE_YIELD_RATIO']);
    expect(at('300', '300')).toEqual([]);
    expect(at('300.1', '300')).toEqual(['STOP_TENSILE_YIELD_RATIO']);
  });

  test('half of the grade goes on, below it stops', () => {
    const both = (stress: string) =>
      stopCodes(ribbedJudged({ FeL_kN: [force(stress), force(stress)], Fm_kN: ['110', '110'] }));
    expect(both('200')).toEqual([]);
    expect(both('199.9')).toEqual(['STOP_YIELD_FAR_BELOW_GRADE', 'STOP_YIELD_FAR_BELOW_GRADE']);
  });

  test('bars that differ by 15 % of the smaller go on, by more they stop', () => {
    const pair = (second: string) => stopCodes(ribbedJudged({ FeL_kN: ['130', second], Fm_kN: ['200', '200'] }));
    expect(pair('149.5')).toEqual([]);
    expect(pair('149.6')).toEqual(['STOP_PAIR_DIFFERENCE']);
    const peaks = ribbedJudged({ Fm_kN: ['180', '207.1'] });
    expect(peaks.stops).toMatchObject([{ code: 'STOP_PAIR_DIFFERENCE', field: 'Fm_kN.0' }]);
  });

  test('20 to 80 % of the machine goes on, below stops, above warns, beyond the range is refused', () => {
    const range = (size: string) => ribbedJudged({ Fm_kN: ['200', '200'], machineRange_kN: size });
    expect(stopCodes(range('1000'))).toEqual([]);
    expect(stopCodes(range('1001'))).toEqual(['STOP_MACHINE_RANGE', 'STOP_MACHINE_RANGE']);
    expect(warningCodes(range('250'))).toEqual([]);
    expect(warningCodes(range('249'))).toEqual(['MACHINE_RANGE_HIGH', 'MACHINE_RANGE_HIGH']);
    expect(refusalOf(() => range('199'))).toMatchObject({ code: 'METHOD_OVER_RANGE', field: 'Fm_kN.0' });
  });

  test('elongations and masses that no bar has', () => {
    expect(stopCodes(ribbedJudged({ Lu_mm: ['150.25', '126.00'] }))).toEqual(['STOP_ELONGATION']);
    expect(stopCodes(ribbedJudged({ Lu_mm: ['150.00', '126.00'] }))).toEqual([]);
    expect(stopCodes(ribbedJudged({ agtFinal_mm: ['131', '111.3'] }))).toEqual(['STOP_ELONGATION']);
    expect(stopCodes(ribbedJudged({ totalMass_g: '5353' }))).toEqual(['STOP_MASS_DEVIATION']);
    expect(stopCodes(ribbedJudged({ totalMass_g: '7243.275' }))).toEqual([]);
  });

  test('every stop says what, why, what next, and which reading', () => {
    const { stops } = ribbedJudged({ FeL_kN: ['40', '139'], totalMass_g: '5000', machineRange_kN: '2000' });
    expect(stops.length).toBeGreaterThan(3);
    for (const stop of stops) {
      expect(
        [stop.message, stop.meaning, stop.next, stop.field, stop.clause].every(
          (text) => text !== '' && text !== undefined,
        ),
      ).toBe(true);
    }
  });
});

describe('the real pair of φ8 HPB300 bars, 18.5 / 28.3 kN and 5.1 / 28.6 kN', () => {
  const pair = { ...plainBase, FeL_kN: ['18.5', '5.1'], Fm_kN: ['28.3', '28.6'] };

  test.each([
    ['drafts', plainDraft],
    ['confirmed limits', plainJudged],
  ])('stops with %s: the detector took a spurious drop for the yield of bar 2', (_, run) => {
    const { stops, outputs } = run(pair);
    expect(outputs.ReL_MPa).toEqual(['370', '101']);
    expect(stops.map(({ code, field }) => [code, field])).toEqual([
      ['STOP_YIELD_FAR_BELOW_GRADE', 'FeL_kN.1'],
      ['STOP_TENSILE_YIELD_RATIO', 'FeL_kN.1'],
      ['STOP_PAIR_DIFFERENCE', 'FeL_kN.1'],
    ]);
    expect(stops.every(({ next }) => next.includes('曲线'))).toBe(true);
  });

  test('bar 1 alone is sound, and so is the pair once the yield of bar 2 is read again', () => {
    expect(stopCodes(plainJudged({ FeL_kN: ['18.5', '18.6'], Fm_kN: ['28.3', '28.6'] }))).toEqual([]);
  });
});
