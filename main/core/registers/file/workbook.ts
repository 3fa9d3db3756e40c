// A workbook as rows of cells that still say how they were kept: as a text, a number, a day, a formula, or a part of a
// merged field. Unpacking stops at a limit, cells far out in the sheet are counted and not allocated.
import { entriesOf, TooLarge } from '../../../instruments/files/archive.ts';
import type { Cell, SheetRow } from './cell.ts';
import { isBlank } from './cell.ts';
import { isDayFormat, dayOfSerial } from './dayFormats.ts';
import { mostColumns, mostRows, refuseTable } from './refuse.ts';
import { attribute, BrokenXml, decoded, elements, nextElement, plainXml, richText } from './xml.ts';

const mostUnpacked = 64 * 1024 * 1024;
const mostMerged = 500;

interface Area {
  readonly rows: readonly [number, number];
  readonly columns: readonly [number, number];
}

const placeAt = (reference: string): { row: number; column: number } | null => {
  const found = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference);
  if (found === null) return null;
  const column = Array.from(found[1] ?? '').reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { row: Number(found[2]), column };
};

export function readSheetOf(fileName: string, bytes: Uint8Array, wanted: string): SheetRow[] {
  try {
    const entries = entriesOf(Buffer.from(bytes), mostUnpacked);
    const part = (name: string): string | null => {
      const found = entries.find((entry) => entry.name.replaceAll('\\', '/').toLowerCase() === name.toLowerCase());
      return found === undefined ? null : plainXml(found.bytes.toString('utf8'));
    };
    const workbook = part('xl/workbook.xml');
    if (workbook === null) throw new BrokenXml('no workbook');
    const sheet = part(sheetPath(workbook, part('xl/_rels/workbook.xml.rels') ?? '', wanted));
    if (sheet === null) throw new BrokenXml('no sheet');
    return rowsOf(fileName, sheet, {
      strings: stringsOf(part('xl/sharedStrings.xml') ?? ''),
      dayStyles: dayStylesOf(part('xl/styles.xml') ?? ''),
      from1904: /date1904\s*=\s*["'](1|true)["']/.test(workbook),
    });
  } catch (cause) {
    if (cause instanceof TooLarge)
      throw refuseTable(fileName, '工作簿展开后过大', '请只留要导入的工作表和列，另存为 .xlsx 后再试。', cause);
    if (cause instanceof BrokenXml || cause instanceof RangeError)
      throw refuseTable(fileName, '内容不是完整的 Excel 工作簿，或文件已损坏', '请用 Excel 或 WPS 打开，另存为 .xlsx 后再试。', cause); // prettier-ignore
    throw cause;
  }
}

/** The sheet that bears the register's name, else the first that can be seen. */
function sheetPath(workbook: string, relations: string, wanted: string): string {
  const sheets = [...elements(workbook, 'sheet')].map(({ attributes }) => ({
    name: attribute(attributes, 'name') ?? '',
    id: attribute(attributes, 'r:id') ?? attribute(attributes, '\\w+:id') ?? '',
    hidden: attribute(attributes, 'state') !== null && attribute(attributes, 'state') !== 'visible',
  }));
  const chosen = sheets.find(({ name }) => name.trim() === wanted) ?? sheets.find(({ hidden }) => !hidden) ?? sheets[0];
  const relation = [...elements(relations, 'Relationship')].find(
    ({ attributes }) => attribute(attributes, 'Id') === chosen?.id,
  );
  const target = attribute(relation?.attributes ?? '', 'Target') ?? 'worksheets/sheet1.xml';
  return target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
}

const stringsOf = (shared: string): string[] => [...elements(shared, 'si')].map(({ inside }) => richText(inside ?? ''));

/** Styles, by number, that show a number as a day. */
function dayStylesOf(styles: string): Set<number> {
  const codes = new Map<string, string>();
  for (const { attributes } of elements(nextElement(styles, ['numFmts'])?.inside ?? '', 'numFmt'))
    codes.set(attribute(attributes, 'numFmtId') ?? '', attribute(attributes, 'formatCode') ?? '');
  const formats = [...elements(nextElement(styles, ['cellXfs'])?.inside ?? '', 'xf')];
  return new Set(
    formats.flatMap(({ attributes }, index) => {
      const id = attribute(attributes, 'numFmtId') ?? '0';
      return isDayFormat(Number(id), codes.get(id) ?? '') ? [index] : [];
    }),
  );
}

interface Parts {
  strings: readonly string[];
  dayStyles: ReadonlySet<number>;
  from1904: boolean;
}

function rowsOf(fileName: string, sheet: string, parts: Parts): SheetRow[] {
  const data = nextElement(sheet, ['sheetData']);
  const merged = mergedAreas(fileName, sheet, data?.end ?? 0);
  const rows: SheetRow[] = [];
  let before = 0;
  for (const { attributes, inside } of elements(data?.inside ?? '', 'row')) {
    const no = Number(attribute(attributes, 'r') ?? before + 1);
    before = no;
    const cells: (Cell | undefined)[] = [];
    let column = -1;
    for (const cell of elements(inside ?? '', 'c')) {
      column = placeAt(attribute(cell.attributes, 'r') ?? '')?.column ?? column + 1;
      const found = cellOf(cell.attributes, cell.inside ?? '', parts);
      if (isBlank(found)) continue;
      if (column >= mostColumns)
        throw refuseTable(fileName, `第 ${no} 行超过 ${mostColumns} 列`, '请只留要导入的列，另存后再试。');
      cells[column] = found;
    }
    if (cells.length === 0) continue;
    markMerged(cells, no, merged);
    rows.push({ no, cells });
    // Title and heads stand above the rows that count.
    if (rows.length > mostRows + 50) throw refuseTable(fileName, `超过 ${mostRows} 行`, '请拆成几个文件导入。');
  }
  return rows;
}

function cellOf(attributes: string, inside: string, { strings, dayStyles, from1904 }: Parts): Cell {
  if (nextElement(inside, ['f']) !== null) return { kind: 'formula', text: '' };
  const type = attribute(attributes, 't') ?? 'n';
  if (type === 'inlineStr') return { kind: 'text', text: richText(inside).trim() };
  const value = decoded(nextElement(inside, ['v'])?.inside ?? '').trim();
  if (value === '') return { kind: 'text', text: '' };
  if (type === 's') return { kind: 'text', text: (strings[Number(value)] ?? '').trim() };
  if (type === 'str') return { kind: 'text', text: value };
  if (type === 'b') return { kind: 'text', text: value === '1' ? '是' : '否' };
  if (type === 'e') return { kind: 'error', text: value };
  if (type === 'd') return { kind: 'day', text: value.slice(0, 10) };
  const day = dayStyles.has(Number(attribute(attributes, 's') ?? '0')) ? dayOfSerial(value, from1904) : null;
  return day === null ? { kind: 'number', text: value } : { kind: 'day', text: day };
}

function mergedAreas(fileName: string, sheet: string, from: number): Area[] {
  const areas: Area[] = [];
  for (const { attributes } of elements(sheet.slice(from), 'mergeCell')) {
    const [first, last] = (attribute(attributes, 'ref') ?? '').split(':').map((reference) => placeAt(reference));
    if (!first || !last) continue;
    areas.push({ rows: [first.row, last.row], columns: [first.column, last.column] });
    if (areas.length > mostMerged)
      throw refuseTable(fileName, `合并单元格超过 ${mostMerged} 处`, '请取消合并，逐行填写后再试。');
  }
  return areas;
}

/** What a merged field covers shows one value and holds it once: none of its cells can be believed. */
function markMerged(cells: (Cell | undefined)[], no: number, areas: readonly Area[]): void {
  for (const { rows, columns } of areas) {
    if (no < rows[0] || no > rows[1]) continue;
    for (let column = columns[0]; column <= Math.min(columns[1], mostColumns); column += 1)
      cells[column] = { kind: 'merged', text: cells[column]?.text ?? '' };
  }
}
