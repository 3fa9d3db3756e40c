// 备份: one backup now, and the drill that shows that it can be restored. Both by the same code as the bench itself.
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '../../../shared/errors/appError.ts';
import { chosenBackup, drill } from '../../core/backup/drill.ts';
import { makeBackup } from '../../core/backup/make.ts';
import { isGood, manifestName, readManifest } from '../../core/backup/manifest.ts';
import { proveFolder } from '../../core/backup/prove.ts';
import { restore as restoreBackup } from '../../core/backup/restore.ts';
import type { Command } from '../jiantai.ts';
import { write } from './lines.ts';

const usage = (message: string): AppError => new AppError({ code: 'USAGE', message });

/** The passphrase never stands in the arguments, where others can read it: a file, or an environment variable. */
function passphraseOf(file: string | undefined): string | null {
  if (file !== undefined) {
    if (!existsSync(file)) throw usage(`没有口令文件 ${file}。`);
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  }
  return process.env['JIANTAI_BACKUP_PASSPHRASE'] ?? null;
}

/** A backup, or the newest good one in a folder of backups. */
const backupIn = (from: string): string =>
  existsSync(join(from, manifestName)) ? resolve(from) : chosenBackup(resolve(from), null).folder;

const options = {
  data: { type: 'string' },
  to: { type: 'string' },
  from: { type: 'string' },
  'passphrase-file': { type: 'string' },
} as const;

async function make(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options });
  if (!values.data) throw usage('缺少 --data <文件夹>。');
  if (!values.to) throw usage('缺少 --to <备份文件夹>。');
  const dataFolder = resolve(values.data);
  const passphrase = passphraseOf(values['passphrase-file']);
  const made = await makeBackup({ dataFolder, target: resolve(values.to), passphrase, create: true });
  const { manifest } = made;
  const plain = passphrase === null ? await proveFolder(made.folder, manifest) : null;
  const firstFault = manifest.faults[0] ?? plain?.faults[0] ?? null;
  write({
    from: dataFolder,
    to: made.folder,
    ok: firstFault === null,
    firstFault,
    files: manifest.counts.files,
    copied: made.copied,
    linked: made.linked,
    sealed: manifest.seal !== null,
    counts: manifest.counts,
    checked: plain?.checked ?? manifest.checked,
    head: manifest.head.hash,
  });
  return firstFault === null ? 0 : 1;
}

async function tryOut(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options });
  if (!values.from) throw usage('缺少 --from <备份或备份文件夹>。');
  const work = values.to === undefined ? tmpdir() : resolve(values.to);
  const result = await drill(backupIn(values.from), work, passphraseOf(values['passphrase-file']));
  write(result);
  return result.ok ? 0 : 1;
}

export const backup: Command = {
  summary: '在线备份数据文件夹（检台可以开着）并校验；drill 恢复演练',
  usage:
    'jiantai backup --data <文件夹> --to <另一块盘上的文件夹> [--passphrase-file <文件>]；' +
    'jiantai backup drill --from <备份> [--to <临时文件夹>] [--passphrase-file <文件>]',
  run: (args) => (args[0] === 'drill' ? tryOut(args.slice(1)) : make(args)),
};

export const restore: Command = {
  summary: '把一份备份恢复到空文件夹，从不覆盖',
  usage: 'jiantai restore --from <备份> --to <空文件夹> [--passphrase-file <文件>]',
  async run(args) {
    const { values } = parseArgs({ args, options });
    if (!values.from) throw usage('缺少 --from <备份或备份文件夹>。');
    if (!values.to) throw usage('缺少 --to <空文件夹>。');
    const folder = backupIn(values.from);
    const good = isGood({ manifest: readManifest(folder) });
    const who = { actor: '程序:命令行恢复', workstation: '命令行' };
    const done = await restoreBackup(folder, resolve(values.to), passphraseOf(values['passphrase-file']), who, folder);
    write({ ...done.proof, from: folder, to: done.to, complete: good, missing: done.manifest.faults });
    return 0;
  },
};
