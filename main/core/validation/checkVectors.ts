// Recomputes every vector line with the program's own methods and compares the whole answer with what the line expects:
// a figure too many is a difference as well as one that is missing or another.
import { computeVector } from '../../../shared/methods/compute.ts';
import { foundationVectors } from '../../../shared/methods/foundation/foundation.vectors.ts';
import type { TestMethod } from '../../../shared/methods/index.ts';
import { canonicalJson } from '../../../sync/wire/digest.ts';
import type { ExpectedLine } from './vectorFiles.ts';

/** Rounding, comparison and the three-value rule belong to no method and serve them all. */
export const FOUNDATION_ID = 'foundation';
export const FOUNDATION_NAME = '数值修约与基础规则';

export interface CheckedLine extends ExpectedLine {
  /** Method that answers it; null where there is none. */
  methodId: string | null;
  /** The answer's outputs, or the refusal it came to. */
  computed: Readonly<Record<string, unknown>>;
  equal: boolean;
}

export function ownerOf(methods: readonly TestMethod[], vectorMethod: string): string | null {
  if (Object.hasOwn(foundationVectors, vectorMethod)) return FOUNDATION_ID;
  return methods.find(({ vectors }) => Object.hasOwn(vectors, vectorMethod))?.id ?? null;
}

export function checkVectors(methods: readonly TestMethod[], lines: readonly ExpectedLine[]): CheckedLine[] {
  return lines.map((line) => {
    const { id, method, inputs, expected } = line;
    const answer = computeVector({ id, method, inputs });
    const computed = answer.outputs ?? { error: answer.error.code, message: answer.error.message };
    const equal = answer.outputs !== undefined && canonicalJson(computed) === canonicalJson(expected);
    return { ...line, methodId: ownerOf(methods, method), computed, equal };
  });
}
