// Core's side of the instruments: starts the port process, keeps it alive, and knows what should be open. When the
// port process dies the host says so, adopts the interrupted run from its file, starts a new process and reopens
// every channel; nothing of the old connection is carried over.
import { join, resolve } from 'node:path';
import { listDrivers } from './drivers/index.ts';
import type { DriverInfo } from './drivers/driver.ts';
import type { ProbeRequest, ProbeResult, RawViewRequest } from './inspect/types.ts';
import type {
  AddMeter,
  ArmRun,
  ChannelState,
  EventMessage,
  FromPortProcess,
  MeterReading,
  OpenBus,
  OpenChannel,
  PortEventName,
  PortEvents,
  PortInfo,
  PortOp,
  PortRequests,
  SampleColumns,
  SlaveStatistics,
} from './protocol.ts';
import { goneError, PortRequestTable } from './requests.ts';
import { recomputeRun } from './run/run-file.ts';
import { runFileName } from './run/run-summary.ts';
import type { RunSummary } from './run/run-types.ts';
import { forkPortProcess } from './spawn.ts';
import type { PortProcess, SpawnPortProcess } from './spawn.ts';

const REQUEST_LIMIT_MS = 20_000;
/** A probe has a budget of its own, just below the limit of other requests. */
const PROBE_LIMIT_MS = 30_000;
const PING_EVERY_MS = 3000;
const PING_LIMIT_MS = 15_000;
const RESTART_MS = 250;
const RESTART_LONGEST_MS = 5000;

export interface InstrumentHostOptions {
  spawn?: SpawnPortProcess;
  runsFolder: string;
  /** Ports that the system does not list: virtual instruments in training. */
  morePorts?: () => PortInfo[];
  log?: (level: 'info' | 'warn' | 'error', message: string) => void;
}

export class InstrumentHost {
  readonly #spawn: SpawnPortProcess;
  readonly #runsFolder: string;
  readonly #morePorts: () => PortInfo[];
  readonly #log: NonNullable<InstrumentHostOptions['log']>;
  readonly #handlers = new Map<PortEventName, Set<(event: never) => void>>();
  readonly #channels = new Map<string, OpenChannel>();
  readonly #buses = new Map<string, OpenBus>();
  /** Meters by bus and meter. */
  readonly #meters = new Map<string, AddMeter>();
  readonly #states = new Map<string, { state: ChannelState; reason?: string }>();
  /** Who answered on a channel; a restarted port process expects the same instrument as the one before. */
  readonly #identities = new Map<string, string | null>();
  /** runId by channel, from arming to the seal. */
  readonly #runs = new Map<string, string>();
  readonly #requests = new PortRequestTable();
  #process: PortProcess | null = null;
  #starting: Promise<void> | null = null;
  #stopping = false;
  #restartMs = RESTART_MS;
  #ping: NodeJS.Timeout | null = null;

  constructor(options: InstrumentHostOptions) {
    this.#spawn = options.spawn ?? forkPortProcess;
    this.#runsFolder = resolve(options.runsFolder);
    this.#morePorts = options.morePorts ?? (() => []);
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

  async listPorts(): Promise<PortInfo[]> {
    return [...(await this.#request('listPorts', null)), ...this.#morePorts()];
  }

  channelState(channelId: string): { state: ChannelState; reason?: string } {
    return this.#states.get(channelId) ?? { state: 'closed' };
  }

  /** Resolves after the first attempt; a port that is absent or busy is tried again until closeChannel(). */
  async openChannel(channel: OpenChannel): Promise<{ state: ChannelState; reason?: string }> {
    this.#identities.delete(channel.channelId);
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

  /** Looks for line setting and driver of a port that nobody holds; progress comes as `probe` events. */
  probePort(request: ProbeRequest): Promise<ProbeResult> {
    return this.#request('probePort', request, PROBE_LIMIT_MS);
  }

  async cancelProbe(path: string): Promise<void> {
    await this.#request('cancelProbe', { path });
  }

  /** Bytes come as `raw` events until it is closed; a port process that died does not open it again. */
  async openRawView(request: RawViewRequest): Promise<void> {
    await this.#request('openRawView', request);
  }

  async closeRawView(viewId: string): Promise<void> {
    await this.#request('closeRawView', { viewId });
  }

  /** A person confirmed that the instrument which answers now is the right one. */
  async acceptIdentity(channelId: string, identity: string): Promise<void> {
    await this.#request('acceptIdentity', { channelId, identity });
  }

  /** The last seconds of samples, for a view that is opened while a machine runs. */
  recentSamples(channelId: string, seconds: number): Promise<SampleColumns> {
    return this.#request('recent', { channelId, seconds });
  }

  /** A line with Modbus meters. Its state events carry the busId as channelId; an absent port is tried again. */
  async openBus(bus: OpenBus): Promise<{ state: ChannelState; reason?: string }> {
    const result = await this.#request('openBus', bus);
    this.#buses.set(bus.busId, bus);
    this.#states.set(bus.busId, result);
    return result;
  }

  async closeBus(busId: string): Promise<void> {
    this.#buses.delete(busId);
    for (const [key, meter] of this.#meters) if (meter.busId === busId) this.#meters.delete(key);
    await this.#request('closeBus', { busId });
  }

  /** Read every `everyMs` from now on; each round is a `meter` event with values or with a fault. */
  async addMeter(meter: AddMeter): Promise<void> {
    await this.#request('addMeter', meter);
    this.#meters.set(meterKey(meter), meter);
  }

  async removeMeter(busId: string, meterId: string): Promise<void> {
    this.#meters.delete(meterKey({ busId, meterId }));
    await this.#request('removeMeter', { busId, meterId });
  }

  /** One reading now, before the periodic ones. */
  readMeter(busId: string, profile: AddMeter['profile']): Promise<MeterReading> {
    return this.#request('readMeter', { busId, profile });
  }

  busStatistics(busId: string): Promise<SlaveStatistics[]> {
    return this.#request('busStatistics', { busId });
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

  async #request<Op extends PortOp>(
    op: Op,
    args: PortRequests[Op]['args'],
    limitMs = REQUEST_LIMIT_MS,
  ): Promise<PortRequests[Op]['result']> {
    await this.#ensureProcess();
    return this.#ask(op, args, limitMs);
  }

  #ask<Op extends PortOp>(
    op: Op,
    args: PortRequests[Op]['args'],
    limitMs = REQUEST_LIMIT_MS,
  ): Promise<PortRequests[Op]['result']> {
    if (!this.#process) return Promise.reject(goneError());
    if (op === 'shutdown') this.#stopping = true;
    return this.#requests.ask(this.#process, op, args, limitMs);
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
    this.#requests.answer(message);
  }

  #dispatch(message: EventMessage): void {
    if (message.name === 'state') {
      const { channelId, ...state } = message.event;
      this.#states.set(channelId, state);
    } else if (message.name === 'sealed') {
      if (this.#runs.get(message.event.channelId) === message.event.summary.runId)
        this.#runs.delete(message.event.channelId);
    } else if (message.name === 'identity') this.#identities.set(message.event.channelId, message.event.expected);
    else if (message.name === 'log') this.#log(message.event.level, message.event.message);
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
    this.#requests.fail(goneError());
    if (this.#stopping) return;
    this.#log('error', `采集进程意外退出（${how}），正在重新启动`);
    for (const channelId of [...this.#channels.keys(), ...this.#buses.keys()]) {
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
        const identity = this.#identities.get(channelId) ?? channel.identity ?? null;
        const state = await this.#ask('openChannel', { ...channel, identity });
        this.#states.set(channelId, state);
      }
      for (const bus of this.#buses.values()) this.#states.set(bus.busId, await this.#ask('openBus', bus));
      for (const meter of this.#meters.values()) await this.#ask('addMeter', meter);
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

const meterKey = ({ busId, meterId }: Pick<AddMeter, 'busId' | 'meterId'>): string => `${busId}\n${meterId}`;
