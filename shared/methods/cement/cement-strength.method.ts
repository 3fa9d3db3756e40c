// 水泥胶砂强度, GB/T 17671-2021: three prisms in flexure, their six halves in compression, at 3 d and at 28 d. Each age
// is a record and a report of its own and is judged by the limits of GB 175 for that age only. Either parameter may be
// without a result while the other stands; the record is invalid only when none has one.
import { defineMethod } from '../define.ts';
import { checkGrade, describeCement, GB175_2007, GB175_2023 } from './kinds.ts';
import type { Grade, Kind, ProductStandard } from './kinds.ts';
import { assessAll, parameterOf, sentence } from './strength/assess.ts';
import type { Assessed, StrengthOutputs } from './strength/assess.ts';
import { strengthFindings } from './strength/checks.ts';
import {
  AGE_TOLERANCES,
  COMPRESSION,
  COMPRESSION_RATE,
  FLEXURE,
  FLEXURE_RATE,
  STRENGTH_LIMITS,
  TEST_STANDARD,
} from './strength/data.ts';
import type { Age } from './strength/data.ts';
import { STRENGTH_FIELDS, STRENGTH_SETS } from './strength/fields.ts';
import { MEAN_FOR_OUTLIERS } from './strength/outliers.ts';
import { singleStrength, usualLoad } from './strength/singles.ts';
import { recordTables, reportTables } from './strength/tables.ts';
import { cementCompressiveVector, cementFlexuralVector, cementGradeVector } from './strength/vector.ts';

export interface CementStrengthOutputs {
  kind: Kind;
  grade: Grade;
  age_d: Age;
  flexure: StrengthOutputs | null;
  compression: StrengthOutputs | null;
}

const TITLE = '水泥胶砂强度检验方法（ISO 法）；通用硅酸盐水泥';

function outputsOf(all: readonly Assessed[], what: Assessed['what']): StrengthOutputs | null {
  return all.find((each) => each.what === what)?.outputs ?? null;
}

export default defineMethod({
  id: 'cement-strength',
  name: '水泥胶砂强度',
  purpose: 'sample',
  itemCode: 'SN-QD',
  sampleName: '水泥',
  parameters: [
    { code: FLEXURE, name: '抗折强度', unit: 'MPa', recognises: /抗折/ },
    { code: COMPRESSION, name: '抗压强度', unit: 'MPa', recognises: /抗压/ },
  ],
  recognises: (names) =>
    /水泥/.test(names) && /胶砂强度|抗折|抗压/.test(names) && !/混凝土|砂浆|水泥土|水泥稳定|稠度|凝结|安定/.test(names),
  editions: [
    {
      id: GB175_2023,
      test: TEST_STANDARD,
      judgement: GB175_2023,
      rounding: 'GB/T 8170-2008',
      title: TITLE,
      inForceFrom: '2024-06-01',
      inForceUntil: null,
    },
    {
      id: GB175_2007,
      test: TEST_STANDARD,
      judgement: GB175_2007,
      rounding: 'GB/T 8170-2008',
      title: TITLE,
      inForceFrom: '2022-07-01',
      inForceUntil: '2024-05-31',
    },
  ],
  sets: STRENGTH_SETS,
  fields: STRENGTH_FIELDS,
  policies: [MEAN_FOR_OUTLIERS],
  limits: STRENGTH_LIMITS,
  timing: { kind: 'stages', ageDays: [3, 28], tolerances: AGE_TOLERANCES },
  // In this order at the machine; peaks arrive here in the unit of the field, N for flexure.
  acquisitions: [
    {
      field: 'flexureLoads_N',
      rateField: 'flexureRates_kN_s',
      rateWindow: () => FLEXURE_RATE,
      usualLoad_kN: ({ grade }, ageDays) => usualLoad('flexure', grade, ageDays),
      preview: { label: '抗折强度', unit: 'MPa', value: (_properties, peak_N) => singleStrength('flexure', peak_N) },
    },
    {
      field: 'compressionLoads_kN',
      rateField: 'compressionRates_kN_s',
      rateWindow: () => COMPRESSION_RATE,
      usualLoad_kN: ({ grade }, ageDays) => usualLoad('compression', grade, ageDays),
      preview: {
        label: '抗压强度',
        unit: 'MPa',
        value: (_properties, peak_kN) => singleStrength('compression', peak_kN),
      },
    },
  ],
  describe: describeCement,
  evaluate(inputs, context) {
    const standard = context.edition.judgement as ProductStandard;
    checkGrade(inputs.kind, inputs.grade, standard);
    const all = assessAll(inputs, context);
    const outputs: CementStrengthOutputs = {
      kind: inputs.kind,
      grade: inputs.grade,
      age_d: inputs.age_d,
      flexure: outputsOf(all, 'flexure'),
      compression: outputsOf(all, 'compression'),
    };
    return {
      outputs,
      trace: all.flatMap((each) => each.trace),
      parameters: all.map(parameterOf),
      valid: all.some((each) => each.outputs.result_MPa !== null),
      text: sentence(all, inputs, standard),
      ...strengthFindings(all, inputs),
      record: recordTables(all, inputs),
      report: reportTables(all, inputs),
    };
  },
  vectors: {
    'cement-flexural': cementFlexuralVector,
    'cement-compressive': cementCompressiveVector,
    'cement-grade': cementGradeVector,
  },
});
