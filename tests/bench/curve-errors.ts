// How far the detectors of the bench are off: synthetic bars and cubes with a known truth, read at 5 to 1,000 Hz.
//   node tests/bench/curve-errors.ts [--seed 1] [--rounds 2] [--rates 5,10,20,50,100,200,500,1000] [--json]
// Every curve goes sample by sample through the monitor that measures the idle noise of an armed channel and then through
// the detector of the run, with the parameters that the bench gives. A yield force where there is none ends with status 1,
// and so does a proof force where the bar yields. Half of the bars are pulled once more with an extensometer on them.
import { parseArgs } from 'node:util';
import {
  GAUGE,
  barSamples,
  cubeSamples,
  smoothBarSamples,
} from '../../main/instruments/detectors/curves.test-helper.ts';
import { detectorParams, makeDetector } from '../../main/instruments/detectors/index.ts';
import type { DetectorResult } from '../../main/instruments/detectors/detector.ts';
import { StartMonitor } from '../../main/instruments/port-process/start-monitor.ts';
import type { Sample } from '../../main/instruments/run/sample.ts';
import { ORDINARY_BAR } from '../../main/instruments/virtual/tension-model.ts';
import { seededRandom, seedOf, type Random } from '../faults/bed/random.ts';
import { percentile } from './measure.ts';

const RATES = [5, 10, 20, 50, 100, 200, 500, 1000];
/** MPa/s before the yield, strain rates behind it (1/s), idle noise as stress (MPa): the span of the standard, three each. */
const STRESS_RATES = [6, 20, 60];
const STRAIN_RATES = [0.00025, 0.001, 0.0025];
const NOISES = [0.05, 0.15, 0.3];
const CUBES_PER_NOISE = 10;
const YOUNG = 200_000;
/** Nominal areas, mm²: 8, 12, 16, 20, 25, 32 mm. */
const AREAS = [50.27, 113.1, 201.1, 314.2, 490.9, 804.2];
const RANGES_KN = [100, 300, 600, 1000];
/** An extensometer of 100 mm: noise and display of its reading. */
const EXTENSION = { noise_mm: 0.0002, digits: 4 };
/** Figures by the extensometer stand in rows of their own: those without one are not touched by them. */
const QUANTITIES = ['Fm bar', 'FeH', 'FeL', 'Fm cube', 'FeH ext', 'FeL ext', 'Fp02', 'Agt'] as const;
type Quantity = (typeof QUANTITIES)[number];

interface Row {
  rateHz: number;
  quantity: Quantity;
  /** Curves that have the quantity. */
  n: number;
  notFound: number;
  /** Curves that do not have it, and how many of them were given one. */
  without: number;
  madeUp: number;
  errors: number[];
}

interface Truth {
  range_kN: number;
  values: Partial<Record<Quantity, number>>;
  /** What the curve does not have. */
  none: readonly Quantity[];
  speed: string;
  /** Of the extensometer that was on it. */
  gauge_mm?: string;
}

/** As `RunRecorder` does it: the monitor until the start, then the detector over everything. */
function detect(
  id: 'tension' | 'compression',
  samples: readonly Sample[],
  { range_kN, gauge_mm }: Pick<Truth, 'range_kN' | 'gauge_mm'>,
): DetectorResult {
  const gauge = gauge_mm === undefined ? {} : { extensometerGauge_mm: gauge_mm };
  const params = detectorParams({ id, params: { range_kN: String(range_kN), ...gauge } });
  const monitor = new StartMonitor(params);
  const loaded = samples.findIndex((sample) => monitor.push(sample) === 'start');
  if (loaded < 0) throw new Error('a curve without a start');
  const detector = makeDetector(id, { ...params, sigma_kN: monitor.sigma_kN, zero_kN: monitor.zero_kN });
  for (const sample of samples) detector.push(sample);
  return detector.result();
}

class Table {
  readonly rows: Row[] = [];
  readonly #rateHz: number;
  readonly faults: string[] = [];
  /** The speeds of the curves in which something was not found. */
  readonly missed: string[] = [];

  constructor(rateHz: number) {
    this.#rateHz = rateHz;
    for (const quantity of QUANTITIES)
      this.rows.push({ rateHz, quantity, n: 0, notFound: 0, without: 0, madeUp: 0, errors: [] });
  }

  add(id: 'tension' | 'compression', samples: readonly Sample[], curve: Truth): void {
    const { values, none, speed } = curve;
    const result = detect(id, samples, curve);
    if (result.fault !== null) this.faults.push(result.fault);
    const found = (quantity: Quantity): string | null =>
      quantity.startsWith('Fm')
        ? result.peak
        : (result.derived.find(({ name }) => name === quantity.replace(' ext', ''))?.value ?? null);
    for (const row of this.rows) {
      const truth = values[row.quantity];
      const value = found(row.quantity);
      if (truth !== undefined) {
        row.n += 1;
        if (value === null) {
          row.notFound += 1;
          this.missed.push(speed);
        }
        if (value !== null) row.errors.push((100 * Math.abs(Number(value) - truth)) / truth);
      } else if (none.includes(row.quantity)) {
        row.without += 1;
        if (value !== null) row.madeUp += 1;
      }
    }
  }

  measure(seed: number, rounds: number): void {
    for (let round = 1; round <= rounds; round += 1) this.#round(seedOf(seed, round));
  }

  #round(seed: number): void {
    let part = 0;
    for (const noise of NOISES) {
      for (const stressRate of STRESS_RATES) {
        for (const plasticRate of STRAIN_RATES) {
          const rates = { elasticRate: stressRate / YOUNG, plasticRate, noise };
          this.#pull(seededRandom(seedOf(seed, (part += 1))), rates);
          this.#pullSmooth(seededRandom(seedOf(seed, (part += 1))), rates);
        }
      }
      for (let index = 0; index < CUBES_PER_NOISE; index += 1)
        this.#press(seededRandom(seedOf(seed, (part += 1))), noise);
    }
  }

  #pull(random: Random, rates: { elasticRate: number; plasticRate: number; noise: number }): void {
    const area_mm2 = random.pick(AREAS);
    const ReL = random.between(310, 560);
    const bar = {
      ...ORDINARY_BAR,
      ...rates,
      ReL,
      ReH: ReL * (1.02 + 0.06 * random.next()),
      transient: ReL - random.between(3, 15),
      Rm: ReL * (1.25 + 0.25 * random.next()),
      area_mm2,
      waves: random.pick([0, 3, 6]),
      atMaximum: 0.1,
      rupture: 0.13,
      seed: random.between(1, 1e9),
    };
    const force = (stress: number): number => (stress * area_mm2) / 1000;
    const reading = this.#reading(random);
    const common = { range_kN: rangeFor(force(bar.Rm)), speed: speedOf(rates) };
    this.add('tension', barSamples(bar, reading), {
      ...common,
      values: { 'Fm bar': force(bar.Rm), FeH: force(bar.ReH), FeL: force(ReL) },
      none: [],
    });
    this.add('tension', barSamples(bar, { ...reading, extension: EXTENSION }), {
      ...common,
      gauge_mm: String(GAUGE),
      values: { 'FeH ext': force(bar.ReH), 'FeL ext': force(ReL), Agt: 100 * bar.atMaximum },
      none: ['Fp02'],
    });
  }

  #pullSmooth(random: Random, rates: { elasticRate: number; plasticRate: number; noise: number }): void {
    const area_mm2 = random.pick(AREAS);
    const Rp02 = random.between(310, 560);
    const Rm = Rp02 * (1.15 + 0.2 * random.next());
    const bar = { ...rates, Rp02, Rm, area_mm2, exponent: random.between(10, 16), seed: random.between(1, 1e9) };
    const peak = (Rm * area_mm2) / 1000;
    const reading = this.#reading(random);
    const common = { range_kN: rangeFor(peak), speed: speedOf(rates) };
    this.add('tension', smoothBarSamples(bar, reading), {
      ...common,
      values: { 'Fm bar': peak },
      none: ['FeH', 'FeL', 'Fp02', 'Agt'],
    });
    this.add('tension', smoothBarSamples(bar, { ...reading, extension: EXTENSION }), {
      ...common,
      gauge_mm: String(GAUGE),
      values: { Fp02: (Rp02 * area_mm2) / 1000, Agt: 100 * (Rm / YOUNG + 0.002 * (Rm / Rp02) ** bar.exponent) },
      none: ['FeH ext', 'FeL ext'],
    });
  }

  /** The rate of the standard for its strength; the noise is that of a bar of 800 mm². */
  #press(random: Random, noise: number): void {
    const side_mm = random.pick([100, 150]);
    const strength = random.between(200, 700) / 10;
    const [least, most] = rateWindow(strength);
    const cube = {
      strength,
      side_mm,
      rate_MPa_per_s: least + (most - least) * random.next(),
      range_kN: side_mm === 100 ? 1000 : 2000,
      noise_kN: noise * 0.8,
      seed: random.between(1, 1e9),
    };
    const peak = (strength * side_mm ** 2) / 1000;
    const { range_kN } = cube;
    this.add('compression', cubeSamples(cube, this.#reading(random)), {
      range_kN,
      values: { 'Fm cube': peak },
      none: [],
      speed: `${three(cube.rate_MPa_per_s)} MPa/s`,
    });
  }

  #reading(random: Random) {
    return { rateHz: this.#rateHz, phase: random.next(), digits: random.pick([1, 2]) };
  }
}

/** MPa/s by strength, GB/T 50081. */
const rateWindow = (strength: number): readonly [number, number] =>
  strength < 30 ? [0.3, 0.5] : strength < 60 ? [0.5, 0.8] : [0.8, 1];

const speedOf = ({ elasticRate, plasticRate }: { elasticRate: number; plasticRate: number }): string =>
  `${Math.round(elasticRate * YOUNG)} MPa/s, then ${plasticRate} /s`;

/** The smallest machine whose range is not used beyond 80 %. */
const rangeFor = (peak_kN: number): number => RANGES_KN.find((range) => peak_kN <= 0.8 * range) ?? 2000;

const three = (value: number): string => value.toFixed(3);
const cells = ({ rateHz, quantity, n, notFound, without, madeUp, errors }: Row): string[] => [
  `${rateHz} Hz`, quantity, String(n), String(notFound), without === 0 ? '' : `${madeUp} of ${without}`,
  three(percentile(errors, 0.5)), three(percentile(errors, 0.95)), three(Math.max(...errors)),
]; // prettier-ignore
const HEAD = ['rate', 'quantity', 'n', 'not found', 'made up', 'median %', 'p95 %', 'max %'];
const print = (row: readonly string[]): string =>
  row.map((cell, index) => (index === 1 ? cell.padEnd(9) : cell.padStart(index === 4 ? 10 : 9))).join(' ');

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '2' },
    rates: { type: 'string', default: RATES.join() },
    json: { type: 'boolean', default: false },
  },
});
const say = (text: string): void => void (values.json || process.stdout.write(`${text}\n`));
const rows: Row[] = [];
const faults: string[] = [];
const missed = new Map<string, number>();
say(print(HEAD));
for (const rateHz of values.rates.split(',').map(Number)) {
  const table = new Table(rateHz);
  table.measure(Number(values.seed), Number(values.rounds));
  for (const row of table.rows) say(print(cells(row)));
  rows.push(...table.rows);
  for (const speed of table.missed) missed.set(speed, (missed.get(speed) ?? 0) + 1);
  faults.push(...table.faults.map((fault) => `${rateHz} Hz: ${fault}`));
}
say(`not found, by speed: ${[...missed].map(([speed, count]) => `${speed}: ${count}`).join('; ')}`);
say(`runs that the detector calls invalid: ${faults.length}`);
for (const fault of faults) say(`  ${fault}`);
if (values.json) process.stdout.write(`${JSON.stringify({ rows: rows.map(cells), faults })}\n`);
process.exitCode = rows.some(({ madeUp }) => madeUp > 0) ? 1 : 0;
