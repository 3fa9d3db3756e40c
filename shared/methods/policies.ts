// Where a standard can be read two ways the lab fixes one reading, by name, and the record prints it. The same holds for
// limits that nobody has checked against the printed standard: until the lab says that it has, they do not judge.
import { refusal } from './foundation/decimal.ts';
import type { LimitTable, Policies, PolicyDeclaration } from './method.ts';

/** Fills in defaults; an unknown policy or option is refused, never ignored. */
export function resolvePolicies(declarations: readonly PolicyDeclaration[], chosen: Policies = {}): Policies {
  for (const name of Object.keys(chosen)) {
    if (!declarations.some((declaration) => declaration.name === name)) {
      const known = declarations.map((declaration) => declaration.name).join('、') || '无';
      throw refusal('METHOD_POLICY_UNKNOWN', `本方法没有名为“${name}”的设置（可用：${known}）。`, `policies.${name}`);
    }
  }
  const resolved: Record<string, string> = {};
  for (const declaration of declarations) {
    const value = chosen[declaration.name] ?? declaration.default;
    if (!declaration.options.some((option) => option.value === value)) {
      const options = declaration.options.map((option) => option.value).join('、');
      throw refusal(
        'METHOD_POLICY_UNKNOWN',
        `设置“${declaration.label}”没有选项“${value}”（可选：${options}）。`,
        `policies.${declaration.name}`,
        declaration.clause,
        '请在方法设置中选择所列选项之一。',
      );
    }
    resolved[declaration.name] = value;
  }
  return resolved;
}

/** Options of every setting that says whether draft data were compared with the printed standard. */
export const DRAFT_OR_CONFIRMED = ['draft', 'confirmed'] as const;

/** Name of the setting by which the lab confirms the limits of a standard: `limits GB 1499.2-2024`. */
export const limitPolicyName = (standard: string): string => `limits ${standard}`;

export const isLimitPolicy = (name: string): boolean => name.startsWith(limitPolicyName(''));

/** One setting for every standard whose limits are drafts here. */
export function limitPolicies(tables: readonly LimitTable[]): PolicyDeclaration[] {
  const drafts = tables.filter((table) => table.status === 'draft');
  return [...new Set(drafts.map((table) => table.standard))].map((standard) => ({
    name: limitPolicyName(standard),
    label: `${standard} 的限值和判定规则`,
    clause: drafts
      .filter((table) => table.standard === standard)
      .map((table) => table.clause)
      .join('、'),
    options: [
      { value: 'draft', label: '未与标准原文核对：不自动判定，需人工判定' },
      { value: 'confirmed', label: '本机构已与标准原文核对：自动判定' },
    ],
    default: 'draft',
  }));
}

/** Whether the limits of a standard may judge: all its tables verified, or confirmed by the lab. */
export function mayJudge(tables: readonly LimitTable[], policies: Policies, standard: string): boolean {
  const own = tables.filter((table) => table.standard === standard);
  if (own.length === 0) return false;
  return own.every((table) => table.status === 'verified') || policies[limitPolicyName(standard)] === 'confirmed';
}
