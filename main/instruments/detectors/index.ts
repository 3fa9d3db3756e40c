// The detectors by the name that a run's header holds. Adding one is one file and one line in each table.
import { AppError } from '../../../shared/errors/appError.ts';
import type { AlgorithmStamp } from '../run/run-types.ts';
import { COMPRESSION_ID, COMPRESSION_VERSION, CompressionDetector, compressionParams } from './compression.ts';
import type { Detector, DetectorId } from './detector.ts';
import { loadingParams } from './loading.ts';
import type { LoadingParams } from './loading.ts';
import { READINGS_ID, READINGS_VERSION, ReadingsDetector } from './readings.ts';
import { TENSION_ID, TENSION_VERSION, TensionDetector, tensionParams } from './tension.ts';
import type { TensionParams } from './tension.ts';

/** What a run is to be read by; parameters that are not given have their usual value. */
export type DetectorRequest =
  | { id: typeof COMPRESSION_ID; params: Partial<LoadingParams> & { range_kN: string } }
  | { id: typeof TENSION_ID; params: Partial<TensionParams> & { range_kN: string } }
  | { id: typeof READINGS_ID };

const versions: Record<DetectorId, string> = {
  compression: COMPRESSION_VERSION,
  tension: TENSION_VERSION,
  readings: READINGS_VERSION,
};

/** The version this program computes with; null for an algorithm it does not have. */
export function detectorVersion(id: string): string | null {
  return Object.hasOwn(versions, id) ? versions[id as DetectorId] : null;
}

/** Every parameter of a request, with the usual values filled in. */
export function detectorParams(request: DetectorRequest): LoadingParams {
  // A log of readings has no start, no break and no range; the recorder asks for none of these.
  if (request.id === READINGS_ID) return loadingParams({ range_kN: '0' });
  return request.id === TENSION_ID ? tensionParams(request.params) : compressionParams(request.params);
}

export function makeDetector(id: string, params: LoadingParams): Detector {
  if (id === COMPRESSION_ID) return new CompressionDetector(params);
  if (id === TENSION_ID) return new TensionDetector(tensionParams(params));
  if (id === READINGS_ID) return new ReadingsDetector();
  throw new AppError({
    code: 'instrument.detector-unknown',
    message: `没有名为“${id}”的采集算法。`,
    meaning: '这次试验的曲线不能由本版本的程序重新计算。',
    next: '请用记录这次试验的程序版本或更新的版本打开。',
  });
}

/** As the header of a run file holds it, before the idle noise was measured. */
export function stampOf(request: DetectorRequest): AlgorithmStamp {
  return makeDetector(request.id, detectorParams(request)).stamp;
}
