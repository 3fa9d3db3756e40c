// A connection that is tried, not used: the port is open to look, the reader reads it with the chosen driver, and a
// person compares. Nothing of it is stored; the comparison holds for exactly this port, line, driver and profile, and
// for this connection: whatever changes one of them takes it away.
import type { Trial as TrialState } from '../../../shared/contract/instruments.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError, type ErrorDetail } from '../../../shared/errors/appError.ts';
import type { LineSettings } from '../../instruments/drivers/driver.ts';
import type { InstrumentHost } from '../../instruments/host.ts';
import type { RawEvent } from '../../instruments/inspect/types.ts';
import { inUnit, isWithin, isZero, plainFigure, plainUnit, quantityOf, rangeUpper, sameFigure, zeroLimit } from './quantities.ts'; // prettier-ignore
import type { Figure } from './quantities.ts';
import { refusals } from './refusals.ts';
import { titleOf, TrialReader, type TrialReading } from './trialReader.ts';

export interface TrialConfig {
  equipmentId: string;
  path: string;
  line: LineSettings;
  driver: { id: string; profile: unknown } | null;
}

export interface Confirmed {
  shown: Figure;
  received: Figure;
  at: string;
  raw: string;
}

export class Trial {
  readonly config: TrialConfig;
  readonly #host: InstrumentHost;
  readonly #now: () => number;
  #reader: TrialReader;
  #problems: ErrorDetail[] = [];
  #state: TrialState['state'] = 'open';
  #reason: string | null = null;
  #connection = 0;
  #pid: number | undefined;
  #confirmed: Confirmed | null = null;
  #zero: NonNullable<TrialState['zero']> | null = null;
  #note: string | null = null;
  /** Until when somebody looks. */
  keptUntil = 0;

  constructor(config: TrialConfig, host: InstrumentHost, now: () => number) {
    this.config = config;
    this.#host = host;
    this.#now = now;
    this.#reader = this.#makeReader();
  }

  /** A profile that does not fit yet is no reason not to look at the bytes. */
  #makeReader(): TrialReader {
    const { line, driver } = this.config;
    try {
      return new TrialReader(line, driver, this.#now());
    } catch (cause) {
      if (!(cause instanceof AppError)) throw cause;
      this.#problems = cause.info.details ?? [{ message: cause.info.message }];
      return new TrialReader(line, null, this.#now());
    }
  }

  get viewId(): string {
    return `trial:${this.config.equipmentId}`;
  }

  get reader(): TrialReader {
    return this.#reader;
  }

  get confirmed(): Confirmed | null {
    return this.#confirmed;
  }

  get zero(): TrialState['zero'] {
    return this.#zero;
  }

  async open(): Promise<void> {
    const { path, line } = this.config;
    const { ask, once } = this.#reader.asking;
    await this.#host.openRawView({ viewId: this.viewId, path, line, ask, ...(once ? { once } : {}) });
    this.#pid = this.#host.portProcessPid;
  }

  async close(): Promise<void> {
    this.#state = 'closed';
    await this.#host.closeRawView(this.viewId).catch(() => undefined);
  }

  /** True when the port process died under it, so that it must be opened anew. */
  get isOrphaned(): boolean {
    return this.#pid !== undefined && this.#host.portProcessPid !== this.#pid;
  }

  take(event: RawEvent): void {
    if (event.connection !== this.#connection) {
      if (this.#connection > 0) this.#forget('连接断开过，可能换了仪器：核对过的示值和零点须重做。');
      this.#connection = event.connection;
    }
    this.#state =
      event.state === 'silent'
        ? 'open'
        : event.state === 'denied'
          ? 'denied'
          : event.state === 'open'
            ? 'open'
            : 'reconnecting';
    this.#reason = event.reason ?? null;
    if (this.#state !== 'open') this.#reader.restart(event.connection);
    const before = this.#reader.identity;
    this.#reader.feed(event.connection, event.pieces);
    const { identity } = this.#reader;
    if (before !== null && before !== identity) {
      this.#forget(`仪器自报的编号由 ${before} 变为 ${identity ?? '无'}：换了仪器，核对过的示值和零点须重做。`);
    }
    if (event.dropped > 0) this.#reader.restart(event.connection);
  }

  #forget(note: string): void {
    if (this.#confirmed !== null || this.#zero !== null) this.#note = note;
    this.#confirmed = null;
    this.#zero = null;
  }

  #figure(): TrialReading {
    if (this.#state !== 'open' || this.config.driver === null || this.#problems.length > 0) throw refusals.noReading();
    const condition = this.#reader.condition(this.#now());
    if (condition !== null) throw refusals.condition(condition);
    const reading = this.#reader.reading(this.#now());
    if (reading === null) throw refusals.noReading();
    if (reading.stable === false) throw refusals.unstable();
    if (reading.unit === '') throw refusals.noUnit(reading.value);
    return reading;
  }

  confirmDisplay(text: string, unit: string): void {
    const value = plainFigure(text);
    if (value === null || unit.trim() === '') throw refusals.notAFigure();
    const shown = { value, unit: plainUnit(unit) };
    const received = this.#figure();
    const isSame = sameFigure(shown, received) === true;
    if (!isSame) {
      this.#confirmed = null;
      throw refusals.differs(shown, { value: received.value, unit: received.unit });
    }
    if (isZero(value)) throw refusals.zeroProvesNothing();
    this.#note = null;
    this.#confirmed = {
      shown,
      received: { value: received.value, unit: received.unit },
      at: toWallTime(this.#now()),
      raw: this.#reader.raw,
    };
  }

  checkZero(rangeText: string): void {
    const received = this.#figure();
    if (quantityOf(received.unit) === 'other') throw refusals.noZero();
    const upper = rangeUpper(rangeText);
    const limit = upper === null ? null : zeroLimit(received, upper);
    if (limit === null) throw refusals.rangeUnreadable();
    if (!isWithin(received.value, limit)) {
      this.#zero = null;
      throw refusals.zeroOff(received, limit);
    }
    const { value, unit } = received;
    this.#zero = { received: { value, unit }, rangeText: rangeText.trim(), limit, at: toWallTime(this.#now()) };
  }

  /** The upper end of the range in kN, for machines whose runs are recorded. */
  rangeKn(rangeText: string): string | null {
    const upper = rangeUpper(rangeText);
    return upper === null ? null : inUnit(upper, 'kN');
  }

  get hasZero(): boolean {
    const unit = this.#confirmed?.received.unit ?? this.#reader.reading(this.#now())?.unit;
    return unit === undefined || quantityOf(unit) !== 'other';
  }

  describe(): TrialState {
    const now = this.#now();
    const { equipmentId, path, line, driver } = this.config;
    const reading = this.#state === 'open' ? this.#reader.reading(now) : null;
    const { bytes, frames, rejectedBytes, identity, refusals: refused } = this.#reader;
    return {
      equipmentId,
      path,
      line,
      driverId: driver?.id ?? null,
      driverTitle: driver === null ? null : titleOf(driver.id),
      runs: this.#reader.runs,
      state: this.#state,
      reason: this.#reason,
      bytes,
      frames,
      rejectedBytes,
      reading: reading && { ...reading, at: toWallTime(reading.at) },
      condition: this.#reader.condition(now),
      identity,
      identityState: this.#reader.identityState,
      refusals: refused,
      profileProblems: this.#problems,
      trouble: this.#trouble(now),
      confirmed: this.#confirmed && {
        shown: this.#confirmed.shown,
        received: this.#confirmed.received,
        at: this.#confirmed.at,
      },
      zero: this.#zero,
      hasZero: this.hasZero,
      note: this.#note,
    };
  }

  #trouble(now: number): TrialState['trouble'] {
    if (this.#state === 'denied') {
      return { code: 'denied', message: this.#reason ?? '端口被占用。', next: '请关闭占用它的程序，会自动重连。' };
    }
    if (this.#state !== 'open') {
      return { code: 'lost', message: this.#reason ?? '连接断开。', next: '请检查数据线，接好后会自动重连。' };
    }
    if (this.#problems.length > 0) {
      return { code: 'profile', message: '配置还不完整，现在只显示原始数据。', next: '请按表单里标出的各项改正。' };
    }
    return this.#reader.trouble(now);
  }
}
