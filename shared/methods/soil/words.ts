// Words of soil records and reports that the methods share.
import type { MethodWarning, Verdict } from '../method.ts';

export const VERDICT_WORD: Readonly<Record<Verdict, string>> = {
  qualified: '合格',
  unqualified: '不合格',
  retest: '复验',
  'not-judged': '—',
};

/** Why a determination has no result, for the person at the bench and the supervisor. */
export interface Fault {
  code: string;
  /** In words alone, for the sentence of the report: an invalid result prints no figure. */
  reason: string;
  message: string;
  next: string;
  clause: string;
}

export function invalidWarnings(faults: readonly Fault[]): MethodWarning[] {
  return faults.map(({ code, message, next, clause }) => ({
    code,
    message,
    meaning: '本次测定没有结果，不得打印任何结果数值。',
    next,
    clause,
    notify: 'supervisor',
  }));
}

export function reasonWords(faults: readonly Fault[]): string {
  return [...new Set(faults.map(({ reason }) => reason))].join('，');
}
