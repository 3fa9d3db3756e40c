// A sealed run against what its own bytes say today. A difference is an alarm: somebody changed the summary, or the same
// version of the program reads the same bytes differently.
import { bindDriver } from '../drivers/index.ts';
import { detectorVersion } from '../detectors/index.ts';
import type { RunFile } from './run-file.ts';
import type { RunHeader, RunSummary, SealedSummary } from './run-types.ts';

export interface RunDifference {
  field: string;
  sealed: unknown;
  recomputed: unknown;
}

/** What of a summary follows from the bytes. Remarks are words and may be put better by a later version. */
const FOLLOWING = [
  'peak',
  'peakAt_s',
  'loadingRate_kN_per_s',
  'zero_kN',
  'sampleCount',
  'sampleRateHz',
  'startedAt',
  'endedAt',
  'spikes',
  'gaps',
  'rejectedBytes',
  'timeSource',
  'validity',
  'identity',
  'derived',
  'device',
  'readings',
] as const satisfies readonly (keyof SealedSummary)[];

/** Another version of the algorithm or driver may rightly read the same bytes differently: that is a matter for a
 *  recomputation with both kept, not a fault of the file. Null when the versions are the same. */
export function otherVersion(file: RunFile): { sealed: string; program: string } | null {
  const { driver, detector, profile } = file.header as RunHeader;
  const now = {
    detector: detectorVersion(detector.id),
    driver: bindDriver(driver.id, profile ?? undefined).version,
  };
  if (now.detector === detector.version && now.driver === driver.version) return null;
  return {
    sealed: `${detector.id} ${detector.version}, ${driver.id} ${driver.version}`,
    program: `${detector.id} ${now.detector ?? '—'}, ${driver.id} ${now.driver}`,
  };
}

export function differences(sealed: SealedSummary, recomputed: RunSummary): RunDifference[] {
  return FOLLOWING.flatMap((field) => {
    const [before, after] = [sealed[field], recomputed[field]];
    if (JSON.stringify(before ?? null) === JSON.stringify(after ?? null)) return [];
    return [{ field, sealed: before ?? null, recomputed: after ?? null }];
  });
}

/** Chinese sentence of the alarm. */
export function describeDifference({ field, sealed, recomputed }: RunDifference): string {
  const what = field === 'derived' ? '曲线特征值' : field;
  const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
  return `由原始字节重新计算的${what}（${show(recomputed)}）与封存值（${show(sealed)}）不符。`;
}
