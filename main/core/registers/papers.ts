// The files that go out: the template with its sheet of allowed values, and the register as it stands, in the same shape.
import writeXlsxFile from 'write-excel-file/node';
import { csvText } from '../files/csv.ts';
import type { Column } from './columns.ts';
import { guarded } from './file/readFile.ts';
import { exampleMark } from './plan.ts';
import type { Facts, Known, Register } from './register.ts';

/** A spreadsheet's way to write characters that XML may not hold must not appear by accident. */
const plain = (text: string): string => text.replaceAll(/_(?=x[0-9A-F]{4}_)/g, '_x005F_');

const textCell = (text: string) => ({ value: plain(text), type: String, format: '@' });
const headCell = ({ heading, required, kind }: Column) => ({
  value: heading,
  type: String,
  fontWeight: required ? ('bold' as const) : undefined,
  backgroundColor: kind === 'shown' ? '#f0f0f0' : required ? '#dce9f7' : '#eef4fb',
});
const widthOf = ({ heading, example }: Column) => ({
  width: Math.min(36, Math.max(12, 2 * heading.length + 2, 2 * example.length)),
});

export async function templateOf(register: Register, facts: Facts): Promise<Buffer> {
  const columns = register.columns.filter(({ kind }) => kind !== 'shown');
  const example = columns.map(({ example: text }, index) => textCell(index === 0 ? `${exampleMark}${text}` : text));
  const help = columns.flatMap((column) => {
    const words = register.allowed(facts, column);
    const first = [column.heading, column.required ? '必填' : '可不填', column.how, words[0] ?? ''];
    return [first, ...words.slice(1).map((word) => ['', '', '', word])];
  });
  const bytes = await writeXlsxFile([
    { data: [columns.map(headCell), example], sheet: register.name, columns: columns.map(widthOf), stickyRowsCount: 1 },
    {
      data: [
        ['列', '必填', '怎样填', '允许的值'].map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
        ...help.map((row) => row.map(textCell)),
        [textCell('说明'), textCell(''), textCell(`以“${exampleMark}”开头的行不导入；列的顺序可以变，不用的列可以删去；日期可用 Excel 日期或文字。`), textCell('')],
      ],
      sheet: '填写说明',
      columns: [{ width: 20 }, { width: 8 }, { width: 60 }, { width: 40 }],
      stickyRowsCount: 1,
    },
  ] as never).toBuffer();
  return bytes;
} // prettier-ignore

/** Rows that can be changed here, as their columns show them. */
export async function exportOf(
  register: Register,
  rows: readonly Known[],
  { format, identity }: { format: 'xlsx' | 'csv'; identity: boolean },
): Promise<Buffer> {
  const cells = rows.map(({ values }) =>
    register.columns.map((column) => {
      const value = values[column.name] ?? '';
      if (value === '' && column.kind === 'identity') return '';
      return column.kind === 'identity' && identity ? value : (register.show?.(column, value) ?? value);
    }),
  );
  if (format === 'csv')
    return Buffer.from(csvText([register.columns.map(({ heading }) => heading), ...cells.map((row) => row.map(guarded))])); // prettier-ignore
  return writeXlsxFile(
    [register.columns.map(headCell), ...cells.map((row) => row.map(textCell))] as never,
    {
      sheet: register.name,
      columns: register.columns.map(widthOf),
      stickyRowsCount: 1,
    } as never,
  ).toBuffer();
}
