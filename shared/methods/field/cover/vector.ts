// What a vector line of cover shows: the figures of every point in a row each, without what the line itself gives.
import type { CoverOutputs } from './tables.ts';

export const coverFigures = ({ points, first, total, beyondWorst, decision }: CoverOutputs) => ({
  means_mm: points.map((point) => point.mean_mm),
  deviations_mm: points.map((point) => point.deviation_mm),
  within: points.map((point) => point.withinTolerance),
  withinWorst: points.map((point) => point.withinWorst),
  first,
  total,
  beyondWorst,
  decision,
});
