// One bar sample from readings to answer, for all three methods: figures, items, verdicts, sentence, stops, tables.
import { refusal } from '../../foundation/decimal.ts';
import type { EvaluationContext } from '../../define.ts';
import type { Acquisition, Evaluation } from '../../method.ts';
import { machineRange } from '../../plausibility.ts';
import { checkExtensometers, isConfirmed } from './extension.ts';
import { checkReadings } from './checks.ts';
import { CLAUSE_MACHINE, PARAMETERS } from './data.ts';
import type { Code } from './data.ts';
import type { RebarReadings } from './readings.ts';
import { strength, tellingStep } from './figures.ts';
import { bendItem, elongationItem, numberItem } from './items.ts';
import type { ElongationItem, Item, ItemContext } from './items.ts';
import { joined, recordTables } from './papers.ts';
import { choicesOf } from './policies.ts';
import { formerOf, requirementOf } from './product.ts';
import type { RebarProduct } from './product.ts';
import type { Ratio } from './ratio.ts';
import { reportTables } from './report.ts';
import { usualBarLoad } from '../joint/bars.ts';
import { areaOf, figuresOf, gaugeOf } from './sample.ts';
import { rebarStops } from './stops.ts';
import { figureTrace, neededFor } from './trace.ts';
import { conclusion, itemWarnings } from './words.ts';

/** Figures of the commissioned parameters; null for one that was not asked for or has no value. */
export interface RebarOutputs {
  grade: string;
  nominalDiameter_mm: string;
  area_mm2: string;
  gaugeLength_mm: string;
  ReL_MPa: string[] | null;
  /** Which of them are Rp0.2, in the place of a yield that the bar does not have; absent where none is. */
  proof?: boolean[];
  /** Which Agt were read by the extensometer; absent where none was. */
  agtByExtensometer?: boolean[];
  Rm_MPa: string[] | null;
  A_percent: (string | null)[] | null;
  Agt_percent: string[] | null;
  Rm_ReL_ratio: string[] | null;
  ReL_characteristic_ratio: string[] | null;
  bendFormer_mm: string | null;
  reverseBendFormer_mm: string | null;
  massDeviation_percent: string | null;
}

/** A call without a commission asks for everything, also for a code that nothing has. */
const hasCommission = (context: EvaluationContext): boolean => !context.asked('');

function itemOf(code: Code, at: ItemContext): Item | null {
  const { figures, readings, product } = at;
  if (code === 'WQ' || code === 'FW') return bendItem(code, at);
  if (code === 'ZLPC') return figures.ZLPC === null ? null : numberItem(code, [figures.ZLPC], at);
  const found = figures[code];
  if (found === null) return null;
  if (code === 'SC') return elongationItem(found, readings.fractureDistance_mm ?? [], at);
  // Ratios follow from the forces alone: where nothing is required of them they are reported only when asked for.
  const ratioWithoutLimit = (code === 'QQB' || code === 'QBB') && product.keyOf(code, readings) === null;
  return ratioWithoutLimit && !hasCommission(at.context) ? null : numberItem(code, found, at);
}

const isElongation = (item: Item): item is ElongationItem => 'states' in item;

function outputsOf({ figures, readings }: ItemContext, items: readonly Item[]): RebarOutputs {
  const valuesOf = (code: Code): (string | null)[] | null => items.find((item) => item.code === code)?.values ?? null;
  const full = (code: Code): string[] | null => valuesOf(code)?.filter((value) => value !== null) ?? null;
  const former = (code: Code): string | null => {
    const limit = items.find((item) => item.code === code)?.limit ?? null;
    return limit === null ? null : formerOf(limit, readings.nominalDiameter_mm);
  };
  return {
    grade: readings.grade,
    nominalDiameter_mm: readings.nominalDiameter_mm,
    area_mm2: figures.area_mm2,
    gaugeLength_mm: figures.gauge_mm,
    ReL_MPa: full('QF'),
    ...(figures.QF?.some(({ by }) => by === 'proof') ? { proof: figures.QF.map(({ by }) => by === 'proof') } : {}),
    ...(figures.ZL?.some(({ by }) => by === 'gauge')
      ? { agtByExtensometer: figures.ZL.map(({ by }) => by === 'gauge') }
      : {}),
    Rm_MPa: full('KL'),
    A_percent: valuesOf('SC'),
    Agt_percent: full('ZL'),
    Rm_ReL_ratio: full('QQB'),
    ReL_characteristic_ratio: full('QBB'),
    bendFormer_mm: former('WQ'),
    reverseBendFormer_mm: former('FW'),
    massDeviation_percent: full('ZLPC')?.[0] ?? null,
  };
}

export function evaluateRebar(
  product: RebarProduct,
  readings: RebarReadings,
  context: EvaluationContext,
): Evaluation<RebarOutputs> {
  const { edition, policies } = context;
  const choices = choicesOf(policies);
  const diameter = readings.nominalDiameter_mm;
  checkReadings(readings, product, policies, { area: areaOf(diameter), gauge: gaugeOf(diameter) });
  const coarse = checkExtensometers(readings, isConfirmed(policies));
  const range = machineRange(readings.Fm_kN, readings.machineRange_kN, {
    field: 'Fm_kN',
    clause: CLAUSE_MACHINE,
    label: '最大力',
  });
  const massStep = (exact: Ratio): string => {
    const { limit } = requirementOf(product, 'ZLPC', readings, edition);
    return choices.fullValueMass ? tellingStep(exact, limit ?? {}) : (limit?.step ?? '0.1');
  };
  const figures = figuresOf(readings, choices, massStep);
  const at: ItemContext = {
    product,
    readings,
    figures,
    context,
    fullValueMass: choices.fullValueMass,
    extensionConfirmed: isConfirmed(policies),
  };
  const items = product.codes
    .filter((code) => context.asked(code))
    .flatMap((code) => {
      const item = itemOf(code, at);
      return item === null ? [] : [item];
    });
  if (items.length === 0) {
    const message = '没有所检参数的读数。';
    throw refusal('METHOD_MISSING', message, 'inputs', edition.test, '请录入所委托参数的读数。');
  }
  const elongation = items.find(isElongation);
  const needed = neededFor(items.map(({ code }) => code));
  const facts = { readings, figures, items, elongation, needed, retests: product.retests };
  return {
    outputs: outputsOf(at, items),
    trace: [
      ...figureTrace(
        needed,
        { figures, readings, elongation },
        { choices, standard: product.standardOf('KL', edition, readings.grade) },
      ),
      ...items.flatMap((item) => item.trace),
    ],
    valid: items.some(({ values }) => values.some((value) => value !== null)),
    text: conclusion(items, readings, product.retests),
    parameters: items.map((item) => ({
      parameterCode: item.code,
      name: PARAMETERS[item.code].name,
      value: joined(item.values),
      unit: PARAMETERS[item.code].unit,
      requirement: item.requirement,
      verdict: item.verdict,
    })),
    warnings: [...range.warnings, ...coarse, ...itemWarnings(items, elongation)],
    stops: [...range.stops, ...rebarStops(readings, figures)],
    record: recordTables(facts),
    report: reportTables(product.kind, facts),
  };
}

/** The run of the universal machine: its peak is Fm, its curve gives FeL where there is a yield and, with an extensometer,
 *  Fp0.2 where there is none; the tensile strength stands on the screen at once. */
export const MAXIMUM_FORCE: Acquisition = {
  field: 'Fm_kN',
  detector: 'tension',
  curve: { FeL: 'FeL_kN', Fp02: 'Fp02_kN' },
  usualLoad_kN: usualBarLoad,
  preview: {
    label: '抗拉强度',
    unit: 'MPa',
    value: ({ nominalDiameter_mm: diameter }, peak) =>
      diameter === undefined ? null : strength(peak, areaOf(diameter), 'YB/T 081-2013').value,
  },
};

/** Where Agt is asked for as well, the extensometer may give it. */
export const MAXIMUM_FORCE_AND_AGT: Acquisition = {
  ...MAXIMUM_FORCE,
  curve: { ...MAXIMUM_FORCE.curve, Agt: 'agtExtension_percent' },
};
