// Answers lines of a vector file for the compaction curve: moistures and wet densities in, dry densities and the peak out
// under the name of the fit.
import { Exact, roundRatio } from '../../foundation/decimal.ts';
import { parseFields } from '../../inputs.ts';
import { vectorPolicies } from '../../vectorPolicies.ts';
import { DENSITY_STEP, MOISTURE_STEP } from '../data.ts';
import { CURVE_FITTING, compactionPeak } from './curve.ts';
import type { CurveFitting } from './curve.ts';
import { COMPACTION_SETS, CURVE_VECTOR_FIELDS } from './fields.ts';
import { dryDensityOf } from './points.ts';

const KEY: Readonly<Record<CurveFitting, string>> = {
  'parabola-top-3': 'parabolaThroughTop3',
  'cubic-least-squares': 'cubicLeastSquares',
  'quartic-least-squares': 'quarticLeastSquares',
};

export function compactionCurveVector(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { policies, readings } = vectorPolicies([CURVE_FITTING], raw);
  const inputs = parseFields(readings, CURVE_VECTOR_FIELDS, COMPACTION_SETS);
  const fitting = policies['curveFitting'] as CurveFitting;
  // Plotted are printed figures, whatever digits the line was written with.
  const one = new Exact(1);
  const points = inputs.moisture_percent.map((value, index) => {
    const moisture = roundRatio(new Exact(value), one, MOISTURE_STEP);
    const wetDensity = roundRatio(new Exact(inputs.wetDensity[index] ?? ''), one, DENSITY_STEP);
    return { moisture, density: dryDensityOf(wetDensity, moisture) };
  });
  const { optimumMoisture, maxDryDensity } = compactionPeak(points, fitting);
  return { dryDensity: points.map(({ density }) => density), [KEY[fitting]]: { optimumMoisture, maxDryDensity } };
}
