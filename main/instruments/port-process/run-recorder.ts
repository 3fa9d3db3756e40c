// One run on one channel, from arming to the seal. Bytes go to the raw log before anything interprets them; what
// is derived comes from the same decoder that later recomputes it from the file.
import { join } from 'node:path';
import { AppError } from '../../../shared/errors/appError.ts';
import { detectorParams, makeDetector, stampOf } from '../detectors/index.ts';
import type { LoadingParams } from '../detectors/loading.ts';
import type { BoundDriver } from '../drivers/driver.ts';
import type { ArmRun, RunPhase } from '../protocol.ts';
import { takeAnchor, wallAt } from '../run/clock.ts';
import type { ClockAnchor } from '../run/clock.ts';
import { RawLog } from '../run/raw-log.ts';
import type { Stamp } from '../run/raw-log.ts';
import { RunDecoder } from '../run/run-decoder.ts';
import { runFileName, summarise } from '../run/run-summary.ts';
import type { RunEnding, RunFileEvent, RunHeader, RunSummary } from '../run/run-types.ts';
import type { Sample } from '../run/sample.ts';
import { StartMonitor } from './start-monitor.ts';

const LONGEST_RUN_NS = 30n * 60n * 1_000_000_000n;

export interface RecorderEvents {
  /** `sample_us` is on the run's time base, null when no sample marks the change. */
  phase(phase: RunPhase, sample_us: number | null): void;
  sealed(summary: RunSummary): void;
}

interface Chunk {
  bytes: Uint8Array;
  monoNs: bigint;
}

/** A chunk of the channel's last seconds with what the channel made of it. */
export interface SeenChunk extends Chunk {
  samples: readonly Sample[];
}

export class RunRecorder {
  readonly runId: string;
  readonly file: string;
  readonly #params: LoadingParams;
  readonly #header: RunHeader;
  readonly #driver: BoundDriver;
  readonly #anchor: ClockAnchor;
  readonly #log: RawLog;
  readonly #events: RecorderEvents;
  readonly #monitor: StartMonitor;
  #ring: Chunk[] = [];
  #decoder: RunDecoder | null = null;
  #phase: RunPhase = 'waiting-zero';
  #lastSampleNs = 0n;
  #startedNs = 0n;
  #ended: Promise<RunSummary | null> | null = null;

  private constructor(parts: {
    header: RunHeader;
    params: LoadingParams;
    driver: BoundDriver;
    anchor: ClockAnchor;
    log: RawLog;
    events: RecorderEvents;
  }) {
    this.runId = parts.header.runId;
    this.file = runFileName(this.runId);
    this.#params = parts.params;
    this.#header = parts.header;
    this.#driver = parts.driver;
    this.#anchor = parts.anchor;
    this.#log = parts.log;
    this.#events = parts.events;
    this.#monitor = new StartMonitor(parts.params);
  }

  /** Puts the file with its header on disk; a run that cannot be recorded is refused before loading. */
  static async arm(
    request: ArmRun,
    channel: { path: string; driver: BoundDriver; profile: unknown },
    runsFolder: string,
    events: RecorderEvents,
  ): Promise<RunRecorder> {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(request.runId)) {
      throw new AppError({ code: 'instrument.run-id', message: `试验编号“${request.runId}”不能用作文件名。` });
    }
    const params = detectorParams(request.detector);
    const anchor = takeAnchor();
    const header: RunHeader = {
      format: 'jiantai-run',
      formatVersion: 1,
      runId: request.runId,
      context: request.context,
      channelId: request.channelId,
      path: channel.path,
      driver: { id: channel.driver.id, version: channel.driver.version },
      profile: channel.profile ?? null,
      detector: stampOf(request.detector),
      previousDigest: request.previousDigest,
      anchor: { wallMs: anchor.wallMs, monoNs: anchor.monoNs.toString() },
    };
    let recorder: RunRecorder | null = null;
    const log = await RawLog.create(
      join(runsFolder, runFileName(request.runId)),
      header,
      (error) => void recorder?.end({ cause: 'disk', reason: `原始数据写盘失败（${error.message}），本次试验作废。` }),
    ).catch((cause: unknown) => {
      throw armFailure(request.runId, cause);
    });
    recorder = new RunRecorder({ header, params, driver: channel.driver, anchor, log, events });
    return recorder;
  }

  get phase(): RunPhase {
    return this.#phase;
  }

  /** True once bytes of this run are in the log. */
  get recording(): boolean {
    return this.#decoder !== null && this.#ended === null;
  }

  get decoder(): RunDecoder | null {
    return this.#decoder;
  }

  /** The seconds before arming: a zero shown there counts, so that specimens may follow each other quickly. A load
   *  that is on at this moment does not: it began before anybody said whose it is. */
  preload(history: readonly SeenChunk[]): void {
    for (const chunk of history) {
      this.#remember(chunk);
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
    if (loaded) this.#ring = [];
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
    const silentFor_s = Number(nowNs - this.#lastSampleNs) / 1e9;
    if (this.#phase === 'broken') {
      // The break is known; a machine that stops sending after it has only cut the tail.
      if (silentFor_s > Math.max(Number(this.#params.tail_s), 3)) void this.end({ cause: 'complete' });
    } else if (silentFor_s > Number(this.#params.silence_s)) {
      const reason = `加载中超过 ${this.#params.silence_s} s 没有收到有效数据，本次试验作废，已收到的字节全部保留。`;
      void this.end({ cause: 'silence', reason });
    } else if (nowNs - this.#startedNs > LONGEST_RUN_NS) void this.end({ cause: 'too-long' });
  }

  /** Ends the run once; later calls get the same result. Null when nothing had been recorded. */
  end(ending: RunEnding): Promise<RunSummary | null> {
    this.#ended ??= this.#finish(ending);
    return this.#ended;
  }

  #forget(): void {
    this.#monitor.reset();
    this.#ring = [];
  }

  #remember(chunk: Chunk): void {
    this.#ring.push(chunk);
    if (this.#monitor.pendingStart) return;
    const oldest = chunk.monoNs - BigInt(Math.round(Number(this.#params.prehistory_s) * 1e9));
    let keepFrom = 0;
    while (keepFrom < this.#ring.length - 1 && (this.#ring[keepFrom] as Chunk).monoNs < oldest) keepFrom += 1;
    if (keepFrom > 64) this.#ring = this.#ring.slice(keepFrom);
  }

  #begin(): void {
    const measured = { sigma_kN: this.#monitor.sigma_kN, zero_kN: this.#monitor.zero_kN };
    const ring = this.#ring;
    this.#ring = [];
    const first = ring[0] as Chunk;
    this.#startedNs = (ring[ring.length - 1] as Chunk).monoNs;
    this.#log.appendEvent({ event: 'start', ...measured } satisfies RunFileEvent, this.#stamp(first.monoNs));
    const detector = makeDetector(this.#header.detector.id, { ...this.#params, ...measured });
    this.#decoder = new RunDecoder(this.#driver, detector);
    for (const chunk of ring) this.#record(chunk);
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
    if (detector.phase === 'done' || detector.fault !== null) void this.end({ cause: 'complete' });
  }

  async #finish(ending: RunEnding): Promise<RunSummary | null> {
    if (!this.#decoder) {
      await this.#log.discardEmpty();
      return null;
    }
    const stamp = this.#stamp(process.hrtime.bigint());
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

function armFailure(runId: string, cause: unknown): AppError {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'EEXIST') {
    return new AppError(
      {
        code: 'instrument.run-exists',
        message: `试验编号 ${runId} 的数据文件已经存在。`,
        meaning: '原始数据不允许覆盖，本次试验没有开始。',
        next: '用新的试验编号重新开始。',
      },
      { cause },
    );
  }
  return new AppError(
    {
      code: 'instrument.run-file',
      message: `不能建立试验数据文件（${code ?? String(cause)}）。`,
      meaning: '原始数据存不下来就不能开始加载，本次试验没有开始。',
      next: '检查磁盘空间和数据文件夹的写入权限后重试。',
    },
    { cause },
  );
}
