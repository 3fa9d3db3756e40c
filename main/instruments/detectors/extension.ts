// What an extensometer adds to a tension test: the proof force Fp0.2 and the total elongation at maximum force Agt, after
// GB/T 228.1-2021 (13 and 18). Straight line by least squares in integers until the one division. Where the line is no
// line, or the extensometer did not follow the bar as far as the value needs it, there is none, and the reason is said.
import { Decimal } from 'decimal.js';
import { EXTENSION_SCALE, LOAD_SCALE, TIME_SCALE } from '../run/sample.ts';
import type { Sample } from '../run/sample.ts';
import { PLATEAU, followsUntil } from './following.ts';
import type { Following, Loss } from './following.ts';

const Exact = Decimal.clone({ precision: 40 });

export interface Line {
  /** kN per mm. */
  slope: Decimal;
  /** Extension at which the line meets zero force, mm. */
  origin: Decimal;
  r2: Decimal;
}

const STRAIGHT_FROM = 0.1;
const STRAIGHT_TO = 0.5;
const LEAST_R2 = '0.999';
const LEAST_POINTS = 8;
const PROOF_STRAIN = '0.002';
/** The line depends on Fp0.2 and the other way round; it settles within a few turns. */
const TURNS = 6;
/** Behind Fp0.2 the force of a bar without a yield goes on rising: by this fraction over this strain. */
const RISE = 0.02;
const RISE_STRAIN = 0.005;
/** Less than this strain behind it says nothing of a plateau. */
const LEAST_RISE_STRAIN = 0.001;
/** What is within so many times the noise of the maximum is its plateau, but never more than this fraction below it. */
const PLATEAU_SIGMAS = 3;

/** Between two readings the bar stretches no more than this strain, or so much in a second, beside its elastic part. */
const JUMP_STRAIN = 0.0003;
const JUMP_PER_SECOND = 0.004;

const LOSS_WORDS: Readonly<Record<Loss, string>> = {
  none: '',
  still: '（力还在上升，变形不再增加）',
  back: '（变形回跳）',
  never: '（弹性段变形不随力增加，可能没有装上）',
};

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

/** Up to where the extension is believed; nothing is where the elastic part is no straight line. */
export function followingOf(
  samples: readonly Sample[],
  range: { start: number; peak: number },
  gauge_mm: string,
): Following {
  const line = straightLine(samples, range, 0.8 * (samples[range.peak] as Sample).load);
  if (line === null || line.r2.lt(LEAST_R2)) return { last: range.start, loss: 'never' };
  const stiffness = Number(line.slope.times(LOAD_SCALE).div(EXTENSION_SCALE));
  return followsUntil(samples, range, { stiffness, gauge_mm: Number(gauge_mm) });
}

/** The proof force: where the curve meets the line moved by 0.2 % of the gauge length, kN to 0.001. */
export function proofForce(
  samples: readonly Sample[],
  range: { start: number; peak: number },
  gauge_mm: string,
  following: Following,
): Found {
  const offset_mm = new Exact(gauge_mm).times(PROOF_STRAIN);
  let estimate = 0.8 * (samples[range.peak] as Sample).load;
  let found: Crossing | null = null;
  for (let turn = 0; turn < TURNS; turn += 1) {
    const line = straightLine(samples, range, estimate);
    if (line === null) return { reason: '弹性段的数据点太少或变形不随力增加，不能确定规定塑性延伸力 Fp0.2。' };
    if (line.r2.lt(LEAST_R2)) return { reason: '弹性段不成直线（r² < 0.999），不能确定规定塑性延伸力 Fp0.2。' };
    found = crossing(samples, range, line, offset_mm);
    if (found === null) return { reason: notReached(following) };
    if (jumpsBefore(samples, range.start, found.index, line, gauge_mm))
      return { reason: '0.2 % 塑性延伸之前变形有突跳，不能确定规定塑性延伸力 Fp0.2。' };
    const next = Number(new Exact(found.value).times(LOAD_SCALE));
    if (Math.abs(next - estimate) <= 0.001 * estimate) break;
    estimate = next;
  }
  if (found === null) return { reason: '没有规定塑性延伸力 Fp0.2。' };
  if (found.index > following.last) return { reason: notReached(following) };
  const plateau = plateauBehind(samples, found, following, Number(gauge_mm) * EXTENSION_SCALE);
  return plateau === null ? { point: { value: found.value, at_us: found.at_us } } : { reason: plateau };
}

/** Why the curve behind Fp0.2 does not show that there was no yield: a slow machine misses the drop, not the plateau. */
function plateauBehind(
  samples: readonly Sample[],
  { index: from, value }: Crossing,
  { last }: Following,
  gauge: number,
): string | null {
  const begin = (samples[from] as Sample).extension;
  let to = from;
  while (to < last && (samples[to] as Sample).extension - begin < RISE_STRAIN * gauge) to += 1;
  const strain = ((samples[to] as Sample).extension - begin) / gauge;
  if (strain < LEAST_RISE_STRAIN) return '引伸计取下得太早，不能判断有没有屈服平台，不给出 Fp0.2。';
  const force = Number(value) * LOAD_SCALE;
  const due = RISE * Math.min(1, strain / RISE_STRAIN);
  if ((samples[to] as Sample).load - force >= due * force) return null;
  return '0.2 % 塑性延伸之后力几乎不上升，可能有屈服平台而没有采到屈服点，不给出 Fp0.2。';
}

const notReached = ({ loss }: Following): string =>
  loss === 'none'
    ? '曲线没有到达 0.2 % 塑性延伸，没有规定塑性延伸力 Fp0.2。'
    : `引伸计在 0.2 % 塑性延伸之前已不再跟随试样${LOSS_WORDS[loss]}，不能确定规定塑性延伸力 Fp0.2。`;

interface Crossing extends Point {
  /** First sample below the moved line. */
  index: number;
}

/** Whether the extension leaps on the way: a bar that yields without a drop stretches steadily. */
function jumpsBefore(samples: readonly Sample[], start: number, end: number, line: Line, gauge_mm: string): boolean {
  const stiffness = Number(line.slope.times(LOAD_SCALE).div(EXTENSION_SCALE));
  const gauge = Number(gauge_mm) * EXTENSION_SCALE;
  for (let index = start + 1; index <= end; index += 1) {
    const [before, here] = [samples[index - 1] as Sample, samples[index] as Sample];
    const plastic = Math.abs(here.extension - before.extension - (here.load - before.load) / stiffness);
    const span_s = Math.max(0, here.t_us - before.t_us) / TIME_SCALE;
    if (plastic > gauge * Math.max(JUMP_STRAIN, JUMP_PER_SECOND * span_s)) return true;
  }
  return false;
}

/** The first point at which the curve falls below the moved line, interpolated between two samples. */
function crossing(
  samples: readonly Sample[],
  range: { start: number; peak: number },
  line: Line,
  offset_mm: Decimal,
): Crossing | null {
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
        index,
        value: force.div(LOAD_SCALE).toFixed(3),
        at_us: Math.round(before.sample.t_us + (sample.t_us - before.sample.t_us) * Number(share)),
      };
    }
    before = { sample, height };
  }
  return null;
}

/** Total elongation at maximum force in %, to 0.0001 (the method rounds it); on a plateau at its middle. */
export function elongationAtMaximum(
  samples: readonly Sample[],
  range: { start: number; peak: number; end: number },
  gauge_mm: string,
  following: Following,
  /** Idle noise, 10⁻⁹ kN. */
  sigma: number,
): Found {
  const top = (samples[range.peak] as Sample).load;
  const line = straightLine(samples, range, 0.8 * top);
  if (line === null || line.r2.lt(LEAST_R2)) return { reason: '弹性段不成直线，延伸零点不可靠，不能确定 Agt。' };
  if (following.loss !== 'none')
    return {
      reason: `引伸计在最大力之前已不再跟随试样${LOSS_WORDS[following.loss]}，不能由引伸计确定 Agt，请用手工法测定。`,
    };
  const least = top - Math.min((1 - PLATEAU) * top, PLATEAU_SIGMAS * sigma);
  // One reading that trembles out of the plateau does not end it.
  let first = range.start;
  while ((samples[first] as Sample).load < least) first += 1;
  let last = range.end - 1;
  while (last > range.peak && (samples[last] as Sample).load < least) last -= 1;
  // Taken off right behind the maximum: the other end of the plateau says nothing.
  if (jumpsBefore(samples, range.peak, last, line, gauge_mm))
    return { reason: '引伸计在最大力的平台上取下或滑移，不能由引伸计确定 Agt，请用手工法测定。' };
  const [from, to] = [samples[first] as Sample, samples[last] as Sample];
  const middle = new Exact(from.extension).plus(to.extension).div(2).div(EXTENSION_SCALE);
  const percent = middle.minus(line.origin).div(gauge_mm).times(100);
  return { point: { value: percent.toFixed(4), at_us: Math.round((from.t_us + to.t_us) / 2) } };
}
