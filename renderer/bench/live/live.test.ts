// The parts of the live picture that can be wrong without anybody seeing it: the corridor, the age, and the count of samples.
import { array, assert, double, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { CurveColumns } from '../../curve/columns.ts';
import { LiveCurve } from '../liveCurve.ts';
import { ageOf } from './age.ts';
import { backS, corridorOf } from './corridor.ts';
import { rateOf } from './RateBar.tsx';
import type { BenchState } from '../../../shared/contract/answers.ts';

test('the end of the curve lies in the corridor exactly when the mean rate since its beginning lies in the window', () => {
  assert(
    property(
      array(integer({ min: -20, max: 60 }), { minLength: 12, maxLength: 400 }),
      double({ min: 0.5, max: 20, noNaN: true }),
      double({ min: 0.1, max: 20, noNaN: true }),
      (steps, min, width) => {
        const columns = new CurveColumns();
        let load = 0;
        steps.forEach((step, index) => columns.push(index / 10, (load += step / 10), Number.NaN, Number.NaN));
        const window = { min, max: min + width };
        const corners = corridorOf(columns, 0, window)!;
        const [[time, from], [until, high], [, low]] = corners as [
          [number, number],
          [number, number],
          [number, number],
        ];
        const now = columns.time[columns.length - 1]!;
        expect(now - time).toBeLessThanOrEqual(backS + 1e-9);
        const share = (now - time) / (until - time);
        const [bottom, top] = [from + (low - from) * share, from + (high - from) * share];
        const rate = (load - from) / (now - time);
        if (Math.abs(rate - window.min) < 1e-6 || Math.abs(rate - window.max) < 1e-6) return;
        expect(load >= bottom && load <= top).toBe(rate >= window.min && rate <= window.max);
      },
    ),
  );
});

test('less than a second of loading has no corridor', () => {
  const columns = new CurveColumns();
  expect(corridorOf(columns, 0, { min: 1, max: 2 })).toBeNull();
  for (let index = 0; index < 900; index += 1) columns.push(index / 1000, index, Number.NaN, Number.NaN);
  expect(corridorOf(columns, 0, { min: 1, max: 2 })).toBeNull();
  for (let index = 900; index < 3000; index += 1) columns.push(index / 1000, index, Number.NaN, Number.NaN);
  expect(corridorOf(columns, 0, { min: 1, max: 2 })).not.toBeNull();
  expect(corridorOf(columns, 2.5, { min: 1, max: 2 })).toBeNull();
});

test('every sample that came is counted, and those of a run all stay', () => {
  const curve = new LiveCurve();
  const batch = (runId: string | null, from: number, count: number, lost?: number) =>
    curve.append({
      type: 'bench.samples',
      equipmentId: 'E001',
      runId,
      timeS: Array.from({ length: count }, (_, index) => (from + index) / 1000),
      loadKn: Array.from({ length: count }, (_, index) => (index % 100) / 2),
      ...(lost === undefined ? {} : { lost }),
    });
  for (let second = 0; second < 90; second += 1) batch(null, second * 1000, 1000);
  // Of the idle stream the last half minute is kept.
  expect(curve.shown.columns.length).toBeGreaterThanOrEqual(30_000);
  expect(curve.shown.columns.length).toBeLessThan(90_000);
  for (let second = 90; second < 190; second += 1) batch('R1', second * 1000, 1000, 2);
  expect(curve.shown.columns.length).toBe(100_000);
  expect(curve.received).toBe(190_000);
  expect(curve.lost).toBe(200);
  expect(Number.isNaN(curve.shown.greatestDisplacement)).toBe(true);
});

test('age of today against the age of the test', () => {
  const of = (madeOn: string | undefined, day: string) =>
    ageOf({ sample: { madeOn, requiredAgeDays: 28 } as never, ageDays: null }, day);
  expect(of('2026-10-26', '2026-11-23')).toMatchObject({
    word: '龄期 28 d，应 28 d（2026-11-23） · 今天到期',
    tone: 'good',
  });
  expect(of('2026-10-26', '2026-11-20')?.word).toContain('还差 3 天');
  expect(of('2026-10-26', '2026-11-25')?.word).toContain('已过 2 天');
  expect(of(undefined, '2026-11-25')).toBeNull();
});

test('a rate is a figure with a word and a shape, and only while load comes on', () => {
  const state = (phase: string, rateState: BenchState['rateState']) =>
    ({ phase, rateState, loadingRateKnPerS: '9.036' }) as BenchState;
  expect(rateOf(state('loading', 'slow'))).toEqual({ text: '9.04', state: { word: '偏慢', tone: 'warn', shape: '▼' } });
  expect(rateOf(state('loading', 'within')).state?.word).toBe('合适');
  expect(rateOf(state('yield', 'fast')).state?.word).toBe('偏快');
  expect(rateOf(state('armed', 'within'))).toEqual({ text: '—', state: null });
  expect(rateOf(state('loading', null))).toEqual({ text: '9.04', state: null });
});
