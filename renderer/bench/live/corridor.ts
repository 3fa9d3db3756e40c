// The method's loading rate as a corridor on the load–time picture: it opens at the point of the curve some seconds ago
// and goes on a little into the future. The end of the curve lies inside exactly when the mean rate since that point lies
// in the window; where the curve has to go next can be seen ahead of it.
import type { CurveColumns } from '../../curve/columns.ts';

export const backS = 5;
export const aheadS = 5;

export type Corner = readonly [time: number, load: number];

export interface RateWindow {
  min: number;
  max: number;
}

/** Corners on the curve's own time; null where there is no curve that could have a rate (less than a second of it). */
export function corridorOf(columns: CurveColumns, fromS: number, { min, max }: RateWindow): Corner[] | null {
  const last = columns.length - 1;
  const now = columns.time[last];
  if (now === undefined) return null;
  const anchor = columns.since(Math.max(now - backS, fromS));
  const [time, load] = [columns.time[anchor], columns.load[anchor]];
  if (time === undefined || load === undefined || now - time < 1) return null;
  const until = now + aheadS;
  return [
    [time, load],
    [until, load + max * (until - time)],
    [until, load + min * (until - time)],
  ];
}
