// The bend half of a weld record: from findings and crack widths to verdict, words and warnings.
import { Exact, refusal } from '../../foundation/decimal.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import { limitOf, verdictOf } from '../../judge.ts';
import type { BoundLimit } from '../../judge.ts';
import type { MethodWarning, ParameterResult, Verdict } from '../../method.ts';
import { requireCount } from '../joint/fields.ts';
import { NOT_COMPARED, verdictSentence, verdictWarnings } from '../joint/words.ts';
import { bendSpecimens, bendTrace, bendWords, judgeBend } from './bend.ts';
import type { BendSpecimen } from './bend.ts';
import {
  BENT_TYPES,
  BEND_ANGLE,
  CLAUSE_BEND,
  CLAUSE_BEND_RULE,
  CRACK_WIDTH_MM,
  STANDARD,
  WELD_LIMITS,
} from './data.ts';
import type { WeldInputs } from './fields.ts';
import { OUTCOME_WORDS } from './tension.ts';

export interface BendTest {
  specimens: readonly BendSpecimen[];
  former_mm: string;
  failed: number;
  rule: string;
  parameter: ParameterResult;
  sentence: string;
  trace: readonly TraceStep[];
  warnings: readonly MethodWarning[];
}

function formerOf(grade: string, diameter_mm: string): BoundLimit {
  const row = `${grade} d${new Exact(diameter_mm).greaterThan(25) ? '>' : '≤'}25`;
  const limit = limitOf(WELD_LIMITS, STANDARD, 'WQ', row);
  if (limit === null) throw new RangeError(`no bend former of ${row}`);
  return limit;
}

function formerWarnings(former_mm: string, multiple: string, diameter_mm: string): MethodWarning[] {
  const tabled = new Exact(multiple).times(diameter_mm);
  if (tabled.equals(former_mm)) return [];
  return [
    {
      code: 'WELD_BEND_FORMER',
      message: `弯心直径 ${former_mm} mm，与规定的 ${multiple}d = ${tabled.toFixed()} mm 不一致。`,
      meaning: '弯心直径偏大时试验偏松，偏小时偏严。',
      next: '请核对弯曲压头；用错的，另取试件重做。',
      field: 'bendFormer_mm',
      clause: CLAUSE_BEND_RULE,
    },
  ];
}

function sentenceOf(verdict: Verdict, applies: boolean, weldType: string): string {
  if (!applies) return `弯曲试验结果：${STANDARD} 未规定${weldType}接头的弯曲试验评定，需人工判定`;
  return verdict === 'not-judged' ? `弯曲试验结果：${NOT_COMPARED}` : verdictSentence('弯曲试验', verdict, STANDARD);
}

export function bendTest(inputs: WeldInputs, judges: boolean): BendTest | null {
  const { bendFindings: findings, bendFormer_mm: former, nominalDiameter_mm: diameter, round, weldType } = inputs;
  if (findings === undefined) {
    if (former === undefined && inputs.crackWidths_mm === undefined) return null;
    throw refusal('METHOD_MISSING', '缺少“弯曲 90° 结果”。', 'bendFindings', CLAUSE_BEND);
  }
  if (former === undefined) throw refusal('METHOD_MISSING', '缺少“弯心直径”。', 'bendFormer_mm', CLAUSE_BEND);
  requireCount(findings, round, 'bendFindings', '弯曲 90° 结果', CLAUSE_BEND_RULE);
  const specimens = bendSpecimens(findings, inputs.crackWidths_mm);
  const decided = judgeBend(specimens, round);
  const limit = formerOf(inputs.grade, diameter);
  const multiple = limit.max ?? '';
  const tabled = new Exact(multiple).times(diameter);
  const applies = BENT_TYPES.includes(weldType);
  const verdict =
    decided.outcome === 'retest' && judges && applies
      ? 'retest'
      : verdictOf(decided.outcome === 'qualified', judges && applies);
  const sentence = sentenceOf(verdict, applies, weldType);
  return {
    specimens,
    former_mm: former,
    failed: decided.failed,
    rule: decided.rule,
    parameter: {
      parameterCode: 'WQ',
      name: '弯曲',
      value: specimens.map(bendWords).join('/'),
      unit: '',
      requirement: `弯心直径 ${multiple}d，弯曲 ${BEND_ANGLE}°，外侧裂纹宽度 <${CRACK_WIDTH_MM} mm`,
      verdict,
    },
    sentence,
    trace: [
      {
        name: '弯心直径',
        formula: `${multiple} × d`,
        substituted: `${multiple} × ${diameter}`,
        value: tabled.toFixed(),
        unit: 'mm',
        rule: `所用弯心直径 ${former} mm，${tabled.equals(former) ? '与规定一致' : '与规定不一致'}`,
        clause: CLAUSE_BEND_RULE,
      },
      ...bendTrace(specimens),
      {
        name: '弯曲试验评定',
        formula:
          round === 'retest'
            ? '复验 6 个试件，不多于 2 个不符合为合格'
            : '初验 3 个试件，2 个或 3 个符合为合格，1 个符合应复验',
        value: verdict === 'not-judged' ? '需人工判定' : OUTCOME_WORDS[decided.outcome],
        rule: judges ? decided.rule : `${decided.rule}（${NOT_COMPARED}）`,
        clause: CLAUSE_BEND_RULE,
      },
    ],
    warnings: [
      ...formerWarnings(former, multiple, diameter),
      ...verdictWarnings('WELD_BEND', sentence, verdict, CLAUSE_BEND_RULE),
    ],
  };
}
