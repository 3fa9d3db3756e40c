// A stored run opened to be looked at: decoded once by the one decoder, judged, and asked for samples of any range, for
// what was found in them, and for the bytes behind one sample. It writes nothing and repairs nothing.
import type { DerivedValue, DetectorResult } from '../detectors/detector.ts';
import { byColumn, keptIndices } from '../../../shared/curves/thin.ts';
import type { RunDifference } from './run-compare.ts';
import { describeDifference, differences, otherVersion } from './run-compare.ts';
import type { RunDecoder } from './run-decoder.ts';
import { bytesFault, decodeRun, readRunFile } from './run-file.ts';
import type { RunFile } from './run-file.ts';
import { frameOf, type FramePiece } from './run-frames.ts';
import { summarise } from './run-summary.ts';
import type { RunHeader, RunSummary, SealedSummary } from './run-types.ts';
import { EXTENSION_SCALE, LOAD_SCALE, TIME_SCALE } from './sample.ts';
import type { Sample } from './sample.ts';

/** More gaps or spikes than this are counted, not listed. */
const MOST_MARKS = 300;

export interface RunMark {
  kind: 'start' | 'peak' | 'break' | 'gap' | 'spike' | DerivedValue['name'];
  index: number;
  text: string;
}

export interface RangeSamples {
  complete: boolean;
  index: number[];
  timeS: number[];
  loadKn: number[];
  displacementMm: (number | null)[] | null;
  extensionMm: (number | null)[] | null;
}

export interface RunJudgement {
  state: 'same' | 'different' | 'otherVersion' | 'unsealed';
  /** Chinese sentences, the first fault first. */
  faults: string[];
}

const numberOrNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

export class OpenedRun {
  readonly file: RunFile;
  readonly sealed: SealedSummary | null;
  readonly recomputed: RunSummary;
  readonly judgement: RunJudgement;
  readonly #decoder: RunDecoder;
  readonly #result: DetectorResult;
  readonly #zero_us: number;

  /** Throws where the header cannot be read or its algorithm is not known. */
  constructor(file: RunFile, expectedDigest: string | undefined) {
    const { decoder, ending } = decodeRun(file);
    this.file = file;
    this.sealed = file.seal;
    this.#decoder = decoder;
    this.recomputed = { ...summarise(file.header as RunHeader, decoder, ending), rawDigest: file.rawDigest };
    this.#result = decoder.detector.result();
    this.#zero_us = (decoder.detector.samples[this.#result.startIndex] ?? decoder.detector.samples[0])?.t_us ?? 0;
    this.judgement = judge(file, expectedDigest, file.seal ? differences(file.seal, this.recomputed) : []);
  }

  static async open(path: string, expectedDigest?: string): Promise<OpenedRun> {
    const file = await readRunFile(path);
    if (file.header === null) throw new Error(file.fault?.message ?? '文件头残缺。');
    return new OpenedRun(file, expectedDigest);
  }

  get samples(): readonly Sample[] {
    return this.#decoder.detector.samples;
  }

  get greatestLoad(): number {
    let greatest = 0;
    for (const { load } of this.samples) if (load > greatest) greatest = load;
    return greatest / LOAD_SCALE;
  }

  /** Seconds from the start of loading. */
  timeOf(index: number): number {
    return ((this.samples[index] as Sample).t_us - this.#zero_us) / TIME_SCALE;
  }

  loadOf(index: number): number {
    return (this.samples[index] as Sample).load / LOAD_SCALE;
  }

  get span(): [from: number, to: number] {
    return this.samples.length === 0 ? [0, 0] : [this.timeOf(0), this.timeOf(this.samples.length - 1)];
  }

  isSpike(index: number): boolean {
    return (this.#decoder.detector as { spikeFlags?: readonly boolean[] }).spikeFlags?.[index] === true;
  }

  /** The samples from one second to another with a neighbour on each side, as many as the picture has use for. */
  range(from_s: number, to_s: number, columns: number): RangeSamples {
    const { samples } = this;
    const first = samples.findIndex((_, index) => this.timeOf(index) >= from_s);
    const last = samples.findLastIndex((_, index) => this.timeOf(index) <= to_s);
    const empty = first < 0 || last < 0;
    const bounds: [number, number] = empty ? [0, 0] : [Math.max(0, first - 1), Math.min(samples.length, last + 2)];
    const columnOf = byColumn((index) => this.timeOf(index), [from_s, to_s], columns);
    const all = bounds[1] - bounds[0];
    const kept =
      all <= columns * 2
        ? Array.from({ length: all }, (_, index) => bounds[0] + index)
        : keptIndices((index) => (samples[index] as Sample).load, bounds, columnOf);
    const chosen = kept.map((index) => samples[index] as Sample);
    const has = (name: 'displacement' | 'extension'): boolean => samples.some((each) => !Number.isNaN(each[name]));
    return {
      complete: kept.length === all,
      index: kept,
      timeS: kept.map((index) => this.timeOf(index)),
      loadKn: chosen.map(({ load }) => load / LOAD_SCALE),
      displacementMm: has('displacement') ? chosen.map((each) => numberOrNull(each.displacement)) : null,
      extensionMm: has('extension') ? chosen.map((each) => numberOrNull(each.extension / EXTENSION_SCALE)) : null,
    };
  }

  /** What was found, in the order of time; `more` gaps and spikes are not listed. */
  marks(): { marks: RunMark[]; more: number } {
    const { startIndex, peakIndex, breakIndex, derived } = this.#result;
    const marks: RunMark[] = [];
    const add = (kind: RunMark['kind'], index: number, text: string): void => {
      if (index >= 0) marks.push({ kind, index, text });
    };
    add('start', startIndex, '开始加载');
    add('peak', peakIndex, `Fm ${this.recomputed.peak ?? '—'} kN`);
    add('break', breakIndex, '破坏');
    for (const { name, value, unit, at_s } of derived) add(name, this.#nearest(at_s), `${name} ${value} ${unit}`);
    let more = 0;
    let left = MOST_MARKS;
    for (const [index, sample] of this.samples.entries()) {
      const spike = this.isSpike(index);
      if (!sample.gapBefore && !spike) continue;
      if ((left -= 1) < 0) more += 1;
      else if (spike) add('spike', index, `毛刺 ${sample.text} kN，不计入峰值`);
      else if (index > 0) add('gap', index, `缺数据 ${(this.timeOf(index) - this.timeOf(index - 1)).toFixed(3)} s`);
    }
    return { marks: marks.sort((a, b) => a.index - b.index), more };
  }

  /** The sample, and the bytes before, with and after it. */
  piecesOf(index: number): FramePiece[] {
    const texts = (each: number): string | undefined => this.samples[each]?.text;
    return frameOf(this.file, { arrivals: this.#decoder.arrivals, texts }, index);
  }

  #nearest(at_s: string): number {
    const wanted = Number(at_s);
    let best = 0;
    for (let index = 1; index < this.samples.length; index += 1) {
      if (Math.abs(this.timeOf(index) - wanted) < Math.abs(this.timeOf(best) - wanted)) best = index;
    }
    return best;
  }
}

function judge(file: RunFile, expectedDigest: string | undefined, found: readonly RunDifference[]): RunJudgement {
  const fault = bytesFault(file, expectedDigest);
  const versions = otherVersion(file);
  const faults = [
    ...(fault === null ? [] : [fault.message]),
    ...(versions === null ? found.map((each) => describeDifference(each)) : []),
  ];
  if (faults.length > 0) return { state: 'different', faults };
  if (file.seal === null) return { state: 'unsealed', faults };
  if (versions === null) return { state: 'same', faults };
  return {
    state: 'otherVersion',
    faults: found.length === 0 ? [] : [`封存时 ${versions.sealed}，本程序 ${versions.program}。`],
  };
}
