// Finds start, peak and break of a loading test in stored samples. It has no clock and no port: the same samples and
// parameters give the same result on the bench and years later. It never sees an acceptance limit, so it cannot choose
// a result that suits one. What a kind of test reads out of its curve beyond the peak is the detector's of that kind.
//
// zero → loading (F above the threshold for 3 samples) → running maximum with spike guard → break → tail of 2 s → done.
import { Decimal } from 'decimal.js';
import { LOAD_SCALE, TIME_SCALE, scaled } from '../run/sample.ts';
import type { Sample } from '../run/sample.ts';
import type { AlgorithmStamp } from '../run/run-types.ts';
import type { DerivedValue, Detector, DetectorResult, LoadingPhase } from './detector.ts';

/** All decimal text, so that the stamp in the record repeats exactly. Seconds are those of the time base. */
export interface LoadingParams {
  /** Measuring range of the machine, kN. */
  range_kN: string;
  /** Start threshold as a fraction of the range (0.5 %). */
  startFraction: string;
  /** Start threshold as a multiple of the idle noise. */
  startSigmas: string;
  /** Standard deviation of the idle reading, kN; measured before the start and stored. */
  sigma_kN: string;
  /** Mean idle reading before the start, kN; empty where none was measured. It is recorded, not subtracted. */
  zero_kN: string;
  startSamples: number;
  breakFraction: string;
  /** A break is brittle when it falls from this fraction of Fm to breakFraction within breakWindow_s. */
  brittleFrom: string;
  breakWindow_s: string;
  breakSamples: number;
  tail_s: string;
  prehistory_s: string;
  /** Longest hole in the data while loading; beyond it the run is invalid. The recorder applies it to silence. */
  silence_s: string;
  /** The same reading for so long while loading means a frozen indicator. */
  stall_s: string;
  /** Fastest credible loading, kN/s: what exceeds it for one or two samples is a spike. */
  maxRate_kN_per_s: string;
  spikeSigmas: string;
  rateFrom: string;
  rateTo: string;
}

export function loadingParams(given: Partial<LoadingParams> & { range_kN: string }): LoadingParams {
  return {
    startFraction: '0.005',
    startSigmas: '3',
    sigma_kN: '0',
    zero_kN: '',
    startSamples: 3,
    breakFraction: '0.7',
    brittleFrom: '0.9',
    breakWindow_s: '0.5',
    breakSamples: 3,
    tail_s: '2',
    prehistory_s: '2',
    silence_s: '1',
    stall_s: '10',
    maxRate_kN_per_s: new Decimal(given.range_kN).times('0.025').toFixed(),
    spikeSigmas: '5',
    rateFrom: '0.5',
    rateTo: '0.9',
    ...given,
  };
}

/** Indices into the samples; negative where there is none. */
export interface CurveBounds {
  start: number;
  peak: number;
  end: number;
}

export abstract class LoadingDetector<Params extends LoadingParams = LoadingParams> implements Detector {
  abstract readonly stamp: AlgorithmStamp;
  readonly params: Params;
  readonly samples: Sample[] = [];
  phase: LoadingPhase = 'zero';
  fault: string | null = null;
  readonly threshold: number;
  readonly #spikeLoad: number;
  readonly #ratePerMicrosecond: number;
  readonly spikeFlags: boolean[] = [];
  #start = -1;
  #peak = -1;
  #peakChecked = -1;
  #break = -1;
  #above = 0;
  #unloaded = 0;
  #below = 0;
  #lastHigh_us = 0;
  #constantSince_us = 0;
  #spikes = 0;

  constructor(params: Params) {
    this.params = params;
    this.threshold = startThreshold(params);
    this.#spikeLoad = Number(params.spikeSigmas) * scaled(params.sigma_kN, 9);
    this.#ratePerMicrosecond = scaled(params.maxRate_kN_per_s, 9) / TIME_SCALE;
  }

  push(sample: Sample): void {
    if (this.phase === 'done') return;
    const index = this.samples.push(sample) - 1;
    this.#guard(index);
    if (this.phase === 'zero') this.#seekStart(index);
    else if (this.phase === 'loading') this.#follow(index);
    else if (sample.t_us - this.#at(this.#break).t_us >= Number(this.params.tail_s) * TIME_SCALE) this.phase = 'done';
  }

  /** An overload while the specimen is under load: the maximum is unknown. */
  overload(): void {
    if (this.phase === 'loading') this.fault ??= '加载中仪器报告超量程，最大荷载未知。';
  }

  get yielding(): boolean {
    return false;
  }

  /** Present maximum for the live display. */
  get peakText(): string | null {
    return this.#peak < 0 ? null : this.#at(this.#peak).text;
  }

  get startIndex(): number {
    return this.#start;
  }

  result(): DetectorResult {
    if (this.#start >= 0) this.#advancePeak(this.samples.length - 1);
    if (this.#peak >= 0 && this.#peakTouchesGap()) this.fault ??= '最大荷载附近有数据丢失，峰值不可靠。';
    const start = this.#start;
    const peak = this.#peak;
    return {
      phase: this.phase,
      startIndex: start,
      peakIndex: peak,
      breakIndex: this.#break,
      endIndex: this.samples.length - 1,
      peak: peak < 0 ? null : this.#at(peak).text,
      peakAt_s: peak < 0 ? null : seconds(this.#at(peak).t_us - this.#at(start).t_us),
      loadingRate_kN_per_s: peak < 0 ? null : this.#meanRate(),
      zero_kN: this.params.zero_kN || null,
      spikes: this.#spikes,
      fault: this.fault,
      ...this.derive({ start, peak, end: this.#break < 0 ? this.samples.length : this.#break }),
    };
  }

  /** What this kind of test reads out of the curve from `start` up to, not including, `end`. */
  protected abstract derive(bounds: CurveBounds): { derived: DerivedValue[]; remarks: string[] };

  #at(index: number): Sample {
    return this.samples[index] as Sample;
  }

  #seekStart(index: number): void {
    // Load that is on from the first sample is the end of something else.
    if (this.#at(index).load <= this.threshold) {
      this.#above = 0;
      this.#unloaded += 1;
    } else if (this.#unloaded >= this.params.startSamples) this.#above += 1;
    if (this.#above < this.params.startSamples) return;
    this.phase = 'loading';
    this.#start = index - this.params.startSamples + 1;
    this.#lastHigh_us = this.#constantSince_us = this.#at(index).t_us;
    this.#peakChecked = this.#start - 1;
  }

  #follow(index: number): void {
    const sample = this.#at(index);
    if (sample.t_us < this.#at(index - 1).t_us) {
      this.fault ??= '加载中仪器的时间列倒退，仪器可能已重新启动。';
      this.phase = 'done';
      return;
    }
    const step_us = sample.t_us - this.#at(index - 1).t_us;
    if (sample.gapBefore && step_us > Number(this.params.silence_s) * TIME_SCALE) {
      this.fault ??= `加载中缺失了 ${seconds(step_us)} s 的数据，最大荷载不可靠。`;
    }
    if (sample.load !== this.#at(index - 1).load) this.#constantSince_us = sample.t_us;
    else if (sample.t_us - this.#constantSince_us > Number(this.params.stall_s) * TIME_SCALE) {
      this.fault ??= `加载中读数 ${this.params.stall_s} s 未变化，仪器可能已停止更新。`;
      this.phase = 'done';
      return;
    }
    this.#advancePeak(index - 2);
    if (this.#peak < 0) return;
    const maximum = this.#at(this.#peak).load;
    if (sample.load >= Number(this.params.brittleFrom) * maximum) this.#lastHigh_us = sample.t_us;
    this.#below = sample.load < Number(this.params.breakFraction) * maximum ? this.#below + 1 : 0;
    if (this.#below < this.params.breakSamples) return;
    this.phase = 'broken';
    this.#break = index - this.params.breakSamples + 1;
    const fall_us = this.#at(this.#break).t_us - this.#lastHigh_us;
    // A slow machine (2 Hz) cannot show 0.5 s; two of its own steps are the finest it can resolve.
    if (fall_us > Math.max(Number(this.params.breakWindow_s) * TIME_SCALE, 2 * step_us)) {
      this.fault ??= '荷载缓慢下降，没有检出脆性破坏，可能是中途卸载。';
    }
  }

  /** Spike guard: the sample two back has both neighbours on each side now. */
  #guard(index: number): void {
    this.spikeFlags.push(false);
    const middle = index - 2;
    if (middle < 2) return;
    const window = [0, 1, 2, 3, 4].map((offset) => this.#at(middle - 2 + offset).load).sort((a, b) => a - b);
    const deviation = Math.abs(this.#at(middle).load - (window[2] as number));
    const span_us = (this.#at(index).t_us - this.#at(index - 4).t_us) / 2;
    if (deviation <= this.#spikeLoad || deviation <= this.#ratePerMicrosecond * span_us) return;
    // The fall after a break is faster than any loading; only an upward excursion can forge a maximum.
    if (this.#at(middle).load < (window[2] as number)) return;
    // The last sample before a break stands out of its window as well: it is no spike when it goes on as the load rose.
    if (this.#follows(middle)) return;
    this.spikeFlags[middle] = true;
    if (this.#start < 0 || middle >= this.#start) this.#spikes += 1;
  }

  /** Whether a sample rises no more than its trend: at most twice the greatest step of the second before it. */
  #follows(index: number): boolean {
    let before = index - 1;
    while (before > 0 && this.spikeFlags[before]) before -= 1;
    const rise = this.#at(index).load - this.#at(before).load;
    let greatest = 0;
    let newer = before;
    for (let older = before - 1; older >= 0 && this.#at(before).t_us - this.#at(older).t_us <= TIME_SCALE; older -= 1) {
      if (this.spikeFlags[older]) continue;
      greatest = Math.max(greatest, this.#at(newer).load - this.#at(older).load);
      newer = older;
    }
    return rise <= 2 * greatest;
  }

  #advancePeak(upTo: number): void {
    for (let index = this.#peakChecked + 1; index <= upTo; index += 1) {
      this.#peakChecked = index;
      if (this.spikeFlags[index]) continue;
      if (this.#peak < 0 || this.#at(index).load > this.#at(this.#peak).load) this.#peak = index;
    }
  }

  #peakTouchesGap(): boolean {
    for (let index = this.#peak - 1; index <= this.#peak + 2; index += 1) {
      if (this.samples[index]?.gapBefore) return true;
    }
    return false;
  }

  /** Mean rate of the rising part between two fractions of the peak. */
  #meanRate(): string | null {
    const maximum = this.#at(this.#peak).load;
    const from = Number(this.params.rateFrom) * maximum;
    const to = Number(this.params.rateTo) * maximum;
    const rising: Sample[] = [];
    for (let index = this.#start; index <= this.#peak; index += 1) {
      const sample = this.#at(index);
      if (sample.load >= from && sample.load <= to && !this.spikeFlags[index]) rising.push(sample);
    }
    return slope(rising);
  }
}

export function startThreshold(params: LoadingParams): number {
  const ofRange = scaled(new Decimal(params.range_kN).times(params.startFraction).toFixed(), 9);
  const ofNoise = Number(params.startSigmas) * scaled(params.sigma_kN, 9);
  return Math.max(ofRange, ofNoise);
}

/** Least-squares slope in kN/s to three decimals, exact in integers until the one division; needs 1 s of data:
 *  arrival stamps jitter by up to 0.4 s, so two neighbours say nothing about a rate. */
export function slope(samples: readonly Sample[]): string | null {
  const first = samples[0];
  const last = samples[samples.length - 1];
  if (!first || !last || samples.length < 3 || last.t_us - first.t_us < TIME_SCALE) return null;
  let sumT = 0n;
  let sumF = 0n;
  let sumTT = 0n;
  let sumTF = 0n;
  for (const sample of samples) {
    const t = BigInt(sample.t_us - first.t_us);
    const f = BigInt(sample.load);
    sumT += t;
    sumF += f;
    sumTT += t * t;
    sumTF += t * f;
  }
  const n = BigInt(samples.length);
  const denominator = n * sumTT - sumT * sumT;
  if (denominator === 0n) return null;
  const numerator = n * sumTF - sumT * sumF;
  return new Decimal(numerator.toString()).div(denominator.toString()).times(TIME_SCALE).div(LOAD_SCALE).toFixed(3);
}

export function seconds(microseconds: number): string {
  return new Decimal(microseconds).div(TIME_SCALE).toFixed(3);
}
