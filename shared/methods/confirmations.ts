// What a lab confirms when it says that draft data agree with the printed standard: which tables, in words that can be
// compared later, and in which other methods the very same figures stand.
import { DRAFT_OR_CONFIRMED, limitPolicyName } from './policies.ts';
import type { LimitRow, LimitTable, PolicyDeclaration, TestMethod } from './method.ts';
import type { PaperTable } from './table.ts';

/** Whether a setting is the lab's word that draft data were compared with the printed standard. */
export function isConfirmation(policy: Pick<PolicyDeclaration, 'options'>): boolean {
  const values = policy.options.map(({ value }) => value);
  return values.length === DRAFT_OR_CONFIRMED.length && DRAFT_OR_CONFIRMED.every((value) => values.includes(value));
}

/** The limits that such a setting confirms; empty where its data are no limits. */
export function tablesOf(method: Pick<TestMethod, 'limits'>, policyName: string): LimitTable[] {
  return method.limits.filter((table) => table.status === 'draft' && limitPolicyName(table.standard) === policyName);
}

const rowText = ({ parameterCode, appliesTo, min, max, unit, compareMode, step }: LimitRow): string =>
  JSON.stringify([parameterCode, appliesTo, min ?? null, max ?? null, unit, compareMode, step ?? null]);

/** Data other than limits that such a setting confirms. */
export const referencesOf = (method: Pick<TestMethod, 'references'>, policyName: string): readonly PaperTable[] =>
  method.references?.[policyName] ?? [];

/** Everything that is confirmed, as one text: another figure, unit, grade or clause makes another text. */
export function confirmedText(method: Pick<TestMethod, 'limits' | 'references'>, policyName: string): string {
  const limits = tablesOf(method, policyName).map((table) =>
    [table.standard, table.clause, ...table.rows.map(rowText)].join('\n'),
  );
  const references = referencesOf(method, policyName).map(({ columns, rows }) => JSON.stringify([columns, rows]));
  return [...limits, ...references].join('\n\n');
}

export interface Confirmable {
  method: TestMethod;
  policy: PolicyDeclaration;
}

/**
 * Other methods whose tables of the same standard consist of rows that stand in this one's, clause by clause: whoever
 * has compared these has compared those.
 */
export function coveredElsewhere(
  methods: readonly TestMethod[],
  method: TestMethod,
  policyName: string,
): readonly Confirmable[] {
  const lines = (tables: readonly LimitTable[]): string[] =>
    tables.flatMap((table) => table.rows.map((row) => `${table.clause}\n${rowText(row)}`));
  const compared = new Set(lines(tablesOf(method, policyName)));
  return methods.flatMap((other) => {
    const policy = other.policies.find(({ name }) => name === policyName);
    if (other.id === method.id || policy === undefined) return [];
    const own = lines(tablesOf(other, policyName));
    return own.length > 0 && own.every((line) => compared.has(line)) ? [{ method: other, policy }] : [];
  });
}
