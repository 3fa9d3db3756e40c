// Time for runs: order and distance come from the monotonic clock, the wall clock only labels.

/** RFC 3339 with the offset every record in the program carries. */
export function toBeijingTime(wallMs: number): string {
  return new Date(wallMs + 8 * 3_600_000).toISOString().replace('Z', '+08:00');
}

export interface ClockAnchor {
  wallMs: number;
  monoNs: bigint;
}

/** Both clocks of this computer, so that a test can step one of them. */
export interface Clocks {
  wallMs(): number;
  monoNs(): bigint;
}

export const systemClocks: Clocks = { wallMs: () => Date.now(), monoNs: () => process.hrtime.bigint() };

export function takeAnchor(clocks: Clocks = systemClocks): ClockAnchor {
  return { wallMs: clocks.wallMs(), monoNs: clocks.monoNs() };
}

/** Wall time of a monotonic instant, through one anchor: steps of the wall clock do not show. */
export function wallAt(anchor: ClockAnchor, monoNs: bigint): number {
  return anchor.wallMs + Math.round(Number(monoNs - anchor.monoNs) / 1e6);
}
