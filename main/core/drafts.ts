// Drafts of forms, saved as they are typed, so that neither a crash nor an expired session loses a line.
import { toWallTime } from '../../shared/entities/scalars.ts';
import type { Context, SomeHandlers } from './context.ts';

export function draftHandlers(context: Context): SomeHandlers<'drafts.save' | 'drafts.load' | 'drafts.discard'> {
  return {
    'drafts.save'({ form, content }, caller) {
      context.store.transact(caller.actor, (tx) =>
        tx.put('draft', { userId: caller.user.userId, form, content, savedAt: toWallTime(context.now()) }),
      );
      return {};
    },
    'drafts.load'({ form }, caller) {
      const row = context.store.get('draft', caller.user.userId, form);
      return { content: row ? String(row['content']) : null, savedAt: row ? String(row['savedAt']) : null };
    },
    'drafts.discard'({ form }, caller) {
      context.store.transact(caller.actor, (tx) => tx.discard('draft', caller.user.userId, form));
      return {};
    },
  };
}
