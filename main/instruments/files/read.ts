// A file by its profile: every row becomes values with their units, or a fault with the row's number. Nothing is guessed,
// repaired or rounded; a row with one fault gives no value at all, so that half a specimen is never taken for a whole.
import { momentOf } from './dates.ts';
import { figureOf } from './numbers.ts';
import type { ColumnRef, FileProfile, ValueColumn } from './profile.ts';
import { refuseFile } from './refuse.ts';
import { readInstrumentTable, type Table, type TableRow } from './table.ts';
import { unitOf } from './units.ts';

export interface FileValue {
  row: number;
  /** The sample's code or number as the file says it; null where the profile names no column for it. */
  sample: string | null;
  /** As the file says it; null where rows are specimens in their order. */
  specimenNo: number | null;
  /** Which row of its sample this is, from 1. */
  order: number;
  valueId: string;
  /** Place among several readings of one column group, from 1; null where there is one. */
  position: number | null;
  /** Decimal text in `unit`, or the value of a choice, or text. */
  value: string;
  unit: string;
  measuredAt: string | null;
}

export interface RowFault {
  row: number;
  column: string | null;
  message: string;
}

export interface FileRow {
  row: number;
  sample: string | null;
  /** The cells as they stand there, for the evidence. */
  raw: string;
}

export interface InstrumentReadings {
  rows: FileRow[];
  values: FileValue[];
  faults: RowFault[];
  /** Rows that the filter leaves out. */
  filtered: number;
  warnings: string[];
}

const longestRaw = 1_000;
const normal = (text: string): string => text.replaceAll(/\s/g, '').replaceAll('（', '(').replaceAll('）', ')');

/** Which column of the table a reference means; missing and ambiguous headings are refused for the whole file. */
class Columns {
  readonly #headings: readonly string[];
  readonly #fileName: string;

  constructor(fileName: string, table: Table) {
    this.#fileName = fileName;
    this.#headings = table.headings?.map(normal) ?? [];
  }

  indexOf(column: ColumnRef): number {
    if (typeof column === 'number') return column - 1;
    const name = normal(column);
    const first = this.#headings.indexOf(name);
    const found = this.#headings.filter((heading) => heading === name).length;
    if (found === 1) return first;
    const what = found === 0 ? `没有“${column}”这一列` : `“${column}”这一列出现了 ${found} 次`;
    const there = this.#headings.filter(Boolean).slice(0, 30).join('、');
    throw refuseFile(this.#fileName, `${what}；有的列是：${there || '无'}`, '请核对所选配置和文件。');
  }
}

const nameOf = (column: ColumnRef): string => (typeof column === 'number' ? `第 ${column} 列` : column);

export async function readInstrumentFile(
  fileName: string,
  bytes: Uint8Array,
  profile: FileProfile,
): Promise<InstrumentReadings> {
  return readingsOf(fileName, await readInstrumentTable(fileName, bytes, profile), profile);
}

export function readingsOf(fileName: string, table: Table, profile: FileProfile): InstrumentReadings {
  const columns = new Columns(fileName, table);
  const reader = new RowReader(profile, columns);
  const result: InstrumentReadings = { rows: [], values: [], faults: [], filtered: 0, warnings: [...table.warnings] };
  for (const row of table.rows) {
    if (row.cells.every((cell) => cell === '')) continue;
    if (!reader.passes(row)) result.filtered += 1;
    else reader.read(row, result);
  }
  refuseDuplicates(result, profile);
  return result;
}

class RowReader {
  readonly #profile: FileProfile;
  readonly #at: (row: TableRow, column: ColumnRef) => string;
  /** Rows of each sample so far: the order that specimens without a number follow. */
  readonly #orders = new Map<string, number>();
  /** A row that could be any reading: what follows it has no certain place. */
  #lostAt: number | null = null;

  constructor(profile: FileProfile, columns: Columns) {
    this.#profile = profile;
    const indexes = new Map<ColumnRef, number>();
    const index = (column: ColumnRef): number => {
      const known = indexes.get(column) ?? columns.indexOf(column);
      indexes.set(column, known);
      return known;
    };
    const { sample, specimen, long, measuredAt, values, filter } = profile;
    const named = [sample, specimen === 'order' ? undefined : specimen.column, long?.name, long?.value, long?.unit];
    const used = [measuredAt?.column, measuredAt?.timeColumn, ...filter.map(({ column }) => column)];
    // A heading that is missing is said once for the file, not for every row.
    for (const column of [...named, ...used, ...values.flatMap((entry) => entry.columns ?? [])])
      if (column !== undefined) index(column);
    this.#at = (row, column) => (row.cells[index(column)] ?? '').trim();
  }

  passes(row: TableRow): boolean {
    return this.#profile.filter.every(({ column, equals }) => equals.includes(this.#at(row, column)));
  }

  read(row: TableRow, result: InstrumentReadings): void {
    const { sample: sampleColumn } = this.#profile;
    const faults: RowFault[] = [];
    const fault = (column: ColumnRef | null, message: string): void => {
      faults.push({ row: row.no, column: column === null ? null : nameOf(column), message });
    };
    const sample = sampleColumn === undefined ? null : this.#at(row, sampleColumn);
    if (sampleColumn !== undefined && sample === '') fault(sampleColumn, '没有样品编号');
    const specimenNo = this.#specimenNo(row, fault);
    const measuredAt = this.#measuredAt(row, fault);
    const entry = this.#entryOf(row);
    if (entry === null) return;
    const read = entry === undefined ? this.#wide(row, fault) : this.#long(row, entry, fault);
    result.rows.push({ row: row.no, sample, raw: row.cells.join(' | ').slice(0, longestRaw) });
    if (this.#lostAt !== null) fault(null, `第 ${this.#lostAt} 行读不出，不知道它是哪一个读数，之后各行的顺序不能确定`);
    // A row that cannot be read still has its place in the order, where it is known whose place that is.
    const order = this.#next(sample, typeof entry === 'object' ? entry.id : '');
    if (entry === 'unknown' || sample === '') this.#lostAt ??= this.#profile.specimen === 'order' ? row.no : null;
    result.faults.push(...faults);
    if (faults.length > 0) return;
    for (const value of read) result.values.push({ row: row.no, sample, specimenNo, order, measuredAt, ...value });
  }

  /** Whose value a row is, where a row is a value: `null` for one that the profile does not want. */
  #entryOf(row: TableRow): ValueColumn | 'unknown' | undefined | null {
    const { long, values } = this.#profile;
    if (long === undefined) return undefined;
    const name = this.#at(row, long.name);
    return name.startsWith('#') ? 'unknown' : (values.find(({ names }) => names?.includes(name) ?? false) ?? null);
  }

  #next(sample: string | null, valueId: string): number {
    const key = `${sample ?? ''}\u001f${valueId}`;
    const order = (this.#orders.get(key) ?? 0) + 1;
    this.#orders.set(key, order);
    return order;
  }

  #specimenNo(row: TableRow, fault: Fault): number | null {
    const { specimen } = this.#profile;
    if (specimen === 'order') return null;
    const { column, prefix, suffix } = specimen;
    const text = this.#at(row, column);
    const own =
      text.startsWith(prefix) && text.endsWith(suffix) ? text.slice(prefix.length, text.length - suffix.length) : '';
    if (/^\d{1,3}$/.test(own.trim()) && Number(own) > 0) return Number(own);
    fault(column, `“${text.slice(0, 30)}”不是试件（测区）序号`);
    return null;
  }

  #measuredAt(row: TableRow, fault: Fault): string | null {
    const { measuredAt } = this.#profile;
    if (measuredAt === undefined) return null;
    const day = this.#at(row, measuredAt.column);
    const time = measuredAt.timeColumn === undefined ? null : this.#at(row, measuredAt.timeColumn);
    // A spreadsheet's own dates come as ISO text, whatever the profile's format for text is.
    const moment = momentOf(measuredAt.format, day, time) ?? momentOf('YYYY-MM-DD', day, time);
    if (moment === null)
      fault(
        measuredAt.column,
        `“${[day, time].filter(Boolean).join(' ').slice(0, 40)}”不是 ${measuredAt.format} 的日期`,
      );
    return moment;
  }

  #wide(row: TableRow, fault: Fault): Value[] {
    return this.#profile.values.flatMap((entry) => {
      const columns = entry.columns ?? [];
      return columns.flatMap((column, index) => {
        const cell = this.#at(row, column);
        if (cell === '' && entry.mayBeEmpty) return [];
        return this.#value(entry, cell, columns.length > 1 ? index + 1 : null, (message) => fault(column, message));
      });
    });
  }

  #long(row: TableRow, entry: ValueColumn | 'unknown', fault: Fault): Value[] {
    const { long } = this.#profile;
    if (long === undefined) return [];
    if (entry === 'unknown') {
      fault(null, `不认识的一行：${this.#at(row, long.value).slice(1)}`);
      return [];
    }
    const cell = this.#at(row, long.value);
    if (cell === '' && entry.mayBeEmpty) return [];
    if (long.unit !== undefined && entry.kind === 'decimal') {
      const word = this.#at(row, long.unit);
      const due = entry.shownUnit ?? entry.unit ?? '';
      if (word !== due && (unitOf(word) ?? '?') !== (unitOf(due) ?? '!'))
        fault(long.unit, `单位写的是“${word.slice(0, 20)}”，配置里是“${due}”`);
    }
    return this.#value(entry, cell, null, (message) => fault(long.value, `${entry.label}：${message}`));
  }

  #value(entry: ValueColumn, cell: string, position: number | null, fault: (message: string) => void): Value[] {
    const at = { valueId: entry.id, position };
    if (entry.kind === 'decimal') {
      const figure = figureOf(cell, this.#profile);
      if ('value' in figure) return [{ ...at, value: figure.value, unit: entry.unit ?? '' }];
      fault(figure.fault);
    } else if (cell === '' || cell.startsWith('#'))
      fault(cell === '' ? '单元格是空的' : `单元格是错误值 ${cell.slice(0, 30)}`);
    else if (entry.kind === 'text') return [{ ...at, value: cell, unit: '' }];
    else {
      const value = Object.hasOwn(entry.choices ?? {}, cell) ? entry.choices?.[cell] : undefined;
      if (value !== undefined) return [{ ...at, value, unit: '' }];
      fault(`“${cell.slice(0, 30)}”不在配置列出的选项里`);
    }
    return [];
  }
}

type Fault = (column: ColumnRef | null, message: string) => void;
type Value = Pick<FileValue, 'valueId' | 'position' | 'value' | 'unit'>;

/** The same place twice in one file: neither is believed, and both rows are named. */
function refuseDuplicates(result: InstrumentReadings, profile: FileProfile): void {
  if (profile.specimen === 'order') return;
  const seen = new Map<string, FileValue>();
  const bad = new Set<number>();
  const told = new Set<string>();
  for (const value of result.values) {
    const place = [value.sample, value.specimenNo, value.valueId, value.position].join('\u001f');
    const first = seen.get(place);
    if (first === undefined) seen.set(place, value);
    else {
      bad.add(first.row).add(value.row);
      const pair = `${first.row}-${value.row}`;
      if (told.has(pair)) continue;
      told.add(pair);
      const same = first.value === value.value ? '数值相同' : '数值不同';
      result.faults.push({
        row: value.row,
        column: null,
        message: `与第 ${first.row} 行是同一个试件（测区），${same}；两行都不取`,
      });
    }
  }
  result.values = result.values.filter(({ row }) => !bad.has(row));
}
