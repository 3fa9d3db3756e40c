// 烧结普通砖抗压强度, GB/T 2542-2012 with GB/T 5101-2017: ten specimens, single strengths to 0.01 MPa, mean to 0.1, S to 0.01,
// characteristic strength fk = mean − 1.83 S to 0.1. A grade asks for both mean and fk. Old work under GB/T 5101-2003 keeps
// its factor 1.8 and its branch by the coefficient of variation.
import { defineMethod } from '../define.ts';
import { recordVector } from '../recordVector.ts';
import { BRICK_EDITIONS, BRICK_LIMITS, usualBrickLoad } from './brick/data.ts';
import { BRICK_FIELDS, BRICK_SETS } from './brick/fields.ts';
import { brickResult } from './brick/result.ts';
import { recordTables, reportTables } from './brick/tables.ts';
import { BRICK_VECTORS } from './brick/vector.ts';
import { withAreas } from './face.ts';
import { STRENGTH } from './grade.ts';

export default defineMethod({
  id: 'fired-brick',
  name: '烧结普通砖抗压强度',
  purpose: 'sample',
  itemCode: 'ZK-QY',
  sampleName: '烧结普通砖',
  parameters: [{ code: STRENGTH, name: '抗压强度', unit: 'MPa', recognises: /抗压|强度/ }],
  recognises: (names) =>
    /普通砖/.test(names) && /抗压|强度/.test(names) && !/多孔|空心|混凝土|蒸压|灰砂|免烧|抗折/.test(names),
  editions: BRICK_EDITIONS,
  sets: BRICK_SETS,
  fields: BRICK_FIELDS,
  policies: [],
  limits: BRICK_LIMITS,
  timing: { kind: 'prompt', turnaroundDays: 7 },
  acquisitions: [
    {
      field: 'loads_kN',
      rateField: 'loadingRates_kN_s',
      usualLoad_kN: ({ designGrade }) => usualBrickLoad(designGrade),
    },
  ],
  describe: ({ designGrade = '' }) => ({ grade: designGrade, spec: '' }),
  evaluate(inputs, { edition, judges }) {
    const { outputs, rule, judgement, parameter, trace, text, warnings, stops } = brickResult(
      inputs,
      edition,
      edition.judgement !== null && judges(edition.judgement),
    );
    return {
      outputs,
      trace,
      parameters: [parameter],
      valid: true,
      text,
      warnings,
      stops,
      record: recordTables(inputs, outputs, rule),
      report: reportTables(inputs.designGrade, outputs, judgement),
    };
  },
  vectors: (own) => ({ ...BRICK_VECTORS, 'fired-brick-record': recordVector(own, withAreas) }),
});
