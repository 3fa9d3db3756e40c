// 混凝土抗折强度, GB/T 50081-2019 chapter 10: three beams under third-point loading, ff = Fl/(bh²) to 0.1 MPa, the 15 %
// rule, 0.85 for 100×100×400 below C60. A beam whose lower edge broke outside the two loads does not count: the other
// two give their mean when they differ by no more than 15 % of the smaller, else, or with two such beams, there is none.
import type { TraceStep } from '../foundation/trace.ts';
import { defineMethod } from '../define.ts';
import { recordVector } from '../recordVector.ts';
import type { MethodWarning } from '../method.ts';
import { machineRange } from '../plausibility.ts';
import { testedFactorOf } from './cube/checks.ts';
import { AGES, CLAUSE_MACHINE, EDITION } from './cube/data.ts';
import { FACTOR_ORDER } from './cube/group.ts';
import type { FactorOrder } from './cube/group.ts';
import { BEAMS, BEAM_SIZES, FLEXURAL } from './tension/data.ts';
import type { BeamSizeName } from './tension/data.ts';
import { tensionFactor } from './tension/factor.ts';
import { FLEXURAL_FIELDS, FLEXURAL_SETS } from './tension/fields.ts';
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
  flexuralRatio,
  singleStresses,
  stressOf,
  tensionRateStops,
  tensionRateWindow,
  usualLoad,
} from './tension/stress.ts';
import { tensionRecord, tensionReport } from './tension/tables.ts';

export interface ConcreteFlexuralOutputs {
  size_mm: string;
  span_mm: string;
  /** Null where the beam broke outside the two loads and has no strength. */
  single_MPa: (string | null)[];
  sizeFactor: string;
  sizeFactorBasis: string;
  singleAfterFactor_MPa: (string | null)[] | null;
  rule: TensionRule;
  groupBeforeFactor_MPa: string | null;
  groupValue_MPa: string | null;
}

const BREAK = { between: '作用线之间', outside: '作用线之外' } as const;

const isSize = (size: string | undefined): size is BeamSizeName => BEAM_SIZES.some((known) => known === size);
const ratioOf = (size: string | undefined) => (isSize(size) ? flexuralRatio(size) : null);

/** Which beams do not count. The rule is the standard's as the trade knows it; nobody has read it on the paper. */
function breakWarnings(positions: readonly string[]): MethodWarning[] {
  const outside = positions.flatMap((position, index) => (position === 'outside' ? [index + 1] : []));
  if (outside.length === 0) return [];
  return [
    {
      code: 'CONCRETE_BREAK_OUTSIDE',
      message: `试件 ${outside.join('、')} 的下边缘断裂位置在两个集中荷载作用线之外，不参加计算。`,
      meaning:
        '一个试件断在之外时按另两个计算，两个测值之差不大于较小值的 15% 取平均值，否则无效；两个及以上断在之外时无效。该规则未与标准原文核对。',
      next: '请核对断裂位置并在原始记录中说明；采用前请与标准原文核对。',
      field: 'breakPositions',
      clause: FLEXURAL.clause,
      notify: 'supervisor',
    },
  ];
}

export default defineMethod({
  id: 'concrete-flexural',
  name: '混凝土抗折强度',
  purpose: 'sample',
  itemCode: 'HNT-KZ',
  sampleName: '混凝土抗折试件',
  parameters: [{ code: FLEXURAL.parameterCode, name: FLEXURAL.name, unit: 'MPa', recognises: /抗折|抗弯拉|弯拉/ }],
  recognises: (names) => /混凝土/.test(names) && /抗折/.test(names) && !/劈裂|砌块|路面砖|路缘石/.test(names),
  editions: [EDITION],
  sets: FLEXURAL_SETS,
  fields: FLEXURAL_FIELDS,
  policies: [{ ...FACTOR_ORDER, clause: FLEXURAL.clause }],
  limits: [],
  timing: { kind: 'age', usualDays: [28, 7, 60, 90], tolerances: AGES },
  acquisitions: [
    {
      field: 'loads_kN',
      rateField: 'loadingRates_kN_s',
      rateWindow: ({ designGrade, size_mm: size }) => tensionRateWindow(designGrade, ratioOf(size), FLEXURAL),
      usualLoad_kN: ({ designGrade, size_mm: size }) => usualLoad(designGrade, ratioOf(size), FLEXURAL),
      preview: {
        label: FLEXURAL.name,
        unit: 'MPa',
        value: ({ size_mm: size }, load) => {
          const ratio = ratioOf(size);
          return ratio === null ? null : stressOf(load, ratio, FLEXURAL.step);
        },
      },
    },
  ],
  describe: ({ designGrade = '', size_mm: size = '' }) => ({
    grade: designGrade,
    spec: size === '' ? '' : `${size} mm`,
  }),
  evaluate(inputs, { policies }) {
    const { size_mm: size, designGrade, loads_kN: loads, breakPositions: positions } = inputs;
    const beam = BEAMS[size];
    requireRequirement(inputs, FLEXURAL);
    checkSection([beam.width_mm, beam.height_mm], inputs.measuredSides_mm, FLEXURAL);
    const range = machineRange(loads, inputs.machineRange_kN, { field: 'loads_kN', clause: CLAUSE_MACHINE });
    const ratio = flexuralRatio(size);
    const singles = singleStresses(loads, ratio, FLEXURAL).map((single, index) =>
      positions[index] === 'between' ? single : null,
    );
    const tested = testedFactorOf(inputs.testedSizeFactor, inputs.sizeFactorEvidence);
    const factor = tensionFactor(FLEXURAL, { width_mm: beam.width_mm, size }, designGrade, tested);
    const group = tensionGroup(singles, factor.value, policies['factorOrder'] as FactorOrder, FLEXURAL);
    const value = group.groupValue_MPa;
    const verdict = tensionVerdict(value, inputs);
    const requirement = requirementOf(inputs);
    const sheet = {
      kind: FLEXURAL,
      inputs,
      size,
      section: { head: '跨度 l', unit: 'mm', text: beam.span_mm },
      sizeFactor: factor.value,
      singles: singles.map((single) => single ?? '断在作用线之外'),
      extra: { head: '断裂位置', texts: positions.map((position) => BREAK[position]) },
      rule: group.rule,
      value,
      requirement,
      verdict,
    };
    const outputs: ConcreteFlexuralOutputs = {
      size_mm: size,
      span_mm: beam.span_mm,
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
        ...singles.map((single, index): TraceStep => {
          const name = `试件 ${index + 1} ${FLEXURAL.name}`;
          const { clause } = FLEXURAL;
          if (single === null) {
            return {
              name,
              symbol: 'ff',
              formula: '—',
              value: null,
              rule: '断在两个集中荷载作用线之外，不计算',
              clause,
            };
          }
          return {
            name,
            symbol: 'ff',
            formula: ratio.formula,
            substituted: ratio.substituted(loads[index] ?? ''),
            value: single,
            unit: 'MPa',
            rule: `修约至 ${FLEXURAL.step} MPa`,
            clause,
          };
        }),
        {
          name: '尺寸换算系数',
          formula: '标准规定或对比试验',
          value: factor.value,
          rule: factor.basis,
          clause: FLEXURAL.clause,
        },
        ...group.trace,
      ],
      parameters: [
        { parameterCode: FLEXURAL.parameterCode, name: FLEXURAL.name, value, unit: 'MPa', requirement, verdict },
      ],
      valid: value !== null,
      text: tensionSentence(value, verdict, FLEXURAL),
      warnings: [
        ...range.warnings,
        ...factor.warnings,
        ...breakWarnings(positions),
        ...tensionWarnings(value, inputs, FLEXURAL),
      ],
      stops: [
        ...range.stops,
        ...tensionRateStops(inputs.loadingRates_kN_s, designGrade, ratio, FLEXURAL),
        ...shareStops(singles, designGrade, FLEXURAL),
      ],
      record: tensionRecord(sheet),
      report: tensionReport(sheet),
    };
  },
  vectors: (own) => ({
    'concrete-flexural-record': recordVector(own, ({ sizeFactorBasis: _words, ...figures }) => figures),
  }),
});
