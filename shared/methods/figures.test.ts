// What a method declares (limits, bounds and steps of readings with their words, counts, ages, days in force, loads of the
// training machine) stands a second time in `testing/figures/<id>.txt`, in the order of a printed table: a digit that slips
// in a declaration is noticed although the arithmetic stays right. A new method's sheet is written by the first run: compare
// it with the printed standard before it is kept. A figure is changed in both places, on purpose (`vitest run
// shared/methods/figures -u`).
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Field, SpecimenSet } from './field.ts';
import { Exact } from './foundation/decimal.ts';
import { listMethods } from './index.ts';
import type { Acquisition, LimitRow, TestMethod, Timing } from './method.ts';
import type { PaperTable } from './table.ts';

const FOLDER = fileURLToPath(new URL('./testing/figures/', import.meta.url));
const METHODS = listMethods();

const words = (...parts: readonly (string | false | null | undefined)[]): string =>
  parts.filter((part) => typeof part === 'string' && part !== '').join('  ');
const range = (count: number | { min: number; max: number; usual?: number }): string =>
  typeof count === 'number'
    ? String(count)
    : `${count.min}～${count.max}${count.usual === undefined ? '' : `，通常 ${count.usual}`}`;

const limit = ({ parameterCode, appliesTo, min, max, unit, compareMode, step }: LimitRow): string =>
  words(
    `${parameterCode} ${appliesTo}:`,
    min && `≥ ${min}`,
    max && `≤ ${max}`,
    unit,
    compareMode,
    step && `步长 ${step}`,
  );

function field(declared: Field): string {
  const { kind, name, values, usual, hint } = declared;
  const own =
    kind === 'decimal'
      ? [declared.min && `≥ ${declared.min}`, `≤ ${declared.max}`, declared.unit, `分度 ${declared.resolution}`]
      : [kind === 'choice' ? declared.options.map(({ value }) => value).join(' | ') : `长度 ≤ ${declared.maxLength}`];
  const signs =
    kind === 'decimal' ? [declared.zero && '可为零', declared.negative && '可为负', declared.whole && '整数'] : [];
  const places = values === undefined ? false : `每处 ${range(values)} 个`;
  const said = [kind === 'decimal' && `超出：${declared.maxReason}`, hint && `提示：${hint}`];
  return words(`${name}:`, ...own, ...signs, places, usual && `空表填 ${usual}`, declared.optional && '可缺', ...said);
}

const set = ({ id, count, due }: SpecimenSet): string =>
  words(`${id}: ${range(count)}`, due && `复检 ${due({ round: 'retest' }) ?? '不定'}`);

function timing(declared: Timing): string[] {
  if (declared.kind === 'prompt') return [JSON.stringify(declared)];
  const { tolerances, ...rest } = declared;
  const rows = tolerances.map((row) => `${row.days} d ± ${row.toleranceHours} h${row.openEnded ? '，及以上' : ''}`);
  return [JSON.stringify(rest), ...rows];
}

type Described = Readonly<Record<string, string>>;

/** What runs declare for a sample whose description is the usual one, and for those that differ in one choice. */
function perSample(
  { fields, acquisitions }: TestMethod,
  say: (run: Acquisition, sample: Described) => string[],
): string[] {
  const described = fields.filter((declared) => declared.at === 'reception');
  const choices = described.flatMap((declared) => (declared.kind === 'choice' ? [declared] : []));
  const first = choices.map(({ name, options }) => [name, options[0]?.value ?? ''] as const);
  const filled = described.flatMap(({ name, usual }) => (usual === undefined ? [] : [[name, usual] as const]));
  const base = Object.fromEntries([...first, ...filled]);
  const cases = choices.flatMap(({ name, options }) => options.map(({ value }) => [name, value] as const));
  return acquisitions.flatMap((run) =>
    cases.flatMap(([name, value]) =>
      say(run, { ...base, [name]: value }).map((said) => words(`${run.field}:`, `${name} ${value}`, said)),
    ),
  );
}

const rates = (method: TestMethod): string[] =>
  perSample(method, ({ rateWindow }, sample) => {
    const window = rateWindow?.(sample) ?? null;
    return window === null ? [] : [`${window.min_kN_s}～${window.max_kN_s} kN/s`];
  });

/** What the live display says of a peak, given in kN; fields in N take it in N. */
function preview({ field: of, preview: shown }: Acquisition, { fields }: TestMethod, sample: Described, load: string) {
  const found = fields.find(({ name }) => name === of);
  const inNewtons = found?.kind === 'decimal' && found.unit === 'N';
  const value = shown?.value(sample, inNewtons ? new Exact(load).times(1000).toFixed() : load) ?? '无';
  return shown === undefined ? false : `${shown.label} ${value} ${shown.unit}`;
}

/** What a usual specimen of the training machine reaches, at every age that has a report of its own, and how it is shown. */
function usualLoads(method: TestMethod): string[] {
  const ages = method.timing.kind === 'stages' ? method.timing.ageDays : [null];
  const unknown = method.acquisitions.flatMap((run) =>
    ages.map((age) =>
      words(`${run.field}:`, `未描述 ${run.usualLoad_kN?.({}, age) ?? '无'}`, preview(run, method, {}, '50')),
    ),
  );
  const known = perSample(method, (run, sample) =>
    ages.flatMap((age) => {
      const load = run.usualLoad_kN?.(sample, age) ?? null;
      return load === null ? [] : [words(age !== null && `${age} d`, `${load} kN`, preview(run, method, sample, load))];
    }),
  );
  return [...unknown, ...known];
}

const cells = ({ rows }: PaperTable): string[] =>
  rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : cell.text)).join('  '));

function sheet(method: TestMethod): string {
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', title, ...lines];
  return `${[
    method.name,
    ...section(
      '标准版本',
      method.editions.map(({ id, inForceFrom, inForceUntil }) => `${id}: ${inForceFrom}～${inForceUntil ?? ''}`),
    ),
    ...method.limits.flatMap(({ standard, clause, status, rows }) =>
      section(`限值 ${standard} ${clause}（${status}）`, rows.map(limit)),
    ),
    ...Object.entries(method.references ?? {}).flatMap(([name, tables]) =>
      section(`其他数据 ${name}`, tables.flatMap(cells)),
    ),
    ...section('试件', method.sets.map(set)),
    ...section('录入项', method.fields.map(field)),
    ...section('加荷速率', rates(method)),
    ...section('练习用机的通常荷载', usualLoads(method)),
    ...section('龄期', timing(method.timing)),
  ].join('\n')}\n`;
}

describe('the figures that a method declares', () => {
  test.each(METHODS.map((method) => [method.id, method] as const))('%s', async (id, method) => {
    await expect(sheet(method)).toMatchFileSnapshot(`${FOLDER}${id}.txt`);
  });

  test('no sheet is left of a method that is gone', () => {
    const sheets = readdirSync(FOLDER).map((file) => file.replace(/\.txt$/, ''));
    expect(sheets.filter((id) => METHODS.every((method) => method.id !== id))).toEqual([]);
  });
});
