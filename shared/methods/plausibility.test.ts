// Shared stops at their edges: loads against the machine's range, loading rates against the standard's window.
import { describe, expect, test } from 'vitest';
import { loadingRateStops, machineRange } from './plausibility.ts';
import { refusalOf } from './testing/refusals.ts';

const AT = { field: 'loads_kN', clause: 'GB/T 50081-2019 4.3.1' };
const found = (load: string | null) => {
  const { warnings, stops } = machineRange([load], '1000', AT);
  return [...stops, ...warnings].map(({ code, field }) => `${code} ${field}`);
};

describe("a load against the machine's range of 1000 kN", () => {
  test.each([
    ['199.99', ['STOP_MACHINE_RANGE loads_kN.0']],
    ['200', []],
    ['500', []],
    ['800.0', []],
    ['800.01', ['MACHINE_RANGE_HIGH loads_kN.0']],
    ['1000', ['MACHINE_RANGE_HIGH loads_kN.0']],
    [null, []],
  ])('%s kN: %j', (load, expected) => {
    expect(found(load)).toEqual(expected);
  });

  test('above the range is refused at its own specimen; without loads or range nothing is said', () => {
    expect(refusalOf(() => machineRange(['500', '1000.01'], '1000', AT))).toEqual({
      code: 'METHOD_OVER_RANGE',
      field: 'loads_kN.1',
      rule: AT.clause,
    });
    expect(machineRange(undefined, '1000', AT)).toEqual({ warnings: [], stops: [] });
    expect(machineRange(['5000'], undefined, AT)).toEqual({ warnings: [], stops: [] });
  });

  test('the words name specimen, reading and figure', () => {
    const [first] = machineRange([null, '150'], '1000', AT).stops;
    expect(first).toMatchObject({
      message: '试件 2 破坏荷载 150 kN 低于试验机量程 1000 kN 的 20%。',
      field: 'loads_kN.1',
    });
    const [named] = machineRange(['900'], '1000', { ...AT, label: '最大力' }).warnings;
    expect(named?.message).toBe('试件 1 最大力 900 kN 高于试验机量程 1000 kN 的 80%。');
  });
});

describe('a loading rate against 11.25～18 kN/s', () => {
  const window = { min_kN_s: '11.25', max_kN_s: '18', clause: 'GB/T 50081-2019 5.0.4' };
  const at = { field: 'loadingRates_kN_s', sample: 'C30' };
  const stopped = (rates: readonly (string | null)[]) => loadingRateStops(rates, window, at).map(({ field }) => field);

  test('both ends belong to it, a hundredth outside does not, and a specimen without one is passed over', () => {
    expect(stopped(['11.25', '15', '18.00'])).toEqual([]);
    expect(stopped(['11.24', null, '18.01'])).toEqual(['loadingRates_kN_s.0', 'loadingRates_kN_s.2']);
    expect(loadingRateStops(['18.01'], window, at)).toMatchObject([
      { code: 'STOP_LOADING_RATE', message: expect.stringContaining('试件 1 加荷速度 18.01 kN/s') },
    ]);
  });

  test('nothing is said without rates or without a window', () => {
    expect(loadingRateStops(undefined, window, at)).toEqual([]);
    expect(loadingRateStops(['99'], null, at)).toEqual([]);
  });
});
