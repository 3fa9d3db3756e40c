// Single strengths of mortar prisms. Flexure: three-point bending of 40×40×160 mm over 100 mm, Rf = 1.5·F·L/b³, exactly
// 3F/1280. Compression: a half between 40×40 mm platens, Rc = F/1600. Both to 0.1 MPa, once.
import { parseDecimal, refusal, roundRatio, Exact } from '../../foundation/decimal.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import { limitOf } from '../../judge.ts';
import { GB175_2023 } from '../kinds.ts';
import { CLAUSE_COMPRESSION, CLAUSE_FLEXURE, COMPRESSION, FLEXURE, STRENGTH_LIMITS } from './data.ts';

export const STRENGTH_STEP = '0.1';
/** 1.5 × 100 and 40³, mm. */
const FLEXURE_NUMERATOR = '150';
const FLEXURE_DENOMINATOR = '64000';
/** 40 × 40 mm². */
const AREA = '1600';

export type StrengthKind = 'flexure' | 'compression';

interface Formula {
  label: string;
  symbol: string;
  unit: 'N' | 'kN';
  clause: string;
  formula: string;
  substitute(load: string): string;
  numerator: string;
  denominator: string;
}

export const FORMULAS: Readonly<Record<StrengthKind, Formula>> = {
  flexure: {
    label: '抗折强度',
    symbol: 'Rf',
    unit: 'N',
    clause: CLAUSE_FLEXURE,
    formula: '1.5 × Ff × L / b³',
    substitute: (load) => `1.5 × ${load} × 100 / 40³`,
    numerator: FLEXURE_NUMERATOR,
    denominator: FLEXURE_DENOMINATOR,
  },
  compression: {
    label: '抗压强度',
    symbol: 'Rc',
    unit: 'kN',
    clause: CLAUSE_COMPRESSION,
    formula: 'Fc / A',
    substitute: (load) => `${load} × 1000 / ${AREA}`,
    numerator: '1000',
    denominator: AREA,
  },
};

/** One strength to 0.1 MPa; the load in N for flexure, in kN for compression. Cheap enough for a live display. */
export function singleStrength(what: StrengthKind, load: string): string {
  const { numerator, denominator, label, unit, clause } = FORMULAS[what];
  const value = parseDecimal(load, 'load', `${label}荷载`, clause);
  if (value.isNegative()) throw refusal('METHOD_NEGATIVE', `“${label}荷载”为负数：${load} ${unit}。`, 'load', clause);
  return roundRatio(value.times(numerator), new Exact(denominator), STRENGTH_STEP);
}

/** A usual specimen is so much stronger than its grade asks for at its age. */
const USUAL_SHARE = '1.2';

/** What a usual specimen reaches, kN: the load of a fifth above the limit of its grade at the age of the task. */
export function usualLoad(
  what: StrengthKind,
  grade: string | undefined,
  ageDays: number | null | undefined,
): string | null {
  const appliesTo = `${grade} ${ageDays}d`;
  const limit = limitOf(STRENGTH_LIMITS, GB175_2023, what === 'flexure' ? FLEXURE : COMPRESSION, appliesTo);
  if (limit?.min === undefined) return null;
  const { numerator, denominator, unit } = FORMULAS[what];
  const load = new Exact(limit.min).times(USUAL_SHARE).times(denominator);
  return roundRatio(load, new Exact(numerator).times(unit === 'N' ? 1000 : 1), '0.01');
}

export function singleSteps(what: StrengthKind, loads: readonly string[], singles: readonly string[]): TraceStep[] {
  const { label, symbol, formula, substitute, clause } = FORMULAS[what];
  return singles.map((value, index) => ({
    name: `试体 ${index + 1} ${label}`,
    symbol: `${symbol}${index + 1}`,
    formula,
    substituted: substitute(loads[index] ?? ''),
    value,
    unit: 'MPa',
    rule: '修约至 0.1 MPa',
    clause,
  }));
}
