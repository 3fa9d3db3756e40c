// Commission, sample, record, run, report and log numbers: per year, continuous, never used twice; a void keeps its
// number with the reason (decree 57 art. 26). A number is drawn inside the transaction that uses it, so that a crash
// can neither lose one nor use one twice.
import type { Transaction } from './transaction.ts';

export const numberSeries = {
  /** 委托编号 */
  commission: { prefix: 'WT', digits: 5 },
  /** 样品编号 */
  sample: { prefix: 'YP', digits: 6 },
  /** 记录编号, 20 characters at most */
  record: { prefix: 'YS', digits: 6 },
  /** 采集编号 */
  run: { prefix: 'CJ', digits: 6 },
  /** 报告编号 */
  report: { prefix: 'BG', digits: 5 },
  /** 修改日志编号 */
  modification: { prefix: 'XG', digits: 6 },
  /** 不合格台账编号 */
  unqualified: { prefix: 'BH', digits: 5 },
  /** 变更单编号 */
  changeOrder: { prefix: 'BD', digits: 5 },
} as const;
export type NumberSeries = keyof typeof numberSeries;

export function drawNumber(tx: Transaction, series: NumberSeries, day: string, entity: string): string {
  const year = Number(day.slice(0, 4));
  const last = Number(tx.get('numberSeries', series, year)?.['last'] ?? 0);
  const n = last + 1;
  tx.put('numberSeries', { series, year, last: n });
  const { prefix, digits } = numberSeries[series];
  const number = `${prefix}${year}-${String(n).padStart(digits, '0')}`;
  tx.insert('numberIssued', { number, series, year, n, entity, entityKey: number, voidReason: null });
  return number;
}

export function voidNumber(tx: Transaction, number: string, reason: string): void {
  tx.update('numberIssued', number, { voidReason: reason }, reason);
}
