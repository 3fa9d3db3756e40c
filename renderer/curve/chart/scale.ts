// From values to pixels and back, and round ticks. For drawing only.

export type Range = readonly [low: number, high: number];

export interface Scale {
  range: Range;
  at(value: number): number;
  value(pixel: number): number;
}

/** `from` and `to` are pixels; for a vertical axis `from` is the lower end. */
export function scaleOf(range: Range, from: number, to: number): Scale {
  const span = range[1] - range[0] || 1;
  return {
    range,
    at: (value) => from + ((value - range[0]) / span) * (to - from),
    value: (pixel) => range[0] + ((pixel - from) / (to - from || 1)) * span,
  };
}

/** Round steps of 1, 2, 5 × 10ⁿ inside the range, about `wanted` of them, as they are written. */
export function ticksOf([low, high]: Range, wanted: number): { value: number; text: string }[] {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [];
  const rough = span / Math.max(1, wanted);
  const power = Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((each) => each * 10 ** power >= rough * 0.999) ?? 10;
  const step = factor * 10 ** power;
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, Math.min(count, 200)) }, (_, index) => {
    const value = (first + index) * step;
    return { value, text: (Object.is(value, -0) ? 0 : value).toFixed(digits) };
  });
}
