// The file that a person chose, as rows of cells: a workbook or a text with commas, told by its bytes and not by its name.
import { parse } from 'csv-parse/sync';
import { decoded } from '../../../instruments/files/text.ts';
import type { Cell, SheetRow } from './cell.ts';
import { mostBytes, mostColumns, mostRows, refuseTable } from './refuse.ts';
import { readSheetOf } from './workbook.ts';

export function readRows(fileName: string, bytes: Uint8Array, sheet: string): SheetRow[] {
  if (bytes.length === 0) throw refuseTable(fileName, '是空文件', '请核对所选文件。');
  if (bytes.length > mostBytes)
    throw refuseTable(
      fileName,
      `有 ${Math.ceil(bytes.length / 1024 / 1024)} MB，最多 ${mostBytes / 1024 / 1024} MB`,
      '请只留要导入的工作表和列，或拆成几个文件。',
    );
  const head = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  if (head.startsWith('PK')) return withinLimits(fileName, readSheetOf(fileName, bytes, sheet));
  if (head.startsWith('\u00d0\u00cf\u0011\u00e0'))
    throw refuseTable(fileName, '是旧格式（.xls）或加了密码的工作簿', '请去掉密码，用 Excel 另存为 .xlsx 后再试。');
  if (!/\.(csv|txt)$/i.test(fileName))
    throw refuseTable(fileName, '只能导入 .xlsx 或 .csv 文件', '请用 Excel 另存为 .xlsx 后再试。');
  return withinLimits(fileName, csvRows(fileName, textOf(fileName, bytes)));
}

function withinLimits(fileName: string, rows: SheetRow[]): SheetRow[] {
  if (rows.length > mostRows + 50) throw refuseTable(fileName, `超过 ${mostRows} 行`, '请拆成几个文件导入。');
  if (rows.some(({ cells }) => cells.length > mostColumns))
    throw refuseTable(fileName, `有一行超过 ${mostColumns} 列`, '请核对分隔符，或只留要导入的列。');
  return rows;
}

/** Control characters other than tab and line ends stand in no table. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const control = /[\u0000-\u0008\u000e-\u001f]/;

function textOf(fileName: string, bytes: Uint8Array): string {
  const { text } = decoded(bytes, ['utf-8', 'gb18030'], control);
  if (text !== null) return text;
  throw refuseTable(fileName, '不是文本文件，或文字编码不是 UTF-8、GB 18030', '请用 Excel 打开，另存为 .xlsx 后再试。');
}

function csvRows(fileName: string, text: string): SheetRow[] {
  const first = text.slice(0, text.search(/\r|\n|$/));
  const delimiter = first.includes(',') ? ',' : first.includes('\t') ? '\t' : ',';
  try {
    const records = parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: false,
      info: true,
      to: mostRows + 100,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    let before = 0;
    return records.flatMap(({ record, info }) => {
      // A quoted cell may hold line breaks; a row is named by the line it begins in.
      const no = before + 1;
      before = Math.max(info.lines, no);
      const cells = record.map((value): Cell => ({ kind: 'text', text: unguarded(value.trim()) }));
      return cells.every(({ text: value }) => value === '') ? [] : [{ no, cells }];
    });
  } catch (cause) {
    const { lines } = cause as { lines?: number };
    const place = lines === undefined ? '' : `到第 ${lines} 行为止，`;
    throw refuseTable(
      fileName,
      `${place}文字不成表格（逗号或引号有误）`,
      '请用 Excel 打开，另存为 .xlsx 后再试。',
      cause,
    );
  }
}

/** Written before a text that a spreadsheet would take for a formula; see `guarded`. */
const unguarded = (text: string): string => (/^'+[=+@\t]/.test(text) ? text.slice(1) : text);

/** `csvText` guards a bare formula sign; one that already stands behind a quote gets another. */
export const guarded = (text: string): string => (/^'+[=+@\t]/.test(text) ? `'${text}` : text);
