// The ledger as a file for other programs: CSV (UTF-8 with its mark, so that Chinese spreadsheets read it) and JSON.
import { printedTime, toWallTime } from '../../../../shared/entities/scalars.ts';
import { AppError } from '../../../../shared/errors/appError.ts';
import type { LedgerFilter, LedgerRow } from '../../../../shared/sync/calls.ts';
import { kindName, standingNames } from '../../../../shared/sync/words.ts';
import { csvText } from '../../files/csv.ts';
import type { Reader } from './parts.ts';
import { LedgerRows } from './rows.ts';

/** A window gets this many at once; the command line has no limit. */
const mostRows = 20_000;
const pageRows = 500;

const head = [
  '序号', '委托编号', '内容', '编号', '版本', '状态', '说明', '下一步', '平台代码', '平台答复', '重试次数', '下次尝试', '产生时间', '平台接收时间', '条目号',
]; // prettier-ignore

export function* ledgerRows(store: Reader, filter: LedgerFilter): Generator<LedgerRow> {
  let cursor: string | undefined;
  do {
    // A fresh one per page: it remembers the queue of every commission it saw.
    const page = new LedgerRows(store).page({ ...filter, cursor, limit: pageRows });
    yield* page.rows;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

const shownTime = (at: string | null): string => (at === null ? '' : printedTime(at));

export function ledgerFile(
  store: Reader,
  filter: LedgerFilter,
  format: 'csv' | 'json',
  now: number,
): { fileName: string; text: string; rows: number } {
  const rows: LedgerRow[] = [];
  for (const row of ledgerRows(store, filter)) {
    if (rows.length === mostRows) throw tooMany();
    rows.push(row);
  }
  const fileName = `上传台账-${toWallTime(now).slice(0, 19).replaceAll(/[-:T]/g, '')}.${format}`;
  if (format === 'json') {
    const text = `${JSON.stringify({ madeAt: toWallTime(now), filter, entries: rows }, null, 1)}\n`;
    return { fileName, text, rows: rows.length };
  }
  const lines = rows.map((row) => [
    String(row.seq),
    row.commissionNo,
    kindName(row.kind),
    row.key,
    String(row.revision),
    standingNames[row.standing],
    row.why,
    row.next,
    row.platformCode ?? '',
    row.platformMessage ?? '',
    String(row.attempts),
    shownTime(row.nextTryAt),
    shownTime(row.createdAt),
    shownTime(row.acceptedAt),
    row.entryId,
  ]);
  return { fileName, text: csvText([head, ...lines]), rows: rows.length };
}

const tooMany = (): AppError =>
  new AppError({
    code: 'EXPORT_TOO_LARGE',
    message: `要导出的条目超过 ${mostRows} 条。`,
    meaning: '没有导出。',
    next: '请缩小范围后再导出，或由信息管理员用命令行 jiantai sync ledger 导出全部。',
  });
