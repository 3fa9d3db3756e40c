// Ten single strengths (to 0.01 MPa) to mean, standard deviation and characteristic strength. fk is made of the figures
// that are printed: mean to 0.1 and S to 0.01.
import { Exact, roundRatio } from '../../foundation/decimal.ts';
import { leastOf, meanOf, standardDeviationOf, sumOf } from '../../foundation/statistics.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import type { SingleRule } from '../face.ts';
import { CLAUSE_TEST } from './data.ts';
import type { CharacteristicRule } from './data.ts';
import { MAX_STRENGTH } from './fields.ts';

export const SINGLE: SingleRule = { step: '0.01', max_MPa: MAX_STRENGTH, clause: CLAUSE_TEST };

export interface BrickStrength {
  mean_MPa: string;
  S_MPa: string;
  /** S over mean, 0.01; only where the edition asks for it. */
  variation: string | null;
  /** Null where the variation is too large for it. */
  fk_MPa: string | null;
  least_MPa: string;
  trace: TraceStep[];
}

export function brickStrength(singles: readonly string[], rule: CharacteristicRule): BrickStrength {
  const one = new Exact(1);
  const mean = meanOf(singles, '0.1');
  const deviation = standardDeviationOf(singles, '0.01');
  const least = roundRatio(new Exact(leastOf(singles)), one, rule.leastStep);
  const squares = singles.reduce((sum, single) => sum.plus(new Exact(single).pow(2)), new Exact(0)).toFixed();
  const { clause, maxVariation, factor } = rule;
  const variation = maxVariation === null ? null : roundRatio(new Exact(deviation), new Exact(mean), '0.01');
  const usesFk = variation === null || maxVariation === null || new Exact(variation).lessThanOrEqualTo(maxVariation);
  const fk = usesFk ? roundRatio(new Exact(mean).minus(new Exact(factor).times(deviation)), one, '0.1') : null;
  const trace: TraceStep[] = [
    {
      name: '抗压强度平均值',
      symbol: 'f̄',
      formula: 'Σfi / n',
      substituted: `(${singles.join(' + ')}) / ${singles.length}`,
      value: mean,
      unit: 'MPa',
      rule: '修约至 0.1 MPa',
      clause,
    },
    {
      name: '标准差',
      symbol: 'S',
      formula: '√((Σfi² − (Σfi)² / n) / (n − 1))',
      substituted: `√((${squares} − ${sumOf(singles).toFixed()}² / ${singles.length}) / ${singles.length - 1})`,
      value: deviation,
      unit: 'MPa',
      rule: '以未修约的平均值计算，修约至 0.01 MPa',
      clause,
    },
  ];
  if (variation !== null) {
    trace.push({
      name: '变异系数',
      symbol: 'δ',
      formula: 'S / f̄',
      substituted: `${deviation} / ${mean}`,
      value: variation,
      rule: usesFk ? `不大于 ${maxVariation}，按平均值和标准值评定` : `大于 ${maxVariation}，按平均值和单块最小值评定`,
      clause,
    });
  }
  trace.push(
    {
      name: '强度标准值',
      symbol: 'fk',
      formula: `f̄ − ${factor} S`,
      substituted: `${mean} − ${factor} × ${deviation}`,
      value: fk,
      unit: 'MPa',
      rule: fk === null ? '变异系数过大，不用标准值' : '修约至 0.1 MPa',
      clause,
    },
    {
      name: '单块最小值',
      formula: 'min(fi)',
      value: least,
      unit: 'MPa',
      rule: `修约至 ${rule.leastStep} MPa`,
      clause,
    },
  );
  return { mean_MPa: mean, S_MPa: deviation, variation, fk_MPa: fk, least_MPa: least, trace };
}
