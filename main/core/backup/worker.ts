// The thread that a job of backups runs in; see job.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../../shared/errors/appError.ts';
import { drill } from './drill.ts';
import { cancelled, type FromJob, type JobKind, type JobProgress, type Jobs } from './job.ts';
import { makeBackup } from './make.ts';
import { restore } from './restore.ts';
import { rotate } from './rotate.ts';

const { kind, input, flag } = workerData as { kind: JobKind; input: never; flag: SharedArrayBuffer };
const asked = new Int32Array(flag);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
const post = (message: FromJob): void => parentPort?.postMessage(message);

const tellEveryMs = 200;
let toldAt = -Infinity;
function onStep(phase: JobProgress['phase'], done: number, total: number): void {
  if (Atomics.load(asked, 0) === 1) throw cancelled();
  const now = performance.now();
  if (now - toldAt < tellEveryMs) return;
  toldAt = now;
  post({ kind: 'progress', progress: { phase, done, total } });
}

const jobs: { [K in JobKind]: (input: Jobs[K]['input']) => Promise<Jobs[K]['output']> } = {
  async make({ keeping, ...rest }) {
    const made = await makeBackup({ ...rest, onStep });
    if (keeping === null) return { ...made, removed: [] };
    onStep('rotate', 0, 1);
    return { ...made, removed: rotate(rest.target, made.manifest.lab, keeping, Date.now()) };
  },
  drill: ({ backup, workFolder, passphrase }) => drill(backup, workFolder, passphrase, onStep),
  restore: ({ backup, to, passphrase, who, why }) => restore(backup, to, passphrase, who, why, onStep),
};

jobs[kind](input).then(
  (output) => post({ kind: 'done', output }),
  (cause: unknown) => {
    const error =
      cause instanceof AppError
        ? cause.info
        : {
            code: 'BACKUP_FAILED',
            message: `备份程序出错：${cause instanceof Error ? cause.message : String(cause)}`,
            meaning: '这一次没有完成；原数据和以前的备份没有改动。',
            next: '请把日志交给信息管理员。',
          };
    post({ kind: 'failed', error, cause: cause instanceof Error ? (cause.stack ?? '') : '' });
  },
);
