// The dry run: every row of the file beside the row of the store that it means. Pure: it reads, compares and judges, and
// what it answers is bound by a digest, so that what was seen is what is taken.
import { digestOf } from '../../../sync/wire/digest.ts';
import { plainDecimal } from '../../instruments/drivers/driver.ts';
import { Exact } from '../../instruments/drivers/numbers.ts';
import { columnOf, plainHeading, readCell, type Column } from './columns.ts';
import { isBlank, type SheetRow } from './file/cell.ts';
import { mostRows, refuseTable } from './file/refuse.ts';
import type { Facts, Known, Problem, Register, Values } from './register.ts';

export type RowState = 'new' | 'changed' | 'same' | 'refused';

export interface PlannedRow {
  readonly row: number;
  readonly key: string;
  readonly name: string;
  readonly state: RowState;
  /** Column by column; `old` is null where there was no row. */
  readonly changes: readonly { column: Column; old: string | null; now: string }[];
  readonly problems: readonly Problem[];
  readonly values: Values;
  readonly input: unknown;
  readonly before: Known | null;
}

export interface Plan {
  readonly rows: readonly PlannedRow[];
  /** Of the file as a whole; with one of them nothing is taken. */
  readonly fileProblems: readonly string[];
  readonly notes: readonly string[];
  readonly digest: string;
}

/** Begins the key of the template's example, which is no entry. */
export const exampleMark = '（示例）';

interface Heads {
  readonly at: number;
  readonly places: ReadonlyMap<string, number>;
  readonly unknown: readonly string[];
  readonly twice: readonly string[];
}

/** Titles may stand above the heads: they are the row that names most columns. */
function headsOf(register: Register, rows: readonly SheetRow[]): Heads | null {
  const candidates = rows.slice(0, 15).map(({ cells }, at): Heads => {
    const places = new Map<string, number>();
    const unknown: string[] = [];
    const twice: string[] = [];
    cells.forEach((cell, index) => {
      if (cell === undefined || plainHeading(cell.text) === '') return;
      const column = columnOf(register.columns, cell.text);
      if (column === undefined) unknown.push(cell.text);
      else if (places.has(column.name)) twice.push(column.heading);
      else places.set(column.name, index);
    });
    return { at, places, unknown, twice };
  });
  const best = candidates.toSorted((a, b) => b.places.size - a.places.size || a.at - b.at)[0];
  return best !== undefined && best.places.size >= 2 ? best : null;
}

export function planOf(
  register: Register,
  facts: Facts,
  source: { fileName: string; sha256: string; rows: readonly SheetRow[]; reason: string },
): Plan {
  const heads = headsOf(register, source.rows);
  const fileProblems: string[] = [];
  const notes: string[] = [];
  if (heads === null) {
    fileProblems.push(`没有找到表头：请用模板的列名，如“${register.columns.slice(0, 3).map(({ heading }) => heading).join('”“')}”`); // prettier-ignore
    return finish(register, source.sha256, [], fileProblems, notes);
  }
  for (const heading of heads.twice) fileProblems.push(`“${heading}”这一列出现了两次（或用了两种写法），请只留一列`);
  for (const { name, heading, required } of register.columns)
    if (required && !heads.places.has(name)) fileProblems.push(`缺少“${heading}”这一列`);
  const shown = register.columns.filter(({ kind, name }) => kind === 'shown' && heads.places.has(name));
  if (shown.length > 0) notes.push(`“${shown.map(({ heading }) => heading).join('”“')}”只供查看，不导入`);
  if (heads.unknown.length > 0) notes.push(`没有用到的列：${heads.unknown.slice(0, 10).join('、')}`);
  const body = source.rows.slice(heads.at + 1).filter(({ cells }) => cells.some((cell) => !isBlank(cell)));
  if (body.length > mostRows) throw refuseTable(source.fileName, `超过 ${mostRows} 行`, '请拆成几个文件导入。');
  if (fileProblems.length > 0) return finish(register, source.sha256, [], fileProblems, notes);

  const known = new Map(register.known(facts).map((one) => [one.key, one]));
  const seen = new Map<string, number>();
  const rows = body.flatMap((row): PlannedRow[] => {
    const planned = planRow(register, facts, row, heads, known, source.reason);
    if (planned === null) {
      notes.push(`第 ${row.no} 行是模板的示例行，已跳过`);
      return [];
    }
    return [withTwins(register, planned, seen)];
  });
  refuseTaken(register, rows, known);
  if (rows.length === 0) fileProblems.push('文件里没有数据行');
  return finish(register, source.sha256, rows, fileProblems, notes);
}

function finish(
  register: Register,
  sha256: string,
  rows: readonly PlannedRow[],
  fileProblems: readonly string[],
  notes: readonly string[],
): Plan {
  const digest = digestOf({
    register: register.id,
    sha256,
    fileProblems,
    rows: rows.map(({ row, key, state, values, before, problems }) => ({
      row,
      key,
      state,
      values,
      before: before?.values ?? null,
      problems: problems.map(({ column, code }) => [column, code]),
    })),
  });
  return { rows, fileProblems, notes, digest };
}

function planRow(
  register: Register,
  facts: Facts,
  { no, cells }: SheetRow,
  { places }: Heads,
  known: ReadonlyMap<string, Known>,
  reason: string,
): PlannedRow | null {
  const problems: Problem[] = [];
  const given: Record<string, string> = {};
  for (const column of register.columns) {
    const place = places.get(column.name);
    if (place === undefined || column.kind === 'shown') continue;
    if (cells[place]?.text.startsWith(exampleMark)) return null;
    const read = readCell(column, cells[place]);
    if ('fault' in read) problems.push({ column: column.heading, ...read.fault });
    else given[column.name] = read.value;
  }
  const resolved = register.resolve?.(facts, given) ?? { values: given, problems: [] };
  problems.push(...resolved.problems);
  const key = register.keyOf(resolved.values);
  const before = key === null ? null : (known.get(key) ?? null);
  const values: Values = {
    ...emptyValues(register),
    ...before?.values,
    ...unlessSame(register, before, resolved.values),
  };
  const name = register.nameOf(values);
  const base = { row: no, key: key ?? '', name, values, before, changes: [], input: null };
  if (problems.length > 0 || key === null) {
    if (problems.length === 0) problems.push(...missing(register, values));
    return { ...base, state: 'refused', problems };
  }
  const changes = register.columns.flatMap((column) => {
    if (column.kind === 'shown') return [];
    const [old, now] = [before?.values[column.name] ?? null, values[column.name] ?? ''];
    return (before === null ? now === '' : old === now) ? [] : [{ column, old, now }];
  });
  if (before !== null && changes.length === 0) return { ...base, state: 'same', problems: [] };
  if (before !== null && before.locked !== null)
    return { ...base, changes, state: 'refused', problems: [{ column: '整行', code: 'ROW_LOCKED', message: before.locked, next: '请先查清这一行的状态，再决定是否导入。' }] }; // prettier-ignore
  const empty = missing(register, values);
  if (empty.length > 0) return { ...base, changes, state: 'refused', problems: empty };
  const checked = register.check(facts, values, before?.values ?? null, reason);
  if (checked.problems.length > 0) return { ...base, changes, state: 'refused', problems: checked.problems };
  return { ...base, changes, state: before === null ? 'new' : 'changed', problems: [], input: checked.input };
}

/** `60` and `60.0` are the same figure: what is written as it was keeps its digits. */
function unlessSame(register: Register, before: Known | null, values: Values): Values {
  const figures = new Set(register.columns.filter(({ kind }) => kind === 'decimal').map(({ name }) => name));
  const same = (name: string, now: string): boolean => {
    const old = before?.values[name] ?? '';
    return figures.has(name) && old !== '' && now !== '' && plainDecimal(old) !== null && new Exact(old).eq(now);
  };
  return Object.fromEntries(Object.entries(values).filter(([name, now]) => !same(name, now)));
}

const emptyValues = (register: Register): Values =>
  Object.fromEntries(register.columns.filter(({ kind }) => kind !== 'shown').map(({ name }) => [name, '']));

const missing = (register: Register, values: Values): Problem[] =>
  register.columns
    .filter(({ name, required }) => required && (values[name] ?? '') === '')
    .map(({ heading }) => ({ column: heading, code: 'REQUIRED', message: '必填', next: '请填写后再导入。' }));

const refusedFor = (row: PlannedRow, problem: Problem): PlannedRow => ({
  ...row,
  state: 'refused',
  problems: [...row.problems, problem],
});

/** The first of two rows that name the same thing stands; the second contradicts or repeats it. */
function withTwins(register: Register, row: PlannedRow, seen: Map<string, number>): PlannedRow {
  if (row.key === '') return row;
  const first = seen.get(row.key);
  seen.set(row.key, first ?? row.row);
  if (first === undefined) return row;
  const heading = register.columns[0]?.heading ?? '整行';
  return refusedFor(row, {
    column: heading,
    code: 'TWICE_IN_FILE',
    message: `与第 ${first} 行重复`,
    next: '请只留一行。',
  });
}

/** What may stand only once: looked at where a row brings it in, beside all that is there and all that comes. */
function refuseTaken(register: Register, rows: PlannedRow[], known: ReadonlyMap<string, Known>): void {
  if (register.unique === undefined) return;
  const unique = (values: Values) => register.unique?.(values).filter(({ text }) => text !== '') ?? [];
  const bearers = new Map<string, string>();
  const changed = new Set(rows.filter(({ state }) => state === 'changed').map(({ key }) => key));
  for (const { key, values } of known.values())
    if (!changed.has(key)) for (const { column, text } of unique(values)) bearers.set(`${column}\u001f${text}`, key);
  const inFile = new Map<string, number>();
  rows.forEach((row, index) => {
    if (row.state !== 'new' && row.state !== 'changed') return;
    for (const { column, text } of unique(row.values)) {
      const mark = `${column}\u001f${text}`;
      const bearer = bearers.get(mark);
      const first = inFile.get(mark);
      inFile.set(mark, first ?? row.row);
      // What it bore before is its own.
      if (row.before !== null && unique(row.before.values).some((one) => one.column === column && one.text === text)) continue; // prettier-ignore
      const who = first !== undefined ? `与第 ${first} 行重复` : bearer !== undefined && bearer !== row.key ? `已登记在 ${bearer} 名下` : null; // prettier-ignore
      const next = '请核对编号：同一人、同一台设备只登记一次。';
      if (who !== null) rows[index] = refusedFor(rows[index] ?? row, { column, code: 'ALREADY_REGISTERED', message: who, next }); // prettier-ignore
    }
  });
}
