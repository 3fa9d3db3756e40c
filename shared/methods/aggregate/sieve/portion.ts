// One portion through the sieves: loss, individual and cumulative percentages, fineness modulus. A portion whose masses
// differ from the sample by more than 1 % has no percentages: nobody knows on which sieve the difference belongs.
import { Exact, refusal, roundRatio } from '../../foundation/decimal.ts';
import { sumOf } from '../../foundation/statistics.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import { CLAUSE_TEST, SIEVES } from './data.ts';
import type { CumulativeBasis } from './data.ts';

const PERCENT_STEP = '0.1';
const MODULUS_STEP = '0.01';

export interface PortionMasses {
  sample_g: string;
  /** Six sieves, coarsest first, then the pan. */
  retained_g: readonly string[];
}

export interface Portion {
  /** Sample minus everything weighed afterwards; negative when more came out than went in. */
  loss_percent: string;
  /** At most 1 % either way, by the masses and not by the rounded percentage. */
  accepted: boolean;
  /** Six sieves and the pan; null where the portion is not accepted. */
  individual_percent: string[] | null;
  /** Six sieves. */
  cumulative_percent: string[] | null;
  finenessModulus: string | null;
  trace: TraceStep[];
}

interface Step {
  name: string;
  formula: string;
  substituted: string;
  value: string;
  rule: string;
}

const percentOf = (part: Exact, sample: Exact): string => roundRatio(part.times(100), sample, PERCENT_STEP);

function cumulative(
  { sample_g: sample, retained_g: retained }: PortionMasses,
  individual: readonly string[],
  basis: CumulativeBasis,
): Step[] {
  return SIEVES.map((sieve, index) => {
    if (basis === 'mass') {
      const masses = retained.slice(0, index + 1);
      return {
        name: `${sieve} 累计筛余`,
        formula: 'Σ筛余质量 / m × 100',
        substituted: `(${masses.join(' + ')}) / ${sample} × 100`,
        value: percentOf(sumOf(masses), new Exact(sample)),
        rule: '筛余质量累加后计算，修约至 0.1%',
      };
    }
    const parts = individual.slice(0, index + 1);
    return {
      name: `${sieve} 累计筛余`,
      formula: '该筛与各较粗筛的分计筛余之和',
      substituted: parts.join(' + '),
      value: sumOf(parts).toFixed(1),
      rule: '各筛分计筛余（0.1%）相加',
    };
  });
}

function modulus(values: readonly string[], at: { field: string; label: string }): Step {
  const [coarsest = '0', ...finer] = values;
  const first = new Exact(coarsest);
  if (first.greaterThanOrEqualTo(100)) {
    const message = `${at.label} 5.00 mm 筛的累计筛余为 ${coarsest}%，没有可以计算细度模数的砂。`;
    throw refusal('METHOD_OUT_OF_RANGE', message, at.field, CLAUSE_TEST, '请核对各筛筛余是否填错位置。');
  }
  return {
    name: '细度模数',
    formula: '((β2 + β3 + β4 + β5 + β6) − 5β1) / (100 − β1)',
    substituted: `((${finer.join(' + ')}) − 5 × ${coarsest}) / (100 − ${coarsest})`,
    value: roundRatio(sumOf(finer).minus(first.times(5)), new Exact(100).minus(first), MODULUS_STEP),
    rule: '每次试验修约至 0.01',
  };
}

/** `at` names the field that a refusal points to, and the portion in words (`试样 1`). */
export function sievePortion(
  masses: PortionMasses,
  basis: CumulativeBasis,
  at: { field: string; label: string },
): Portion {
  const sample = new Exact(masses.sample_g);
  const sum = sumOf(masses.retained_g);
  const loss = sample.minus(sum);
  const accepted = loss.abs().times(100).lessThanOrEqualTo(sample);
  const traced = (step: Step, unit: string): TraceStep => ({
    name: `${at.label} ${step.name}`,
    formula: step.formula,
    substituted: step.substituted,
    value: step.value,
    unit,
    rule: step.rule,
    clause: CLAUSE_TEST,
  });
  const loss_percent = percentOf(loss, sample);
  const lossStep = traced(
    {
      name: '筛分损失',
      formula: '(m − Σ筛余和筛底) / m × 100',
      substituted: `(${masses.sample_g} − ${sum.toFixed()}) / ${masses.sample_g} × 100`,
      value: loss_percent,
      rule: accepted ? '相差不超过 1%' : '相差超过 1%，应重新试验',
    },
    '%',
  );
  if (!accepted) {
    const none = { individual_percent: null, cumulative_percent: null, finenessModulus: null };
    return { loss_percent, accepted, ...none, trace: [lossStep] };
  }
  const individual = masses.retained_g.map((mass) => percentOf(new Exact(mass), sample));
  const individualSteps = individual.map((value, index) =>
    traced(
      {
        name: `${SIEVES[index] ?? '筛底'} 分计筛余`,
        formula: '筛余质量 / m × 100',
        substituted: `${masses.retained_g[index]} / ${masses.sample_g} × 100`,
        value,
        rule: '修约至 0.1%',
      },
      '%',
    ),
  );
  const sums = cumulative(masses, individual, basis);
  const values = sums.map((step) => step.value);
  const fineness = modulus(values, at);
  return {
    loss_percent,
    accepted,
    individual_percent: individual,
    cumulative_percent: values,
    finenessModulus: fineness.value,
    trace: [lossStep, ...individualSteps, ...sums.map((step) => traced(step, '%')), traced(fineness, '')],
  };
}

export interface FinenessMean {
  status: 'ok' | 'redo';
  difference: string;
  /** To 0.1; null when the two differ by more than 0.20. */
  result: string | null;
}

/** Mean of the two fineness moduli (each to 0.01); exactly 0.20 apart is still allowed. */
export function finenessMean(first: string, second: string): FinenessMean {
  const difference = new Exact(first).minus(second).abs();
  const ok = difference.lessThanOrEqualTo('0.20');
  return {
    status: ok ? 'ok' : 'redo',
    difference: difference.toFixed(2),
    result: ok ? roundRatio(sumOf([first, second]), new Exact(2), '0.1') : null,
  };
}
