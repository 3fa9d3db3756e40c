// One instrument connection that stays alive: opens, reads, reopens with back-off after a loss, says in Chinese
// what is wrong, and hands every chunk first to the run that records and only then to its own live decoder.
import { AppError } from '../../../shared/errors/appError.ts';
import { slope } from '../detectors/loading.ts';
import { commandBytes } from '../drivers/driver.ts';
import type { BoundDriver, Driver, DriverEvent } from '../drivers/driver.ts';
import { findDriver } from '../drivers/index.ts';
import type { ArmRun, ChannelState, EventMessage, OpenChannel, PortEventName, PortEvents } from '../protocol.ts';
import { SampleDecoder } from '../run/sample-decoder.ts';
import { TIME_SCALE, LOAD_SCALE } from '../run/sample.ts';
import type { Sample } from '../run/sample.ts';
import type { RunEnding, RunSummary } from '../run/run-types.ts';
import { RunRecorder } from './run-recorder.ts';
import type { SeenChunk } from './run-recorder.ts';
import { makeTransport } from './transport.ts';
import type { Transport } from './transport.ts';

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5000;
const SILENT_AFTER_NS = 3_000_000_000n;
const HISTORY_NS = 2_000_000_000n;
const RATE_WINDOW_US = 2 * TIME_SCALE;
const LIVE_EVERY_MS = 100;
const ERRORS_PER_LIVE = 2;

export type Emit = (message: EventMessage) => void;

export class Channel {
  readonly config: OpenChannel;
  readonly #driver: Driver;
  readonly #bound: BoundDriver;
  readonly #emit: Emit;
  #transport: Transport | null = null;
  #decoder: SampleDecoder | null = null;
  #state: ChannelState = 'closed';
  #reason: string | undefined;
  #retryMs = FIRST_RETRY_MS;
  #retryTimer: NodeJS.Timeout | null = null;
  #closed = false;
  #recorder: RunRecorder | null = null;
  #arming = false;
  #dueRate: ArmRun['dueRate'];
  #batch: Sample[] = [];
  #recent: Sample[] = [];
  #history: SeenChunk[] = [];
  #lastByteNs = 0n;
  #lastSampleNs = 0n;
  #liveDue = 0;
  #errorsLeft = ERRORS_PER_LIVE;

  /** Throws AppError when the driver or its profile does not fit. */
  constructor(config: OpenChannel, emit: Emit) {
    this.config = config;
    this.#emit = emit;
    this.#driver = findDriver(config.driver.id);
    this.#bound = this.#driver.bind(config.driver.profile);
  }

  /** Only a force machine's load in kN makes a run; a balance that streams gives readings. */
  get #recordsRuns(): boolean {
    return this.#bound.runs;
  }

  get status(): { state: ChannelState; reason?: string } {
    return { state: this.#state, ...(this.#reason === undefined ? {} : { reason: this.#reason }) };
  }

  /** One attempt now; further ones follow by themselves until close(). */
  async open(): Promise<void> {
    if (this.#closed) return;
    const transport = makeTransport(this.config.path, this.config.line);
    this.#transport = transport;
    this.#decoder = new SampleDecoder(this.#bound, {
      joinStream: this.#bound.streams || this.#bound.tailLooksWhole === true,
    });
    this.#history = [];
    this.#recent = [];
    try {
      await transport.open({
        data: (bytes) => this.#take(transport, bytes),
        lost: (message) => this.#lost(transport, message),
      });
    } catch (error) {
      if (this.#transport === transport) this.#retry((error as Error).message);
      return;
    }
    if (this.#closed) return transport.close();
    this.#retryMs = FIRST_RETRY_MS;
    this.#lastByteNs = this.#lastSampleNs = process.hrtime.bigint();
    this.#setState('open');
  }

  async close(ending: RunEnding): Promise<void> {
    this.#closed = true;
    if (this.#retryTimer) clearTimeout(this.#retryTimer);
    await this.end(ending);
    const transport = this.#transport;
    this.#transport = null;
    await transport?.close();
    this.#setState('closed', ending.reason);
  }

  async arm(request: ArmRun, runsFolder: string): Promise<{ file: string }> {
    if (this.#state !== 'open' && this.#state !== 'silent') {
      throw new AppError({
        code: 'instrument.not-open',
        message: `仪器没有连接好：${this.#reason ?? '端口未打开'}`,
        meaning: '现在不能开始试验。',
        next: '接好仪器，等状态显示已连接后重试。',
      });
    }
    if (this.#recorder || this.#arming) {
      throw new AppError({
        code: 'instrument.run-active',
        message: '这台仪器上已有一次试验在等待或进行。',
        meaning: '同一台仪器一次只能做一个试件。',
        next: '先完成或取消当前试验。',
      });
    }
    if (!this.#recordsRuns) {
      throw new AppError({ code: 'instrument.no-stream', message: '这台仪器不连续发送力值，不能记录加载过程。' });
    }
    this.#arming = true;
    try {
      const recorder = await RunRecorder.arm(
        request,
        { path: this.config.path, driver: this.#bound, profile: this.config.driver.profile },
        runsFolder,
        {
          phase: (phase, at_us) => {
            const at_s = at_us === null ? null : this.#toChannelTime(recorder, at_us) / TIME_SCALE;
            this.#send('phase', { channelId: this.config.channelId, runId: request.runId, phase, at_s });
          },
          sealed: (summary) => this.#sealed(summary),
        },
      );
      this.#dueRate = request.dueRate;
      this.#recorder = recorder;
      recorder.preload(this.#history);
      return { file: recorder.file };
    } finally {
      this.#arming = false;
    }
  }

  /** Ends whatever run there is; null when none had recorded anything. */
  async end(ending: RunEnding): Promise<RunSummary | null> {
    const recorder = this.#recorder;
    if (!recorder) return null;
    const summary = await recorder.end(ending);
    if (this.#recorder === recorder) this.#recorder = null;
    return summary;
  }

  async send(command: string): Promise<void> {
    const bytes = this.#bound.commands?.[command] ?? this.#driver.commands[command];
    if (bytes === undefined) {
      throw new AppError({ code: 'instrument.command-unknown', message: `这台仪器没有“${command}”命令。` });
    }
    if (!this.#transport) throw new AppError({ code: 'instrument.not-open', message: '仪器没有连接好。' });
    await this.#transport.write(commandBytes(bytes));
  }

  /** 25 times a second: batches to the parent, watchdogs. `late` after a stall of this process itself, when
   *  bytes wait in the kernel and silence proves nothing. */
  tick(nowNs: bigint, late: boolean): void {
    this.#flush();
    if (!late) {
      this.#recorder?.tick(nowNs);
      this.#watchSilence(nowNs);
    }
    this.#liveDue -= 40;
    if (this.#liveDue <= 0 && this.#state === 'open') {
      this.#liveDue = LIVE_EVERY_MS;
      this.#errorsLeft = ERRORS_PER_LIVE;
      this.#sendLive();
    }
  }

  #take(transport: Transport, bytes: Uint8Array): void {
    if (transport !== this.#transport || !this.#decoder) return;
    const monoNs = process.hrtime.bigint();
    this.#lastByteNs = monoNs;
    this.#recorder?.take(bytes, monoNs);
    const { samples, values, events } = this.#decoder.feed(bytes, monoNs);
    for (const event of events) this.#sendReading(event);
    if (!this.#recordsRuns) for (const value of values) this.#sendReading(value);
    if (samples.length > 0) {
      this.#lastSampleNs = monoNs;
      if (this.#state === 'silent') this.#setState('open');
    }
    if (this.#recordsRuns) this.#follow({ bytes, monoNs, samples });
  }

  #follow(chunk: SeenChunk): void {
    // Kept even without a whole sample in it: the next chunk may hold the other half of its line.
    this.#keepHistory(chunk);
    if (chunk.samples.length === 0) return;
    for (const sample of chunk.samples) {
      this.#batch.push(sample);
      this.#recent.push(sample);
    }
    this.#trimRecent();
    this.#recorder?.watch(chunk.samples);
  }

  #lost(transport: Transport, message: string): void {
    if (transport !== this.#transport || this.#closed) return;
    this.#flush();
    this.#recorder?.portLost('试验过程中与仪器的连接断开。');
    void transport.close();
    // The system's words differ by platform and mean one thing; they belong in the log.
    this.#send('log', { level: 'warn', message: `${this.config.path}: ${message}` });
    this.#transport = null;
    this.#setState('reconnecting', '与仪器的连接断开，请检查数据线和仪器电源，接好后会自动重连。');
    this.#scheduleRetry();
  }

  #retry(message: string): void {
    this.#transport = null;
    if (this.#closed) return;
    const { path } = this.config;
    const denied = /denied|EACCES|EPERM|Cannot lock|EBUSY|busy/i.test(message);
    const absent = /No such file|ENOENT|File not found|cannot find/i.test(message);
    if (denied) {
      this.#setState('denied', `端口 ${path} 被其他程序占用或没有权限（${message}）。请关闭占用它的程序。`);
    } else if (absent) {
      this.#setState('reconnecting', `找不到端口 ${path}，请检查数据线和仪器电源，接好后会自动重连。`);
    } else this.#setState('reconnecting', `打不开端口 ${path}（${message}），正在自动重试。`);
    this.#scheduleRetry();
  }

  #scheduleRetry(): void {
    this.#retryTimer = setTimeout(() => void this.open(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS);
  }

  #watchSilence(nowNs: bigint): void {
    if (this.#state !== 'open' || !this.#bound.streams || nowNs - this.#lastSampleNs < SILENT_AFTER_NS) return;
    const talking = nowNs - this.#lastByteNs < SILENT_AFTER_NS;
    this.#setState(
      'silent',
      talking
        ? '收到数据但认不出任何读数：可能接错了端口，或波特率、校验位、行协议配置与仪器不符。'
        : '端口已打开，但仪器没有发送数据：请检查仪器电源和它的通信输出设置。',
    );
  }

  #sealed(summary: RunSummary): void {
    this.#flush();
    this.#recorder = null;
    this.#send('sealed', { channelId: this.config.channelId, summary });
  }

  #flush(): void {
    const batch = this.#batch;
    if (batch.length === 0) return;
    this.#batch = [];
    this.#send('samples', {
      channelId: this.config.channelId,
      runId: this.#recorder?.recording ? this.#recorder.runId : null,
      time_s: Float64Array.from(batch, (sample) => sample.t_us / TIME_SCALE),
      load_kN: Float64Array.from(batch, (sample) => sample.load / LOAD_SCALE),
      displacement_mm: Float64Array.from(batch, (sample) => sample.displacement),
    });
  }

  #sendLive(): void {
    const rate = slope(this.#recent);
    this.#send('live', {
      channelId: this.config.channelId,
      runId: this.#recorder?.runId ?? null,
      phase: this.#recorder?.phase ?? 'idle',
      load: this.#recent[this.#recent.length - 1]?.text ?? null,
      peak: this.#recorder?.decoder?.detector.peakText ?? null,
      rate_kN_per_s: rate,
      rateState: this.#recorder?.phase === 'loading' ? this.#rateState(rate) : null,
      rejectedBytes: this.#decoder?.rejectedBytes ?? 0,
    });
  }

  #rateState(rate: string | null): 'slow' | 'within' | 'fast' | null {
    if (rate === null || !this.#dueRate) return null;
    if (Number(rate) < Number(this.#dueRate.min)) return 'slow';
    return Number(rate) > Number(this.#dueRate.max) ? 'fast' : 'within';
  }

  /** Noise on a line makes thousands of errors a second; the parent needs a few to say what is wrong. */
  #sendReading(event: DriverEvent): void {
    if (event.kind === 'error') {
      if (this.#errorsLeft <= 0) return;
      this.#errorsLeft -= 1;
    }
    this.#send('reading', { channelId: this.config.channelId, event });
  }

  #keepHistory(chunk: SeenChunk): void {
    this.#history.push(chunk);
    const oldest = chunk.monoNs - HISTORY_NS;
    if ((this.#history[0] as SeenChunk).monoNs >= oldest - HISTORY_NS) return;
    this.#history = this.#history.filter((each) => each.monoNs >= oldest);
  }

  #trimRecent(): void {
    const last = this.#recent[this.#recent.length - 1] as Sample;
    let from = 0;
    while (from < this.#recent.length - 1) {
      const age = last.t_us - (this.#recent[from] as Sample).t_us;
      if (age >= 0 && age <= RATE_WINDOW_US) break;
      from += 1;
    }
    if (from > 0) this.#recent = this.#recent.slice(from);
  }

  /** The run's own time base begins later than the channel's where arrival stamps are used. */
  #toChannelTime(recorder: RunRecorder, run_us: number): number {
    const runLast = recorder.decoder?.detector.samples.at(-1)?.t_us ?? run_us;
    const channelLast = this.#recent.at(-1)?.t_us ?? runLast;
    return recorder.decoder?.timeSource === 'device' ? run_us : channelLast - (runLast - run_us);
  }

  #setState(state: ChannelState, reason?: string): void {
    if (state === this.#state && reason === this.#reason) return;
    this.#state = state;
    this.#reason = reason;
    this.#send('state', { channelId: this.config.channelId, ...this.status });
  }

  #send<Name extends PortEventName>(name: Name, event: PortEvents[Name]): void {
    this.#emit({ kind: 'event', name, event } as EventMessage);
  }
}
