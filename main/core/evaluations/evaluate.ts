// An evaluation computed from the stored records: a window names records and says what is typed; every figure of a record
// comes from the record, and the standard is read as the lab has settled, never as a window would like it.
import type { EvaluationPaperInput } from '../../../shared/evaluations/calls.ts';
import { cellsOf } from '../../../shared/evaluations/sources.ts';
import { methodById } from '../../../shared/methods/index.ts';
import type { MethodComputation, TestMethod } from '../../../shared/methods/index.ts';
import type { Context } from '../context.ts';
import { chosenPolicies } from '../sessions/policies.ts';
import { leftOut, type Group } from './candidates.ts';
import { checkedGroups, refuse } from './checks.ts';

export interface Evaluated {
  method: TestMethod;
  /** In the order of the list; null for a typed group. */
  groups: (Group | null)[];
  inputs: Record<string, unknown>;
  computation: MethodComputation;
  /** Signed groups that would belong to the batch and are not in it. */
  missing: Group[];
}

function evaluationMethod(methodId: string): TestMethod {
  const method = methodById(methodId);
  if (method.purpose === 'evaluation') return method;
  throw refuse(
    'EVALUATION_METHOD',
    `${method.name}不是评定方法，没有评定表。`,
    '检测结果请按检测流程出具记录和报告。',
    'methodId',
  );
}

/** Columns of the groups; a column that nobody filled is left out. */
function columnsOf(method: TestMethod, rows: readonly Readonly<Record<string, string | null>>[]) {
  return method.fields.flatMap(({ name, set }): [string, (string | null)[]][] => {
    if (set === undefined) return [];
    const column = rows.map((cells) => cells[name] ?? null);
    return column.every((cell) => cell === null) ? [] : [[name, column]];
  });
}

export function evaluate(context: Context, input: EvaluationPaperInput): Evaluated {
  const method = evaluationMethod(input.methodId);
  const groups = checkedGroups(context, method, input);
  const rows = input.groups.map((entry, index) => {
    const group = groups[index];
    if (entry.from === 'typed') return entry.cells;
    return group == null ? {} : cellsOf(method, group);
  });
  const described = { ...input.fields };
  const age = groups.find((group) => group !== null)?.ageDays ?? null;
  if (age !== null && method.fields.some(({ name }) => name === 'age_d')) {
    const typed = described['age_d'];
    if (typed !== undefined && typed !== String(age)) {
      throw refuse(
        'EVALUATION_AGE_MIXED',
        `填写的龄期为 ${String(typed)} d，所选记录的龄期为 ${age} d。`,
        '请更正龄期。',
        'age_d',
      );
    }
    described['age_d'] = String(age);
  }
  const inputs = { ...described, ...Object.fromEntries(columnsOf(method, rows)) };
  const computation = method.compute(inputs, {
    policies: chosenPolicies(context.store, method),
    edition: input.edition,
  });
  return {
    method,
    groups,
    inputs,
    computation,
    missing: leftOut(
      context,
      method.id,
      groups.filter((group) => group !== null),
    ),
  };
}
