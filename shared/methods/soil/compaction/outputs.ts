// What a compaction test answers with.
import type { CurveFitting } from './curve.ts';
import type { CompactionPoint } from './points.ts';

export interface CompactionOutputs {
  points: CompactionPoint[];
  curveFitting: CurveFitting;
  /** Numbers of the points, from 1. */
  pointsUsed: number[];
  /** a₀, a₁, … of ρd = Σ aᵢ·wⁱ, for drawing the line. */
  curveCoefficients: string[];
  /** Peak of the curve; null when invalid. */
  maxDryDensity_g_cm3: string | null;
  optimumMoisture_percent: string | null;
  oversize: { content_percent: string; gravity: string; absorption_percent: string } | null;
  /** What is reported: the peak, corrected where grains above 5 mm are; null when invalid. */
  result: { maxDryDensity_g_cm3: string; optimumMoisture_percent: string } | null;
}
