// Backups by the clock and on demand. One job at a time, in a thread of its own; what comes of it is in the audit chain,
// in the history and, where the last good backup is too old, on everybody's screen. Nothing else waits for it.
import { join } from 'node:path';
import type { BackupHistory, BackupProgress } from '../../../shared/backup/calls.ts';
import { printedTime, toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError, describeError } from '../../../shared/errors/appError.ts';
import type { AuditActor } from '../../store/audit.ts';
import { programActor, type Context } from '../context.ts';
import { readFact, writeFact } from '../provincial/facts.ts';
import { removeQuietly } from './disk.ts';
import { drillFolderName, type DrillResult } from './drill.ts';
import { startJob, type Jobs, type RunningJob } from './job.ts';
import { freshTarget, nextTry, type TargetState } from './schedule.ts';
import { backupSettings, passphraseOf } from './settings.ts';

export interface BackupFact {
  targets: Record<string, TargetState>;
  history: BackupHistory[];
}

const watchEveryMs = 20_000;
/** After the start people sign in and machines are connected: a backup that is due waits a moment. */
const firstLookMs = 60_000;
const mostHistory = 60;
const clockActor = programActor('备份');

export const backupFact = (store: Pick<Context['store'], 'get'>): BackupFact =>
  readFact<BackupFact>(store, 'backup') ?? { targets: {}, history: [] };

export class BackupService {
  readonly #context: Context;
  #timer: NodeJS.Timeout | null = null;
  #running: { job: RunningJob<'make' | 'drill'>; progress: BackupProgress } | null = null;
  /** Targets that a person asked for, in turn. */
  #asked: { target: string; who: AuditActor }[] = [];
  #turn: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(context: Context) {
    this.#context = context;
    removeQuietly(join(context.dataFolder, drillFolderName));
  }

  start(): void {
    const look = (): void => {
      this.look();
      this.#timer = setTimeout(look, watchEveryMs).unref();
    };
    this.#timer = setTimeout(look, firstLookMs).unref();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#asked = [];
    this.#running?.job.cancel();
    await this.#turn;
  }

  get progress(): BackupProgress | null {
    return this.#running?.progress ?? null;
  }

  next(target: string): string | null {
    const state = backupFact(this.#context.store).targets[target] ?? freshTarget;
    const now = this.#context.now().getTime();
    const at = nextTry(state, backupSettings(this.#context), now);
    return at === null ? null : toWallTime(Math.max(at, now));
  }

  /** Starts what is due; one target after the other. */
  look(): void {
    if (this.#running !== null || this.#stopped) return;
    const now = this.#context.now().getTime();
    const settings = backupSettings(this.#context);
    const { targets } = backupFact(this.#context.store);
    for (const target of settings.targets) {
      const at = nextTry(targets[target] ?? freshTarget, settings, now);
      if (at === null || at > now) continue;
      this.#begin(() => this.#make(target, 'scheduled', clockActor));
      return;
    }
  }

  /** Begins at once, or after what runs. */
  ask(targets: readonly string[], who: AuditActor): void {
    this.#refuseBusy();
    this.#asked = targets.map((target) => ({ target, who }));
    this.#goOn();
  }

  drill(backup: { target: string; folder: string; passphrase: string | null }, who: AuditActor): void {
    this.#refuseBusy();
    this.#begin(() => this.#drill(backup, who));
  }

  cancel(): void {
    this.#asked = [];
    this.#running?.job.cancel();
  }

  #refuseBusy(): void {
    if (this.#running === null) return;
    throw new AppError({
      code: 'BACKUP_RUNNING',
      message: this.#running.progress.kind === 'make' ? '正在备份。' : '正在做恢复演练。',
      meaning: '一次只做一件，这一次没有开始。',
      next: '请等它结束，或先停止它。',
    });
  }

  #goOn(): void {
    const next = this.#asked.shift();
    if (next && !this.#stopped) this.#begin(() => this.#make(next.target, 'asked', next.who));
  }

  #begin(work: () => Promise<void>): void {
    this.#turn = work().catch((cause: unknown) => {
      this.#context.log('error', 'backup failed', { cause: String(cause) });
    });
    void this.#turn.then(() => this.#goOn());
  }

  async #run<K extends 'make' | 'drill'>(
    kind: K,
    target: string,
    start: (
      onProgress: (progress: { phase: BackupProgress['phase']; done: number; total: number }) => void,
    ) => RunningJob<K>,
  ): Promise<Jobs[K]['output']> {
    const tell = (progress: BackupProgress | null) => this.#context.emit({ type: 'backup.progress', progress });
    const progress: BackupProgress = { kind, target, phase: kind === 'make' ? 'store' : 'unpack', done: 0, total: 1 };
    const job = start((now) => {
      Object.assign(progress, now);
      tell({ ...progress });
    });
    this.#running = { job, progress };
    tell({ ...progress });
    try {
      return await job.done;
    } finally {
      this.#running = null;
      tell(null);
    }
  }

  async #make(target: string, kind: 'scheduled' | 'asked', who: AuditActor): Promise<void> {
    const { keepDaily: daily, keepWeekly: weekly } = backupSettings(this.#context);
    const { dataFolder } = this.#context;
    const entry: BackupHistory = {
      at: this.#now(),
      kind,
      target,
      name: '',
      state: 'failed',
      text: '',
      bytes: 0,
      seconds: 0,
    };
    try {
      // Opened before the thread starts, so that it stands nowhere else.
      const passphrase = await passphraseOf(this.#context);
      const input = { dataFolder, target, passphrase, create: false, keeping: { daily, weekly } };
      const made = await this.#run('make', target, (onProgress) => startJob('make', input, { onProgress }));
      const { faults, counts, head } = made.manifest;
      entry.name = made.name;
      entry.bytes = made.bytes;
      entry.seconds = Math.round(made.seconds * 10) / 10;
      entry.state = faults.length === 0 ? 'good' : 'faults';
      entry.text =
        faults.length === 0
          ? `记录 ${counts.records}，采集 ${counts.runs}，报告 ${counts.reports}；文件 ${counts.files} 个，新复制 ${made.copied} 个。` +
            (made.removed.length > 0 ? `按保留规则清理旧备份 ${made.removed.length} 份。` : '')
          : `数据文件夹里的证据文件有问题：${faults[0] ?? ''}${faults.length > 1 ? `（共 ${faults.length} 处）` : ''}`;
      this.#keep(
        entry,
        made.manifest.madeAt,
        who,
        `${made.name}，审计第 ${head.seq} 条，链头 ${head.hash.slice(0, 16)}…`,
      );
    } catch (cause) {
      entry.state = cause instanceof AppError && cause.code === 'BACKUP_CANCELLED' ? 'cancelled' : 'failed';
      entry.text = cause instanceof AppError ? describeError(cause.info) : String(cause);
      this.#context.log('warn', 'no backup', { target, why: entry.text });
      this.#keep(entry, null, who, '');
    }
  }

  async #drill(backup: { target: string; folder: string; passphrase: string | null }, who: AuditActor): Promise<void> {
    const { target, folder: path } = backup;
    const name = path.split(/[\\/]/).at(-1) ?? path;
    const entry: BackupHistory = {
      at: this.#now(),
      kind: 'drill',
      target,
      name,
      state: 'failed',
      text: '',
      bytes: 0,
      seconds: 0,
    };
    try {
      const passphrase = backup.passphrase ?? (await passphraseOf(this.#context));
      const input = { backup: path, workFolder: this.#context.dataFolder, passphrase };
      const result = await this.#run('drill', target, (onProgress) => startJob('drill', input, { onProgress }));
      entry.seconds = Math.round(result.seconds * 10) / 10;
      entry.state = result.ok ? 'good' : 'failed';
      entry.text = drillText(result);
    } catch (cause) {
      entry.state = cause instanceof AppError && cause.code === 'BACKUP_CANCELLED' ? 'cancelled' : 'failed';
      entry.text = cause instanceof AppError ? describeError(cause.info) : String(cause);
    }
    this.#keep(entry, null, who, '');
  }

  /** History, state of the target and audit chain, together. A failure that repeats itself is told once in the chain. */
  #keep(entry: BackupHistory, goodAt: string | null, who: AuditActor, detail: string): void {
    this.#context.store.transact(who, (tx) => {
      const fact = backupFact(tx);
      const before = fact.targets[entry.target] ?? freshTarget;
      fact.history = [entry, ...fact.history].slice(0, mostHistory);
      if (entry.kind !== 'drill') {
        const good = entry.state === 'good';
        fact.targets[entry.target] = {
          goodAt: good ? goodAt : before.goodAt,
          goodName: good ? entry.name : before.goodName,
          lastAt: this.#now(),
          lastText: entry.text,
          failures: good ? 0 : before.failures + 1,
        };
      }
      writeFact(tx, 'backup', fact);
      const words = { good: '完成', faults: '完成，但有问题', failed: '没有成功', cancelled: '被停止' }[entry.state];
      const what = entry.kind === 'drill' ? '恢复演练' : '备份';
      const repeated = entry.state === 'failed' && before.failures > 0 && before.lastText === entry.text;
      if (!repeated)
        tx.event(
          'backup',
          entry.kind === 'drill' ? 'drill' : entry.target,
          `${what}${words}：${[detail, entry.text].filter(Boolean).join('；')}`,
        );
    });
  }

  #now(): string {
    return toWallTime(this.#context.now());
  }
}

function drillText({ madeAt, counts, checked, faults, ok }: DrillResult): string {
  const what = `${printedTime(madeAt)} 的备份`;
  if (!ok) return `${what}没有通过：${faults[0] ?? ''}`;
  return (
    `${what}可以恢复：记录 ${counts.records}，采集 ${counts.runs}，报告 ${counts.reports}，审计 ${checked.audit} 条，` +
    `文件 ${checked.files} 个逐个核对，重新计算 ${checked.recomputed} 份记录，结果一致。`
  );
}
