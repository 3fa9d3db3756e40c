// The change feed holds what a window may still need: what is finished and old has left the working set for good and is
// taken out of it, so that a window opens as quickly over a store of years as over a new one. Nothing else is touched:
// the rows themselves stay, and a later change of one brings it back into the feed.
import type { CollectionName } from '../../../shared/entities/collections.ts';
import type { Context } from '../context.ts';
import { project } from './projections.ts';

/** Collections that grow with the years. */
const growing: readonly CollectionName[] = ['commissions', 'tasks', 'records', 'runs', 'reports', 'notices'];
const pageRows = 500;
/** Work at a stretch, so that a bench beside it notices nothing, and the pause after it. */
const stretchMs = 8;
const pauseMs = 40;
const firstAfterMs = 60_000;
const againAfterMs = 6 * 3_600_000;

/** What a window must still be told of is kept, though it is no document any more. */
const isKept = ({ store }: Context, kind: CollectionName, key: string): boolean =>
  kind === 'reports' && store.get('report', key)?.['state'] === 'withdrawn';

/** Goes through the feed once; `rest` is awaited between stretches and says whether to go on. Answers how many left it. */
export async function forgetOld(context: Context, rest: () => Promise<boolean>): Promise<number> {
  const { store } = context;
  let forgotten = 0;
  let since = performance.now();
  for (const kind of growing) {
    for (let reached = 0; ;) {
      const rows = store.all('SELECT seq, key FROM changeFeed WHERE kind = ? AND seq > ? ORDER BY seq LIMIT ?', kind, reached, pageRows); // prettier-ignore
      if (rows.length === 0) break;
      const old: string[] = [];
      for (const row of rows) {
        const key = String(row['key']);
        reached = Number(row['seq']);
        if (project(context, kind, key) === null && !isKept(context, kind, key)) old.push(key);
        if (performance.now() - since < stretchMs) continue;
        if (!(await rest())) return forgotten;
        since = performance.now();
      }
      forgotten += store.forget(kind, old, reached);
    }
  }
  return forgotten;
}

/** Keeps the feed short while the program runs. Returns what ends it. */
export function startForgetting(context: Context): () => void {
  let stopped = false;
  let timer: NodeJS.Timeout;
  const pause = (): Promise<boolean> => new Promise((go) => setTimeout(() => go(!stopped), pauseMs).unref());
  const pass = async (): Promise<void> => {
    try {
      const forgotten = await forgetOld(context, pause);
      if (forgotten > 0) context.log('info', 'finished work left the working set', { forgotten });
    } catch (cause) {
      if (!stopped) context.log('warn', 'the change feed could not be shortened', { cause: String(cause) });
    }
    if (!stopped) timer = setTimeout(() => void pass(), againAfterMs).unref();
  };
  timer = setTimeout(() => void pass(), firstAfterMs).unref();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
