// What a rebound test computes: lists per zone, then the member or batch. All figures are decimal strings.
import type { EstimateRule } from './estimate.ts';

export interface ReboundOutputs {
  /** Per zone: mean of the readings kept, the two corrections, the value after both. */
  mean_R: string[];
  angleCorrection: string[];
  faceCorrection: string[];
  corrected_R: string[];
  /** Per zone: mean of its own carbonation readings, null where not measured; and the depth that counts. */
  carbonationPoint_mm: (string | null)[];
  carbonation_mm: string[];
  /** By the curve's formula, or typed from the printed table. */
  strengthSource: 'curve' | 'table';
  strengthBasis: string;
  /** Per zone; `<10.0` and `>60.0` in words. */
  strength_MPa: string[];
  zoneCount: string;
  memberCount: string;
  rule: EstimateRule;
  minimum_MPa: string;
  zoneMean_MPa: string | null;
  standardDeviation_MPa: string | null;
  /** Null where the standard gives no estimate. */
  estimate_MPa: string | null;
  /** Integer, informative only; null without a grade or without a number. */
  percentOfGrade: string | null;
}
