// The one way a window reads the live working set: everything of a collection that changed after a sequence, in order.
// A document that has left the working set comes as deleted, so that the window forgets it.
import type { CollectionName } from '../../../shared/entities/collections.ts';
import type { Context, SomeHandlers } from '../context.ts';
import { project } from './projections.ts';

export function replicationHandlers(context: Context): SomeHandlers<'replication.pull'> {
  return {
    'replication.pull'({ collection, checkpoint, limit }) {
      const name = collection as CollectionName;
      const documents: Record<string, unknown>[] = [];
      let reached = checkpoint;
      // RxDB takes a page shorter than the limit for the last one: a page is filled although old documents fall out.
      for (;;) {
        const rows = context.store.all(
          'SELECT seq, key, deleted FROM changeFeed WHERE kind = ? AND seq > ? ORDER BY seq LIMIT ?',
          name,
          reached,
          limit - documents.length,
        );
        for (const row of rows) {
          const id = String(row['key']);
          const seq = Number(row['seq']);
          reached = seq;
          const document = row['deleted'] === 1 ? null : project(context, name, id);
          if (document) documents.push({ id, seq, ...document, _deleted: false });
          else if (checkpoint > 0) documents.push({ id, seq, _deleted: true });
        }
        if (rows.length === 0 || documents.length >= limit) break;
      }
      return {
        documents,
        checkpoint: reached,
        epoch: context.store.epoch,
      };
    },
  };
}
