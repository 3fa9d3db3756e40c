// Between the form of an evaluation and the core: groups taken from records into rows, and the form as the paper is asked
// for. Figures of records are never sent; their numbers are.
import type { CallInput } from '../../shared/contract/calls.ts';
import type { Candidate } from '../../shared/evaluations/calls.ts';
import { cellsOf, testsOf } from '../../shared/evaluations/sources.ts';
import type { TestMethod } from '../../shared/methods/index.ts';
import { isBlank, withRecords, type Row, type TrialForm } from './trialForm.ts';
import { buildInputs } from './trialInputs.ts';

/** Whether there are records of which an evaluation can be made. */
export const hasRecords = (method: TestMethod): boolean => testsOf(method.id).length > 0;

const groupsSet = (method: TestMethod): string => method.sets[0]?.id ?? '';

export const groupRows = (method: TestMethod, form: TrialForm): readonly Row[] => form.rows[groupsSet(method)] ?? [];

function rowOf(method: TestMethod, group: Candidate): Row {
  const { recordNo, digest, reportNo, ageDays } = group;
  const cells = Object.entries(cellsOf(method, group)).map(([name, value]) => [name, value ?? '']);
  return { id: recordNo, origin: { recordNo, digest, reportNo, ageDays }, cells: Object.fromEntries(cells) };
}

const asksAge = (method: TestMethod): boolean => method.fields.some(({ name }) => name === 'age_d');

/** The groups as rows; what they have in common settles the fields of the batch. */
export function takeRecords(
  method: TestMethod,
  form: TrialForm,
  project: { id: string; name: string },
  groups: readonly Candidate[],
): TrialForm {
  const setId = groupsSet(method);
  const [first] = groups;
  if (first === undefined) return form;
  const age: Record<string, string> = asksAge(method)
    ? { age_d: first.ageDays === null ? '' : String(first.ageDays) }
    : {};
  return {
    ...form,
    project,
    cells: { ...form.cells, designGrade: first.grade, ...age },
    rows: {
      ...form.rows,
      [setId]: withRecords(
        method,
        setId,
        form.rows[setId] ?? [],
        groups.map((group) => rowOf(method, group)),
      ),
    },
  };
}

/** Fields that the records settle, as long as there are any. */
export function settledFields(method: TestMethod, form: TrialForm): ReadonlySet<string> {
  const own = groupRows(method, form).flatMap(({ origin }) => origin ?? []);
  if (own.length === 0) return new Set();
  return new Set(own.some(({ ageDays }) => ageDays !== null) ? ['designGrade', 'age_d'] : ['designGrade']);
}

/** What the core is asked for; the figures of records it knows itself. */
export function paperInput(method: TestMethod, form: TrialForm): CallInput<'evaluations.paper'> {
  const { inputs } = buildInputs(method, form);
  const names = method.fields.filter(({ set }) => set !== undefined).map(({ name }) => name);
  const fields = Object.entries(inputs).filter(([name]) => !names.includes(name)) as [string, string | string[]][];
  const rows = groupRows(method, form).filter((row) => !isBlank(method, row));
  return {
    methodId: method.id,
    edition: form.edition,
    batchName: form.batchName,
    projectName: form.project === null ? form.projectName : '',
    fields: Object.fromEntries(fields),
    groups: rows.map(({ origin, cells }) => {
      if (origin !== null) return { from: 'record', recordNo: origin.recordNo, digest: origin.digest };
      const typed = names.map((name): [string, string | null] => [name, cells[name]?.trim() || null]);
      return { from: 'typed', cells: Object.fromEntries(typed) };
    }),
    stopReason: form.stopReason,
    remarks: form.remarks,
  };
}
