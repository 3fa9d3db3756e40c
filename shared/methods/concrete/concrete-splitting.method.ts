// 混凝土劈裂抗拉强度, GB/T 50081-2019 chapter 9: three cubes, fts = 0.637 F/A to 0.01 MPa, the 15 % rule, 0.85 for the
// 100 mm cube below C60. The standard has no limit: a verdict exists only where the client states a requirement.
import type { TraceStep } from '../foundation/trace.ts';
import { defineMethod } from '../define.ts';
import { machineRange } from '../plausibility.ts';
import { testedFactorOf } from './cube/checks.ts';
import { AGES, CLAUSE_MACHINE, EDITION } from './cube/data.ts';
import { FACTOR_ORDER } from './cube/group.ts';
import type { FactorOrder } from './cube/group.ts';
import { areaOf } from './cube/singles.ts';
import { SPLITTING, SPLITTING_COEFFICIENT } from './tension/data.ts';
import { tensionFactor } from './tension/factor.ts';
import { SPLITTING_FIELDS, SPLITTING_SETS } from './tension/fields.ts';
import {
  checkSection,
  requireRequirement,
  requirementOf,
  shareStops,
  tensionSentence,
  tensionVerdict,
  tensionWarnings,
} from './tension/findings.ts';
import { tensionGroup } from './tension/group.ts';
import type { TensionRule } from './tension/group.ts';
import {
  singleStresses,
  splittingRatio,
  stressOf,
  tensionRateStops,
  tensionRateWindow,
  usualLoad,
} from './tension/stress.ts';
import { tensionRecord, tensionReport } from './tension/tables.ts';
import { concreteSplittingVector } from './tension/vector.ts';

export interface ConcreteSplittingOutputs {
  side_mm: string;
  area_mm2: string;
  coefficient: string;
  single_MPa: string[];
  sizeFactor: string;
  sizeFactorBasis: string;
  singleAfterFactor_MPa: (string | null)[] | null;
  rule: TensionRule;
  groupBeforeFactor_MPa: string | null;
  groupValue_MPa: string | null;
}

const cube = (side: string): string => `${side}×${side}×${side}`;
const ratioOf = (side: string | undefined) => (side === undefined ? null : splittingRatio(areaOf(side)));

export default defineMethod({
  id: 'concrete-splitting',
  name: '混凝土劈裂抗拉强度',
  purpose: 'sample',
  itemCode: 'HNT-PL',
  sampleName: '混凝土试块',
  parameters: [{ code: SPLITTING.parameterCode, name: SPLITTING.name, unit: 'MPa', recognises: /劈裂/ }],
  recognises: (names) => /混凝土/.test(names) && /劈裂/.test(names) && !/抗折|圆柱|钻芯|岩石|砌块|路面砖/.test(names),
  editions: [EDITION],
  sets: SPLITTING_SETS,
  fields: SPLITTING_FIELDS,
  policies: [{ ...FACTOR_ORDER, clause: SPLITTING.clause }],
  limits: [],
  timing: { kind: 'age', usualDays: [28, 7, 60, 90], tolerances: AGES },
  acquisitions: [
    {
      field: 'loads_kN',
      rateField: 'loadingRates_kN_s',
      rateWindow: ({ designGrade, side_mm: side }) => tensionRateWindow(designGrade, ratioOf(side), SPLITTING),
      usualLoad_kN: ({ designGrade, side_mm: side }) => usualLoad(designGrade, ratioOf(side), SPLITTING),
      preview: {
        label: SPLITTING.name,
        unit: 'MPa',
        value: ({ side_mm: side }, load) => {
          const ratio = ratioOf(side);
          return ratio === null ? null : stressOf(load, ratio, SPLITTING.step);
        },
      },
    },
  ],
  describe: ({ designGrade = '', side_mm: side = '' }) => ({
    grade: designGrade,
    spec: side === '' ? '' : `${cube(side)} mm`,
  }),
  evaluate(inputs, { policies }) {
    const { side_mm: side, designGrade, loads_kN: loads } = inputs;
    requireRequirement(inputs, SPLITTING);
    checkSection([side, side], inputs.measuredSides_mm, SPLITTING);
    const range = machineRange(loads, inputs.machineRange_kN, { field: 'loads_kN', clause: CLAUSE_MACHINE });
    const area = areaOf(side);
    const ratio = splittingRatio(area);
    const singles = singleStresses(loads, ratio, SPLITTING);
    const tested = testedFactorOf(inputs.testedSizeFactor, inputs.sizeFactorEvidence);
    const factor = tensionFactor(SPLITTING, { width_mm: side, size: cube(side) }, designGrade, tested);
    const group = tensionGroup(singles, factor.value, policies['factorOrder'] as FactorOrder, SPLITTING);
    const value = group.groupValue_MPa;
    const verdict = tensionVerdict(value, inputs);
    const requirement = requirementOf(inputs);
    const sheet = {
      kind: SPLITTING,
      inputs,
      size: cube(side),
      section: { head: '劈裂面积 A', unit: 'mm^{2}', text: area },
      sizeFactor: factor.value,
      singles,
      rule: group.rule,
      value,
      requirement,
      verdict,
    };
    const outputs: ConcreteSplittingOutputs = {
      side_mm: side,
      area_mm2: area,
      coefficient: SPLITTING_COEFFICIENT,
      single_MPa: singles,
      sizeFactor: factor.value,
      sizeFactorBasis: factor.basis,
      singleAfterFactor_MPa: group.singleAfterFactor_MPa,
      rule: group.rule,
      groupBeforeFactor_MPa: group.groupBeforeFactor_MPa,
      groupValue_MPa: value,
    };
    return {
      outputs,
      trace: [
        ...singles.map((single, index): TraceStep => ({
          name: `试件 ${index + 1} ${SPLITTING.name}`,
          symbol: 'fts',
          formula: ratio.formula,
          substituted: ratio.substituted(loads[index] ?? ''),
          value: single,
          unit: 'MPa',
          rule: `修约至 ${SPLITTING.step} MPa`,
          clause: SPLITTING.clause,
        })),
        {
          name: '尺寸换算系数',
          formula: '标准规定或对比试验',
          value: factor.value,
          rule: factor.basis,
          clause: SPLITTING.clause,
        },
        ...group.trace,
      ],
      parameters: [
        {
          parameterCode: SPLITTING.parameterCode,
          name: SPLITTING.name,
          value,
          unit: 'MPa',
          requirement,
          verdict,
        },
      ],
      valid: value !== null,
      text: tensionSentence(value, verdict, SPLITTING),
      warnings: [...range.warnings, ...factor.warnings, ...tensionWarnings(value, inputs, SPLITTING)],
      stops: [
        ...range.stops,
        ...tensionRateStops(inputs.loadingRates_kN_s, designGrade, ratio, SPLITTING),
        ...shareStops(singles, designGrade, SPLITTING),
      ],
      record: tensionRecord(sheet),
      report: tensionReport(sheet),
    };
  },
  vectors: { 'concrete-splitting': concreteSplittingVector },
});
