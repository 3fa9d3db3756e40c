// One run on one channel, from arming to the seal. Bytes go to the raw log before anything interprets them; what
// is derived comes from the same decoder that later recomputes it from the file.
import { detectorParams, makeDetector } from '../detectors/index.ts';
import type { LoadingParams } from '../detectors/loading.ts';
import type { BoundDriver } from '../drivers/driver.ts';
import type { ArmRun, RunPhase } from '../protocol.ts';
import { READINGS_ID } from '../detectors/readings.ts';
import { systemClocks, takeAnchor, wallAt } from '../run/clock.ts';
import type { ClockAnchor, Clocks } from '../run/clock.ts';
import type { RawLog, Stamp } from '../run/raw-log.ts';
import { RunDecoder } from '../run/run-decoder.ts';
import { runFileName, summarise } from '../run/run-summary.ts';
import type { ClockEvent, RunEnding, RunFileEvent, RunHeader, RunSummary, TimeSync } from '../run/run-types.ts';
import type { Sample } from '../run/sample.ts';
import { Prehistory } from './prehistory.ts';
import type { Chunk, Mark } from './prehistory.ts';
import { makeRunFile } from './run-file-of.ts';
import type { RecordedChannel } from './run-file-of.ts';
import { StartMonitor } from './start-monitor.ts';
import { timeSync } from './time-sync.ts';

const LONGEST_RUN_NS = 30n * 60n * 1_000_000_000n;
const CLOCK_EVERY_NS = 60n * 1_000_000_000n;
/** A machine that is asked may miss this many answers before its silence ends a run. */
const POLLS_OF_SILENCE = 3;

export interface RecorderEvents {
  /** `sample_us` is on the run's time base, null when no sample marks the change. */
  phase(phase: RunPhase, sample_us: number | null): void;
  sealed(summary: RunSummary): void;
}

/** A chunk of the channel's last seconds with what the channel made of it. */
export interface SeenChunk extends Chunk {
  samples: readonly Sample[];
}

/** What a test may replace. */
export interface RecorderSurroundings {
  clocks: Clocks;
  timeSync(): TimeSync;
}

const usualSurroundings: RecorderSurroundings = { clocks: systemClocks, timeSync };

export class RunRecorder {
  readonly runId: string;
  readonly file: string;
  readonly #params: LoadingParams;
  readonly #header: RunHeader;
  readonly #driver: BoundDriver;
  readonly #identity: string | null;
  readonly #surroundings: RecorderSurroundings;
  #anchor: ClockAnchor;
  readonly #log: RawLog;
  readonly #events: RecorderEvents;
  readonly #monitor: StartMonitor;
  readonly #prehistory: Prehistory;
  #decoder: RunDecoder | null = null;
  #phase: RunPhase = 'waiting-zero';
  #lastSampleNs = 0n;
  #startedNs = 0n;
  #clockDueNs = 0n;
  /** The controller is still asked for its own figures. */
  #held: Promise<unknown> | null = null;
  #completing = false;
  #ended: Promise<RunSummary | null> | null = null;

  private constructor(parts: {
    header: RunHeader;
    params: LoadingParams;
    channel: RecordedChannel;
    anchor: ClockAnchor;
    log: RawLog;
    events: RecorderEvents;
    surroundings: RecorderSurroundings;
  }) {
    this.runId = parts.header.runId;
    this.file = runFileName(this.runId);
    this.#params = parts.params;
    this.#header = parts.header;
    this.#driver = parts.channel.driver;
    this.#identity = parts.channel.identity ?? null;
    this.#surroundings = parts.surroundings;
    this.#anchor = parts.anchor;
    this.#log = parts.log;
    this.#events = parts.events;
    this.#monitor = new StartMonitor(parts.params);
    this.#prehistory = new Prehistory(this.#driver, Number(parts.params.prehistory_s));
  }

  /** Puts the file with its header on disk; a run that cannot be recorded is refused before loading. */
  static async arm(
    request: ArmRun,
    channel: RecordedChannel,
    runsFolder: string,
    events: RecorderEvents,
    surroundings: RecorderSurroundings = usualSurroundings,
  ): Promise<RunRecorder> {
    const params = detectorParams(request.detector);
    const anchor = takeAnchor(surroundings.clocks);
    let recorder: RunRecorder | null = null;
    const { header, log } = await makeRunFile(request, channel, runsFolder, anchor, (error) => {
      void recorder?.end({ cause: 'disk', reason: `原始数据写盘失败（${error.message}），本次试验作废。` });
    });
    recorder = new RunRecorder({ header, params, channel, anchor, log, events, surroundings });
    // A log of readings waits for no load: it holds every byte from here on.
    if (request.detector.id === READINGS_ID) recorder.#begin();
    return recorder;
  }

  get phase(): RunPhase {
    return this.#phase;
  }

  /** True once bytes of this run are in the log. */
  get recording(): boolean {
    return this.#decoder !== null && this.#ended === null;
  }

  /** Calls back when what was received of this run so far is in its file. */
  whenWritten(done: () => void): void {
    this.#log.whenWritten(done);
  }

  get decoder(): RunDecoder | null {
    return this.#decoder;
  }

  /** The seconds before arming: a zero shown there counts, so that specimens may follow each other quickly. A load
   *  that is on at this moment does not: it began before anybody said whose it is. */
  preload(history: readonly (SeenChunk | Mark)[]): void {
    if (this.#decoder) return;
    for (const chunk of history) {
      this.#remember(chunk);
      if ('mark' in chunk) continue;
      const states = chunk.samples.map((sample) => this.#monitor.push(sample));
      if (states.some((state) => state !== 'idle')) this.#forget();
    }
    if (this.#monitor.pendingStart) this.#forget();
    if (this.#monitor.zeroed) this.#setPhase('armed', null);
  }

  /** A chunk as received. Called before the channel interprets it. */
  take(bytes: Uint8Array, monoNs: bigint): void {
    if (this.#ended) return;
    if (this.#decoder) this.#record({ bytes, monoNs });
    else this.#remember({ bytes, monoNs });
  }

  /** A request goes out, or its time is over. */
  marked(mark: Mark): void {
    if (this.#ended) return;
    if (this.#decoder) this.#write(mark);
    else this.#remember(mark);
  }

  /** Keeps the seal back while the controller is asked for figures of its own. */
  hold(until: Promise<unknown>): void {
    this.#held = until;
  }

  /** What the channel made of the same chunk; only looked at until loading begins. */
  watch(samples: readonly Sample[]): void {
    if (this.#ended || this.#decoder) return;
    let loaded = false;
    for (const sample of samples) {
      const state = this.#monitor.push(sample);
      if (state === 'start') return this.#begin();
      if (state === 'loaded') loaded = true;
    }
    // Bytes from before the zero belong to nobody's specimen: in the file they would look like this one's curve.
    if (loaded) this.#prehistory.forget();
    this.#setPhase(this.#monitor.zeroed ? 'armed' : 'waiting-zero', null);
  }

  /** The connection is gone. An armed run stays armed; a loading one is over. */
  portLost(reason: string): void {
    if (this.#decoder) {
      void this.end({ cause: 'port-lost', reason: `${reason}本次试验作废，已收到的字节全部保留。` });
    } else {
      this.#forget();
      this.#setPhase('waiting-zero', null);
    }
  }

  /** Silence and length limits; `nowNs` comes from a loop that is known to have been running. */
  tick(nowNs: bigint): void {
    if (!this.#decoder || this.#ended) return;
    if (nowNs >= this.#clockDueNs) this.#noteClock('minute');
    // A log ends when somebody ends it; a finished run waits for nothing but the controller's figures.
    if (this.#header.detector.id === READINGS_ID || this.#phase === 'done') return;
    const silentFor_s = Number(nowNs - this.#lastSampleNs) / 1e9;
    if (this.#phase === 'broken') {
      // The break is known; a machine that stops sending after it has only cut the tail.
      if (silentFor_s > Math.max(Number(this.#params.tail_s), 3)) void this.end({ cause: 'complete' });
    } else if (silentFor_s > this.#silence_s) {
      const reason = `加载中超过 ${this.#silence_s} s 没有收到有效数据，本次试验作废，已收到的字节全部保留。`;
      void this.end({ cause: 'silence', reason });
    } else if (nowNs - this.#startedNs > LONGEST_RUN_NS) void this.end({ cause: 'too-long' });
  }

  /** An armed run is given up for a reason that the bench must hear: the same event as a seal, with no sample in it. */
  async abandon(reason: string): Promise<void> {
    if (this.#decoder || this.#ended) return;
    const empty = new RunDecoder(this.#driver, makeDetector(this.#header.detector.id, this.#params));
    const summary = summarise(this.#header, empty, { cause: 'disarmed', reason });
    await this.end({ cause: 'disarmed', reason });
    this.#events.sealed({ ...summary, rawDigest: this.#log.digest });
  }

  /** Ends the run once; later calls get the same result. Null when nothing had been recorded. */
  end(ending: RunEnding): Promise<RunSummary | null> {
    this.#ended ??= this.#finish(ending);
    return this.#ended;
  }

  #forget(): void {
    this.#monitor.reset();
    this.#prehistory.forget();
  }

  get #silence_s(): number {
    return Math.max(Number(this.#params.silence_s), (POLLS_OF_SILENCE * (this.#driver.poll?.everyMs ?? 0)) / 1000);
  }

  #remember(chunk: Chunk | Mark): void {
    this.#prehistory.push(chunk, this.#monitor.pendingStart);
  }

  #begin(): void {
    const measured = { sigma_kN: this.#monitor.sigma_kN, zero_kN: this.#monitor.zero_kN };
    const before = this.#prehistory.take();
    // The wall clock as it stands now; the one of the arming may be hours old, with a sleep of the computer in between.
    this.#anchor = takeAnchor(this.#surroundings.clocks);
    this.#startedNs = this.#lastSampleNs = this.#anchor.monoNs;
    const detector = makeDetector(this.#header.detector.id, { ...this.#params, ...measured });
    this.#decoder = new RunDecoder(this.#driver, detector);
    this.#note({ event: 'start', ...measured }, before[0]?.monoNs ?? this.#anchor.monoNs);
    this.#noteClock('start');
    if (this.#identity !== null) this.#note({ event: 'identity', identity: this.#identity }, this.#anchor.monoNs);
    for (const each of before) this.#write(each);
    if (detector.stamp.id === READINGS_ID) this.#setPhase('loading', null);
  }

  #write(each: Chunk | Mark): void {
    if ('mark' in each) this.#note(each.mark, each.monoNs);
    else this.#record(each);
  }

  /** Into the file first, then to the decoder, as with bytes. */
  #note(event: RunFileEvent, monoNs: bigint): void {
    if (this.#ended) return;
    this.#log.appendEvent(event, this.#stamp(monoNs));
    this.#decoder?.note(event);
  }

  #noteClock(at: ClockEvent['at']): void {
    const { wallMs, monoNs } = at === 'start' ? this.#anchor : takeAnchor(this.#surroundings.clocks);
    this.#clockDueNs = monoNs + CLOCK_EVERY_NS;
    this.#note({ event: 'clock', at, wallMs, monoNs: monoNs.toString(), sync: this.#surroundings.timeSync() }, monoNs);
  }

  #record(chunk: Chunk): void {
    if (!this.#decoder || this.#ended) return;
    this.#log.appendBytes(chunk.bytes, this.#stamp(chunk.monoNs));
    const before = this.#decoder.detector.samples.length;
    this.#decoder.feed(chunk.bytes, chunk.monoNs);
    const { detector } = this.#decoder;
    const last = detector.samples[detector.samples.length - 1];
    if (detector.samples.length > before) this.#lastSampleNs = chunk.monoNs;
    if (detector.phase === 'zero') return;
    const mark = detector.phase === 'loading' ? detector.samples[detector.startIndex] : last;
    this.#setPhase(detector.yielding ? 'yield' : detector.phase, mark?.t_us ?? null);
    // An overload or a frozen indicator ends the run here; more load would teach nothing.
    if (detector.fault !== null) void this.end({ cause: 'complete' });
    else if (detector.phase === 'done') this.#complete();
  }

  #complete(): void {
    if (this.#completing) return;
    this.#completing = true;
    const end = (): void => void this.end({ cause: 'complete' });
    if (this.#held) this.#held.then(end, end);
    else end();
  }

  async #finish(ending: RunEnding): Promise<RunSummary | null> {
    if (!this.#decoder) {
      await this.#log.discardEmpty();
      return null;
    }
    const { monoNs } = takeAnchor(this.#surroundings.clocks);
    const stamp = this.#stamp(monoNs);
    this.#noteClock('stop');
    this.#log.appendEvent({ event: 'end', ending } satisfies RunFileEvent, stamp);
    const sealed = summarise(this.#header, this.#decoder, ending);
    let summary: RunSummary;
    try {
      summary = { ...sealed, rawDigest: await this.#log.seal(sealed, stamp) };
    } catch (error) {
      const reason = `原始数据写盘失败（${(error as Error).message}），本次试验作废。`;
      summary = { ...sealed, validity: 'invalid', reason, rawDigest: this.#log.digest };
    }
    this.#setPhase('done', null);
    this.#events.sealed(summary);
    return summary;
  }

  #setPhase(phase: RunPhase, sample_us: number | null): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#events.phase(phase, sample_us);
  }

  #stamp(monoNs: bigint): Stamp {
    return { monoNs, wallMs: wallAt(this.#anchor, monoNs) };
  }
}
