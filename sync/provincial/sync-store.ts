// What the engine needs of the store, and nothing more: `main` fulfils it over SQLite. Every method is synchronous
// and one transaction: when it returns, what it did is on disk as a whole; when it throws, nothing of it is. That is
// what lets a process be killed at any moment: an entry is marked `sending` on disk before its first byte leaves,
// and whatever is still marked so at the next start has an unknown outcome and is asked about, never just repeated.
import type {
  FailureClass,
  FailureDetail,
  Institution,
  JsonObject,
  PlatformEvent,
  ReferenceKind,
  ReferenceRow,
  RegistrationState,
  ReportCode,
} from './port.ts';

export type EntryKind =
  | 'registration'
  | 'commission'
  | 'witness'
  | 'media'
  | 'acquisition'
  | 'test-record'
  | 'modification'
  | 'unqualified-notice'
  | 'change-order'
  | 'report'
  | 'code'
  | 'report-file'
  | 'void';

export type EntryState =
  | 'pending' // waits for its turn, for what it depends on, or for its next try
  | 'sending' // bytes may be leaving now
  | 'unknown' // it may or may not have arrived; asked about before it is sent again
  | 'accepted' // the platform has it
  | 'queued' // the platform took it in and has not decided yet, or something is still missing there
  | 'rejected' // the platform refuses this content; a person corrects it (a new entry) or retries
  | 'parked'; // set aside here for a person: conflict, changed bytes, a second code

export interface OutboxEntry {
  /** ULID. */
  entryId: string;
  /** Order of entering the outbox; order comes from here, never from a clock. */
  seq: number;
  kind: EntryKind;
  /** The commission whose queue this entry stands in; `null` for what belongs to none. */
  commissionNo: string | null;
  /**
   * Natural key: commissionNo, sha256 of a medium, run, record, log number, `<sampleNo>/<phase>`, reportNo, and
   * `<kind>/<localId>` of a registration.
   */
  key: string;
  /** Of a change order: the report revision that it leads to; of a void: the newest revision of the report. */
  revision: number;
  /**
   * Of the payload (commission, entries, report); for `code` the digest of the report it is asked for; for `media`
   * and `report-file` the SHA-256 of the bytes.
   */
  digest: string;
  /** `null` for `media`, `code` and `report-file`. */
  payload: JsonObject | null;
  /** For `media` and `report-file`: which bytes; the store knows the file. */
  mediaSha256: string | null;
  state: EntryState;
  /** Tries without a definite answer since it was entered or last retried by a person. */
  attempts: number;
  /** Milliseconds since 1970; `null` means at once. */
  nextTryAt: number | null;
  /** The batch it last travelled in. */
  batchId: string | null;
  failureClass: FailureClass | 'local' | null;
  /** The platform's own code and words, kept as they came. */
  platformCode: string | null;
  platformMessage: string | null;
  platformDetails: FailureDetail[] | null;
  createdAt: number;
  acceptedAt: number | null;
  /** A person stated that it is settled outside: nothing waits for it any longer; the platform judges what refers to it. */
  settled?: boolean;
}

/** The new standing of one entry. The platform's words are replaced as a whole, so `null` clears them. */
export interface EntryChange {
  entryId: string;
  state: EntryState;
  attempts: number;
  nextTryAt: number | null;
  batchId: string | null;
  failureClass: FailureClass | 'local' | null;
  platformCode: string | null;
  platformMessage: string | null;
  platformDetails: FailureDetail[] | null;
  acceptedAt: number | null;
}

/** One row of the attempts ledger: one exchange with the platform and the entries it was about. */
export interface AttemptRow {
  operation: string;
  target: string;
  entryIds: string[];
  batchId: string | null;
  outcome: 'ok' | FailureClass;
  code: string | null;
  message: string | null;
  requestDigest: string;
  maskedRequest: string;
  answer: string;
  startedAt: number;
  endedAt: number;
}

export interface Outcome {
  /** `null` when nothing was exchanged (a check on this side, a person's retry). */
  attempt: AttemptRow | null;
  changes: EntryChange[];
}

/** Something the platform sent that was not asked for or does not fit: kept for people, never applied. */
export interface SetAside {
  kind: 'receipt' | 'code' | 'report-state';
  subject: string;
  reason: string;
  content: JsonObject;
  at: number;
}

export interface FreezeReason {
  state: 'locked' | 'voided';
  code: string;
  message: string;
  at: number;
}

export interface ClockOffset {
  /** Platform clock minus this machine's clock. */
  offsetMs: number;
  measuredAt: number;
  roundTripMs: number;
}

/** Why the whole queue stands still. Shown as one banner. */
export interface Halt {
  code: string;
  message: string;
  at: number;
}

export interface DueQuery {
  now: number;
  limit: number;
  /** Keyset: only entries with a greater `seq`. 0 for the first page. */
  afterSeq: number;
  /** Only this kind; used so that notices are found first however long the queue is. */
  kind?: EntryKind;
}

export interface ReferencePageToApply {
  kind: ReferenceKind;
  rows: ReferenceRow[];
  /** Stored in the same transaction as the rows. */
  cursor: string;
  snapshot: string;
  /** Whether more pages follow; the reference data of this kind are complete when false. */
  more: boolean;
  at: number;
}

/** A kind of reference data that the last download did not bring down whole, and why. */
export interface ReferenceFailure {
  kind: ReferenceKind;
  code: string;
  message: string;
}

export interface SyncStore {
  /**
   * Entries in state pending, unknown or queued whose next try has come, ascending by `seq`. Entries of a frozen
   * commission are left out, except unqualified notices.
   */
  dueEntries(query: DueQuery): OutboxEntry[];
  /** Every entry of a commission (`null`: of those that belong to none) in any state, ascending by `seq`. */
  entriesOf(commissionNo: string | null): OutboxEntry[];
  entry(entryId: string): OutboxEntry | null;
  /** The earliest stored next try later than `now` among pending, unknown and queued entries. */
  nextDueAt(now: number): number | null;
  counts(): Record<EntryState, number>;

  /** At start: everything still marked `sending` becomes `unknown` and due at once. Answers how many. */
  recoverInterrupted(at: number): number;
  /** State `sending`, the batch noted, no next try; on disk before the first byte leaves. */
  markSending(entryIds: string[], batchId: string | null, at: number): void;
  /** The ledger row and all changes together. */
  recordOutcome(outcome: Outcome): void;

  /**
   * Binds a code to a report revision, together with the outcome of its entry, exactly once. `same`: this very code
   * was bound before (the outcome is still recorded). `conflict`: another one was; then nothing is written.
   */
  applyCode(entryId: string, code: ReportCode, outcome: Outcome): 'applied' | 'same' | 'conflict';
  /** What the platform says of a person, a machine or premises entered here, together with the outcome of its entry. */
  applyRegistration(entryId: string, state: RegistrationState, outcome: Outcome): void;
  setAside(item: SetAside): void;

  freezeCommission(commissionNo: string, reason: FreezeReason): void;
  /** Lifts a lock; a void commission stays frozen. */
  unfreezeCommission(commissionNo: string, at: number): void;
  frozenCommissions(): { commissionNo: string; state: 'locked' | 'voided' }[];

  institution(): Institution | null;
  saveInstitution(institution: Institution, at: number): void;
  referenceCursor(kind: ReferenceKind): string | null;
  /**
   * Rows and cursor together. `held` when the store will not take this page without a person (for example because it
   * would disable too many people at once); the cursor then stays where it was and this kind stops.
   */
  applyReferencePage(page: ReferencePageToApply): 'applied' | 'held';
  /** Of the last download; the next one replaces them. Empty when every kind came down. */
  saveReferenceFailures(failures: ReferenceFailure[], at: number): void;
  eventsCursor(): string | null;
  /** What the supervisor did and the cursor after it, together: commissions freeze and unfreeze here. */
  applyEvents(events: PlatformEvent[], cursor: string, at: number): void;

  clockOffset(): ClockOffset | null;
  saveClockOffset(offset: ClockOffset): void;
  halt(): Halt | null;
  saveHalt(halt: Halt | null): void;

  /** The bytes of a medium or of a coded file; `null` when they are not there. */
  readBytes(sha256: string): Uint8Array | null;
}
