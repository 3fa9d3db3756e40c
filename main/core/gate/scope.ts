// The lab's scope as the platform gave it.
import { toCalendarDay } from '../../../shared/entities/scalars.ts';
import type { Context } from '../context.ts';

export interface ScopeRow {
  itemCode: string;
  parameterCodes?: string[];
  validTo: string;
  state: string;
}

export function scopeRows(context: Context): ScopeRow[] {
  const row = context.store.first('SELECT scopeJson FROM institution');
  return row ? (JSON.parse(String(row['scopeJson'])) as ScopeRow[]) : [];
}

export function inScope(context: Context, itemCode: string): boolean {
  const today = toCalendarDay(context.now());
  return scopeRows(context).some((row) => row.itemCode === itemCode && row.state === 'active' && row.validTo >= today);
}
