// What every part of the engine shares: its surroundings, the state of the line to the platform, and the one way to
// call the port. All shared mutable state of the engine is here and in the store.
import type { PlatformAnswer, PlatformFailure, ProvincialPort } from '../port.ts';
import type { AttemptRow, SyncStore } from '../sync-store.ts';
import { backoffDelay } from './backoff.ts';
import type { BatchLimits } from './plan.ts';

export interface EngineClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms`, or as soon as the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export interface EngineLog {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
}

export interface EngineTiming {
  /** Repeating what had no answer. */
  retryBaseMs: number;
  retryMaxMs: number;
  /** Polling what is queued or not ready. */
  pollBaseMs: number;
  pollMaxMs: number;
  /** Longest rest of the loop without being woken. */
  idleMs: number;
  eventsEveryMs: number;
  clockEveryMs: number;
  frozenEveryMs: number;
}

export const DEFAULT_TIMING: EngineTiming = {
  retryBaseMs: 2_000,
  retryMaxMs: 15 * 60_000,
  pollBaseMs: 3_000,
  pollMaxMs: 10 * 60_000,
  idleMs: 30_000,
  eventsEveryMs: 60_000,
  clockEveryMs: 60 * 60_000,
  frozenEveryMs: 10 * 60_000,
};

export interface LineState {
  /** Nothing is tried before; a person's `pushNow` clears it. */
  pausedUntil: number;
  /** Failures in a row without any answer of the platform. */
  failures: number;
  lastAnswerAt: number | null;
  lastFailure: { code: string; message: string; at: number } | null;
}

export interface EngineContext {
  port: ProvincialPort;
  store: SyncStore;
  clock: EngineClock;
  random: () => number;
  log: EngineLog;
  timing: EngineTiming;
  limits: BatchLimits;
  line: LineState;
  /** Aborted by `stop()`. */
  signal: AbortSignal;
}

export interface CallSubject {
  entryIds: string[];
  batchId: string | null;
}

const NO_SUBJECT: CallSubject = { entryIds: [], batchId: null };

export function attemptRow(answer: PlatformAnswer<unknown>, subject: CallSubject): AttemptRow {
  const failed = answer.outcome === 'failed' ? answer.failure : null;
  return {
    ...answer.trace,
    ...subject,
    outcome: failed === null ? 'ok' : failed.class,
    code: failed?.code ?? null,
    message: failed?.message ?? null,
  };
}

export function retryAt(ctx: EngineContext, attempts: number): number {
  const { retryBaseMs, retryMaxMs } = ctx.timing;
  return ctx.clock.now() + backoffDelay(attempts, { baseMs: retryBaseMs, maxMs: retryMaxMs }, ctx.random);
}

export function pollAt(ctx: EngineContext, attempts: number, retryAfterS: number | undefined): number {
  const { pollBaseMs, pollMaxMs } = ctx.timing;
  const own = backoffDelay(attempts, { baseMs: pollBaseMs, maxMs: pollMaxMs }, ctx.random);
  return ctx.clock.now() + Math.max(own, (retryAfterS ?? 0) * 1000);
}

/** Lost answers in a row after which the whole line rests instead of trying one entry after the other. */
const LOST_BEFORE_PAUSE = 3;

function noteLine(ctx: EngineContext, failure: PlatformFailure | null): void {
  const { line } = ctx;
  const now = ctx.clock.now();
  if (failure !== null) line.lastFailure = { code: failure.code, message: failure.message, at: now };
  if (failure === null || failure.class !== 'unknown-outcome') {
    line.failures = 0;
    line.lastAnswerAt = now;
  } else if (failure.code !== 'CANCELLED') {
    line.failures += 1;
    if (!failure.sent || line.failures >= LOST_BEFORE_PAUSE) line.pausedUntil = retryAt(ctx, line.failures);
  }
  if (failure?.retryAfterS !== undefined && failure.class !== 'later') {
    line.pausedUntil = Math.max(line.pausedUntil, now + failure.retryAfterS * 1000);
  } else if (failure?.class === 'slow-down' && failure.tooLarge !== true) {
    line.pausedUntil = Math.max(line.pausedUntil, retryAt(ctx, 1));
  }
}

/** Measures the platform's clock against ours, where it tells it. Signatures use the result; records never do. */
export async function measureClock(ctx: EngineContext): Promise<{ measured: boolean; movedMs: number }> {
  if (!ctx.port.capabilities.time) return { measured: false, movedMs: 0 };
  const startedAt = ctx.clock.now();
  const answer = await ctx.port.time({ signal: ctx.signal });
  const endedAt = ctx.clock.now();
  if (answer.outcome === 'failed') {
    noteLine(ctx, answer.failure);
    return { measured: false, movedMs: 0 };
  }
  const roundTripMs = Math.max(0, endedAt - startedAt);
  const offsetMs = Math.round(answer.value.serverTime - (startedAt + roundTripMs / 2));
  const before = ctx.store.clockOffset()?.offsetMs ?? 0;
  ctx.store.saveClockOffset({ offsetMs, measuredAt: endedAt, roundTripMs });
  return { measured: true, movedMs: Math.abs(offsetMs - before) };
}

const CLOCK_MOVED_MS = 1000;

/**
 * Calls the port once; and once more when the platform finds our clock wrong and it could be corrected, or when the
 * network delivered a request twice. Every exchange but the last is put in the ledger here; the last one is the
 * caller's, who records it together with what it changes. Stops the queue when access is refused.
 */
export async function call<T>(
  ctx: EngineContext,
  operation: (options: { signal: AbortSignal }) => Promise<PlatformAnswer<T>>,
  subject: CallSubject = NO_SUBJECT,
): Promise<PlatformAnswer<T>> {
  let answer = await operation({ signal: ctx.signal });
  if (answer.outcome === 'failed' && (answer.failure.class === 'clock' || answer.failure.class === 'auth')) {
    const { failure } = answer;
    const { measured, movedMs } = await measureClock(ctx);
    const repeat = measured && (failure.class === 'clock' || failure.repeatOnce === true || movedMs > CLOCK_MOVED_MS);
    if (repeat) {
      ctx.store.recordOutcome({ attempt: attemptRow(answer, subject), changes: [] });
      answer = await operation({ signal: ctx.signal });
    }
  }
  const failure = answer.outcome === 'failed' ? answer.failure : null;
  noteLine(ctx, failure);
  if (failure?.class === 'auth') {
    ctx.store.saveHalt({ code: failure.code, message: failure.message, at: ctx.clock.now() });
    ctx.log.warn({ code: failure.code, operation: answer.trace.operation }, 'platform refuses access; queue stopped');
  } else if (failure?.class === 'clock') {
    ctx.line.pausedUntil = Math.max(ctx.line.pausedUntil, retryAt(ctx, 4));
  }
  return answer;
}
