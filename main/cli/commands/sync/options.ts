// What `jiantai sync …` was asked, and the folder and secrets that go with it.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '../../../../shared/errors/appError.ts';
import { openSyncSession, type SyncSession } from '../../../core/provincial/session.ts';
import type { SecretBox } from '../../../core/interface.ts';
import { keyFileName, openKeyFileSecrets } from '../../../server/key-file-secrets.ts';
import { migrations } from '../../../store/migrate.ts';
import { openReadOnly, type ReadStore } from '../../../store/readOnly.ts';

export interface SyncOptions {
  data: string;
  json: boolean;
  secretFile: string | null;
  seconds: number;
  progress: boolean;
  state: string | null;
  commission: string | null;
  report: string | null;
  text: string | null;
  subject: string | null;
}

/** For reading beside a working bench. A store that an older program wrote has not what the ledger reads. */
export function openLedger(options: SyncOptions): { folder: string; store: ReadStore } {
  const folder = resolve(options.data);
  const store = openReadOnly(folder);
  const version = Number(store.database.pragma('user_version', { simple: true }));
  if (version >= (migrations.at(-1)?.version ?? 0)) return { folder, store };
  store.close();
  throw new AppError({
    code: 'STORE_NOT_UPGRADED',
    message: `${folder} 里的数据是较早的版本写的。`,
    meaning: '只读的命令不会升级数据。',
    next: '请先用本版本打开一次检台（或运行 sync push），再试。',
  });
}

/** The secret given for this run, else the one that the key file of the folder opens. Neither is ever printed. */
async function secretsOf(folder: string, options: SyncOptions): Promise<SecretBox> {
  if (options.secretFile !== null) {
    const path = resolve(options.secretFile);
    const secret = existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
    if (secret === '') {
      throw new AppError({
        code: 'USAGE',
        message: `密钥文件 ${options.secretFile} 读不出来，或是空的。`,
        next: '请核对 --secret-file。',
      });
    }
    return { seal: () => Promise.reject(new Error('nothing is sealed here')), open: () => Promise.resolve(secret) };
  }
  if (existsSync(join(folder, keyFileName))) return openKeyFileSecrets(folder);
  return {
    seal: () => Promise.reject(new Error('nothing is sealed here')),
    open: () =>
      Promise.reject(
        new AppError({
          code: 'SECRET_NOT_OPENED',
          message: '平台密钥由桌面程序用系统钥匙串保管，命令行打不开。',
          meaning: '没有联系平台。',
          next: '请用 --secret-file 指明密钥文件，或在桌面程序里上传。',
        }),
      ),
  };
}

/** The folder for this command alone; refused while the bench is open. */
export async function withSession<T>(options: SyncOptions, work: (session: SyncSession) => Promise<T>): Promise<T> {
  const dataFolder = resolve(options.data);
  let session: SyncSession | null = null;
  try {
    session = openSyncSession({
      dataFolder,
      secrets: await secretsOf(dataFolder, options),
      onEvent: (event) => {
        if (options.progress && event.type === 'sync.progress')
          process.stderr.write(`${JSON.stringify({ progress: event.progress })}\n`);
      },
    });
    return await work(session);
  } finally {
    await session?.close();
  }
}

export const platformNotSet = (): AppError =>
  new AppError({
    code: 'PLATFORM_NOT_SET',
    message: '还没有设置监管平台的地址和密钥。',
    meaning: '没有联系平台，数据都在本机。',
    next: '请系统管理员在“设置”里填写平台连接。',
  });
