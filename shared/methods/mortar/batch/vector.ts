// Answers lines of a vector file for mortar batches: the strength of the grade and the group values.
import { choice, decimal } from '../../field.ts';
import { parseFields } from '../../inputs.ts';
import { vectorPolicies } from '../../vectorPolicies.ts';
import type { MeanComparison } from '../../concrete/batch/compare.ts';
import { MOST_GROUPS } from '../../concrete/batch/groups.ts';
import { MAX_STRENGTH } from '../cube/data.ts';
import { mortarGrades, mortarStrengthOf } from '../grade.ts';
import { CLAUSE, MORTAR_POLICIES, evaluateMortarBatch } from './evaluate.ts';

const strengths = [...new Set(mortarGrades.map(({ value }) => mortarStrengthOf(value)))];

const VECTOR_FIELDS = [
  choice({
    name: 'grade',
    label: '设计强度等级',
    at: 'bench',
    instrument: '委托单',
    clause: CLAUSE,
    options: strengths.map((value) => ({ value, label: `M${value}` })),
    refusalCode: 'METHOD_GRADE_UNKNOWN',
  }),
  decimal({
    name: 'groups_MPa',
    label: '抗压强度代表值',
    at: 'bench',
    set: 'group',
    unit: 'MPa',
    resolution: '0.1',
    instrument: '检测报告',
    max: MAX_STRENGTH,
    maxReason: `超过砂浆可能的强度 ${MAX_STRENGTH} MPa`,
    clause: CLAUSE,
  }),
] as const;

const SETS = [{ id: 'group', label: '试块组', count: { min: 1, max: MOST_GROUPS, usual: 3 } }];

export function mortarBatchVector(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { policies, readings } = vectorPolicies(MORTAR_POLICIES, raw);
  const { grade, groups_MPa: values } = parseFields(readings, VECTOR_FIELDS, SETS);
  const figures = evaluateMortarBatch(values, grade, policies['meanComparison'] as MeanComparison);
  return { mean: figures.mean_MPa, min: figures.min_MPa, qualified: figures.meanMeets && figures.minMeets };
}
