// Two parallel rings: densities of each, their difference (at most 0.03 g/cm³) and their mean. The clause gives the
// allowed difference beside both formulas, wet and dry; which of them it means is a setting, by default both.
import { Exact, refusal } from '../../foundation/decimal.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import type { PlausibilityStop, PolicyDeclaration } from '../../method.ts';
import { CLAUSE_RING, DENSITY_STEP, DENSITY_UNIT, MOISTURE_STEP, RING_DIFFERENCE } from '../data.ts';
import { densitiesOf, dryDensityStep, wetDensityOf } from '../density/densities.ts';
import type { Densities } from '../density/densities.ts';
import { moistureOf } from '../moisture.ts';
import type { Moisture } from '../moisture.ts';
import { checkWetDensity, dryDensityStops } from '../plausible.ts';
import { absolute, compareRatios, meanOfRatios, minus, over, printed, ratio } from '../ratio.ts';
import type { Ratio } from '../ratio.ts';
import { carried, carriedRule } from '../rounding.ts';
import type { IntermediateRounding } from '../rounding.ts';
import type { RingInputs } from './fields.ts';

export const PARALLEL_DIFFERENCE: PolicyDeclaration = {
  name: 'parallelDifferenceOf',
  label: '平行差值 0.03 g/cm³ 比较的密度',
  clause: CLAUSE_RING,
  options: [
    { value: 'both', label: '湿密度和干密度都不超过' },
    { value: 'wet-density', label: '湿密度' },
    { value: 'dry-density', label: '干密度' },
  ],
  default: 'both',
};

export interface Ring {
  wetSoil_g: string;
  wet: Ratio;
  wetPrinted: string;
  moisture: Moisture;
  /** Null without a moisture. */
  densities: Densities | null;
  trace: TraceStep[];
  stops: PlausibilityStop[];
}

export function ringOf(inputs: RingInputs, index: number, rounding: IntermediateRounding): Ring {
  const label = `环刀 ${index + 1} `;
  const at = { field: `ringAndSoil_g.${index}`, label, clause: CLAUSE_RING };
  const [empty, full] = [inputs.ring_g[index] ?? '', inputs.ringAndSoil_g[index] ?? ''];
  const soil = new Exact(full).minus(empty);
  if (soil.lessThanOrEqualTo(0)) {
    const message = `${label}环刀加湿土 ${full} g 应大于环刀质量 ${empty} g。`;
    throw refusal('METHOD_CONFLICT', message, at.field, CLAUSE_RING);
  }
  const volume = ratio(inputs.ringVolume_cm3);
  checkWetDensity(over(ratio(soil), volume), at);
  const wet = wetDensityOf(soil, volume, rounding);
  const readings = {
    tin: inputs.tin_g[index] ?? [],
    wet: inputs.tinAndWet_g[index] ?? [],
    dry: inputs.tinAndDry_g[index] ?? [],
  };
  const moisture = moistureOf(readings, rounding, { field: `${index}.`, label });
  const densities = moisture.mean === null ? null : densitiesOf(wet, moisture.mean, rounding);
  const wetPrinted = printed(wet, DENSITY_STEP);
  const wetStep: TraceStep = {
    name: `${label}湿密度`,
    symbol: 'ρ',
    formula: '(m环刀加湿土 − m环刀) / V',
    substituted: `(${full} − ${empty}) / ${inputs.ringVolume_cm3}`,
    value: wetPrinted,
    unit: DENSITY_UNIT,
    rule: carriedRule(DENSITY_STEP, rounding),
    clause: CLAUSE_RING,
  };
  const known = densities === null || moisture.mean === null ? null : { densities, moisture: moisture.mean };
  return {
    wetSoil_g: soil.toFixed(),
    wet,
    wetPrinted,
    moisture,
    densities,
    trace: [
      wetStep,
      ...moisture.trace,
      ...(known === null
        ? []
        : [dryDensityStep(known.densities, known.moisture, rounding, { label, clause: CLAUSE_RING })]),
    ],
    stops: known === null ? [] : dryDensityStops(known.densities.dry, known.moisture, at),
  };
}

export interface Parallel {
  /** Printed; null without a moisture of both. */
  wetDifference: string;
  dryDifference: string | null;
  /** Names of the densities that differ too much. */
  exceeded: string[];
  mean: { wet: string; moisture: string; dry: Ratio; dryPrinted: string } | null;
  trace: TraceStep[];
}

function difference(name: string, a: Ratio, b: Ratio, counts: boolean, rounding: IntermediateRounding) {
  const value = absolute(minus(a, b));
  const isOver = compareRatios(value, ratio(RING_DIFFERENCE)) > 0;
  const shown = printed(value, rounding === 'stepwise' ? DENSITY_STEP : '0.0001');
  const limit = `${RING_DIFFERENCE} ${DENSITY_UNIT}`;
  const step: TraceStep = {
    name: `${name}平行差值`,
    formula: '|ρ1 − ρ2|',
    value: shown,
    unit: DENSITY_UNIT,
    rule: `${isOver ? '超过' : '不超过'} ${limit}${counts ? '' : '（按所选设置不作比较）'}`,
    clause: CLAUSE_RING,
  };
  return { shown, exceeded: counts && isOver ? [name] : [], step };
}

function meanStep(name: string, symbol: string, value: string, unit: string, rule: string): TraceStep {
  return { name, symbol, formula: '(x1 + x2) / 2', value, unit, rule, clause: CLAUSE_RING };
}

export function parallelOf(
  [first, second]: readonly [Ring, Ring],
  policy: string,
  rounding: IntermediateRounding,
): Parallel {
  const wet = difference('湿密度', first.wet, second.wet, policy !== 'dry-density', rounding);
  const [one, two] = [first.densities, second.densities];
  const [w1, w2] = [first.moisture.mean, second.moisture.mean];
  if (one === null || two === null || w1 === null || w2 === null) {
    return {
      wetDifference: wet.shown,
      dryDifference: null,
      exceeded: wet.exceeded,
      mean: null,
      trace: [wet.step],
    };
  }
  const dry = difference('干密度', one.dry, two.dry, policy !== 'wet-density', rounding);
  const exceeded = [...wet.exceeded, ...dry.exceeded];
  const common = { wetDifference: wet.shown, dryDifference: dry.shown, exceeded };
  if (exceeded.length > 0) return { ...common, mean: null, trace: [wet.step, dry.step] };
  const meanDry = meanOfRatios([one.dry, two.dry]);
  const mean = {
    wet: printed(meanOfRatios([first.wet, second.wet]), DENSITY_STEP),
    moisture: printed(meanOfRatios([w1, w2]), MOISTURE_STEP),
    dry: carried(meanDry, DENSITY_STEP, rounding),
    dryPrinted: printed(meanDry, DENSITY_STEP),
  };
  return {
    ...common,
    mean,
    trace: [
      wet.step,
      dry.step,
      meanStep('平均湿密度', 'ρ', mean.wet, DENSITY_UNIT, `修约至 ${DENSITY_STEP}`),
      meanStep('平均含水率', 'w', mean.moisture, '%', `修约至 ${MOISTURE_STEP}`),
      meanStep('平均干密度', 'ρd', mean.dryPrinted, DENSITY_UNIT, carriedRule(DENSITY_STEP, rounding)),
    ],
  };
}
