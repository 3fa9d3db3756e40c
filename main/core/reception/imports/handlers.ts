// The import's calls: template, dry run, commit. A dry run is kept, so that a person can correct the file and still
// commit the good rows, and so that the same file is not registered twice by two clicks.
import { ulid } from 'ulid';
import writeXlsxFile from 'write-excel-file/node';
import type { CommissionInput } from '../../../../shared/entities/commission.ts';
import { toWallTime } from '../../../../shared/entities/scalars.ts';
import { methodById } from '../../../../shared/methods/index.ts';
import { AppError } from '../../../../shared/errors/appError.ts';
import { requireRow } from '../../../store/store.ts';
import type { Context, SomeHandlers } from '../../context.ts';
import { registerCommission } from '../register.ts';
import { importColumns } from './columns.ts';
import { dryRun } from './dryRun.ts';
import { templateProperties } from './propertyColumns.ts';
import { readTable } from './readTable.ts';

export function importHandlers(
  context: Context,
): SomeHandlers<'imports.template' | 'imports.preview' | 'imports.commit'> {
  return {
    async 'imports.template'() {
      const columns = [...importColumns, ...templateProperties(methodById('concrete-cube'))];
      const bytes = await writeXlsxFile([
        columns.map(({ heading, required }) => ({
          value: heading,
          fontWeight: required ? ('bold' as const) : undefined,
        })),
        columns.map(({ example }) => ({ value: example, type: String })),
      ]).toBuffer();
      return { fileName: '委托单导入模板.xlsx', bytesBase64: bytes.toString('base64') };
    },
    async 'imports.preview'({ fileName, bytesBase64 }, caller) {
      const table = await readTable(fileName, Buffer.from(bytesBase64, 'base64'));
      const { preview, commissions } = dryRun(context, table);
      const importId = ulid();
      context.store.transact(caller.actor, (tx) => {
        tx.insert('importBatch', {
          importId,
          fileName,
          createdBy: caller.user.userId,
          createdAt: toWallTime(context.now()),
          contentJson: JSON.stringify({ commissions, badCount: preview.badCount }),
          committedAt: null,
        });
        tx.event('import', importId, `导入预检 ${fileName}：${preview.rowCount} 行，${preview.badCount} 行有问题`);
      });
      return { importId, fileName, ...preview };
    },
    'imports.commit'({ importId, acceptPartial }, caller) {
      return context.store.transact(caller.actor, (tx) => {
        const batch = requireRow(tx.get('importBatch', importId), '导入', importId);
        if (batch['createdBy'] !== caller.user.userId)
          throw refuse('IMPORT_NOT_YOURS', '这份导入是另一个人预检的。', '请自己重新选择文件预检。');
        if (batch['committedAt'] !== null)
          throw refuse('IMPORT_DONE', `${batch['fileName']} 已经导入过了。`, '请在委托列表里查看，不要重复导入。');
        const { commissions, badCount } = JSON.parse(String(batch['contentJson'])) as {
          commissions: CommissionInput[];
          badCount: number;
        };
        if (commissions.length === 0)
          throw refuse('IMPORT_EMPTY', '没有可以导入的行。', '请按预检结果更正文件后再试。');
        if (badCount > 0 && !acceptPartial)
          throw refuse('IMPORT_HAS_BAD_ROWS', `还有 ${badCount} 行有问题。`, '请更正文件，或选择“只导入正确的行”。');
        const commissionNos = commissions.map((commission) => registerCommission(tx, context, caller, commission));
        tx.update('importBatch', importId, { committedAt: toWallTime(context.now()) });
        tx.event('import', importId, `导入完成：${commissionNos.join('、')}`);
        return {
          commissionNos,
          sampleCount: commissions.reduce((sum, commission) => sum + commission.samples.length, 0),
        };
      });
    },
  };
}

function refuse(code: string, message: string, next: string): AppError {
  return new AppError({ code, message, meaning: '什么也没有导入。', next });
}
