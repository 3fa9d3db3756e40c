// Upper and lower yield force in the stored samples of a tension test, after GB/T 228.1-2021 (3.10.2, 11, 12) and the
// usual reading of its valleys: the upper one is the first maximum before a drop of at least 0.5 % that the force does
// not regain while the bar goes on yielding; of the valleys behind it the first one is the initial transient and does
// not count, unless it is the only one. A curve without such a drop has no yield force here: none is made up.
// Loads are integers of 10⁻⁹ kN. Nothing in here knows what the bar is required to reach.
import { TIME_SCALE } from '../run/sample.ts';
import type { Sample } from '../run/sample.ts';

/** What strain is told by: an extensometer, the crosshead, or, where the machine sends neither, time. */
export type YieldBasis = 'extensometer' | 'crosshead' | 'time';

export interface YieldSettings {
  /** Least drop behind the upper yield force, as a fraction of it … */
  dropFraction: number;
  /** … and at least so many times the idle noise: between the highest and the lowest of many readings lie several σ. */
  dropSigmas: number;
  /** How far the bar must yield below it: strain, or seconds where only time is known. */
  strainWindow: number;
  timeWindow_s: number;
  /** Length of the initial transient, s. */
  transient_s: number;
  /** A valley is one when the force rises out of it by more than this fraction of the upper yield force … */
  valleyFraction: number;
  /** … and by more than so many times the idle noise. */
  valleySigmas: number;
  /** Idle noise, 10⁻⁹ kN. */
  sigma: number;
}

export interface YieldPoints {
  upper: number;
  /** -1 where no valley can be told from the rising curve. */
  lower: number;
  /** Where the upper force is exceeded again: up to here the strain must be known. */
  regained: number;
  basis: YieldBasis;
}

/** The last digit of a display flickers; so many of its steps are no drop by themselves. */
const LEAST_STEPS = 2;
/** A downward needle of one sample, deeper than this fraction, is no valley. */
const NEEDLE = 0.03;
/** Before the yield the force rises straight between these fractions of it. */
const STRAIGHT_FROM = 0.3;
const STRAIGHT_TO = 0.8;
/** A drop after a slip of the grips is regained along the straight line; yielding takes at least so many times longer. */
const SLOWER_THAN_STRAIGHT = 3;
/** On a yield plateau the force changes less than this fraction of the upper yield force within the window. */
const PLATEAU = 0.01;

export interface Curve {
  samples: readonly Sample[];
  skip: readonly boolean[];
  /** Strain, or seconds, at each sample. */
  x(index: number): number;
  window: number;
  basis: YieldBasis;
}

/** How the strain of each sample is known. Gauge lengths in mm; 0 where there is none. */
export function curveOf(
  samples: readonly Sample[],
  skip: readonly boolean[],
  range: { start: number; peak: number },
  lengths: { extensometer_mm: number; parallel_mm: number },
  settings: YieldSettings,
): Curve {
  const known = (value: (sample: Sample) => number): boolean => {
    for (let index = range.start; index <= range.peak; index += 1)
      if (Number.isNaN(value(samples[index] as Sample))) return false;
    return true;
  };
  const at = (index: number): Sample => samples[index] as Sample;
  if (lengths.extensometer_mm > 0 && known((sample) => sample.extension)) {
    const scale = 1_000_000 * lengths.extensometer_mm;
    return { samples, skip, window: settings.strainWindow, basis: 'extensometer', x: (i) => at(i).extension / scale };
  }
  if (lengths.parallel_mm > 0 && known((sample) => sample.displacement)) {
    return {
      samples,
      skip,
      window: settings.strainWindow,
      basis: 'crosshead',
      x: (i) => at(i).displacement / lengths.parallel_mm,
    };
  }
  return { samples, skip, window: settings.timeWindow_s, basis: 'time', x: (i) => at(i).t_us / TIME_SCALE };
}

/** Finds both, or null where the curve has no drop that is a yield. `peak` is the index of the greatest force. */
export function findYield(
  curve: Curve,
  range: { start: number; peak: number },
  settings: YieldSettings,
): YieldPoints | null {
  // Noise and rounding add up.
  const least = settings.dropSigmas * settings.sigma + LEAST_STEPS * displayStep(curve, range);
  const leastDrop = (upper: number): number => Math.max(settings.dropFraction * load(curve, upper), least);
  let from = range.start;
  while (from < range.peak) {
    const found = nextDrop(curve, from, range.peak, leastDrop);
    if (found === null) return null;
    const { upper, fallen, regained } = found;
    // Without a greater force behind it, it is the maximum itself, and what follows is necking.
    if (regained < 0) return null;
    if (yields(curve, range.start, upper, regained)) {
      const lower = lowerYield(curve, { upper, fallen, regained }, settings);
      return { upper, lower, regained, basis: curve.basis };
    }
    from = regained;
  }
  return null;
}

const load = (curve: Curve, index: number): number => (curve.samples[index] as Sample).load;

/** The least that two successive readings differ by: the step of the display, or what the noise leaves of it. */
function displayStep(curve: Curve, range: { start: number; peak: number }): number {
  let least = 0;
  for (let index = range.start + 1; index <= range.peak; index += 1) {
    const step = Math.abs(load(curve, index) - load(curve, index - 1));
    if (step > 0 && (least === 0 || step < least)) least = step;
  }
  return least;
}

interface Drop {
  upper: number;
  /** First reading that is lower by the whole drop. */
  fallen: number;
  /** Where the force is exceeded again; -1: never. */
  regained: number;
}

/** The first running maximum behind which the force falls by the least drop. */
function nextDrop(curve: Curve, from: number, peak: number, leastDrop: (upper: number) => number): Drop | null {
  let upper = from;
  let fallen = -1;
  for (let index = from; index <= peak; index += 1) {
    if (curve.skip[index] || isNeedle(curve, index)) continue;
    if (load(curve, index) > load(curve, upper)) {
      if (fallen >= 0) return { upper, fallen, regained: index };
      upper = index;
    } else if (fallen < 0 && load(curve, index) <= load(curve, upper) - leastDrop(upper)) fallen = index;
  }
  return fallen >= 0 ? { upper, fallen, regained: -1 } : null;
}

/** Whether the bar yielded below `upper`: it stretched by the window, and by far more than regaining the drop along the
 *  straight line would have taken, which is what a slip of the grips looks like. */
function yields(curve: Curve, start: number, upper: number, regained: number): boolean {
  const lowest = lowestOf(curve, upper, regained);
  const stretched = curve.x(regained) - curve.x(lowest);
  const slope = straightSlope(curve, start, upper);
  const elastic = slope > 0 ? (load(curve, upper) - load(curve, lowest)) / slope : 0;
  return stretched >= Math.max(curve.window, SLOWER_THAN_STRAIGHT * elastic);
}

/** Force over strain (or time) on the straight part below `upper`, from its two ends. */
function straightSlope(curve: Curve, start: number, upper: number): number {
  let low = -1;
  let high = -1;
  for (let index = start; index <= upper; index += 1) {
    const share = load(curve, index) / load(curve, upper);
    if (low < 0 && share >= STRAIGHT_FROM) low = index;
    if (share <= STRAIGHT_TO) high = index;
  }
  if (low < 0 || high <= low) return 0;
  const run = curve.x(high) - curve.x(low);
  return run > 0 ? (load(curve, high) - load(curve, low)) / run : 0;
}

function lowestOf(curve: Curve, from: number, to: number): number {
  let lowest = from;
  for (let index = from; index < to; index += 1) {
    if (curve.skip[index] || isNeedle(curve, index)) continue;
    if (load(curve, index) < load(curve, lowest)) lowest = index;
  }
  return lowest;
}

function isNeedle(curve: Curve, index: number): boolean {
  const before = curve.samples[index - 1]?.load;
  const after = curve.samples[index + 1]?.load;
  if (before === undefined || after === undefined) return false;
  const here = load(curve, index);
  const neighbours = Math.min(before, after);
  return here < neighbours * (1 - NEEDLE);
}

function lowerYield(curve: Curve, { upper, fallen, regained }: Drop, settings: YieldSettings): number {
  const height = Math.max(settings.valleyFraction * load(curve, upper), settings.valleySigmas * settings.sigma);
  // Before the drop the last digit flickers; that is no valley.
  const first = firstValley(curve, Math.max(upper, fallen - 1), regained, height);
  // A valley as long as the window is a plateau of its own, and the first plateau counts.
  if (widthOf(curve, first, upper, regained, height) >= curve.window) return lowestOf(curve, upper, regained);
  const over = (curve.samples[first] as Sample).t_us + settings.transient_s * TIME_SCALE;
  let from = first + 1;
  while (from < regained && (curve.samples[from] as Sample).t_us < over) from += 1;
  // After the transient there is either a plateau or a further valley; else the first valley was the only one.
  const plateau = plateauFrom(curve, from, regained, PLATEAU * load(curve, upper));
  const further =
    from < regained ? firstValley(curve, highestBefore(curve, from, regained, height), regained, height) : -1;
  const hasFurther =
    further >= from && risesBy(curve, further, regained, height) && fallsInto(curve, from, further, height);
  if (plateau < 0 && !hasFurther) return first;
  return lowestOf(curve, from, regained);
}

/** The first lowest point from which the force rises by `height`; the lowest of all where it never does. */
function firstValley(curve: Curve, from: number, to: number, height: number): number {
  let lowest = from;
  for (let index = from; index < to; index += 1) {
    if (curve.skip[index] || isNeedle(curve, index)) continue;
    if (load(curve, index) < load(curve, lowest)) lowest = index;
    else if (load(curve, index) >= load(curve, lowest) + height && lowest > from) return lowest;
  }
  return lowest;
}

/** How long the force stays within `height` above a valley. */
function widthOf(curve: Curve, valley: number, from: number, to: number, height: number): number {
  const rim = load(curve, valley) + height;
  let left = valley;
  while (left > from && load(curve, left - 1) < rim) left -= 1;
  let right = valley;
  while (right < to - 1 && load(curve, right + 1) < rim) right += 1;
  return curve.x(right) - curve.x(left);
}

/** The first highest point from which the force falls by `height`, or the end. */
function highestBefore(curve: Curve, from: number, to: number, height: number): number {
  let highest = from;
  for (let index = from; index < to; index += 1) {
    if (curve.skip[index] || isNeedle(curve, index)) continue;
    if (load(curve, index) > load(curve, highest)) highest = index;
    else if (load(curve, index) <= load(curve, highest) - height) return highest;
  }
  return to - 1;
}

const risesBy = (curve: Curve, from: number, to: number, height: number): boolean => {
  for (let index = from; index < to; index += 1)
    if (!curve.skip[index] && load(curve, index) >= load(curve, from) + height) return true;
  return false;
};

const fallsInto = (curve: Curve, from: number, valley: number, height: number): boolean => {
  for (let index = from; index < valley; index += 1)
    if (!curve.skip[index] && load(curve, index) >= load(curve, valley) + height) return true;
  return false;
};

/** Where the force stays within `width` over one window of stretching; -1 where it never does. */
function plateauFrom(curve: Curve, from: number, to: number, width: number): number {
  let begin = from;
  for (let index = from; index < to; index += 1) {
    if (curve.skip[index] || isNeedle(curve, index)) continue;
    while (begin < index && Math.abs(load(curve, index) - load(curve, begin)) > width) begin += 1;
    if (curve.x(index) - curve.x(begin) >= curve.window) return begin;
  }
  return -1;
}
