// Numbers and tables of the benchmarks. Medians, because the machine is shared and means follow the worst moment.
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Milliseconds of the system's monotonic clock; the same in every process of this machine. */
export const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;

export interface Line {
  what: string;
  /** How often it was measured. */
  n: number;
  medianMs: number;
  p90Ms: number | null;
  /** Against the first line of its group. */
  ratio: number | null;
}
export interface Section {
  title: string;
  lines: Line[];
  notes: string[];
}

export function line(what: string, values: readonly number[], against?: Line): Line {
  const medianMs = median(values);
  return {
    what,
    n: values.length,
    medianMs,
    p90Ms: values.length >= 10 ? percentile(values, 0.9) : null,
    ratio: against === undefined ? null : medianMs / against.medianMs,
  };
}

/** One figure that is a total already, e.g. the processor time of a burst. */
export const total = (what: string, ms: number, against?: Line): Line => line(what, [ms], against);

const digits = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

export function toText(sections: readonly Section[]): string {
  const rows = sections.flatMap(({ title, lines, notes }) => [
    '',
    title,
    `  ${'what'.padEnd(58)}${'n'.padStart(6)}${'median ms'.padStart(12)}${'P90 ms'.padStart(10)}${'ratio'.padStart(8)}`,
    ...lines.map(({ what, n, medianMs, p90Ms, ratio }) => {
      const p90 = p90Ms === null ? '' : digits(p90Ms);
      const against = ratio === null ? '' : `${digits(ratio)}×`;
      return `  ${what.padEnd(58)}${String(n).padStart(6)}${digits(medianMs).padStart(12)}${p90.padStart(10)}${against.padStart(8)}`;
    }),
    ...notes.map((note) => `  ${note}`),
  ]);
  return rows.slice(1).join('\n');
}
