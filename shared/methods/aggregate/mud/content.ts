// The arithmetic of 含泥量 and 泥块含量: loss of each of two portions by washing, the repeat rule, the mean.
import { Exact, refusal, roundRatio } from '../../foundation/decimal.ts';
import { sumOf } from '../../foundation/statistics.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import type { Determination } from './data.ts';

const STEP = '0.1';

export interface Content {
  single_percent: string[];
  difference_percent: string;
  status: 'ok' | 'redo';
  /** To 0.1 %; null when the two portions differ too much. */
  result_percent: string | null;
  trace: TraceStep[];
}

type Pair = readonly [before: string, after: string];

function single([before, after]: Pair, field: string, { name, clause }: Determination, label: string): string {
  const mass = new Exact(before);
  const lost = mass.minus(after);
  if (lost.isNegative()) {
    const message = `${label} ${name}试验后的质量 ${after} g 大于试验前的 ${before} g。`;
    throw refusal('METHOD_CONFLICT', message, field, clause, '请核对两次称量是否填反。');
  }
  return roundRatio(lost.times(100), mass, STEP);
}

/** `fieldOf` names the field a refusal points to for a portion. */
export function mudContent(pairs: readonly Pair[], kind: Determination, fieldOf: (portion: number) => string): Content {
  const { name, symbol, clause, maxDifference } = kind;
  const singles = pairs.map((pair, index) => single(pair, fieldOf(index), kind, `试样 ${index + 1}`));
  const [first = '0', second = '0'] = singles;
  const difference = new Exact(first).minus(second).abs();
  const ok = maxDifference === null || difference.lessThanOrEqualTo(maxDifference);
  const result = ok ? roundRatio(sumOf(singles), new Exact(singles.length), STEP) : null;
  const trace: TraceStep[] = singles.map((value, index) => ({
    name: `试样 ${index + 1} ${name}`,
    symbol,
    formula: '(m0 − m1) / m0 × 100',
    substituted: `(${pairs[index]?.[0]} − ${pairs[index]?.[1]}) / ${pairs[index]?.[0]} × 100`,
    value,
    unit: '%',
    rule: '修约至 0.1%',
    clause,
  }));
  if (maxDifference !== null) {
    trace.push({
      name: `两次${name}之差`,
      formula: '|ω1 − ω2|',
      substituted: `|${first} − ${second}|`,
      value: difference.toFixed(1),
      unit: '%',
      rule: ok ? `不大于 ${maxDifference}%` : `大于 ${maxDifference}%，试验结果无效，应重新取样试验`,
      clause,
    });
  }
  trace.push({
    name,
    symbol,
    formula: '(ω1 + ω2) / 2',
    substituted: `(${singles.join(' + ')}) / 2`,
    value: result,
    unit: '%',
    rule: result === null ? '试验结果无效，没有平均值' : '两次试验的平均值，修约至 0.1%',
    clause,
  });
  return {
    single_percent: singles,
    difference_percent: difference.toFixed(1),
    status: ok ? 'ok' : 'redo',
    result_percent: result,
    trace,
  };
}
