// From what is typed to the inputs of a method, and from a method's refusal back to the places on the screen. Nothing is
// converted: what the method would refuse reaches it as it was typed. Rows in which nothing was written are no specimens.
import type { ErrorDetail } from '../../shared/errors/appError.ts';
import { valueFault } from '../../shared/methods/index.ts';
import type { Field, TestMethod } from '../../shared/methods/index.ts';
import { fieldsOf, isBlank, keyOf, type TrialForm } from './trialForm.ts';

/** Name of a place on the screen: set, row and key. */
export const placeOf = (setId: string | null, row: number, key: string): string =>
  setId === null ? key : `${setId}|${row}|${key}`;

export interface Built {
  inputs: Record<string, unknown>;
  /** Row on the screen of every specimen that was given to the method. */
  rowsOf: Record<string, number[]>;
}

type Cells = Readonly<Record<string, string>>;
const textAt = (cells: Cells, key: string): string => (cells[key] ?? '').trim();

/** Values of one place; trailing blanks are none. */
function placeValue(field: Field, cells: Cells): string | string[] | null {
  if (field.values === undefined) return textAt(cells, field.name) === '' ? null : textAt(cells, field.name);
  const most = typeof field.values === 'number' ? field.values : field.values.max;
  const texts = Array.from({ length: most }, (_, index) => textAt(cells, keyOf(field, index + 1)));
  const last = texts.findLastIndex((text) => text !== '');
  return last === -1 ? null : texts.slice(0, last + 1);
}

function columnOf(field: Field, rows: readonly Cells[]): unknown[] | undefined {
  const column = rows.map((cells) => placeValue(field, cells));
  if (column.every((value) => value === null) && (field.optional === true || rows.length === 0)) return undefined;
  const blank = field.values === undefined ? '' : [];
  return column.map((value) => value ?? (field.sparse === true ? null : blank));
}

export function buildInputs(method: TestMethod, form: TrialForm): Built {
  const inputs: Record<string, unknown> = {};
  const rowsOf: Record<string, number[]> = {};
  for (const field of fieldsOf(method, null, form.parameters)) {
    const value = placeValue(field, form.cells);
    if (value !== null) inputs[field.name] = value;
  }
  for (const set of method.sets) {
    const rows = form.rows[set.id] ?? [];
    // A fixed number of specimens stays whole as soon as one of them is begun.
    const begun = rows.some((row) => !isBlank(method, row));
    const kept = rows.flatMap((row, index) =>
      (typeof set.count === 'number' ? begun : !isBlank(method, row)) ? [index] : [],
    );
    rowsOf[set.id] = kept;
    const cells = kept.map((index) => rows[index]?.cells ?? {});
    for (const field of fieldsOf(method, set.id, form.parameters)) {
      const column = columnOf(field, cells);
      if (column !== undefined) inputs[field.name] = column;
    }
  }
  return { inputs, rowsOf };
}

/** Place on the screen of a path in the inputs, `values_MPa.3`; null where it names none. */
export function placeOfPath(method: TestMethod, built: Built, path: string): string | null {
  const [name = '', ...rest] = path.split('.');
  const field = method.fields.find((candidate) => candidate.name === name);
  if (field === undefined) return null;
  const [first, second] = rest.map(Number);
  if (field.set === undefined)
    return keyOf(field, field.values === undefined || first === undefined ? null : first + 1);
  const row = first === undefined ? undefined : built.rowsOf[field.set]?.[first];
  if (row === undefined) return null;
  const position = field.values === undefined ? null : (second ?? 0) + 1;
  return placeOf(field.set, row, keyOf(field, position));
}

/** Faults of single places as typed, before the method is asked. */
export function typedFaults(method: TestMethod, form: TrialForm): Map<string, string> {
  const faults = new Map<string, string>();
  const look = (setId: string | null, row: number, cells: Cells, names: ReadonlyMap<string, Field>): void => {
    for (const [key, text] of Object.entries(cells)) {
      const field = names.get(key.split('.')[0] ?? '');
      if (field === undefined || text.trim() === '') continue;
      const fault = valueFault(field, text.trim());
      if (fault !== null) faults.set(placeOf(setId, row, key), fault.message);
    }
  };
  const named = (setId: string | null): Map<string, Field> =>
    new Map(fieldsOf(method, setId, form.parameters).map((field) => [field.name, field]));
  look(null, 0, form.cells, named(null));
  for (const { id } of method.sets) {
    const names = named(id);
    for (const [index, row] of (form.rows[id] ?? []).entries()) look(id, index, row.cells, names);
  }
  return faults;
}

/** Where a refusal's details belong; `loose` are those without a place. */
export function placeDetails(
  method: TestMethod,
  built: Built,
  details: readonly ErrorDetail[],
): { placed: Map<string, string>; loose: ErrorDetail[] } {
  const placed = new Map<string, string>();
  const loose: ErrorDetail[] = [];
  for (const detail of details) {
    const place = detail.field === undefined ? null : placeOfPath(method, built, detail.field);
    if (place === null) loose.push(detail);
    else if (!placed.has(place)) placed.set(place, detail.message);
  }
  return { placed, loose };
}
