// The samples of every method that is papered.
import { concreteSamples } from './concrete.ts';
import { materialSamples } from './materials.ts';
import type { MethodSamples } from './paperSample.ts';
import { siteSamples } from './site.ts';
import { steelSamples } from './steel.ts';

export type { MethodSamples, PaperSample } from './paperSample.ts';

const samples: Readonly<Record<string, MethodSamples>> = {
  ...concreteSamples,
  ...steelSamples,
  ...materialSamples,
  ...siteSamples,
};

/** Null for a method whose samples nobody has described yet. */
export const samplesOf = (methodId: string): MethodSamples | null => samples[methodId] ?? null;
