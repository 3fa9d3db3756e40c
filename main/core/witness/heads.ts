// The head of the audit chain goes to the platform with every report and stands in short on its paper. Here: what these
// heads say of the chain of now, without asking anybody. A chain made anew, with all its hashes right, holds none of them.
import type { TestReportContent } from '../../../shared/reports/test-report.ts';
import { nullableText as nullable, textOf as text } from '../../store/cells.ts';
import type { Store } from '../../store/store.ts';
import { digestOf } from '../../../sync/wire/digest.ts';

type Reader = Pick<Store, 'all' | 'first'>;

/** Characters of the head that are printed on a report. */
export const shortHeadLength = 16;

export interface ReportHead {
  reportNo: string;
  revision: number;
  /** The whole head, as it went out in the report's payload. */
  head: string;
  /** Digest of the payload that lies here: the platform knows it of what it took. */
  digest: string;
  approvedAt: string | null;
  /** Whether the platform has it, as far as is known here. */
  accepted: boolean;
  /** As it is frozen in the report's content; null where there is none. */
  printed: string | null;
  /** The entry of the chain that has this hash; null where no entry has. */
  seq: number | null;
}

/** Every head that a report carried, in the order of the reports. */
export function reportHeads(reader: Reader): ReportHead[] {
  const rows = reader.all(
    `SELECT outbox.key, outbox.revision, outbox.payload, outbox.state, outbox.acceptedAt, report.approvedAt, report.contentJson
     FROM outbox LEFT JOIN report ON report.reportKey = outbox.key || '#' || outbox.revision AND outbox.withdrawnAt IS NULL
     WHERE outbox.kind = 'report' AND outbox.payload IS NOT NULL ORDER BY outbox.seq`,
  );
  const payloads = rows.map((row) => JSON.parse(text(row['payload'])) as { auditHead?: unknown });
  // The chain has no index over its hashes: it is read once for all of them.
  const places = new Map(
    reader
      .all(
        'SELECT hash, seq FROM audit WHERE hash IN (SELECT value FROM json_each(?))',
        JSON.stringify(payloads.map(({ auditHead }) => auditHead ?? '')),
      )
      .map((entry) => [text(entry['hash']), Number(entry['seq'])]),
  );
  return rows.flatMap((row, index) => {
    const payload = payloads[index] ?? {};
    if (typeof payload.auditHead !== 'string' || payload.auditHead === '') return [];
    const content = nullable(row['contentJson']);
    return [
      {
        reportNo: text(row['key']),
        revision: Number(row['revision']),
        head: payload.auditHead,
        digest: digestOf(payload),
        approvedAt: nullable(row['approvedAt']),
        accepted: row['acceptedAt'] !== null,
        printed: content === null ? null : (JSON.parse(content) as TestReportContent).auditHeadShort,
        seq: places.get(payload.auditHead) ?? null,
      },
    ];
  });
}

export const sayReport = ({ reportNo, revision }: Pick<ReportHead, 'reportNo' | 'revision'>): string =>
  revision > 1 ? `报告 ${reportNo} 第 ${revision} 版` : `报告 ${reportNo}`;

/** The first head that does not fit the chain of now; null when all do. */
export function verifyHeads(reader: Reader): string | null {
  for (const head of reportHeads(reader)) {
    if (head.seq === null)
      return `${sayReport(head)} 批准时的审计链头 ${head.head.slice(0, shortHeadLength)} 已不在审计链里：批准之前的历史被整体重写过。`;
    if (head.printed !== null && head.printed !== head.head.slice(0, shortHeadLength))
      return `${sayReport(head)} 纸面上的审计链头与上报平台的不一致。`;
  }
  return null;
}

export interface FoundHead {
  found: boolean;
  /** The entry of the chain it belongs to, and when it was written. */
  seq: number | null;
  at: string | null;
  /** Reports that carry it. */
  reports: string[];
}

/** The head that somebody reads off a paper, against the chain; spaces and capitals do not matter. */
export function findHead(reader: Reader, typed: string): FoundHead {
  const short = typed.replaceAll(/\s/g, '').toLowerCase();
  if (!/^[0-9a-f]{8,64}$/.test(short)) return { found: false, seq: null, at: null, reports: [] };
  const entry = reader.first('SELECT seq, at FROM audit WHERE substr(hash, 1, ?) = ? LIMIT 1', short.length, short);
  const reports = reportHeads(reader).filter(({ head }) => head.startsWith(short));
  return {
    found: entry !== undefined,
    seq: entry ? Number(entry['seq']) : null,
    at: entry ? text(entry['at']) : null,
    reports: reports.map(sayReport),
  };
}
