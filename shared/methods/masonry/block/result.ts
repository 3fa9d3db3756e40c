// From sizes and loads of five blocks to what the report says of them: mean and least single strength on the gross area.
import { leastOf, meanOf } from '../../foundation/statistics.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import type { MethodWarning, ParameterResult, PlausibilityStop } from '../../method.ts';
import { machineRange } from '../../plausibility.ts';
import { faceStops, faceTrace, facesOf, singleStrength, singleTrace, strengthStops } from '../face.ts';
import type { Face, SingleRule } from '../face.ts';
import { STRENGTH, judgeGrade, unqualifiedWarnings } from '../grade.ts';
import type { Judgement } from '../grade.ts';
import { BLOCK_GRADES, CLAUSE_TEST, PRODUCT } from './data.ts';
import type { BlockInputs } from './fields.ts';

const SINGLE: SingleRule = { step: '0.1', max_MPa: '120', clause: CLAUSE_TEST };

export interface ConcreteBlockOutputs {
  faces: Face[];
  single_MPa: string[];
  mean_MPa: string;
  least_MPa: string;
  /** Highest grade reached; null while the limits may not judge. */
  grade: string | null;
}

export interface BlockResult {
  outputs: ConcreteBlockOutputs;
  judgement: Judgement;
  parameter: ParameterResult;
  trace: TraceStep[];
  text: string;
  warnings: MethodWarning[];
  stops: PlausibilityStop[];
}

export function blockResult(inputs: BlockInputs, judges: boolean): BlockResult {
  const { designGrade, loads_kN: loads, length_mm: lengths, width_mm: widths } = inputs;
  const range = machineRange(loads, inputs.machineRange_kN, { field: 'loads_kN', clause: CLAUSE_TEST });
  const faces = facesOf(lengths, widths);
  const singles = loads.map((load, index) =>
    singleStrength(load, faces[index]?.area_mm2 ?? '', SINGLE, `loads_kN.${index}`),
  );
  const mean = meanOf(singles, '0.1');
  const least = leastOf(singles);
  const judgement = judgeGrade(BLOCK_GRADES, { mean, second: least }, designGrade, judges);
  const { requirements, verdicts } = judgement;
  const text = `该组砌块抗压强度平均值为 ${mean} MPa，单块最小值为 ${least} MPa${judgement.words}。`;
  return {
    outputs: { faces, single_MPa: singles, mean_MPa: mean, least_MPa: least, grade: judgement.grade },
    judgement,
    parameter: {
      parameterCode: STRENGTH,
      name: '抗压强度（平均值/单块最小值）',
      value: `${mean}/${least}`,
      unit: 'MPa',
      requirement:
        requirements === null ? null : `${designGrade}：平均值 ${requirements.mean}，单块最小值 ${requirements.second}`,
      verdict: verdicts.both,
    },
    trace: [
      ...faceTrace(faces, lengths, widths, CLAUSE_TEST),
      ...singleTrace(singles, loads, faces, SINGLE),
      {
        name: '抗压强度平均值',
        formula: 'Σfi / n',
        substituted: `(${singles.join(' + ')}) / ${singles.length}`,
        value: mean,
        unit: 'MPa',
        rule: '修约至 0.1 MPa',
        clause: CLAUSE_TEST,
      },
      {
        name: '单块最小值',
        formula: 'min(fi)',
        value: least,
        unit: 'MPa',
        rule: '五块中的最小值',
        clause: CLAUSE_TEST,
      },
      ...judgement.trace,
    ],
    text,
    warnings: [...range.warnings, ...unqualifiedWarnings(text, verdicts.both, `${PRODUCT} ${BLOCK_GRADES.clause}`)],
    stops: [
      ...range.stops,
      ...faceStops(lengths, { field: 'length_mm', name: '受压面长度', clause: CLAUSE_TEST }),
      ...faceStops(widths, { field: 'width_mm', name: '受压面宽度', clause: CLAUSE_TEST }),
      ...strengthStops(singles, mean, { field: 'loads_kN', clause: CLAUSE_TEST, designGrade }),
    ],
  };
}
