// jiantai sync: what IT does about the upload without a window. `status` and `ledger` only read and may run beside a working
// bench; `push`, `pull` and `verify` need the data folder for themselves.
import { parseArgs } from 'node:util';
import { AppError } from '../../../shared/errors/appError.ts';
import type { Command } from '../jiantai.ts';
import { commandError, sayError } from './commandError.ts';
import { exitOf } from './sync/exit.ts';
import { syncLedger } from './sync/ledger.ts';
import { syncPull } from './sync/pull.ts';
import { syncPush } from './sync/push.ts';
import type { SyncOptions } from './sync/options.ts';
import { syncStatus } from './sync/status.ts';
import { syncVerify } from './sync/verify.ts';

const parts: Record<string, (options: SyncOptions) => Promise<number> | number> = {
  status: syncStatus,
  push: syncPush,
  pull: syncPull,
  verify: syncVerify,
  ledger: syncLedger,
};

const usage = (message: string): AppError => new AppError({ code: 'USAGE', message, next: `用法：${sync.usage}` });

function optionsOf(args: string[]): SyncOptions {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      json: { type: 'boolean', default: false },
      'secret-file': { type: 'string' },
      seconds: { type: 'string', default: '60' },
      progress: { type: 'boolean', default: false },
      state: { type: 'string' },
      commission: { type: 'string' },
      report: { type: 'string' },
      text: { type: 'string' },
    },
  });
  if (!values.data) throw usage('缺少 --data <文件夹>。');
  const seconds = Number(values.seconds);
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > 86_400) throw usage('--seconds 应为 0 到 86400 的整数。');
  return {
    data: values.data,
    json: values.json,
    secretFile: values['secret-file'] ?? null,
    seconds,
    progress: values.progress,
    state: values.state ?? null,
    commission: values.commission ?? null,
    report: values.report ?? null,
    text: values.text ?? null,
    subject: positionals[0] ?? null,
  };
}

export const sync: Command = {
  summary: '上传：统计、立即上传、取回基础数据、核验标识码、导出台账',
  usage:
    'jiantai sync status|push|pull|verify <标识码或报告编号>|ledger --data <文件夹> [--json] [--secret-file <文件>] [--seconds N] [--progress] [--state <状态>] [--commission <编号>] [--report <编号>] [--text <文字>]',
  async run([name, ...args]) {
    try {
      const part = name !== undefined && Object.hasOwn(parts, name) ? parts[name] : undefined;
      if (part === undefined) throw usage(name === undefined ? '缺少子命令。' : `没有 sync ${name} 这个子命令。`);
      return await part(optionsOf(args));
    } catch (cause) {
      const info = commandError(cause);
      sayError(info);
      return exitOf(info.code);
    }
  },
};
