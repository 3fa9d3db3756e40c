// The engine that carries the outbox to a supervision platform and brings back receipts, codes and reference data.
// One loop, one exchange at a time. It keeps nothing that matters in memory: every standing, every next try and every
// word of the platform is in the store, so it can be stopped or killed at any moment and goes on where the disk says.
import { AppError } from '../../shared/errors/appError.ts';
import type { ProvincialPort } from './port.ts';
import type { ClockOffset, EntryState, Halt, OutboxEntry, SyncStore } from './sync-store.ts';
import { ask } from './engine/ask.ts';
import {
  DEFAULT_TIMING,
  type EngineClock,
  type EngineContext,
  type EngineLog,
  type EngineTiming,
  measureClock,
} from './engine/context.ts';
import { type PullReport, pullEvents, pullReference, recheckFrozen, retried } from './engine/download.ts';
import { viewOf } from './engine/order.ts';
import { type Action, planActions } from './engine/plan.ts';
import { sendBatch, sendSingle } from './engine/send.ts';

export type { EngineClock, EngineLog, EngineTiming } from './engine/context.ts';
export type { PullReport } from './engine/download.ts';

export interface EngineProgress {
  /** Exchanges of this pass so far and planned. */
  done: number;
  planned: number;
  /** Asked of the store when read. */
  readonly counts: Record<EntryState, number>;
  /** False once, when the pass ends. */
  running: boolean;
}

export interface ProvincialEngineOptions {
  port: ProvincialPort;
  store: SyncStore;
  clock?: EngineClock;
  /** In [0, 1); only for jitter. */
  random?: () => number;
  log?: EngineLog;
  onProgress?: (progress: EngineProgress) => void;
  timing?: Partial<EngineTiming>;
}

export interface StepReport {
  /** Actions carried out: a single sending, a batch, or a question. */
  actions: number;
  /** Whether another pass would find work right now. */
  more: boolean;
  /** When the next stored try comes due; `null` when nothing waits for a time. */
  nextAt: number | null;
  halt: Halt | null;
  pausedUntil: number | null;
}

export interface EngineStatus {
  state: 'stopped' | 'running' | 'halted' | 'paused';
  counts: Record<EntryState, number>;
  frozen: { commissionNo: string; state: 'locked' | 'voided' }[];
  halt: Halt | null;
  pausedUntil: number | null;
  nextAt: number | null;
  lastAnswerAt: number | null;
  lastFailure: { code: string; message: string; at: number } | null;
  clockOffset: ClockOffset | null;
  batchLimits: { maxEntries: number; maxBytes: number };
}

export interface ProvincialEngine {
  /** Runs until stopped. A stop for refused access is tried again once per start: the key may have been corrected. */
  start(): void;
  /** Lets the exchange under way finish for `graceMs`, then breaks it off (its outcome is then unknown). */
  stop(graceMs?: number): Promise<void>;
  /** A person wants it now: lifts a stop and a pause, and wakes the loop, or runs one pass when it is not running. */
  pushNow(): Promise<void>;
  /** New entries are in the outbox. Cheap; call it after every commit that adds some. */
  wake(): void;
  /** One pass: plan, carry out, record. Passes never overlap. */
  runOnce(): Promise<StepReport>;
  pullReference(): Promise<PullReport>;
  pullEvents(): Promise<void>;
  measureClock(): Promise<boolean>;
  /** Breaks off the exchange under way and rests for `restMs` or until `pushNow`. What was under way is asked about first. */
  cancelPass(restMs: number): void;
  /** Puts a refused or parked entry back in the queue; one under way is asked about at once. */
  retry(entryId: string): void;
  status(): EngineStatus;
  /** What an entry waits for before it may go, for the ledger screen: each with its own state and words. */
  waitingFor(entryId: string): OutboxEntry[];
}

/** Entries looked at per pass; afterwards it is planned anew. */
const WINDOW = 400;

const systemClock: EngineClock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) {
        resolve();
        return;
      }
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done);
    }),
};

const silent: EngineLog = { info: () => undefined, warn: () => undefined };

function least(own: number, theirs: number | undefined): number {
  return theirs === undefined || theirs < 1 ? own : Math.min(own, theirs);
}

function frozenNow(action: Action, frozen: Set<string>): boolean {
  const entries = action.kind === 'single' ? [action.entry] : action.entries;
  return entries.some((entry) => entry.kind !== 'unqualified-notice' && frozen.has(entry.commissionNo ?? ''));
}

export function createProvincialEngine(options: ProvincialEngineOptions): ProvincialEngine {
  const { port, store } = options;
  const clock = options.clock ?? systemClock;
  const log = options.log ?? silent;
  let cancel = new AbortController();
  let waking = new AbortController();
  let running: Promise<void> | null = null;
  const life = { stopping: false };
  let recovered = false;
  /** Passes, downloads and measurements take turns. */
  let turn: Promise<unknown> = Promise.resolve();
  const lastDone = { events: 0, clock: 0, frozen: 0 };

  const ctx: EngineContext = {
    port,
    store,
    clock,
    random: options.random ?? Math.random,
    log,
    timing: { ...DEFAULT_TIMING, ...options.timing },
    limits: { maxEntries: port.limits.maxEntries, maxBytes: port.limits.maxBytes },
    line: { pausedUntil: 0, failures: 0, lastAnswerAt: null, lastFailure: null },
    get signal() {
      return cancel.signal;
    },
  };

  function applyInstitutionLimits(): void {
    const limits = store.institution()?.limits;
    ctx.limits.maxEntries = port.capabilities.batch ? least(ctx.limits.maxEntries, limits?.maxBatchEntries) : 1;
    ctx.limits.maxBytes = least(ctx.limits.maxBytes, limits?.maxBatchBytes);
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  /** Until when a person let it rest; no entry's next try depends on it. */
  let restUntil = 0;
  const pausedUntil = (): number | null => {
    const until = Math.max(ctx.line.pausedUntil, restUntil);
    return until > clock.now() ? until : null;
  };
  const mayGoOn = (): boolean => !life.stopping && store.halt() === null && pausedUntil() === null;

  async function carryOut(action: Action): Promise<void> {
    if (action.kind === 'ask') await ask(ctx, action.entries, action.batchId);
    else if (action.kind === 'single') await sendSingle(ctx, action.entry);
    else await sendBatch(ctx, action.entries);
  }

  const noticeIsDue = (): boolean =>
    store.dueEntries({ now: clock.now(), limit: 1, afterSeq: 0, kind: 'unqualified-notice' }).length > 0;

  /** An earlier action of the same pass may have changed an entry (a frozen commission, a dependency sent again). */
  function stillStands(action: Action): boolean {
    const entries = action.kind === 'single' ? [action.entry] : action.entries;
    return entries.every((entry) => {
      const now = store.entry(entry.entryId);
      return now?.state === entry.state && now.attempts === entry.attempts && now.batchId === entry.batchId;
    });
  }

  function tell(done: number, planned: number, running: boolean): void {
    options.onProgress?.({
      done,
      planned,
      running,
      get counts() {
        return store.counts();
      },
    });
  }

  async function pass(): Promise<StepReport> {
    if (running === null) waking = new AbortController();
    if (!recovered) {
      const count = store.recoverInterrupted(clock.now());
      if (count > 0) log.info({ count }, 'entries were being sent when the program ended; asking about them first');
      recovered = true;
    }
    applyInstitutionLimits();
    let done = 0;
    let left = false;
    // Also the base for what comes due next: an entry that came due meanwhile must not be overlooked.
    const plannedAt = clock.now();
    if (mayGoOn()) {
      const actions = planActions(store, plannedAt, ctx.limits, WINDOW);
      const planned = actions.length;
      for (const action of actions) {
        if (!mayGoOn()) break;
        const frozen = new Set(store.frozenCommissions().map((one) => one.commissionNo));
        if (frozenNow(action, frozen) || !stillStands(action)) {
          left = true;
          continue;
        }
        if (done === 0) tell(0, planned, true);
        await carryOut(action);
        done += 1;
        tell(done, planned, true);
        if (waking.signal.aborted) {
          left = true;
          // Anything new waits for the next pass; only the notice of an unqualified result overtakes.
          if (noticeIsDue()) break;
        }
      }
    }
    if (done > 0) tell(done, done, false);
    const goOn = mayGoOn();
    return {
      actions: done,
      more: goOn && (done > 0 || left),
      nextAt: store.nextDueAt(plannedAt),
      halt: store.halt(),
      pausedUntil: pausedUntil(),
    };
  }

  async function every(name: keyof typeof lastDone, ms: number, work: () => Promise<unknown>): Promise<void> {
    if (!mayGoOn() || clock.now() - lastDone[name] < ms) return;
    lastDone[name] = clock.now();
    await inTurn(work);
  }

  async function loop(): Promise<void> {
    while (!life.stopping) {
      waking = new AbortController();
      try {
        await every('clock', ctx.timing.clockEveryMs, () => measureClock(ctx));
        await every('events', ctx.timing.eventsEveryMs, () => pullEvents(ctx));
        await every('frozen', ctx.timing.frozenEveryMs, () => recheckFrozen(ctx));
        const report = await inTurn(pass);
        if (report.more) continue;
        const now = clock.now();
        const wakeAt = Math.min(now + ctx.timing.idleMs, report.nextAt ?? Number.POSITIVE_INFINITY);
        const earliest = Math.max(wakeAt, report.pausedUntil ?? 0);
        if (!life.stopping) await clock.sleep(Math.max(10, earliest - now), waking.signal);
      } catch (error) {
        // The store refuses (disk full, damaged): nothing may go on as if nothing had happened.
        const message = error instanceof Error ? error.message : String(error);
        log.warn({ error: message }, 'sync pass failed; resting');
        ctx.line.lastFailure = { code: 'LOCAL_FAILURE', message, at: clock.now() };
        recovered = false;
        if (!life.stopping) await clock.sleep(ctx.timing.idleMs, waking.signal);
      }
    }
  }

  function wake(): void {
    waking.abort();
  }

  return {
    start() {
      if (running !== null) return;
      life.stopping = false;
      cancel = new AbortController();
      store.saveHalt(null);
      running = loop().finally(() => {
        running = null;
      });
    },

    async stop(graceMs = 3_000) {
      life.stopping = true;
      wake();
      const timer = setTimeout(() => cancel.abort(), graceMs);
      await running;
      await turn;
      clearTimeout(timer);
      life.stopping = false;
      cancel = new AbortController();
    },

    async pushNow() {
      store.saveHalt(null);
      restUntil = 0;
      ctx.line.pausedUntil = 0;
      if (running === null) await inTurn(pass);
      else wake();
    },

    cancelPass(restMs) {
      restUntil = clock.now() + restMs;
      const broken = cancel;
      cancel = new AbortController();
      broken.abort();
    },

    wake,
    runOnce: () => inTurn(pass),
    pullReference: () => inTurn(() => pullReference(ctx)),
    pullEvents: () => inTurn(() => pullEvents(ctx)),
    measureClock: () => inTurn(async () => (await measureClock(ctx)).measured),

    retry(entryId) {
      const entry = store.entry(entryId);
      const state = entry === null || entry.settled === true ? null : retried(entry);
      if (entry === null || state === null) {
        throw new AppError({
          code: 'SYNC_NOTHING_TO_RETRY',
          message:
            entry === null
              ? '上传台账中没有这个条目。'
              : entry.settled === true
                ? '这个条目已办结或撤回。'
                : '这个条目已被平台接受或正在发送。',
          meaning: '没有可以重试的内容。',
          next: '请刷新上传台账后再看。',
        });
      }
      const { platformCode, platformMessage, platformDetails, failureClass, batchId } = entry;
      const words = { platformCode, platformMessage, platformDetails, failureClass, batchId };
      const change = { entryId, state, attempts: 0, nextTryAt: null, acceptedAt: null, ...words };
      store.recordOutcome({ attempt: null, changes: [change] });
      wake();
    },

    waitingFor(entryId) {
      const entry = store.entry(entryId);
      if (entry === null || entry.state !== 'pending') return [];
      return viewOf(store.entriesOf(entry.commissionNo)).blockersOf(entry);
    },

    status() {
      const halt = store.halt();
      const paused = pausedUntil();
      const state = halt !== null ? 'halted' : running === null ? 'stopped' : paused === null ? 'running' : 'paused';
      return {
        state,
        counts: store.counts(),
        frozen: store.frozenCommissions(),
        halt,
        pausedUntil: paused,
        nextAt: store.nextDueAt(clock.now()),
        lastAnswerAt: ctx.line.lastAnswerAt,
        lastFailure: ctx.line.lastFailure,
        clockOffset: store.clockOffset(),
        batchLimits: { ...ctx.limits },
      };
    },
  };
}
