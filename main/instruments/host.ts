// Core's side of the instruments: starts the port process, keeps it alive, and knows what should be open. When the
// port process dies the host says so, adopts the interrupted run from its file, starts a new process and reopens
// every channel; nothing of the old connection is carried over.
import { join, resolve } from 'node:path';
import { AppError } from '../../shared/errors/appError.ts';
import { listDrivers } from './drivers/index.ts';
import type { DriverInfo } from './drivers/driver.ts';
import type {
  ArmRun,
  ChannelState,
  EventMessage,
  FromPortProcess,
  OpenChannel,
  PortEventName,
  PortEvents,
  PortInfo,
  PortOp,
  PortRequests,
  RequestMessage,
} from './protocol.ts';
import { recomputeRun } from './run/run-file.ts';
import { runFileName } from './run/run-summary.ts';
import type { RunSummary } from './run/run-types.ts';
import { forkPortProcess } from './spawn.ts';
import type { PortProcess, SpawnPortProcess } from './spawn.ts';

const REQUEST_LIMIT_MS = 20_000;
const PING_EVERY_MS = 3000;
const PING_LIMIT_MS = 15_000;
const RESTART_MS = 250;
const RESTART_LONGEST_MS = 5000;

export interface InstrumentHostOptions {
  spawn?: SpawnPortProcess;
  runsFolder: string;
  log?: (level: 'info' | 'warn' | 'error', message: string) => void;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

export class InstrumentHost {
  readonly #spawn: SpawnPortProcess;
  readonly #runsFolder: string;
  readonly #log: NonNullable<InstrumentHostOptions['log']>;
  readonly #handlers = new Map<PortEventName, Set<(event: never) => void>>();
  readonly #channels = new Map<string, OpenChannel>();
  readonly #states = new Map<string, { state: ChannelState; reason?: string }>();
  /** runId by channel, from arming to the seal. */
  readonly #runs = new Map<string, string>();
  readonly #waiting = new Map<number, Waiting>();
  #process: PortProcess | null = null;
  #starting: Promise<void> | null = null;
  #nextId = 1;
  #stopping = false;
  #restartMs = RESTART_MS;
  #ping: NodeJS.Timeout | null = null;

  constructor(options: InstrumentHostOptions) {
    this.#spawn = options.spawn ?? forkPortProcess;
    this.#runsFolder = resolve(options.runsFolder);
    this.#log = options.log ?? (() => undefined);
  }

  /** Returns the function that unsubscribes. */
  on<Name extends PortEventName>(name: Name, handler: (event: PortEvents[Name]) => void): () => void {
    const set = this.#handlers.get(name) ?? new Set();
    this.#handlers.set(name, set);
    set.add(handler);
    return () => void set.delete(handler);
  }

  /** Pid of the port process while it runs. */
  get portProcessPid(): number | undefined {
    return this.#process?.pid;
  }

  get runsFolder(): string {
    return this.#runsFolder;
  }

  listDrivers(): DriverInfo[] {
    return listDrivers();
  }

  listPorts(): Promise<PortInfo[]> {
    return this.#request('listPorts', null);
  }

  channelState(channelId: string): { state: ChannelState; reason?: string } {
    return this.#states.get(channelId) ?? { state: 'closed' };
  }

  /** Resolves after the first attempt; a port that is absent or busy is tried again until closeChannel(). */
  async openChannel(channel: OpenChannel): Promise<{ state: ChannelState; reason?: string }> {
    const result = await this.#request('openChannel', channel);
    this.#channels.set(channel.channelId, channel);
    this.#states.set(channel.channelId, result);
    return result;
  }

  async closeChannel(channelId: string): Promise<void> {
    this.#channels.delete(channelId);
    await this.#request('closeChannel', { channelId });
  }

  /** The run begins by itself when load comes on; ends with a `sealed` event. */
  async arm(run: ArmRun): Promise<{ file: string }> {
    this.#runs.set(run.channelId, this.#runs.get(run.channelId) ?? run.runId);
    try {
      const result = await this.#request('arm', run);
      this.#runs.set(run.channelId, run.runId);
      return result;
    } catch (error) {
      if (this.#runs.get(run.channelId) === run.runId) this.#runs.delete(run.channelId);
      throw error;
    }
  }

  /** Takes an armed run back; one that already records is sealed as invalid with the reason. */
  async disarm(channelId: string, reason: string): Promise<RunSummary | null> {
    const { sealed } = await this.#request('disarm', { channelId, reason });
    this.#runs.delete(channelId);
    return sealed;
  }

  async stopRun(channelId: string, reason: string): Promise<RunSummary | null> {
    const { sealed } = await this.#request('stopRun', { channelId, reason });
    this.#runs.delete(channelId);
    return sealed;
  }

  /** Sends one of the driver's named commands (a balance: `read`, `tare` …); answers come as `reading` events. */
  async send(channelId: string, command: string): Promise<void> {
    await this.#request('send', { channelId, command });
  }

  /** Seals what runs, closes the ports and ends the port process. */
  async shutdown(): Promise<void> {
    if (this.#stopping) return;
    const process = this.#process;
    if (process) {
      const gone = new Promise<void>((done) => process.onExit(() => done()));
      await this.#request('shutdown', null).catch(() => process.kill());
      this.#stopping = true;
      const timer = setTimeout(() => process.kill(), 3000);
      await gone;
      clearTimeout(timer);
    }
    this.#stopping = true;
    this.#stopPing();
  }

  async #request<Op extends PortOp>(op: Op, args: PortRequests[Op]['args']): Promise<PortRequests[Op]['result']> {
    await this.#ensureProcess();
    return this.#ask(op, args);
  }

  #ask<Op extends PortOp>(
    op: Op,
    args: PortRequests[Op]['args'],
    limitMs = REQUEST_LIMIT_MS,
  ): Promise<PortRequests[Op]['result']> {
    const process = this.#process;
    if (!process) return Promise.reject(goneError());
    if (op === 'shutdown') this.#stopping = true;
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new AppError({ code: 'instrument.timeout', message: '采集进程没有及时应答。', next: '稍候重试。' }));
      }, limitMs);
      this.#waiting.set(id, { resolve, reject, timer });
      process.send({ kind: 'request', id, op, args } as RequestMessage);
    });
  }

  #ensureProcess(): Promise<void> {
    if (this.#stopping) return Promise.reject(goneError());
    if (this.#process && !this.#starting) return Promise.resolve();
    this.#starting ??= this.#start().finally(() => {
      this.#starting = null;
    });
    return this.#starting;
  }

  async #start(): Promise<void> {
    const process = this.#spawn();
    this.#process = process;
    process.onMessage((message) => this.#receive(process, message));
    process.onExit((how) => this.#exited(process, how));
    const { pid } = await this.#ask('configure', { runsFolder: this.#runsFolder });
    this.#log('info', `采集进程已启动（进程号 ${pid}）`);
    this.#startPing(process);
  }

  #receive(process: PortProcess, message: FromPortProcess): void {
    if (process !== this.#process) return;
    if (message.kind === 'event') return this.#dispatch(message);
    const waiting = this.#waiting.get(message.id);
    if (!waiting) return;
    this.#waiting.delete(message.id);
    clearTimeout(waiting.timer);
    if (message.ok) waiting.resolve(message.result);
    else waiting.reject(new AppError(message.error));
  }

  #dispatch(message: EventMessage): void {
    if (message.name === 'state') {
      const { channelId, ...state } = message.event;
      this.#states.set(channelId, state);
    } else if (message.name === 'sealed') {
      if (this.#runs.get(message.event.channelId) === message.event.summary.runId)
        this.#runs.delete(message.event.channelId);
    } else if (message.name === 'log') this.#log(message.event.level, message.event.message);
    this.#emit(message.name, message.event);
  }

  #emit<Name extends PortEventName>(name: Name, event: PortEvents[Name]): void {
    for (const handler of this.#handlers.get(name) ?? []) {
      try {
        (handler as (event: PortEvents[Name]) => void)(event);
      } catch (error) {
        // One listener's fault must not cost the others their data.
        this.#log('error', `处理仪器事件 ${name} 时出错：${String(error)}`);
      }
    }
  }

  #exited(process: PortProcess, how: string): void {
    if (process !== this.#process) return;
    this.#process = null;
    this.#stopPing();
    for (const waiting of this.#waiting.values()) {
      clearTimeout(waiting.timer);
      waiting.reject(goneError());
    }
    this.#waiting.clear();
    if (this.#stopping) return;
    this.#log('error', `采集进程意外退出（${how}），正在重新启动`);
    for (const channelId of this.#channels.keys()) {
      const event = {
        channelId,
        state: 'reconnecting' as const,
        reason: '采集进程意外退出，正在重新启动并重新连接仪器。',
      };
      this.#states.set(channelId, event);
      this.#emit('state', event);
    }
    const interrupted = [...this.#runs];
    this.#runs.clear();
    void this.#adopt(interrupted).finally(() => this.#restart());
  }

  /** Runs whose process died: what reached the disk is read back and reported like any other end of a run. */
  async #adopt(runs: [channelId: string, runId: string][]): Promise<void> {
    for (const [channelId, runId] of runs) {
      try {
        const summary = await recomputeRun(join(this.#runsFolder, runFileName(runId)));
        this.#emit('sealed', { channelId, summary });
      } catch (error) {
        this.#log('error', `读不出中断的试验文件 ${runId}：${String(error)}`);
      }
    }
  }

  #restart(): void {
    if (this.#stopping) return;
    setTimeout(() => void this.#reopenAll(), this.#restartMs);
    this.#restartMs = Math.min(this.#restartMs * 2, RESTART_LONGEST_MS);
  }

  async #reopenAll(): Promise<void> {
    try {
      await this.#ensureProcess();
      for (const channel of this.#channels.values()) {
        const { channelId } = channel;
        const state = await this.#ask('openChannel', channel);
        this.#states.set(channelId, state);
      }
      this.#restartMs = RESTART_MS;
    } catch (error) {
      // An exit during the restart comes back through #exited and tries again, slower.
      this.#log('warn', `重新连接仪器未成功：${String(error)}`);
    }
  }

  #startPing(process: PortProcess): void {
    this.#stopPing();
    this.#ping = setInterval(() => {
      this.#ask('ping', null, PING_LIMIT_MS).catch(() => {
        if (process !== this.#process || this.#stopping) return;
        this.#log('error', '采集进程没有应答，强制结束后重新启动');
        process.kill();
      });
    }, PING_EVERY_MS);
    this.#ping.unref();
  }

  #stopPing(): void {
    if (this.#ping) clearInterval(this.#ping);
    this.#ping = null;
  }
}

function goneError(): AppError {
  return new AppError({
    code: 'instrument.process-gone',
    message: '采集进程没有运行。',
    meaning: '仪器暂时连接不上。',
    next: '程序会自动重新启动采集进程，请稍候重试。',
  });
}
