// 调直后钢筋, GB 50204-2015 5.3.4: coiled bars after straightening. A and mass deviation are judged by the acceptance
// standard, strengths by the product standard of the bar. Three pieces are weighed; the standard names no re-test.
import { defineMethod } from '../define.ts';
import { recordVector } from '../recordVector.ts';
import { ACCEPTANCE, NO_RETESTS, PARAMETERS, PLAIN_2017, PLAIN_2024, RIBBED_2018, RIBBED_2024 } from './rebar/data.ts';
import { editionPair } from './rebar/editions.ts';
import { MAXIMUM_FORCE, evaluateRebar } from './rebar/evaluate.ts';
import { EXTENSION_REFERENCES, EXTENSION_RULES, EXTENSOMETER_FIELDS, proofForceField } from './rebar/extension.ts';
import {
  ELONGATION_FIELDS,
  MASS_FIELDS,
  diameterField,
  fractureTypeField,
  gradeField,
  machineRangeField,
  maximumForceField,
  stateField,
  yieldForceField,
} from './rebar/fields.ts';
import { MASS_SET, tensionSet } from './rebar/readings.ts';
import { STRAIGHTENED_GRADES, STRAIGHTENED_LIMITS } from './rebar/limits.ts';
import {
  ELONGATION_STEP_STRAIGHTENED,
  STRAIGHTENED_MASS,
  STRAIGHTENED_PIECES,
  STRENGTH_ROUNDING,
} from './rebar/policies.ts';
import type { RebarProduct } from './rebar/product.ts';

const CURRENT = `${ACCEPTANCE}（${PLAIN_2024}、${RIBBED_2024}）`;
const FORMER = `${ACCEPTANCE}（${PLAIN_2017}、${RIBBED_2018}）`;
const TITLE = '混凝土结构工程施工质量验收规范';

export const STRAIGHTENED: RebarProduct = {
  kind: '调直后钢筋',
  codes: ['QF', 'KL', 'SC', 'ZLPC'],
  limits: STRAIGHTENED_LIMITS,
  retests: false,
  standardOf(code, edition, grade) {
    if (code === 'SC' || code === 'ZLPC') return ACCEPTANCE;
    if (grade.startsWith('HPB')) return edition.id === FORMER ? PLAIN_2017 : PLAIN_2024;
    return edition.id === FORMER ? RIBBED_2018 : RIBBED_2024;
  },
  keyOf: (code, { grade, nominalDiameter_mm: diameter }) => (code === 'ZLPC' ? `${grade} ${diameter}` : grade),
  tensionCount: (policies) => Number(policies[STRAIGHTENED_PIECES.name]),
};

export default defineMethod({
  id: 'rebar-straightened',
  name: '调直后钢筋',
  purpose: 'sample',
  itemCode: 'GJ-TZ',
  sampleName: '调直后钢筋',
  parameters: STRAIGHTENED.codes.map((code) => PARAMETERS[code]),
  recognises: (names) => /调直/.test(names) && !/焊|接头|机械连接|套筒/.test(names),
  editions: editionPair(
    { id: CURRENT, judgement: ACCEPTANCE, title: TITLE },
    { id: FORMER, judgement: ACCEPTANCE, title: TITLE },
  ),
  sets: [tensionSet(['QF', 'KL', 'SC'], 3), { ...MASS_SET, count: 3 }],
  fields: [
    gradeField(STRAIGHTENED_GRADES, ACCEPTANCE),
    diameterField(['6', '8', '10', '12', '14', '16']),
    stateField,
    machineRangeField,
    maximumForceField(['KL']),
    yieldForceField(['QF']),
    proofForceField(['QF']),
    ...ELONGATION_FIELDS,
    ...EXTENSOMETER_FIELDS,
    fractureTypeField,
    ...MASS_FIELDS,
  ],
  policies: [STRENGTH_ROUNDING, ELONGATION_STEP_STRAIGHTENED, STRAIGHTENED_MASS, STRAIGHTENED_PIECES, EXTENSION_RULES],
  references: EXTENSION_REFERENCES,
  limits: STRAIGHTENED_LIMITS,
  timing: { kind: 'prompt', turnaroundDays: 3 },
  acquisitions: [MAXIMUM_FORCE],
  retests: NO_RETESTS,
  describe: ({ grade = '', nominalDiameter_mm: diameter = '' }) => ({
    grade,
    spec: diameter === '' ? '' : `φ${diameter} mm`,
  }),
  evaluate: (inputs, context) => evaluateRebar(STRAIGHTENED, inputs, context),
  vectors: (own) => ({ 'rebar-straightened-record': recordVector(own) }),
});
