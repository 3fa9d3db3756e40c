// The synchronisation without a window: the store of a data folder, the link to its platform and the making of coded
// reports, for as long as a command needs them. The folder belongs to one program at a time.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors/appError.ts';
import type { CoreEvent } from '../../../shared/contract/events.ts';
import { imagesIn } from '../images/files.ts';
import { createReportRenderer } from '../../reports/renderer.ts';
import { openReadOnly } from '../../store/readOnly.ts';
import { openStore, storeFileName } from '../../store/store.ts';
import { ClockGuard } from '../clock/clockGuard.ts';
import { programActor, type Context, type Log } from '../context.ts';
import { createFileStore } from '../files/fileStore.ts';
import { lockDataFolder } from '../files/folderLock.ts';
import type { SecretBox } from '../interface.ts';
import { ReportIssuer } from '../reports/issue.ts';
import { PlatformLink } from './link.ts';

export interface SyncSession {
  readonly context: Context;
  readonly link: PlatformLink;
  readonly issuer: ReportIssuer;
  close(): Promise<void>;
}

export interface SyncSessionOptions {
  dataFolder: string;
  secrets: SecretBox;
  onEvent?: (event: CoreEvent) => void;
  log?: Log;
}

/** Refuses a folder without a store, and one that another program has open. */
export function openSyncSession(options: SyncSessionOptions): SyncSession {
  const { dataFolder } = options;
  // A folder that is none is refused before anything is written into it; a damaged store, before it is opened to write.
  if (!existsSync(join(dataFolder, storeFileName))) {
    throw new AppError({
      code: 'STORE_MISSING',
      message: `${dataFolder} 里没有检台数据。`,
      meaning: '什么也没有执行。',
      next: '请核对 --data 给的文件夹。',
    });
  }
  openReadOnly(dataFolder).close();
  const unlock = lockDataFolder(dataFolder);
  try {
    const store = openStore(dataFolder, programActor('命令行'));
    const base: Omit<Context, 'clock'> = {
      store,
      files: createFileStore(dataFolder),
      secrets: options.secrets,
      dataFolder,
      log: options.log ?? (() => undefined),
      now: () => new Date(),
      channels: new Map(),
      emit: options.onEvent ?? (() => undefined),
    };
    const context: Context = Object.assign(base, { clock: new ClockGuard(base) });
    const renderer = createReportRenderer({ imageOf: imagesIn(dataFolder) });
    const issuer = new ReportIssuer(context, renderer);
    const link = new PlatformLink(context, () => void issuer.sweep());
    return {
      context,
      link,
      issuer,
      async close() {
        await link.stop();
        await issuer.sweep();
        await renderer.close();
        store.close();
        unlock();
      },
    };
  } catch (cause) {
    unlock();
    throw cause;
  }
}
