// 砂浆立方体抗压强度, JGJ/T 70-2009: three cubes of 70.7 mm, f = 1.35·N/A to 0.1 MPa, the 15 % rule. A single group has no
// verdict of its own (acceptance is by batch, GB 50203), unless the commission asks for one.
import { Exact, refusal } from '../foundation/decimal.ts';
import { RULE_NAME, threeValueRule } from '../foundation/threeValueRule.ts';
import type { GroupRule } from '../foundation/threeValueRule.ts';
import type { TraceStep } from '../foundation/trace.ts';
import { defineMethod } from '../define.ts';
import { percentOfGrade, requireGradeToJudge } from '../gradeAgainst.ts';
import { parseFields } from '../inputs.ts';
import { verdictOf } from '../judge.ts';
import type { MethodWarning, PlausibilityStop, VectorComputer, Verdict } from '../method.ts';
import { loadingRateStops, machineRange } from '../plausibility.ts';
import { AREA_MM2, CLAUSE_MACHINE, CLAUSE_RESULT, K, RATE, SLOW_UP_TO, STANDARD, STRENGTH_STEP } from './cube/data.ts';
import { MORTAR_FIELDS, MORTAR_SETS, MORTAR_VECTOR_FIELDS } from './cube/fields.ts';
import { checkMortarSides, mortarSingles, mortarStrength, usualMortarLoad } from './cube/singles.ts';
import { mortarRecord, mortarReport } from './cube/tables.ts';
import { mortarStrengthOf } from './grade.ts';

const PARAMETER = 'KY';

export interface MortarCubeOutputs {
  area_mm2: string;
  K: string;
  single_MPa: string[];
  rule: GroupRule;
  groupValue_MPa: string | null;
  percentOfGrade: string | null;
}

const atLeastGrade = (value: string, designGrade: string): boolean =>
  new Exact(value).greaterThanOrEqualTo(mortarStrengthOf(designGrade));

function resultWarnings(value: string | null, designGrade: string | undefined): MethodWarning[] {
  if (value === null) {
    return [
      {
        code: 'MORTAR_GROUP_INVALID',
        message: '该组试件的最大值和最小值与中间值之差均超过中间值的 15%，试验结果无效。',
        meaning: '本组没有强度数值，不能用于强度验收，也不得打印任何数值。',
        next: '请通知委托方，按约定另行取样或采用其他方法检测。',
        clause: CLAUSE_RESULT,
        notify: 'supervisor',
      },
    ];
  }
  if (designGrade === undefined || atLeastGrade(value, designGrade)) return [];
  return [
    {
      code: 'MORTAR_BELOW_GRADE',
      message: `该组试件抗压强度代表值为 ${value} MPa，低于设计强度等级 ${designGrade} 的 ${mortarStrengthOf(designGrade)} MPa。`,
      meaning: '单组试件不作合格与否的判定，砌筑砂浆按 GB 50203 以验收批评定。',
      next: '请通知质量负责人；涉及结构安全的，列入不合格台账。',
      clause: 'GB 50203-2011 4.0.12',
      notify: 'supervisor',
    },
  ];
}

/** A weak mortar is loaded at the lower end of the window. */
function slowWarnings(designGrade: string | undefined, rates: readonly string[] | undefined): MethodWarning[] {
  if (designGrade === undefined || rates === undefined) return [];
  if (new Exact(mortarStrengthOf(designGrade)).greaterThan(SLOW_UP_TO)) return [];
  const fast = rates.filter((rate) => new Exact(rate).greaterThan(RATE.min_kN_s));
  if (fast.length === 0) return [];
  return [
    {
      code: 'MORTAR_LOADING_SLOW',
      message: `加荷速度 ${fast.join('、')} kN/s 高于下限 ${RATE.min_kN_s} kN/s。`,
      meaning: `砂浆强度不大于 ${SLOW_UP_TO} MPa 时宜取加荷速度的下限。`,
      next: '请核对设计强度等级，并在原始记录中说明。',
      field: 'loadingRates_kN_s',
      clause: RATE.clause,
    },
  ];
}

/** Strengths that can hardly belong to the grade: below 0.4 or above 5 times its strength. */
function farFromGrade(singles: readonly string[], designGrade: string | undefined): PlausibilityStop[] {
  if (designGrade === undefined) return [];
  const strength = new Exact(mortarStrengthOf(designGrade));
  return singles.flatMap((single, index): PlausibilityStop[] => {
    const tenfold = new Exact(single).times(10);
    if (tenfold.greaterThanOrEqualTo(strength.times(4)) && tenfold.lessThanOrEqualTo(strength.times(50))) return [];
    return [
      {
        code: 'STOP_FAR_FROM_GRADE',
        message: `试件 ${index + 1} 抗压强度 ${single} MPa 与设计强度等级 ${designGrade} 相差悬殊。`,
        meaning: '可能录错了荷载、单位或强度等级，或试件取错。',
        next: '请核对荷载、试件和设计强度等级，说明原因并由第二人确认后继续。',
        field: `loads_kN.${index}`,
        clause: CLAUSE_RESULT,
      },
    ];
  });
}

function sentence(outputs: MortarCubeOutputs, designGrade: string | undefined, verdict: Verdict): string {
  if (outputs.groupValue_MPa === null) return '该组试件试验结果无效。';
  const share = designGrade === undefined ? '' : `，达到设计强度等级 ${designGrade} 的 ${outputs.percentOfGrade}%`;
  const words = verdict === 'qualified' ? '，符合委托约定的要求' : '，不符合委托约定的要求';
  return `该组砂浆试件抗压强度代表值为 ${outputs.groupValue_MPa} MPa${share}${verdict === 'not-judged' ? '' : words}。`;
}

const mortarCubeVector: VectorComputer = (raw) => {
  const line = parseFields(raw, MORTAR_VECTOR_FIELDS, MORTAR_SETS);
  if (line.K !== undefined && !new Exact(line.K).equals(K)) {
    const message = `砂浆立方体抗压强度的换算系数 K 为 ${K}，收到 ${line.K}。`;
    throw refusal('METHOD_COEFFICIENT_MISMATCH', message, 'K', CLAUSE_RESULT);
  }
  const singles = mortarSingles(line);
  const group = threeValueRule(singles, STRENGTH_STEP, 'MPa', CLAUSE_RESULT);
  return {
    ...(line.loads_kN === undefined ? {} : { single_MPa: singles }),
    rule: group.rule,
    groupValue_MPa: group.value,
  };
};

export default defineMethod({
  id: 'mortar-cube',
  name: '砂浆立方体抗压强度',
  purpose: 'sample',
  itemCode: 'SJ-KY',
  sampleName: '砂浆试块',
  parameters: [{ code: PARAMETER, name: '抗压强度代表值', unit: 'MPa', recognises: /抗压/ }],
  recognises: (names) => /砂浆/.test(names) && /抗压/.test(names) && !/胶砂|回弹|贯入|评定|抹灰.*拉伸|粘结/.test(names),
  editions: [
    {
      id: STANDARD,
      test: STANDARD,
      judgement: null,
      rounding: 'GB/T 8170-2008',
      title: '建筑砂浆基本性能试验方法标准',
      inForceFrom: '2009-06-01',
      inForceUntil: null,
    },
  ],
  sets: MORTAR_SETS,
  fields: MORTAR_FIELDS,
  policies: [],
  limits: [],
  timing: { kind: 'age', usualDays: [28, 7, 14], tolerances: [] },
  acquisitions: [
    {
      field: 'loads_kN',
      rateField: 'loadingRates_kN_s',
      rateWindow: () => RATE,
      usualLoad_kN: ({ designGrade }) => (designGrade === undefined ? null : usualMortarLoad(designGrade)),
      preview: { label: '抗压强度', unit: 'MPa', value: (_, load) => mortarStrength(load) },
    },
  ],
  describe: ({ designGrade = '' }) => ({ grade: designGrade, spec: '70.7×70.7×70.7 mm' }),
  evaluate(inputs) {
    const { designGrade } = inputs;
    const asked = inputs.judgeAgainstGrade === 'yes';
    requireGradeToJudge(asked, designGrade, CLAUSE_RESULT);
    checkMortarSides(inputs.measuredSides_mm);
    const range = machineRange(inputs.loads_kN, inputs.machineRange_kN, { field: 'loads_kN', clause: CLAUSE_MACHINE });
    const singles = mortarSingles(inputs);
    const group = threeValueRule(singles, STRENGTH_STEP, 'MPa', CLAUSE_RESULT);
    const value = group.value;
    const outputs: MortarCubeOutputs = {
      area_mm2: AREA_MM2,
      K,
      single_MPa: singles,
      rule: group.rule,
      groupValue_MPa: value,
      percentOfGrade: percentOfGrade(value, designGrade && mortarStrengthOf(designGrade)),
    };
    const verdict =
      value === null || designGrade === undefined ? 'not-judged' : verdictOf(atLeastGrade(value, designGrade), asked);
    const requirement =
      asked && designGrade !== undefined ? `≥${mortarStrengthOf(designGrade)} MPa（${designGrade}）` : null;
    return {
      outputs,
      trace: [
        ...singles.map((single, index): TraceStep => ({
          name: `试件 ${index + 1} 抗压强度`,
          symbol: 'fm,cu',
          formula: 'K × Nu / A',
          substituted: `${K} × ${inputs.loads_kN[index]} × 1000 / ${AREA_MM2}`,
          value: single,
          unit: 'MPa',
          rule: '修约至 0.1 MPa',
          clause: CLAUSE_RESULT,
        })),
        ...group.trace,
        {
          name: '抗压强度代表值',
          formula: '组值',
          value,
          unit: 'MPa',
          rule: RULE_NAME[group.rule],
          clause: CLAUSE_RESULT,
        },
      ],
      parameters: [{ parameterCode: PARAMETER, name: '抗压强度代表值', value, unit: 'MPa', requirement, verdict }],
      valid: value !== null,
      text: sentence(outputs, designGrade, verdict),
      warnings: [
        ...range.warnings,
        ...slowWarnings(designGrade, inputs.loadingRates_kN_s),
        ...resultWarnings(value, designGrade),
      ],
      stops: [
        ...range.stops,
        ...loadingRateStops(inputs.loadingRates_kN_s, RATE, {
          field: 'loadingRates_kN_s',
          sample: '砂浆试件',
        }),
        ...farFromGrade(singles, designGrade),
      ],
      record: mortarRecord(inputs, outputs),
      report: mortarReport(inputs, outputs),
    };
  },
  vectors: { 'mortar-cube': mortarCubeVector },
});
