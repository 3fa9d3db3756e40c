// 普通混凝土小型砌块抗压强度, GB/T 4111-2013 with GB/T 8239-2014: five specimens on the gross area, single strengths, mean and
// least to 0.1 MPa. A grade asks for both mean and least.
import { defineMethod } from '../define.ts';
import { recordVector } from '../recordVector.ts';
import { BLOCK_EDITION, BLOCK_LIMITS, PRODUCT, usualBlockLoad } from './block/data.ts';
import { BLOCK_FIELDS, BLOCK_SETS } from './block/fields.ts';
import { blockResult } from './block/result.ts';
import { withAreas } from './face.ts';
import { STRENGTH } from './grade.ts';
import { recordTable, reportTable } from './tables.ts';

export default defineMethod({
  id: 'concrete-block',
  name: '普通混凝土小型砌块抗压强度',
  purpose: 'sample',
  itemCode: 'QK-QY',
  sampleName: '普通混凝土小型砌块',
  parameters: [{ code: STRENGTH, name: '抗压强度', unit: 'MPa', recognises: /抗压|强度/ }],
  recognises: (names) =>
    /混凝土.*砌块/.test(names) && /抗压|强度/.test(names) && !/加气|轻集料|轻骨料|泡沫|石膏|装饰|抗折/.test(names),
  editions: [BLOCK_EDITION],
  sets: BLOCK_SETS,
  fields: BLOCK_FIELDS,
  policies: [],
  limits: BLOCK_LIMITS,
  timing: { kind: 'prompt', turnaroundDays: 7 },
  acquisitions: [
    {
      field: 'loads_kN',
      rateField: 'loadingRates_kN_s',
      usualLoad_kN: ({ designGrade }) => usualBlockLoad(designGrade),
    },
  ],
  describe: ({ designGrade = '', nominalSize = '' }) => ({ grade: designGrade, spec: nominalSize }),
  evaluate(inputs, { judges }) {
    const { outputs, judgement, parameter, trace, text, warnings, stops } = blockResult(inputs, judges(PRODUCT));
    const { mean_MPa: mean, least_MPa: least, grade } = outputs;
    const { requirements, verdicts } = judgement;
    return {
      outputs,
      trace,
      parameters: [parameter],
      valid: true,
      text,
      warnings,
      stops,
      record: [
        recordTable(inputs, outputs),
        {
          columns: [{ head: '平均值', unit: 'MPa' }, { head: '单块最小值', unit: 'MPa' }, { head: '达到的强度等级' }],
          rows: [[{ text: mean, strong: true }, { text: least, strong: true }, grade ?? '—']],
        },
      ],
      report: [
        reportTable(inputs.designGrade, [
          { name: '平均值', value: mean, requirement: requirements?.mean ?? null, verdict: verdicts.mean },
          { name: '单块最小值', value: least, requirement: requirements?.second ?? null, verdict: verdicts.second },
        ]),
      ],
    };
  },
  vectors: (own) => ({ 'concrete-block-record': recordVector(own, withAreas) }),
});
