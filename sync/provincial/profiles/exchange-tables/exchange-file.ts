// The exchange file as this side opens it: anew for every operation, so that a file the supervision client has replaced
// is noticed and no lock outlives an operation; every write one IMMEDIATE transaction that is on disk when it returns.
// SQLite's own waiting would hold up the whole program, so it waits shortly and the rest is waited for in between.
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { maskJson } from '../../mask.ts';
import type { CallOptions, PlatformAnswer, PlatformFailure } from '../../port.ts';
import { sha256Hex } from '../../../wire/digest.ts';
import { unknownOutcome } from '../http/raw-answer.ts';
import { failureOfFile } from './classify.ts';

export type ExchangeDatabase = Database.Database;
export type Result<T> = { ok: true; value: T } | { ok: false; failure: PlatformFailure };

export interface ExchangeFileOptions {
  /** `file:` address of the exchange file. */
  baseUrl: string;
  now: () => number;
  /** How long a file that the client holds is waited for. */
  busyMs: number;
}

export interface OperationInput {
  name: string;
  /** What is addressed, in the tables' terms. */
  target: string;
  /** What is written, for the ledger; `null` for a question. */
  request: object | null;
  mode: 'read' | 'write';
}

/** Longest that SQLite itself blocks this process for the other one's lock. */
const BLOCKING_MS = 25;
const PAUSE_MS = 40;

function pause(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, PAUSE_MS);
    function done(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    }
    signal?.addEventListener('abort', done);
  });
}

export function openExchangeFile({ baseUrl, now, busyMs }: ExchangeFileOptions) {
  if (!baseUrl.startsWith('file:')) throw new TypeError(`交换文件的地址须以 file: 开头：${baseUrl}`);
  const path = fileURLToPath(baseUrl);

  function once<T>(mode: OperationInput['mode'], work: (db: ExchangeDatabase) => Result<T>): Result<T> {
    const db = new Database(path, { fileMustExist: true, timeout: BLOCKING_MS });
    try {
      db.pragma('synchronous = FULL');
      const transaction = db.transaction(() => work(db));
      return mode === 'write' ? transaction.immediate() : transaction.deferred();
    } finally {
      db.close();
    }
  }

  async function tried<T>(
    mode: OperationInput['mode'],
    signal: AbortSignal | undefined,
    work: (db: ExchangeDatabase) => Result<T>,
  ): Promise<Result<T>> {
    const until = now() + busyMs;
    for (;;) {
      if (signal?.aborted === true) {
        return { ok: false, failure: unknownOutcome('CANCELLED', '操作被中断，没有写入交换表。', false) };
      }
      try {
        return once(mode, work);
      } catch (error) {
        const failure = failureOfFile(error);
        if (failure === null) throw error;
        if (failure.code !== 'EXCHANGE_BUSY' || now() >= until) return { ok: false, failure };
        await pause(signal);
      }
    }
  }

  /** A refusal inside `work` rolls nothing back: what it has marked as read is part of it. */
  return async function operation<T>(
    { name, target, request, mode }: OperationInput,
    options: CallOptions | undefined,
    work: (db: ExchangeDatabase) => Result<T>,
  ): Promise<PlatformAnswer<T>> {
    const startedAt = now();
    const result = await tried(mode, options?.signal, work);
    const written = request === null ? '' : JSON.stringify(request);
    const trace = {
      operation: name,
      target,
      requestDigest: sha256Hex(written),
      maskedRequest: request === null ? '' : maskJson(request),
      answer: maskJson(result.ok ? result.value : { code: result.failure.code, message: result.failure.message }),
      startedAt,
      endedAt: now(),
    };
    return result.ok
      ? { outcome: 'ok', value: result.value, trace }
      : { outcome: 'failed', failure: result.failure, trace };
  };
}

export type ExchangeOperation = ReturnType<typeof openExchangeFile>;
