// Comparing a result with the limit of a standard, in the way that standard says (全数值比较法 or 修约值比较法). Whether the
// comparison becomes a verdict is a second question: draft limits that the lab has not confirmed do not judge.
import { refusal } from './foundation/decimal.ts';
import { meetsFullValue, meetsRoundedValue } from './foundation/limits.ts';
import type { TraceStep } from './foundation/trace.ts';
import type { LimitRow, LimitTable, Verdict } from './method.ts';

export interface BoundLimit extends LimitRow {
  standard: string;
  clause: string;
}

/** The row of a standard for a parameter and what it applies to, or null where the standard has none. */
export function limitOf(
  tables: readonly LimitTable[],
  standard: string,
  parameterCode: string,
  appliesTo: string,
): BoundLimit | null {
  for (const table of tables) {
    if (table.standard !== standard) continue;
    const row = table.rows.find((item) => item.parameterCode === parameterCode && item.appliesTo === appliesTo);
    if (row !== undefined) return { ...row, standard, clause: table.clause };
  }
  return null;
}

/** As `limitOf`, but a missing row is refused: an unknown grade or size is never judged by another one's limit. */
export function requireLimit(
  tables: readonly LimitTable[],
  standard: string,
  parameterCode: string,
  appliesTo: string,
  field: string,
): BoundLimit {
  const limit = limitOf(tables, standard, parameterCode, appliesTo);
  if (limit !== null) return limit;
  const message = `${standard} 的限值表中没有“${appliesTo}”。`;
  throw refusal('METHOD_LIMIT_UNKNOWN', message, field, standard, '请核对牌号（等级）、规格和所选标准。');
}

/** `≥400 MPa`, `≤5.0 %`, `-5.5～5.5 %`. */
export function requirementText({ min, max, unit }: Pick<LimitRow, 'min' | 'max' | 'unit'>): string {
  const tail = unit === '' ? '' : ` ${unit}`;
  if (min !== undefined && max !== undefined) {
    const symmetric = min === `-${max}`;
    return symmetric ? `±${max}${tail}` : `${min}～${max}${tail}`;
  }
  return min === undefined ? `≤${max}${tail}` : `≥${min}${tail}`;
}

/** Pure comparison. `value` is the result as calculated; with 修约值比较法 it is rounded to the limit's digits first. */
export function meets(value: string, limit: BoundLimit): boolean {
  if (limit.compareMode === 'full-value') return meetsFullValue(value, limit);
  if (limit.step === undefined) throw new RangeError(`limit ${limit.standard} ${limit.parameterCode} has no step`);
  return meetsRoundedValue(value, limit, limit.step).meets;
}

/** The verdict of a comparison: only where the standard's limits may judge. */
export function verdictOf(isMet: boolean, judges: boolean): Verdict {
  if (!judges) return 'not-judged';
  return isMet ? 'qualified' : 'unqualified';
}

/** One step of the trace for a comparison. */
export function comparisonStep(name: string, value: string, limit: BoundLimit): TraceStep {
  const mode = limit.compareMode === 'full-value' ? '全数值比较法' : `修约值比较法（修约间隔 ${limit.step}）`;
  return {
    name: `${name} 判定`,
    formula: `${name} ${requirementText(limit)}`,
    substituted: value,
    value: meets(value, limit) ? '符合' : '不符合',
    rule: mode,
    clause: `${limit.standard} ${limit.clause}`,
  };
}
