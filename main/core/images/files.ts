// The bytes of an image that a paper names by its digest. What was exchanged on the disk is not printed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PrintedImage } from '../../../shared/reports/report-parts.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { sha256Hex } from '../../../sync/wire/digest.ts';

export const imagesIn =
  (dataFolder: string) =>
  ({ sha256, format }: PrintedImage): Uint8Array => {
    let bytes: Buffer | null;
    try {
      bytes = readFileSync(join(dataFolder, 'files', `${sha256}.${format}`));
    } catch {
      bytes = null;
    }
    if (bytes !== null && sha256Hex(bytes) === sha256) return bytes;
    throw new AppError({
      code: 'FILE_DAMAGED',
      message: `签名或印章图片 ${sha256.slice(0, 12)}… ${bytes ? '与登记的摘要不符' : '不在数据文件夹里'}。`,
      meaning: '报告要与签发时逐字节相同，缺了图片不能生成；已有的文件没有变化。',
      next: '请从备份恢复 files 文件夹，并联系质量负责人。',
    });
  };
