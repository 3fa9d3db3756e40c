// Long work of backups in a thread of its own, so that the core goes on listening to the machines: its event loop sees
// only messages. A job can be broken off: it is asked first, and ended where it does not listen (a share that hangs).
import { Worker } from 'node:worker_threads';
import { AppError, type ErrorInfo } from '../../../shared/errors/appError.ts';
import type { AuditActor } from '../../store/audit.ts';
import type { DrillResult } from './drill.ts';
import type { MakeResult } from './make.ts';
import type { RestoreResult } from './restore.ts';
import type { Keeping } from './rotate.ts';

export interface Jobs {
  make: {
    input: { dataFolder: string; target: string; passphrase: string | null; create: boolean; keeping: Keeping | null };
    output: MakeResult & { removed: string[] };
  };
  drill: { input: { backup: string; workFolder: string; passphrase: string | null }; output: DrillResult };
  restore: {
    input: { backup: string; to: string; passphrase: string | null; who: AuditActor; why: string };
    output: RestoreResult;
  };
}
export type JobKind = keyof Jobs;

export interface JobProgress {
  phase: 'store' | 'files' | 'finish' | 'unpack' | 'prove' | 'rotate';
  done: number;
  total: number;
}

export type FromJob =
  | { kind: 'progress'; progress: JobProgress }
  | { kind: 'done'; output: unknown }
  | { kind: 'failed'; error: ErrorInfo; cause: string };

export interface RunningJob<K extends JobKind> {
  readonly done: Promise<Jobs[K]['output']>;
  cancel(): void;
}

export interface JobOptions {
  onProgress?: (progress: JobProgress) => void;
  /** Without a word for so long, the job is given up: a share that hangs. */
  silenceMs?: number;
}

const usualSilenceMs = 20 * 60_000;
const cancelPatienceMs = 5_000;

export const cancelled = (): AppError =>
  new AppError({
    code: 'BACKUP_CANCELLED',
    message: '已按要求停止。',
    meaning: '没有留下做到一半的内容；原数据和以前的备份没有改动。',
    next: '需要时可以重新开始。',
  });

const tooSlow = (minutes: number): AppError =>
  new AppError({
    code: 'BACKUP_SLOW',
    message: `备份盘超过 ${minutes} 分钟没有反应。`,
    meaning: '这一次已放弃；检测不受影响，以前的备份没有改动。',
    next: '请检查网络共享或备份盘；程序稍后自动再试。',
  });

export function startJob<K extends JobKind>(
  kind: K,
  input: Jobs[K]['input'],
  { onProgress, silenceMs = usualSilenceMs }: JobOptions = {},
): RunningJob<K> {
  const flag = new SharedArrayBuffer(4);
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { kind, input, flag } });
  let timer: NodeJS.Timeout | undefined;
  let isCancelled = false;
  const done = new Promise<Jobs[K]['output']>((resolve, reject) => {
    const quiet = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        reject(tooSlow(Math.round(silenceMs / 60_000)));
        void worker.terminate();
      }, silenceMs);
      timer.unref();
    };
    quiet();
    worker.on('message', (message: FromJob) => {
      quiet();
      if (message.kind === 'progress') onProgress?.(message.progress);
      else if (message.kind === 'done') resolve(message.output as Jobs[K]['output']);
      else if (isCancelled) reject(cancelled());
      else reject(new AppError(message.error, { cause: message.cause }));
    });
    worker.once('error', reject);
    worker.once('exit', (code) => {
      clearTimeout(timer);
      reject(isCancelled ? cancelled() : new Error(`the thread of the backup ended with ${code}`));
    });
  });
  done.catch(() => undefined);
  return {
    done,
    cancel() {
      isCancelled = true;
      Atomics.store(new Int32Array(flag), 0, 1);
      setTimeout(() => void worker.terminate(), cancelPatienceMs).unref();
    },
  };
}
