// Watches an armed channel until loading begins. A start needs a zero first – a machine that still carries load
// cannot begin a run – and the idle noise measured here goes into the parameters of the run.
import { startThreshold } from '../detectors/loading.ts';
import type { LoadingParams } from '../detectors/loading.ts';
import { LOAD_SCALE } from '../run/sample.ts';
import type { Sample } from '../run/sample.ts';

const ZERO_US = 500_000;
const ZERO_SAMPLES = 5;
/** The zero is the last second that did not rise: the slow first contact must not count as zero. */
const QUIET_US = 1_000_000;
/** σ is kept in steps of 0.1 N so that its text and its number are the same. */
const SIGMA_STEP = 100_000;

export class StartMonitor {
  readonly #params: LoadingParams;
  readonly #ofRange: number;
  #zeroSince_us: number | null = null;
  #zeroSamples = 0;
  #above = 0;
  #previous: Sample | null = null;
  #differences = 0;
  #squares = 0;
  #quiet: Sample[] = [];
  #zero = '';
  zeroed = false;

  constructor(params: LoadingParams) {
    this.#params = params;
    this.#ofRange = startThreshold({ ...params, sigma_kN: '0' });
  }

  /** A new connection: everything seen so far says nothing about what comes. */
  reset(): void {
    this.zeroed = false;
    this.#zeroSince_us = null;
    this.#zeroSamples = this.#above = this.#differences = this.#squares = 0;
    this.#previous = null;
    this.#quiet = [];
    this.#zero = '';
  }

  get pendingStart(): boolean {
    return this.#above > 0;
  }

  /** Idle noise, kN, from successive differences, which a drifting zero does not widen. */
  get sigma_kN(): string {
    return (this.#sigmaSteps() / 10_000).toFixed(4);
  }

  /** Mean idle reading, kN; empty when there was no quiet second. */
  get zero_kN(): string {
    return this.#zero;
  }

  /** `start` when this sample completes a start, `loaded` when load is on without a zero before it. */
  push(sample: Sample): 'idle' | 'loaded' | 'start' {
    const threshold = Math.max(this.#ofRange, Number(this.#params.startSigmas) * this.#sigmaSteps() * SIGMA_STEP);
    if (sample.load > threshold) {
      if (!this.zeroed) {
        this.reset();
        return 'loaded';
      }
      this.#above += 1;
      return this.#above >= this.#params.startSamples ? 'start' : 'idle';
    }
    this.#above = 0;
    if (this.#previous) {
      this.#squares += ((sample.load - this.#previous.load) / SIGMA_STEP) ** 2;
      this.#differences += 1;
    }
    this.#previous = sample;
    // Backwards time: the machine restarted, the zero is counted anew.
    if (this.#zeroSince_us === null || sample.t_us < this.#zeroSince_us) this.#zeroSince_us = sample.t_us;
    this.#zeroSamples += 1;
    this.#measureZero(sample);
    if (this.#zeroSamples >= ZERO_SAMPLES && sample.t_us - this.#zeroSince_us >= ZERO_US) this.zeroed = true;
    return 'idle';
  }

  #measureZero(sample: Sample): void {
    this.#quiet.push(sample);
    if (sample.t_us - (this.#quiet[0] as Sample).t_us < QUIET_US) return;
    const loads = this.#quiet.map((each) => each.load);
    this.#quiet = [];
    const mean = loads.reduce((sum, load) => sum + load, 0) / loads.length;
    const variance = loads.reduce((sum, load) => sum + (load - mean) ** 2, 0) / loads.length;
    const widest = 2 * Math.max(1, this.#sigmaSteps()) * SIGMA_STEP;
    if (Math.sqrt(variance) <= widest) this.#zero = (mean / LOAD_SCALE).toFixed(3);
  }

  #sigmaSteps(): number {
    return this.#differences < 4 ? 0 : Math.ceil(Math.sqrt(this.#squares / this.#differences / 2));
  }
}
