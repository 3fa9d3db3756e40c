// jiantai export-bundle: the bundle that an inspector takes away, without a window. It is written into the audit chain, so
// the folder is needed alone.
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '../../../shared/errors/appError.ts';
import { makeBundle } from '../../core/inspection/bundle.ts';
import { programActor } from '../../core/context.ts';
import { keyFileName } from '../../server/key-file-secrets.ts';
import { imagesIn } from '../../core/images/files.ts';
import { createReportRenderer } from '../../reports/renderer.ts';
import type { Command } from '../jiantai.ts';
import { write } from './lines.ts';
import { withSession } from './sync/options.ts';

export const exportBundle: Command = {
  summary: '导出检查包：原始记录、原始采集文件、报告、审计链、签名清单和独立校验程序',
  usage: 'jiantai export-bundle --data <文件夹> --records <编号,编号…> --to <文件.zip> [--reason <用途>]',
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        data: { type: 'string' },
        records: { type: 'string' },
        to: { type: 'string' },
        reason: { type: 'string', default: '命令行导出' },
      },
    });
    const { data, records, to } = values;
    if (data === undefined || records === undefined || to === undefined)
      throw new AppError({ code: 'USAGE', message: '缺少 --data、--records 或 --to。', next: exportBundle.usage });
    const path = resolve(to);
    if (existsSync(path))
      throw new AppError({ code: 'FILE_EXISTS', message: `${path} 已经有了。`, next: '请换一个文件名。' });
    if (!existsSync(join(resolve(data), keyFileName)))
      throw new AppError({
        code: 'SECRET_NOT_OPENED',
        message: '签名密钥由桌面程序用系统钥匙串保管，命令行打不开。',
        meaning: '没有导出检查包。',
        next: '请在桌面程序的“审计”里导出检查包。',
      });
    const recordNos = records.split(/[,，\s]+/).filter((one) => one !== '');
    const options = { data, secretFile: null, json: true, seconds: 0, progress: false, state: null, commission: null, report: null, text: null, subject: null }; // prettier-ignore
    const renderer = createReportRenderer({ imageOf: imagesIn(data) });
    try {
      await withSession(options, async ({ context }) => {
        const { bytes, ...made } = await makeBundle(context, renderer, programActor('命令行'), {
          recordNos,
          reason: values.reason,
        });
        writeFileSync(path, bytes, { flag: 'wx' });
        write({ file: path, bytes: bytes.length, fingerprint: made.fingerprint, files: made.files });
      });
    } finally {
      await renderer.close();
    }
    return 0;
  },
};
