// 热轧光圆钢筋 HPB300, GB 1499.1-2024 (and GB/T 1499.1-2017 for work commissioned under it): tension, bend and mass
// deviation of one batch, judged and tested again as ribbed bars are.
import { defineMethod } from '../define.ts';
import { recordVector } from '../recordVector.ts';
import { PARAMETERS, PLAIN_2017, PLAIN_2024, RETESTS } from './rebar/data.ts';
import { editionPair } from './rebar/editions.ts';
import { MAXIMUM_FORCE_AND_AGT, evaluateRebar } from './rebar/evaluate.ts';
import {
  AGT_EXTENSION_FIELD,
  EXTENSION_REFERENCES,
  EXTENSION_RULES,
  EXTENSOMETER_FIELDS,
  proofForceField,
} from './rebar/extension.ts';
import {
  AGT_FIELDS,
  ELONGATION_FIELDS,
  MASS_FIELDS,
  bendField,
  diameterField,
  fractureTypeField,
  gradeField,
  initialRecordField,
  machineRangeField,
  maximumForceField,
  roundField,
  stateField,
  yieldForceField,
} from './rebar/fields.ts';
import { NOMINAL_SUBJECT } from './nominal.ts';
import { BEND_SET, MASS_SET, tensionSet } from './rebar/readings.ts';
import { PLAIN_LIMITS } from './rebar/limits.ts';
import { AGT_STEP, AGT_STRENGTH, ELONGATION_STEP, STRENGTH_ROUNDING } from './rebar/policies.ts';
import type { RebarProduct } from './rebar/product.ts';

export const PLAIN: RebarProduct = {
  kind: '热轧光圆钢筋',
  codes: ['QF', 'KL', 'SC', 'ZL', 'WQ', 'ZLPC'],
  limits: PLAIN_LIMITS,
  retests: true,
  standardOf: (_code, edition) => edition.judgement ?? PLAIN_2024,
  keyOf: (code, { grade, nominalDiameter_mm: diameter }) => (code === 'ZLPC' ? diameter : grade),
};

export default defineMethod({
  id: 'rebar-plain',
  name: '热轧光圆钢筋',
  purpose: 'sample',
  itemCode: 'GJ-GY',
  sampleName: '热轧光圆钢筋',
  parameters: PLAIN.codes.map((code) => PARAMETERS[code]),
  recognises: (names) => /光圆|HPB/.test(names) && !/冷轧|冷拔|调直|带肋|焊|接头|机械连接|套筒/.test(names),
  editions: editionPair(
    { id: PLAIN_2024, judgement: PLAIN_2024, title: '钢筋混凝土用钢 第1部分：热轧光圆钢筋' },
    { id: PLAIN_2017, judgement: PLAIN_2017, title: '钢筋混凝土用钢 第1部分：热轧光圆钢筋' },
  ),
  sets: [tensionSet(['QF', 'KL', 'SC', 'ZL']), BEND_SET, MASS_SET],
  fields: [
    gradeField(['HPB300'], PLAIN_2024),
    diameterField(['6', '8', '10', '12', '14', '16', '18', '20', '22', '25'], `${PLAIN_2024} ${NOMINAL_SUBJECT}`),
    roundField,
    initialRecordField,
    stateField,
    machineRangeField,
    maximumForceField(['KL', 'ZL']),
    yieldForceField(['QF']),
    proofForceField(['QF']),
    ...ELONGATION_FIELDS,
    fractureTypeField,
    ...AGT_FIELDS,
    AGT_EXTENSION_FIELD,
    ...EXTENSOMETER_FIELDS,
    bendField,
    ...MASS_FIELDS,
  ],
  policies: [STRENGTH_ROUNDING, ELONGATION_STEP, AGT_STEP, AGT_STRENGTH, EXTENSION_RULES],
  references: EXTENSION_REFERENCES,
  limits: PLAIN_LIMITS,
  timing: { kind: 'prompt', turnaroundDays: 3 },
  acquisitions: [MAXIMUM_FORCE_AND_AGT],
  retests: RETESTS,
  describe: ({ grade = '', nominalDiameter_mm: diameter = '' }) => ({
    grade,
    spec: diameter === '' ? '' : `φ${diameter} mm`,
  }),
  evaluate: (inputs, context) => evaluateRebar(PLAIN, inputs, context),
  vectors: (own) => ({ 'rebar-plain-record': recordVector(own) }),
});
