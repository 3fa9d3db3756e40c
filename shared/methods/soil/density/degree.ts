// Degree of compaction K = ρd/ρdmax and compaction coefficient λc, and whether they reach what the design asks. The
// required value comes with the commission, never from a table here; evaluating a whole layer (how many points may fall
// short, and by how much) belongs to the acceptance standard of the works and is not done.
import { Exact } from '../../foundation/decimal.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import type { MethodWarning, PlausibilityStop, PolicyDeclaration, Verdict } from '../../method.ts';
import { DENSITY_STEP, STANDARD } from '../data.ts';
import { compareRatios, over, printed, ratio, shownInFull, times } from '../ratio.ts';
import type { Ratio } from '../ratio.ts';
import { INTERMEDIATE_ROUNDING, substituted } from '../rounding.ts';
import type { IntermediateRounding } from '../rounding.ts';
import type { PlaceDescription } from './fields.ts';

const CLAUSE = `${STANDARD} 压实度`;
const CLAUSE_COMPARISON = 'GB/T 8170-2008 4.3';

export const DEGREE_STEP: PolicyDeclaration = {
  name: 'compactionDegreeStep',
  label: '压实度的修约间隔',
  clause: CLAUSE,
  options: [
    { value: '0.1', label: '修约至 0.1%' },
    { value: '1', label: '修约至 1%' },
  ],
  default: '0.1',
};

export const DESIGN_COMPARISON: PolicyDeclaration = {
  name: 'designComparison',
  label: '压实度与设计值的比较方法',
  clause: CLAUSE_COMPARISON,
  options: [
    { value: 'full-value', label: '全数值比较法：以未修约的压实度比较' },
    { value: 'rounded-value', label: '修约值比较法：以修约后的压实度比较' },
  ],
  default: 'full-value',
};

const COEFFICIENT_STEP = '0.01';

export interface Degree {
  /** K, % and λc as printed. */
  percent: string;
  coefficient: string;
  percentVerdict: Verdict;
  coefficientVerdict: Verdict;
  trace: TraceStep[];
  warnings: MethodWarning[];
  stops: PlausibilityStop[];
}

interface Comparison {
  verdict: Verdict;
  trace: TraceStep[];
  warnings: MethodWarning[];
}

function compareWithDesign(
  value: Ratio,
  shown: string,
  design: string | undefined,
  mode: string,
  words: { name: string; unit: string; field: string },
): Comparison {
  if (design === undefined) return { verdict: 'not-judged', trace: [], warnings: [] };
  const full = compareRatios(value, ratio(design)) >= 0;
  const rounded = new Exact(shown).greaterThanOrEqualTo(design);
  const reached = mode === 'full-value' ? full : rounded;
  const trace: TraceStep[] = [
    {
      name: `${words.name}判定`,
      formula: `${words.name} ≥ ${design}${words.unit}`,
      substituted: mode === 'full-value' ? shownInFull(value) : shown,
      value: reached ? '符合' : '不符合',
      rule: `${mode === 'full-value' ? '全数值比较法' : '修约值比较法'}，要求值由委托单给出`,
      clause: CLAUSE_COMPARISON,
    },
  ];
  const warnings: MethodWarning[] = [];
  if (!reached) {
    warnings.push({
      code: 'SOIL_BELOW_DESIGN',
      message: `${words.name} ${shown}${words.unit} 低于设计值 ${design}${words.unit}。`,
      meaning: '该测点达不到设计要求；整层或整批的评定按相应验收标准进行。',
      next: '请通知质量负责人，并列入不合格台账。',
      field: words.field,
      clause: CLAUSE,
      notify: 'supervisor',
    });
  }
  if (full !== rounded) {
    warnings.push({
      code: 'SOIL_ROUNDING_EDGE',
      message: `${words.name}修约前后与设计值 ${design}${words.unit} 比较的结论不同（修约后 ${shown}${words.unit}）。`,
      meaning: '结论取决于所选的比较方法。',
      next: '请确认本机构采用的极限数值比较方法。',
      field: words.field,
      clause: CLAUSE_COMPARISON,
    });
  }
  return { verdict: reached ? 'qualified' : 'unqualified', trace, warnings };
}

function plausibility(percent: Ratio, shown: string): Pick<Degree, 'warnings' | 'stops'> {
  const field = 'maxDryDensity_g_cm3';
  const message = `压实度为 ${shown}%。`;
  if (compareRatios(percent, ratio(105)) > 0 || compareRatios(percent, ratio(80)) < 0) {
    const meaning = '压实度高于 105% 或低于 80% 几乎不可能，最大干密度可能不是该土料的。';
    const next = '请核对土料、击实试验报告和读数，说明原因并由第二人确认后继续。';
    return { warnings: [], stops: [{ code: 'STOP_SOIL_COMPACTION', message, meaning, next, field, clause: CLAUSE }] };
  }
  if (compareRatios(percent, ratio(100)) <= 0) return { warnings: [], stops: [] };
  const meaning = '压实度大于 100%，现场土料或击实类型可能与击实试验的不一致。';
  const next = '请核对击实试验报告的土料和击实类型。';
  return { warnings: [{ code: 'SOIL_ABOVE_MAXIMUM', message, meaning, next, field, clause: CLAUSE }], stops: [] };
}

export function compactionDegree(
  dry: Ratio,
  maxDryDensity: string,
  place: Pick<PlaceDescription, 'designCompaction_percent' | 'designCoefficient'>,
  policies: Readonly<Record<string, string>>,
): Degree {
  const rounding = (policies['intermediateRounding'] ?? INTERMEDIATE_ROUNDING.default) as IntermediateRounding;
  const shownDry = substituted(dry, DENSITY_STEP, rounding);
  const step = policies['compactionDegreeStep'] ?? DEGREE_STEP.default;
  const mode = policies['designComparison'] ?? DESIGN_COMPARISON.default;
  const share = over(dry, ratio(maxDryDensity));
  const percentValue = times(share, ratio(100));
  const percent = printed(percentValue, step);
  const coefficient = printed(share, COEFFICIENT_STEP);
  const asPercent = compareWithDesign(percentValue, percent, place.designCompaction_percent, mode, {
    name: '压实度',
    unit: '%',
    field: 'designCompaction_percent',
  });
  const asCoefficient = compareWithDesign(share, coefficient, place.designCoefficient, mode, {
    name: '压实系数',
    unit: '',
    field: 'designCoefficient',
  });
  const plausible = plausibility(percentValue, percent);
  return {
    percent,
    coefficient,
    percentVerdict: asPercent.verdict,
    coefficientVerdict: asCoefficient.verdict,
    trace: [
      {
        name: '压实度',
        symbol: 'K',
        formula: 'ρd / ρdmax × 100',
        substituted: `${shownDry} / ${maxDryDensity} × 100`,
        value: percent,
        unit: '%',
        rule: `由参与计算的干密度得出，修约至 ${step}`,
        clause: CLAUSE,
      },
      {
        name: '压实系数',
        symbol: 'λc',
        formula: 'ρd / ρdmax',
        substituted: `${shownDry} / ${maxDryDensity}`,
        value: coefficient,
        rule: `修约至 ${COEFFICIENT_STEP}`,
        clause: CLAUSE,
      },
      ...asPercent.trace,
      ...asCoefficient.trace,
    ],
    warnings: [...asPercent.warnings, ...asCoefficient.warnings, ...plausible.warnings],
    stops: plausible.stops,
  };
}
