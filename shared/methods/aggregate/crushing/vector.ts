// Answers lines of a vector file for the crushing index: `[before, retained]` of three portions.
import { parseFields } from '../../inputs.ts';
import type { VectorComputer } from '../../method.ts';
import { vectorPolicies } from '../../vectorPolicies.ts';
import { crushed } from './crushed.ts';
import { MEAN_STEP } from './data.ts';
import { CRUSHING_SETS, CRUSHING_VECTOR_FIELDS } from './fields.ts';

export const stoneCrushingVector: VectorComputer = (raw) => {
  const { policies, readings } = vectorPolicies([MEAN_STEP], raw);
  const { before_g_retained_g: pairs } = parseFields(readings, CRUSHING_VECTOR_FIELDS, CRUSHING_SETS);
  const { single_percent, result_percent } = crushed(
    pairs.map(([before = '', retained = '']) => [before, retained]),
    policies[MEAN_STEP.name] ?? MEAN_STEP.default,
    (portion) => `before_g_retained_g.${portion}`,
  );
  return { single_percent, result_percent };
};
