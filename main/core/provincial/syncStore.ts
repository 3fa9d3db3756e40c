// What the sync engine needs of the store, over SQLite: every method one transaction. It also carries what an answer
// means for a report or a commission here, so that state and outcome can never come apart.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ulid } from 'ulid';
import type {
  Institution,
  PlatformEvent,
  ReferenceKind,
  RegistrationState,
  ReportCode,
} from '../../../sync/provincial/port.ts';
import type {
  ClockOffset,
  DueQuery,
  EntryState,
  FreezeReason,
  Halt,
  Outcome,
  OutboxEntry,
  ReferenceFailure,
  ReferencePageToApply,
  SetAside,
  SyncStore,
} from '../../../sync/provincial/sync-store.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { sha256Hex } from '../../../sync/wire/digest.ts';
import type { Transaction } from '../../store/transaction.ts';
import { openOriginal } from '../afterIssue/originals.ts';
import { replaceEarlier } from '../afterIssue/replaced.ts';
import { programActor, type Context } from '../context.ts';
import { applyRegistration } from '../registrations/apply.ts';
import { reportKeyOf } from '../reports/joinReport.ts';
import { readFact, writeFact } from './facts.ts';
import { mustWait } from './massChange.ts';
import { notify } from './notices.ts';
import { entryOf } from './outboxRow.ts';
import { recordOutcome } from './outcomes.ts';
import { failedKindsFact, type FailedKind } from './referenceState.ts';
import { applyReferenceRow } from './referenceRows.ts';
import { applyEvent, freeze, unfreeze } from './supervision.ts';

const actor = programActor('上传');
const states: EntryState[] = ['pending', 'sending', 'unknown', 'accepted', 'queued', 'rejected', 'parked'];
const live = `state IN ('pending', 'unknown', 'queued')`;

export class SqliteSyncStore implements SyncStore {
  readonly #context: Context;
  readonly #onCode: () => void;
  readonly #onChanged: () => void;

  /** While the engine notes what it sends and what came of it. */
  recording = false;

  /** `onChanged`: the platform's reference data are no longer what was downloaded. */
  constructor(context: Context, onCode: () => void, onChanged: () => void = () => undefined) {
    this.#context = context;
    this.#onCode = onCode;
    this.#onChanged = onChanged;
  }

  dueEntries({ now, limit, afterSeq, kind }: DueQuery): OutboxEntry[] {
    return this.#context.store
      .all(
        `SELECT outbox.* FROM outbox LEFT JOIN commission USING (commissionNo)
         WHERE outbox.seq > ? AND ${live.replace('state', 'outbox.state')} AND (nextTryAt IS NULL OR nextTryAt <= ?) ${kind === undefined ? '' : 'AND kind = ?'}
           AND (kind = 'unqualified-notice' OR commission.platformState IS NULL OR commission.platformState = 'active')
         ORDER BY outbox.seq LIMIT ?`,
        afterSeq,
        now,
        ...(kind === undefined ? [] : [kind]),
        limit,
      )
      .map(entryOf);
  }

  entriesOf(commissionNo: string | null): OutboxEntry[] {
    return this.#context.store
      .all('SELECT * FROM outbox WHERE commissionNo = ? ORDER BY seq', commissionNo ?? '')
      .map(entryOf);
  }

  entry(entryId: string): OutboxEntry | null {
    const row = this.#context.store.get('outbox', entryId);
    return row ? entryOf(row) : null;
  }

  nextDueAt(now: number): number | null {
    const row = this.#context.store.first(
      `SELECT min(nextTryAt) AS at FROM outbox WHERE ${live} AND nextTryAt > ?`,
      now,
    );
    return row?.['at'] === null || row === undefined ? null : Number(row['at']);
  }

  counts(): Record<EntryState, number> {
    const counts = Object.fromEntries(states.map((state) => [state, 0])) as Record<EntryState, number>;
    for (const row of this.#context.store.all('SELECT state, count(*) AS n FROM outbox GROUP BY state')) {
      counts[String(row['state']) as EntryState] = Number(row['n']);
    }
    return counts;
  }

  recoverInterrupted(_at: number): number {
    return this.#write((tx) => {
      const rows = tx.all(`SELECT entryId FROM outbox WHERE state = 'sending'`);
      for (const row of rows) tx.update('outbox', row['entryId'] ?? '', { state: 'unknown', nextTryAt: null });
      return rows.length;
    });
  }

  markSending(entryIds: string[], batchId: string | null, _at: number): void {
    this.#record((tx) => {
      for (const entryId of entryIds) tx.update('outbox', entryId, { state: 'sending', batchId, nextTryAt: null });
    });
  }

  recordOutcome(outcome: Outcome): void {
    this.#record((tx) => recordOutcome(tx, outcome));
  }

  applyCode(entryId: string, code: ReportCode, outcome: Outcome): 'applied' | 'same' | 'conflict' {
    const key = reportKeyOf(code.reportNo, code.revision);
    const answer = this.#write((tx) => {
      const report = tx.get('report', key);
      if (!report || !tx.get('outbox', entryId)) throw new Error(`no report ${key} for code entry ${entryId}`);
      if (report['code'] !== null && report['code'] !== code.code) return 'conflict' as const;
      const known = report['code'] !== null;
      recordOutcome(tx, outcome);
      if (known) return 'same' as const;
      const issued = { code: code.code, verifyUrl: code.verifyUrl, codeIssuedAt: code.issuedAt };
      // A report that became void here meanwhile stays void; its code is kept, since the platform has given it.
      const state = report['state'] === 'void' ? 'void' : 'coded';
      tx.update('report', key, { ...issued, state, waitingFor: null });
      if (report['state'] === 'void') openOriginal(tx, key, 'void', toWallTime(Date.now()));
      else replaceEarlier(tx, code.reportNo, code.revision);
      return 'applied' as const;
    });
    if (answer !== 'conflict') this.#onCode();
    return answer;
  }

  applyRegistration(entryId: string, state: RegistrationState, outcome: Outcome): void {
    this.#write((tx) => {
      recordOutcome(tx, outcome);
      applyRegistration(tx, entryId, state, this.#context.now().getTime());
    });
    if (state.state === 'approved') this.#onChanged();
  }

  setAside(item: SetAside): void {
    this.#write((tx) => {
      tx.insert('setAside', {
        asideId: ulid(),
        kind: item.kind,
        subject: item.subject,
        reason: item.reason,
        content: JSON.stringify(item.content),
        at: item.at,
      });
      notify(
        tx,
        'warning',
        `平台发来的内容不能采用，已另行保存（${item.subject}）：${item.reason}`,
        'sync',
        item.subject,
      );
    });
  }

  freezeCommission(commissionNo: string, reason: FreezeReason): void {
    this.#write((tx) => freeze(tx, commissionNo, reason.state, reason.message));
  }

  unfreezeCommission(commissionNo: string, _at: number): void {
    this.#write((tx) => unfreeze(tx, commissionNo));
  }

  frozenCommissions(): { commissionNo: string; state: 'locked' | 'voided' }[] {
    return this.#context.store
      .all(`SELECT commissionNo, platformState FROM commission WHERE platformState <> 'active'`)
      .map((row) => ({ commissionNo: String(row['commissionNo']), state: String(row['platformState']) as 'locked' }));
  }

  institution(): Institution | null {
    const row = this.#context.store.first('SELECT * FROM institution');
    if (!row) return null;
    const json = (column: string) => JSON.parse(String(row[column]));
    return {
      orgCode: String(row['orgCode']),
      name: String(row['name']),
      address: String(row['address']),
      qualifications: json('qualificationsJson'),
      scope: json('scopeJson'),
      controls: json('controlsJson'),
      limits: json('limitsJson'),
    };
  }

  saveInstitution(institution: Institution, at: number): void {
    this.#write((tx) => {
      tx.put('institution', {
        orgCode: institution.orgCode,
        name: institution.name,
        address: institution.address ?? '',
        certificateNo: institution.qualifications[0]?.certificateNo ?? '',
        qualificationsJson: JSON.stringify(institution.qualifications),
        scopeJson: JSON.stringify(institution.scope),
        controlsJson: JSON.stringify(institution.controls),
        limitsJson: JSON.stringify(institution.limits),
      });
      // Whether an item is inside the scope is part of the item's line in the windows.
      for (const item of tx.all('SELECT itemCode FROM item')) tx.touch('items', String(item['itemCode']));
      writeFact(tx, 'institutionAt', at);
    });
  }

  referenceCursor(kind: ReferenceKind): string | null {
    const cursor = this.#context.store.get('referenceCursor', kind)?.['cursor'];
    return cursor === null || cursor === undefined ? null : String(cursor);
  }

  applyReferencePage(page: ReferencePageToApply): 'applied' | 'held' {
    return this.#write((tx) => {
      if (mustWait(tx, page)) return 'held' as const;
      for (const row of page.rows) applyReferenceRow(tx, page.kind, row);
      tx.put('referenceCursor', {
        kind: page.kind,
        cursor: page.cursor,
        snapshot: page.snapshot,
        fetchedAt: toWallTime(page.at),
      });
      return 'applied' as const;
    });
  }

  /** When each began to fail stays with it, for as long as it fails. */
  saveReferenceFailures(failures: ReferenceFailure[], at: number): void {
    const before = readFact<FailedKind[]>(this.#context.store, failedKindsFact) ?? [];
    if (before.length === 0 && failures.length === 0) return;
    const since = (kind: string): string => before.find((one) => one.kind === kind)?.since ?? toWallTime(at);
    const now: FailedKind[] = failures.map((one) => ({ ...one, since: since(one.kind) }));
    this.#write((tx) => writeFact(tx, failedKindsFact, now));
  }

  eventsCursor(): string | null {
    const row = this.#context.store.get('fact', 'eventsCursor');
    return row ? (JSON.parse(String(row['value'])) as string | null) : null;
  }

  applyEvents(events: PlatformEvent[], cursor: string, _at: number): void {
    this.#write((tx) => {
      for (const event of events) applyEvent(tx, event);
      writeFact(tx, 'eventsCursor', cursor);
    });
    if (events.some(({ type }) => type === 'qualification.revoked')) this.#onChanged();
  }

  clockOffset(): ClockOffset | null {
    const row = this.#context.store.get('fact', 'clockOffset');
    return row ? (JSON.parse(String(row['value'])) as ClockOffset) : null;
  }

  saveClockOffset(offset: ClockOffset): void {
    this.#write((tx) => writeFact(tx, 'clockOffset', offset));
    this.#context.clock.measured(offset);
    this.#context.clock.tell();
  }

  halt(): Halt | null {
    const row = this.#context.store.get('fact', 'halt');
    return row ? (JSON.parse(String(row['value'])) as Halt | null) : null;
  }

  saveHalt(halt: Halt | null): void {
    this.#write((tx) => writeFact(tx, 'halt', halt));
  }

  readBytes(sha256: string): Uint8Array | null {
    const media = this.#context.store.get('media', sha256);
    if (!media) return null;
    const path = join(this.#context.dataFolder, String(media['path']));
    const bytes = existsSync(path) ? readFileSync(path) : null;
    return bytes && sha256Hex(bytes) === sha256 ? bytes : null;
  }

  #record(work: (tx: Transaction) => void): void {
    this.recording = true;
    try {
      this.#write(work);
    } finally {
      this.recording = false;
    }
  }

  #write<T>(work: (tx: Transaction) => T): T {
    return this.#context.store.transact(actor, work);
  }
}
