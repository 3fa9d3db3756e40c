// What an extensometer adds, and what it does not: taken off, slipped, never put on, or not connected at all. No value is
// made up of readings that no longer follow the bar, and every reason is said.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Sample } from '../run/sample.ts';
import { smoothMaximum } from '../virtual/smooth-bar.ts';
import { ORDINARY_BAR } from '../virtual/tension-model.ts';
import { GAUGE, barSamples, smoothBarSamples } from './curves.test-helper.ts';
import type { Gauge, Reading, SmoothBar } from './curves.test-helper.ts';
import { detectTension, tensionParams } from './tension.ts';

const SMOOTH: SmoothBar = {
  Rp02: 500,
  Rm: 640,
  area_mm2: 314.16,
  exponent: 12,
  elasticRate: 0.0001,
  plasticRate: 0.002,
  noise: 0.1,
  seed: 1,
};
const MAXIMUM = smoothMaximum(SMOOTH);
const OFF = ['still', 'back', 'leap'] as const;

function read(samples: readonly Sample[], gauge = String(GAUGE)) {
  const { derived, remarks } = detectTension(
    samples,
    tensionParams({ range_kN: '600', sigma_kN: '0.03', extensometerGauge_mm: gauge }),
  );
  const value = (name: string): number | undefined => {
    const text = derived.find((each) => each.name === name)?.value;
    return text === undefined ? undefined : Number(text);
  };
  return { names: derived.map(({ name }) => name), value, said: remarks.join('\n') };
}
const smooth = (extension: Gauge | boolean, reading: Omit<Reading, 'extension'> = {}) =>
  read(smoothBarSamples(SMOOTH, { ...reading, extension }));
const plain = (extension: Gauge | boolean) => read(barSamples(ORDINARY_BAR, { extension }));
const force = (stress: number): number => (stress * SMOOTH.area_mm2) / 1000;

describe('an extensometer that stays on', () => {
  test('a bar without a yield has Fp0.2 and Agt, and no yield force', () => {
    const { names, value } = smooth({ noise_mm: 0.0005, digits: 4 });
    expect(names).toEqual(['Fp02', 'Agt']);
    expect(Math.abs((value('Fp02') ?? 0) - force(SMOOTH.Rp02))).toBeLessThan(0.005 * force(SMOOTH.Rp02));
    expect(Math.abs((value('Agt') ?? 0) - 100 * MAXIMUM)).toBeLessThan(0.05 * 100 * MAXIMUM);
  });

  test('a bar that yields has its yield forces and Agt, never Fp0.2 beside them', () => {
    const { names } = plain({ noise_mm: 0.0005, digits: 4 });
    expect(names).toEqual(['FeH', 'FeL', 'Agt']);
  });

  test('Agt carries more digits than any method prints: it is rounded there, once', () => {
    const { derived } = detectTension(
      smoothBarSamples(SMOOTH, { extension: true }),
      tensionParams({ range_kN: '600', sigma_kN: '0.03', extensometerGauge_mm: '100' }),
    );
    expect(derived.at(-1)?.value).toMatch(/^\d+\.\d{4}$/);
  });

  test('bars of other strengths, speeds and displays: Fp0.2 within 1 %, never a yield', () => {
    fc.assert(
      fc.property(
        fc.record({
          rateHz: fc.constantFrom(20, 50, 100, 200),
          Rp02: fc.integer({ min: 300, max: 600 }),
          hardening: fc.constantFrom(1.15, 1.25, 1.35),
          exponent: fc.constantFrom(10, 14),
          elasticRate: fc.constantFrom(0.00005, 0.0001, 0.0003),
          plasticRate: fc.constantFrom(0.001, 0.0025),
          digits: fc.constantFrom(3, 4),
          seed: fc.integer({ min: 1, max: 1_000_000 }),
        }),
        ({ rateHz, digits, hardening, ...rest }) => {
          const bar = { ...SMOOTH, ...rest, Rm: rest.Rp02 * hardening };
          const { names, value } = read(smoothBarSamples(bar, { rateHz, extension: { noise_mm: 0.0002, digits } }));
          expect(names).toEqual(['Fp02', 'Agt']);
          expect(Math.abs((value('Fp02') ?? 0) / force(rest.Rp02) - 1)).toBeLessThan(0.01);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('an extensometer that is taken off', () => {
  test.each(OFF)('behind the proof strain it leaves Fp0.2 and takes Agt (%s)', (how) => {
    const kept = smooth({ noise_mm: 0.0005, digits: 4 });
    const { names, value, said } = smooth({ noise_mm: 0.0005, digits: 4, off: { strain: 0.02, how } });
    expect(names).toEqual(['Fp02']);
    expect(value('Fp02')).toBeCloseTo(kept.value('Fp02') ?? 0, 3);
    expect(said).toContain('引伸计在最大力之前已不再跟随试样');
    expect(said).toContain('请用手工法测定');
  });

  test.each(OFF)('before the proof strain it leaves nothing, and the reason (%s)', (how) => {
    const { names, said } = smooth({ noise_mm: 0.0005, digits: 4, off: { strain: 0.0022, how } });
    expect(names).toEqual([]);
    expect(said).toMatch(/0\.2 % 塑性延伸之前/);
  });

  test.each(OFF)('shortly before the maximum it gives no Agt (%s)', (how) => {
    for (const share of [0.8, 0.9, 0.95]) {
      const { names, said } = smooth({ noise_mm: 0.0005, digits: 4, off: { strain: share * MAXIMUM, how } });
      expect([share, names]).toEqual([share, ['Fp02']]);
      expect(said).toContain('不能由引伸计确定 Agt');
    }
  });

  test.each(OFF)('a yield that it saw stands, Fp0.2 is not made of what is left, Agt is not given (%s)', (how) => {
    const clean = plain(true);
    const { names, value } = plain({ off: { strain: 0.04, how } });
    expect(names).toEqual(['FeH', 'FeL']);
    expect([value('FeH'), value('FeL')]).toEqual([clean.value('FeH'), clean.value('FeL')]);
  });

  test.each(OFF)('on the yield plateau, time tells the yield, and no proof force takes its place (%s)', (how) => {
    const bar = { ...ORDINARY_BAR, elasticRate: 0.0003, plasticRate: 0.001 };
    const { names, value } = read(barSamples(bar, { extension: { off: { strain: 0.008, how } } }));
    expect(names).toEqual(['FeH', 'FeL']);
    expect(Math.abs((value('FeL') ?? 0) - (bar.ReL * bar.area_mm2) / 1000)).toBeLessThan(0.4);
  });

  test('on a plateau that time cannot tell from a slip, there is neither', () => {
    const bar = { ...ORDINARY_BAR, elasticRate: 0.00003, plasticRate: 0.0025 };
    const { names, said } = read(barSamples(bar, { extension: { off: { strain: 0.012, how: 'still' } } }));
    expect(names).toEqual([]);
    expect(said).toContain('不能判断是否屈服');
  });
});

describe('a bar whose drop is missed', () => {
  test('a slow machine sees the plateau all the same: no proof force stands in for the yield', () => {
    const bar = { ...ORDINARY_BAR, ReH: 439, transient: 437.5, waves: 0, plasticRate: 0.001, noise: 0.02 };
    const { names, said } = read(barSamples(bar, { rateHz: 10, extension: true }));
    expect(names).toEqual(['Agt']);
    expect(said).toContain('可能有屈服平台');
  });

  test('taken off at once behind 0.2 %, nobody knows whether there was a plateau', () => {
    const { names, said } = smooth({ off: { strain: 0.0048, how: 'back' } });
    expect(names).toEqual([]);
    expect(said).toContain('取下得太早');
  });
});

describe('an extensometer that says nothing of the bar', () => {
  test('without a channel the values are refused, and the record is told why', () => {
    const { names, said } = read(smoothBarSamples(SMOOTH));
    expect(names).toEqual([]);
    expect(said).toContain('选用了引伸计（标距 100 mm），仪器没有送来变形');
    expect(read(barSamples(ORDINARY_BAR)).names).toEqual(['FeH', 'FeL']);
  });

  test('nobody chose one: nothing is said of it, whatever the machine sends', () => {
    const { names, said } = read(smoothBarSamples(SMOOTH, { extension: true }), '');
    expect(names).toEqual([]);
    expect(said).not.toContain('引伸计');
  });

  test('lying on the table it is never believed, still or trembling', () => {
    for (const noise_mm of [0, 0.0005, 0.005]) {
      const { names, said } = smooth({ noise_mm, off: { strain: 0, how: 'back' } });
      expect([noise_mm, names]).toEqual([noise_mm, []]);
      expect(said).toMatch(/不能确定规定塑性延伸力/);
      expect(said).toMatch(/Agt/);
    }
  });

  test('a single damaged reading is no removal', () => {
    const samples = smoothBarSamples(SMOOTH, { extension: true });
    const at = samples.findIndex(({ extension }) => extension > 0.03 * GAUGE * 1e6);
    samples[at] = { ...(samples[at] as Sample), extension: 0 };
    expect(read(samples).names).toEqual(['Fp02', 'Agt']);
  });

  test('a knife edge that slips before the proof strain leaves no proof force', () => {
    const slipped = smoothBarSamples(SMOOTH, { extension: true }).map((sample) =>
      sample.extension > 0.003 * GAUGE * 1e6 ? { ...sample, extension: sample.extension + 0.06 * 1e6 } : sample,
    );
    const { names, said } = read(slipped);
    expect(names).not.toContain('Fp02');
    expect(said).toContain('变形有突跳');
  });

  test('the machine pauses, the force sinks a little: the extensometer still follows', () => {
    const samples = smoothBarSamples({ ...SMOOTH, noise: 0 }, { extension: true });
    const at = samples.findIndex(({ extension }) => extension > 0.02 * GAUGE * 1e6);
    const held = samples[at] as Sample;
    const pause = Array.from({ length: 500 }, (_, index): Sample => {
      const load = Math.round(held.load * (1 - 0.003 * (1 - Math.exp(-index / 100))));
      return { ...held, load, text: (load / 1e9).toFixed(3), t_us: held.t_us + (index + 1) * 10_000 };
    });
    const after = samples.slice(at + 1).map((sample) => ({ ...sample, t_us: sample.t_us + 5_010_000 }));
    expect(read([...samples.slice(0, at + 1), ...pause, ...after]).names).toEqual(['Fp02', 'Agt']);
  });
});
