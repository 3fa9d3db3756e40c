// Fewer points for a picture, by one rule for the screen, the answer of a call and the paper: samples that follow each
// other within one slice give their first, least, greatest and last. So no peak and no sudden break is ever left out,
// and a line drawn through what stays covers the same pixels. Nothing is sorted and no value is changed.

/** Which samples stay of those from `from` up to, not including, `to`. */
export function keptIndices(
  load: (index: number) => number,
  [from, to]: readonly [from: number, to: number],
  sliceOf: (index: number) => number,
): number[] {
  const kept: number[] = [];
  let begin = from;
  while (begin < to) {
    const slice = sliceOf(begin);
    let low = begin;
    let high = begin;
    let end = begin + 1;
    for (; end < to && sliceOf(end) === slice; end += 1) {
      const value = load(end);
      if (value < load(low)) low = end;
      if (value > load(high)) high = end;
    }
    const last = end - 1;
    kept.push(begin);
    for (const index of low < high ? [low, high] : [high, low]) if (index > kept[kept.length - 1]!) kept.push(index);
    if (last > kept[kept.length - 1]!) kept.push(last);
    begin = end;
  }
  return kept;
}

/** Slices as wide as a pixel column of the picture. A horizontal value that runs back and forth begins a slice each time. */
export function byColumn(
  across: (index: number) => number,
  [low, high]: readonly [low: number, high: number],
  columns: number,
): (index: number) => number {
  const perUnit = high > low ? columns / (high - low) : 0;
  return (index) => Math.floor((across(index) - low) * perUnit);
}

/** At most so many points (8 or more), in slices of equally many samples: as fine as the limit allows. */
export function keptWithin(load: (index: number) => number, count: number, limit: number): number[] {
  if (count <= limit) return Array.from({ length: count }, (_, index) => index);
  // A stretch that only rises gives two points, a wild one four: begin with the finer, take wider slices until it fits.
  for (let slices = Math.floor(limit / 2); ; slices = Math.floor(slices * 0.9)) {
    const kept = keptIndices(load, [0, count], (index) => Math.floor((index * slices) / count));
    if (kept.length <= limit) return kept;
  }
}
