// The ledger's calls: push, retry, look at an entry, set the connection.
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { requireRow } from '../../store/store.ts';
import type { Context, SomeHandlers } from '../context.ts';
import type { PlatformLink } from './link.ts';

export function syncHandlers(
  context: Context,
  link: PlatformLink,
): SomeHandlers<'sync.pushNow' | 'sync.retry' | 'sync.entry' | 'sync.connection'> {
  return {
    async 'sync.pushNow'() {
      await link.pushNow();
      return {};
    },
    'sync.retry'({ entryId }, caller) {
      requireRow(context.store.get('outbox', entryId), '上传条目', entryId);
      context.store.transact(caller.actor, (tx) => tx.event('outbox', entryId, '人工重试'));
      link.retry(entryId);
      return {};
    },
    'sync.entry'({ entryId }) {
      const row = requireRow(context.store.get('outbox', entryId), '上传条目', entryId);
      const attempts = context.store.all(
        'SELECT * FROM outboxAttempt WHERE entryId = ? ORDER BY attemptId DESC LIMIT 100',
        entryId,
      );
      return {
        payload: row['payload'] === null ? '' : String(row['payload']),
        attempts: attempts.map((attempt) => ({
          at: toWallTime(Number(attempt['startedAt'])),
          outcome: String(attempt['outcome']),
          text: [attempt['operation'], attempt['code'], attempt['message']].filter(Boolean).join(' '),
        })),
      };
    },
    async 'sync.connection'(input, caller) {
      await link.setConnection(caller.actor, input);
      return {};
    },
  };
}
