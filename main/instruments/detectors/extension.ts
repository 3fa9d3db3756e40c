// What an extensometer adds to a tension test: the proof force Fp0.2 and the total elongation at maximum force Agt, after
// GB/T 228.1-2021 (13 and 18). Straight line by least squares in integers until the one division. Where the line is no
// line, or the extensometer did not follow the bar up to the maximum, there is no value, and the reason is said.
import { Decimal } from 'decimal.js';
import { LOAD_SCALE, TIME_SCALE } from '../run/sample.ts';
import type { Sample } from '../run/sample.ts';

const Exact = Decimal.clone({ precision: 40 });

export interface Line {
  /** kN per mm. */
  slope: Decimal;
  /** Extension at which the line meets zero force, mm. */
  origin: Decimal;
  r2: Decimal;
}

const EXTENSION_SCALE = 1_000_000;
const STRAIGHT_FROM = 0.1;
const STRAIGHT_TO = 0.5;
const LEAST_R2 = '0.999';
const LEAST_POINTS = 8;
const PROOF_STRAIN = '0.002';
/** The line depends on Fp0.2 and the other way round; it settles within a few turns. */
const TURNS = 6;
/** Forces within this fraction of the maximum are its plateau; its middle counts. */
const PLATEAU = 0.998;

/** Least squares of force over extension between two forces on the rising curve; null with too few points. */
export function straightLine(
  samples: readonly Sample[],
  range: { start: number; peak: number },
  estimate: number,
): Line | null {
  const points: Sample[] = [];
  for (let index = range.start; index <= range.peak; index += 1) {
    const sample = samples[index] as Sample;
    if (sample.load > STRAIGHT_TO * estimate) break;
    if (sample.load >= STRAIGHT_FROM * estimate) points.push(sample);
  }
  if (points.length < LEAST_POINTS) return null;
  const n = BigInt(points.length);
  let [x, y, xx, yy, xy] = [0n, 0n, 0n, 0n, 0n];
  for (const point of points) {
    const [px, py] = [BigInt(point.extension), BigInt(point.load)];
    [x, y, xx, yy, xy] = [x + px, y + py, xx + px * px, yy + py * py, xy + px * py];
  }
  const [sxx, syy, sxy] = [n * xx - x * x, n * yy - y * y, n * xy - x * y];
  if (sxx <= 0n || syy <= 0n || sxy <= 0n) return null;
  const text = (value: bigint): Decimal => new Exact(value.toString());
  const slope = text(sxy).div(text(sxx));
  const meanX = text(x).div(points.length);
  const meanY = text(y).div(points.length);
  return {
    slope: slope.times(EXTENSION_SCALE).div(LOAD_SCALE),
    origin: meanX.minus(meanY.div(slope)).div(EXTENSION_SCALE),
    r2: text(sxy)
      .pow(2)
      .div(text(sxx).times(text(syy))),
  };
}

export interface Point {
  value: string;
  at_us: number;
}
export type Found = { point: Point } | { reason: string };

/** The proof force: where the curve meets the line moved by 0.2 % of the gauge length, kN to 0.001. */
export function proofForce(
  samples: readonly Sample[],
  range: { start: number; peak: number },
  gauge_mm: string,
): Found {
  let estimate = 0.8 * (samples[range.peak] as Sample).load;
  let found: Point | null = null;
  for (let turn = 0; turn < TURNS; turn += 1) {
    const line = straightLine(samples, range, estimate);
    if (line === null) return { reason: '弹性段的数据点太少，不能确定规定塑性延伸力 Fp0.2。' };
    if (line.r2.lt(LEAST_R2)) return { reason: '弹性段不成直线（r² < 0.999），不能确定规定塑性延伸力 Fp0.2。' };
    found = crossing(samples, range, line, new Exact(gauge_mm).times(PROOF_STRAIN));
    if (found === null) return { reason: '曲线没有到达 0.2 % 塑性延伸，没有规定塑性延伸力 Fp0.2。' };
    const next = Number(new Exact(found.value).times(LOAD_SCALE));
    if (Math.abs(next - estimate) <= 0.001 * estimate) break;
    estimate = next;
  }
  return found === null ? { reason: '没有规定塑性延伸力 Fp0.2。' } : { point: found };
}

/** The first point at which the curve falls below the moved line, interpolated between two samples. */
function crossing(
  samples: readonly Sample[],
  range: { start: number; peak: number },
  line: Line,
  offset_mm: Decimal,
): Point | null {
  const above = (sample: Sample): Decimal =>
    new Exact(sample.load)
      .div(LOAD_SCALE)
      .minus(new Exact(sample.extension).div(EXTENSION_SCALE).minus(line.origin).minus(offset_mm).times(line.slope));
  let before: { sample: Sample; height: Decimal } | null = null;
  for (let index = range.start; index <= range.peak; index += 1) {
    const sample = samples[index] as Sample;
    const height = above(sample);
    if (before !== null && height.lte(0)) {
      const share = before.height.div(before.height.minus(height));
      const force = new Exact(sample.load).minus(before.sample.load).times(share).plus(before.sample.load);
      return {
        value: force.div(LOAD_SCALE).toFixed(3),
        at_us: Math.round(before.sample.t_us + (sample.t_us - before.sample.t_us) * Number(share)),
      };
    }
    before = { sample, height };
  }
  return null;
}

/** Total elongation at maximum force in %, to 0.01; on a plateau at its middle. */
export function elongationAtMaximum(
  samples: readonly Sample[],
  range: { start: number; peak: number; end: number },
  gauge_mm: string,
): Found {
  const top = (samples[range.peak] as Sample).load;
  const line = straightLine(samples, range, 0.8 * top);
  if (line === null || line.r2.lt(LEAST_R2)) return { reason: '弹性段不成直线，延伸零点不可靠，不能确定 Agt。' };
  let first = range.peak;
  while (first > range.start && (samples[first - 1] as Sample).load >= PLATEAU * top) first -= 1;
  let last = range.peak;
  while (last < range.end - 1 && (samples[last + 1] as Sample).load >= PLATEAU * top) last += 1;
  const [from, to] = [samples[first] as Sample, samples[last] as Sample];
  if (!stillFollows(samples, range.start, range.peak))
    return { reason: '引伸计在最大力之前已不再跟随试样，不能由引伸计确定 Agt。' };
  const middle = new Exact(from.extension).plus(to.extension).div(2).div(EXTENSION_SCALE);
  const percent = middle.minus(line.origin).div(gauge_mm).times(100);
  return { point: { value: percent.toFixed(2), at_us: Math.round((from.t_us + to.t_us) / 2) } };
}

/** An extensometer that was taken off shows the same value while the force still rises. */
function stillFollows(samples: readonly Sample[], start: number, peak: number): boolean {
  const top = samples[peak] as Sample;
  const since = top.t_us - TIME_SCALE;
  let before = peak;
  while (before > start && (samples[before - 1] as Sample).t_us >= since) before -= 1;
  const earlier = samples[before] as Sample;
  return before === peak || top.extension > earlier.extension;
}
