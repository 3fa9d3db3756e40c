// A line of a vector file may name the policies it is computed under, as `policies: {name: option}` or by the name itself.
import { refusal } from './foundation/decimal.ts';
import type { Policies, PolicyDeclaration } from './method.ts';
import { resolvePolicies } from './policies.ts';

export interface VectorPolicies {
  policies: Policies;
  /** What is left of the line's inputs. */
  readings: Record<string, unknown>;
}

export function vectorPolicies(
  declarations: readonly PolicyDeclaration[],
  raw: Readonly<Record<string, unknown>>,
): VectorPolicies {
  const { policies: named, ...rest } = raw;
  const readings: Record<string, unknown> = { ...rest };
  if (named !== undefined && named !== null && (typeof named !== 'object' || Array.isArray(named))) {
    throw refusal('METHOD_POLICY_UNKNOWN', '“policies”应是“名称: 选项”的对象。', 'policies');
  }
  const chosen: Record<string, string> = { ...(named as Record<string, string> | null | undefined) };
  for (const { name, label, clause } of declarations) {
    const direct = readings[name];
    delete readings[name];
    if (direct === undefined) continue;
    if (chosen[name] !== undefined && chosen[name] !== direct) {
      throw refusal('METHOD_CONFLICT', `“${name}”与“policies.${name}”不一致。`, name, clause);
    }
    if (typeof direct !== 'string') {
      throw refusal('METHOD_POLICY_UNKNOWN', `设置“${label}”应写选项的名称。`, name, clause);
    }
    chosen[name] = direct;
  }
  return { policies: resolvePolicies(declarations, chosen), readings };
}
