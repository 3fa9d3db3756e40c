// 击实试验, GB/T 50123-2019: at least five points of moisture and dry density, the peak of the curve through them gives
// maximum dry density and optimum moisture. It has no limit of its own. Without a peak there is no number.
import type { PlausibilityStop } from '../method.ts';
import { defineMethod } from '../define.ts';
import { Exact } from '../foundation/decimal.ts';
import { CLAUSE_COMPACTION, CLAUSE_MOISTURE, DENSITY_UNIT, SOIL_EDITION } from './data.ts';
import { CURVE_FITTING, FITTING_NAME, compactionPeak, noPeakWords } from './compaction/curve.ts';
import type { CurveFitting, CurvePeak, CurvePoint } from './compaction/curve.ts';
import { COMPACTION_FIELDS, COMPACTION_SETS } from './compaction/fields.ts';
import { correctOversize, oversizeOf } from './compaction/oversize.ts';
import { compactionPoint } from './compaction/points.ts';
import type { CompactionOutputs } from './compaction/outputs.ts';
import type { CompactionPoint } from './compaction/points.ts';
import { TYPE_NAME, recordTables, reportTables } from './compaction/tables.ts';
import { compactionCurveVector } from './compaction/vector.ts';
import { INVALID } from '../foundation/words.ts';
import { invalidWarnings, reasonWords } from './words.ts';
import type { Fault } from './words.ts';

const MAX_DENSITY = 'GM';
const OPTIMUM = 'HS';

function faultsOf(points: readonly CompactionPoint[], peak: CurvePeak | null): Fault[] {
  const tins = points.flatMap((point, index): Fault[] =>
    point.moisture_percent !== null
      ? []
      : [
          {
            code: 'SOIL_MOISTURE_DIFFERENCE',
            reason: '两盒含水率之差超过允许差值',
            message: `测点 ${index + 1} 两盒含水率之差 ${point.moistureDifference_percent}% 超过允许差值 ${point.moistureAllowedDifference_percent}%。`,
            next: '请重新测定该点含水率，或补做测点。',
            clause: CLAUSE_MOISTURE,
          },
        ],
  );
  const reason = peak?.reason ?? null;
  if (reason === null) return tins;
  return [
    ...tins,
    {
      code: 'COMPACTION_NO_PEAK',
      reason: noPeakWords(reason),
      message: `${noPeakWords(reason)}。`,
      next: '请补做含水率更低或更高的测点后重新计算，或由技术负责人改用其他拟合方法。',
      clause: CLAUSE_COMPACTION,
    },
  ];
}

/** The dry density rises to the peak and falls behind it; up and down again is a point gone wrong. */
function shapeStops(points: readonly CurvePoint[], peak: CurvePeak | null): PlausibilityStop[] {
  const sorted = points.toSorted((a, b) => new Exact(a.moisture).comparedTo(b.moisture));
  let falling = false;
  const risesAgain = sorted.some(({ density }, index) => {
    const before = sorted[index - 1];
    const step = before === undefined ? 0 : new Exact(density).comparedTo(before.density);
    if (step < 0) falling = true;
    return falling && step > 0;
  });
  if (!risesAgain && peak?.severalPeaks !== true) return [];
  return [
    {
      code: 'STOP_COMPACTION_SHAPE',
      message: risesAgain ? '干密度随含水率下降后又上升，曲线不止一个峰。' : '拟合曲线在测点含水率范围内不止一个峰。',
      meaning: '击实曲线只应有一个峰；个别测点可能称量或含水率有误，峰值不可靠。',
      next: '请查看曲线和各测点读数，说明原因并由第二人确认后继续；必要时重做有疑问的测点。',
      field: 'mouldAndWetSoil_g',
      clause: CLAUSE_COMPACTION,
    },
  ];
}

export default defineMethod({
  id: 'compaction',
  name: '土的击实试验',
  purpose: 'sample',
  itemCode: 'TG-JS',
  sampleName: '击实土样',
  parameters: [
    { code: MAX_DENSITY, name: '最大干密度', unit: DENSITY_UNIT, recognises: /最大干密度/ },
    { code: OPTIMUM, name: '最优含水率', unit: '%', recognises: /最[优佳]含水[率量]/ },
  ],
  recognises: (names) => /击实|最大干密度|最[优佳]含水/.test(names) && !/环刀|灌砂|灌水|现场|压实[度系]/.test(names),
  editions: [SOIL_EDITION],
  sets: COMPACTION_SETS,
  fields: COMPACTION_FIELDS,
  policies: [CURVE_FITTING],
  limits: [],
  timing: { kind: 'prompt', turnaroundDays: 5 },
  acquisitions: [],
  describe: ({ soilKind = '', compactionType }) => ({
    grade: soilKind,
    spec: compactionType === 'light' || compactionType === 'heavy' ? `${TYPE_NAME[compactionType]}击实` : '',
  }),
  evaluate(inputs, { policies, asked }) {
    const fitting = policies['curveFitting'] as CurveFitting;
    const oversize = oversizeOf(inputs);
    const found = inputs.mouldAndWetSoil_g.map((_, index) => compactionPoint(inputs, index));
    const points = found.map(({ point }) => point);
    const plotted = points.flatMap(({ moisture_percent: moisture, dryDensity_g_cm3: density }) =>
      moisture === null || density === null ? [] : [{ moisture, density }],
    );
    const peak = plotted.length === points.length ? compactionPeak(plotted, fitting) : null;
    const density = peak?.maxDryDensity ?? null;
    const moisture = peak?.optimumMoisture ?? null;
    const valid = density !== null && moisture !== null;
    const corrected = valid && oversize !== undefined ? correctOversize(density, moisture, oversize) : null;
    const outputs: CompactionOutputs = {
      points,
      curveFitting: fitting,
      pointsUsed: (valid ? (peak?.used ?? []) : []).map((index) => index + 1),
      curveCoefficients: valid ? (peak?.coefficients ?? []) : [],
      maxDryDensity_g_cm3: density,
      optimumMoisture_percent: moisture,
      oversize:
        oversize === undefined
          ? null
          : { content_percent: oversize.percent, gravity: oversize.gravity, absorption_percent: oversize.absorption },
      result: valid
        ? {
            maxDryDensity_g_cm3: corrected?.maxDryDensity ?? density,
            optimumMoisture_percent: corrected?.optimumMoisture ?? moisture,
          }
        : null,
    };
    const { result } = outputs;
    const faults = faultsOf(points, peak);
    const results = [
      {
        parameterCode: MAX_DENSITY,
        name: '最大干密度',
        value: result?.maxDryDensity_g_cm3 ?? null,
        unit: DENSITY_UNIT,
      },
      { parameterCode: OPTIMUM, name: '最优含水率', value: result?.optimumMoisture_percent ?? null, unit: '%' },
    ];
    return {
      outputs,
      trace: [...found.flatMap(({ trace }) => trace), ...(peak?.trace ?? []), ...(corrected?.trace ?? [])],
      parameters: results
        .filter(({ parameterCode }) => asked(parameterCode))
        .map((row) => ({ ...row, requirement: null, verdict: 'not-judged' })),
      valid,
      text:
        result === null
          ? `该土样击实${INVALID}：${reasonWords(faults)}。`
          : `该土样（${TYPE_NAME[inputs.compactionType]}击实）最大干密度为 ${result.maxDryDensity_g_cm3} ${DENSITY_UNIT}，` +
            `最优含水率为 ${result.optimumMoisture_percent}%${corrected === null ? '' : '（已校正）'}，曲线按${FITTING_NAME[fitting]}确定。`,
      warnings: invalidWarnings(faults),
      stops: [...found.flatMap(({ stops }) => stops), ...shapeStops(plotted, peak)],
      record: recordTables(inputs, outputs),
      report: reportTables(inputs, outputs),
    };
  },
  vectors: { 'compaction-curve': compactionCurveVector },
});
