// Tension of bars, welds and splices: the greatest force as in every loading test, and out of the same stored samples the
// yield forces and, with an extensometer, Fp0.2 and Agt. A bar may neck slowly before it breaks, so there is no
// limit for the time of the fall. The acceptance limit is not known here and cannot choose among yield points.
import type { AlgorithmStamp } from '../run/run-types.ts';
import { TIME_SCALE, scaled } from '../run/sample.ts';
import type { Sample } from '../run/sample.ts';
import type { DerivedValue, DetectorResult } from './detector.ts';
import { elongationAtMaximum, followingOf, proofForce } from './extension.ts';
import type { Found } from './extension.ts';
import type { Following } from './following.ts';
import { LoadingDetector, loadingParams, seconds } from './loading.ts';
import type { CurveBounds, LoadingParams } from './loading.ts';
import { curveOf, findYield } from './yield.ts';
import type { YieldBasis, YieldPoints, YieldSettings } from './yield.ts';

export const TENSION_ID = 'tension';
export const TENSION_VERSION = '1.2.0';

export interface TensionParams extends LoadingParams {
  /** Gauge length of the extensometer, mm; empty without one. */
  extensometerGauge_mm: string;
  /** Free length between the grips, mm; empty where it is not known: then time tells the strain. */
  parallelLength_mm: string;
  dropFraction: string;
  dropSigmas: string;
  strainWindow: string;
  timeWindow_s: string;
  transient_s: string;
  valleyFraction: string;
  valleySigmas: string;
}

export function tensionParams(given: Partial<TensionParams> & { range_kN: string }): TensionParams {
  return {
    ...loadingParams({
      // Steel loses half of its force only when it parts; it may take its time, and a plateau may stand still.
      range_kN: given.range_kN,
      breakFraction: '0.5',
      breakWindow_s: '3600',
      stall_s: '60',
      // The rate that is compared with the standard is that of the elastic part.
      rateFrom: '0.1',
      rateTo: '0.4',
    }),
    extensometerGauge_mm: '',
    parallelLength_mm: '',
    dropFraction: '0.005',
    dropSigmas: '10',
    strainWindow: '0.0005',
    timeWindow_s: '1',
    transient_s: '0.15',
    valleyFraction: '0.001',
    valleySigmas: '6',
    ...given,
  };
}

const BASIS_NAME: Record<YieldBasis, string> = { extensometer: '引伸计', crosshead: '横梁位移', time: '时间' };

export class TensionDetector extends LoadingDetector<TensionParams> {
  #highest = 0;
  #yielding = false;

  get stamp(): AlgorithmStamp {
    return { id: TENSION_ID, version: TENSION_VERSION, params: { ...this.params } };
  }

  override get yielding(): boolean {
    return this.phase === 'loading' && this.#yielding;
  }

  override push(sample: Sample): void {
    super.push(sample);
    if (this.phase !== 'loading') return;
    // Until the force is greater than ever, it stands in a drop; the guard against needles is the stored analysis.
    if (sample.load > this.#highest) {
      this.#highest = sample.load;
      this.#yielding = false;
    } else if (this.#highest - sample.load >= this.#leastDrop()) this.#yielding = true;
  }

  /** What the noise of a small force does is no drop. */
  #leastDrop(): number {
    const noise = Number(this.params.dropSigmas) * scaled(this.params.sigma_kN, 9);
    return Math.max(Number(this.params.dropFraction) * this.#highest, noise);
  }

  protected override derive({ start, peak, end }: CurveBounds): { derived: DerivedValue[]; remarks: string[] } {
    if (start < 0 || peak <= start) return { derived: [], remarks: [] };
    const derived: DerivedValue[] = [];
    const remarks: string[] = [];
    const begin_us = (this.samples[start] as Sample).t_us;
    const reading = (name: 'FeH' | 'FeL', index: number): void => {
      const { text, t_us } = this.samples[index] as Sample;
      derived.push({ name, value: text, unit: 'kN', at_s: seconds(t_us - begin_us) });
    };
    const gauge = this.params.extensometerGauge_mm;
    const following = this.#following({ start, peak });
    const { points, doubtful } = this.#yieldPoints({ start, peak }, following);
    if (doubtful) remarks.push('引伸计取下时力正在下降，不能判断是否屈服，不给出屈服力和 Fp0.2。');
    else if (points === null) remarks.push('曲线上没有明显屈服（力下降不小于 0.5 % 并持续屈服），不给出上、下屈服力。');
    else if (this.#touchesGap(points.upper, points.lower)) remarks.push('屈服附近有数据丢失，不给出上、下屈服力。');
    else {
      reading('FeH', points.upper);
      reading('FeL', points.lower);
      if (points.basis !== 'extensometer') remarks.push(`屈服点按${BASIS_NAME[points.basis]}判断，没有使用引伸计。`);
    }
    if (following !== null) {
      const keep = (name: 'Fp02' | 'Agt', unit: 'kN' | '%', found: Found): void => {
        if ('reason' in found) remarks.push(found.reason);
        else derived.push({ name, value: found.point.value, unit, at_s: seconds(found.point.at_us - begin_us) });
      };
      // Where the bar yields, its yield force stands, and no proof force beside it.
      if (points === null && !doubtful) keep('Fp02', 'kN', proofForce(this.samples, { start, peak }, gauge, following));
      keep('Agt', '%', elongationAtMaximum(this.samples, { start, peak, end }, gauge, following, this.#sigma()));
    } else if (gauge !== '') {
      remarks.push(`选用了引伸计（标距 ${gauge} mm），仪器没有送来变形，不能由引伸计确定 Fp0.2 和 Agt。`);
    }
    return { derived, remarks };
  }

  /** Up to where the extensometer followed; null where there is none, or the machine sends no extension. */
  #following({ start, peak }: { start: number; peak: number }): Following | null {
    const gauge = this.params.extensometerGauge_mm;
    if (gauge === '') return null;
    for (let index = start; index <= peak; index += 1)
      if (Number.isNaN((this.samples[index] as Sample).extension)) return null;
    return followingOf(this.samples, { start, peak }, gauge);
  }

  /**
   * By the extensometer as far as it followed; what lies behind is judged by the crosshead or by time. `doubtful`: it was
   * taken off within a drop that it takes for a yield and they do not.
   */
  #yieldPoints(
    range: { start: number; peak: number },
    following: Following | null,
  ): { points: YieldPoints | null; doubtful: boolean } {
    const settings = this.#settings();
    const parallel_mm = Number(this.params.parallelLength_mm || 0);
    const by = (extensometer_mm: number) =>
      curveOf(this.samples, this.spikeFlags, range, { extensometer_mm, parallel_mm }, settings);
    if (following === null) return { points: findYield(by(0), range, settings), doubtful: false };
    const curve = by(Number(this.params.extensometerGauge_mm));
    // Behind the last sample that is believed the strain stands still: nothing yields there.
    const believed = { ...curve, x: (index: number) => curve.x(Math.min(index, following.last)) };
    const points = findYield(believed, range, settings);
    if (points !== null && points.regained <= following.last) return { points, doubtful: false };
    if (following.loss === 'none') return { points, doubtful: false };
    const other = findYield(by(0), range, settings);
    return { points: other, doubtful: other === null && points !== null };
  }

  #settings(): YieldSettings {
    const { params } = this;
    return {
      dropFraction: Number(params.dropFraction),
      dropSigmas: Number(params.dropSigmas),
      strainWindow: Number(params.strainWindow),
      timeWindow_s: Number(params.timeWindow_s),
      transient_s: Number(params.transient_s),
      valleyFraction: Number(params.valleyFraction),
      valleySigmas: Number(params.valleySigmas),
      sigma: this.#sigma(),
    };
  }

  #sigma(): number {
    return scaled(this.params.sigma_kN, 9);
  }

  /** From a tenth of a second before the upper to as long behind the lower yield point. */
  #touchesGap(upper: number, lower: number): boolean {
    const margin = TIME_SCALE / 10;
    const from = (this.samples[upper] as Sample).t_us - margin;
    const to = (this.samples[lower] as Sample).t_us + margin;
    return this.samples.some((sample) => sample.gapBefore && sample.t_us >= from && sample.t_us <= to);
  }
}

/** The whole detection over stored samples. */
export function detectTension(samples: readonly Sample[], params: TensionParams): DetectorResult {
  const detector = new TensionDetector(params);
  for (const sample of samples) detector.push(sample);
  return detector.result();
}
