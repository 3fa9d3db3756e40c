// Many Modbus meters on one line: one request at a time, in a fair order, each tried twice. A slave that does not answer
// is asked more and more seldom and costs the others nothing; a reading is whole or it is none.
import { AppError } from '../../../shared/errors/appError.ts';
import { decodeReply, parseModbusProfile, planRequests } from '../drivers/modbus/index.ts';
import type { ModbusProfile, ModbusProfileInput, ReadRequest } from '../drivers/modbus/index.ts';
import type {
  ChannelState,
  EventMessage,
  MeterReading,
  MeterValue,
  OpenBus,
  PortEventName,
  PortEvents,
} from '../protocol.ts';
import { toBeijingTime } from '../run/clock.ts';
import { BusLine } from './bus-line.ts';
import type { Exchange } from './bus-line.ts';
import { BusQueue } from './bus-queue.ts';
import type { Priority, Queued } from './bus-queue.ts';
import { BusStatistics } from './bus-statistics.ts';
import type { Emit } from './channel.ts';
import { Connection } from './connection.ts';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
/** A reply does not say which registers it holds. After a time-out a slave is left alone for this long at least, so that
 *  its late answer is never taken for the answer to another question. */
const LEAST_QUIET_MS = 1000;
/** Readings in a row that fail before a slave counts as absent. */
const ABSENT_AFTER = 2;

interface Job extends Queued {
  profile: ModbusProfile;
  request: ReadRequest;
  retried: boolean;
  done(bytes: Uint8Array): void;
  failed(error: AppError): void;
}

interface Meter {
  profile: ModbusProfile;
  everyMs: number;
  timer: NodeJS.Timeout;
  reading: boolean;
}

export class Bus {
  readonly path: string;
  readonly #busId: string;
  readonly #emit: Emit;
  readonly #connection: Connection;
  readonly #line: BusLine;
  readonly #queue = new BusQueue<Job>();
  readonly #statistics = new BusStatistics();
  readonly #meters = new Map<string, Meter>();
  /** Absent slaves: not asked before `until`, except by a person. */
  readonly #absent = new Map<number, { until: number; pauseMs: number; error: AppError }>();
  /** Until when a slave is left alone after a time-out. */
  readonly #quiet = new Map<number, number>();
  #state: ChannelState = 'closed';
  #reason: string | undefined;
  #busy = false;
  #wake: NodeJS.Timeout | null = null;

  constructor(config: OpenBus, emit: Emit) {
    this.path = config.path;
    this.#busId = config.busId;
    this.#emit = emit;
    this.#line = new BusLine(config.line, (bytes) => this.#connection.write(bytes));
    this.#connection = new Connection(config.path, config.line, {
      opening: () => undefined,
      opened: () => {
        this.#absent.clear();
        this.#setState('open');
      },
      data: (bytes) => this.#line.take(bytes),
      lost: (reason, detail) => {
        this.#send('log', { level: 'warn', message: detail });
        this.#setState('reconnecting', reason);
        this.#line.stop();
        this.#failAll();
      },
      refused: (state, reason) => this.#setState(state, reason),
    });
  }

  get status(): { state: ChannelState; reason?: string } {
    return { state: this.#state, ...(this.#reason === undefined ? {} : { reason: this.#reason }) };
  }

  get statistics(): BusStatistics['all'] {
    return this.#statistics.all;
  }

  open(): Promise<void> {
    return this.#connection.open();
  }

  async close(): Promise<void> {
    for (const meterId of this.#meters.keys()) this.removeMeter(meterId);
    if (this.#wake) clearTimeout(this.#wake);
    await this.#connection.close();
    this.#line.stop();
    this.#setState('closed');
    this.#failAll();
  }

  /** One reading of every value of the profile; throws AppError with why there is none. */
  async read(input: ModbusProfileInput, priority: Priority = 'person'): Promise<MeterReading> {
    const profile = parseModbusProfile(input);
    const replies = planRequests(profile).map(async (request) => {
      const bytes = await this.#request(profile, request, priority);
      return { request, bytes };
    });
    // All of them are settled before the first failure is told: nothing goes on in the background.
    const settled = await Promise.allSettled(replies);
    const values: MeterValue[] = [];
    const raw: string[] = [];
    for (const each of settled) {
      if (each.status === 'rejected') throw each.reason as AppError;
      const { request, bytes } = each.value;
      values.push(...valuesOf(request, bytes, profile));
      raw.push(Buffer.from(bytes).toString('hex'));
    }
    return { values, raw, at: toBeijingTime(Date.now()) };
  }

  addMeter(meterId: string, input: ModbusProfileInput, everyMs: number): void {
    const profile = parseModbusProfile(input);
    this.removeMeter(meterId);
    const meter: Meter = {
      profile,
      everyMs,
      timer: setInterval(() => void this.#round(meterId, meter), everyMs),
      reading: false,
    };
    this.#meters.set(meterId, meter);
    void this.#round(meterId, meter);
  }

  removeMeter(meterId: string): void {
    const meter = this.#meters.get(meterId);
    if (meter) clearInterval(meter.timer);
    this.#meters.delete(meterId);
  }

  /** A round that is not over when the next one is due lets that one pass. */
  async #round(meterId: string, meter: Meter): Promise<void> {
    if (meter.reading) return;
    meter.reading = true;
    const from = { busId: this.#busId, meterId };
    try {
      this.#send('meter', { ...from, ...(await this.read(meter.profile, 'periodic')) });
    } catch (error) {
      const { code, message } =
        error instanceof AppError ? error.info : { code: 'instrument.failure', message: String(error) };
      if (this.#meters.get(meterId) === meter) {
        this.#send('meter', { ...from, at: toBeijingTime(Date.now()), values: [], raw: [], fault: { code, message } });
      }
    } finally {
      meter.reading = false;
    }
  }

  #request(profile: ModbusProfile, request: ReadRequest, priority: Priority): Promise<Uint8Array> {
    return new Promise((done, failed) => {
      if (this.#state !== 'open') return failed(notOpen(this.#reason));
      const absent = this.#absent.get(request.slave);
      const now = performance.now();
      if (absent && priority === 'periodic' && now < absent.until) return failed(absent.error);
      const { slave } = request;
      const notBefore = this.#quiet.get(slave) ?? 0;
      this.#queue.add({ slave, priority, since: now, notBefore, profile, request, retried: false, done, failed });
      void this.#work();
    });
  }

  async #work(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let job = this.#next(); job; job = this.#next()) await this.#serve(job);
    } finally {
      this.#busy = false;
    }
  }

  #next(): Job | null {
    if (this.#state !== 'open' || this.#queue.length === 0) return null;
    const job = this.#queue.take(performance.now());
    if (!job) {
      if (this.#wake) clearTimeout(this.#wake);
      this.#wake = setTimeout(() => void this.#work(), Math.ceil(this.#queue.wakeAt - performance.now()));
    }
    return job;
  }

  async #serve(job: Job): Promise<void> {
    const { profile, request } = job;
    const one = this.#statistics.of(job.slave);
    one.requests += 1;
    const sent = performance.now();
    const result = await this.#line.exchange(request, profile.replyTimeoutMs);
    if (result.kind === 'stopped') return job.failed(notOpen(this.#reason));
    if (result.kind === 'reply') {
      this.#statistics.answered(job.slave, performance.now() - sent);
      one.failing = 0;
      this.#absent.delete(job.slave);
      return job.done(result.bytes);
    }
    if (result.kind === 'timeout') one.timeouts += 1;
    else one.damaged += 1;
    if (!job.retried) {
      one.retries += 1;
      this.#holdBack(job.slave, profile.replyTimeoutMs);
      this.#queue.add({ ...job, retried: true, notBefore: this.#quiet.get(job.slave) ?? 0 });
      return;
    }
    this.#failed(job, result.kind);
  }

  /** Other slaves need not wait: an answer from another address is not theirs. */
  #holdBack(slave: number, replyTimeoutMs: number): void {
    const until = performance.now() + Math.max(replyTimeoutMs, LEAST_QUIET_MS);
    for (const waiting of this.#queue.remove((each) => each.slave === slave)) {
      this.#queue.add({ ...waiting, notBefore: Math.max(waiting.notBefore, until) });
    }
    this.#quiet.set(slave, until);
  }

  #failed(job: Job, kind: Exclude<Exchange['kind'], 'reply' | 'stopped'>): void {
    const one = this.#statistics.of(job.slave);
    one.failing += 1;
    const error = kind === 'timeout' ? noAnswer(job.slave) : damaged(job.slave);
    job.failed(error);
    this.#holdBack(job.slave, job.profile.replyTimeoutMs);
    if (one.failing < ABSENT_AFTER) return;
    const pauseMs = Math.min((this.#absent.get(job.slave)?.pauseMs ?? FIRST_PAUSE_MS / 2) * 2, LONGEST_PAUSE_MS);
    this.#absent.set(job.slave, { until: performance.now() + pauseMs, pauseMs, error });
    // Whoever waits for the same slave hears it now instead of one time-out after the other.
    for (const waiting of this.#queue.remove(({ slave }) => slave === job.slave)) waiting.failed(error);
  }

  #failAll(): void {
    for (const job of this.#queue.remove(() => true)) job.failed(notOpen(this.#reason));
  }

  #setState(state: ChannelState, reason?: string): void {
    if (state === this.#state && reason === this.#reason) return;
    this.#state = state;
    this.#reason = reason;
    this.#send('state', { channelId: this.#busId, ...this.status });
  }

  #send<Name extends PortEventName>(name: Name, event: PortEvents[Name]): void {
    this.#emit({ kind: 'event', name, event } as EventMessage);
  }
}

function valuesOf(request: ReadRequest, bytes: Uint8Array, profile: ModbusProfile): MeterValue[] {
  const { events, understood } = decodeReply(request, bytes, profile);
  const values: MeterValue[] = [];
  for (const event of events) {
    if (event.kind === 'value' && understood) {
      values.push({ name: event.fields?.['channel'] ?? '', value: event.value, unit: event.unit });
    } else if (event.kind === 'error')
      throw meterError(`instrument.meter-${event.code}`, event.message ?? '应答不能解释。');
    else if (event.kind === 'state') throw meterError(`instrument.meter-${event.state}`, '仪表正忙，没有给出读数。');
  }
  return values;
}

const meterError = (code: string, message: string): AppError =>
  new AppError({ code, message, meaning: '这一次没有读数。', next: '核对仪表、接线和寄存器表。' });
const noAnswer = (slave: number): AppError =>
  meterError('instrument.meter-absent', `地址 ${slave} 的仪表没有应答（问了两次）。`);
const damaged = (slave: number): AppError =>
  meterError('instrument.meter-damaged', `地址 ${slave} 的仪表的应答两次校验不符。`);
const notOpen = (reason: string | undefined): AppError =>
  new AppError({
    code: 'instrument.not-open',
    message: `仪表总线没有连接好：${reason ?? '端口未打开'}`,
    meaning: '这一次没有读数。',
    next: '接好后会自动重连。',
  });
