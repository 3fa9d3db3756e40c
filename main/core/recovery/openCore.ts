// The core, or, where its data cannot be opened, a small stand-in behind the same door: it says what was found and waits
// for a person. Once the data are sound again, the core itself takes over, and the windows load anew.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RecoveryState } from '../../../shared/recovery/calls.ts';
import { recoveryCalls } from '../../../shared/recovery/calls.ts';
import type { Reply } from '../../../shared/contract/call.ts';
import type { CoreEvent } from '../../../shared/contract/events.ts';
import { AppError, type ErrorInfo } from '../../../shared/errors/appError.ts';
import { openDatabase, storeError } from '../../store/database.ts';
import { storeFileName } from '../../store/store.ts';
import { createCore, type OpenCore } from '../core.ts';
import { takeDataFolder } from '../files/folderLock.ts';
import { toldSystemError } from '../files/systemErrors.ts';
import { startJob } from '../backup/job.ts';
import { removeQuietly } from '../backup/disk.ts';
import { backupNamePattern, isGood, listBackups } from '../backup/manifest.ts';
import type { Connection, Core, CoreOptions } from '../interface.ts';
import { lookInto } from './look.ts';
import { storeFilesIn, swapIn } from './swap.ts';
import { readTargets } from './targets.ts';

/** Refusals with which a core does not start, and a person must decide. The first two may be healed by a backup. */
const damaged = new Set(['STORE_DAMAGED', 'STORE_LOST']);
const stopping = new Set([...damaged, 'STORE_IO', 'STORE_DISK_FULL', 'STORE_READONLY', 'STORE_MIGRATION_FAILED']);
/** After an unclean end the file is looked through, up to this size; the daily backup looks through any. */
const mostQuickCheckBytes = 1024 ** 3;
export const restoreFolderName = 'restore.tmp';

export interface AnyCore extends Core {
  /** The core itself, once it runs. */
  readonly open: OpenCore | null;
}

export async function openCore(options: CoreOptions): Promise<AnyCore> {
  try {
    refuseLostStore(options.dataFolder);
    await refuseTornStore(options.dataFolder);
    const core = await createCore(options);
    return {
      open: core,
      connect: (listener, workstation) => core.connect(listener, workstation),
      stop: () => core.stop(),
    };
  } catch (cause) {
    const told = toldSystemError(cause) ?? storeError(cause);
    if (!(told instanceof AppError) || !stopping.has(told.code)) throw told;
    options.log?.('error', 'the data cannot be opened', {
      code: told.code,
      cause: told.cause instanceof Error ? told.cause.message : '',
    });
    return new RecoveryCore(options, told.info);
  }
}

/** Runs or reports without a store: a new, empty store must not be made beside them as if nothing had been. */
function refuseLostStore(dataFolder: string): void {
  if (existsSync(join(dataFolder, storeFileName))) return;
  const left = ['runs', 'reports'].some((name) => {
    const folder = join(dataFolder, name);
    return existsSync(folder) && readdirSync(folder).some((file) => /\.(run|pdf)$/.test(file));
  });
  if (!left) return;
  throw new AppError({
    code: 'STORE_LOST',
    message: `数据文件夹里没有数据库文件 ${storeFileName}，但有采集或报告文件。`,
    meaning: '程序没有另建空的数据库；现有的文件都没有改动。',
    next: '请把数据库文件放回原处后再试，或用最近的备份恢复。',
  });
}

/** A program that ended uncleanly left its lock or a WAL: then every page is looked at before anything is written. */
async function refuseTornStore(dataFolder: string): Promise<void> {
  const file = join(dataFolder, storeFileName);
  if (!existsSync(file)) return;
  const wal = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  if (wal === 0 && !existsSync(join(dataFolder, 'in-use.lock'))) return;
  if (statSync(file).size > mostQuickCheckBytes) return;
  const unlock = await takeDataFolder(dataFolder);
  try {
    const db = openDatabase(file);
    try {
      const answer = String(db.pragma('quick_check(1)', { simple: true }));
      if (answer === 'ok') return;
      throw new AppError({
        code: 'STORE_DAMAGED',
        message: '数据库文件已损坏。',
        meaning: '程序没有写入，损坏的文件原样保留。',
        next: '请勿删除文件，用最近的备份恢复，并联系信息管理员。',
        // For whoever is called to help; nobody else need understand it.
        details: [{ message: `数据库检查：${answer}` }],
      });
    } finally {
      db.close();
    }
  } finally {
    unlock();
  }
}

class RecoveryCore implements AnyCore {
  open: OpenCore | null = null;
  readonly #options: CoreOptions;
  readonly #windows = new Set<{ listener: (event: CoreEvent) => void; workstation: string; own: Connection | null }>();
  #error: ErrorInfo;
  #state: RecoveryState['state'] = 'stopped';
  #progress: RecoveryState['progress'] = null;
  #failure: ErrorInfo | null = null;
  #outcome: string[] = [];
  #next = 1;

  constructor(options: CoreOptions, error: ErrorInfo) {
    this.#options = options;
    this.#error = error;
  }

  connect(listener: (event: CoreEvent) => void, workstation: string): Connection {
    const window = { listener, workstation, own: this.open?.connect(listener, workstation) ?? null };
    this.#windows.add(window);
    return {
      id: `r${this.#next++}`,
      call: (name, input) => this.#call(window, name, input),
      close: () => {
        this.#windows.delete(window);
        window.own?.close();
      },
    };
  }

  async stop(): Promise<void> {
    await this.open?.stop();
  }

  async #call(window: { own: Connection | null }, name: string, input: unknown): Promise<Reply> {
    // The page that asked for it still asks how it went; everything else is the core's again.
    if (window.own && !(name === 'recovery.state' && this.#outcome.length > 0)) return window.own.call(name, input);
    try {
      if (name === 'recovery.state') {
        const { folder } = recoveryCalls[name].input.parse(input);
        return { ok: true, value: recoveryCalls[name].output.parse(this.#describe(folder)) };
      }
      if (name === 'recovery.look') return { ok: true, value: lookInto(this.#options.dataFolder) };
      if (name === 'recovery.act') {
        const parsed = recoveryCalls[name].input.safeParse(input);
        if (!parsed.success) throw inputWrong();
        const { action, target, name: backup, person, reason } = parsed.data;
        const complete = backupNamePattern.test(backup) && [target, person, reason].every((text) => text !== '');
        if (action === 'restore' && !complete) throw inputWrong();
        if (this.#state === 'working') throw busy();
        if (action === 'retry') await this.#start();
        else void this.#restore(parsed.data);
        return { ok: true, value: {} };
      }
      return { ok: false, error: this.#error };
    } catch (cause) {
      return { ok: false, error: infoOf(cause) };
    }
  }

  #describe(folder?: string): RecoveryState {
    const { dataFolder } = this.#options;
    const backups: RecoveryState['backups'] = [];
    const missing: string[] = [];
    for (const target of new Set([...readTargets(dataFolder), ...(folder ? [folder] : [])])) {
      try {
        const { found, unreadable } = listBackups(target);
        if (found.length === 0) missing.push(`${target} 里没有完整的备份。`);
        for (const { name, manifest } of found) {
          const { madeAt, seal, counts, faults } = manifest;
          const encrypted = seal !== null;
          backups.push({
            target,
            name,
            madeAt,
            encrypted,
            good: isGood({ manifest }),
            records: counts.records,
            text: faults[0] ?? '',
          });
        }
        missing.push(...unreadable.map(({ name, why }) => `${name}：${why}`));
      } catch {
        missing.push(`${target} 现在连不上：请插好备份盘或连上共享文件夹。`);
      }
    }
    return {
      state: this.#state,
      error: this.#state === 'recovered' ? null : this.#error,
      mayRestore: damaged.has(this.#error.code),
      dataFolder,
      kept: storeFilesIn(dataFolder).map((name) => ({ name, bytes: statSync(join(dataFolder, name)).size })),
      backups: backups.sort((one, other) => (one.madeAt < other.madeAt ? 1 : -1)).slice(0, 100),
      missing,
      progress: this.#progress,
      failure: this.#failure,
      outcome: this.#outcome,
    };
  }

  /** Tries once more; a core that starts takes over every window. */
  async #start(): Promise<void> {
    this.#state = 'working';
    this.#failure = null;
    try {
      refuseLostStore(this.#options.dataFolder);
      await refuseTornStore(this.#options.dataFolder);
      this.open = await createCore(this.#options);
    } catch (cause) {
      this.#state = 'stopped';
      const told = toldSystemError(cause) ?? storeError(cause);
      this.#error = infoOf(told);
      throw told;
    }
    for (const window of this.#windows) window.own = this.open.connect(window.listener, window.workstation);
    this.#state = 'recovered';
  }

  async #restore(input: {
    target: string;
    name: string;
    passphrase: string;
    person: string;
    reason: string;
  }): Promise<void> {
    const { dataFolder } = this.#options;
    this.#state = 'working';
    this.#failure = null;
    const to = join(dataFolder, restoreFolderName);
    try {
      if (!damaged.has(this.#error.code)) throw noCause(this.#error);
      const unlock = await takeDataFolder(dataFolder);
      try {
        removeQuietly(to);
        const who = { actor: `${input.person}（未登录，数据恢复）`, workstation: 'core' };
        const passphrase = input.passphrase === '' ? null : input.passphrase;
        const backup = join(input.target, input.name);
        const job = startJob('restore', { backup, to, passphrase, who, why: input.reason }, { onProgress: (progress) => (this.#progress = progress) }); // prettier-ignore
        const { manifest } = await job.done;
        this.#outcome = (await swapIn(dataFolder, to, manifest, who)).outcome;
      } finally {
        this.#progress = null;
        unlock();
      }
      await this.#start();
    } catch (cause) {
      this.#state = this.open ? 'recovered' : 'stopped';
      this.#failure = infoOf(toldSystemError(cause) ?? storeError(cause));
      this.#options.log?.('error', 'not restored', { cause: String(cause) });
      removeQuietly(to);
    }
  }
}

const refuse = (code: string, message: string, next: string): AppError =>
  new AppError({ code, message, meaning: '什么也没有改动。', next });
const inputWrong = (): AppError => refuse('INPUT_INVALID', '填写的内容有误。', '请选择备份，并填写姓名和原因。');
const busy = (): AppError => refuse('RECOVERY_RUNNING', '正在恢复。', '请等它结束。');
const noCause = (error: ErrorInfo): AppError =>
  refuse('RECOVERY_NO_CAUSE', `这种情况不需要用备份恢复：${error.message}`, error.next ?? '请排除原因后再试。');

function infoOf(cause: unknown): ErrorInfo {
  if (cause instanceof AppError) return cause.info;
  const message = `程序出错：${cause instanceof Error ? cause.message : String(cause)}`;
  return { code: 'RECOVERY_FAILED', message, meaning: '原有的文件没有删除。', next: '请把日志交给信息管理员。' };
}
