// Answers lines of a vector file for the acceptance of concrete batches. A line gives the strength of the grade and the
// values; it has no reports, days or invalid groups, which a record always names.
import { refusal } from '../../foundation/decimal.ts';
import { choice, decimal } from '../../field.ts';
import { parseFields } from '../../inputs.ts';
import type { PolicyDeclaration } from '../../method.ts';
import { vectorPolicies } from '../../vectorPolicies.ts';
import { gradeOptions, strengthOf } from '../grade.ts';
import { HIGH_STRENGTH } from '../cube/data.ts';
import { MEAN_COMPARISON } from './compare.ts';
import type { MeanComparison } from './compare.ts';
import { CLAUSE_BATCH, KNOWN_SIGMA_GROUPS, STANDARD } from './data.ts';
import { evaluateBatch, wayOf } from './evaluate.ts';
import { sigma0 } from './fields.ts';
import { MOST_GROUPS, groupValues } from './groups.ts';

export const BATCH_POLICIES: readonly PolicyDeclaration[] = [{ ...MEAN_COMPARISON, clause: `${STANDARD} 5.1` }];

const strength = choice({
  name: 'fcu_k',
  label: '立方体抗压强度标准值',
  at: 'bench',
  instrument: '委托单',
  clause: CLAUSE_BATCH,
  options: gradeOptions.map(({ value, label }) => ({ value: strengthOf(value), label })),
  refusalCode: 'METHOD_GRADE_UNKNOWN',
});

const values = decimal({
  name: 'values_MPa',
  label: groupValues.label,
  at: 'bench',
  set: 'group',
  unit: 'MPa',
  resolution: '0.1',
  instrument: '检测报告',
  max: groupValues.max,
  maxReason: groupValues.maxReason,
  clause: CLAUSE_BATCH,
});

const groups = (count: number | { min: number; max: number; usual: number }) => [
  { id: 'group', label: '试件组', count },
];

/** `gradeAtLeastC60` says again what the strength already says; a line that contradicts itself is refused. */
function checkClass(stated: unknown, fcuk: string): void {
  if (stated === undefined || stated === Number(fcuk) >= HIGH_STRENGTH) return;
  const isFlag = typeof stated === 'boolean';
  const message = isFlag
    ? `gradeAtLeastC60 为 ${stated}，与 fcu_k = ${fcuk} MPa 不一致。`
    : 'gradeAtLeastC60 只能是 true 或 false。';
  throw refusal(isFlag ? 'METHOD_CONFLICT' : 'METHOD_CHOICE_UNKNOWN', message, 'gradeAtLeastC60', CLAUSE_BATCH);
}

export function batchEvaluationVector(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { policies, readings } = vectorPolicies(BATCH_POLICIES, raw);
  const { gradeAtLeastC60: stated, ...rest } = readings;
  const line = parseFields(rest, [strength, values] as const, groups({ min: 1, max: MOST_GROUPS, usual: 10 }));
  checkClass(stated, line.fcu_k);
  const comparison = policies['meanComparison'] as MeanComparison;
  const way = wayOf(line.values_MPa.length, undefined, true);
  const figures = evaluateBatch(way, { values: line.values_MPa, fcuk: line.fcu_k, comparison }, undefined);
  const statistical =
    way === 'non-statistical'
      ? {}
      : {
          S: figures.deviation_MPa,
          S_used: figures.deviationUsed_MPa,
          lambda1: figures.meanCoefficient,
          lambda2: figures.minCoefficient,
        };
  return {
    method: way,
    n: figures.n,
    mean: figures.mean_MPa,
    ...statistical,
    meanLimit: figures.meanLimit_MPa,
    minLimit: figures.minLimit_MPa,
    min: figures.min_MPa,
    meanOk: figures.meanMeets,
    minOk: figures.minMeets,
    qualified: figures.meanMeets && figures.minMeets,
  };
}

export function knownSigmaVector(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { policies, readings } = vectorPolicies(BATCH_POLICIES, raw);
  const { optional: _, ...required } = sigma0;
  const line = parseFields(
    readings,
    [strength, { ...required, name: 'sigma0' }, values] as const,
    groups(KNOWN_SIGMA_GROUPS),
  );
  const comparison = policies['meanComparison'] as MeanComparison;
  const batch = { values: line.values_MPa, fcuk: line.fcu_k, comparison };
  const figures = evaluateBatch('statistical-known-sigma', batch, line.sigma0);
  return {
    mean: figures.mean_MPa,
    sigmaUsed: figures.deviationUsed_MPa,
    meanLimit: figures.meanLimit_MPa,
    minLimit1: figures.minLimit_MPa,
    minLimit2: figures.minLimit2_MPa,
    min: figures.min_MPa,
    qualified: figures.meanMeets && figures.minMeets,
  };
}
