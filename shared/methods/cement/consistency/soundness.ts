// 安定性, 雷氏法: growth C − A of two moulds, compared as their exact mean with 5.0 mm. Above it the same sample is tested
// once more at once, and that second test decides: a first test above 5.0 mm asks for the retest, it does not fail.
import { Exact, refusal } from '../../foundation/decimal.ts';
import type { EvaluationContext } from '../../define.ts';
import { meets, requireLimit, requirementText } from '../../judge.ts';
import type { MethodWarning, PlausibilityStop, Verdict } from '../../method.ts';
import { CLAUSE_SOUNDNESS, CONSISTENCY_LIMITS, SOUNDNESS, SOUNDNESS_KEY } from './data.ts';
import type { ConsistencyInputs } from './fields.ts';
import { LOOK, NOT_CHECKED, VERDICT_WORDS, limitStep, mayJudge, unchecked } from './part.ts';
import type { Part } from './part.ts';

export type SoundnessRound = 'initial' | 'retest';

export interface SoundnessOutputs {
  round: SoundnessRound;
  growth_mm: string[];
  mean_mm: string;
}

export const ROUND_NAME: Readonly<Record<SoundnessRound, string>> = { initial: '首次', retest: '复检' };

/** Exact, with at least one decimal: the mean of two readings to 0.5 mm ends after two. */
const millimetres = (value: Exact): string => value.toFixed(Math.max(1, value.decimalPlaces()));

function warningsOf(verdict: Verdict, mean: string, clause: string): MethodWarning[] {
  if (verdict === 'retest') {
    return [
      {
        code: 'CEMENT_SOUNDNESS_RETEST',
        message: `安定性（雷氏法）首次 C−A 平均值 ${mean} mm，超过 5.0 mm。`,
        meaning: '首次结果不作合格与否的判定，以复检结果为准。',
        next: '请立即用同一样品重做一次安定性试验，另立复检记录。',
        field: 'needleC_mm',
        clause,
        notify: 'supervisor',
      },
    ];
  }
  if (verdict !== 'unqualified') return [];
  return [
    {
      code: 'CEMENT_SOUNDNESS_OUT',
      message: `安定性（雷氏法）复检 C−A 平均值 ${mean} mm，超过 5.0 mm。`,
      meaning: '安定性不符合要求，该批水泥不得使用。',
      next: '请通知质量负责人，列入不合格台账并按规定报告。',
      field: 'needleC_mm',
      clause,
      notify: 'supervisor',
    },
  ];
}

export function soundnessPart(inputs: ConsistencyInputs, context: EvaluationContext): Part<SoundnessOutputs> | null {
  const { needleA_mm: before, needleC_mm: after, soundnessRound: round } = inputs;
  if (before === undefined || after === undefined) return null;
  if (round === undefined) {
    const next = '请选择首次或复检：同一读数在首次和复检时结论不同。';
    throw refusal('METHOD_MISSING', '缺少“安定性试验次数”。', 'soundnessRound', CLAUSE_SOUNDNESS, next);
  }
  const growth = after.map((c, index) => new Exact(c).minus(before[index] ?? '0'));
  const mean = millimetres(growth.reduce((sum, value) => sum.plus(value), new Exact(0)).div(growth.length));
  const limit = requireLimit(CONSISTENCY_LIMITS, context.edition.test, SOUNDNESS, SOUNDNESS_KEY, 'kind');
  const judges = mayJudge(context, true);
  const failed: Verdict = round === 'initial' ? 'retest' : 'unqualified';
  const verdict: Verdict = !judges ? 'not-judged' : meets(mean, limit) ? 'qualified' : failed;
  const name = '安定性（雷氏法）';
  const growths = growth.map(millimetres);
  const requirement = `C−A 平均值 ${requirementText(limit)}${unchecked(judges)}`;
  const conclusions: Readonly<Record<Verdict, string>> = {
    qualified: '，符合要求',
    unqualified: '，不符合要求',
    retest: '，应用同一样品立即重做一次，以复检结果为准',
    'not-judged': `（${NOT_CHECKED}）`,
  };
  const stops = growth.flatMap((value, index): PlausibilityStop[] =>
    value.isNegative() && !value.isZero()
      ? [
          {
            code: 'STOP_CEMENT_NEEDLE',
            message: `雷氏夹 ${index + 1} 沸煮后 ${after[index]} mm 小于沸煮前 ${before[index]} mm。`,
            meaning: '沸煮后间距一般不会减小，读数可能录反或样品有误。',
            next: LOOK,
            field: `needleC_mm.${index}`,
            clause: CLAUSE_SOUNDNESS,
          },
        ]
      : [],
  );
  return {
    outputs: { round, growth_mm: growths, mean_mm: mean },
    parameter: { parameterCode: SOUNDNESS, name, value: mean, unit: 'mm', requirement, verdict },
    trace: [
      ...growths.map((value, index) => ({
        name: `雷氏夹 ${index + 1} 增加距离`,
        formula: 'C − A',
        substituted: `${after[index]} − ${before[index]}`,
        value,
        unit: 'mm',
        rule: '不修约',
        clause: CLAUSE_SOUNDNESS,
      })),
      {
        name: `${name}${ROUND_NAME[round]}平均值`,
        formula: 'Σ(C − A) / 2',
        substituted: `(${growths.join(' + ')}) / 2`,
        value: mean,
        unit: 'mm',
        rule: '平均值不修约',
        clause: CLAUSE_SOUNDNESS,
      },
      {
        ...limitStep(`${name}${ROUND_NAME[round]}`, mean, limit, judges),
        ...(verdict === 'retest' ? { value: '需复检', rule: '首次超过，用同一样品立即重做一次，以复检结果为准' } : {}),
      },
    ],
    warnings: warningsOf(verdict, mean, `${limit.standard} ${limit.clause}`),
    stops,
    words: `${name}${ROUND_NAME[round]} C−A 平均值为 ${mean} mm${conclusions[verdict]}`,
    record: [
      {
        caption: `${name}${ROUND_NAME[round]}`,
        columns: [
          { head: '雷氏夹' },
          { head: 'A', unit: 'mm' },
          { head: 'C', unit: 'mm' },
          { head: 'C−A', unit: 'mm' },
          { head: '平均值', unit: 'mm' },
        ],
        rows: growths.map((value, index) => [
          String(index + 1),
          before[index] ?? '—',
          after[index] ?? '—',
          value,
          ...(index === 0 ? [{ text: mean, strong: true, down: growths.length } as const] : []),
        ]),
      },
    ],
    rows: [[`${name}（mm）${round === 'retest' ? '，复检' : ''}`, requirement, mean, VERDICT_WORDS[verdict]]],
  };
}
