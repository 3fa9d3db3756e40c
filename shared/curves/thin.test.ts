// Whatever the curve and the picture: the peak, the lowest point, every needle and the ends are in what stays.
import { array, assert, double, integer, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { byColumn, keptIndices, keptWithin } from './thin.ts';

const loads = array(integer({ min: -50, max: 2_000 }), { minLength: 1, maxLength: 3_000 });
const extremesOf = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)];

test('every pixel column keeps its first, least, greatest and last load, in the order of time', () => {
  assert(
    property(
      array(tuple(integer({ min: 0, max: 40 }), integer({ min: -50, max: 2_000 })), { minLength: 1, maxLength: 2_000 }),
      integer({ min: 1, max: 400 }),
      (steps, columns) => {
        let now = 0;
        const time = steps.map(([step]) => (now += step));
        const load = steps.map(([, value]) => value);
        const range: [number, number] = [time[0]!, time.at(-1)! + 1];
        const columnOf = byColumn((index) => time[index]!, range, columns);
        const kept = keptIndices((index) => load[index]!, [0, load.length], columnOf);
        expect(kept.length).toBeLessThanOrEqual(4 * columns);
        expect(kept).toEqual([...kept].sort((a, b) => a - b));
        const all = new Map<number, number[]>();
        load.forEach((value, index) => all.set(columnOf(index), [...(all.get(columnOf(index)) ?? []), value]));
        for (const [column, values] of all) {
          const stays = kept.filter((index) => columnOf(index) === column).map((index) => load[index]!);
          expect(extremesOf(stays)).toEqual(extremesOf(values));
          expect([stays[0], stays.at(-1)]).toEqual([values[0], values.at(-1)]);
        }
      },
    ),
    { numRuns: 100 },
  );
});

test('a limit of points holds, and the peak, the least load and both ends stay', () => {
  assert(
    property(loads, integer({ min: 8, max: 600 }), (load, limit) => {
      const kept = keptWithin((index) => load[index]!, load.length, limit);
      expect(kept.length).toBeLessThanOrEqual(Math.max(limit, 8));
      expect(extremesOf(kept.map((index) => load[index]!))).toEqual(extremesOf(load));
      expect([kept[0], kept.at(-1)]).toEqual([0, load.length - 1]);
    }),
    { numRuns: 200 },
  );
});

test('one needle of one sample among half a million is drawn', () => {
  assert(
    property(integer({ min: 0, max: 499_999 }), double({ min: 1, max: 5, noNaN: true }), (at, height) => {
      const load = (index: number): number => (index === at ? 100 + height : (index % 7) / 10);
      const kept = keptIndices(
        load,
        [0, 500_000],
        byColumn((index) => index / 1_000, [0, 500], 1_000),
      );
      expect(kept).toContain(at);
    }),
    { numRuns: 10 },
  );
});

test('a horizontal value that runs back stays in the order of time', () => {
  const displacement = [0, 1, 2, 3, 2, 1, 2, 3, 4];
  const kept = keptIndices(
    (index) => index,
    [0, 9],
    byColumn((index) => displacement[index]!, [0, 4], 4),
  );
  expect(kept.map((index) => displacement[index])).toEqual(displacement);
});
