// Facts of the synchronisation that are no evidence: clock offset, halt, cursor, connection. JSON by key.
import type { Transaction } from '../../store/transaction.ts';
import type { Store } from '../../store/store.ts';

export function writeFact(tx: Transaction, key: string, value: unknown): void {
  tx.put('fact', { key, value: JSON.stringify(value) });
}

export function readFact<T>(store: Pick<Store, 'get'>, key: string): T | null {
  const row = store.get('fact', key);
  return row ? (JSON.parse(String(row['value'])) as T) : null;
}
