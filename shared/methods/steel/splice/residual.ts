// Residual deformation u0 of mechanical splices, JGJ 107-2016 3.0.7: the mean of three specimens, to 0.01 mm, against
// the limit of the grade and the diameter.
import { Exact, roundRatio } from '../../foundation/decimal.ts';
import { sumOf } from '../../foundation/statistics.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import { requireLimit, requirementText, verdictOf } from '../../judge.ts';
import type { MethodWarning, ParameterResult, PlausibilityStop } from '../../method.ts';
import { FIRST_COUNT } from '../joint/fields.ts';
import { NOT_COMPARED, verdictSentence } from '../joint/words.ts';
import { CLAUSE_RESIDUAL, RESIDUAL_STEP, SPLICE_LIMITS, STANDARD, residualRow } from './data.ts';
import type { SpliceComparison } from './data.ts';
import type { SpliceInputs } from './fields.ts';

export interface ResidualTest {
  singles_mm: readonly string[];
  mean_mm: string;
  parameter: ParameterResult;
  sentence: string;
  trace: readonly TraceStep[];
  warnings: readonly MethodWarning[];
  stops: readonly PlausibilityStop[];
}

/** Above this a reading is rather a slip of the unit than a deformation. */
const LOOK_ABOVE_MM = '1';

function lookAt(singles: readonly string[]): PlausibilityStop[] {
  return singles.flatMap((single, index): PlausibilityStop[] =>
    new Exact(single).lessThanOrEqualTo(LOOK_ABOVE_MM)
      ? []
      : [
          {
            code: 'STOP_RESIDUAL_DEFORMATION',
            message: `试件 ${index + 1} 残余变形 ${single} mm，大于 ${LOOK_ABOVE_MM} mm。`,
            meaning: '这样大的残余变形少见，单位或仪表安装可能有误。',
            next: '请核对仪表读数，说明原因并由第二人确认后继续。',
            field: `residualDeformations_mm.${index}`,
            clause: CLAUSE_RESIDUAL,
          },
        ],
  );
}

function warningOf(sentence: string): MethodWarning {
  return {
    code: 'SPLICE_RESIDUAL_UNQUALIFIED',
    message: `${sentence}。`,
    meaning: '接头变形性能不符合要求，不能按该工艺批量加工接头。',
    next: '请通知质量负责人和委托方，调整工艺参数后重新进行工艺检验。',
    clause: CLAUSE_RESIDUAL,
    notify: 'supervisor',
  };
}

export function residualTest(inputs: SpliceInputs, judges: boolean, comparison: SpliceComparison): ResidualTest | null {
  const { residualDeformations_mm: singles, spliceLevel: level, nominalDiameter_mm: diameter } = inputs;
  if (singles === undefined) return null;
  const limit = requireLimit(SPLICE_LIMITS, STANDARD, 'BX', residualRow(level, diameter), 'spliceLevel');
  const max = limit.max ?? '';
  const sum = sumOf(singles);
  const mean = roundRatio(sum, new Exact(FIRST_COUNT), RESIDUAL_STEP);
  const isMet =
    comparison === 'full-value'
      ? sum.lessThanOrEqualTo(new Exact(max).times(FIRST_COUNT))
      : new Exact(mean).lessThanOrEqualTo(max);
  const verdict = verdictOf(isMet, judges);
  const sentence =
    verdict === 'not-judged'
      ? `残余变形试验结果：${NOT_COMPARED}`
      : verdictSentence('残余变形试验', verdict, STANDARD, `${level}级接头`);
  return {
    singles_mm: singles,
    mean_mm: mean,
    parameter: {
      parameterCode: 'BX',
      name: '残余变形',
      value: mean,
      unit: 'mm',
      requirement: requirementText(limit),
      verdict,
    },
    sentence,
    trace: [
      {
        name: '残余变形平均值',
        symbol: 'u0',
        formula: '(u1 + u2 + u3) / 3',
        substituted: `(${singles.join(' + ')}) / 3`,
        value: mean,
        unit: 'mm',
        rule: `3 个试件的平均值，修约至 ${RESIDUAL_STEP} mm`,
        clause: CLAUSE_RESIDUAL,
      },
      {
        name: '残余变形与要求比较',
        formula: `u0 ${requirementText(limit)}（${limit.appliesTo}）`,
        substituted: comparison === 'full-value' ? `${sum.toFixed()} 与 3 × ${max}` : `${mean} 与 ${max}`,
        value: isMet ? '符合' : '不符合',
        rule: `${comparison === 'full-value' ? '全数值比较法' : '修约值比较法'}${judges ? '' : `（${NOT_COMPARED}）`}`,
        clause: CLAUSE_RESIDUAL,
      },
    ],
    warnings: verdict === 'unqualified' ? [warningOf(sentence)] : [],
    stops: lookAt(singles),
  };
}
