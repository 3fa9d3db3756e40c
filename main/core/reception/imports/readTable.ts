// Reads an Excel or CSV file into rows of text. CSV from Chinese Excel is GB 18030 unless it says or shows UTF-8.
import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import { AppError } from '../../../../shared/errors/appError.ts';

const mostRows = 5_000;

export async function readTable(fileName: string, bytes: Uint8Array): Promise<string[][]> {
  const rows = await readRows(fileName, bytes);
  if (rows.length > mostRows) {
    throw unreadable(fileName, `文件有 ${rows.length} 行，一次最多导入 ${mostRows} 行`, '请拆成几个文件导入。');
  }
  return rows;
}

async function readRows(fileName: string, bytes: Uint8Array): Promise<string[][]> {
  try {
    if (/\.xlsx$/i.test(fileName)) {
      const sheet = await readSheet(Buffer.from(bytes));
      return sheet.map((row) => row.map(cellText));
    }
    if (/\.(csv|txt)$/i.test(fileName)) {
      return parse(decodeText(bytes), { bom: true, relax_column_count: true, skip_empty_lines: false });
    }
  } catch (cause) {
    throw unreadable(fileName, whyNot(fileName, cause), '请用 Excel 打开检查，另存为 .xlsx 后再试。', cause);
  }
  throw unreadable(fileName, '只能导入 .xlsx 或 .csv 文件', '请用 Excel 另存为 .xlsx 后再试。');
}

function whyNot(fileName: string, cause: unknown): string {
  if (/\.xlsx$/i.test(fileName)) return '内容不是 Excel 工作簿，或文件已损坏';
  const { code, lines } = cause as { code?: string; lines?: number };
  const place = lines === undefined ? '' : `到第 ${lines} 行为止，`;
  if (code === 'CSV_QUOTE_NOT_CLOSED') return `${place}有一个引号没有配对`;
  return `${place}文字不成表格（逗号或引号有误）`;
}

function unreadable(fileName: string, what: string, next: string, cause?: unknown): AppError {
  return new AppError(
    { code: 'IMPORT_UNREADABLE', message: `${fileName}：${what}。`, meaning: '什么也没有导入。', next },
    { cause },
  );
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  // Excel keeps days as midnight UTC, and a time alone as a part of day 0.
  if (cell instanceof Date) return cell.getUTCFullYear() < 1901 ? timeText(cell) : cell.toISOString().slice(0, 10);
  if (typeof cell === 'boolean') return cell ? '是' : '否';
  return typeof cell === 'number' || typeof cell === 'string' ? String(cell).trim() : '';
}

/** Excel's fractions of a day are rounded to the minute that was typed. */
function timeText(cell: Date): string {
  return new Date(Math.round(cell.getTime() / 60_000) * 60_000).toISOString().slice(11, 16);
}
