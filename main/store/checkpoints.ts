// When the WAL goes back into the database file. SQLite's own rule checkpoints inside whichever commit crosses 1,000
// pages, so that one signature in a hundred waits for the disk. Here the WAL is emptied when the store has been quiet
// for a moment, or at the latest after so many commits; a crash loses nothing either way, since WAL + FULL is durable.
import type { Database } from 'better-sqlite3';

const quietMs = 2_000;
const mostCommits = 1_000;

export interface CheckpointPolicy {
  committed(): void;
  stop(): void;
}

/** `failed` hears of a checkpoint that the disk refused: the commits before it are on disk, in the WAL. */
export function createCheckpointPolicy(
  db: Pick<Database, 'open' | 'pragma'>,
  failed: (cause: unknown) => void,
): CheckpointPolicy {
  let timer: NodeJS.Timeout | null = null;
  let commits = 0;
  const run = (mode: 'PASSIVE' | 'TRUNCATE') => {
    commits = 0;
    try {
      if (db.open) db.pragma(`wal_checkpoint(${mode})`);
    } catch (cause) {
      failed(cause);
    }
  };
  return {
    committed() {
      commits += 1;
      if (timer) clearTimeout(timer);
      timer = null;
      if (commits >= mostCommits) {
        run('PASSIVE');
        return;
      }
      timer = setTimeout(() => run('PASSIVE'), quietMs);
      timer.unref();
    },
    stop() {
      if (timer) clearTimeout(timer);
      timer = null;
      run('TRUNCATE');
    },
  };
}
