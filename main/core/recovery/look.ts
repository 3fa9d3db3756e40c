// 只读查看: what still stands in a store that cannot be opened. Numbers, states and moments; nobody can sign in, so
// neither names nor results are shown.
import type { CallOutput } from '../../../shared/contract/calls.ts';
import type { Value } from '../../store/tables.ts';
import { salvage, salvageNames } from './salvage.ts';

const mostShown = 200;

export function lookInto(dataFolder: string): CallOutput<'recovery.look'> {
  const { rows, unreadable } = salvage(dataFolder);
  const text = (value: Value | undefined): string => String(value ?? '');
  const newestOf = (table: 'testRecord' | 'report') => (rows.get(table) ?? []).slice(-mostShown).toReversed();
  return {
    unreadable,
    counts: [...rows].map(([table, found]) => ({
      what: salvageNames[table],
      count: found.length,
      newest: found.reduce((newest, row) => (text(row['at']) > newest ? text(row['at']) : newest), ''),
    })),
    records: newestOf('testRecord').map((row) => ({
      recordNo: text(row['key']),
      state: text(row['state']),
      createdAt: text(row['at']),
    })),
    reports: newestOf('report').map((row) => ({
      reportNo: text(row['key']),
      state: text(row['state']),
      code: text(row['code']),
    })),
  };
}
