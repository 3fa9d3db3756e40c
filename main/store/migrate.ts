// Brings a store from its version to the newest, one migration a transaction. A failure stops: nothing goes on as if
// nothing had happened. After each step the schema's own digest is written to the audit chain, since triggers can be dropped.
import type { Database } from 'better-sqlite3';
import { AppError } from '../../shared/errors/appError.ts';
import { digestOf } from '../../sync/wire/digest.ts';
import { appendAudit, type AuditActor } from './audit.ts';
import { initial } from './migrations/0001-initial.ts';
import { methods } from './migrations/0002-methods.ts';
import { instruments } from './migrations/0003-instruments.ts';
import { climate } from './migrations/0004-climate.ts';
import { afterIssue } from './migrations/0005-after-issue.ts';
import { registrations } from './migrations/0006-registrations.ts';
import { syncLedger } from './migrations/0007-sync-ledger.ts';
import { dossier } from './migrations/0015-dossier.ts';
import { tasks } from './migrations/0016-tasks.ts';
import { overview } from './migrations/0012-overview.ts';
import { withdrawnOrders } from './migrations/0013-withdrawn-orders.ts';
import { premises } from './migrations/0014-premises.ts';
import { extensometer } from './migrations/0008-extensometer.ts';
import { registers } from './migrations/0018-registers.ts';
import { gated } from './migrations/0011-gated.ts';
import { review } from './migrations/0017-review.ts';
import { retests } from './migrations/0019-retests.ts';
import { images } from './migrations/0020-images.ts';
import { archive } from './migrations/0021-archive.ts';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  /** A table is made anew under its old name: references to it are checked when all of it is there. */
  readonly rebuildsTables?: true;
}

export const migrations: readonly Migration[] = [
  initial,
  methods,
  instruments,
  climate,
  afterIssue,
  registrations,
  syncLedger,
  extensometer,
  gated,
  overview,
  withdrawnOrders,
  premises,
  dossier,
  tasks,
  review,
  registers,
  retests,
  images,
  archive,
];

/** Tables that SQLite makes for the full-text index; exactly these, so that no other name can hide among them. */
const searchShadows = new Set(['data', 'idx', 'content', 'docsize', 'config'].map((part) => `searchText_${part}`));

/** Digest of everything the schema is made of: tables, indexes, triggers. SQLite's own names cannot be taken by others. */
export function schemaDigest(db: Database): string {
  const rows = db
    .prepare<[], { type: string; name: string; sql: string | null }>(
      'SELECT type, name, sql FROM sqlite_master ORDER BY type, name',
    )
    .all();
  return digestOf(
    rows.filter(({ type, name }) => !name.startsWith('sqlite_') && !(type === 'table' && searchShadows.has(name))),
  );
}

const versionOf = (db: Database): number => db.pragma('user_version', { simple: true }) as number;

export function refuseTooNew(db: Database, target: readonly Migration[] = migrations): void {
  const current = versionOf(db);
  const newest = target.at(-1)?.version ?? 0;
  if (current <= newest) return;
  throw new AppError({
    code: 'STORE_TOO_NEW',
    message: `数据库版本为 ${current}，本程序只认识到 ${newest}。`,
    meaning: '数据由较新的程序写入，旧程序不会打开它，以免损坏。',
    next: '请安装不低于原版本的程序后再打开。',
  });
}

export function migrate(db: Database, actor: AuditActor, target: readonly Migration[] = migrations): void {
  refuseTooNew(db, target);
  const current = versionOf(db);
  for (const migration of target.filter(({ version }) => version > current)) {
    // SQLite allows this switch only outside a transaction.
    if (migration.rebuildsTables) db.pragma('foreign_keys = OFF');
    try {
      db.transaction(() => {
        db.exec(migration.sql);
        refuseBrokenReferences(db, migration);
        db.pragma(`user_version = ${migration.version}`);
        appendAudit(db, actor, {
          action: 'schema',
          entity: 'schema',
          entityKey: String(migration.version),
          newValue: schemaDigest(db),
          reason: migration.name,
        });
      }).immediate();
    } finally {
      db.pragma('foreign_keys = ON');
    }
  }
}

function refuseBrokenReferences(db: Database, { version, name }: Migration): void {
  const broken = db.pragma('foreign_key_check') as { table: string; parent: string }[];
  const [first] = broken;
  if (first === undefined) return;
  throw new AppError({
    code: 'STORE_MIGRATION_FAILED',
    message: `数据库升级到第 ${version} 版（${name}）时，表 ${first.table} 指向的 ${first.parent} 不存在。`,
    meaning: '没有升级，原有数据没有改动。',
    next: '请备份数据文件夹并联系软件供应方。',
  });
}
