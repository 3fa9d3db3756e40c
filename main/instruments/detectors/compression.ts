// Crushing of cubes, cores, bricks, mortar: the peak, and a break that must be brittle; a slow fall was an unloading.
import type { AlgorithmStamp } from '../run/run-types.ts';
import type { Sample } from '../run/sample.ts';
import type { DerivedValue, DetectorResult } from './detector.ts';
import { LoadingDetector, loadingParams } from './loading.ts';
import type { LoadingParams } from './loading.ts';

export const COMPRESSION_ID = 'compression';
export const COMPRESSION_VERSION = '1.0.0';

export type CompressionParams = LoadingParams;
export const compressionParams = loadingParams;

export class CompressionDetector extends LoadingDetector {
  get stamp(): AlgorithmStamp {
    return { id: COMPRESSION_ID, version: COMPRESSION_VERSION, params: { ...this.params } };
  }

  protected override derive(): { derived: DerivedValue[]; remarks: string[] } {
    return { derived: [], remarks: [] };
  }
}

/** The whole detection over stored samples. */
export function detectCompression(samples: readonly Sample[], params: CompressionParams): DetectorResult {
  const detector = new CompressionDetector(params);
  for (const sample of samples) detector.push(sample);
  return detector.result();
}
