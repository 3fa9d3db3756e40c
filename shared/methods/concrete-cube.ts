// 混凝土立方体抗压强度, GB/T 50081-2019: three cubes of 100, 150 or 200 mm, single strengths to 0.1 MPa, the 15 % rule,
// size factor, representative value. One group has no 合格/不合格 of its own (acceptance is by batch, GB/T 50107), so the
// verdict is not-judged unless the client's commission asks for a judgement.
import { Exact, refusal, roundRatio } from './decimal.ts';
import { checkMachineRange, checkMeasuredSides, loadingRateWarnings, sizeFactorFor } from './concrete-cube/checks.ts';
import { AGES, CLAUSE_RESULT, LOADING_RATES, STANDARD } from './concrete-cube/data.ts';
import { areaOf, cubeGroup } from './concrete-cube/group.ts';
import type { CubeGroup, FactorOrder } from './concrete-cube/group.ts';
import { READINGS, SPECIMENS, concreteCubeInputs } from './concrete-cube/inputs.ts';
import type { ConcreteCubeInputs } from './concrete-cube/inputs.ts';
import { singleStrengths } from './concrete-cube/singles.ts';
import { concreteCubeVector } from './concrete-cube/vector.ts';
import { resolvePolicies } from './method.ts';
import type {
  MethodComputation,
  MethodResult,
  MethodWarning,
  Policies,
  PolicyDeclaration,
  TestMethod,
  Verdict,
} from './method.ts';
import { parseInputs } from './readings.ts';
import type { GroupRule } from './threeValueRule.ts';
import type { TraceStep } from './trace.ts';

export { singleStrength } from './concrete-cube/group.ts';

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

const POLICIES: readonly PolicyDeclaration[] = [
  {
    name: 'factorOrder',
    label: '尺寸换算系数的计算顺序',
    clause: CLAUSE_RESULT,
    options: [
      { value: 'group-first', label: '先定组值，再乘换算系数' },
      { value: 'single-first', label: '单块先乘换算系数，再定组值' },
    ],
    default: 'group-first',
  },
];

function singleTrace(inputs: ConcreteCubeInputs, area: string, singles: readonly string[]): TraceStep[] {
  return singles.map((single, index) => {
    const load = inputs.loads_kN?.[index];
    return {
      name: `试件 ${index + 1} 抗压强度`,
      symbol: 'fcc',
      formula: 'F / A',
      substituted: load === undefined ? `${inputs.single_MPa?.[index]} MPa（直接录入）` : `${load} × 1000 / ${area}`,
      value: single,
      unit: 'MPa',
      rule: '修约至 0.1 MPa',
      clause: CLAUSE_RESULT,
    };
  });
}

function percentOfGrade(value: string | null, designGrade: string | undefined): string | null {
  if (value === null || designGrade === undefined) return null;
  return roundRatio(new Exact(value).times(100), new Exact(designGrade.slice(1)), '1');
}

function belowGrade(value: string, designGrade: string | undefined): boolean {
  return designGrade !== undefined && new Exact(value).lessThan(designGrade.slice(1));
}

function groupWarnings(group: CubeGroup, inputs: ConcreteCubeInputs): MethodWarning[] {
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
  if (!belowGrade(value, inputs.designGrade)) return [];
  return [
    {
      code: 'CONCRETE_BELOW_GRADE',
      message: `该组试件抗压强度代表值为 ${value} MPa，低于设计强度等级 ${inputs.designGrade} 的标准值 ${inputs.designGrade?.slice(1)} MPa。`,
      meaning: '单组试件不作合格与否的判定，验收按 GB/T 50107 以检验批评定。',
      next: '请通知质量负责人；涉及结构安全的，列入不合格台账。',
      clause: 'GB/T 50107-2010',
      notify: 'supervisor',
    },
  ];
}

function judge(group: CubeGroup, inputs: ConcreteCubeInputs): Verdict {
  if (inputs.judgeAgainstGrade !== true || group.groupValue_MPa === null) return 'not-judged';
  return belowGrade(group.groupValue_MPa, inputs.designGrade) ? 'unqualified' : 'qualified';
}

function resultOf(
  group: CubeGroup,
  inputs: ConcreteCubeInputs,
  percent: string | null,
  verdict: Verdict,
): MethodResult {
  const asked = inputs.judgeAgainstGrade === true;
  const parameters = [
    {
      parameterCode: PARAMETER,
      name: '抗压强度代表值',
      value: group.groupValue_MPa,
      unit: 'MPa',
      requirement:
        asked && inputs.designGrade !== undefined
          ? `≥${inputs.designGrade.slice(1)} MPa（${inputs.designGrade}）`
          : null,
      verdict,
    },
  ];
  if (group.groupValue_MPa === null) return { valid: false, text: '该组试件试验结果无效。', parameters };
  const share = percent === null ? '' : `，达到设计强度等级 ${inputs.designGrade} 的 ${percent}%`;
  const words = { qualified: '，符合委托约定的要求', unqualified: '，不符合委托约定的要求', 'not-judged': '' }[verdict];
  return { valid: true, text: `该组试件抗压强度代表值为 ${group.groupValue_MPa} MPa${share}${words}。`, parameters };
}

function compute(raw: unknown, chosen?: Policies): MethodComputation<ConcreteCubeOutputs> {
  const policies = resolvePolicies(POLICIES, chosen);
  const inputs = parseInputs(concreteCubeInputs, raw);
  const side = inputs.side_mm;
  if (side === undefined) throw refusal('METHOD_MISSING', '缺少“公称边长”。', 'side_mm', READINGS.side.clause);
  if (inputs.judgeAgainstGrade === true && inputs.designGrade === undefined) {
    const message = '委托要求判定，但缺少设计强度等级。';
    throw refusal('METHOD_MISSING', message, 'designGrade', CLAUSE_RESULT, '请补充设计强度等级，或取消判定要求。');
  }
  checkMeasuredSides(side, inputs.measuredSides_mm);
  const rangeWarnings = checkMachineRange(inputs.loads_kN, inputs.machineRange_kN);
  const singles = singleStrengths(inputs);
  const factor = sizeFactorFor(side, inputs.designGrade, inputs.testedSizeFactor);
  const area = areaOf(side);
  const group = cubeGroup(singles, factor.value, policies['factorOrder'] as FactorOrder);
  const percent = percentOfGrade(group.groupValue_MPa, inputs.designGrade);
  const verdict = judge(group, inputs);
  const factorStep: TraceStep = {
    name: '尺寸换算系数',
    formula: '查表或对比试验',
    value: factor.value,
    rule: factor.basis,
    clause: CLAUSE_RESULT,
  };
  return {
    methodId: concreteCube.id,
    standard: STANDARD,
    policies,
    outputs: {
      side_mm: side,
      area_mm2: area,
      single_MPa: singles,
      sizeFactor: factor.value,
      sizeFactorBasis: factor.basis,
      singleAfterFactor_MPa: group.singleAfterFactor_MPa,
      rule: group.rule,
      groupBeforeFactor_MPa: group.groupBeforeFactor_MPa,
      groupValue_MPa: group.groupValue_MPa,
      percentOfGrade: percent,
    },
    trace: [...singleTrace(inputs, area, singles), factorStep, ...group.trace],
    result: resultOf(group, inputs, percent, verdict),
    verdict,
    warnings: [
      ...rangeWarnings,
      ...factor.warnings,
      ...loadingRateWarnings(inputs, side, area, singles),
      ...groupWarnings(group, inputs),
    ],
  };
}

export const concreteCube: TestMethod<ConcreteCubeInputs, ConcreteCubeOutputs> = {
  id: 'concrete-cube',
  name: '混凝土立方体抗压强度',
  itemCode: 'HNT-KY',
  parameterCodes: [PARAMETER],
  recognises: (names) =>
    /混凝土/.test(names) && /抗压/.test(names) && !/轴心|劈裂|抗折|抗拉|砂浆|弹性|砌块/.test(names),
  standard: {
    number: 'GB/T 50081',
    edition: '2019',
    title: '混凝土物理力学性能试验方法标准',
    inForceFrom: '2020-06-01',
  },
  specimens: { count: SPECIMENS, label: '立方体试件' },
  readings: Object.values(READINGS),
  inputs: concreteCubeInputs,
  policies: POLICIES,
  limits: [],
  ages: AGES,
  loadingRates: LOADING_RATES,
  recordItems: [
    '样品编号',
    '设计强度等级',
    '成型日期',
    '试验日期',
    '龄期',
    '养护条件',
    '公称边长',
    '实测边长',
    '承压面积',
    '破坏荷载',
    '单块抗压强度',
    '尺寸换算系数',
    '取值规则',
    '抗压强度代表值',
    '试验机名称、编号、量程',
    '加荷速度',
    '环境温湿度',
    '开始与结束时间',
    '检测',
    '校核',
    '曲线文件哈希',
  ],
  reportColumns: [
    '样品编号',
    '工程部位',
    '设计强度等级',
    '公称尺寸',
    '成型日期',
    '检测日期',
    '龄期',
    '养护条件',
    '破坏荷载',
    '抗压强度',
    '抗压强度代表值',
    '达到设计强度 %',
  ],
  compute,
  vectors: { 'concrete-cube': concreteCubeVector },
};
