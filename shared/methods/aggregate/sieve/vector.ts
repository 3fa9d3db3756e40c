// Answers lines of a vector file for the sieve analysis: one portion, the loss alone, or the mean of two fineness moduli.
import { parseFields } from '../../inputs.ts';
import type { VectorComputer } from '../../method.ts';
import { round } from '../../foundation/rounding.ts';
import { vectorPolicies } from '../../vectorPolicies.ts';
import { CUMULATIVE_BASIS } from './data.ts';
import type { CumulativeBasis } from './data.ts';
import { FINENESS_VECTOR_FIELDS, SIEVE_VECTOR_FIELDS } from './fields.ts';
import { finenessMean, sievePortion } from './portion.ts';
import type { Portion } from './portion.ts';

function portionOf(raw: Readonly<Record<string, unknown>>): Portion {
  const { policies, readings } = vectorPolicies([CUMULATIVE_BASIS], raw);
  const masses = parseFields(readings, SIEVE_VECTOR_FIELDS);
  return sievePortion(masses, policies['cumulativeBasis'] as CumulativeBasis, { field: 'retained_g', label: '试样' });
}

const sandSieve: VectorComputer = (raw) => {
  const { individual_percent, cumulative_percent, finenessModulus, loss_percent } = portionOf(raw);
  return { individual_percent, cumulative_percent, finenessModulus, loss_percent };
};

const sandSieveLoss: VectorComputer = (raw) => {
  const { loss_percent, accepted } = portionOf(raw);
  return { loss_percent, accept: accepted };
};

const sandFinenessMean: VectorComputer = (raw) => {
  const { readings } = vectorPolicies([], raw);
  const { mx1, mx2 } = parseFields(readings, FINENESS_VECTOR_FIELDS);
  // A single determination has two decimals; what is given with more is not one yet.
  const { status, result } = finenessMean(round(mx1, '0.01'), round(mx2, '0.01'));
  return { status, result };
};

export const SIEVE_VECTORS: Readonly<Record<string, VectorComputer>> = {
  'sand-sieve': sandSieve,
  'sand-sieve-loss': sandSieveLoss,
  'sand-fineness-mean': sandFinenessMean,
};
