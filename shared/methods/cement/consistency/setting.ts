// 凝结时间: initial and final set in whole minutes from water contact. Initial not before 45 min; final not after 390 min
// for P·Ⅰ and P·Ⅱ, 600 min for the others. Both must be met.
import { Exact, refusal } from '../../foundation/decimal.ts';
import type { EvaluationContext } from '../../define.ts';
import { meets, requireLimit, requirementText, verdictOf } from '../../judge.ts';
import type { BoundLimit } from '../../judge.ts';
import type { MethodWarning, PlausibilityStop, Verdict } from '../../method.ts';
import type { PaperTable } from '../../table.ts';
import { CLAUSE_SETTING, CONSISTENCY_LIMITS, INITIAL_KEY, SETTING, finalKey } from './data.ts';
import type { ConsistencyInputs } from './fields.ts';
import { LOOK, NOT_CHECKED, VERDICT_WORDS, limitStep, mayJudge, unchecked } from './part.ts';
import type { Part } from './part.ts';
import { checkLog } from './settingLog.ts';
import type { SettingLog } from './settingLog.ts';

export interface SettingOutputs {
  initial_min: string;
  final_min: string;
}

/** Shorter times are a false set or a slip of the clock. */
const LIKELY = { initial_min: '20', between_min: '10' } as const;

interface Half {
  label: '初凝时间' | '终凝时间';
  field: string;
  value: string;
  limit: BoundLimit;
  verdict: Verdict;
}

function logTable(
  caption: string,
  times: readonly string[] | undefined,
  head: { head: string; unit?: string },
  readings: readonly string[] | undefined,
): PaperTable[] {
  if (times === undefined || readings === undefined) return [];
  return [
    {
      caption,
      columns: [{ head: '测试', width: 0.6 }, { head: '自加水起', unit: 'min' }, head],
      rows: times.map((time, index) => [String(index + 1), time, readings[index] ?? '—']),
    },
  ];
}

function stopsOf(initial: string, final: string): PlausibilityStop[] {
  const early = new Exact(initial).lessThan(LIKELY.initial_min);
  const close = new Exact(final).minus(initial).lessThan(LIKELY.between_min);
  if (!early && !close) return [];
  return [
    {
      code: 'STOP_CEMENT_SETTING',
      message: early
        ? `初凝时间 ${initial} min，不足 ${LIKELY.initial_min} min。`
        : `初凝 ${initial} min 与终凝 ${final} min 相隔不足 ${LIKELY.between_min} min。`,
      meaning: '可能是假凝、加水时刻或读数有误。',
      next: LOOK,
      field: early ? 'initialSetting_min' : 'finalSetting_min',
      clause: CLAUSE_SETTING,
    },
  ];
}

function warningsOf(halves: readonly Half[], judgement: string): MethodWarning[] {
  return halves
    .filter((half) => half.verdict === 'unqualified')
    .map(({ label, field, value, limit }) => ({
      code: 'CEMENT_SETTING_OUT',
      message: `${label} ${value} min，技术要求 ${requirementText(limit)}。`,
      meaning: `不符合 ${judgement} ${limit.clause}。`,
      next: '请通知质量负责人，列入不合格台账并按规定报告。',
      field,
      clause: `${judgement} ${limit.clause}`,
      notify: 'supervisor',
    }));
}

export function settingPart(inputs: ConsistencyInputs, context: EvaluationContext): Part<SettingOutputs> | null {
  const { initialSetting_min: initial, finalSetting_min: final } = inputs;
  if (initial === undefined || final === undefined) return null;
  if (new Exact(final).lessThanOrEqualTo(initial)) {
    const message = `终凝时间 ${final} min 不晚于初凝时间 ${initial} min。`;
    throw refusal('METHOD_CONFLICT', message, 'finalSetting_min', CLAUSE_SETTING, '请核对初凝和终凝时间。');
  }
  const logs: readonly SettingLog[] = [
    {
      which: 'initial',
      label: '初凝',
      timesField: 'initialLogTime_min',
      readingsField: 'initialLogDistance_mm',
      times: inputs.initialLogTime_min,
      readings: inputs.initialLogDistance_mm,
      stated: initial,
    },
    {
      which: 'final',
      label: '终凝',
      timesField: 'finalLogTime_min',
      readingsField: 'finalLogMark',
      times: inputs.finalLogTime_min,
      readings: inputs.finalLogMark,
      stated: final,
    },
  ];
  const intervals = logs.flatMap(checkLog);
  const judgement = context.edition.judgement ?? '';
  const judges = mayJudge(context, false);
  const half = (label: Half['label'], field: string, value: string, key: string): Half => {
    const limit = requireLimit(CONSISTENCY_LIMITS, judgement, SETTING, key, 'kind');
    return { label, field, value, limit, verdict: verdictOf(meets(value, limit), judges) };
  };
  const halves = [
    half('初凝时间', 'initialSetting_min', initial, INITIAL_KEY),
    half('终凝时间', 'finalSetting_min', final, finalKey(inputs.kind)),
  ];
  const failed = halves.some(({ verdict }) => verdict === 'unqualified');
  const verdict: Verdict = !judges ? 'not-judged' : failed ? 'unqualified' : 'qualified';
  const conclusion = judges
    ? `，${failed ? '不符合' : '符合'} ${judgement} ${inputs.kind} 的要求`
    : `（${NOT_CHECKED}）`;
  return {
    outputs: { initial_min: initial, final_min: final },
    parameter: {
      parameterCode: SETTING,
      name: '凝结时间（初凝/终凝）',
      value: `${initial}/${final}`,
      unit: 'min',
      requirement: `${halves.map(({ label, limit }) => `${label} ${requirementText(limit)}`).join('，')}${unchecked(judges)}`,
      verdict,
    },
    trace: halves.flatMap(({ label, value, limit }) => [
      { name: label, formula: '自加水时起', value, unit: 'min', rule: '以分钟计', clause: CLAUSE_SETTING },
      limitStep(label, value, limit, judges),
    ]),
    warnings: [...intervals, ...warningsOf(halves, judgement)],
    stops: stopsOf(initial, final),
    words: `初凝时间为 ${initial} min，终凝时间为 ${final} min${conclusion}`,
    record: [
      ...logTable(
        '初凝测试',
        inputs.initialLogTime_min,
        { head: '试针距底板', unit: 'mm' },
        inputs.initialLogDistance_mm,
      ),
      ...logTable(
        '终凝测试',
        inputs.finalLogTime_min,
        { head: '环形附件痕迹' },
        inputs.finalLogMark?.map((mark) => (mark === 'none' ? '无痕迹' : '有痕迹')),
      ),
      {
        caption: '凝结时间',
        columns: [{ head: '加水时刻' }, { head: '初凝时间', unit: 'min' }, { head: '终凝时间', unit: 'min' }],
        rows: [[inputs.waterContactAt ?? '—', { text: initial, strong: true }, { text: final, strong: true }]],
      },
    ],
    rows: halves.map(({ label, value, limit, verdict: own }) => [
      `${label}（min）`,
      `${requirementText(limit)}${unchecked(judges)}`,
      value,
      VERDICT_WORDS[own],
    ]),
  };
}
