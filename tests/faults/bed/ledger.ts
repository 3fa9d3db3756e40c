// What the program told somebody: every answer that a window got and every run it was shown. Whatever is written here
// must be in the store for ever after, however often the core dies.
import type { Commission } from '../../../shared/entities/commission.ts';
import type { Run, TestRecord } from '../../../shared/entities/record.ts';

export interface DraftMemory {
  /** Newest content that was acknowledged; null: discarded, or never saved. */
  acknowledged: string | null;
  /** Sent since then without an answer: one of these may be there instead. */
  unanswered: (string | null)[];
}

export class Ledger {
  readonly commissions = new Map<string, Commission>();
  /** recordNo → taskId */
  readonly records = new Map<string, string>();
  readonly environments = new Map<string, string>();
  readonly runs = new Map<string, Run>();
  /** `recordNo/meaning` → digest */
  readonly signatures = new Map<string, string>();
  /** Report numbers that were approved. */
  readonly approvals = new Set<string>();
  /** reportNo → every code that was ever shown for it. */
  readonly codes = new Map<string, Set<string>>();
  /** `username/form` */
  readonly drafts = new Map<string, DraftMemory>();
  /** runId → greatest load that a window showed while the run recorded, kN. */
  readonly shownLoads = new Map<string, number>();

  record(record: TestRecord): void {
    this.records.set(record.recordNo, record.taskId);
    if (record.environment) this.environments.set(record.recordNo, JSON.stringify(record.environment));
    for (const run of record.runs) this.runs.set(run.runNo, run);
    for (const { meaning, digest, valid } of record.signatures) {
      if (valid) this.signatures.set(`${record.recordNo}/${meaning}`, digest);
    }
  }

  code(reportNo: string, code: string): void {
    const known = this.codes.get(reportNo) ?? new Set();
    this.codes.set(reportNo, known.add(code));
  }

  draft(key: string): DraftMemory {
    const known = this.drafts.get(key) ?? { acknowledged: null, unanswered: [] };
    this.drafts.set(key, known);
    return known;
  }

  shown(runId: string, loads: readonly number[]): void {
    this.shownLoads.set(
      runId,
      loads.reduce((most, load) => Math.max(most, load), this.shownLoads.get(runId) ?? 0),
    );
  }
}
