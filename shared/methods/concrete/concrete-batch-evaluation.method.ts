// 混凝土强度检验评定, GB/T 50107-2010: one batch of groups of one grade, accepted by one of three ways. The way is chosen by
// what is there: a known deviation and three consecutive groups; ten groups or more; fewer. Invalid groups are listed
// and never counted. The rules are a draft here: figures and comparisons always, a verdict only once the lab confirms.
import type { TraceStep } from '../foundation/trace.ts';
import { defineMethod } from '../define.ts';
import { verdictOf } from '../judge.ts';
import type { Evaluation, MethodWarning, Verdict } from '../method.ts';
import { emptyBatch } from './batch/empty.ts';
import type { MeanComparison } from './batch/compare.ts';
import { CLAUSE_BATCH, LIMITS, STANDARD } from './batch/data.ts';
import { WAY_NAME, evaluateBatch, wayOf, wayReason } from './batch/evaluate.ts';
import type { BatchFigures } from './batch/evaluate.ts';
import { BATCH_FIELDS, BATCH_SETS, checkCurings } from './batch/fields.ts';
import type { BatchInputs } from './batch/fields.ts';
import { countedGroups, farFromGradeStops, leftOutWarnings } from './batch/groups.ts';
import { checkSigma0, sigma0Warnings } from './batch/sigma0.ts';
import { batchTables } from './batch/tables.ts';
import { BATCH_POLICIES, batchEvaluationVector, knownSigmaVector } from './batch/vector.ts';
import { strengthOf } from './grade.ts';

const PARAMETER = 'QDPD';
const PARAMETER_NAME = '混凝土强度检验评定';

/** The figures of the evaluation, or only the counts where no group is valid. */
export type BatchEvaluationOutputs = { groupsListed: number; groupsCounted: number } & (
  | ({ evaluated: true } & Omit<BatchFigures, 'trace'>)
  | { evaluated: false }
);

const CONFIRM = '限值未与标准原文核对，需人工判定';

function requirementOf(figures: BatchFigures): string {
  const second = figures.minLimit2_MPa === null ? '' : `、≥${figures.minLimit2_MPa} MPa`;
  return `平均值≥${figures.meanLimit_MPa} MPa；最小值≥${figures.minLimit_MPa} MPa${second}`;
}

function sentence(inputs: BatchInputs, figures: BatchFigures, verdict: Verdict): string {
  const deviation = figures.deviationUsed_MPa === null ? '' : `、标准差采用 ${figures.deviationUsed_MPa} MPa`;
  const head = `该检验批混凝土设计强度等级 ${inputs.designGrade}，按 ${STANDARD} ${WAY_NAME[figures.way]}评定（${wayReason(figures.way, figures.n)}）`;
  const found = `平均值 ${figures.mean_MPa} MPa（限值 ${figures.meanLimit_MPa} MPa）${deviation}，最小值 ${figures.min_MPa} MPa（限值 ${figures.minLimit_MPa}${figures.minLimit2_MPa === null ? '' : `、${figures.minLimit2_MPa}`} MPa）`;
  const words: Record<Verdict, string> = {
    qualified: '评定为合格',
    unqualified: '评定为不合格',
    retest: CONFIRM,
    'not-judged': CONFIRM,
  };
  return `${head}：${found}；${words[verdict]}。`;
}

function resultWarnings(figures: BatchFigures, verdict: Verdict): MethodWarning[] {
  if (figures.meanMeets && figures.minMeets) return [];
  const failed = [figures.meanMeets ? null : '平均值', figures.minMeets ? null : '最小值'].filter(
    (name) => name !== null,
  );
  const judged = verdict === 'unqualified';
  return [
    {
      code: judged ? 'BATCH_UNQUALIFIED' : 'BATCH_BELOW_LIMIT',
      message: `该检验批混凝土强度的${failed.join('和')}不满足评定要求。`,
      meaning: judged ? '检验批评定为不合格。' : '评定规则未与标准原文核对，是否合格需人工判定。',
      next: '请通知质量负责人；不合格的检验批按规定报告并列入不合格台账。',
      clause: STANDARD,
      notify: 'supervisor',
    },
  ];
}

const nothing = (inputs: BatchInputs) =>
  emptyBatch({
    groups: inputs,
    groupName: '试件组',
    batchName: '检验批',
    parameter: { parameterCode: PARAMETER, name: PARAMETER_NAME },
    meaning: '所列试件组的试验结果全部无效，没有可用于评定的强度。',
    next: '请通知委托方，另行取样或采用其他方法检测结构实体强度。',
    clause: CLAUSE_BATCH,
    tables: batchTables(inputs, null, 'not-judged'),
  });

export default defineMethod({
  id: 'concrete-batch-evaluation',
  name: '混凝土强度检验评定',
  purpose: 'evaluation',
  itemCode: null,
  sampleName: '混凝土检验批',
  parameters: [{ code: PARAMETER, name: PARAMETER_NAME, unit: 'MPa', recognises: /评定/ }],
  recognises: (names) => /混凝土/.test(names) && /评定/.test(names) && !/砂浆|回弹|钻芯|抗渗/.test(names),
  editions: [
    {
      id: STANDARD,
      test: STANDARD,
      judgement: STANDARD,
      rounding: 'GB/T 8170-2008',
      title: '混凝土强度检验评定标准',
      inForceFrom: '2010-12-01',
      inForceUntil: null,
    },
  ],
  sets: BATCH_SETS,
  fields: BATCH_FIELDS,
  policies: BATCH_POLICIES,
  limits: LIMITS,
  timing: { kind: 'prompt', turnaroundDays: 1 },
  acquisitions: [],
  describe: ({ designGrade = '' }) => ({ grade: designGrade, spec: '' }),
  evaluate(inputs, { policies, judges }): Evaluation<BatchEvaluationOutputs> {
    checkSigma0(inputs);
    const curing = checkCurings(inputs);
    const counted = countedGroups(inputs, CLAUSE_BATCH);
    if (counted.length === 0) return nothing(inputs);
    const unbroken = counted.length === inputs.sampleNos.length;
    const way = wayOf(counted.length, inputs.sigma0_MPa, unbroken);
    const fcuk = strengthOf(inputs.designGrade);
    const comparison = policies['meanComparison'] as MeanComparison;
    const batch = { values: counted.map(({ value }) => value), fcuk, comparison };
    const figures = evaluateBatch(way, batch, inputs.sigma0_MPa);
    const verdict = verdictOf(figures.meanMeets && figures.minMeets, judges(STANDARD));
    const chosen: TraceStep = {
      name: '评定方法',
      formula: '按 σ0 和有效组数选择',
      value: WAY_NAME[way],
      rule: wayReason(way, counted.length),
      clause: `${STANDARD} 5.1.1、5.2.1`,
    };
    const strength: TraceStep = {
      name: '立方体抗压强度标准值',
      symbol: 'f_cu,k',
      formula: `设计强度等级 ${inputs.designGrade}`,
      value: fcuk,
      unit: 'MPa',
      rule: curing === '同条件养护' ? '各组强度为代表值除以 0.88 后的数值' : '各组强度为代表值',
      clause: CLAUSE_BATCH,
    };
    const tables = batchTables(inputs, figures, verdict);
    const { trace, ...plain } = figures;
    return {
      outputs: { groupsListed: inputs.sampleNos.length, groupsCounted: counted.length, evaluated: true, ...plain },
      trace: [chosen, strength, ...trace],
      parameters: [
        {
          parameterCode: PARAMETER,
          name: PARAMETER_NAME,
          value: `${figures.mean_MPa}/${figures.min_MPa}`,
          unit: 'MPa',
          requirement: requirementOf(figures),
          verdict,
        },
      ],
      valid: true,
      text: sentence(inputs, figures, verdict),
      warnings: [
        ...leftOutWarnings(inputs, CLAUSE_BATCH),
        ...sigma0Warnings(inputs, way),
        ...resultWarnings(figures, verdict),
      ],
      stops: farFromGradeStops(counted, inputs.designGrade, fcuk, 3, CLAUSE_BATCH),
      record: tables,
      report: tables,
    };
  },
  vectors: {
    'concrete-batch-evaluation': batchEvaluationVector,
    'concrete-batch-evaluation-known-sigma': knownSigmaVector,
  },
});
