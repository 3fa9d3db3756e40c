// Free space of the data folder's disk, looked at every minute: told while there is still time, and below a hard floor
// no new run is begun. What runs is saved in any case; the floor is there so that it can be.
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { programActor, type Context } from '../context.ts';
import { readFact, writeFact } from '../provincial/facts.ts';
import { freeBytes, gigabytes } from './disk.ts';
import { backupSettings } from './settings.ts';

export interface DiskFact {
  state: 'ok' | 'low' | 'floor';
  text: string | null;
  at: string;
}

const everyMs = 60_000;
const gb = 1024 ** 3;

export function diskState(context: Pick<Context, 'store' | 'dataFolder'>, measure = freeBytes): Omit<DiskFact, 'at'> {
  const { warnGb, floorGb } = backupSettings(context);
  const free = measure(context.dataFolder);
  if (free === null || free >= warnGb * gb) return { state: 'ok', text: null };
  const left = `数据盘只剩 ${gigabytes(free)}`;
  return free < floorGb * gb
    ? { state: 'floor', text: `${left}，少于 ${floorGb} GB，不能开始新的采集；正在进行的照常保存。请先清理磁盘。` }
    : { state: 'low', text: `${left}，少于 ${floorGb} GB 时不能开始新的采集，请尽快清理磁盘。` };
}

/** Measured at the moment itself: a run is not begun on yesterday's figure. */
export function refuseFullDisk(context: Pick<Context, 'store' | 'dataFolder'>, measure = freeBytes): void {
  const { state, text } = diskState(context, measure);
  if (state !== 'floor') return;
  throw new AppError({
    code: 'DISK_FLOOR',
    message: text ?? '',
    meaning: '没有开始采集；已有的数据都在。',
    next: '请清理数据盘（不要删除数据文件夹里的内容），然后再开始。',
  });
}

export class DiskWatch {
  readonly #context: Context;
  #timer: NodeJS.Timeout | null = null;

  constructor(context: Context) {
    this.#context = context;
  }

  start(): void {
    this.look();
    this.#timer = setInterval(() => this.look(), everyMs);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  look(): void {
    const { store } = this.#context;
    const now = diskState(this.#context);
    const before = readFact<DiskFact>(store, 'disk');
    if ((before?.state ?? 'ok') === now.state) return;
    try {
      store.transact(programActor('磁盘'), (tx) =>
        writeFact(tx, 'disk', { ...now, at: toWallTime(this.#context.now()) } satisfies DiskFact),
      );
    } catch (cause) {
      this.#context.log('warn', 'free space not written down', { cause: String(cause) });
    }
  }
}
