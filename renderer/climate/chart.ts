// Where the curve, the band and the gaps lie in a picture. Positions only: the figures that people read are texts.
import type { ClimateGap } from '../../shared/climate/calls.ts';

export interface Frame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}
export const msOf = (minute: string): number => Date.parse(`${minute}:00+08:00`);

export interface Scale {
  min: number;
  max: number;
  at(value: number): number;
}

export function scaleOf(min: number, max: number, from: number, to: number): Scale {
  const span = max - min || 1;
  return { min, max, at: (value) => from + ((value - min) / span) * (to - from) };
}

const steps = [0.5, 1, 2, 5, 10, 20, 50];

/** Round figures for an axis, about five of them, that hold every value and every limit. */
export function ticksOf(values: readonly number[], wanted = 5): number[] {
  if (values.length === 0) return [0, 1];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const step = steps.find((each) => (high - low) / each <= wanted) ?? 100;
  const first = Math.floor(low / step - 0.2) * step;
  const last = Math.ceil(high / step + 0.2) * step;
  return Array.from({ length: Math.round((last - first) / step) + 1 }, (_, index) => first + index * step);
}

/** The line, broken wherever a gap lies between two minutes. */
export function pathOf(
  minutes: readonly string[],
  values: readonly (string | null)[],
  gaps: readonly ClimateGap[],
  x: Scale,
  y: Scale,
): string {
  let path = '';
  let pen = false;
  let next = 0;
  for (const [index, minute] of minutes.entries()) {
    while (next < gaps.length && (gaps[next]?.toMinute ?? '') < minute) {
      next += 1;
      pen = false;
    }
    const value = values[index];
    if (value === null || value === undefined) {
      pen = false;
      continue;
    }
    path += `${pen ? 'L' : 'M'}${x.at(msOf(minute)).toFixed(1)} ${y.at(Number(value)).toFixed(1)}`;
    // A single minute between two gaps is a dot.
    if (!pen) path += 'h0.1';
    pen = true;
  }
  return path;
}

export interface TimeTick {
  ms: number;
  text: string;
}

/** Hours of a day, days of a week, every third day of a month. */
export function timeTicks(from: string, to: string): TimeTick[] {
  const [start, end] = [msOf(from), msOf(to)];
  const hours = (end - start) / 3_600_000;
  const stepMs = (hours <= 25 ? 2 : hours <= 24 * 8 ? 24 : 72) * 3_600_000;
  const ticks: TimeTick[] = [];
  for (let ms = start; ms <= end + 60_000; ms += stepMs) {
    const text = new Date(ms + 8 * 3_600_000).toISOString();
    ticks.push({ ms, text: hours <= 25 ? text.slice(11, 16) : text.slice(5, 10) });
  }
  return ticks;
}
