// 灌砂法 field density, GB/T 50123-2019: mass of soil dug from a pit, volume of the pit from the sand that fills it,
// moisture of two tins, degree of compaction against the maximum dry density. One sample is one place.
import { Exact, refusal } from '../foundation/decimal.ts';
import type { TraceStep } from '../foundation/trace.ts';
import { defineMethod } from '../define.ts';
import { recordVector } from '../recordVector.ts';
import { decimal } from '../field.ts';
import type { InputsOf } from '../field.ts';
import type { PaperTable } from '../table.ts';
import { CLAUSE_MOISTURE, CLAUSE_SAND, DENSITY_STEP, DENSITY_UNIT, SOIL_EDITION } from './data.ts';
import { DEGREE_STEP, DESIGN_COMPARISON, compactionDegree } from './density/degree.ts';
import { densitiesOf, dryDensityStep, wetDensityOf } from './density/densities.ts';
import { PLACE_FIELDS } from './density/fields.ts';
import {
  DENSITY_PARAMETERS,
  NO_FIGURES,
  placeRecord,
  placeReport,
  placeResults,
  placeSentence,
} from './density/report.ts';
import type { PlaceFigures } from './density/report.ts';
import { sandConeVector } from './density/vector.ts';
import { TIN_FIELDS, moistureOf } from './moisture.ts';
import type { Moisture } from './moisture.ts';
import { checkWetDensity, dryDensityStops } from './plausible.ts';
import { over, printed, ratio } from './ratio.ts';
import type { Ratio } from './ratio.ts';
import { INTERMEDIATE_ROUNDING, carriedRule } from './rounding.ts';
import type { IntermediateRounding } from './rounding.ts';
import { INVALID } from '../foundation/words.ts';
import { invalidWarnings } from './words.ts';
import type { Fault } from './words.ts';

const mass = {
  at: 'bench',
  unit: 'g',
  resolution: '1',
  instrument: '电子秤',
  clause: CLAUSE_SAND,
  max: '50000',
} as const;
const MAX_REASON = '超过灌砂法可能的质量 50000 g';

const FIELDS = [
  ...PLACE_FIELDS,
  decimal({
    at: 'bench',
    name: 'sandDensity_g_cm3',
    label: '量砂密度',
    symbol: 'ρs',
    unit: DENSITY_UNIT,
    resolution: '0.01',
    instrument: '量砂标定',
    min: '1.00',
    max: '2.00',
    maxReason: '超过量砂可能的密度 2.00 g/cm³',
    clause: CLAUSE_SAND,
  }),
  decimal({ ...mass, name: 'sandBefore_g', label: '灌砂前筒加砂总质量', maxReason: MAX_REASON }),
  decimal({ ...mass, name: 'sandAfter_g', label: '灌砂后筒加剩余砂质量', maxReason: MAX_REASON }),
  decimal({
    ...mass,
    name: 'sandInCone_g',
    label: '锥体（含基板缝隙）内砂质量',
    maxReason: MAX_REASON,
    hint: '按灌砂筒标定',
  }),
  decimal({ ...mass, name: 'wetSoil_g', label: '试坑湿土质量', symbol: 'mp', maxReason: MAX_REASON }),
  TIN_FIELDS.tin,
  TIN_FIELDS.wet,
  TIN_FIELDS.dry,
] as const;
type Inputs = InputsOf<typeof FIELDS>;

export interface SandConeOutputs extends PlaceFigures {
  sandInHole_g: string;
  /** For information, to 0.1 cm³; the wet density is calculated from the unrounded volume. */
  holeVolume_cm3: string;
  moistureSingles_percent: string[];
  moistureDifference_percent: string;
  moistureAllowedDifference_percent: string;
}

function sandInHole(inputs: Inputs): Exact {
  const sand = new Exact(inputs.sandBefore_g).minus(inputs.sandAfter_g).minus(inputs.sandInCone_g);
  if (sand.greaterThan(0)) return sand;
  const message =
    `灌砂前 ${inputs.sandBefore_g} g 减去剩余 ${inputs.sandAfter_g} g 和锥体内 ${inputs.sandInCone_g} g 后，` +
    '试坑内没有砂。';
  throw refusal('METHOD_CONFLICT', message, 'sandAfter_g', CLAUSE_SAND, '请核对三次称量。');
}

function holeTrace(
  inputs: Inputs,
  sand: Exact,
  volume: Ratio,
  wet: string,
  rounding: IntermediateRounding,
): TraceStep[] {
  const { sandBefore_g: before, sandAfter_g: after, sandInCone_g: cone, sandDensity_g_cm3: density } = inputs;
  return [
    {
      name: '试坑内砂质量',
      symbol: 'ms',
      formula: 'm灌砂前 − m灌砂后 − m锥体',
      substituted: `${before} − ${after} − ${cone}`,
      value: sand.toFixed(),
      unit: 'g',
      rule: '不修约',
      clause: CLAUSE_SAND,
    },
    {
      name: '试坑体积',
      symbol: 'V',
      formula: 'ms / ρs',
      substituted: `${sand.toFixed()} / ${density}`,
      value: printed(volume, '0.1'),
      unit: 'cm³',
      rule: '列出值修约至 0.1，以未修约值参与下一步计算',
      clause: CLAUSE_SAND,
    },
    {
      name: '湿密度',
      symbol: 'ρ',
      formula: 'mp / (ms / ρs)',
      substituted: `${inputs.wetSoil_g} / (${sand.toFixed()} / ${density})`,
      value: wet,
      unit: DENSITY_UNIT,
      rule: carriedRule(DENSITY_STEP, rounding),
      clause: CLAUSE_SAND,
    },
  ];
}

function faultsOf(moisture: Moisture): Fault[] {
  if (moisture.mean !== null) return [];
  return [
    {
      code: 'SOIL_MOISTURE_DIFFERENCE',
      reason: '两盒含水率之差超过允许差值',
      message: `两盒含水率之差 ${moisture.difference}% 超过允许差值 ${moisture.allowed}%。`,
      next: '请重新测定含水率；土样已不能复测的，该测点重新挖坑检测。',
      clause: CLAUSE_MOISTURE,
    },
  ];
}

function recordTables(inputs: Inputs, outputs: SandConeOutputs): PaperTable[] {
  return [
    {
      columns: [
        { head: '灌砂前筒加砂', unit: 'g' },
        { head: '灌砂后筒加砂', unit: 'g' },
        { head: '锥体内砂', unit: 'g' },
        { head: '试坑内砂', unit: 'g' },
        { head: '量砂密度 ρ_{s}', unit: 'g/cm^{3}' },
        { head: '试坑体积 V', unit: 'cm^{3}' },
        { head: '湿土质量 m_{p}', unit: 'g' },
      ],
      rows: [
        [
          inputs.sandBefore_g,
          inputs.sandAfter_g,
          inputs.sandInCone_g,
          outputs.sandInHole_g,
          inputs.sandDensity_g_cm3,
          outputs.holeVolume_cm3,
          inputs.wetSoil_g,
        ],
      ],
    },
    {
      columns: [
        { head: '盒', width: 0.5 },
        { head: '盒质量', unit: 'g' },
        { head: '盒加湿土', unit: 'g' },
        { head: '盒加干土', unit: 'g' },
        { head: '含水率', unit: '%' },
        { head: '差值（允许）', unit: '%' },
        { head: '平均含水率', unit: '%' },
      ],
      rows: outputs.moistureSingles_percent.map((single, index) => [
        String(index + 1),
        inputs.tin_g[index] ?? '—',
        inputs.tinAndWet_g[index] ?? '—',
        inputs.tinAndDry_g[index] ?? '—',
        single,
        ...(index > 0
          ? []
          : [
              {
                text: `${outputs.moistureDifference_percent}（≤${outputs.moistureAllowedDifference_percent}）`,
                down: 2,
              },
              { text: outputs.moisture_percent ?? INVALID, down: 2 },
            ]),
      ]),
    },
  ];
}

export default defineMethod({
  id: 'field-density-sand-cone',
  name: '压实度（灌砂法）',
  purpose: 'sample',
  itemCode: 'TG-GS',
  sampleName: '压实度测点',
  parameters: DENSITY_PARAMETERS,
  recognises: (names) => /灌砂/.test(names) && !/击实|环刀|灌水/.test(names),
  editions: [SOIL_EDITION],
  fields: FIELDS,
  policies: [INTERMEDIATE_ROUNDING, DEGREE_STEP, DESIGN_COMPARISON],
  limits: [],
  timing: { kind: 'prompt', turnaroundDays: 3 },
  acquisitions: [],
  describe: ({ soilKind = '', designCompaction_percent: percent, designCoefficient: coefficient }) => ({
    grade: percent !== undefined ? `≥${percent}%` : coefficient === undefined ? '' : `λc≥${coefficient}`,
    spec: soilKind,
  }),
  evaluate(inputs, { policies, asked }) {
    const rounding = policies['intermediateRounding'] as IntermediateRounding;
    const sand = sandInHole(inputs);
    const volume = over(ratio(sand), ratio(inputs.sandDensity_g_cm3));
    const at = { field: 'wetSoil_g', label: '', clause: CLAUSE_SAND };
    const soil = new Exact(inputs.wetSoil_g);
    checkWetDensity(over(ratio(soil), volume), at);
    const wet = wetDensityOf(soil, volume, rounding);
    const readings = { tin: inputs.tin_g, wet: inputs.tinAndWet_g, dry: inputs.tinAndDry_g };
    const moisture = moistureOf(readings, rounding, { field: '', label: '' });
    const densities = moisture.mean === null ? null : densitiesOf(wet, moisture.mean, rounding);
    const most = inputs.maxDryDensity_g_cm3;
    const degree =
      densities === null || most === undefined ? null : compactionDegree(densities.dry, most, inputs, policies);
    const figures: PlaceFigures =
      densities === null
        ? NO_FIGURES
        : {
            wetDensity_g_cm3: densities.wetPrinted,
            moisture_percent: moisture.printed,
            dryDensity_g_cm3: densities.dryPrinted,
            compaction_percent: degree?.percent ?? null,
            compactionCoefficient: degree?.coefficient ?? null,
          };
    const outputs: SandConeOutputs = {
      ...figures,
      sandInHole_g: sand.toFixed(),
      holeVolume_cm3: printed(volume, '0.1'),
      moistureSingles_percent: moisture.singles,
      moistureDifference_percent: moisture.difference,
      moistureAllowedDifference_percent: moisture.allowed,
    };
    const faults = faultsOf(moisture);
    return {
      outputs,
      trace: [
        ...holeTrace(inputs, sand, volume, printed(wet, DENSITY_STEP), rounding),
        ...moisture.trace,
        ...(densities === null || moisture.mean === null
          ? []
          : [dryDensityStep(densities, moisture.mean, rounding, { label: '', clause: CLAUSE_SAND })]),
        ...(degree?.trace ?? []),
      ],
      parameters: placeResults(figures, degree, inputs, asked),
      valid: densities !== null,
      text: placeSentence(figures, degree, inputs, faults),
      warnings: [...invalidWarnings(faults), ...(degree?.warnings ?? [])],
      stops: [
        ...(densities === null || moisture.mean === null ? [] : dryDensityStops(densities.dry, moisture.mean, at)),
        ...(degree?.stops ?? []),
      ],
      record: [...recordTables(inputs, outputs), placeRecord(figures, degree, inputs)],
      report: placeReport(figures, degree, inputs),
    };
  },
  vectors: (own) => ({
    'field-density-sand-cone': sandConeVector,
    'field-density-sand-cone-record': recordVector(own),
  }),
});
