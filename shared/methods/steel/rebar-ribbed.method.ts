// 热轧带肋钢筋, GB 1499.2-2024 (and GB/T 1499.2-2018 for work commissioned under it): tension, bend, reverse bend and mass
// deviation of one batch. Every specimen must pass; a failed item other than mass deviation is tested again once, with
// double the number.
import { defineMethod } from '../define.ts';
import { recordVector } from '../recordVector.ts';
import { PARAMETERS, RIBBED_2018, RIBBED_2024, RETESTS } from './rebar/data.ts';
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
  reverseBendField,
  roundField,
  seismicField,
  stateField,
  yieldForceField,
} from './rebar/fields.ts';
import { BEND_SET, MASS_SET, REVERSE_SET, tensionSet } from './rebar/readings.ts';
import { RIBBED_GRADES, RIBBED_LIMITS, isSeismic, sizeBand } from './rebar/limits.ts';
import { AGT_STEP, AGT_STRENGTH, ELONGATION_STEP, RATIO_BASIS, STRENGTH_ROUNDING } from './rebar/policies.ts';
import type { RebarProduct } from './rebar/product.ts';
import { rebarVectors } from './rebar/vectors.ts';
import { DIAMETERS } from './nominal.ts';

export const RIBBED: RebarProduct = {
  kind: '热轧带肋钢筋',
  codes: ['QF', 'KL', 'SC', 'ZL', 'QQB', 'QBB', 'WQ', 'FW', 'ZLPC'],
  limits: RIBBED_LIMITS,
  retests: true,
  standardOf: (_code, edition) => edition.judgement ?? RIBBED_2024,
  keyOf(code, { grade, nominalDiameter_mm: diameter, seismicByDesign }) {
    const required = isSeismic(grade) || seismicByDesign === 'yes';
    const seismicGrade = isSeismic(grade) ? grade : `${grade}E`;
    if (code === 'ZLPC') return diameter;
    if (code === 'QQB' || code === 'QBB') return required ? seismicGrade : null;
    if (code === 'ZL') return required ? seismicGrade : grade;
    if (code === 'SC') return isSeismic(grade) ? null : `${grade} ${sizeBand(diameter)}`;
    return code === 'WQ' || code === 'FW' ? `${grade} ${sizeBand(diameter)}` : grade;
  },
};

export default defineMethod({
  id: 'rebar-ribbed',
  name: '热轧带肋钢筋',
  purpose: 'sample',
  itemCode: 'GJ-DL',
  sampleName: '热轧带肋钢筋',
  parameters: RIBBED.codes.map((code) => PARAMETERS[code]),
  recognises: (names) => /带肋|HRB/.test(names) && !/冷轧|冷拔|调直|光圆|焊|接头|机械连接|套筒/.test(names),
  editions: editionPair(
    { id: RIBBED_2024, judgement: RIBBED_2024, title: '钢筋混凝土用钢 第2部分：热轧带肋钢筋' },
    { id: RIBBED_2018, judgement: RIBBED_2018, title: '钢筋混凝土用钢 第2部分：热轧带肋钢筋' },
  ),
  sets: [tensionSet(), BEND_SET, REVERSE_SET, MASS_SET],
  fields: [
    gradeField(RIBBED_GRADES, RIBBED_2024),
    diameterField(DIAMETERS),
    seismicField,
    roundField,
    initialRecordField,
    stateField,
    machineRangeField,
    maximumForceField(['KL', 'ZL', 'QQB']),
    yieldForceField(['QF', 'QQB', 'QBB']),
    proofForceField(['QF', 'QQB', 'QBB']),
    ...ELONGATION_FIELDS,
    fractureTypeField,
    ...AGT_FIELDS,
    AGT_EXTENSION_FIELD,
    ...EXTENSOMETER_FIELDS,
    bendField,
    reverseBendField,
    ...MASS_FIELDS,
  ],
  policies: [STRENGTH_ROUNDING, ELONGATION_STEP, AGT_STEP, AGT_STRENGTH, RATIO_BASIS, EXTENSION_RULES],
  references: EXTENSION_REFERENCES,
  limits: RIBBED_LIMITS,
  timing: { kind: 'prompt', turnaroundDays: 3 },
  acquisitions: [MAXIMUM_FORCE_AND_AGT],
  retests: RETESTS,
  describe: ({ grade = '', nominalDiameter_mm: diameter = '' }) => ({
    grade,
    spec: diameter === '' ? '' : `φ${diameter} mm`,
  }),
  evaluate: (inputs, context) => evaluateRebar(RIBBED, inputs, context),
  vectors: (own) => ({ ...rebarVectors, 'rebar-ribbed-record': recordVector(own) }),
});
