// What is filled in on the page, per method, so that one can look at another method and come back. Everything is text as
// typed, the bad too; rows taken from records keep their figures as they were signed.
import { isAskedOf, methodById } from '../../shared/methods/index.ts';
import type { Field, SpecimenSet, TestMethod } from '../../shared/methods/index.ts';

export interface RecordOrigin {
  recordNo: string;
  digest: string;
  reportNo: string | null;
  ageDays: number | null;
}

export interface Row {
  id: string;
  /** Null for a row that is typed. */
  origin: RecordOrigin | null;
  cells: Record<string, string>;
}

export interface TrialForm {
  /** Edition id. */
  edition: string;
  /** Settings tried instead of the lab's. */
  tried: Record<string, string>;
  /** Codes of the parameters looked at; null for all that the readings allow. */
  parameters: string[] | null;
  /** What is asked once, by the key of its place. */
  cells: Record<string, string>;
  /** Rows of every set, by its id. */
  rows: Record<string, Row[]>;
  /** Project of the rows taken from records. */
  project: { id: string; name: string } | null;
  batchName: string;
  projectName: string;
  stopReason: string;
  remarks: string;
}

export interface TrialState {
  methodId: string;
  forms: Record<string, TrialForm>;
}

export const firstMethod = 'concrete-batch-evaluation';

/** Key of one place of a field: its name, and which of several values. */
export const keyOf = (field: Pick<Field, 'name'>, position: number | null): string =>
  position === null ? field.name : `${field.name}.${position}`;

export const isOpen = (set: SpecimenSet): set is SpecimenSet & { count: { min: number; max: number; usual: number } } =>
  typeof set.count !== 'number';

export const mostRows = (set: SpecimenSet): number => (isOpen(set) ? set.count.max : Number(set.count));

/** Fields of a set (null: asked once) that the parameters looked at need. */
export function fieldsOf(method: TestMethod, setId: string | null, parameters: readonly string[] | null): Field[] {
  const asked = parameters ?? method.parameters.map(({ code }) => code);
  return method.fields.filter((field) => (field.set ?? null) === setId && isAskedOf(asked, field.parameters));
}

let count = 0;
export function newRow(method: TestMethod, setId: string): Row {
  count += 1;
  const usual = method.fields.flatMap((field): [string, string][] =>
    field.set === setId && field.values === undefined && field.usual !== undefined ? [[field.name, field.usual]] : [],
  );
  return { id: `${Date.now().toString(36)}-${count}`, origin: null, cells: Object.fromEntries(usual) };
}

export function emptyForm(method: TestMethod): TrialForm {
  const usual = method.fields.flatMap((field): [string, string][] =>
    field.set === undefined && field.values === undefined && field.usual !== undefined
      ? [[field.name, field.usual]]
      : [],
  );
  return {
    edition: method.editions[0]?.id ?? '',
    tried: {},
    parameters: null,
    cells: Object.fromEntries(usual),
    rows: Object.fromEntries(
      method.sets.map((set) => {
        const begin = isOpen(set) ? Math.min(set.count.usual, 10) : Number(set.count);
        return [set.id, Array.from({ length: begin }, () => newRow(method, set.id))];
      }),
    ),
    project: null,
    batchName: '',
    projectName: '',
    stopReason: '',
    remarks: '',
  };
}

/** Nothing was written into it beside what usually stands there. */
export function isBlank(method: TestMethod, row: Row): boolean {
  if (row.origin !== null) return false;
  return Object.entries(row.cells).every(([key, text]) => {
    const usual = method.fields.find(({ name }) => name === key)?.usual ?? '';
    return text.trim() === '' || text === usual;
  });
}

/** Rows of records first, then what is typed; blank rows fill up what is left of a usual beginning. */
export function withRecords(method: TestMethod, setId: string, before: readonly Row[], taken: readonly Row[]): Row[] {
  const known = new Set(before.map(({ origin }) => origin?.recordNo));
  const own = [
    ...before.filter(({ origin }) => origin !== null),
    ...taken.filter(({ origin }) => !known.has(origin?.recordNo)),
  ];
  return [...own, ...before.filter((row) => row.origin === null && !isBlank(method, row))];
}

export function emptyState(): TrialState {
  return { methodId: firstMethod, forms: {} };
}

/** The form of the method in front; a fresh one where it was not touched yet. */
export const formOf = (state: TrialState): TrialForm =>
  state.forms[state.methodId] ?? emptyForm(methodById(state.methodId));

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** A stored page in today's shape; what no longer fits begins anew. */
export function acceptState(content: unknown): TrialState | null {
  if (!isRecord(content) || typeof content['methodId'] !== 'string' || !isRecord(content['forms'])) return null;
  try {
    methodById(content['methodId']);
    const forms = Object.entries(content['forms']).flatMap(([id, form]): [string, TrialForm][] => {
      const method = methodById(id);
      const stored = form as TrialForm;
      const fits =
        method.editions.some((edition) => edition.id === stored.edition) &&
        method.sets.every((set) => Array.isArray(stored.rows[set.id]));
      return fits ? [[id, { ...emptyForm(method), ...stored }]] : [];
    });
    return { methodId: content['methodId'], forms: Object.fromEntries(forms) };
  } catch {
    return null;
  }
}
