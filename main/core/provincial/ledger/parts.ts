// Which entries of the outbox a part of the ledger shows, as SQL, and how many there are of each. Whatever is asked, rows
// are found through an index without their payloads.
import type { LedgerCounts, LedgerPart } from '../../../../shared/sync/calls.ts';
import type { Store } from '../../../store/store.ts';

export type Reader = Pick<Store, 'all' | 'first' | 'get'>;

const onTheWay = `'pending', 'sending', 'unknown', 'queued'`;
const frozen = `(outbox.kind <> 'unqualified-notice'
  AND outbox.commissionNo IN (SELECT commissionNo FROM commission WHERE platformState <> 'active'))`;
/** A corrected revision has taken its place; codes and files belong to one revision each. */
export const replaced = `(outbox.kind NOT IN ('code', 'report-file') AND EXISTS (SELECT 1 FROM outbox AS newer
  WHERE newer.kind = outbox.kind AND newer.key = outbox.key AND newer.revision > outbox.revision))`;
const standing = `(outbox.settledAt IS NULL AND NOT ${replaced})`;

export interface PartSql {
  /** Null: every state. */
  states: string | null;
  where: string;
}

const parts: Record<LedgerPart, PartSql> = {
  open: {
    states: `${onTheWay}, 'rejected', 'parked'`,
    where: `(outbox.state IN (${onTheWay}) OR ${standing})`,
  },
  todo: { states: `'rejected', 'parked'`, where: `outbox.asideAt IS NULL AND ${standing}` },
  waiting: { states: onTheWay, where: `NOT ${frozen}` },
  frozen: { states: onTheWay, where: frozen },
  aside: { states: `'parked'`, where: `outbox.asideAt IS NOT NULL AND ${standing}` },
  closed: { states: `'rejected', 'parked'`, where: `NOT ${standing}` },
  accepted: { states: `'accepted'`, where: '1' },
  all: { states: null, where: '1' },
};
export const partSql = (part: LedgerPart): PartSql => parts[part];

const count = (store: Reader, sql: string, ...parameters: string[]): number =>
  Number(store.first(sql, ...parameters)?.['n'] ?? 0);
const within = (part: LedgerPart): string => `state IN (${parts[part].states ?? ''}) AND ${parts[part].where}`;

/** What is not done with: cheap however many entries were accepted. */
export function openCounts(store: Reader): Omit<LedgerCounts, 'accepted' | 'closed'> {
  const of = (part: LedgerPart, and = '1'): number =>
    count(store, `SELECT count(*) AS n FROM outbox INDEXED BY outboxByState WHERE ${within(part)} AND ${and}`);
  const frozenNow = of('frozen');
  const onTheWayNow = count(
    store,
    `SELECT count(*) AS n FROM outbox INDEXED BY outboxByState WHERE state IN (${onTheWay})`,
  );
  return {
    waiting: onTheWayNow - frozenNow,
    frozen: frozenNow,
    rejected: of('todo', `state = 'rejected'`),
    parked: of('todo', `state = 'parked'`),
    aside: of('aside'),
  };
}

export function ledgerCounts(store: Reader): LedgerCounts {
  const stopped = count(store, `SELECT count(*) AS n FROM outbox WHERE state IN ('rejected', 'parked')`);
  const open = openCounts(store);
  return {
    ...open,
    closed: stopped - open.rejected - open.parked - open.aside,
    accepted: count(store, `SELECT count(*) AS n FROM outbox WHERE state = 'accepted'`),
  };
}
