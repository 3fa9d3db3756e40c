// A workbook written cell by cell, so that tests can put in what no writer makes: error values, formulas without a value,
// doubles with their seventeen digits.
import { archiveOf } from '../archive.ts';

/** Cells as the inside of `<c …>…</c>`: `['t="e"', '<v>#DIV/0!</v>']`, or plain text. */
export type Cell = string | readonly [attributes: string, inside: string];

const columnName = (index: number): string =>
  index < 26 ? String.fromCodePoint(65 + index) : `A${String.fromCodePoint(65 + index - 26)}`;

export function workbookOf(rows: readonly (readonly Cell[])[], name = '结果'): Buffer {
  const data = rows.map((cells, row) => {
    const inner = cells.map((cell, index) => {
      const [attributes, inside] = typeof cell === 'string' ? ['t="inlineStr"', `<is><t>${cell}</t></is>`] : cell;
      return cell === '' ? '' : `<c r="${columnName(index)}${row + 1}" ${attributes}>${inside}</c>`;
    });
    return cells.length === 0 ? '' : `<row r="${row + 1}">${inner.join('')}</row>`;
  });
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packageRels = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const files: Record<string, string> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': `<Relationships xmlns="${packageRels}"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${name}" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packageRels}"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${data.join('')}</sheetData></worksheet>`,
  };
  const entries = Object.entries(files).map(([path, text]) => ({ name: path, bytes: Buffer.from(text) }));
  return archiveOf(entries);
}
