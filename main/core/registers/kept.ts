// What was imported, and its file as it was: unsealed where it was sealed, and believed only by its digest.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors/appError.ts';
import type { RegisterId, RegisterImport } from '../../../shared/registers/calls.ts';
import { sha256Hex } from '../../../sync/wire/digest.ts';
import { textOf as text } from '../../store/cells.ts';
import type { Row } from '../../store/tables.ts';
import type { Context } from '../context.ts';

export const importsOf = (context: Pick<Context, 'store'>, register: RegisterId): RegisterImport[] =>
  context.store
    .all('SELECT * FROM registerImport WHERE register = ? ORDER BY importId DESC LIMIT 100', register)
    .map((row) => ({
      importId: text(row['importId']),
      fileName: text(row['fileName']),
      sourceSha256: text(row['sourceSha256']),
      newCount: Number(row['newCount']),
      changedCount: Number(row['changedCount']),
      sameCount: Number(row['sameCount']),
      refusedCount: Number(row['refusedCount']),
      reason: text(row['reason']),
      byName: text(row['byName']),
      at: text(row['at']),
    }));

/** Throws FILE_DAMAGED where the bytes are not the ones that were taken. */
export async function sourceOf(context: Pick<Context, 'store' | 'secrets' | 'dataFolder'>, row: Row): Promise<Buffer> {
  const media = context.store.get('media', text(row['keptSha256']));
  try {
    const kept = readFileSync(join(context.dataFolder, text(media?.['path'] ?? '')));
    const bytes =
      row['keptSealed'] === 1 ? Buffer.from(await context.secrets.open(kept.toString('utf8')), 'base64') : kept;
    if (sha256Hex(bytes) === row['sourceSha256']) return bytes;
  } catch {
    // Said below: gone, changed, or sealed by another machine.
  }
  throw new AppError({
    code: 'FILE_DAMAGED',
    message: `留存的导入文件“${text(row['fileName'])}”读不出，或与当时的摘要不符。`,
    meaning: '该文件被移动、改动，或在另一台电脑上加密。',
    next: '请从备份恢复 files 文件夹，并联系质量负责人。',
  });
}
