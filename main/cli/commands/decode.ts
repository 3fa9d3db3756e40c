import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { AppError } from '../../../shared/errors/appError.ts';
import { decodeBytes } from '../../instruments/drivers/index.ts';
import type { Command } from '../jiantai.ts';
import { answerLines } from './lines.ts';

const lineSchema = z.union([
  z.object({ bytes_hex: z.string().regex(/^([0-9a-fA-F]{2})*$/, 'bytes_hex 应为成对的十六进制数字') }),
  z.object({ text: z.string() }),
]);

export const decode: Command = {
  summary: '按驱动解释仪器数据：标准输入每行 {"bytes_hex"} 或 {"text"}',
  usage: 'jiantai decode --driver <id> [--profile <仪器设置文件>] < 数据.jsonl',
  async run(args) {
    const { values } = parseArgs({ args, options: { driver: { type: 'string' }, profile: { type: 'string' } } });
    const { driver } = values;
    if (!driver)
      throw new AppError({ code: 'USAGE', message: '缺少 --driver。', next: '运行 jiantai drivers 查看驱动编号。' });
    const profile: unknown = values.profile ? JSON.parse(await readFile(values.profile, 'utf8')) : undefined;
    decodeBytes(driver, new Uint8Array(), profile);
    return answerLines((line) => {
      const parsed = lineSchema.safeParse(line);
      if (!parsed.success) {
        throw new AppError({ code: 'LINE_INVALID', message: '每行应为 {"bytes_hex":"…"} 或 {"text":"…"}。' });
      }
      const bytes =
        'text' in parsed.data ? Buffer.from(parsed.data.text, 'latin1') : Buffer.from(parsed.data.bytes_hex, 'hex');
      return { value: decodeBytes(driver, bytes, profile), failed: false };
    });
  },
};
