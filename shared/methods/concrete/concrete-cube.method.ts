// 混凝土立方体抗压强度, GB/T 50081-2019: three cubes of 100, 150 or 200 mm, single strengths to 0.1 MPa, the 15 % rule,
// size factor, representative value. One group has no 合格/不合格 of its own (acceptance is by batch, GB/T 50107), so the
// verdict is not-judged unless the client's commission asks for a judgement.
import { Exact } from '../foundation/decimal.ts';
import type { GroupRule } from '../foundation/threeValueRule.ts';
import type { TraceStep } from '../foundation/trace.ts';
import { defineMethod } from '../define.ts';
import type { MethodWarning, Verdict } from '../method.ts';
import { loadingRateStops, machineRange } from '../plausibility.ts';
import {
  checkMeasuredSides,
  cubeRateWindow,
  loadingClassWarnings,
  sizeFactorFor,
  testedFactorOf,
} from './cube/checks.ts';
import { AGES, CLAUSE_MACHINE, CLAUSE_RESULT, EDITION } from './cube/data.ts';
import { CUBE_FIELDS, CUBE_SETS } from './cube/fields.ts';
import type { CubeInputs } from './cube/fields.ts';
import { percentOfGrade, requireGradeToJudge } from '../gradeAgainst.ts';
import { cubeAcquisition, describeCube } from './cube/press.ts';
import { FACTOR_ORDER, cubeGroup } from './cube/group.ts';
import type { CubeGroup, FactorOrder } from './cube/group.ts';
import { areaOf, singleStrengths } from './cube/singles.ts';
import { cubeRecordTables, cubeReportTables } from './cube/tables.ts';
import { concreteCubeVector } from './cube/vector.ts';
import { strengthOf } from './grade.ts';

const PARAMETER = 'KY';

export interface ConcreteCubeOutputs {
  side_mm: string;
  area_mm2: string;
  single_MPa: string[];
  sizeFactor: string;
  sizeFactorBasis: string;
  singleAfterFactor_MPa: string[] | null;
  rule: GroupRule;
  groupBeforeFactor_MPa: string | null;
  groupValue_MPa: string | null;
  /** 达到设计强度 %, integer, informative only; null when invalid or without a grade. */
  percentOfGrade: string | null;
}

function singleTrace(inputs: CubeInputs, area: string, singles: readonly string[]): TraceStep[] {
  return singles.map((single, index) => ({
    name: `试件 ${index + 1} 抗压强度`,
    symbol: 'fcc',
    formula: 'F / A',
    substituted: `${inputs.loads_kN[index]} × 1000 / ${area}`,
    value: single,
    unit: 'MPa',
    rule: '修约至 0.1 MPa',
    clause: CLAUSE_RESULT,
  }));
}

function belowGrade(value: string, designGrade: string): boolean {
  return new Exact(value).lessThan(strengthOf(designGrade));
}

function groupWarnings(group: CubeGroup, designGrade: string | undefined): MethodWarning[] {
  const value = group.groupValue_MPa;
  if (value === null) {
    return [
      {
        code: 'CONCRETE_GROUP_INVALID',
        message: '该组试件的最大值和最小值与中间值之差均超过中间值的 15%，试验结果无效。',
        meaning: '本组没有强度数值，不能用于强度检验评定，也不得打印任何数值。',
        next: '请通知委托方，按约定另行取样或采用其他方法检测。',
        clause: CLAUSE_RESULT,
        notify: 'supervisor',
      },
    ];
  }
  if (designGrade === undefined || !belowGrade(value, designGrade)) return [];
  return [
    {
      code: 'CONCRETE_BELOW_GRADE',
      message: `该组试件抗压强度代表值为 ${value} MPa，低于设计强度等级 ${designGrade} 的标准值 ${strengthOf(designGrade)} MPa。`,
      meaning: '单组试件不作合格与否的判定，验收按 GB/T 50107 以检验批评定。',
      next: '请通知质量负责人；涉及结构安全的，列入不合格台账。',
      clause: 'GB/T 50107-2010',
      notify: 'supervisor',
    },
  ];
}

function verdictOf(value: string | null, { judgeAgainstGrade, designGrade }: CubeInputs): Verdict {
  if (judgeAgainstGrade !== 'yes' || value === null || designGrade === undefined) return 'not-judged';
  return belowGrade(value, designGrade) ? 'unqualified' : 'qualified';
}

function sentence(outputs: ConcreteCubeOutputs, designGrade: string | undefined, verdict: Verdict): string {
  if (outputs.groupValue_MPa === null) return '该组试件试验结果无效。';
  const share =
    outputs.percentOfGrade === null ? '' : `，达到设计强度等级 ${designGrade} 的 ${outputs.percentOfGrade}%`;
  const words = verdict === 'qualified' ? '，符合委托约定的要求' : '，不符合委托约定的要求';
  return `该组试件抗压强度代表值为 ${outputs.groupValue_MPa} MPa${share}${verdict === 'not-judged' ? '' : words}。`;
}

export default defineMethod({
  id: 'concrete-cube',
  name: '混凝土立方体抗压强度',
  purpose: 'sample',
  itemCode: 'HNT-KY',
  sampleName: '混凝土试块',
  describedInTables: true,
  unjudgedRemark: '单组试件不作合格与否的判定，混凝土强度的检验评定按 GB/T 50107 进行。',
  parameters: [{ code: PARAMETER, name: '抗压强度代表值', unit: 'MPa', recognises: /抗压/ }],
  recognises: (names) =>
    /混凝土/.test(names) && /抗压/.test(names) && !/轴心|劈裂|抗折|抗拉|砂浆|弹性|砌块|同条件|回弹|钻芯/.test(names),
  editions: [EDITION],
  sets: CUBE_SETS,
  fields: CUBE_FIELDS,
  policies: [FACTOR_ORDER],
  limits: [],
  timing: { kind: 'age', usualDays: [28, 3, 7, 14, 60, 90], tolerances: AGES },
  acquisitions: [cubeAcquisition('1.15')],
  describe: describeCube,
  evaluate(inputs, { policies }) {
    const { side_mm: side, designGrade } = inputs;
    requireGradeToJudge(inputs.judgeAgainstGrade === 'yes', designGrade, CLAUSE_RESULT);
    checkMeasuredSides(side, inputs.measuredSides_mm);
    const range = machineRange(inputs.loads_kN, inputs.machineRange_kN, { field: 'loads_kN', clause: CLAUSE_MACHINE });
    const singles = singleStrengths(inputs);
    const tested = testedFactorOf(inputs.testedSizeFactor, inputs.sizeFactorEvidence);
    const factor = sizeFactorFor(side, designGrade, tested);
    const area = areaOf(side);
    const group = cubeGroup(singles, factor.value, policies['factorOrder'] as FactorOrder);
    const outputs: ConcreteCubeOutputs = {
      side_mm: side,
      area_mm2: area,
      single_MPa: singles,
      sizeFactor: factor.value,
      sizeFactorBasis: factor.basis,
      singleAfterFactor_MPa: group.singleAfterFactor_MPa,
      rule: group.rule,
      groupBeforeFactor_MPa: group.groupBeforeFactor_MPa,
      groupValue_MPa: group.groupValue_MPa,
      percentOfGrade: percentOfGrade(group.groupValue_MPa, designGrade && strengthOf(designGrade)),
    };
    const figures = { ...inputs, loads: inputs.loads_kN };
    const verdict = verdictOf(group.groupValue_MPa, inputs);
    const asked = inputs.judgeAgainstGrade === 'yes' && designGrade !== undefined;
    const factorStep: TraceStep = {
      name: '尺寸换算系数',
      formula: '查表或对比试验',
      value: factor.value,
      rule: factor.basis,
      clause: CLAUSE_RESULT,
    };
    return {
      outputs,
      trace: [...singleTrace(inputs, area, singles), factorStep, ...group.trace],
      parameters: [
        {
          parameterCode: PARAMETER,
          name: '抗压强度代表值',
          value: group.groupValue_MPa,
          unit: 'MPa',
          requirement: asked ? `≥${strengthOf(designGrade)} MPa（${designGrade}）` : null,
          verdict,
        },
      ],
      valid: group.groupValue_MPa !== null,
      text: sentence(outputs, designGrade, verdict),
      warnings: [
        ...range.warnings,
        ...factor.warnings,
        ...loadingClassWarnings(designGrade, singles),
        ...groupWarnings(group, designGrade),
      ],
      stops: [
        ...range.stops,
        ...loadingRateStops(inputs.loadingRates_kN_s, cubeRateWindow(designGrade, side), {
          field: 'loadingRates_kN_s',
          sample: `${designGrade}、${side} mm 试件`,
        }),
      ],
      record: cubeRecordTables(figures, outputs),
      report: cubeReportTables(figures, outputs),
    };
  },
  vectors: { 'concrete-cube': concreteCubeVector },
});
