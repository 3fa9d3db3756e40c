// 钻芯法 JGJ/T 384-2016: strength of cores from load and diameter, estimate of one member (the least of at least three
// cores), and the check of a structure by three cores (GB 50204-2015 appendix D). The interval of a batch needs the k₁
// and k₂ of appendix A, which this program does not have: it is refused and never guessed.
import { LOADING_RATES } from '../concrete/cube/data.ts';
import { strengthOf } from '../concrete/grade.ts';
import { defineMethod } from '../define.ts';
import { Exact, refusal } from '../foundation/decimal.ts';
import { loadingRateWindow } from '../foundation/loadingRate.ts';
import { leastOf } from '../foundation/statistics.ts';
import type { TraceStep } from '../foundation/trace.ts';
import type { ParameterResult, RateWindow, Verdict } from '../method.ts';
import { verdictOf } from '../judge.ts';
import { loadingRateStops, machineRange } from '../plausibility.ts';
import {
  ACCEPTANCE,
  CLAUSE_BATCH,
  CLAUSE_CORE,
  CLAUSE_ENTITY,
  CLAUSE_MEMBER,
  CLAUSE_SIZE,
  DIAMETER_STEP,
  ENTITY,
  ESTIMATE,
  LIMITS,
  STANDARD,
  STRENGTH_STEP,
} from './core/data.ts';
import { entityCheck } from './core/entity.ts';
import { findings, strengthStops } from './core/findings.ts';
import { CORE_FIELDS, CORE_SETS } from './core/fields.ts';
import type { CoreInputs } from './core/fields.ts';
import { recordTables, reportTables } from './core/outputs.ts';
import type { CoreOutputs } from './core/outputs.ts';
import { areaOf, checkedRatio, checkedStrength, coreStrength, factorOf, meanDiameter } from './core/strength.ts';
import { coreEntityVector, coreStrengthVector } from './core/vector.ts';

/** Window of the loading rate; null without grade and nominal diameter. */
function rateWindow(grade: string | undefined, diameter: string | undefined): RateWindow | null {
  if (grade === undefined || diameter === undefined) return null;
  const { min_kN_s, max_kN_s, clause } = loadingRateWindow(LOADING_RATES, strengthOf(grade), areaOf(diameter));
  return { min_kN_s, max_kN_s, clause };
}

function checkAssessment(inputs: CoreInputs): void {
  if (inputs.assessment === 'batch') {
    const message = '检测批的推定区间需要附录 A 的系数 k1、k2，本程序没有该表，不能计算。';
    const next = '请按标准原文的附录 A 人工计算，或按单个构件评定。';
    throw refusal('METHOD_TABLE_MISSING', message, 'assessment', CLAUSE_BATCH, next);
  }
  if (inputs.assessment === 'entity' && inputs.designGrade === undefined) {
    const message = '结构实体检验缺少设计强度等级。';
    throw refusal('METHOD_MISSING', message, 'designGrade', CLAUSE_ENTITY, '请补充设计强度等级。');
  }
}

interface Singles {
  diameters: string[];
  ratios: string[];
  values: string[];
  trace: TraceStep[];
}

function singlesOf(inputs: CoreInputs, betaC: string, basis: string): Singles {
  const diameters = inputs.diameters_mm.map(meanDiameter);
  const ratios = inputs.heights_mm.map((height, index) => checkedRatio(height, diameters[index] ?? '', index));
  const values = inputs.loads_kN.map((load, index) =>
    checkedStrength(load, diameters[index] ?? '', betaC, `loads_kN.${index}`),
  );
  const trace = values.flatMap((value, index): TraceStep[] => [
    {
      name: `芯样 ${index + 1} 平均直径`,
      symbol: 'd',
      formula: '(d1 + d2) / 2',
      substituted: `(${inputs.diameters_mm[index]?.join(' + ')}) / 2`,
      value: diameters[index] ?? null,
      unit: 'mm',
      rule: `修约至 ${DIAMETER_STEP}`,
      clause: CLAUSE_SIZE,
    },
    {
      name: `芯样 ${index + 1} 高径比`,
      formula: 'h / d',
      substituted: `${inputs.heights_mm[index]} / ${diameters[index]}`,
      value: ratios[index] ?? null,
      rule: '在 0.95～1.05 之内（以未修约值比较）',
      clause: CLAUSE_SIZE,
    },
    {
      name: `芯样 ${index + 1} 抗压强度`,
      symbol: 'fcu,cor',
      formula: 'βc × Fc / (π × d² / 4)',
      substituted: `${betaC} × ${inputs.loads_kN[index]} × 1000 / (π × ${diameters[index]}² / 4)`,
      value,
      unit: 'MPa',
      rule: `βc 为${basis}；修约至 ${STRENGTH_STEP}`,
      clause: CLAUSE_CORE,
    },
  ]);
  return { diameters, ratios, values, trace };
}

function sentence(outputs: CoreOutputs, grade: string | undefined, verdict: Verdict): string {
  const { entity } = outputs;
  if (entity === null) return `该构件混凝土抗压强度推定值为 ${outputs.estimate_MPa} MPa。`;
  const figures = `三个芯样抗压强度平均值为 ${entity.mean_MPa} MPa，最小值为 ${outputs.least_MPa} MPa`;
  if (verdict === 'not-judged') return `${figures}；限值未与标准原文核对，需人工判定。`;
  const words = verdict === 'qualified' ? '符合' : '不符合';
  return `${figures}，${words}设计强度等级 ${grade} 的结构实体检验要求。`;
}

function resultOf(outputs: CoreOutputs, grade: string | undefined, verdict: Verdict): ParameterResult {
  const { entity } = outputs;
  if (entity === null) {
    const value = outputs.estimate_MPa;
    return { parameterCode: ESTIMATE, name: '抗压强度推定值', value, unit: 'MPa', requirement: null, verdict };
  }
  return {
    parameterCode: ENTITY,
    name: '芯样抗压强度平均值/最小值',
    value: `${entity.mean_MPa}/${outputs.least_MPa}`,
    unit: 'MPa',
    requirement: `平均值≥${entity.meanRequired_MPa} MPa，最小值≥${entity.leastRequired_MPa} MPa（${grade} 的 88%、80%）`,
    verdict,
  };
}

export default defineMethod({
  id: 'core-strength',
  name: '钻芯法检测混凝土强度',
  purpose: 'sample',
  itemCode: 'HNT-ZX',
  sampleName: '混凝土芯样',
  parameters: [
    { code: ESTIMATE, name: '抗压强度推定值', unit: 'MPa', recognises: /推定|芯样(?!.*实体)|钻芯/ },
    { code: ENTITY, name: '结构实体混凝土强度', unit: 'MPa', recognises: /实体/ },
  ],
  recognises: (names) => /钻芯|取芯|芯样/.test(names) && !/沥青|砂浆|砌体|劈裂|抗折|抗渗|桩身|基桩/.test(names),
  editions: [
    {
      id: STANDARD,
      test: STANDARD,
      judgement: ACCEPTANCE,
      rounding: 'GB/T 8170-2008',
      title: '钻芯法检测混凝土强度技术规程',
      inForceFrom: '2016-12-01',
      inForceUntil: null,
    },
  ],
  sets: CORE_SETS,
  fields: CORE_FIELDS,
  policies: [],
  limits: LIMITS,
  timing: { kind: 'prompt', turnaroundDays: 5 },
  acquisitions: [
    {
      field: 'loads_kN',
      rateField: 'loadingRates_kN_s',
      rateWindow: ({ designGrade, nominalDiameter_mm: diameter }) => rateWindow(designGrade, diameter),
      usualLoad_kN: ({ designGrade, nominalDiameter_mm: diameter }) =>
        designGrade === undefined || diameter === undefined
          ? null
          : new Exact(strengthOf(designGrade)).times('1.15').times(areaOf(diameter)).div(1000).toFixed(),
      preview: {
        label: '抗压强度（按公称直径）',
        unit: 'MPa',
        value: ({ nominalDiameter_mm: diameter }, load) =>
          diameter === undefined ? null : coreStrength(load, diameter),
      },
    },
  ],
  describe: ({ designGrade = '', nominalDiameter_mm: diameter }) => ({
    grade: designGrade,
    spec: diameter === undefined ? '' : `φ${diameter} mm`,
  }),
  evaluate(inputs, { asked, judges }) {
    checkAssessment(inputs);
    const { designGrade: grade } = inputs;
    const code = inputs.assessment === 'entity' ? ENTITY : ESTIMATE;
    if (!asked(code)) {
      const message = '评定方式与委托的检测参数不一致。';
      throw refusal('METHOD_CONFLICT', message, 'assessment', CLAUSE_MEMBER, '请核对评定方式和委托的检测参数。');
    }
    const range = machineRange(inputs.loads_kN, inputs.machineRange_kN, { field: 'loads_kN', clause: CLAUSE_CORE });
    const betaC = factorOf(inputs.betaC, inputs.betaCEvidence);
    const singles = singlesOf(inputs, betaC.value, betaC.basis);
    const entity =
      inputs.assessment === 'entity' && grade !== undefined
        ? entityCheck(singles.values, strengthOf(grade), 'loads_kN')
        : null;
    const least = leastOf(singles.values);
    const outputs: CoreOutputs = {
      assessment: entity === null ? 'member' : 'entity',
      diameter_mm: singles.diameters,
      area_mm2: singles.diameters.map(areaOf),
      heightOverDiameter: singles.ratios,
      betaC: betaC.value,
      betaCBasis: betaC.basis,
      single_MPa: singles.values,
      least_MPa: least,
      estimate_MPa: entity === null ? least : null,
      entity:
        entity === null
          ? null
          : {
              mean_MPa: entity.mean,
              meanRequired_MPa: entity.meanRequired,
              leastRequired_MPa: entity.leastRequired,
              meanMeets: entity.meanOk,
              leastMeets: entity.leastOk,
            },
    };
    const verdict = entity === null ? 'not-judged' : verdictOf(entity.meanOk && entity.leastOk, judges(ACCEPTANCE));
    const estimateStep: TraceStep = {
      name: '抗压强度推定值',
      symbol: 'fcu,e',
      formula: 'min(fcu,cor)',
      substituted: `min(${singles.values.join(', ')})`,
      value: least,
      unit: 'MPa',
      rule: '单个构件取最小值，不再舍弃数据',
      clause: CLAUSE_MEMBER,
    };
    return {
      outputs,
      trace: [...singles.trace, ...(entity === null ? [estimateStep] : entity.trace)],
      parameters: [resultOf(outputs, grade, verdict)],
      valid: true,
      text: sentence(outputs, grade, verdict),
      warnings: [...range.warnings, ...findings(least, entity, grade, verdict)],
      stops: [
        ...range.stops,
        ...strengthStops(singles.values, grade),
        ...loadingRateStops(inputs.loadingRates_kN_s, rateWindow(grade, inputs.nominalDiameter_mm), {
          field: 'loadingRates_kN_s',
          sample: `${grade}、直径 ${inputs.nominalDiameter_mm} mm 芯样`,
        }),
      ],
      record: recordTables(inputs, outputs, verdict),
      report: reportTables(inputs, outputs, verdict),
    };
  },
  vectors: { 'core-strength': coreStrengthVector, 'core-entity-check': coreEntityVector },
});
