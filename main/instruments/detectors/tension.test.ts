import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scaled } from '../run/sample.ts';
import type { Sample } from '../run/sample.ts';
import { ORDINARY_BAR } from '../virtual/tension-model.ts';
import type { BarOptions } from '../virtual/tension-model.ts';
import { GAUGE, barSamples, smoothBarSamples } from './curves.test-helper.ts';
import type { Reading, SmoothBar } from './curves.test-helper.ts';
import { TensionDetector, detectTension, tensionParams } from './tension.ts';
import type { TensionParams } from './tension.ts';

const noiseOf = (bar: BarOptions): string => ((bar.noise * bar.area_mm2) / 1000).toFixed(4);
const paramsOf = (bar: BarOptions, more: Partial<TensionParams> = {}): TensionParams =>
  tensionParams({ range_kN: '1000', sigma_kN: noiseOf(bar), ...more });

function found(bar: BarOptions, reading: Reading, more: Partial<TensionParams> = {}) {
  const result = detectTension(barSamples(bar, reading), paramsOf(bar, more));
  const stress = (name: string): number =>
    (Number(result.derived.find((each) => each.name === name)?.value) * 1000) / bar.area_mm2;
  return { result, Rm: (Number(result.peak) * 1000) / bar.area_mm2, ReH: stress('FeH'), ReL: stress('FeL') };
}

const SMOOTH_BAR: SmoothBar = {
  Rp02: 500,
  Rm: 640,
  area_mm2: 100,
  exponent: 12,
  elasticRate: 0.0001,
  plasticRate: 0.002,
  noise: 0,
  seed: 1,
};

describe('tension detector', () => {
  /** A reading comes up to one period after the upper yield, and on the plateau between two valleys; the rest is noise. */
  test.each([
    { rateHz: 10, ReH: 2.7, ReL: 2.7 },
    { rateHz: 20, ReH: 1.7, ReL: 2.2 },
    { rateHz: 50, ReH: 1.1, ReL: 0.9 },
    { rateHz: 100, ReH: 0.9, ReL: 0.9 },
    { rateHz: 1000, ReH: 0.9, ReL: 0.9 },
  ])('known bar at $rateHz Hz: ReH within $ReH, ReL within $ReL, Rm within 1 MPa', ({ rateHz, ...due }) => {
    for (let phase = 0; phase < 20; phase += rateHz > 500 ? 5 : 1) {
      const bar = { ...ORDINARY_BAR, seed: phase + 1 };
      const { ReH, ReL, Rm } = found(bar, { rateHz, phase: phase / 20 });
      expect(Math.abs(ReH - bar.ReH)).toBeLessThanOrEqual(due.ReH);
      expect(Math.abs(ReL - bar.ReL)).toBeLessThanOrEqual(due.ReL);
      expect(Math.abs(Rm - bar.Rm)).toBeLessThanOrEqual(1);
    }
  });

  test('a flat plateau, a wavy one and bars of other strengths are read alike by time and by extensometer', () => {
    fc.assert(
      fc.property(
        fc.record({
          ReH: fc.integer({ min: 250, max: 620 }),
          drop: fc.integer({ min: 10, max: 40 }),
          dip: fc.integer({ min: 3, max: 20 }),
          waves: fc.constantFrom(0, 2, 4),
          area_mm2: fc.constantFrom(50.27, 113.1, 314.16, 804.2),
          seed: fc.integer({ min: 1, max: 1_000_000 }),
          extension: fc.boolean(),
        }),
        ({ ReH, drop, dip, extension, ...rest }) => {
          const ReL = ReH - drop;
          const bar = { ...ORDINARY_BAR, ...rest, ReH, ReL, transient: ReL - dip, Rm: ReH * 1.3 };
          const more = extension ? { extensometerGauge_mm: String(GAUGE) } : {};
          const read = found(bar, { extension }, more);
          expect(Math.abs(read.ReH - ReH)).toBeLessThanOrEqual(1);
          expect(Math.abs(read.ReL - ReL)).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 20 },
    );
  });

  test('a bar that yields without a drop has no yield force, and with an extensometer its Fp0.2', () => {
    const samples = smoothBarSamples(SMOOTH_BAR, { extension: true });
    const params = tensionParams({ range_kN: '300', sigma_kN: '0.01', extensometerGauge_mm: String(GAUGE) });
    const { derived, remarks } = detectTension(samples, params);
    expect(derived.map(({ name }) => name)).toEqual(['Fp02', 'Agt']);
    expect(Number(derived[0]?.value)).toBeCloseTo(50, 0);
    expect(Math.abs(Number(derived[0]?.value) - 50)).toBeLessThan(0.15);
    expect(remarks.join()).toContain('没有明显屈服');
    const without = detectTension(samples, { ...params, extensometerGauge_mm: '' });
    expect(without.derived).toEqual([]);
  });

  test('a bar without a drop gets no yield force, however fast it is read and pulled and whatever the noise', () => {
    fc.assert(
      fc.property(
        fc.record({
          rateHz: fc.constantFrom(5, 10, 20, 50, 100, 200, 500),
          phase: fc.constantFrom(0, 0.3, 0.7),
          Rp02: fc.integer({ min: 300, max: 600 }),
          hardening: fc.constantFrom(1.15, 1.25, 1.35),
          exponent: fc.constantFrom(10, 14, 18),
          elasticRate: fc.constantFrom(0.00003, 0.0001, 0.0003),
          noise: fc.constantFrom(0.05, 0.15, 0.3),
          area_mm2: fc.constantFrom(50.27, 100, 314.16),
          digits: fc.constantFrom(1, 2),
          seed: fc.integer({ min: 1, max: 1_000_000 }),
        }),
        ({ rateHz, phase, digits, hardening, ...rest }) => {
          const bar = { ...SMOOTH_BAR, ...rest, Rm: rest.Rp02 * hardening };
          const sigma_kN = ((bar.noise * bar.area_mm2) / 1000).toFixed(4);
          const { derived, remarks, peak } = detectTension(
            smoothBarSamples(bar, { rateHz, phase, digits }),
            tensionParams({ range_kN: '300', sigma_kN }),
          );
          expect(derived).toEqual([]);
          expect(remarks.join()).toContain('没有明显屈服');
          expect(Math.abs((Number(peak) * 1000) / bar.area_mm2 - bar.Rm)).toBeLessThan(
            5 * bar.noise + (digits === 1 ? 100 : 10) / bar.area_mm2,
          );
        },
      ),
      { numRuns: 20 },
    );
  });

  test('a last digit that flickers before the drop is no valley: the transient behind it does not count', () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const slow = { elasticRate: 0.00003, plasticRate: 0.00025, plateauEnd: 0.006, atMaximum: 0.02, rupture: 0.03 };
      const bar = { ...ORDINARY_BAR, ...slow, ReH: 347, ReL: 326, transient: 320, Rm: 420, area_mm2: 113.1, seed };
      // The idle display stands still, whatever the noise below its last digit.
      const { ReL } = found(bar, { digits: 1 }, { sigma_kN: '0.0050' });
      expect(Math.abs(ReL - bar.ReL)).toBeLessThan(2);
    }
  });

  test('a slip of the grips is no yield', () => {
    const samples = barSamples(ORDINARY_BAR, {});
    const at = samples.findIndex(({ load }) => load > scaled('60', 9));
    // The force falls by 5 % and comes back along the straight line.
    const slipped = samples.flatMap((sample, index): Sample[] => {
      if (index < at) return [sample];
      const lost = Math.max(0, 3 - (index - at) * 0.0628);
      const load = sample.load / 1e9 - lost;
      const text = load.toFixed(3);
      return [{ ...sample, text, load: scaled(text, 9) }];
    });
    const { derived } = detectTension(slipped, paramsOf(ORDINARY_BAR));
    const FeH = Number(derived.find(({ name }) => name === 'FeH')?.value);
    expect(FeH).toBeGreaterThan(140);
  });

  test('a needle of one sample makes neither yield point', () => {
    const clean = detectTension(barSamples(ORDINARY_BAR, {}), paramsOf(ORDINARY_BAR));
    const samples = barSamples(ORDINARY_BAR, {});
    const onPlateau = samples.findIndex(({ load }) => load > scaled('144', 9)) + 120;
    for (const at of [samples.findIndex(({ load }) => load > scaled('80', 9)), onPlateau]) {
      samples[at] = { ...(samples[at] as Sample), text: '20.000', load: scaled('20', 9) };
    }
    expect(detectTension(samples, paramsOf(ORDINARY_BAR)).derived).toEqual(clean.derived);
  });

  test('data lost at the yield leave no yield force and say so', () => {
    const samples = barSamples(ORDINARY_BAR, {});
    const upper = samples.findIndex(({ load }) => load > scaled('144.8', 9));
    samples[upper + 5] = { ...(samples[upper + 5] as Sample), gapBefore: true };
    const { derived, remarks } = detectTension(samples, paramsOf(ORDINARY_BAR));
    expect(derived).toEqual([]);
    expect(remarks.join()).toContain('屈服附近有数据丢失');
  });

  test('a long first plateau below a higher one is the lower yield, not a transient', () => {
    const samples = barSamples({ ...ORDINARY_BAR, waves: 0, transient: 430, transient_s: 6, noise: 0.05 }, {});
    const first = samples.findIndex(({ load }) => load > scaled('144.9', 9));
    // The dip of six seconds is flat in its middle.
    for (let index = first + 100; index < first + 500; index += 1) {
      samples[index] = { ...(samples[index] as Sample), text: '135.089', load: scaled('135.089', 9) };
    }
    const { derived } = detectTension(samples, paramsOf({ ...ORDINARY_BAR, noise: 0.05 }));
    expect(Number(derived.find(({ name }) => name === 'FeL')?.value)).toBeLessThan(135.2);
  });

  test('the extensometer gives Agt at the maximum, and none when it was taken off before', () => {
    const params = paramsOf(ORDINARY_BAR, { extensometerGauge_mm: String(GAUGE) });
    const samples = barSamples(ORDINARY_BAR, { extension: true });
    const { derived } = detectTension(samples, params);
    const Agt = Number(derived.find(({ name }) => name === 'Agt')?.value);
    expect(Math.abs(Agt - 12)).toBeLessThan(0.7);
    const held = Math.round(0.05 * GAUGE * 1e6);
    const removed = samples.map((sample) => ({ ...sample, extension: Math.min(sample.extension, held) }));
    const without = detectTension(removed, params);
    expect(without.derived.map(({ name }) => name)).not.toContain('Agt');
    expect(without.remarks.join()).toContain('引伸计在最大力之前已不再跟随');
  });

  test('slow necking is no fault, and the last reading before rupture is kept', () => {
    const { result } = found(ORDINARY_BAR, {});
    expect(result).toMatchObject({ phase: 'done', fault: null });
    expect(result.remarks.join()).toContain('按时间判断');
  });

  test('while the force stands in a drop the live view says yield, neither before nor when it hardens', () => {
    const detector = new TensionDetector(paramsOf(ORDINARY_BAR));
    const said: boolean[] = [];
    const samples = barSamples(ORDINARY_BAR, {});
    for (const sample of samples) {
      detector.push(sample);
      said.push(detector.yielding);
    }
    const upper = samples.findIndex(({ load }) => load > scaled('144.9', 9));
    expect(said.slice(0, upper)).not.toContain(true);
    expect(said.slice(upper + 20, upper + 300)).not.toContain(false);
    expect(said.slice(samples.findIndex(({ load }) => load > scaled('160', 9)))[0]).toBe(false);
  });
});
