// Wet and dry density of one determination: ρ = m/V, ρd = ρ/(1 + 0.01w), each to 0.01 g/cm³.
import type { Exact } from '../../foundation/decimal.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import { DENSITY_STEP, DENSITY_UNIT, MOISTURE_STEP } from '../data.ts';
import { over, plus, printed, ratio, times } from '../ratio.ts';
import type { Ratio } from '../ratio.ts';
import { carried, carriedRule, substituted } from '../rounding.ts';
import type { IntermediateRounding } from '../rounding.ts';

export interface Densities {
  wet: Ratio;
  dry: Ratio;
  wetPrinted: string;
  dryPrinted: string;
}

export function wetDensityOf(soil_g: Exact, volume_cm3: Ratio, rounding: IntermediateRounding): Ratio {
  return carried(over(ratio(soil_g), volume_cm3), DENSITY_STEP, rounding);
}

/** `moisture` in percent. */
export function densitiesOf(wet: Ratio, moisture: Ratio, rounding: IntermediateRounding): Densities {
  const dry = carried(over(times(wet, ratio(100)), plus(moisture, ratio(100))), DENSITY_STEP, rounding);
  return { wet, dry, wetPrinted: printed(wet, DENSITY_STEP), dryPrinted: printed(dry, DENSITY_STEP) };
}

export function dryDensityStep(
  densities: Densities,
  moisture: Ratio,
  rounding: IntermediateRounding,
  at: { label: string; clause: string },
): TraceStep {
  const wet = substituted(densities.wet, DENSITY_STEP, rounding);
  return {
    name: `${at.label}干密度`,
    symbol: 'ρd',
    formula: 'ρ / (1 + 0.01w)',
    substituted: `${wet} / (1 + 0.01 × ${substituted(moisture, MOISTURE_STEP, rounding)})`,
    value: densities.dryPrinted,
    unit: DENSITY_UNIT,
    rule: carriedRule(DENSITY_STEP, rounding),
    clause: at.clause,
  };
}
