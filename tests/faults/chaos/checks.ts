// After the storm: both sides are read past the programs that wrote them, and must hold the same.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { digestOf, sha256Hex } from '../../../sync/wire/digest.ts';
import type { Job } from './work.ts';

interface OutboxRow {
  kind: string;
  commissionNo: string;
  key: string;
  revision: number;
  digest: string;
  payload: string | null;
  state: string;
  platformCode: string | null;
  platformMessage: string | null;
}

export interface Found {
  entries: number;
  accepted: number;
  refused: number;
  codes: number;
  attempts: number;
  violations: string[];
}

const BATCHED = ['acquisition', 'test-record', 'modification', 'unqualified-notice'];

type Get = (sql: string, ...parameters: unknown[]) => Record<string, unknown> | undefined;

/** The digest under which the platform holds an entry, read from its own tables; undefined where it has none. */
function theirDigest(get: Get, row: OutboxRow): unknown {
  switch (row.kind) {
    case 'commission':
      return get('SELECT digest FROM commission WHERE commission_no = ?', row.key)?.['digest'];
    case 'media':
      return get('SELECT sha256 FROM medium WHERE sha256 = ?', row.key)?.['sha256'];
    case 'report':
    case 'code': {
      const table = row.kind === 'report' ? 'report' : 'report_code';
      return get(`SELECT digest FROM ${table} WHERE report_no = ? AND revision = ?`, row.key, row.revision)?.['digest'];
    }
    case 'report-file':
      return get('SELECT sha256 FROM report_file WHERE report_no = ? AND revision = ?', row.key, row.revision)?.[
        'sha256'
      ];
    case 'change-order':
      return get('SELECT digest FROM change_order WHERE report_no = ? AND revision = ?', row.key, row.revision)?.[
        'digest'
      ];
    case 'void':
      // Only what the contract asks for was sent; that a report is void is what counts.
      return get('SELECT 1 FROM report_void WHERE report_no = ?', row.key) === undefined ? undefined : row.digest;
    case 'registration': {
      const [kind, localId] = row.key.split('/');
      const sql = 'SELECT digest FROM registration WHERE kind = ? AND local_id = ? AND revision = ?';
      return get(sql, kind, localId, row.revision)?.['digest'];
    }
    default:
      return get(
        'SELECT digest FROM entry WHERE kind = ? AND key = ? AND revision = ?',
        row.kind,
        row.key,
        row.revision,
      )?.['digest'];
  }
}

const TABLES = {
  commission: 'commission', media: 'medium', report: 'report', code: 'report_code', 'report-file': 'report_file',
  'change-order': 'change_order', void: 'report_void', registration: 'registration',
} as const; // prettier-ignore

export function compare(platformFile: string, seats: readonly { folder: string; jobs: readonly Job[] }[]): Found {
  const theirs = new Database(platformFile, { readonly: true });
  const get: Get = (sql, ...parameters) =>
    theirs.prepare(sql).get(...parameters) as Record<string, unknown> | undefined;
  const found: Found = { entries: 0, accepted: 0, refused: 0, codes: 0, attempts: 0, violations: [] };
  const fault = (text: string): void => void found.violations.push(text);
  const kept = new Map<string, Set<string>>();
  for (const { folder, jobs } of seats) {
    const ours = new Database(join(folder, 'jiantai.sqlite'), { readonly: true });
    const refusedNo = new Set(jobs.filter((job) => job.refused).map((job) => job.numbers.commissionNo));
    const rows = ours.prepare('SELECT * FROM outbox ORDER BY seq').all() as OutboxRow[];
    found.entries += rows.length;
    found.attempts += (ours.prepare('SELECT count(*) AS n FROM outboxAttempt').get() as { n: number }).n;
    for (const row of rows) {
      const name = `${row.kind} ${row.key}/${row.revision}`;
      if (row.payload !== null && digestOf(JSON.parse(row.payload)) !== row.digest)
        fault(`${name}: own digest differs`);
      if (row.state === 'accepted') {
        found.accepted += 1;
        // A commission has one place there: what came last stands in it.
        const isPast =
          row.kind === 'commission' &&
          rows.some((other) => other.kind === row.kind && other.key === row.key && other.revision > row.revision);
        if (isPast) continue;
        const digest = theirDigest(get, row);
        if (digest !== row.digest)
          fault(`${name}: accepted here, ${digest === undefined ? 'absent' : 'other content'} there`);
        const group = TABLES[row.kind as keyof typeof TABLES] ?? `entry ${row.kind}`;
        kept.set(
          group,
          (kept.get(group) ?? new Set()).add(row.kind === 'commission' ? row.key : `${row.key}/${row.revision}`),
        );
        continue;
      }
      const words = `${row.state} ${row.platformCode ?? ''} ${row.platformMessage ?? ''}`;
      if (!refusedNo.has(row.commissionNo)) fault(`${name}: ${words}`);
      else if (row.kind === 'test-record') {
        found.refused += 1;
        if (row.state !== 'rejected' || row.platformCode === null || !row.platformMessage)
          fault(`${name}: refused without a reason: ${words}`);
      } else if (
        row.state !== 'pending' ||
        (row.kind !== 'report' && row.kind !== 'code' && row.kind !== 'modification')
      )
        fault(`${name}: ${words}`);
    }
    const codes = ours.prepare('SELECT reportNo, revision, code, codedSha256 FROM report WHERE code IS NOT NULL').all();
    for (const report of codes as { reportNo: string; revision: number; code: string; codedSha256: string }[]) {
      found.codes += 1;
      const name = `${report.reportNo}/${report.revision}`;
      const all = theirs
        .prepare('SELECT code FROM report_code WHERE report_no = ? AND revision = ?')
        .all(report.reportNo, report.revision);
      if (all.length !== 1 || (all[0] as { code: string }).code !== report.code) fault(`${name}: codes differ`);
    }
    const aside = ours.prepare('SELECT kind, subject, reason FROM setAside').all();
    for (const item of aside) fault(`set aside: ${JSON.stringify(item)}`);
    ours.close();
  }
  for (const [group, keys] of kept) {
    const sql = group.startsWith('entry ')
      ? `SELECT count(*) AS n FROM entry WHERE kind = '${group.slice(6)}'`
      : `SELECT count(*) AS n FROM ${group}`;
    const n = Number(get(sql)?.['n']);
    if (n !== keys.size) fault(`${group}: ${n} there, ${keys.size} accepted here`);
  }
  for (const row of theirs.prepare('SELECT * FROM entry').all() as {
    kind: string;
    key: string;
    digest: string;
    payload: string;
  }[]) {
    if (digestOf(JSON.parse(row.payload)) !== row.digest)
      fault(`${row.kind} ${row.key}: the platform's digest is not of its content`);
    if (!BATCHED.includes(row.kind)) fault(`${row.kind} ${row.key}: never sent`);
  }
  for (const row of theirs.prepare('SELECT sha256, bytes FROM medium').all() as {
    sha256: string;
    bytes: Uint8Array;
  }[]) {
    if (sha256Hex(row.bytes) !== row.sha256) fault(`medium ${row.sha256}: other bytes`);
  }
  theirs.close();
  return found;
}
