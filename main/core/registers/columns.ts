// The columns of a register: the trade's own heads with the words people write for them, and how a cell becomes the text
// that is compared. A value that a spreadsheet has rounded away is never taken for one.
import { calendarDay } from '../../../shared/entities/scalars.ts';
import { plainDecimal } from '../../instruments/drivers/driver.ts';
import { Exact } from '../../instruments/drivers/numbers.ts';
import { emptyCell, type Cell } from './file/cell.ts';

export type ColumnKind = 'text' | 'day' | 'whole' | 'decimal' | 'identity' | 'choice' | 'codes' | 'shown';

export interface Column {
  readonly name: string;
  readonly heading: string;
  /** Other heads that people write for it. */
  readonly synonyms: readonly string[];
  readonly kind: ColumnKind;
  readonly required: boolean;
  readonly example: string;
  /** How it is filled in, for the sheet of allowed values. */
  readonly how: string;
  /** Words of a choice, and the value each stands for. */
  readonly choices?: Readonly<Record<string, string>>;
}

export interface CellFault {
  readonly code: string;
  readonly message: string;
  readonly next: string;
}
export type Read = { value: string } | { fault: CellFault };

const fault = (code: string, message: string, next: string): Read => ({ fault: { code, message, next } });

/** Compared without blanks, marks of obligation and kinds of brackets. */
export const plainHeading = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/[\s*＊:：]/gu, '')
    .toLowerCase();

export function columnOf(columns: readonly Column[], heading: string): Column | undefined {
  const plain = plainHeading(heading);
  const bare = plain.replace(/\([^)]*\)$/, '');
  const same = (text: string): boolean => plainHeading(text) === plain;
  return (
    columns.find((column) => [column.heading, ...column.synonyms].some(same)) ??
    columns.find((column) => [column.heading, ...column.synonyms].some((text) => plainHeading(text) === bare))
  );
}

const LONGEST = 30;
const quoted = (text: string): string => `“${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}”`;

/** Fifteen digits are what a spreadsheet keeps of a number. */
function lostDigits(text: string): boolean {
  const exact = new Exact(text);
  return !exact.isFinite() || exact.abs().gte('1e15') || exact.precision() > 15;
}

const asText = 'Excel 的数字只保留 15 位：请先把这一列设为“文本”格式，再重新填写。';

export function readCell(column: Column, cell: Cell = emptyCell): Read {
  if (cell.kind === 'formula') return fault('CELL_FORMULA', '单元格是公式', '请复制后“选择性粘贴—数值”，再导入。');
  if (cell.kind === 'merged') return fault('CELL_MERGED', '单元格是合并的', '请取消合并，逐行填写。');
  if (cell.kind === 'error') return fault('CELL_ERROR', `单元格是错误值 ${cell.text}`, '请改成要导入的内容。');
  const { text } = cell;
  if (text === '') return { value: '' };
  if (column.kind === 'day') return readDay(cell);
  if (cell.kind === 'day') {
    return fault('CELL_IS_DAY', `${quoted(text)}是日期`, '这一列不是日期：请设为“文本”格式后重新填写。');
  }
  if (cell.kind === 'number') return readNumber(column, text);
  // A text file has no kinds of cells: what Excel wrote short has lost its digits as well.
  if (column.kind !== 'choice' && /^\d(\.\d+)?e\+?\d{2}$/i.test(text))
    return fault('NUMBER_LOST_DIGITS', `${quoted(text)}丢失了位数`, asText);
  if (column.kind === 'whole') return readWhole(text);
  if (column.kind === 'decimal') return readDecimal(text);
  if (column.kind === 'choice') return { value: column.choices?.[text] ?? text };
  if (column.kind === 'identity') return { value: text.toUpperCase() };
  return { value: text };
}

function readNumber(column: Column, raw: string): Read {
  if (!/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(raw))
    return fault('CELL_ERROR', `${quoted(raw)}不是数字`, '请重新填写。');
  if (column.kind === 'identity' || (column.kind !== 'decimal' && lostDigits(raw)))
    return fault('NUMBER_LOST_DIGITS', `这个单元格是数字，${lostDigits(raw) ? '已经丢失了位数' : '不是文本'}`, asText);
  const exact = new Exact(raw);
  // What is shown as 0.3 may be kept as 0.29999999999999999.
  const text = (exact.precision() > 15 ? exact.toSignificantDigits(15) : exact).toFixed();
  return column.kind === 'whole' ? readWhole(text) : column.kind === 'decimal' ? readDecimal(text) : { value: text };
}

function readWhole(text: string): Read {
  const digits = /^(\d{1,6})(\.0+)?(个?月)?$/.exec(text)?.[1];
  if (digits === undefined) return fault('NOT_WHOLE', `${quoted(text)}不是整数`, '请填写整数。');
  return { value: String(BigInt(digits)) };
}

function readDecimal(text: string): Read {
  const value = plainDecimal(text.replace(/\s*(kN|mm)$/i, ''));
  if (value === null) return fault('NOT_DECIMAL', `${quoted(text)}不是数字`, '请只填写数字，不带单位和千位分隔符。');
  return { value: new Exact(value).toFixed() };
}

function readDay({ kind, text }: Cell): Read {
  const parts =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?$/.exec(text) ??
    /^(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?$/.exec(text) ??
    (kind === 'text' ? /^(\d{4})(\d{2})(\d{2})$/.exec(text) : null);
  const day = parts === null ? '' : `${parts[1]}-${parts[2]?.padStart(2, '0')}-${parts[3]?.padStart(2, '0')}`;
  if (calendarDay.safeParse(day).success) return { value: day };
  return fault(
    'DAY_INVALID',
    `${quoted(text)}不是存在的日期`,
    '请填写日期，如 2026-11-23、2026/11/23 或 2026年11月23日。',
  );
}
