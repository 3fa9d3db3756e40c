// What lies in front of the training machine: a specimen for each reading that is still open, breaking near what a usual
// one of its kind reaches.
import { openAcquisitions } from '../bench/openAcquisitions.ts';
import type { RecordFacts } from '../records/recordRows.ts';
import type { VirtualSpecimen } from './virtualBench.ts';

/** Where a method cannot say what its specimens reach, they reach the middle of the machine's range. */
const shareOfRange = 0.5;
/** Where a method has no window for the rate, a specimen takes so long; slow enough for every machine's own guard. */
const usualSeconds = 45;

/**
 * Tensile over yield strength of an ordinary bar: above the 1.25 that earthquake-resistant grades must have, and low
 * enough that a bar which reaches its tensile strength also reaches its yield.
 */
const usualStrengthRatio = 1.3;

/** In the order in which the bench arms; loaded in the middle of the standard's window. */
export function virtualSpecimens(
  facts: RecordFacts,
  ageDays: number | null,
  range_kN: number,
  bars: Pick<VirtualSpecimen, 'smooth' | 'gauge_mm'> = {},
): VirtualSpecimen[] {
  return openAcquisitions(facts).map(({ acquisition, rateWindow }) => {
    const usual = acquisition.usualLoad_kN?.(facts.sample.properties, ageDays) ?? null;
    const load_kN = usual === null ? range_kN * shareOfRange : Number(usual);
    const rate_kN_s =
      rateWindow === null ? load_kN / usualSeconds : (Number(rateWindow.min_kN_s) + Number(rateWindow.max_kN_s)) / 2;
    // What is pulled is a bar, joined or not: it yields before it breaks, and the curve shows both.
    const yield_kN = acquisition.detector === 'tension' ? load_kN / usualStrengthRatio : null;
    return { load_kN, rate_kN_s, yield_kN, ...(yield_kN === null ? {} : bars) };
  });
}
