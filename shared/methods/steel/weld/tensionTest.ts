// The tension half of a weld record: from peak loads and fractures to strengths, verdict, words and warnings.
import { refusal } from '../../foundation/decimal.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import { limitOf, requirementText } from '../../judge.ts';
import type { MethodWarning, ParameterResult, PlausibilityStop, Policies, Verdict } from '../../method.ts';
import { machineRange } from '../../plausibility.ts';
import { requireCount } from '../joint/fields.ts';
import type { Round } from '../joint/fields.ts';
import { jointStrengths, strengthStops, strengthTrace } from '../joint/strength.ts';
import { NOT_COMPARED, verdictSentence, verdictWarnings } from '../joint/words.ts';
import { nominalArea } from '../nominal.ts';
import { CLAUSE_STRENGTH, CLAUSE_TENSION_RULE, STANDARD, TEST_STANDARD, T_JOINT, WELD_LIMITS } from './data.ts';
import type { WeldInputs } from './fields.ts';
import { OUTCOME_WORDS, abnormalSpecimens, classOf, fractureTrace, fractureWords, judgeTension } from './tension.ts';
import type { Fracture, TensionVerdict, ThreeBrittle } from './tension.ts';

export interface TensionTest {
  loads_kN: readonly string[];
  fractures: readonly Fracture[];
  fractureDistances_mm: readonly (string | null)[];
  /** Reported strengths; null when the test is void: then no number exists. */
  strengths_MPa: readonly string[] | null;
  standard_MPa: string;
  /** The condition of the standard that applied. */
  rule: string;
  void: boolean;
  parameter: ParameterResult;
  sentence: string;
  trace: readonly TraceStep[];
  warnings: readonly MethodWarning[];
  stops: readonly PlausibilityStop[];
}

export interface Judging {
  /** Whether the limits of JGJ 18-2012 may judge. */
  judges: boolean;
  policies: Policies;
}

/** Loads and fractures that belong together, or null when none of them was read. */
function readingsOf(inputs: WeldInputs): { loads: readonly string[]; fractures: Fracture[] } | null {
  const { loads_kN: loads, fracturePlaces: places, fractureModes: modes } = inputs;
  if (loads === undefined && places === undefined && modes === undefined) return null;
  const missing = (name: string, label: string): never => {
    throw refusal('METHOD_MISSING', `缺少“${label}”。`, name, CLAUSE_TENSION_RULE);
  };
  if (loads === undefined) return missing('loads_kN', '最大力');
  if (places === undefined) return missing('fracturePlaces', '断裂位置');
  if (modes === undefined) return missing('fractureModes', '断裂形式');
  const fractures = places.flatMap((place, index): Fracture[] => {
    const mode = modes[index];
    return mode === undefined ? [] : [{ place, mode }];
  });
  return { loads, fractures };
}

/** A break in the bar at the weld, or in the weld away from it, and a ductile break of the weld: the eye may have erred. */
function fractureStops(fractures: readonly Fracture[], distances: readonly (string | null)[]): PlausibilityStop[] {
  const next = '请复看断口，核对断裂位置、断裂形式和断口离焊缝距离，说明原因并由第二人确认后继续。';
  const stop = (code: string, index: number, field: string, message: string, meaning: string): PlausibilityStop => ({
    code,
    message: `试件 ${index + 1} ${message}`,
    meaning,
    next,
    field: `${field}.${index}`,
    clause: CLAUSE_TENSION_RULE,
  });
  return fractures.flatMap((fracture, index) => {
    const found: PlausibilityStop[] = [];
    const distance = distances[index] ?? null;
    const atWeld = distance !== null && /^0(?:\.0+)?$/.test(distance);
    if (distance !== null && atWeld !== (fracture.place === '焊缝') && fracture.place !== '热影响区') {
      const message = `${fractureWords(fracture)}，而断口离焊缝距离为 ${distance} mm。`;
      found.push(
        stop(
          'STOP_FRACTURE_PLACE',
          index,
          'fractureDistances_mm',
          message,
          '断裂位置与距离互相矛盾，断裂位置决定判定。',
        ),
      );
    }
    if (classOf(fracture) === 'weld-ductile') {
      const meaning = '合格和复验条件中没有断于焊缝的延性断裂，按其余情形评为不合格。';
      found.push(stop('STOP_WELD_DUCTILE', index, 'fractureModes', `${fractureWords(fracture)}。`, meaning));
    }
    return found;
  });
}

function verdictOf({ outcome }: TensionVerdict, judges: boolean): Verdict {
  return outcome === 'void' || !judges ? 'not-judged' : outcome;
}

function voidWarning(rule: string): MethodWarning {
  return {
    code: 'WELD_TENSION_VOID',
    message: `${rule}。`,
    meaning: '该组拉伸试验没有结果，不得打印任何强度数值，也不能判定接头。',
    next: '请通知质量负责人和委托方，检查钢筋的材质性能，查明后重新取样。',
    clause: CLAUSE_TENSION_RULE,
    notify: 'supervisor',
  };
}

function sentenceOf(verdict: Verdict, isVoid: boolean, byHand: boolean): string {
  if (isVoid) return '拉伸试验有试件断于母材且呈脆性断裂，属异常，拉伸试验结果无效，应检查钢筋的材质性能';
  if (verdict !== 'not-judged') return verdictSentence('拉伸试验', verdict, STANDARD);
  return byHand ? '拉伸试验结果：预埋件钢筋 T 形接头需人工判定' : `拉伸试验结果：${NOT_COMPARED}`;
}

export function tensionTest(inputs: WeldInputs, { judges, policies }: Judging): TensionTest | null {
  const readings = readingsOf(inputs);
  if (readings === null) return null;
  const { loads, fractures } = readings;
  const round: Round = inputs.round;
  requireCount(loads, round, 'loads_kN', '最大力', CLAUSE_TENSION_RULE);
  const limit = limitOf(WELD_LIMITS, STANDARD, 'KL', inputs.grade);
  if (limit?.min === undefined) throw new RangeError(`no tensile standard value of ${inputs.grade}`);
  const standard = limit.min;

  const found = machineRange(loads, inputs.machineRange_kN, {
    field: 'loads_kN',
    clause: CLAUSE_STRENGTH,
    label: '最大力',
  });
  const strengths = jointStrengths(loads, nominalArea(inputs.nominalDiameter_mm), TEST_STANDARD, CLAUSE_STRENGTH);
  const reported = strengths.map((strength) => strength.reported_MPa);
  const decided = judgeTension(
    fractures.map((fracture, index) => ({ ...fracture, strength_MPa: reported[index] ?? '' })),
    standard,
    round,
    policies['threeBrittleBreaks'] as ThreeBrittle,
  );
  const isVoid = abnormalSpecimens(fractures).length > 0;
  const byHand = inputs.weldType === T_JOINT && policies['tJointRule'] !== 'same-rule';
  const verdict = verdictOf(decided, judges && !byHand);
  const sentence = sentenceOf(verdict, isVoid, byHand);
  const distances = inputs.fractureDistances_mm ?? loads.map(() => null);
  const asksNothing = byHand || isVoid;
  return {
    loads_kN: loads,
    fractures,
    fractureDistances_mm: distances,
    strengths_MPa: isVoid ? null : reported,
    standard_MPa: standard,
    rule: decided.rule,
    void: isVoid,
    parameter: {
      parameterCode: 'KL',
      name: '抗拉强度',
      value: isVoid ? null : reported.join('/'),
      unit: 'MPa',
      requirement: requirementText(limit),
      verdict,
    },
    sentence,
    trace: [
      ...(isVoid ? [] : strengthTrace(strengths, '抗拉强度', CLAUSE_STRENGTH)),
      ...fractureTrace(fractures),
      {
        name: '钢筋母材抗拉强度标准值',
        symbol: 'fk',
        formula: `查表：${inputs.grade}`,
        value: isVoid ? null : standard,
        unit: 'MPa',
        rule: '按修约至 5 MPa 的抗拉强度比较',
        clause: CLAUSE_TENSION_RULE,
      },
      {
        name: '拉伸试验评定',
        formula: round === 'retest' ? '复验 6 个试件' : '初验 3 个试件',
        value: isVoid ? null : verdict === 'not-judged' ? '需人工判定' : OUTCOME_WORDS[decided.outcome],
        rule: asksNothing || judges ? decided.rule : `${decided.rule}（${NOT_COMPARED}）`,
        clause: CLAUSE_TENSION_RULE,
      },
    ],
    warnings: [
      ...found.warnings,
      ...(isVoid
        ? [voidWarning(decided.rule)]
        : verdictWarnings('WELD_TENSION', sentence, verdict, CLAUSE_TENSION_RULE)),
    ],
    stops: [
      ...found.stops,
      ...(isVoid ? [] : strengthStops(strengths, standard, CLAUSE_STRENGTH)),
      ...fractureStops(fractures, distances),
    ],
  };
}
