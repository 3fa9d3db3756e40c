// 结构实体同条件养护试件, GB/T 50081-2019 and GB 50204-2015 附录 C: a group of cubes cured beside the structure; its value is
// divided by 0.88 to 0.1 MPa before it enters an evaluation. As with any single group the verdict is not-judged, unless
// the commission asks for one. Too small a sum of temperatures is a warning: the test itself is sound.
import { Exact } from '../foundation/decimal.ts';
import type { GroupRule } from '../foundation/threeValueRule.ts';
import type { TraceStep } from '../foundation/trace.ts';
import { defineMethod } from '../define.ts';
import { recordVector } from '../recordVector.ts';
import { verdictOf } from '../judge.ts';
import type { MethodWarning, Verdict } from '../method.ts';
import { loadingRateStops, machineRange } from '../plausibility.ts';
import {
  checkMeasuredSides,
  cubeRateWindow,
  loadingClassWarnings,
  sizeFactorFor,
  testedFactorOf,
} from './cube/checks.ts';
import { CLAUSE_MACHINE, CLAUSE_RESULT, STANDARD as TEST_STANDARD } from './cube/data.ts';
import { percentOfGrade, requireGradeToJudge } from '../gradeAgainst.ts';
import { cubeAcquisition, describeCube } from './cube/press.ts';
import { CUBE_SETS } from './cube/fields.ts';
import { FACTOR_ORDER, cubeGroup } from './cube/group.ts';
import type { FactorOrder } from './cube/group.ts';
import { areaOf, singleStrengths } from './cube/singles.ts';
import { strengthOf } from './grade.ts';
import {
  CLAUSE_CONVERSION,
  DIVISOR,
  STANDARD,
  converted,
  maturityWarnings,
  sameConditionVector,
} from './samecondition/convert.ts';
import { SAME_CONDITION_FIELDS } from './samecondition/fields.ts';
import type { SameConditionInputs } from './samecondition/fields.ts';
import { sameConditionRecord, sameConditionReport } from './samecondition/tables.ts';

const PARAMETER = 'KY';

export interface SameConditionOutputs {
  side_mm: string;
  area_mm2: string;
  single_MPa: string[];
  sizeFactor: string;
  sizeFactorBasis: string;
  singleAfterFactor_MPa: string[] | null;
  rule: GroupRule;
  groupBeforeFactor_MPa: string | null;
  /** Representative value by GB/T 50081; null when the group is invalid, as every figure that follows from it. */
  groupValue_MPa: string | null;
  divisor: string;
  /** Representative value ÷ 0.88: what enters an evaluation. */
  converted_MPa: string | null;
  percentOfGrade: string | null;
}

const atLeastGrade = (value: string, designGrade: string): boolean =>
  new Exact(value).greaterThanOrEqualTo(strengthOf(designGrade));

function resultWarnings(value: string | null, designGrade: string | undefined): MethodWarning[] {
  if (value === null) {
    return [
      {
        code: 'CONCRETE_GROUP_INVALID',
        message: '该组试件的最大值和最小值与中间值之差均超过中间值的 15%，试验结果无效。',
        meaning: '本组没有强度数值，不能用于结构实体强度的检验评定，也不得打印任何数值。',
        next: '请通知委托方；可按 GB 50204-2015 采用回弹-取芯法检验。',
        clause: CLAUSE_RESULT,
        notify: 'supervisor',
      },
    ];
  }
  if (designGrade === undefined || atLeastGrade(value, designGrade)) return [];
  return [
    {
      code: 'CONCRETE_BELOW_GRADE',
      message: `同条件养护试件强度除以 ${DIVISOR} 后为 ${value} MPa，低于设计强度等级 ${designGrade} 的标准值 ${strengthOf(designGrade)} MPa。`,
      meaning: '单组试件不作合格与否的判定，结构实体强度按 GB/T 50107 以检验批评定。',
      next: '请通知质量负责人；涉及结构安全的，列入不合格台账。',
      clause: CLAUSE_CONVERSION,
      notify: 'supervisor',
    },
  ];
}

function sentence(outputs: SameConditionOutputs, designGrade: string | undefined, verdict: Verdict): string {
  if (outputs.groupValue_MPa === null) return '该组试件试验结果无效。';
  const share = designGrade === undefined ? '' : `，达到设计强度等级 ${designGrade} 的 ${outputs.percentOfGrade}%`;
  const words = verdict === 'qualified' ? '，符合委托约定的要求' : '，不符合委托约定的要求';
  return `该组同条件养护试件抗压强度代表值为 ${outputs.groupValue_MPa} MPa，除以 ${DIVISOR} 后为 ${outputs.converted_MPa} MPa${share}${verdict === 'not-judged' ? '' : words}。`;
}

function traceOf(inputs: SameConditionInputs, outputs: SameConditionOutputs, group: readonly TraceStep[]): TraceStep[] {
  const singles = outputs.single_MPa.map((single, index): TraceStep => ({
    name: `试件 ${index + 1} 抗压强度`,
    symbol: 'fcc',
    formula: 'F / A',
    substituted: `${inputs.loads_kN[index]} × 1000 / ${outputs.area_mm2}`,
    value: single,
    unit: 'MPa',
    rule: '修约至 0.1 MPa',
    clause: CLAUSE_RESULT,
  }));
  const factor: TraceStep = {
    name: '尺寸换算系数',
    formula: '查表或对比试验',
    value: outputs.sizeFactor,
    rule: outputs.sizeFactorBasis,
    clause: CLAUSE_RESULT,
  };
  const conversion: TraceStep = {
    name: '用于评定的强度',
    formula: `代表值 / ${DIVISOR}`,
    ...(outputs.groupValue_MPa === null ? {} : { substituted: `${outputs.groupValue_MPa} / ${DIVISOR}` }),
    value: outputs.converted_MPa,
    unit: 'MPa',
    rule: outputs.groupValue_MPa === null ? '试验结果无效，没有数值' : '同条件养护试件除以 0.88，修约至 0.1 MPa',
    clause: CLAUSE_CONVERSION,
  };
  return [...singles, factor, ...group, conversion];
}

export default defineMethod({
  id: 'concrete-same-condition',
  name: '结构实体同条件养护试件强度',
  purpose: 'sample',
  itemCode: 'HNT-TTJ',
  sampleName: '混凝土同条件养护试块',
  parameters: [{ code: PARAMETER, name: '同条件养护试件强度', unit: 'MPa', recognises: /同条件|抗压/ }],
  recognises: (names) => /同条件/.test(names) && /混凝土|试件|试块/.test(names) && !/砂浆|评定|温度/.test(names),
  editions: [
    {
      id: STANDARD,
      test: TEST_STANDARD,
      judgement: STANDARD,
      rounding: 'GB/T 8170-2008',
      title: '混凝土结构工程施工质量验收规范',
      inForceFrom: '2020-06-01',
      inForceUntil: null,
    },
  ],
  sets: CUBE_SETS,
  fields: SAME_CONDITION_FIELDS,
  policies: [FACTOR_ORDER],
  limits: [],
  // Due when the temperatures add up, which only the site knows: it brings the cubes on the day.
  timing: { kind: 'prompt', turnaroundDays: 1 },
  acquisitions: [cubeAcquisition('1')],
  describe: describeCube,
  evaluate(inputs, { policies }) {
    const { side_mm: side, designGrade } = inputs;
    const asked = inputs.judgeAgainstGrade === 'yes';
    requireGradeToJudge(asked, designGrade, CLAUSE_RESULT);
    checkMeasuredSides(side, inputs.measuredSides_mm);
    const range = machineRange(inputs.loads_kN, inputs.machineRange_kN, { field: 'loads_kN', clause: CLAUSE_MACHINE });
    const singles = singleStrengths(inputs);
    const tested = testedFactorOf(inputs.testedSizeFactor, inputs.sizeFactorEvidence);
    const factor = sizeFactorFor(side, designGrade, tested);
    const group = cubeGroup(singles, factor.value, policies['factorOrder'] as FactorOrder);
    const value = group.groupValue_MPa === null ? null : converted(group.groupValue_MPa);
    const outputs: SameConditionOutputs = {
      side_mm: side,
      area_mm2: areaOf(side),
      single_MPa: singles,
      sizeFactor: factor.value,
      sizeFactorBasis: factor.basis,
      singleAfterFactor_MPa: group.singleAfterFactor_MPa,
      rule: group.rule,
      groupBeforeFactor_MPa: group.groupBeforeFactor_MPa,
      groupValue_MPa: group.groupValue_MPa,
      divisor: DIVISOR,
      converted_MPa: value,
      percentOfGrade: percentOfGrade(value, designGrade && strengthOf(designGrade)),
    };
    const verdict =
      value === null || designGrade === undefined ? 'not-judged' : verdictOf(atLeastGrade(value, designGrade), asked);
    return {
      outputs,
      trace: traceOf(inputs, outputs, group.trace),
      parameters: [
        {
          parameterCode: PARAMETER,
          name: '同条件养护试件强度',
          value,
          unit: 'MPa',
          requirement: asked && designGrade !== undefined ? `≥${strengthOf(designGrade)} MPa（${designGrade}）` : null,
          verdict,
        },
      ],
      valid: value !== null,
      text: sentence(outputs, designGrade, verdict),
      warnings: [
        ...maturityWarnings(inputs.maturity_Cd, inputs.age_d),
        ...range.warnings,
        ...factor.warnings,
        ...loadingClassWarnings(designGrade, singles),
        ...resultWarnings(value, designGrade),
      ],
      stops: [
        ...range.stops,
        ...loadingRateStops(inputs.loadingRates_kN_s, cubeRateWindow(designGrade, side), {
          field: 'loadingRates_kN_s',
          sample: `${designGrade}、${side} mm 试件`,
        }),
      ],
      record: sameConditionRecord(inputs, outputs),
      report: sameConditionReport(inputs, outputs),
    };
  },
  vectors: (own) => ({
    'concrete-same-condition': sameConditionVector,
    'concrete-same-condition-record': recordVector(own, ({ sizeFactorBasis: _words, ...figures }) => figures),
  }),
});
