// A picture beside a table: measured points, the line that was fitted to them, the place that the result was read at.
// Axes in round steps. Binary numbers are good enough in here: they place lines on paper and screen, no result comes
// from them.

/** Places are decimal text: x, y. */
export type PlotPlace = readonly [string, string];

export interface PaperPlot {
  x: { label: string; unit: string };
  y: { label: string; unit: string };
  points: readonly PlotPlace[];
  /** In the order of x. */
  line: readonly PlotPlace[];
  /** Where the result stands, with what is said beside it. */
  mark?: { at: PlotPlace; text: string };
}

export interface PlotAxis {
  min: number;
  max: number;
  ticks: readonly number[];
  /** The ticks as they are written, all with the same digits. */
  labels: readonly string[];
}

/** Round steps (1, 2, 5 × 10ⁿ) around all values; about `wanted` of them. */
export function plotAxis(values: readonly number[], wanted = 5): PlotAxis {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (!Number.isFinite(low) || !Number.isFinite(high)) return { min: 0, max: 1, ticks: [0, 1], labels: ['0', '1'] };
  const span = high - low || Math.abs(high) || 1;
  const rough = span / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((factor) => factor * power >= rough * 0.999_999) ?? 10) * power;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  const ticks = Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(10)),
  );
  const digits = Math.max(...ticks.map((tick) => (String(tick).split('.')[1] ?? '').length));
  const labels = ticks.map((tick) => tick.toFixed(digits));
  return { min: ticks[0] as number, max: ticks[ticks.length - 1] as number, ticks, labels };
}

export function plotAxes({ points, line, mark }: PaperPlot): { x: PlotAxis; y: PlotAxis } {
  const all = [...points, ...line, ...(mark === undefined ? [] : [mark.at])];
  return { x: plotAxis(all.map(([x]) => Number(x))), y: plotAxis(all.map(([, y]) => Number(y))) };
}
