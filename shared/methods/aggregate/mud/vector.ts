// Answers lines of a vector file for the mud content of sand: `[before, after]` of two portions.
import { parseFields } from '../../inputs.ts';
import type { VectorComputer } from '../../method.ts';
import { vectorPolicies } from '../../vectorPolicies.ts';
import { mudContent } from './content.ts';
import { SAND_MUD } from './data.ts';
import { MUD_SETS, MUD_VECTOR_FIELDS } from './fields.ts';

const sandMudContent: VectorComputer = (raw) => {
  const { readings } = vectorPolicies([], raw);
  const { dryBefore_g_after_g: pairs } = parseFields(readings, MUD_VECTOR_FIELDS, MUD_SETS);
  const { single_percent, status, result_percent } = mudContent(
    pairs.map(([before = '', after = '']) => [before, after]),
    SAND_MUD,
    (portion) => `dryBefore_g_after_g.${portion}.1`,
  );
  return { single_percent, status, result_percent };
};

export const SAND_MUD_VECTORS: Readonly<Record<string, VectorComputer>> = { 'sand-mud-content': sandMudContent };
