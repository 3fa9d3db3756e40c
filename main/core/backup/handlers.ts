// The calls of backup, drill and retention.
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { backupSettingsSchema } from '../../../shared/backup/calls.ts';
import type { CallOutput } from '../../../shared/contract/calls.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { Context, SomeHandlers } from '../context.ts';
import { writeTargets } from '../recovery/targets.ts';
import { diskState } from './diskWatch.ts';
import { freeBytes } from './disk.ts';
import { chosenBackup } from './drill.ts';
import { refuseInside } from './make.ts';
import { backupNamePattern, isGood, labOf, listBackups } from './manifest.ts';
import { retentionList } from './retention.ts';
import { freshTarget } from './schedule.ts';
import { backupFact, type BackupService } from './service.ts';
import { backupSettings, isSealing } from './settings.ts';

type Shown = CallOutput<'backup.overview'>['targets'][number];

export function backupHandlers(
  context: Context,
  service: BackupService,
): SomeHandlers<
  | 'backup.overview'
  | 'backup.configure'
  | 'backup.passphrase'
  | 'backup.now'
  | 'backup.cancel'
  | 'backup.drill'
  | 'retention.list'
> {
  const { store } = context;
  return {
    'backup.overview'() {
      const settings = backupSettings(context);
      const { targets, history } = backupFact(store);
      const lab = labOf(store.database);
      return {
        settings,
        encrypted: isSealing(context),
        targets: settings.targets.map((path) => {
          const { goodAt, goodName, lastAt, lastText } = targets[path] ?? freshTarget;
          const nextAt = service.next(path);
          return {
            path,
            goodAt,
            goodName,
            lastAt,
            lastText,
            nextAt,
            freeBytes: freeBytes(path),
            ...contentOf(path, lab),
          };
        }),
        history,
        running: service.progress,
        data: { folder: context.dataFolder, freeBytes: freeBytes(context.dataFolder), text: diskState(context).text },
      };
    },
    'backup.configure'({ reason, ...input }, caller) {
      const settings = backupSettingsSchema.parse({ ...input, targets: [...new Set(input.targets.map(cleanPath))] });
      const before = new Set(backupSettings(context).targets);
      for (const target of settings.targets) if (!before.has(target)) refuseUnfit(target, context.dataFolder);
      store.transact(caller.actor, (tx) => {
        tx.put('setting', { key: 'backup', value: JSON.stringify(settings) }, reason);
        // The banner knows the alarm's hours.
        tx.touch('status', 'now');
      });
      writeTargets(context.dataFolder, settings.targets);
      return {};
    },
    async 'backup.passphrase'({ passphrase, reason }, caller) {
      const sealed = passphrase === '' ? '' : await context.secrets.seal(passphrase);
      store.transact(caller.actor, (tx) => tx.put('secret', { key: 'backup', sealed }, reason));
      return {};
    },
    'backup.now'({ target }, caller) {
      const { targets } = backupSettings(context);
      if (targets.length === 0) {
        throw new AppError({
          code: 'BACKUP_NO_TARGET',
          message: '还没有设置备份文件夹。',
          meaning: '没有备份。',
          next: '请系统管理员先填写另一块盘或共享上的文件夹。',
        });
      }
      service.ask(target === undefined ? targets : [requireTarget(context, target)], caller.actor);
      return {};
    },
    'backup.cancel'() {
      service.cancel();
      return {};
    },
    'backup.drill'({ target, name, passphrase }, caller) {
      const path = requireTarget(context, target);
      if (name !== undefined && !backupNamePattern.test(name)) throw noBackup(name);
      if (!existsSync(path)) throw noBackup(path);
      const folder = name === undefined ? chosenBackup(path, labOf(store.database)).folder : join(path, name);
      if (!existsSync(folder)) throw noBackup(folder);
      service.drill({ target: path, folder, passphrase: passphrase ?? null }, caller.actor);
      return {};
    },
    'retention.list': () => retentionList(context),
  };
}

const cleanPath = (path: string): string => (isAbsolute(path) ? resolve(path) : path);

const noBackup = (what: string): AppError =>
  new AppError({
    code: 'BACKUP_NONE',
    message: `找不到备份 ${what}。`,
    meaning: '没有开始。',
    next: '请插好备份盘或连上共享文件夹，再刷新列表。',
  });

/** Only folders that the administrator has named: a call cannot make the program read or write elsewhere. */
function requireTarget(context: Context, target: string): string {
  if (backupSettings(context).targets.includes(target)) return target;
  throw new AppError({
    code: 'BACKUP_TARGET_UNKNOWN',
    message: `${target} 不在备份设置里。`,
    meaning: '没有开始。',
    next: '请从设置好的备份文件夹中选择。',
  });
}

function refuseUnfit(target: string, dataFolder: string): void {
  const refuse = (code: string, message: string): AppError =>
    new AppError({
      code,
      message,
      meaning: '设置没有保存。',
      next: '请填写另一块盘或共享上已有的、可以写入的文件夹的完整路径。',
    });
  if (!isAbsolute(target)) throw refuse('BACKUP_PATH', `${target} 不是完整路径。`);
  refuseInside(target, dataFolder);
  const trouble = troubleOf(target);
  if (trouble !== null) throw refuse('BACKUP_FOLDER', trouble);
}

function troubleOf(target: string): string | null {
  try {
    if (!statSync(target).isDirectory()) return `${target} 不是文件夹。`;
  } catch {
    return `找不到 ${target}：备份盘没有插好，或共享没有连上。`;
  }
  try {
    accessSync(target, constants.R_OK | constants.W_OK | constants.X_OK);
    return null;
  } catch {
    return `${target} 不能写入：请检查写保护和权限。`;
  }
}

function contentOf(target: string, lab: string): Pick<Shown, 'trouble' | 'backups'> {
  const trouble = troubleOf(target);
  try {
    const { found, unreadable } = listBackups(target);
    const backups = found
      .filter(({ manifest }) => manifest.lab === lab)
      .map((one) => {
        const { madeAt, seal, counts, faults } = one.manifest;
        const { records, runs, reports, files } = counts;
        const shown = {
          name: one.name,
          madeAt,
          encrypted: seal !== null,
          good: isGood(one),
          records,
          runs,
          reports,
          files,
        };
        return { ...shown, text: faults[0] ?? '' };
      });
    const wrong = unreadable.map(({ name, why }) => ({
      name, madeAt: '', encrypted: false, good: false, records: 0, runs: 0, reports: 0, files: 0, text: why,
    })); // prettier-ignore
    return { trouble, backups: [...backups, ...wrong].slice(0, 200) };
  } catch {
    return { trouble: trouble ?? `读不出 ${target}。`, backups: [] };
  }
}
