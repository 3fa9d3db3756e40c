// When to try again. Exponential with jitter, so that the seats of a lab, all cut off by the same network fault, do
// not come back in step. The answer is stored with the entry and survives a restart.

export interface Backoff {
  baseMs: number;
  maxMs: number;
}

/** Delay before the try after `attempts` failed ones (1 or more): half of it fixed, half of it random. */
export function backoffDelay(attempts: number, { baseMs, maxMs }: Backoff, random: () => number): number {
  const full = Math.min(maxMs, baseMs * 2 ** Math.min(30, Math.max(0, attempts - 1)));
  return Math.ceil(full / 2 + (full / 2) * random());
}
