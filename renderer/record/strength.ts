// Live previews with the same method file that core computes with; the record holds what core computed.
import { singleStrength } from '../../shared/methods/index.ts';

/** Single strength in MPa, or null where there is no usable load yet. */
export function previewStrength(loadKn: string | null, sideMm: string): string | null {
  if (loadKn === null || !/^\d+(\.\d+)?$/.test(loadKn)) return null;
  try {
    return singleStrength(loadKn, sideMm);
  } catch {
    return null;
  }
}
