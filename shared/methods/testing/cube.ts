// Test help: one sound cube group to change from, and short questions about its answer.
import concreteCube from '../concrete/concrete-cube.method.ts';
import type { ConcreteCubeOutputs } from '../concrete/concrete-cube.method.ts';
import type { MethodComputation } from '../method.ts';

export const base = { side_mm: '150', loads_kN: ['800.0', '820.0', '810.0'], designGrade: 'C30' };

export function compute(
  change: Record<string, unknown>,
  policies?: Record<string, string>,
): MethodComputation<ConcreteCubeOutputs> {
  return concreteCube.compute({ ...base, ...change }, policies === undefined ? {} : { policies });
}

export function warningCodes(change: Record<string, unknown>): string[] {
  return compute(change).warnings.map((warning) => warning.code);
}

export function stopCodes(change: Record<string, unknown>): string[] {
  return compute(change).stops.map((stop) => stop.code);
}

/** A call with the third load replaced. */
export function loadWith(third: unknown): () => MethodComputation<ConcreteCubeOutputs> {
  return () => compute({ loads_kN: ['800.0', '810.0', third] });
}
