// The extensometers of a record: those of the runs that count, each as it was on the day of its run.
import type { RunExtensometer } from '../../../shared/entities/extensometer.ts';
import type { Run } from '../../../shared/entities/record.ts';
import type { TestMethod } from '../../../shared/methods/index.ts';
import { counts } from './runRows.ts';

export function extensometersUsed({
  method,
  runs,
}: {
  method: Pick<TestMethod, 'acquisitions'>;
  runs: readonly Run[];
}): RunExtensometer[] {
  const used = new Map<string, RunExtensometer>();
  for (const run of runs) {
    const one = run.extensometer;
    if (one === null || !counts(method, runs, run)) continue;
    used.set(`${one.equipmentId}/${one.certificateNo}`, one);
  }
  return [...used.values()];
}

/** Numbers of the machine and of the extensometers, each once. */
export const equipmentUsed = (
  machine: string,
  record: { method: Pick<TestMethod, 'acquisitions'>; runs: readonly Run[] },
): string[] => [...new Set([machine, ...extensometersUsed(record).map(({ equipmentId }) => equipmentId)])];
