// Minutes of the lab's wall clock, the unit of the climate log: `2026-11-23T21:33`.
import { toWallTime } from '../../../shared/entities/scalars.ts';

export const minuteMs = 60_000;

export const minuteOf = (ms: number): string => toWallTime(ms).slice(0, 16);
export const startOf = (minute: string): number => Date.parse(`${minute}:00+08:00`);
export const addMinutes = (minute: string, count: number): string => minuteOf(startOf(minute) + count * minuteMs);
export const dayOf = (minute: string): string => minute.slice(0, 10);

/** How many minutes lie from one to the other, both counted. */
export const countMinutes = (from: string, to: string): number =>
  Math.max(0, Math.round((startOf(to) - startOf(from)) / minuteMs) + 1);
