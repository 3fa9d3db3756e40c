// What every detector gives to the recorder, the summary and the live view.
import type { AlgorithmStamp } from '../run/run-types.ts';
import type { Sample } from '../run/sample.ts';

export type DetectorId = 'compression' | 'tension' | 'readings';

export type LoadingPhase = 'zero' | 'loading' | 'broken' | 'done';

/** A quantity read out of the curve beyond the peak, digit for digit as the machine sent it where it is one reading. */
export interface DerivedValue {
  name: 'FeH' | 'FeL' | 'Fp02' | 'Agt';
  value: string;
  unit: 'kN' | '%';
  /** Seconds from the start of loading. */
  at_s: string;
}

export interface DetectorResult {
  phase: LoadingPhase;
  /** Index of the first sample above the threshold; -1 when loading never began. */
  startIndex: number;
  peakIndex: number;
  breakIndex: number;
  endIndex: number;
  peak: string | null;
  peakAt_s: string | null;
  loadingRate_kN_per_s: string | null;
  zero_kN: string | null;
  spikes: number;
  /** Chinese sentence when the samples themselves make the run invalid. */
  fault: string | null;
  derived: DerivedValue[];
  /** Why a quantity that one would look for is not among them; Chinese sentences. */
  remarks: string[];
}

export interface Detector {
  readonly stamp: AlgorithmStamp;
  readonly samples: readonly Sample[];
  readonly phase: LoadingPhase;
  readonly fault: string | null;
  /** While the force stands below a drop that may be the yield; shown live, never a result. */
  readonly yielding: boolean;
  readonly startIndex: number;
  /** Present maximum for the live display. */
  readonly peakText: string | null;
  push(sample: Sample): void;
  /** The instrument reported more than it can show. */
  overload(): void;
  result(): DetectorResult;
}
