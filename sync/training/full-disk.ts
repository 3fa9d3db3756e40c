// A disk that is really full: SQLite itself refuses to grow the file, so a write fails with SQLITE_FULL and the whole
// transaction is undone. A small write could still fit into pages that are there, so the same transaction also asks
// for more than those can hold.
import { type PlatformDatabase } from './database.ts';

/** Runs the work in one transaction on a disk without room; work that writes nothing succeeds. */
export function onFullDisk<T>(db: PlatformDatabase, work: () => T): T {
  const number = (pragma: string): number => Number(db.pragma(pragma, { simple: true }));
  const changes = (): number => db.prepare<[], { n: number }>('SELECT total_changes() AS n').get()?.n ?? 0;
  const limit = number('max_page_count');
  db.pragma(`max_page_count = ${number('page_count')}`);
  try {
    return db
      .transaction(() => {
        const before = changes();
        const result = work();
        if (changes() > before) {
          db.exec('CREATE TABLE ballast (bytes BLOB)');
          db.prepare('INSERT INTO ballast VALUES (zeroblob(?))').run(
            (number('freelist_count') + 2) * number('page_size'),
          );
        }
        return result;
      })
      .immediate();
  } finally {
    db.pragma(`max_page_count = ${limit}`);
  }
}

export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === 'SQLITE_FULL';
}
