// What a campaign needs of each profile: its simulator as a process, how that one is reached and disturbed, and what its own
// tables hold, read past the programs that wrote them.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import type { ProfileId } from '../../../sync/provincial/profiles/index.ts';
import { FORM_DATA_KINDS } from '../../../sync/wire/form-contract.ts';
import { digestOf, sha256Hex } from '../../../sync/wire/digest.ts';
import type { EntryKind } from '../../../sync/provincial/sync-store.ts';

export type Get = (sql: string, ...parameters: unknown[]) => Record<string, unknown> | undefined;
export type All = (sql: string, ...parameters: unknown[]) => Record<string, unknown>[];

export interface Sent {
  kind: string;
  key: string;
  revision: number;
  digest: string;
  payload: string | null;
}

export interface Opponent {
  id: ProfileId;
  /** The simulator's entry point and its arguments in this folder. */
  main: string;
  args(folder: string): string[];
  /** Whether it is reached over a network that can be bad; the other way is a file that others hold. */
  network: boolean;
  /** Whether each seat needs an account of its own. */
  accountPerSeat: boolean;
  /** Its own file, where what it has taken in stands. */
  file(folder: string): string;
  url(folder: string, answered: string): string;
  /** The digest under which it holds what was sent; undefined where it has none. */
  digest(all: All, sent: Sent): string | undefined;
  codes(all: All, reportNo: string, revision: number): string[];
  /** How many things of a group it holds, by the kinds that make it up. */
  tables: readonly { sql: string; kinds: readonly string[] }[];
  /** What must not be in its file whatever was sent. */
  faults(all: All): string[];
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const jsonDigest = (nr: unknown): string => digestOf(JSON.parse(String(nr)));

const badMedia = (all: All, sql: string): string[] =>
  all(sql).flatMap(({ sha256, bytes }) =>
    sha256Hex(bytes as Uint8Array) === sha256 ? [] : [`medium ${String(sha256)}: other bytes`],
  );

const formKinds = Object.keys(FORM_DATA_KINDS) as (keyof typeof FORM_DATA_KINDS)[];

/** One row under a key is what was sent; more is a double. */
function onlyOne(rows: Record<string, unknown>[], read: (row: Record<string, unknown>) => unknown): string | undefined {
  return rows.length > 1 ? `${rows.length} times` : text(rows.map(read)[0]);
}

const form: Opponent = {
  id: 'form',
  main: 'sync/training/form/main.ts',
  args: (folder) => ['--file', join(folder, 'form.sqlite'), '--seed', join(folder, 'lab.json')],
  network: true,
  accountPerSeat: true,
  file: (folder) => join(folder, 'form.sqlite'),
  url: (_folder, answered) => answered,
  digest(all, { kind, key, revision, payload }) {
    switch (kind as EntryKind) {
      case 'commission':
        return onlyOne(all('SELECT nr FROM commission WHERE wtbh = ?', key), ({ nr }) => jsonDigest(nr));
      case 'media':
        return onlyOne(all('SELECT xs FROM file WHERE xs = ?', key), ({ xs }) => xs);
      case 'report':
      case 'code':
        return onlyOne(all('SELECT nr FROM report WHERE bgbh = ? AND bb = ?', key, String(revision)), ({ nr }) =>
          jsonDigest(nr),
        );
      case 'report-file':
        return onlyOne(
          all('SELECT xs FROM report_file WHERE bgbh = ? AND bb = ?', key, String(revision)),
          ({ xs }) => xs,
        );
      case 'change-order': {
        const { changeNo } = JSON.parse(payload ?? '{}') as { changeNo?: string };
        return onlyOne(all('SELECT nr FROM change_order WHERE bgdh = ?', changeNo ?? ''), ({ nr }) => jsonDigest(nr));
      }
      case 'void': {
        const { reason, by, at } = JSON.parse(payload ?? '{}') as Record<string, string>;
        const rows = all('SELECT nr FROM report_void WHERE bgbh = ?', key);
        return onlyOne(rows, ({ nr }) => (jsonDigest(nr) === digestOf({ reason, by, at }) ? digestOf(JSON.parse(payload ?? '{}')) : 'other')); // prettier-ignore
      }
      default: {
        const lx = FORM_DATA_KINDS[kind as keyof typeof FORM_DATA_KINDS];
        const rows = all('SELECT nr FROM data WHERE lx = ? AND bh = ? AND bb = ?', lx, key, String(revision));
        return onlyOne(rows, ({ nr }) => jsonDigest(nr));
      }
    }
  },
  codes: (all, reportNo, revision) =>
    all('SELECT sbm FROM code WHERE bgbh = ? AND bb = ?', reportNo, String(revision)).map(({ sbm }) => String(sbm)),
  tables: [
    { sql: 'SELECT count(*) AS n FROM commission', kinds: ['commission'] },
    { sql: 'SELECT count(*) AS n FROM file', kinds: ['media'] },
    { sql: 'SELECT count(*) AS n FROM data', kinds: formKinds },
    { sql: 'SELECT count(*) AS n FROM report', kinds: ['report'] },
    { sql: 'SELECT count(*) AS n FROM code', kinds: ['code'] },
    { sql: 'SELECT count(*) AS n FROM report_file', kinds: ['report-file'] },
    { sql: 'SELECT count(*) AS n FROM change_order', kinds: ['change-order'] },
    { sql: 'SELECT count(*) AS n FROM report_void', kinds: ['void'] },
  ],
  faults: (all) => badMedia(all, 'SELECT xs AS sha256, bytes FROM file'),
};

const exchange: Opponent = {
  id: 'exchange-tables',
  main: 'sync/training/exchange/main.ts',
  args: (folder) => [
    `--exchange=${join(folder, 'exchange.sqlite')}`,
    `--platform=${join(folder, 'jh.sqlite')}`,
    `--seed=${join(folder, 'lab.json')}`,
    '--every=20',
  ],
  network: false,
  accountPerSeat: false,
  file: (folder) => join(folder, 'jh.sqlite'),
  url: (folder) => pathToFileURL(join(folder, 'exchange.sqlite')).href,
  digest(all, { kind, key, revision }) {
    if (kind === 'media') return text(all('SELECT sha256 FROM medium WHERE sha256 = ?', key)[0]?.['sha256']);
    if (kind === 'report-file')
      return text(all('SELECT sha256 FROM filed WHERE report_no = ? AND revision = ?', key, revision)[0]?.['sha256']);
    const wanted = kind === 'code' ? 'report' : kind;
    const row = all('SELECT content FROM taken WHERE kind = ? AND key = ? AND revision = ?', wanted, key, revision)[0];
    return row && jsonDigest(row['content']);
  },
  codes: (all, reportNo, revision) =>
    all('SELECT code FROM code WHERE report_no = ? AND revision = ?', reportNo, revision).map(({ code }) =>
      String(code),
    ),
  tables: [
    { sql: `SELECT count(*) AS n FROM taken WHERE kind = 'commission'`, kinds: ['commission'] },
    {
      sql: `SELECT count(*) AS n FROM taken WHERE kind NOT IN ('commission', 'report')`,
      kinds: ['acquisition', 'test-record', 'modification', 'witness'],
    },
    { sql: `SELECT count(*) AS n FROM taken WHERE kind = 'report'`, kinds: ['report'] },
    { sql: 'SELECT count(*) AS n FROM code', kinds: ['code'] },
    { sql: 'SELECT count(*) AS n FROM filed', kinds: ['report-file'] },
  ],
  faults: (all) => badMedia(all, 'SELECT sha256, bytes FROM medium'),
};

const reference: Opponent = {
  id: 'reference',
  main: 'sync/training/main.ts',
  args: (folder) => ['--file', join(folder, 'platform.sqlite'), '--seed', join(folder, 'lab.json')],
  network: true,
  accountPerSeat: false,
  file: (folder) => join(folder, 'platform.sqlite'),
  url: (_folder, answered) => answered,
  digest(all, { kind, key, revision, digest }) {
    const get: Get = (sql, ...parameters) => all(sql, ...parameters)[0];
    const of = (table: string, column: string): string | undefined =>
      text(get(`SELECT ${column} AS d FROM ${table} WHERE report_no = ? AND revision = ?`, key, revision)?.['d']);
    switch (kind as EntryKind) {
      case 'commission':
        return text(get('SELECT digest FROM commission WHERE commission_no = ?', key)?.['digest']);
      case 'media':
        return text(get('SELECT sha256 FROM medium WHERE sha256 = ?', key)?.['sha256']);
      case 'report':
        return of('report', 'digest');
      case 'code':
        return of('report_code', 'digest');
      case 'report-file':
        return of('report_file', 'sha256');
      case 'change-order':
        return of('change_order', 'digest');
      case 'void':
        // Only what the contract asks for was sent; that a report is void is what counts.
        return get('SELECT 1 FROM report_void WHERE report_no = ?', key) === undefined ? undefined : digest;
      case 'registration': {
        const [registered, localId] = key.split('/');
        const sql = 'SELECT digest FROM registration WHERE kind = ? AND local_id = ? AND revision = ?';
        return text(get(sql, registered, localId, revision)?.['digest']);
      }
      default:
        return text(
          get('SELECT digest FROM entry WHERE kind = ? AND key = ? AND revision = ?', kind, key, revision)?.['digest'],
        );
    }
  },
  codes: (all, reportNo, revision) =>
    all('SELECT code FROM report_code WHERE report_no = ? AND revision = ?', reportNo, revision).map(({ code }) =>
      String(code),
    ),
  tables: [
    ...(
      [
        ['commission', 'commission'],
        ['medium', 'media'],
        ['report', 'report'],
        ['report_code', 'code'],
        ['report_file', 'report-file'],
        ['change_order', 'change-order'],
        ['report_void', 'void'],
        ['registration', 'registration'],
      ] as const
    ).map(([table, kind]) => ({ sql: `SELECT count(*) AS n FROM ${table}`, kinds: [kind] })),
    ...['acquisition', 'test-record', 'modification', 'unqualified-notice', 'witness'].map((kind) => ({
      sql: `SELECT count(*) AS n FROM entry WHERE kind = '${kind}'`,
      kinds: [kind],
    })),
  ],
  faults: (all) => [
    ...all('SELECT * FROM entry').flatMap(({ kind, key, digest, payload }) => [
      ...(jsonDigest(payload) === digest
        ? []
        : [`${String(kind)} ${String(key)}: the platform's digest is not of its content`]),
      ...(formKinds.includes(String(kind) as (typeof formKinds)[number])
        ? []
        : [`${String(kind)} ${String(key)}: never sent`]),
    ]),
    ...badMedia(all, 'SELECT sha256, bytes FROM medium'),
  ],
};

const opponents: Record<ProfileId, Opponent> = { reference, form, 'exchange-tables': exchange };

export function opponentOf(id: string): Opponent {
  if (!Object.hasOwn(opponents, id)) throw new Error(`--profile ${id}: one of ${Object.keys(opponents).join(', ')}`);
  return opponents[id as ProfileId];
}

/** Accounts of further seats, in the simulator's own table, with the key of the first. */
export function addAccounts(file: string, accounts: readonly string[]): void {
  const db = new Database(file, { timeout: 5_000 });
  for (const account of accounts)
    db.prepare('INSERT INTO account (account, org, key) SELECT ?, org, key FROM account ORDER BY rowid LIMIT 1').run(
      account,
    );
  db.close();
}

/** Another program has the file for itself for a while. */
export function holdFile(file: string, ms: number): void {
  const db = new Database(file, { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
    setTimeout(() => db.close(), ms);
  } catch {
    db.close();
  }
}
