// The middle one of a minute's samples. Of an even number the lower middle one: a value that the meter has said, never
// one with more digits than it shows.
import { Exact } from '../../../shared/methods/index.ts';

export function medianOf(values: readonly string[]): string | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((one, other) => new Exact(one).comparedTo(other));
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}
