// 砌筑砂浆强度验收, GB 50203-2011 4.0.12: one batch of groups of one grade. Invalid groups are listed and never counted. The
// rule is a draft here: figures and comparisons always, a verdict only once the lab confirms it.
import { defineMethod } from '../define.ts';
import { choice, text } from '../field.ts';
import type { InputsOf } from '../field.ts';
import { verdictOf } from '../judge.ts';
import type { Evaluation, MethodWarning, Verdict } from '../method.ts';
import { emptyBatch } from '../concrete/batch/empty.ts';
import type { MeanComparison } from '../concrete/batch/compare.ts';
import {
  GROUP_FIELDS,
  countedGroups,
  farFromGradeStops,
  groupSets,
  groupValues,
  leftOutWarnings,
} from '../concrete/batch/groups.ts';
import { CLAUSE, LIMITS, MORTAR_POLICIES, STANDARD, USUAL_GROUPS, evaluateMortarBatch } from './batch/evaluate.ts';
import type { MortarBatchFigures } from './batch/evaluate.ts';
import { mortarBatchTables } from './batch/tables.ts';
import { mortarBatchVector } from './batch/vector.ts';
import { MAX_STRENGTH } from './cube/data.ts';
import { mortarGrades, mortarStrengthOf } from './grade.ts';

const PARAMETER = 'QDPD';
const PARAMETER_NAME = '砌筑砂浆强度评定';
const CONFIRM = '限值未与标准原文核对，需人工判定';

const FIELDS = [
  choice({
    name: 'designGrade',
    label: '设计强度等级',
    at: 'reception',
    instrument: '委托单',
    clause: CLAUSE,
    options: mortarGrades,
    refusalCode: 'METHOD_GRADE_UNKNOWN',
    hint: '写作 M5、M7.5、Mb10 …',
  }),
  text({
    name: 'kind',
    label: '砂浆类型',
    at: 'reception',
    optional: true,
    instrument: '委托单',
    maxLength: 60,
    clause: CLAUSE,
    hint: '验收批为同一类型、同一强度等级的砂浆',
  }),
  ...GROUP_FIELDS,
  { ...groupValues, max: MAX_STRENGTH, maxReason: `超过砂浆可能的强度 ${MAX_STRENGTH} MPa`, clause: CLAUSE },
] as const;

type Inputs = InputsOf<typeof FIELDS>;

/** The figures of the evaluation, or only the counts where no group is valid. */
export type MortarBatchOutputs = { groupsListed: number; groupsCounted: number } & (
  | ({ evaluated: true } & Omit<MortarBatchFigures, 'trace'>)
  | { evaluated: false }
);

function sentence(grade: string, figures: MortarBatchFigures, verdict: Verdict): string {
  const least = figures.n < USUAL_GROUPS ? '每组值中的最小值' : '最小值';
  const found = `平均值 ${figures.mean_MPa} MPa（限值 ${figures.meanLimit_MPa} MPa），${least} ${figures.min_MPa} MPa（限值 ${figures.minLimit_MPa} MPa）`;
  const words: Record<Verdict, string> = {
    qualified: '评定为合格',
    unqualified: '评定为不合格',
    retest: CONFIRM,
    'not-judged': CONFIRM,
  };
  return `该验收批砌筑砂浆设计强度等级 ${grade}，有效试块 ${figures.n} 组，按 ${CLAUSE} 评定：${found}；${words[verdict]}。`;
}

function resultWarnings(figures: MortarBatchFigures, verdict: Verdict): MethodWarning[] {
  const warnings: MethodWarning[] = [];
  if (figures.n < USUAL_GROUPS) {
    warnings.push({
      code: 'MORTAR_FEW_GROUPS',
      message: `有效试块只有 ${figures.n} 组，少于 ${USUAL_GROUPS} 组：按每组均不小于 1.10 倍评定。`,
      meaning:
        '该规则未与标准原文核对；安全等级为一级或设计使用年限不少于 50 年的房屋，同一验收批的试块不得少于 3 组。',
      next: '请核对验收批的划分和标准原文；组数不足的，补充试块或采用现场检测方法。',
      clause: CLAUSE,
      notify: 'supervisor',
    });
  }
  if (figures.meanMeets && figures.minMeets) return warnings;
  const failed = [figures.meanMeets ? null : '平均值', figures.minMeets ? null : '最小值'].filter(
    (name) => name !== null,
  );
  const judged = verdict === 'unqualified';
  warnings.push({
    code: judged ? 'BATCH_UNQUALIFIED' : 'BATCH_BELOW_LIMIT',
    message: `该验收批砂浆强度的${failed.join('和')}不满足评定要求。`,
    meaning: judged ? '验收批评定为不合格。' : '评定规则未与标准原文核对，是否合格需人工判定。',
    next: '请通知质量负责人；不合格的验收批按规定报告并列入不合格台账。',
    clause: CLAUSE,
    notify: 'supervisor',
  });
  return warnings;
}

const nothing = (inputs: Inputs) =>
  emptyBatch({
    groups: inputs,
    groupName: '试块组',
    batchName: '验收批',
    parameter: { parameterCode: PARAMETER, name: PARAMETER_NAME },
    meaning: '所列试块组的试验结果全部无效，没有可用于评定的强度。',
    next: '请通知委托方，采用现场检测方法检测砂浆强度。',
    clause: CLAUSE,
    tables: mortarBatchTables(inputs, null, 'not-judged'),
  });

export default defineMethod({
  id: 'mortar-batch',
  name: '砌筑砂浆强度验收评定',
  purpose: 'evaluation',
  itemCode: null,
  sampleName: '砌筑砂浆验收批',
  parameters: [{ code: PARAMETER, name: PARAMETER_NAME, unit: 'MPa', recognises: /评定|验收/ }],
  recognises: (names) => /砂浆/.test(names) && /评定|验收/.test(names) && !/回弹|贯入|胶砂/.test(names),
  editions: [
    {
      id: STANDARD,
      test: STANDARD,
      judgement: STANDARD,
      rounding: 'GB/T 8170-2008',
      title: '砌体结构工程施工质量验收规范',
      inForceFrom: '2012-05-01',
      inForceUntil: null,
    },
  ],
  sets: groupSets(USUAL_GROUPS),
  fields: FIELDS,
  policies: MORTAR_POLICIES,
  limits: LIMITS,
  timing: { kind: 'prompt', turnaroundDays: 1 },
  acquisitions: [],
  describe: ({ designGrade = '' }) => ({ grade: designGrade, spec: '' }),
  evaluate(inputs, { policies, judges }): Evaluation<MortarBatchOutputs> {
    const counted = countedGroups(inputs, CLAUSE);
    if (counted.length === 0) return nothing(inputs);
    const strength = mortarStrengthOf(inputs.designGrade);
    const values = counted.map(({ value }) => value);
    const figures = evaluateMortarBatch(values, strength, policies['meanComparison'] as MeanComparison);
    const verdict = verdictOf(figures.meanMeets && figures.minMeets, judges(STANDARD));
    const tables = mortarBatchTables(inputs, figures, verdict);
    const { trace, ...plain } = figures;
    return {
      outputs: { groupsListed: inputs.sampleNos.length, groupsCounted: counted.length, evaluated: true, ...plain },
      trace,
      parameters: [
        {
          parameterCode: PARAMETER,
          name: PARAMETER_NAME,
          value: `${figures.mean_MPa}/${figures.min_MPa}`,
          unit: 'MPa',
          requirement: `平均值≥${figures.meanLimit_MPa} MPa；最小值≥${figures.minLimit_MPa} MPa`,
          verdict,
        },
      ],
      valid: true,
      text: sentence(inputs.designGrade, figures, verdict),
      warnings: [...leftOutWarnings(inputs, CLAUSE), ...resultWarnings(figures, verdict)],
      stops: farFromGradeStops(counted, inputs.designGrade, strength, 5, CLAUSE),
      record: tables,
      report: tables,
    };
  },
  vectors: { 'mortar-batch': mortarBatchVector },
});
