// What lies in front of the training machine: a specimen for each reading that is still open, breaking near what a usual
// one of its kind reaches.
import { openAcquisitions } from '../bench/openAcquisitions.ts';
import type { RecordFacts } from '../records/recordRows.ts';
import type { VirtualSpecimen } from './virtualBench.ts';

/** Where a method does not say what its specimens reach, kN. */
const anyLoad = 300;

/** In the order in which the bench arms; loaded in the middle of the standard's window. */
export function virtualSpecimens(facts: RecordFacts): VirtualSpecimen[] {
  return openAcquisitions(facts).map(({ acquisition, rateWindow }) => ({
    load_kN: Number(acquisition.usualLoad_kN?.(facts.sample.properties) ?? anyLoad),
    rate_kN_s: rateWindow === null ? null : (Number(rateWindow.min_kN_s) + Number(rateWindow.max_kN_s)) / 2,
  }));
}
