// No detection at all: a log of what an instrument says, kept with every byte. For balances and gauges, and for a capture
// of a machine that nobody has a profile for yet.
import type { AlgorithmStamp } from '../run/run-types.ts';
import type { Sample } from '../run/sample.ts';
import type { Detector, DetectorResult, LoadingPhase } from './detector.ts';

export const READINGS_ID = 'readings';
export const READINGS_VERSION = '1.0.0';

export class ReadingsDetector implements Detector {
  readonly stamp: AlgorithmStamp = { id: READINGS_ID, version: READINGS_VERSION, params: {} };
  readonly samples: Sample[] = [];
  readonly phase: LoadingPhase = 'loading';
  readonly fault = null;
  readonly yielding = false;
  readonly startIndex = 0;
  readonly peakText = null;

  push(sample: Sample): void {
    this.samples.push(sample);
  }

  overload(): void {
    // A state that a log keeps in its bytes; there is no maximum that it could spoil.
  }

  result(): DetectorResult {
    return {
      phase: this.phase,
      startIndex: 0,
      peakIndex: -1,
      breakIndex: -1,
      endIndex: this.samples.length - 1,
      peak: null,
      peakAt_s: null,
      loadingRate_kN_per_s: null,
      zero_kN: null,
      spikes: 0,
      fault: null,
      derived: [],
      remarks: [],
    };
  }
}
