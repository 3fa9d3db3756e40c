// May this machine's clock date a signature? Two things speak against it: it is earlier than what the audit chain already
// holds, or more than five minutes off the platform's. The platform's clock is measured when it can be reached and goes
// on by the time since the machine was started, which nobody sets: a clock that is moved is noticed at once and one that
// is put right is believed at once, both without the network. Times of records are the machine's own and never corrected.
import { uptime } from 'node:os';
import { printedTime, toWallTime } from '../../../shared/entities/scalars.ts';
import type { ClockOffset } from '../../../sync/provincial/sync-store.ts';
import type { Store } from '../../store/store.ts';
import { programActor, type Context } from '../context.ts';
import { readFact, writeFact } from '../provincial/facts.ts';

/** A clock that is off by more than this from the platform's does not sign. */
export const mostClockOffsetMs = 5 * 60_000;
/** What was measured longer ago says nothing any more. */
const meaningfulMs = 24 * 3_600_000;
/** The entry that was just written may be a moment ahead of a clock that is set a little back by the time service. */
const jitterMs = 1_000;
const measuringMs = 4_000;
const watchEveryMs = 15_000;
const actor = programActor('时钟');

export type ClockState = { state: 'right' } | { state: 'backwards' | 'off'; text: string };

const say = (at: Date | number): string => printedTime(toWallTime(at));

/** The verdict as the windows were told it. */
export const toldClock = (store: Pick<Store, 'get'>): ClockState =>
  readFact<ClockState>(store, 'clock') ?? { state: 'right' };

type ClockContext = Pick<Context, 'store' | 'now' | 'log'>;

export class ClockGuard {
  readonly #context: ClockContext;
  readonly #steady: () => number;
  readonly #since: number;
  /** The platform's clock at a moment of the steady one. */
  #anchor: { platformAt: number; steadyAt: number; measuredAt: number } | null = null;
  /** The latest time in the audit chain, up to an entry of it. */
  #latest = { seq: -1, at: Number.NEGATIVE_INFINITY };
  #measure: (() => Promise<boolean>) | null = null;
  #watch: NodeJS.Timeout | null = null;

  /** `steady`: milliseconds that only ever rise, sleep included. */
  constructor(context: ClockContext, steady: () => number = () => uptime() * 1000) {
    this.#context = context;
    this.#steady = steady;
    this.#since = context.now().getTime();
  }

  /** How to ask the platform for its time; null while there is none. */
  measureWith(measure: (() => Promise<boolean>) | null): void {
    this.#measure = measure;
    if (measure === null) this.#anchor = null;
  }

  /** A measurement that was just made. */
  measured({ offsetMs, measuredAt }: ClockOffset): void {
    this.#anchor = { platformAt: measuredAt + offsetMs, steadyAt: this.#steady(), measuredAt };
  }

  /** The platform's clock minus this machine's, as far as this run of the program knows; null when it does not. */
  offsetMs(): number | null {
    const now = this.#context.now().getTime();
    const stored = readFact<ClockOffset>(this.#context.store, 'clockOffset');
    const anchor = this.#anchor;
    if (anchor !== null && (stored === null || stored.measuredAt <= anchor.measuredAt)) {
      const age = this.#steady() - anchor.steadyAt;
      return age <= meaningfulMs ? Math.round(anchor.platformAt + age - now) : null;
    }
    // What an earlier run of the program measured must not block: the clock may have been put right since.
    if (stored === null || stored.measuredAt < this.#since) return null;
    return Math.abs(now - stored.measuredAt) <= meaningfulMs ? stored.offsetMs : null;
  }

  judge(): ClockState {
    const now = this.#context.now();
    const latest = this.#latestAudit();
    if (latest > now.getTime() + jitterMs) {
      return {
        state: 'backwards',
        text: `电脑时间 ${say(now)} 早于最后一条审计记录 ${say(latest)}。`,
      };
    }
    const offset = this.offsetMs();
    if (offset === null || Math.abs(offset) <= mostClockOffsetMs) return { state: 'right' };
    const seconds = Math.round(Math.abs(offset) / 1000);
    const way = offset > 0 ? '慢' : '快';
    return { state: 'off', text: `电脑时间与监管平台相差 ${seconds} 秒（本机${way}），超过 5 分钟。` };
  }

  /** The verdict after everything was tried that a program can do: measure anew, and believe a clock that was put right. */
  async settle(): Promise<ClockState> {
    const first = this.judge();
    if (first.state !== 'right') {
      await this.#measureAnew();
      this.#acceptPutRight();
    }
    this.tell();
    return this.judge();
  }

  start(): void {
    this.tell();
    const look = (): void =>
      void this.settle().catch((cause: unknown) =>
        this.#context.log('warn', 'clock not judged', { cause: String(cause) }),
      );
    this.#watch = setInterval(look, watchEveryMs);
    this.#watch.unref();
  }

  stop(): void {
    if (this.#watch) clearInterval(this.#watch);
    this.#watch = null;
    this.#measure = null;
  }

  /** Tells the windows when the verdict has changed: what they show is what was written then. */
  tell(): void {
    const verdict = this.judge();
    if (verdict.state === toldClock(this.#context.store).state) return;
    try {
      this.#context.store.transact(actor, (tx) => writeFact(tx, 'clock', verdict));
    } catch (cause) {
      this.#context.log('warn', 'state of the clock not told', { cause: String(cause) });
    }
  }

  async #measureAnew(): Promise<void> {
    const measure = this.#measure;
    if (measure === null) return;
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, measuringMs);
    });
    const done = measure().then(
      () => undefined,
      (cause: unknown) => this.#context.log('warn', 'clock not measured', { cause: String(cause) }),
    );
    await Promise.race([done, enough]);
    clearTimeout(timer);
  }

  /**
   * The chain holds times that have not come yet, and the platform says that the clock is right now: then it was ahead
   * when they were written. That is written down, and from there on the chain is compared again.
   */
  #acceptPutRight(): void {
    const { store, now } = this.#context;
    const offset = this.#anchor === null ? null : this.offsetMs();
    if (this.judge().state !== 'backwards' || offset === null || Math.abs(offset) > mostClockOffsetMs) return;
    const text = `电脑时间此前快：审计记录到 ${say(this.#latestAudit())}，现在 ${say(now())}，与监管平台相差 ${Math.round(offset / 1000)} 秒，已核对`;
    store.transact(actor, (tx) => tx.event('clock', 'put-right', text));
    this.#latest = { seq: -1, at: Number.NEGATIVE_INFINITY };
  }

  #latestAudit(): number {
    const { store } = this.#context;
    if (this.#latest.seq < 0) {
      const row = store.first(`SELECT max(seq) AS seq FROM audit WHERE entity = 'clock' AND entityKey = 'put-right'`);
      this.#latest = { seq: Number(row?.['seq'] ?? 0), at: Number.NEGATIVE_INFINITY };
    }
    // Of the whole chain the index of its times knows the latest; a part of it is read.
    const newer =
      this.#latest.seq === 0
        ? store.first('SELECT (SELECT max(seq) FROM audit) AS seq, (SELECT max(at) FROM audit) AS at')
        : store.first('SELECT max(seq) AS seq, max(at) AS at FROM audit WHERE seq > ?', this.#latest.seq);
    if (newer?.['at']) {
      this.#latest = {
        seq: Number(newer['seq']),
        at: Math.max(this.#latest.at, Date.parse(String(newer['at']))),
      };
    }
    return this.#latest.at;
  }
}
