// Points of the compaction curve: wet density, moisture of two tins and dry density, each to its printed digits. The
// curve is drawn through printed figures, so here every step is rounded.
import { Exact, refusal } from '../../foundation/decimal.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import type { PlausibilityStop } from '../../method.ts';
import { CLAUSE_COMPACTION, DENSITY_STEP, DENSITY_UNIT } from '../data.ts';
import { moistureOf } from '../moisture.ts';
import { checkWetDensity, dryDensityStops } from '../plausible.ts';
import { printed, ratio } from '../ratio.ts';
import type { CompactionInputs } from './fields.ts';

export interface CompactionPoint {
  wetSoil_g: string;
  wetDensity_g_cm3: string;
  moistureSingles_percent: string[];
  moistureDifference_percent: string;
  moistureAllowedDifference_percent: string;
  /** Null when the two tins differ too much; then there is no dry density either. */
  moisture_percent: string | null;
  dryDensity_g_cm3: string | null;
}

export interface PointFindings {
  point: CompactionPoint;
  trace: TraceStep[];
  stops: PlausibilityStop[];
}

/** ρd = ρ / (1 + 0.01w) of printed figures, to 0.01 g/cm³. */
export function dryDensityOf(wetDensity: string, moisture: string): string {
  return printed(ratio(new Exact(wetDensity).times(100), new Exact(moisture).plus(100)), DENSITY_STEP);
}

export function compactionPoint(inputs: CompactionInputs, index: number): PointFindings {
  const label = `测点 ${index + 1} `;
  const field = `mouldAndWetSoil_g.${index}`;
  const mass = inputs.mouldAndWetSoil_g[index] ?? '';
  const soil = new Exact(mass).minus(inputs.mould_g);
  if (soil.lessThanOrEqualTo(0)) {
    const message = `${label}筒加湿土 ${mass} g 应大于筒质量 ${inputs.mould_g} g。`;
    throw refusal('METHOD_CONFLICT', message, field, CLAUSE_COMPACTION);
  }
  const at = { field, label, clause: CLAUSE_COMPACTION };
  const exactWet = ratio(soil, inputs.mouldVolume_cm3);
  checkWetDensity(exactWet, at);
  const wetDensity = printed(exactWet, DENSITY_STEP);
  const readings = {
    tin: inputs.tin_g[index] ?? [],
    wet: inputs.tinAndWet_g[index] ?? [],
    dry: inputs.tinAndDry_g[index] ?? [],
  };
  const moisture = moistureOf(readings, 'stepwise', { field: `${index}.`, label });
  const dryDensity = moisture.printed === null ? null : dryDensityOf(wetDensity, moisture.printed);
  const trace: TraceStep[] = [
    {
      name: `${label}湿密度`,
      symbol: 'ρ',
      formula: '(m筒加湿土 − m筒) / V',
      substituted: `(${mass} − ${inputs.mould_g}) / ${inputs.mouldVolume_cm3}`,
      value: wetDensity,
      unit: DENSITY_UNIT,
      rule: `修约至 ${DENSITY_STEP}`,
      clause: CLAUSE_COMPACTION,
    },
    ...moisture.trace,
    {
      name: `${label}干密度`,
      symbol: 'ρd',
      formula: 'ρ / (1 + 0.01w)',
      ...(moisture.printed === null ? {} : { substituted: `${wetDensity} / (1 + 0.01 × ${moisture.printed})` }),
      value: dryDensity,
      unit: DENSITY_UNIT,
      rule: dryDensity === null ? '没有含水率，不计算' : `修约至 ${DENSITY_STEP}`,
      clause: CLAUSE_COMPACTION,
    },
  ];
  const stops =
    dryDensity === null || moisture.mean === null ? [] : dryDensityStops(ratio(dryDensity), moisture.mean, at);
  return {
    point: {
      wetSoil_g: soil.toFixed(),
      wetDensity_g_cm3: wetDensity,
      moistureSingles_percent: moisture.singles,
      moistureDifference_percent: moisture.difference,
      moistureAllowedDifference_percent: moisture.allowed,
      moisture_percent: moisture.printed,
      dryDensity_g_cm3: dryDensity,
    },
    trace,
    stops,
  };
}
