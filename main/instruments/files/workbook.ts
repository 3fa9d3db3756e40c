// An Excel workbook as rows of text. Figures keep the digits that Excel shows. The reader of workbooks takes an error
// value and a formula that was never computed for an empty cell; here both stay visible, so that they are never passed
// over as if nothing had been there.
import { SheetNotFoundError, readSheet } from 'read-excel-file/node';
import { archiveOf, entriesOf, TooLarge, type Entry } from './archive.ts';
import { momentText } from './dates.ts';
import { storedDouble } from './numbers.ts';
import { refuseFile } from './refuse.ts';

const mostUnpacked = 200 * 1024 * 1024;

const cell = /<((?:\w+:)?c)\b([^>]*?)(?:\/>|>([\s\S]*?)<\/\1>)/g;
const typeIn = /\st=(["'])(\w+)\1/;

/** Error values become the text that Excel shows; a formula without a value says so. */
export function showErrors(sheet: string): string {
  return sheet.replaceAll(cell, (whole, name: string, attributes: string, inside: string | undefined) => {
    if (inside === undefined) return whole;
    const type = typeIn.exec(attributes)?.[2] ?? 'n';
    const prefix = name.slice(0, -1);
    const value = new RegExp(`<${prefix}v(?:\\s[^>]*)?>([^<]*)</${prefix}v>`).exec(inside)?.[1] ?? '';
    const isFormula = new RegExp(`<${prefix}f[\\s/>]`).test(inside);
    // A formula may give an empty text; one of a number has a value once it was computed.
    const word = type === 'e' ? value || '#' : isFormula && value === '' && type !== 'str' ? '#公式未计算' : null;
    if (word === null) return whole;
    return `<${name}${attributes.replace(typeIn, '')} t="str"><${prefix}v>${word}</${prefix}v></${name}>`;
  });
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return momentText(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return typeof value === 'string' ? value.trim() : '#';
}

function withErrorsShown(fileName: string, bytes: Uint8Array): Buffer {
  try {
    return archiveOf(
      entriesOf(Buffer.from(bytes), mostUnpacked).map((entry): Entry => {
        if (!/worksheets\/[^/]+\.xml$/i.test(entry.name)) return entry;
        return { ...entry, bytes: Buffer.from(showErrors(entry.bytes.toString('utf8'))) };
      }),
    );
  } catch (cause) {
    if (cause instanceof TooLarge)
      throw refuseFile(fileName, '工作簿展开后过大', '请在仪器或厂家软件里只导出要用的部分。', cause);
    throw refuseFile(fileName, '工作簿不完整或已损坏', '请重新导出。', cause);
  }
}

export async function readWorkbook(
  fileName: string,
  bytes: Uint8Array,
  sheet: string | undefined,
): Promise<string[][]> {
  const shown = withErrorsShown(fileName, bytes);
  try {
    const options = { parseNumber: storedDouble };
    const rows = await (sheet === undefined ? readSheet(shown, options) : readSheet(shown, sheet, options));
    return rows.map((row) => row.map(cellText));
  } catch (cause) {
    if (cause instanceof SheetNotFoundError)
      throw refuseFile(fileName, `没有工作表“${sheet}”`, '请核对所选配置。', cause);
    throw refuseFile(fileName, '内容不是完整的 Excel 工作簿', '请用 Excel 或 WPS 打开、另存为 .xlsx 后再试。', cause);
  }
}
