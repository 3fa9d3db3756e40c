// Check of a structure by rebound and cores, GB 50204-2015 appendix D: the mean of three cores at least 88 %, the least at
// least 80 % of the design strength. Both are compared unrounded and by cross-multiplication.
import { Exact, refusal, roundRatio } from '../../foundation/decimal.ts';
import { leastOf, sumOf } from '../../foundation/statistics.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import { requireLimit } from '../../judge.ts';
import { ACCEPTANCE, CLAUSE_ENTITY, ENTITY, ENTITY_CORES, LIMITS, STRENGTH_STEP } from './data.ts';

export interface EntityCheck {
  mean: string;
  least: string;
  meanOk: boolean;
  leastOk: boolean;
  /** Required values in MPa, exact: `30.8`. */
  meanRequired: string;
  leastRequired: string;
  /** A comparison that would come out otherwise with the printed mean. */
  edge: boolean;
  trace: TraceStep[];
}

const shareOf = (appliesTo: string): string => requireLimit(LIMITS, ACCEPTANCE, ENTITY, appliesTo, 'cores').min ?? '';

/** `strength` is the design strength in MPa, `cores` the three single values as printed. */
export function entityCheck(cores: readonly string[], strength: string, field: string): EntityCheck {
  if (cores.length !== ENTITY_CORES) {
    const message = `结构实体检验每组应为 ${ENTITY_CORES} 个芯样，收到 ${cores.length} 个。`;
    throw refusal('METHOD_WRONG_COUNT', message, field, CLAUSE_ENTITY, '请核对芯样数量和评定方式。');
  }
  const [meanShare, leastShare] = [shareOf('平均值'), shareOf('最小值')];
  const required = (share: string): Exact => new Exact(strength).times(share);
  const sum = sumOf(cores);
  const least = leastOf(cores);
  const mean = roundRatio(sum, new Exact(cores.length), STRENGTH_STEP);
  // mean ≥ share % of the strength, with nothing divided: 100·Σ ≥ n·share·strength.
  const meanOk = sum.times(100).greaterThanOrEqualTo(required(meanShare).times(cores.length));
  const leastOk = new Exact(least).times(100).greaterThanOrEqualTo(required(leastShare));
  // Grades are multiples of 5 MPa, so one decimal holds the required value exactly.
  const inMPa = (share: string): string => roundRatio(required(share), new Exact(100), STRENGTH_STEP);
  const [meanRequired, leastRequired] = [inMPa(meanShare), inMPa(leastShare)];
  const comparison = (name: string, shown: string, share: string, limit: string, met: boolean): TraceStep => ({
    name: `${name}判定`,
    formula: `${name} ≥ ${share}% × 设计强度`,
    substituted: `${shown} ≥ ${share}% × ${strength} = ${limit}`,
    value: met ? '符合' : '不符合',
    rule: '全数值比较法，平均值以未修约值比较',
    clause: CLAUSE_ENTITY,
  });
  return {
    mean,
    least,
    meanOk,
    leastOk,
    meanRequired,
    leastRequired,
    edge: meanOk !== new Exact(mean).greaterThanOrEqualTo(meanRequired),
    trace: [
      {
        name: '三个芯样的平均值',
        formula: '(f1 + f2 + f3) / 3',
        substituted: `(${cores.join(' + ')}) / 3`,
        value: mean,
        unit: 'MPa',
        rule: `修约至 ${STRENGTH_STEP}`,
        clause: CLAUSE_ENTITY,
      },
      {
        name: '三个芯样的最小值',
        formula: 'min(f1, f2, f3)',
        substituted: `min(${cores.join(', ')})`,
        value: least,
        unit: 'MPa',
        rule: '取最小值',
        clause: CLAUSE_ENTITY,
      },
      comparison('平均值', `(${cores.join(' + ')}) / 3`, meanShare, meanRequired, meanOk),
      comparison('最小值', least, leastShare, leastRequired, leastOk),
    ],
  };
}
