// A file as rows of text with their numbers, whatever kind it is. What cannot be read as that kind is refused in words
// before one figure of it is looked at: too large, binary, another encoding, a workbook that unpacks without end.
import { parse } from 'csv-parse/sync';
import { readForeignTable } from '../../store/foreign.ts';
import { AccessFault } from './access/pages.ts';
import { NotThere, readAccessTable } from './access/read.ts';
import { decodeDigimatic } from '../drivers/digimatic.ts';
import { storedDouble } from './numbers.ts';
import type { FileProfile } from './profile.ts';
import { refuseFile } from './refuse.ts';
import { textOf } from './text.ts';
import { readWorkbook } from './workbook.ts';

export const mostBytes = 20 * 1024 * 1024;
export const mostRows = 20_000;
const mostColumns = 500;

export interface TableRow {
  /** As a person counts them in the file. */
  no: number;
  cells: string[];
}

export interface Table {
  headings: string[] | null;
  rows: TableRow[];
  /** What a person should know of the whole file. */
  warnings: string[];
}

export async function readInstrumentTable(fileName: string, bytes: Uint8Array, profile: FileProfile): Promise<Table> {
  const { source } = profile;
  if (bytes.length === 0) throw refuseFile(fileName, '是空文件', '请在仪器或厂家软件里重新导出。');
  if (bytes.length > mostBytes) throw refuseTooLarge(fileName, bytes.length);
  const found = kindOf(bytes);
  const wanted = source.kind in kindNames ? (source.kind as Known) : null;
  if (found !== wanted)
    throw refuseFile(
      fileName,
      `内容是${found === null ? '文本或其他格式' : kindNames[found]}，所选配置要读的是${wanted === null ? '文本' : kindNames[wanted]}`,
      '请换一个配置，或重新导出文件。',
    );
  const table = await readRows(fileName, bytes, profile);
  if (table.rows.length > mostRows)
    throw refuseFile(fileName, `超过 ${mostRows} 行`, '请在仪器或厂家软件里只导出要用的部分。');
  if (table.rows.some(({ cells }) => cells.length > mostColumns))
    throw refuseFile(fileName, `有一行超过 ${mostColumns} 列`, '请核对分隔符和所选配置。');
  return table;
}

const kindNames = { xlsx: 'Excel 工作簿', sqlite: 'SQLite 数据库', mdb: 'Access 数据库' } as const;
type Known = keyof typeof kindNames;

/** What the first bytes say; null for text and everything else. */
function kindOf(bytes: Uint8Array): Known | null {
  const head = Buffer.from(bytes.subarray(0, 19)).toString('latin1');
  if (head.startsWith('PK')) return 'xlsx';
  if (head.startsWith('SQLite format 3')) return 'sqlite';
  return ['Standard Jet DB', 'Standard ACE DB'].includes(head.slice(4)) ? 'mdb' : null;
}

export const refuseTooLarge = (fileName: string, size: number): Error =>
  refuseFile(
    fileName,
    `有 ${Math.ceil(size / 1024 / 1024)} MB，最多取入 ${mostBytes / 1024 / 1024} MB`,
    '请在仪器或厂家软件里只导出要用的部分。',
  );

function readRows(fileName: string, bytes: Uint8Array, profile: FileProfile): Table | Promise<Table> {
  const { source } = profile;
  if (source.kind === 'sqlite') return databaseTable(fileName, bytes, source);
  if (source.kind === 'mdb') return accessTable(fileName, bytes, source);
  if (source.kind === 'xlsx') return workbookTable(fileName, bytes, source);
  const text = textOf(fileName, bytes, source.encoding);
  if (source.kind === 'digimatic') return digimaticTable(text);
  return withHeadings(textRows(fileName, text, source.delimiter), source);
}

function withHeadings(rows: TableRow[], { skipRows, headings }: { skipRows: number; headings: boolean }): Table {
  const own = rows.filter(({ no }) => no > skipRows);
  const first = headings ? own.findIndex(({ cells }) => cells.some((cell) => cell !== '')) : -1;
  const head = own[first];
  return { headings: head?.cells ?? null, rows: head === undefined ? own : own.slice(first + 1), warnings: [] };
}

function textRows(fileName: string, text: string, delimiter: string): TableRow[] {
  if (delimiter === 'blank') {
    return text.split(/\r\n|\n|\r/).map((line, index) => ({ no: index + 1, cells: line.trim().split(/\s+/) }));
  }
  try {
    const records = parse(text, {
      delimiter: delimiter === 'tab' ? '\t' : delimiter,
      relax_column_count: true,
      skip_empty_lines: false,
      info: true,
      to: mostRows + 200,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    let before = 0;
    return records.map(({ record, info }) => {
      // A quoted cell may hold line breaks; a row is named by the line it begins in.
      const no = before + 1;
      before = Math.max(info.lines, no);
      return { no, cells: record.map((cell) => cell.trim()) };
    });
  } catch (cause) {
    const { lines } = cause as { lines?: number };
    const place = lines === undefined ? '' : `到第 ${lines} 行为止，`;
    throw refuseFile(fileName, `${place}文字不成表格（分隔符或引号有误）`, '请核对所选配置，或重新导出。', cause);
  }
}

function digimaticTable(text: string): Table {
  const rows = text.split(/\r\n|\n|\r/).map((line, index): TableRow => {
    if (line.trim() === '') return { no: index + 1, cells: [] };
    const { events } = decodeDigimatic(line, null);
    const [event] = events;
    if (event?.kind === 'value') return { no: index + 1, cells: [event.fields?.['channel'] ?? '', event.value] };
    return { no: index + 1, cells: ['#', `#${line.trim().slice(0, 30)}`] };
  });
  return { headings: null, rows, warnings: [] };
}

async function workbookTable(
  fileName: string,
  bytes: Uint8Array,
  source: { sheet?: string | undefined; skipRows: number; headings: boolean },
): Promise<Table> {
  const cells = await readWorkbook(fileName, bytes, source.sheet);
  return withHeadings(
    cells.map((row, index) => ({ no: index + 1, cells: row })),
    source,
  );
}

function databaseTable(fileName: string, bytes: Uint8Array, source: { table: string; orderBy: string[] }): Table {
  try {
    const { columns, rows, wal } = readForeignTable(Buffer.from(bytes), { ...source, most: mostRows + 1 });
    return {
      headings: columns,
      rows: rows.map((row, index) => ({
        no: index + 1,
        cells: row.map(({ text, double }) => (double ? storedDouble(text) : text.trim())),
      })),
      warnings: wal ? ['数据库启用了预写日志，厂家软件最近写入的行可能还不在这个文件里；请先关闭厂家软件再取。'] : [],
    };
  } catch (cause) {
    if (cause instanceof RangeError) throw refuseNotThere(fileName, source.table, cause);
    throw refuseFile(fileName, '数据库打不开，可能已损坏或正在写入', '请关闭厂家软件，稍候再试。', cause);
  }
}

function accessTable(fileName: string, bytes: Uint8Array, source: { table: string; orderBy: string[] }): Table {
  try {
    const { columns, rows } = readAccessTable(bytes, { ...source, most: mostRows });
    return {
      headings: columns,
      rows: rows.map((cells, index) => ({ no: index + 1, cells })),
      warnings: ['厂家软件开着时，刚写的行可能还不在文件里；少了行，请先关闭厂家软件再取。'],
    };
  } catch (cause) {
    if (cause instanceof NotThere) throw refuseNotThere(fileName, source.table, cause);
    const what = cause instanceof AccessFault ? cause.message : '数据库打不开，可能已损坏或正在写入';
    const next = '请关闭厂家软件后再试；仍读不了的，用厂家软件或 Access 压缩修复，或导出为 CSV、Excel 后再取入。';
    throw refuseFile(fileName, what, next, cause);
  }
}

const refuseNotThere = (fileName: string, table: string, cause: Error): Error =>
  refuseFile(fileName, `没有表或列“${table}”；有的是：${cause.message || '无'}`, '请核对所选配置。', cause);
