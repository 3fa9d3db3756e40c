// A page of reference data that would disable many people or machines at once waits for a person.
import type { ReferencePageToApply } from '../../../sync/provincial/sync-store.ts';
import type { Transaction } from '../../store/transaction.ts';
import { isActive } from './referenceRows.ts';

/** A page that would disable more than this share of what is active waits for a person. */
const mostDisabled = 0.2;

/** Half-failed downloads of other systems have emptied whole staff lists: such a page is not believed. */
export function disablesTooMany(tx: Transaction, page: ReferencePageToApply): boolean {
  if (page.kind !== 'person' && page.kind !== 'equipment') return false;
  const table = page.kind;
  const [key, column] = table === 'person' ? ['personId', 'state'] : ['equipmentId', 'platformState'];
  const active = Number(tx.first(`SELECT count(*) AS n FROM ${table} WHERE ${column} = 'active'`)?.['n'] ?? 0);
  if (active < 10) return false;
  const disabled = page.rows.filter((row) => {
    const gone = row.deleted || row.data === null || !isActive(String(row.data['state']));
    return gone && tx.first(`SELECT 1 FROM ${table} WHERE ${key} = ? AND ${column} = 'active'`, row.id) !== undefined;
  });
  return disabled.length > active * mostDisabled;
}
