// The one way a window reads the live working set: everything of a collection that changed after a sequence, in order.
// A document that has left the working set comes as deleted, so that the window forgets it.
import type { CollectionName } from '../../../shared/entities/collections.ts';
import type { BlindCovers } from '../blind/cover.ts';
import type { Context, SomeHandlers } from '../context.ts';
import { project } from './projections.ts';

/** How long others wait for a page, ms. */
const stretchMs = 15;

/** What a person may not see never gets into their window: `blind` covers the documents of hidden samples. */
export function replicationHandlers(context: Context, blind: BlindCovers): SomeHandlers<'replication.pull'> {
  return {
    async 'replication.pull'({ collection, checkpoint, limit }, caller) {
      const cover = blind.of(caller.user);
      const name = collection as CollectionName;
      const documents: Record<string, unknown>[] = [];
      let reached = checkpoint;
      let since = performance.now();
      // RxDB takes a page shorter than the limit for the last one: a page is filled although old documents fall out.
      for (;;) {
        const rows = context.store.all(
          'SELECT seq, key, deleted FROM changeFeed WHERE kind = ? AND seq > ? ORDER BY seq LIMIT ?',
          name,
          reached,
          limit - documents.length,
        );
        for (const row of rows) {
          // Much may have left the working set since it was shortened last: everybody else is let in meanwhile.
          if (performance.now() - since > stretchMs) {
            await new Promise((go) => setImmediate(go));
            since = performance.now();
          }
          const id = String(row['key']);
          const seq = Number(row['seq']);
          reached = seq;
          const whole = row['deleted'] === 1 ? null : project(context, name, id);
          const document = cover === null ? whole : cover.document(name, id, whole ?? {});
          // The window has never held it, and its number would tell.
          if (document === null && cover !== null) continue;
          if (whole !== null) documents.push({ id, seq, ...document, _deleted: false });
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
