// After the storm: both sides are read past the programs that wrote them, and must hold the same.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { digestOf } from '../../../sync/wire/digest.ts';
import type { All, Opponent } from './opponents.ts';
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

export function compare(
  opponent: Opponent,
  folder: string,
  seats: readonly { folder: string; jobs: readonly Job[] }[],
): Found {
  const theirs = new Database(opponent.file(folder), { readonly: true });
  const all: All = (sql, ...parameters) => theirs.prepare(sql).all(...parameters) as Record<string, unknown>[];
  const found: Found = { entries: 0, accepted: 0, refused: 0, codes: 0, attempts: 0, violations: [] };
  const fault = (text: string): void => void found.violations.push(text);
  const kept = new Map<string, Set<string>>();
  for (const { folder: own, jobs } of seats) {
    const ours = new Database(join(own, 'jiantai.sqlite'), { readonly: true });
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
        const digest = opponent.digest(all, row);
        if (digest !== row.digest)
          fault(
            `${name}: accepted here, ${digest === undefined ? 'absent' : `other content (${digest.slice(0, 12)})`} there`,
          );
        kept.set(
          row.kind,
          (kept.get(row.kind) ?? new Set()).add(row.kind === 'commission' ? row.key : `${row.key}/${row.revision}`),
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
    const coded = ours.prepare('SELECT reportNo, revision, code, codedSha256 FROM report WHERE code IS NOT NULL').all();
    for (const report of coded as { reportNo: string; revision: number; code: string; codedSha256: string }[]) {
      found.codes += 1;
      const name = `${report.reportNo}/${report.revision}`;
      const codes = opponent.codes(all, report.reportNo, report.revision);
      if (codes.length !== 1 || codes[0] !== report.code) fault(`${name}: codes differ (${codes.length} there)`);
    }
    const aside = ours.prepare('SELECT kind, subject, reason FROM setAside').all();
    for (const item of aside) fault(`set aside: ${JSON.stringify(item)}`);
    ours.close();
  }
  for (const { sql, kinds } of opponent.tables) {
    const sent = kinds.reduce((sum, kind) => sum + (kept.get(kind)?.size ?? 0), 0);
    const n = Number(all(sql)[0]?.['n']);
    if (n !== sent) fault(`${kinds.join(', ')}: ${n} there, ${sent} accepted here`);
  }
  for (const text of opponent.faults(all)) fault(text);
  theirs.close();
  return found;
}
