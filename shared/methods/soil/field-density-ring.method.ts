// 环刀法 field density, GB/T 50123-2019: two parallel rings from one place, wet density, moisture of two tins each, dry
// density, mean of the two, degree of compaction against the maximum dry density. One sample is one place.
import { defineMethod } from '../define.ts';
import { recordVector } from '../recordVector.ts';
import type { PaperTable } from '../table.ts';
import { CLAUSE_MOISTURE, CLAUSE_RING, DENSITY_UNIT, RING_DIFFERENCE, SOIL_EDITION } from './data.ts';
import { DEGREE_STEP, DESIGN_COMPARISON, compactionDegree } from './density/degree.ts';
import {
  DENSITY_PARAMETERS,
  NO_FIGURES,
  placeRecord,
  placeReport,
  placeResults,
  placeSentence,
} from './density/report.ts';
import type { PlaceFigures } from './density/report.ts';
import { RING_FIELDS, RING_SETS } from './ring/fields.ts';
import type { RingInputs } from './ring/fields.ts';
import { PARALLEL_DIFFERENCE, parallelOf, ringOf } from './ring/parallel.ts';
import type { Parallel, Ring } from './ring/parallel.ts';
import { INTERMEDIATE_ROUNDING } from './rounding.ts';
import type { IntermediateRounding } from './rounding.ts';
import { INVALID } from '../foundation/words.ts';
import { invalidWarnings } from './words.ts';
import type { Fault } from './words.ts';

export interface RingOutputs extends PlaceFigures {
  rings: {
    wetSoil_g: string;
    wetDensity_g_cm3: string;
    moistureSingles_percent: string[];
    moistureDifference_percent: string;
    moistureAllowedDifference_percent: string;
    moisture_percent: string | null;
    dryDensity_g_cm3: string | null;
  }[];
  wetDensityDifference_g_cm3: string;
  dryDensityDifference_g_cm3: string | null;
}

const AGAIN = '请在同一测点旁重新取样检测。';

function faultsOf(rings: readonly Ring[], parallel: Parallel): Fault[] {
  const tins = rings.flatMap(({ moisture }, index): Fault[] =>
    moisture.mean !== null
      ? []
      : [
          {
            code: 'SOIL_MOISTURE_DIFFERENCE',
            reason: '两盒含水率之差超过允许差值',
            message: `环刀 ${index + 1} 两盒含水率之差 ${moisture.difference}% 超过允许差值 ${moisture.allowed}%。`,
            next: AGAIN,
            clause: CLAUSE_MOISTURE,
          },
        ],
  );
  if (parallel.exceeded.length === 0) return tins;
  const name = parallel.exceeded.join('、');
  return [
    ...tins,
    {
      code: 'SOIL_DENSITY_DIFFERENCE',
      reason: `两个平行试样${name}之差超过允许差值`,
      message: `两个平行试样${name}之差超过 ${RING_DIFFERENCE} ${DENSITY_UNIT}。`,
      next: AGAIN,
      clause: CLAUSE_RING,
    },
  ];
}

function recordTable(inputs: RingInputs, outputs: RingOutputs): PaperTable {
  return {
    columns: [
      { head: '环刀', width: 0.5 },
      { head: '环刀质量', unit: 'g' },
      { head: '环刀加湿土', unit: 'g' },
      { head: '湿密度 ρ', unit: 'g/cm^{3}' },
      { head: '盒质量', unit: 'g' },
      { head: '盒加湿土', unit: 'g' },
      { head: '盒加干土', unit: 'g' },
      { head: '含水率', unit: '%' },
      { head: '差值（允许）', unit: '%', width: 1.2 },
      { head: '平均含水率 w', unit: '%' },
      { head: '干密度 ρ_{d}', unit: 'g/cm^{3}' },
    ],
    rows: outputs.rings.flatMap((ring, index) =>
      [0, 1].map((tin) => {
        const own = [
          inputs.tin_g[index]?.[tin] ?? '—',
          inputs.tinAndWet_g[index]?.[tin] ?? '—',
          inputs.tinAndDry_g[index]?.[tin] ?? '—',
          ring.moistureSingles_percent[tin] ?? '—',
        ];
        if (tin === 1) return own;
        const both = { down: 2 };
        return [
          { text: String(index + 1), ...both },
          { text: inputs.ring_g[index] ?? '—', ...both },
          { text: inputs.ringAndSoil_g[index] ?? '—', ...both },
          { text: ring.wetDensity_g_cm3, ...both },
          ...own,
          { text: `${ring.moistureDifference_percent}（≤${ring.moistureAllowedDifference_percent}）`, ...both },
          { text: ring.moisture_percent ?? INVALID, ...both },
          { text: ring.dryDensity_g_cm3 ?? INVALID, ...both },
        ];
      }),
    ),
    notes: [
      `环刀容积 ${inputs.ringVolume_cm3} cm^{3}；平行差值：湿密度 ${outputs.wetDensityDifference_g_cm3}，` +
        `干密度 ${outputs.dryDensityDifference_g_cm3 ?? '—'}（允许 ${RING_DIFFERENCE} g/cm^{3}）。`,
    ],
  };
}

export default defineMethod({
  id: 'field-density-ring',
  name: '压实度（环刀法）',
  purpose: 'sample',
  itemCode: 'TG-HD',
  sampleName: '环刀土样',
  parameters: DENSITY_PARAMETERS,
  recognises: (names) => /环刀/.test(names) && !/击实|灌砂|灌水|渗透|固结|压缩|剪切/.test(names),
  editions: [SOIL_EDITION],
  sets: RING_SETS,
  fields: RING_FIELDS,
  policies: [INTERMEDIATE_ROUNDING, DEGREE_STEP, DESIGN_COMPARISON, PARALLEL_DIFFERENCE],
  limits: [],
  timing: { kind: 'prompt', turnaroundDays: 3 },
  acquisitions: [],
  describe: ({ soilKind = '', designCompaction_percent: percent, designCoefficient: coefficient }) => ({
    grade: percent !== undefined ? `≥${percent}%` : coefficient === undefined ? '' : `λc≥${coefficient}`,
    spec: soilKind,
  }),
  evaluate(inputs, { policies, asked }) {
    const rounding = policies['intermediateRounding'] as IntermediateRounding;
    const rings: [Ring, Ring] = [ringOf(inputs, 0, rounding), ringOf(inputs, 1, rounding)];
    const parallel = parallelOf(rings, policies['parallelDifferenceOf'] ?? PARALLEL_DIFFERENCE.default, rounding);
    const { mean } = parallel;
    const most = inputs.maxDryDensity_g_cm3;
    const degree = mean === null || most === undefined ? null : compactionDegree(mean.dry, most, inputs, policies);
    const figures: PlaceFigures =
      mean === null
        ? NO_FIGURES
        : {
            wetDensity_g_cm3: mean.wet,
            moisture_percent: mean.moisture,
            dryDensity_g_cm3: mean.dryPrinted,
            compaction_percent: degree?.percent ?? null,
            compactionCoefficient: degree?.coefficient ?? null,
          };
    const outputs: RingOutputs = {
      ...figures,
      rings: rings.map(({ wetSoil_g, wetPrinted, moisture, densities }) => ({
        wetSoil_g,
        wetDensity_g_cm3: wetPrinted,
        moistureSingles_percent: moisture.singles,
        moistureDifference_percent: moisture.difference,
        moistureAllowedDifference_percent: moisture.allowed,
        moisture_percent: moisture.printed,
        dryDensity_g_cm3: densities?.dryPrinted ?? null,
      })),
      wetDensityDifference_g_cm3: parallel.wetDifference,
      dryDensityDifference_g_cm3: parallel.dryDifference,
    };
    const faults = faultsOf(rings, parallel);
    return {
      outputs,
      trace: [...rings.flatMap(({ trace }) => trace), ...parallel.trace, ...(degree?.trace ?? [])],
      parameters: placeResults(figures, degree, inputs, asked),
      valid: mean !== null,
      text: placeSentence(figures, degree, inputs, faults),
      warnings: [...invalidWarnings(faults), ...(degree?.warnings ?? [])],
      stops: [...rings.flatMap(({ stops }) => stops), ...(degree?.stops ?? [])],
      record: [recordTable(inputs, outputs), placeRecord(figures, degree, inputs)],
      report: placeReport(figures, degree, inputs),
    };
  },
  vectors: (own) => ({ 'field-density-ring-record': recordVector(own) }),
});
