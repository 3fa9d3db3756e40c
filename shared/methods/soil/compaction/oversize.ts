// Correction of the compaction result for grains above 5 mm that the small mould leaves out (at most 30 % of the soil):
// ρ'dmax = 1 / ((1 − P5)/ρdmax + P5/(ρw·Gs2)), w'opt = wopt·(1 − P5) + P5·wab, with ρw = 1 g/cm³.
import { Exact, refusal } from '../../foundation/decimal.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import { CLAUSE_COMPACTION, DENSITY_STEP, DENSITY_UNIT, MOISTURE_STEP } from '../data.ts';
import { printed, ratio } from '../ratio.ts';
import type { CompactionInputs } from './fields.ts';

export interface Oversize {
  percent: string;
  gravity: string;
  absorption: string;
}

const CLAUSE = `${CLAUSE_COMPACTION} 大于 5 mm 颗粒的校正`;

/** The three figures of a correction, or undefined where none is wanted. */
export function oversizeOf(inputs: CompactionInputs): Oversize | undefined {
  const { oversize_percent: percent, oversizeGravity: gravity, oversizeAbsorption_percent: absorption } = inputs;
  if (percent === undefined && gravity === undefined && absorption === undefined) return undefined;
  if (percent === undefined || gravity === undefined || absorption === undefined) {
    const field =
      percent === undefined
        ? 'oversize_percent'
        : gravity === undefined
          ? 'oversizeGravity'
          : 'oversizeAbsorption_percent';
    const message = '校正大于 5 mm 颗粒须同时有颗粒含量、饱和面干比重和吸着含水率。';
    throw refusal('METHOD_MISSING', message, field, CLAUSE, '请补齐三项；不需要校正时三项都不填。');
  }
  if (inputs.compactionType !== 'light') {
    const message = '大于 5 mm 颗粒的校正只用于轻型击实。';
    throw refusal('METHOD_CONFLICT', message, 'oversize_percent', CLAUSE, '请核对击实类型，或删去三项校正数据。');
  }
  return { percent, gravity, absorption };
}

export interface Corrected {
  maxDryDensity: string;
  optimumMoisture: string;
  trace: TraceStep[];
}

export function correctOversize(maxDryDensity: string, optimumMoisture: string, soil: Oversize): Corrected {
  const { percent, gravity, absorption } = soil;
  const fine = new Exact(100).minus(percent);
  const above = new Exact(maxDryDensity).times(gravity).times(100);
  const below = fine.times(gravity).plus(new Exact(percent).times(maxDryDensity));
  const density = printed(ratio(above, below), DENSITY_STEP);
  const water = fine.times(optimumMoisture).plus(new Exact(percent).times(absorption));
  const moisture = printed(ratio(water, 100), MOISTURE_STEP);
  return {
    maxDryDensity: density,
    optimumMoisture: moisture,
    trace: [
      {
        name: '校正后最大干密度',
        symbol: "ρ'dmax",
        formula: '1 / ((1 − P5) / ρdmax + P5 / (ρw × Gs2))',
        substituted: `1 / ((1 − ${percent}%) / ${maxDryDensity} + ${percent}% / (1 × ${gravity}))`,
        value: density,
        unit: DENSITY_UNIT,
        rule: `修约至 ${DENSITY_STEP}`,
        clause: CLAUSE,
      },
      {
        name: '校正后最优含水率',
        symbol: "w'opt",
        formula: 'wopt × (1 − P5) + P5 × wab',
        substituted: `${optimumMoisture} × (1 − ${percent}%) + ${percent}% × ${absorption}`,
        value: moisture,
        unit: '%',
        rule: `修约至 ${MOISTURE_STEP}`,
        clause: CLAUSE,
      },
    ],
  };
}
