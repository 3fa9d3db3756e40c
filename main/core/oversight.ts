// What a quality manager or an inspector asks: history of an entity, verification, notices.
import { nullableText as nullable } from '../store/cells.ts';
import type { Context, SomeHandlers } from './context.ts';
import { verifyAll } from './verifyAll.ts';

export function oversightHandlers(
  context: Context,
): SomeHandlers<'notices.acknowledge' | 'audit.history' | 'audit.verify'> {
  return {
    'notices.acknowledge'({ noticeId }, caller) {
      context.store.transact(caller.actor, (tx) => tx.update('notice', noticeId, { acknowledgedBy: caller.user.name }));
      return {};
    },
    'audit.history': ({ entity, key }) => ({
      entries: context.store
        .all('SELECT * FROM audit WHERE entity = ? AND entityKey = ? ORDER BY seq DESC LIMIT 500', entity, key)
        .map((row) => ({
          seq: Number(row['seq']),
          at: String(row['at']),
          actor: String(row['actor']),
          action: String(row['action']),
          field: nullable(row['field']),
          oldValue: nullable(row['oldValue']),
          newValue: nullable(row['newValue']),
          reason: nullable(row['reason']),
        })),
    }),
    'audit.verify': () => verifyAll(context.store, context.files),
  };
}
