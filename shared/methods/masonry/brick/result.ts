// From sizes and loads of ten bricks to what the report says of them, under the edition of the commission.
import { Exact } from '../../foundation/decimal.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import type { Edition, MethodWarning, ParameterResult, PlausibilityStop } from '../../method.ts';
import { machineRange } from '../../plausibility.ts';
import { faceStops, faceTrace, facesOf, singleStrength, singleTrace, strengthStops } from '../face.ts';
import type { Face } from '../face.ts';
import { STRENGTH, judgeGrade, unqualifiedWarnings } from '../grade.ts';
import type { Judgement } from '../grade.ts';
import { BRICK_GRADES, CHARACTERISTIC, CLAUSE_TEST, CURRENT, RATE } from './data.ts';
import type { CharacteristicRule } from './data.ts';
import type { BrickInputs } from './fields.ts';
import { SINGLE, brickStrength } from './strength.ts';
import type { BrickStrength } from './strength.ts';

export interface FiredBrickOutputs extends Omit<BrickStrength, 'trace'> {
  faces: Face[];
  single_MPa: string[];
  /** Highest grade reached; null while the limits may not judge. */
  grade: string | null;
}

export interface BrickResult {
  outputs: FiredBrickOutputs;
  rule: CharacteristicRule;
  judgement: Judgement;
  parameter: ParameterResult;
  trace: TraceStep[];
  text: string;
  warnings: MethodWarning[];
  stops: PlausibilityStop[];
}

const NOT_COLLECTED = '限值未收录';

/** The edition of 2003 has limits of its own, which are not collected: a person judges old work. */
function judgementOf(
  edition: Edition,
  strength: BrickStrength,
  designGrade: string | undefined,
  judges: boolean,
): Judgement {
  const { mean_MPa: mean, fk_MPa: fk } = strength;
  if (edition.id === CURRENT && fk !== null) return judgeGrade(BRICK_GRADES, { mean, second: fk }, designGrade, judges);
  return {
    grade: null,
    requirements: designGrade === undefined ? null : { mean: NOT_COLLECTED, second: NOT_COLLECTED },
    verdicts: { mean: 'not-judged', second: 'not-judged', both: 'not-judged' },
    words: `（${edition.id} 的强度等级限值未收录，需人工判定）`,
    trace: [],
  };
}

function rateWarnings(rates: readonly string[] | undefined): MethodWarning[] {
  return (rates ?? []).flatMap((rate, index) => {
    const value = new Exact(rate);
    if (value.greaterThanOrEqualTo(RATE.min_kN_s) && value.lessThanOrEqualTo(RATE.max_kN_s)) return [];
    return [
      {
        code: 'BRICK_LOADING_RATE',
        message: `试样 ${index + 1} 加荷速度 ${rate} kN/s，不在常用的 ${RATE.min_kN_s}～${RATE.max_kN_s} kN/s 之内。`,
        meaning: '加荷速度会影响强度；该范围未与标准原文核对。',
        next: '请对照标准核对加荷速度，并在原始记录中说明。',
        field: `loadingRates_kN_s.${index}`,
        clause: CLAUSE_TEST,
      },
    ];
  });
}

export function brickResult(inputs: BrickInputs, edition: Edition, judges: boolean): BrickResult {
  const rule = CHARACTERISTIC[edition.id];
  if (rule === undefined) throw new RangeError(`no rule for ${edition.id}`);
  const { designGrade, loads_kN: loads, length_mm: lengths, width_mm: widths } = inputs;
  const range = machineRange(loads, inputs.machineRange_kN, { field: 'loads_kN', clause: CLAUSE_TEST });
  const faces = facesOf(lengths, widths);
  const singles = loads.map((load, index) =>
    singleStrength(load, faces[index]?.area_mm2 ?? '', SINGLE, `loads_kN.${index}`),
  );
  const strength = brickStrength(singles, rule);
  const judgement = judgementOf(edition, strength, designGrade, judges);
  const { mean_MPa: mean, fk_MPa: fk, least_MPa: least } = strength;
  const second = fk === null ? `单块最小值为 ${least} MPa` : `强度标准值为 ${fk} MPa`;
  const text = `该组砖样抗压强度平均值为 ${mean} MPa，${second}${judgement.words}。`;
  const { requirements } = judgement;
  return {
    outputs: {
      faces,
      single_MPa: singles,
      mean_MPa: mean,
      S_MPa: strength.S_MPa,
      variation: strength.variation,
      fk_MPa: fk,
      least_MPa: least,
      grade: judgement.grade,
    },
    rule,
    judgement,
    parameter: {
      parameterCode: STRENGTH,
      name: `抗压强度（平均值/${fk === null ? '单块最小值' : '标准值'}）`,
      value: `${mean}/${fk ?? least}`,
      unit: 'MPa',
      requirement:
        requirements === null ? null : `${designGrade}：平均值 ${requirements.mean}，强度标准值 ${requirements.second}`,
      verdict: judgement.verdicts.both,
    },
    trace: [
      ...faceTrace(faces, lengths, widths, CLAUSE_TEST),
      ...singleTrace(singles, loads, faces, SINGLE),
      ...strength.trace,
      ...judgement.trace,
    ],
    text,
    warnings: [
      ...range.warnings,
      ...rateWarnings(inputs.loadingRates_kN_s),
      ...unqualifiedWarnings(text, judgement.verdicts.both, `${edition.id} ${BRICK_GRADES.clause}`),
    ],
    stops: [
      ...range.stops,
      ...faceStops(lengths, { field: 'length_mm', name: '受压面长度', clause: CLAUSE_TEST }),
      ...faceStops(widths, { field: 'width_mm', name: '受压面宽度', clause: CLAUSE_TEST }),
      ...strengthStops(singles, mean, { field: 'loads_kN', clause: CLAUSE_TEST, designGrade }),
    ],
  };
}
