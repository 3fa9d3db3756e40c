// Up to where an extensometer follows the bar. It is usually taken off before the break; from then on it stands still,
// falls back or jumps, and what it says is nothing about the bar. Physics decides, not a threshold of the display: a force
// that rises stretches the bar at least elastically, and a bar that is pulled shortens no more than its force falls.
import { TIME_SCALE } from '../run/sample.ts';
import type { Sample } from '../run/sample.ts';

/** How the extension ended to follow: it did not, it stood still, it fell back, or it never followed at all. */
export type Loss = 'none' | 'still' | 'back' | 'never';

export interface Following {
  /** Index of the last sample whose extension is believed. */
  last: number;
  loss: Loss;
}

/** A greater force by this fraction of the maximum must show in the extension … */
const FORCE_STEP = 0.02;
/** … by at least this fraction of what the straight line asks for. */
const LEAST_SHARE = 0.5;
/** … and by more than the display can resolve. */
const DISPLAY_STEPS = 4;
/** A bar shortens by no more than its force falls, and this strain beside (0.05 %). */
const BACK_STRAIN = 0.0005;
/** One reading may be damaged; two are not. */
const BACK_SAMPLES = 2;
/** Before the maximum the force hardly rises, the extension does: by this share of its mean rate so far. */
const TOP_SHARE = 0.1;
const TOP_WINDOW_US = TIME_SCALE;
/** Forces within this fraction of the maximum are its plateau. */
export const PLATEAU = 0.998;

/** `stiffness` is the straight line's slope in 10⁻⁹ kN per 10⁻⁶ mm. */
export function followsUntil(
  samples: readonly Sample[],
  range: { start: number; peak: number },
  { stiffness, gauge_mm }: { stiffness: number; gauge_mm: number },
): Following {
  const back = fallsBack(samples, range, stiffness, BACK_STRAIN * gauge_mm * 1e6);
  const still = standsStill(samples, { start: range.start, peak: back < 0 ? range.peak : back }, stiffness);
  if (still >= 0) return { last: still, loss: 'still' };
  if (back >= 0) return { last: back, loss: 'back' };
  const rests = restsAtTop(samples, range);
  return rests >= 0 ? { last: rests, loss: 'still' } : { last: range.peak, loss: 'none' };
}

const at = (samples: readonly Sample[], index: number): Sample => samples[index] as Sample;

/** The last sample before the extension falls below what it was; -1 where it never does. */
function fallsBack(
  samples: readonly Sample[],
  { start, peak }: { start: number; peak: number },
  stiffness: number,
  tolerance: number,
): number {
  let longest = at(samples, start).extension;
  let greatest = at(samples, start).load;
  let below = 0;
  for (let index = start; index <= peak; index += 1) {
    const { extension, load } = at(samples, index);
    greatest = Math.max(greatest, load);
    const elastic = Math.max(0, greatest - load) / stiffness;
    below = extension < longest - elastic - tolerance ? below + 1 : 0;
    if (below >= BACK_SAMPLES) return index - below;
    longest = Math.max(longest, extension);
  }
  return -1;
}

/** The last sample that still stretched before a rise of the force that the extension does not show; -1 without one. */
function standsStill(
  samples: readonly Sample[],
  { start, peak }: { start: number; peak: number },
  stiffness: number,
): number {
  const finest = displayStep(samples, start, peak);
  const step = Math.max(FORCE_STEP * at(samples, peak).load, DISPLAY_STEPS * finest * stiffness);
  let from = start;
  let greatest = at(samples, start).load;
  for (let index = start + 1; index <= peak; index += 1) {
    const { load, extension } = at(samples, index);
    if (load <= greatest) continue;
    greatest = load;
    while (from + 1 < index && load - at(samples, from + 1).load >= step) from += 1;
    const rise = load - at(samples, from).load;
    if (rise < step) continue;
    const due = rise / stiffness;
    if (extension - at(samples, from).extension < LEAST_SHARE * due) return lastGrowth(samples, from, index, finest);
  }
  return -1;
}

/** Where the extension first came to what it then stood at. */
function lastGrowth(samples: readonly Sample[], from: number, to: number, finest: number): number {
  const stood = at(samples, to).extension - finest;
  for (let index = from; index < to; index += 1) if (at(samples, index).extension >= stood) return index;
  return from;
}

/** The sample from which the extension rests while the force is at its maximum; -1 where it goes on. */
function restsAtTop(samples: readonly Sample[], { start, peak }: { start: number; peak: number }): number {
  const top = at(samples, peak);
  let first = peak;
  while (
    first > start &&
    (at(samples, first - 1).load >= PLATEAU * top.load || top.t_us - at(samples, first).t_us < TOP_WINDOW_US)
  )
    first -= 1;
  const [begin, reached] = [at(samples, start), at(samples, first)];
  const [before_us, span_us] = [reached.t_us - begin.t_us, top.t_us - reached.t_us];
  if (before_us <= 0 || span_us <= 0) return -1;
  const mean = (reached.extension - begin.extension) / before_us;
  return top.extension - reached.extension < TOP_SHARE * mean * span_us ? first : -1;
}

/** The least that two successive extensions differ by. */
function displayStep(samples: readonly Sample[], start: number, peak: number): number {
  let least = 0;
  for (let index = start + 1; index <= peak; index += 1) {
    const step = Math.abs(at(samples, index).extension - at(samples, index - 1).extension);
    if (step > 0 && (least === 0 || step < least)) least = step;
  }
  return least;
}
