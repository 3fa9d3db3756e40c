// Figures as files write them: decimal sign, thousands signs, doubles of a spreadsheet. A cell either is one number by
// the rules of its profile or it is refused in words; nothing is repaired.
import { plainDecimal } from '../drivers/driver.ts';
import { Exact } from '../drivers/numbers.ts';
import type { FileProfile } from './profile.ts';

const LONGEST = 40;
const escaped = { '.': '\\.', ',': ',', ' ': '[ \\u00a0\\u202f]' } as const;

/** The decimal text of a cell, or why there is none. */
export function figureOf(
  cell: string,
  { decimal, thousands }: Pick<FileProfile, 'decimal' | 'thousands'>,
): { value: string } | { fault: string } {
  const text = cell.trim();
  const quoted = `“${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}”`;
  if (text === '') return { fault: '单元格是空的' };
  if (text.startsWith('#')) return { fault: `单元格是错误值 ${text.slice(0, LONGEST)}` };
  if (text.length > LONGEST) return { fault: `${quoted}太长，不是一个读数` };
  if (/[０-９．，－]/u.test(text)) return { fault: `${quoted}含全角字符，不是规范的数字` };
  if (/^[+-]?\d[\d.,]*[eE][+-]?\d+$/.test(text)) return { fault: `${quoted}是科学计数法，位数可能已经丢失` };
  const grouped = thousands === 'none' ? '\\d+' : `(?:\\d{1,3}(?:${escaped[thousands]}\\d{3})+|\\d+)`;
  const shape = new RegExp(`^[+-]?${grouped}(?:${escaped[decimal]}\\d+)?$`);
  if (!shape.test(text)) return { fault: `${quoted}不是数字${hintOf(text, decimal, thousands)}` };
  const separators = thousands === 'none' ? text : text.replaceAll(new RegExp(escaped[thousands], 'g'), '');
  const value = plainDecimal(separators.replace(decimal, '.'));
  return value === null ? { fault: `${quoted}不是数字` } : { value };
}

function hintOf(text: string, decimal: string, thousands: string): string {
  if (decimal === '.' && /^[+-]?\d+,\d+$/.test(text)) return '：逗号是小数点还是千位分隔符，须在配置里写明';
  if (decimal === ',' && /^[+-]?\d+\.\d+$/.test(text)) return '：配置写明小数点是逗号';
  if (thousands === 'none' && /^[+-]?\d{1,3}([., ]\d{3})+/.test(text)) return '：含千位分隔符，须在配置里写明';
  return '';
}

/** Spreadsheets and databases keep doubles and show 15 digits of them: 30.000000000000004 is what they show as 30. */
const SHOWN_DIGITS = 15;

/** A stored double as decimal text, as its program shows it; `text` is how the file writes it. */
export function storedDouble(text: string, digits = SHOWN_DIGITS): string {
  const exact = new Exact(text);
  if (!exact.isFinite()) return `#${text}`;
  return exact.precision() > digits ? exact.toSignificantDigits(digits).toFixed() : exact.toFixed();
}
