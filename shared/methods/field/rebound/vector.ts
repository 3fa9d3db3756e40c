// Answers lines of a vector file: a zone's mean rebound value, the pumped curve, the estimate of a member or a batch.
import { Exact, quoteRaw, refusal } from '../../foundation/decimal.ts';
import { countRange, parseFields, valueFault } from '../../inputs.ts';
import type { VectorComputer } from '../../method.ts';
import { vectorPolicies } from '../../vectorPolicies.ts';
import { strengthOnCurve } from './curve.ts';
import { CARBONATION, CLAUSE_ESTIMATE, CLAUSE_PUMPED, CURVE, NATIONAL_RULES, curveOf } from './data.ts';
import { estimateOf, statisticalEstimate } from './estimate.ts';
import {
  CURVE_VECTOR_FIELDS,
  MEAN_VECTOR_FIELDS,
  SUMMARY_VECTOR_FIELDS,
  ZONE_SETS,
  ZONE_VECTOR_FIELD,
  scope as SCOPE,
} from './fields.ts';
import { ABOVE, BELOW } from './tableStrength.ts';
import { meanRebound } from './zones.ts';

const mean: VectorComputer = (raw) => {
  const { readings: line } = vectorPolicies([], raw);
  const { readings } = parseFields(line, MEAN_VECTOR_FIELDS);
  return { Rm: meanRebound(readings, NATIONAL_RULES, 'readings') };
};

const NOT_ROUNDED = '请先按标准修约。';

const pumpedCurve: VectorComputer = (raw) => {
  const { policies, readings } = vectorPolicies([CURVE], raw);
  const { Rm, dm_mm: depth } = parseFields(readings, CURVE_VECTOR_FIELDS);
  // A value with more digits than the standard forms would be rounded somewhere: better asked than guessed.
  if (!new Exact(Rm).times(10).isInteger()) {
    throw refusal('METHOD_RESOLUTION', `“平均回弹值”应精确至 0.1，收到 ${Rm}。`, 'Rm', CLAUSE_PUMPED, NOT_ROUNDED);
  }
  if (!new Exact(depth).times(2).isInteger()) {
    const message = `“平均碳化深度值”应精确至 ${CARBONATION.step_mm} mm，收到 ${depth} mm。`;
    throw refusal('METHOD_RESOLUTION', message, 'dm_mm', CLAUSE_PUMPED, NOT_ROUNDED);
  }
  return { fcu_c: strengthOnCurve(curveOf(policies[CURVE.name]), Rm, depth) };
};

function zonesOf(raw: unknown): string[] {
  const { min, max } = countRange(ZONE_SETS[0] ?? { id: '', label: '', count: 0 });
  if (!Array.isArray(raw) || raw.length < min || raw.length > max) {
    const found = Array.isArray(raw) ? `${raw.length} 个` : quoteRaw(raw);
    const message = `“${ZONE_VECTOR_FIELD.label}”应为 ${min}～${max} 个，收到 ${found}。`;
    throw refusal('METHOD_WRONG_COUNT', message, ZONE_VECTOR_FIELD.name, CLAUSE_ESTIMATE);
  }
  return raw.map((value: unknown, index) => {
    if (value === BELOW || value === ABOVE) return value;
    const fault = valueFault(ZONE_VECTOR_FIELD, value, `测区 ${index + 1} 强度换算值`);
    const field = `${ZONE_VECTOR_FIELD.name}.${index}`;
    if (fault !== null) throw refusal(fault.code, fault.message, field, CLAUSE_ESTIMATE);
    return value as string;
  });
}

const estimate: VectorComputer = (raw) => {
  const { readings } = vectorPolicies([], raw);
  const { zones_MPa: zones, scope: rawScope, ...rest } = readings;
  if (zones === undefined) {
    // Mean and deviation may stand there already, with or without the unit in the name.
    const { mean_MPa: longMean, S_MPa: longS, ...plain } = readings;
    const summary = {
      ...(longMean !== undefined && { mean: longMean }),
      ...(longS !== undefined && { S: longS }),
      ...plain,
    };
    const { mean: average, S } = parseFields(summary, SUMMARY_VECTOR_FIELDS);
    return { fcu_e: statisticalEstimate(average, S) };
  }
  const { scope = 'member' } = parseFields({ ...rest, ...(rawScope === undefined ? {} : { scope: rawScope }) }, [
    { ...SCOPE, optional: true },
  ] as const);
  const strengths = zonesOf(zones);
  requireBatch(strengths.length, scope, ZONE_VECTOR_FIELD.name);
  const { mean_MPa: average, S_MPa: S, estimate_MPa: value } = estimateOf(strengths, scope);
  return { mean: average, S, fcu_e: value };
};

/** One zone has no deviation, and is no batch. */
export function requireBatch(zones: number, scope: 'member' | 'batch', field: string): void {
  if (scope === 'member' || zones > 1) return;
  throw refusal(
    'METHOD_WRONG_COUNT',
    '批量检测只有 1 个测区，不能计算标准差。',
    field,
    CLAUSE_ESTIMATE,
    '请改为单个构件检测。',
  );
}

export const reboundVectors: Readonly<Record<string, VectorComputer>> = {
  'rebound-mean': mean,
  'rebound-pumped-curve': pumpedCurve,
  'rebound-estimate': estimate,
};
