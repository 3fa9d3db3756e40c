// The tension half of a splice record: from peak loads and breaks to strengths, verdict, words and warnings.
import { Exact, refusal } from '../../foundation/decimal.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import type { MethodWarning, ParameterResult, PlausibilityStop, Verdict } from '../../method.ts';
import { machineRange } from '../../plausibility.ts';
import { barOf } from '../joint/bars.ts';
import { requireCount } from '../joint/fields.ts';
import { jointStrengths, reaches, shown, strengthStops, strengthTrace } from '../joint/strength.ts';
import type { JointStrength } from '../joint/strength.ts';
import { NOT_COMPARED, verdictSentence, verdictWarnings } from '../joint/words.ts';
import { nominalArea } from '../nominal.ts';
import { CLAUSE_LIMIT, CLAUSE_PROCESS, CLAUSE_RULE, CLAUSE_TEST, ROUNDING, STANDARD, thresholdOf } from './data.ts';
import type { Failure, SpliceComparison, Threshold } from './data.ts';
import { failureOf } from './fields.ts';
import type { Break, SpliceInputs } from './fields.ts';
import { OUTCOME_WORDS, judgeSplices } from './judge.ts';
import type { Inspection } from './judge.ts';

export interface SpliceSpecimen {
  load_kN: string;
  strength_MPa: string;
  break: Break;
  failure: Failure;
  threshold: Threshold;
}

export interface SpliceTensionTest {
  specimens: readonly SpliceSpecimen[];
  failed: number;
  rule: string;
  requirement: string;
  parameter: ParameterResult;
  sentence: string;
  trace: readonly TraceStep[];
  warnings: readonly MethodWarning[];
  stops: readonly PlausibilityStop[];
}

/** How a result reaches its threshold under the lab's comparison; the threshold itself is never rounded. */
export function isReached(strength: JointStrength, threshold_MPa: string, comparison: SpliceComparison): boolean {
  return comparison === 'full-value'
    ? reaches(strength, threshold_MPa)
    : new Exact(strength.reported_MPa).greaterThanOrEqualTo(threshold_MPa);
}

/** `≥540 MPa（钢筋拉断）或 ≥594 MPa（连接件破坏）`; one figure where both kinds of failure have the same. */
function requirementOf({ grade, spliceLevel: level }: SpliceInputs): string {
  const { fstk_MPa: fstk, fyk_MPa: fyk } = barOf(grade);
  const bar = thresholdOf(level, '钢筋拉断', { fstk, fyk }).value_MPa;
  const connector = thresholdOf(level, '连接件破坏', { fstk, fyk }).value_MPa;
  return bar === connector ? `≥${bar} MPa` : `≥${bar} MPa（钢筋拉断）或 ≥${connector} MPa（连接件破坏）`;
}

function readingsOf(inputs: SpliceInputs): { loads: readonly string[]; breaks: readonly Break[] } | null {
  const { loads_kN: loads, breaks } = inputs;
  if (loads === undefined && breaks === undefined) return null;
  if (loads === undefined) throw refusal('METHOD_MISSING', '缺少“最大拉力”。', 'loads_kN', CLAUSE_TEST);
  if (breaks === undefined) throw refusal('METHOD_MISSING', '缺少“断裂位置”。', 'breaks', CLAUSE_LIMIT);
  return { loads, breaks };
}

function warningsOf(verdict: Verdict, inspection: Inspection, sentence: string): MethodWarning[] {
  if (verdict !== 'unqualified' || inspection !== '工艺检验') {
    return verdictWarnings('SPLICE_TENSION', sentence, verdict, CLAUSE_RULE);
  }
  return [
    {
      code: 'SPLICE_TENSION_UNQUALIFIED',
      message: `${sentence}。`,
      meaning: '工艺检验不合格，不能按该工艺批量加工接头。',
      next: '请通知质量负责人和委托方，调整工艺参数后重新进行工艺检验。',
      clause: CLAUSE_PROCESS,
      notify: 'supervisor',
    },
  ];
}

function specimenTrace(
  specimen: SpliceSpecimen,
  strength: JointStrength,
  index: number,
  comparison: SpliceComparison,
): TraceStep {
  const { threshold, failure } = specimen;
  const compared = comparison === 'full-value' ? shown(strength) : specimen.strength_MPa;
  const mode = comparison === 'full-value' ? '全数值比较法（用未修约的商交叉相乘比较）' : '修约值比较法（限值不修约）';
  return {
    name: `试件 ${index + 1} 与要求比较`,
    symbol: 'f0mst',
    formula: `f0mst ≥ ${threshold.formula}（${failure}）`,
    substituted: `${compared} 与 ${threshold.substituted}`,
    value: isReached(strength, threshold.value_MPa, comparison) ? '符合' : '不符合',
    rule: `${specimen.break}，按${failure}；${mode}`,
    clause: CLAUSE_LIMIT,
  };
}

export function spliceTensionTest(
  inputs: SpliceInputs,
  judges: boolean,
  comparison: SpliceComparison,
): SpliceTensionTest | null {
  const readings = readingsOf(inputs);
  if (readings === null) return null;
  const { loads, breaks } = readings;
  const { round, inspection, spliceLevel: level } = inputs;
  requireCount(loads, round, 'loads_kN', '最大拉力', CLAUSE_RULE);
  const at = { field: 'loads_kN', clause: CLAUSE_TEST, label: '最大拉力' };
  const found = machineRange(loads, inputs.machineRange_kN, at);
  const strengths = jointStrengths(loads, nominalArea(inputs.nominalDiameter_mm), ROUNDING, CLAUSE_TEST);
  const { fstk_MPa: fstk, fyk_MPa: fyk } = barOf(inputs.grade);
  const joined = strengths.map((strength, index) => {
    const broken = breaks[index] as Break;
    const failure = failureOf(broken);
    const specimen: SpliceSpecimen = {
      load_kN: strength.load_kN,
      strength_MPa: strength.reported_MPa,
      break: broken,
      failure,
      threshold: thresholdOf(level, failure, { fstk, fyk }),
    };
    return { strength, specimen };
  });
  const met = joined.map(({ strength, specimen }) => isReached(strength, specimen.threshold.value_MPa, comparison));
  const decided = judgeSplices(met, round, inspection);
  const verdict: Verdict = judges ? decided.outcome : 'not-judged';
  const sentence =
    verdict === 'not-judged'
      ? `极限抗拉强度试验结果：${NOT_COMPARED}`
      : verdictSentence('极限抗拉强度试验', verdict, STANDARD, `${level}级接头`);
  const specimens = joined.map(({ specimen }) => specimen);
  const requirement = requirementOf(inputs);
  return {
    specimens,
    failed: decided.failed,
    rule: decided.rule,
    requirement,
    parameter: {
      parameterCode: 'KL',
      name: '极限抗拉强度',
      value: specimens.map(({ strength_MPa: value }) => value).join('/'),
      unit: 'MPa',
      requirement,
      verdict,
    },
    sentence,
    trace: [
      ...strengthTrace(strengths, '极限抗拉强度', CLAUSE_TEST),
      ...joined.map(({ specimen, strength }, index) => specimenTrace(specimen, strength, index, comparison)),
      {
        name: '极限抗拉强度评定',
        formula: `${inspection}，${round === 'retest' ? '复验 6 个试件' : '初验 3 个试件'}`,
        value: verdict === 'not-judged' ? '需人工判定' : OUTCOME_WORDS[decided.outcome],
        rule: judges ? decided.rule : `${decided.rule}（${NOT_COMPARED}）`,
        clause: inspection === '工艺检验' ? CLAUSE_PROCESS : CLAUSE_RULE,
      },
    ],
    warnings: [...found.warnings, ...warningsOf(verdict, inspection, sentence)],
    stops: [...found.stops, ...strengthStops(strengths, fstk, CLAUSE_TEST)],
  };
}
