// Which files a backup holds: everything that a row names, with the digest it must have, and whatever else lies in the
// folders of evidence, such as a run that was sealed a moment ago and has no row yet.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../store/database.ts';

/** Folders of evidence inside the data folder. */
export const evidenceFolders = ['runs', 'reports', 'files'] as const;

export interface Wanted {
  /** Inside the data folder, with `/`. */
  path: string;
  /** The digest that the rows give; null for a file that no row names. */
  sha256: string | null;
}

export function wantedFiles(db: Database, dataFolder: string): Wanted[] {
  const wanted = new Map<string, Wanted>();
  const want = (path: string, sha256: string | null): void => {
    if (wanted.get(path)?.sha256 == null) wanted.set(path, { path, sha256 });
  };
  for (const { file, sha } of rows<{ file: string; sha: string }>(db, 'SELECT file, fileSha256 AS sha FROM run'))
    want(`runs/${file}`, sha);
  for (const { sha } of rows<{ sha: string }>(
    db,
    `SELECT contentSha256 AS sha FROM report WHERE contentSha256 IS NOT NULL
     UNION SELECT codedSha256 FROM report WHERE codedSha256 IS NOT NULL`,
  ))
    want(`reports/${sha}.pdf`, sha);
  for (const { path, sha } of rows<{ path: string; sha: string }>(db, 'SELECT path, sha256 AS sha FROM media'))
    want(path.replaceAll('\\', '/'), sha);
  for (const folder of evidenceFolders) {
    const root = join(dataFolder, folder);
    if (!existsSync(root)) continue;
    for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.name.endsWith('.part')) continue;
      const path = join(entry.parentPath, entry.name)
        .slice(dataFolder.length + 1)
        .replaceAll('\\', '/');
      want(path, null);
    }
  }
  return [...wanted.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
}

const rows = <T>(db: Database, sql: string): T[] => db.prepare<[], T>(sql).all();
