// The shape of a compaction curve: which points carry it, when it has more than one peak, and the line that the record draws.
import { describe, expect, test } from 'vitest';
import compaction from '../compaction.method.ts';
import { compactionSample, compact } from '../../testing/soil-samples.ts';
import { compactionPeak } from './curve.ts';

const QUARTIC = { policies: { curveFitting: 'quartic-least-squares' } };
type Rows = readonly (readonly [moisture: string, density: string])[];
const points = (rows: Rows) => rows.map(([moisture, density]) => ({ moisture, density }));
const shapeStops = (sample: ReturnType<typeof compactionSample>, settings = {}) =>
  compaction
    .compute(sample, settings)
    .stops.filter(({ code }) => code === 'STOP_COMPACTION_SHAPE')
    .map(({ message }) => message);

describe('the three points of the parabola', () => {
  test('of equal ones, those nearest to the highest count, not those nearest to the middle of all', () => {
    // 11, 14 and 16 % stand at 1.70; 14 and 11 are nearer to the peak at 13 %, 14 and 16 nearer to the middle, 13.7 %.
    const rows: Rows = [['10.0', '1.60'], ['11.0', '1.70'], ['13.0', '1.80'], ['14.0', '1.70'], ['16.0', '1.70'], ['18.0', '1.50']]; // prettier-ignore
    expect(compactionPeak(points(rows), 'parabola-top-3').used).toEqual([1, 2, 3]);
  });

  test('fewer than five points are a fault of the caller', () => {
    const rows: Rows = [['10.0', '1.60'], ['11.0', '1.70'], ['13.0', '1.80'], ['14.0', '1.70']]; // prettier-ignore
    expect(() => compactionPeak(points(rows), 'parabola-top-3')).toThrow('a compaction curve needs five points');
  });
});

describe('more than one peak', () => {
  test('a density that rises again stops the record, a level piece does not', () => {
    const wet = (fourth: number) =>
      compactionSample([[1870, '10.0'], [2016, '12.0'], [1995, '14.0'], [fourth, '16.0'], [1770, '18.0']]); // prettier-ignore
    // Dry: 1.70, 1.80, 1.75, then 1.75 (2030) or 1.76 (2042), then 1.50.
    expect(shapeStops(wet(2030))).toEqual([]);
    expect(shapeStops(wet(2042))).toEqual(['干密度随含水率下降后又上升，曲线不止一个峰。']);
  });

  test('points are looked at by moisture, in whatever order they were made', () => {
    const inOrder = [[1760, '10.0'], [2016, '12.0'], [2063, '14.0'], [2030, '16.0'], [1888, '18.0']] as const; // prettier-ignore
    const mixed = [3, 0, 4, 1, 2].flatMap((index) => inOrder[index] ?? []);
    const sample = compactionSample([0, 1, 2, 3, 4].map((at) => [Number(mixed[at * 2]), String(mixed[at * 2 + 1])]));
    expect([shapeStops(compactionSample(inOrder)), shapeStops(sample)]).toEqual([[], []]);
  });

  test('a fitted line with two peaks stops the record although the points have one', () => {
    // 1.60, 1.80, 1.81, 1.80, 1.60: through these five a line of the fourth degree falls on both sides of a dip in the middle.
    const flat = compactionSample([[1760, '10.0'], [2016, '12.0'], [2063, '14.0'], [2088, '16.0'], [1888, '18.0']]); // prettier-ignore
    expect(shapeStops(flat)).toEqual([]);
    expect(shapeStops(flat, QUARTIC)).toEqual(['拟合曲线在测点含水率范围内不止一个峰。']);
    const rows: Rows = [['10.0', '1.60'], ['12.0', '1.80'], ['14.0', '1.81'], ['16.0', '1.80'], ['18.0', '1.60']]; // prettier-ignore
    expect(compactionPeak(points(rows), 'quartic-least-squares').severalPeaks).toBe(true);
  });
});

describe('the picture', () => {
  const plotOf = (change = {}, settings = {}) =>
    compact(change, settings).record.flatMap(({ plot }) => (plot === undefined ? [] : [plot]))[0];

  /** Through three points, by Lagrange. */
  const through = (rows: readonly (readonly [number, number])[], w: number) =>
    rows.reduce(
      (sum, [x, y], at) =>
        sum + rows.reduce((part, [other], own) => (own === at ? part : (part * (w - other)) / (x - other)), y),
      0,
    );

  test('the parabola is drawn over its three points in 48 equal steps', () => {
    const { line = [], points: drawn = [] } = plotOf() ?? {};
    expect(drawn).toEqual([['10.2', '1.74'], ['12.1', '1.81'], ['14.0', '1.84'], ['16.1', '1.79'], ['18.0', '1.72']]); // prettier-ignore
    expect([line.length, line[0], line.at(-1)]).toEqual([49, ['12.100', '1.8100'], ['16.100', '1.7900']]);
    for (const [index, [w, density]] of line.entries()) {
      expect(w).toBe((12.1 + index / 12).toFixed(3));
      expect(Number(density)).toBeCloseTo(through([[12.1, 1.81], [14, 1.84], [16.1, 1.79]], Number(w)), 3); // prettier-ignore
    }
  });

  test('the other lines are drawn over all points', () => {
    const { line = [] } = plotOf({}, QUARTIC) ?? {};
    expect([line[0], line.at(-1)]).toEqual([['10.200', '1.7400'], ['18.000', '1.7200']]); // prettier-ignore
  });

  test('without a peak there are points only; without a moisture there is no picture', () => {
    const rising = compactionSample([[1920, '10.2'], [1990, '12.1'], [2060, '14.0'], [2140, '16.1'], [2220, '18.0']]); // prettier-ignore
    expect(plotOf(rising)).toMatchObject({ line: [], points: { length: 5 } });
    expect(plotOf(rising)).not.toHaveProperty('mark');
    const apart = compactionSample([[1920, '10.2'], [2030, '12.1'], [2100, '14.0'], [2080, '16.1'], [2030, '18.0']]); // prettier-ignore
    const tinAndWet_g = apart.tinAndWet_g.map((pair, index) => (index === 2 ? ['134', '136.5'] : pair));
    expect(plotOf({ ...apart, tinAndWet_g })).toBeUndefined();
  });
});
