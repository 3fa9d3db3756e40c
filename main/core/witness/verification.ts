// Verification asked for on the screen: on a snapshot of its own, so that the benches go on writing; one at a time; it
// says how far it is, can be broken off, and its result is kept with who asked and when.
import { performance } from 'node:perf_hooks';
import type { z } from 'zod';
import type { keptVerificationSchema, keptWitnessSchema, VerifyProgress } from '../../../shared/contract/audit.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { schemaDigest } from '../../store/migrate.ts';
import { openReadOnly, type ReadStore } from '../../store/readOnly.ts';
import type { Caller, Context } from '../context.ts';
import { readFact, writeFact } from '../provincial/facts.ts';
import { verifyAll } from '../verifyAll.ts';
import { verifyAgainstPlatform, type AskReport } from './againstPlatform.ts';

export type KeptVerification = z.infer<typeof keptVerificationSchema>;
export type KeptWitness = z.infer<typeof keptWitnessSchema>;
const verificationFact = 'lastVerification';
const witnessFact = 'lastWitness';
/** At most this often a window is told. */
const tellEveryMs = 200;

const cancelled = (): AppError =>
  new AppError({
    code: 'VERIFY_CANCELLED',
    message: '校验已停止。',
    meaning: '只看了一部分，不能说明数据是否一致；什么也没有改动。',
    next: '可以随时重新校验。',
  });

export class VerificationDesk {
  readonly #context: Context;
  readonly #ask: AskReport;
  #running: { progress: VerifyProgress; abort: AbortController } | null = null;
  #toldAt = 0;

  constructor(context: Context, ask: AskReport) {
    this.#context = context;
    this.#ask = ask;
  }

  get progress(): VerifyProgress | null {
    return this.#running?.progress ?? null;
  }
  get last(): KeptVerification | null {
    return readFact<KeptVerification>(this.#context.store, verificationFact);
  }
  get lastWitness(): KeptWitness | null {
    return readFact<KeptWitness>(this.#context.store, witnessFact);
  }

  verify(caller: Caller): Promise<KeptVerification> {
    return this.#alone('audit', async (store, signal) => {
      const began = performance.now();
      const result = await verifyAll(store, this.#context.files, {
        signal,
        onProgress: (part, done, total) => this.#tell({ part, done, total }),
      });
      const schema = schemaDigest(store.database);
      return this.#keep(caller, began, verificationFact, { ...result, schema }, sayVerified(result));
    });
  }

  verifyPlatform(caller: Caller): Promise<KeptWitness> {
    return this.#alone('platform', async (store, signal) => {
      const began = performance.now();
      const result = await verifyAgainstPlatform(store, this.#ask, {
        signal,
        onProgress: (done, total) => this.#tell({ part: 'platform', done, total }),
      });
      const words = result.ok ? `与平台核对一致，${result.witnessed} 份报告` : `与平台核对不一致：${result.firstFault}`;
      return this.#keep(caller, began, witnessFact, result, words);
    });
  }

  cancel(): void {
    this.#running?.abort.abort(cancelled());
  }

  #keep<T extends object>(caller: Caller, began: number, fact: string, result: T, words: string) {
    const at = toWallTime(this.#context.now());
    const seconds = Math.round(performance.now() - began) / 1000;
    const kept = { ...result, at, by: caller.user.name, seconds };
    this.#context.store.transact(caller.actor, (tx) => {
      writeFact(tx, fact, kept);
      tx.event('verification', fact, words);
    });
    return kept;
  }

  async #alone<T>(
    part: VerifyProgress['part'],
    work: (store: ReadStore, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    if (this.#running) {
      throw new AppError({
        code: 'VERIFY_RUNNING',
        message: '校验正在进行。',
        meaning: '同时只做一次，结果会留在“审计”页上。',
        next: '请等它做完，或先停止它。',
      });
    }
    const abort = new AbortController();
    this.#running = { progress: { part, done: 0, total: 0 }, abort };
    let store: ReadStore | null = null;
    try {
      store = openReadOnly(this.#context.dataFolder);
      return await work(store, abort.signal);
    } finally {
      store?.close();
      this.#running = null;
      this.#context.emit({ type: 'audit.progress', progress: null });
    }
  }

  #tell(progress: VerifyProgress): void {
    if (!this.#running) return;
    const another = this.#running.progress.part !== progress.part;
    this.#running.progress = progress;
    if (!another && Date.now() - this.#toldAt < tellEveryMs) return;
    this.#toldAt = Date.now();
    this.#context.emit({ type: 'audit.progress', progress });
  }
}

function sayVerified({
  ok,
  checked,
  firstFault,
}: {
  ok: boolean;
  checked: { audit: number };
  firstFault: string | null;
}): string {
  // prettier-ignore
  return ok ? `校验全部数据：一致，审计 ${checked.audit} 条` : `校验全部数据：不一致。${firstFault ?? ''}`;
}
