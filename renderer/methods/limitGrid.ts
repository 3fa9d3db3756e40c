// Limit rows laid out as the printed standard lays them out: one line per grade, one column per property, so that a
// person can go through both line by line. Pure; no row may get lost or stand twice.
import type { LimitRow, LimitTable, TestMethod } from '../../shared/methods/index.ts';

export interface LimitColumn {
  key: string;
  /** Name of the property. */
  parameter: string;
  /** What further divides it: an age, a size, 平均值. */
  part: string;
}
export interface LimitGrid {
  columns: LimitColumn[];
  lines: { appliesTo: string; cells: (LimitRow | null)[] }[];
}

type Split = (appliesTo: string) => readonly [line: string, part: string];

const whole: Split = (appliesTo) => [appliesTo, ''];
const atLastBlank: Split = (appliesTo) => {
  const at = appliesTo.lastIndexOf(' ');
  return at === -1 ? [appliesTo, ''] : [appliesTo.slice(0, at), appliesTo.slice(at + 1)];
};
const atFirstBlank: Split = (appliesTo) => {
  const at = appliesTo.indexOf(' ');
  return at === -1 ? [appliesTo, ''] : [appliesTo.slice(0, at), appliesTo.slice(at + 1)];
};

const mostColumns = 8;
/** A split is worth it when it fills its squares and makes fewer lines than there were. */
const leastFilled = 0.9;

function layOut(rows: readonly LimitRow[], nameOf: (code: string) => string, split: Split): LimitGrid | null {
  const columns = new Map<string, LimitColumn>();
  const lines = new Map<string, Map<string, LimitRow>>();
  for (const row of rows) {
    const [line, part] = split(row.appliesTo);
    const key = `${row.parameterCode}|${part}`;
    columns.set(key, { key, parameter: nameOf(row.parameterCode), part });
    const cells = lines.get(line) ?? new Map<string, LimitRow>();
    if (cells.has(key)) return null;
    lines.set(line, cells.set(key, row));
  }
  // Columns of one property stand together, in the order of its first appearance.
  const codes = [...new Set(rows.map(({ parameterCode }) => parameterCode))];
  const ordered = codes.flatMap((code) => [...columns.values()].filter(({ key }) => key.startsWith(`${code}|`)));
  return {
    columns: ordered,
    lines: [...lines].map(([appliesTo, cells]) => ({
      appliesTo,
      cells: ordered.map(({ key }) => cells.get(key) ?? null),
    })),
  };
}

const filled = ({ columns, lines }: LimitGrid, rows: number): number => rows / (columns.length * lines.length);

export function limitGrid(table: LimitTable, method: Pick<TestMethod, 'parameters' | 'fields'>): LimitGrid {
  const { rows } = table;
  const nameOf = (code: string): string => method.parameters.find((parameter) => parameter.code === code)?.name ?? code;
  const simple = layOut(rows, nameOf, whole) ?? {
    columns: [{ key: 'all', parameter: '', part: '' }],
    lines: rows.map((row) => ({ appliesTo: `${nameOf(row.parameterCode)} ${row.appliesTo}`, cells: [row] })),
  };
  const better = [atLastBlank, atFirstBlank].flatMap((split) => {
    const grid = layOut(rows, nameOf, split);
    const worth =
      grid !== null &&
      grid.lines.length > 1 &&
      grid.lines.length < simple.lines.length &&
      grid.columns.length <= mostColumns &&
      filled(grid, rows.length) >= leastFilled;
    return worth ? [grid] : [];
  })[0];
  const chosen = better ?? simple;
  return {
    ...chosen,
    lines: chosen.lines.map((line) => ({ ...line, appliesTo: choiceLabel(line.appliesTo, method) })),
  };
}

/** A method's own key for a choice (`beam`) in the words of the form. */
function choiceLabel(key: string, method: Pick<TestMethod, 'fields'>): string {
  for (const field of method.fields) {
    if (field.kind !== 'choice') continue;
    const option = field.options.find(({ value }) => value === key);
    if (option !== undefined) return option.label;
  }
  return key;
}

/** `≥400 MPa`, `±5.5 %`, `4 d` where only one value is allowed. */
export function limitWords({ min, max, unit }: LimitRow): string {
  const tail = unit === '' ? '' : ` ${unit}`;
  if (min !== undefined && max !== undefined) {
    if (min === max) return `${min}${tail}`;
    return min === `-${max}` ? `±${max}${tail}` : `${min}～${max}${tail}`;
  }
  return min === undefined ? `≤${max}${tail}` : `≥${min}${tail}`;
}

const modeOf = ({ compareMode, step, unit }: LimitRow): string =>
  compareMode === 'full-value' ? '全数值比较法' : `修约值比较法，修约间隔 ${step}${unit === '' ? '' : ` ${unit}`}`;

/** How results are compared with a table's limits: one sentence, or one per property. */
export function compareWords(table: LimitTable, method: Pick<TestMethod, 'parameters'>): string {
  const ways = new Map<string, Set<string>>();
  for (const row of table.rows) {
    const name = method.parameters.find(({ code }) => code === row.parameterCode)?.name ?? row.parameterCode;
    ways.set(modeOf(row), (ways.get(modeOf(row)) ?? new Set()).add(name));
  }
  if (ways.size === 1) return [...ways.keys()].join('');
  return [...ways].map(([mode, names]) => `${[...names].join('、')}：${mode}`).join('；');
}
