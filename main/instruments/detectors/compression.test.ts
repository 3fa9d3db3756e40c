import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scaled } from '../run/sample.ts';
import type { Sample } from '../run/sample.ts';
import { CompressionModel } from '../virtual/compression-model.ts';
import { compressionParams, detectCompression } from './compression.ts';
import { slope } from './loading.ts';

interface Made {
  samples: Sample[];
  /** Greatest load sent. */
  peak: string;
}

function makeRun(options: { seed: number; strength: number; rateHz: number; digits?: 1 | 2; range?: number }): Made {
  const model = new CompressionModel({
    seed: options.seed,
    side_mm: 150,
    rate_MPa_per_s: 0.6,
    range_kN: options.range ?? 2000,
    loadDigits: options.digits ?? 1,
    noise_kN: 0.12,
  });
  const dt = 1 / options.rateHz;
  const samples: Sample[] = [];
  let peak = '0';
  let tail = 2.5;
  for (let index = 0; tail > 0; index += 1) {
    if (index === 2 * options.rateHz) model.startSpecimen(options.strength);
    const { load_kN: text } = model.step(dt);
    if (Number(text) > Number(peak)) peak = text;
    samples.push({
      t_us: Math.round(index * dt * 1e6),
      load: scaled(text, 9),
      text,
      displacement: 0,
      extension: Number.NaN,
      gapBefore: false,
    });
    if (index > 2 * options.rateHz && model.idle) tail -= dt;
  }
  return { samples, peak };
}

const params = compressionParams({ range_kN: '2000', sigma_kN: '0.12' });
const withLoad = (sample: Sample, text: string): Sample => ({ ...sample, text, load: scaled(text, 9) });

describe('compression detector', () => {
  test('a machine that loads faster than any method allows still gives its true peak: the last sample before the break is no spike', () => {
    fc.assert(
      fc.property(
        fc.record({
          step: fc.integer({ min: 1, max: 400 }),
          steps: fc.integer({ min: 25, max: 400 }),
          held: fc.integer({ min: 1, max: 10 }),
          withSpike: fc.boolean(),
        }),
        ({ step, steps, held, withSpike }) => {
          const loads = Array.from({ length: 100 }, () => 0);
          for (let index = 1; index <= steps; index += 1)
            for (let hold = 0; hold < held; hold += 1) loads.push(index * step);
          const peak = steps * step;
          loads.push(peak * 0.2, peak * 0.05, ...Array.from({ length: 150 }, () => 0));
          if (withSpike) loads[100 + Math.floor((steps * held) / 2)] = peak * 4 + 2000;
          const samples = loads.map((load, index): Sample => {
            const text = (load / 10).toFixed(1);
            return {
              t_us: index * 20_000,
              load: scaled(text, 9),
              text,
              displacement: 0,
              extension: Number.NaN,
              gapBefore: false,
            };
          });
          // A start below the threshold of the range is no run.
          fc.pre(peak / 10 > 60);
          const result = detectCompression(samples, params);
          expect(result.peak).toBe((peak / 10).toFixed(1));
          expect(result.spikes).toBe(withSpike ? 1 : 0);
        },
      ),
    );
  });

  test('finds the greatest load as sent, at any rate, strength and noise', () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.integer(),
          strength: fc.integer({ min: 8, max: 80 }),
          rateHz: fc.constantFrom(20, 50, 100),
          digits: fc.constantFrom<1 | 2>(1, 2),
        }),
        (given) => {
          const { samples, peak } = makeRun(given);
          const result = detectCompression(samples, params);
          expect(result).toMatchObject({ phase: 'done', peak, fault: null, spikes: 0 });
          expect(Number(result.loadingRate_kN_per_s)).toBeCloseTo(13.5, 0);
        },
      ),
      { numRuns: 15 },
    );
  });

  test('a spike does not become the peak and stays in the samples', () => {
    const { samples, peak } = makeRun({ seed: 3, strength: 30, rateHz: 50 });
    const at = samples.findIndex((sample) => sample.load > scaled('400', 9));
    samples[at] = withLoad(samples[at] as Sample, '1500.0');
    const result = detectCompression(samples, params);
    expect(result).toMatchObject({ peak, spikes: 1, fault: null });
  });

  test('two high samples in a row are no break and no start', () => {
    const { samples, peak } = makeRun({ seed: 4, strength: 30, rateHz: 50 });
    samples[20] = withLoad(samples[20] as Sample, '900.0');
    samples[21] = withLoad(samples[21] as Sample, '900.0');
    expect(detectCompression(samples, params)).toMatchObject({ peak, phase: 'done', fault: null });
  });

  test('load that is on from the first sample is not taken for the specimen', () => {
    const before = makeRun({ seed: 6, strength: 40, rateHz: 50 }).samples;
    const rest = before.slice(before.findIndex((sample) => sample.load > scaled('800', 9)));
    const end = (rest[rest.length - 1] as Sample).t_us + 20_000;
    const { samples, peak } = makeRun({ seed: 7, strength: 20, rateHz: 50 });
    const both = [...rest, ...samples.map((sample) => ({ ...sample, t_us: sample.t_us + end }))];
    expect(detectCompression(both, params)).toMatchObject({ peak, fault: null });
  });

  test('a slow unloading is not a break', () => {
    const samples: Sample[] = [];
    const loads = [
      0,
      0,
      0,
      ...Array.from({ length: 400 }, (_, i) => i),
      ...Array.from({ length: 400 }, (_, i) => 400 - i),
    ];
    for (const [index, load] of loads.entries()) {
      samples.push({
        t_us: index * 20_000,
        load: load * 1e9,
        text: `${load}.0`,
        displacement: 0,
        extension: Number.NaN,
        gapBefore: false,
      });
    }
    const slow = samples.map((sample) => ({ ...sample, t_us: sample.t_us * 2 }));
    expect(detectCompression(slow, params).fault).toContain('没有检出脆性破坏');
  });

  test('a frozen indicator, lost data at the peak and a restarted clock make the run invalid', () => {
    const { samples } = makeRun({ seed: 5, strength: 30, rateHz: 50 });
    const middle = samples.findIndex((sample) => sample.load > scaled('300', 9));
    const frozen = samples.map((sample, index) =>
      index > middle && index < middle + 600 ? withLoad(sample, '300.0') : sample,
    );
    expect(detectCompression(frozen, params).fault).toContain('未变化');
    const peakIndex = detectCompression(samples, params).peakIndex;
    const lost = samples.map((sample, index) => (index === peakIndex + 1 ? { ...sample, gapBefore: true } : sample));
    expect(detectCompression(lost, params).fault).toContain('最大荷载附近');
    const restarted = samples.map((sample, index) =>
      index > middle ? { ...sample, t_us: sample.t_us - 9e6 } : sample,
    );
    expect(detectCompression(restarted, params).fault).toContain('时间列倒退');
  });

  test('a rate needs a second of data', () => {
    const line = Array.from({ length: 60 }, (_, i) => ({
      t_us: i * 20_000,
      load: i * 270_000_000,
      text: '',
      displacement: 0,
      extension: Number.NaN,
      gapBefore: false,
    }));
    expect(slope(line)).toBe('13.500');
    expect(slope(line.slice(0, 40))).toBeNull();
  });
});
