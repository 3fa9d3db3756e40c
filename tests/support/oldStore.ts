// A store as the first version of the program left it, with a cube record that three people signed and a coded report;
// a fresh copy for every test of a file.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach } from 'vitest';
import { openDatabase, type Database } from '../../main/store/database.ts';
import { migrate, migrations } from '../../main/store/migrate.ts';
import { storeFileName } from '../../main/store/store.ts';

const fixture = new URL('../fixtures/store-0001.sqlite.gz', import.meta.url);

export interface OldStore {
  folder: string;
  file: string;
  /** The store as the program had it before this version of the schema. */
  openBefore(version: number): Database;
}

/** To be called where tests are declared; what it answers is filled before each of them. */
export function useOldStore(): OldStore {
  const old: OldStore = {
    folder: '',
    file: '',
    openBefore(wanted) {
      const db = openDatabase(old.file);
      const earlier = migrations.filter(({ version }) => version < wanted);
      migrate(db, { actor: '测试', workstation: '测试' }, earlier);
      return db;
    },
  };
  beforeEach(() => {
    old.folder = mkdtempSync(join(tmpdir(), 'jiantai-migration-'));
    old.file = join(old.folder, storeFileName);
    writeFileSync(old.file, gunzipSync(readFileSync(fixture)));
  });
  afterEach(() => rmSync(old.folder, { recursive: true, force: true }));
  return old;
}
