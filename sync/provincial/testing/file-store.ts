// A SyncStore for tests: everything in one JSON document that is written to disk at the end of every transaction and
// read back when the store is opened again, so that a restart in a test is a real one: what was not on disk is gone.
// It enforces what the real store must enforce (one code per revision, no outcome for an entry that is not there).
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { ulid } from 'ulid';
import type {
  Institution,
  JsonObject,
  PlatformEvent,
  ReferenceKind,
  ReferenceRow,
  RegistrationState,
  ReportCode,
} from '../port.ts';
import type {
  AttemptRow,
  ClockOffset,
  DueQuery,
  EntryKind,
  EntryState,
  FreezeReason,
  Halt,
  Outcome,
  OutboxEntry,
  ReferenceFailure,
  ReferencePageToApply,
  SetAside,
  SyncStore,
} from '../sync-store.ts';

interface Document {
  entries: OutboxEntry[];
  attempts: AttemptRow[];
  codes: Record<string, ReportCode>;
  registrations: Record<string, RegistrationState>;
  setAside: SetAside[];
  frozen: Record<string, FreezeReason>;
  institution: Institution | null;
  referenceFailures: ReferenceFailure[];
  reference: Record<string, { cursor: string; snapshot: string; rows: Record<string, ReferenceRow> }>;
  events: { cursor: string | null; seen: PlatformEvent[] };
  clockOffset: ClockOffset | null;
  halt: Halt | null;
  files: Record<string, string>;
}

const EMPTY: Document = {
  entries: [],
  attempts: [],
  codes: {},
  registrations: {},
  setAside: [],
  frozen: {},
  institution: null,
  referenceFailures: [],
  reference: {},
  events: { cursor: null, seen: [] },
  clockOffset: null,
  halt: null,
  files: {},
};

const LIVE: EntryState[] = ['pending', 'unknown', 'queued'];

export interface NewEntry {
  kind: EntryKind;
  commissionNo: string | null;
  key: string;
  revision?: number;
  digest: string;
  payload?: JsonObject | null;
  mediaSha256?: string | null;
}

export class FileStore implements SyncStore {
  readonly #path: string;
  #document: Document;
  /** Makes the next transactions fail, as a full disk would. */
  failing = false;

  constructor(path: string) {
    this.#path = path;
    this.#document = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Document) : structuredClone(EMPTY);
  }

  get document(): Readonly<Document> {
    return this.#document;
  }

  #write<T>(change: (document: Document) => T): T {
    if (this.failing) throw new Error('SQLITE_FULL: database or disk is full');
    const copy = structuredClone(this.#document);
    const result = change(copy);
    writeFileSync(`${this.#path}.new`, JSON.stringify(copy));
    renameSync(`${this.#path}.new`, this.#path);
    this.#document = copy;
    return result;
  }

  add(...items: NewEntry[]): OutboxEntry[] {
    return this.#write((document) =>
      items.map((item) => {
        const entry: OutboxEntry = {
          entryId: ulid(),
          seq: document.entries.length + 1,
          revision: 1,
          payload: null,
          mediaSha256: null,
          state: 'pending',
          attempts: 0,
          nextTryAt: null,
          batchId: null,
          failureClass: null,
          platformCode: null,
          platformMessage: null,
          platformDetails: null,
          createdAt: Date.now(),
          acceptedAt: null,
          ...item,
        };
        document.entries.push(entry);
        return entry;
      }),
    );
  }

  addFile(sha256: string, bytes: Uint8Array): void {
    this.#write((document) => {
      document.files[sha256] = Buffer.from(bytes).toString('base64');
    });
  }

  /** Lets a test put the store into a state that only a crash could leave. */
  poke(change: (document: Document) => void): void {
    this.#write(change);
  }

  dueEntries({ now, limit, afterSeq, kind }: DueQuery): OutboxEntry[] {
    return structuredClone(
      this.#document.entries
        .filter((entry) => entry.seq > afterSeq && LIVE.includes(entry.state))
        .filter((entry) => entry.nextTryAt === null || entry.nextTryAt <= now)
        .filter((entry) => kind === undefined || entry.kind === kind)
        .filter(
          (entry) =>
            entry.kind === 'unqualified-notice' || this.#document.frozen[entry.commissionNo ?? ''] === undefined,
        )
        .slice(0, limit),
    );
  }

  entriesOf(commissionNo: string | null): OutboxEntry[] {
    return structuredClone(this.#document.entries.filter((entry) => entry.commissionNo === commissionNo));
  }

  entry(entryId: string): OutboxEntry | null {
    return structuredClone(this.#document.entries.find((entry) => entry.entryId === entryId) ?? null);
  }

  nextDueAt(now: number): number | null {
    const times = this.#document.entries
      .filter((entry) => LIVE.includes(entry.state) && entry.nextTryAt !== null && entry.nextTryAt > now)
      .map((entry) => entry.nextTryAt!);
    return times.length === 0 ? null : Math.min(...times);
  }

  counts(): Record<EntryState, number> {
    const counts = { pending: 0, sending: 0, unknown: 0, accepted: 0, queued: 0, rejected: 0, parked: 0 };
    for (const entry of this.#document.entries) counts[entry.state] += 1;
    return counts;
  }

  recoverInterrupted(): number {
    return this.#write((document) => {
      const interrupted = document.entries.filter((entry) => entry.state === 'sending');
      for (const entry of interrupted) Object.assign(entry, { state: 'unknown', nextTryAt: null });
      return interrupted.length;
    });
  }

  markSending(entryIds: string[], batchId: string | null): void {
    this.#write((document) => {
      for (const entryId of entryIds) {
        Object.assign(requireEntry(document, entryId), { state: 'sending', batchId, nextTryAt: null });
      }
    });
  }

  recordOutcome(outcome: Outcome): void {
    this.#write((document) => record(document, outcome));
  }

  applyCode(entryId: string, code: ReportCode, outcome: Outcome): 'applied' | 'same' | 'conflict' {
    const key = `${code.reportNo}/${code.revision}`;
    const known = this.#document.codes[key];
    if (known !== undefined && known.code !== code.code) return 'conflict';
    return this.#write((document) => {
      requireEntry(document, entryId);
      document.codes[key] = code;
      record(document, outcome);
      return known === undefined ? 'applied' : 'same';
    });
  }

  applyRegistration(entryId: string, state: RegistrationState, outcome: Outcome): void {
    this.#write((document) => {
      document.registrations[requireEntry(document, entryId).key] = state;
      record(document, outcome);
    });
  }

  setAside(item: SetAside): void {
    this.#write((document) => document.setAside.push(item));
  }

  freezeCommission(commissionNo: string, reason: FreezeReason): void {
    this.#write((document) => {
      document.frozen[commissionNo] = reason;
    });
  }

  unfreezeCommission(commissionNo: string): void {
    this.#write((document) => {
      if (document.frozen[commissionNo]?.state === 'locked') delete document.frozen[commissionNo];
    });
  }

  frozenCommissions(): { commissionNo: string; state: 'locked' | 'voided' }[] {
    return Object.entries(this.#document.frozen).map(([commissionNo, { state }]) => ({ commissionNo, state }));
  }

  institution(): Institution | null {
    return this.#document.institution;
  }

  saveInstitution(institution: Institution): void {
    this.#write((document) => {
      document.institution = institution;
    });
  }

  saveReferenceFailures(failures: ReferenceFailure[]): void {
    this.#write((document) => {
      document.referenceFailures = failures;
    });
  }

  referenceCursor(kind: ReferenceKind): string | null {
    return this.#document.reference[kind]?.cursor ?? null;
  }

  applyReferencePage({ kind, rows, cursor, snapshot }: ReferencePageToApply): 'applied' | 'held' {
    return this.#write((document) => {
      const known = (document.reference[kind] ??= { cursor, snapshot, rows: {} });
      Object.assign(known, { cursor, snapshot });
      for (const row of rows) {
        if (row.deleted) delete known.rows[row.id];
        else known.rows[row.id] = row;
      }
      return 'applied';
    });
  }

  eventsCursor(): string | null {
    return this.#document.events.cursor;
  }

  applyEvents(events: PlatformEvent[], cursor: string, at: number): void {
    this.#write((document) => {
      document.events.cursor = cursor;
      document.events.seen.push(...events);
      for (const event of events) {
        const words = { code: event.type, message: event.text ?? '', at };
        if (event.type === 'commission.locked') document.frozen[event.subject] = { state: 'locked', ...words };
        else if (event.type === 'commission.voided') document.frozen[event.subject] = { state: 'voided', ...words };
        else if (event.type === 'commission.unlocked') delete document.frozen[event.subject];
      }
    });
  }

  clockOffset(): ClockOffset | null {
    return this.#document.clockOffset;
  }

  saveClockOffset(offset: ClockOffset): void {
    this.#write((document) => {
      document.clockOffset = offset;
    });
  }

  halt(): Halt | null {
    return this.#document.halt;
  }

  saveHalt(halt: Halt | null): void {
    this.#write((document) => {
      document.halt = halt;
    });
  }

  readBytes(sha256: string): Uint8Array | null {
    const text = this.#document.files[sha256];
    return text === undefined ? null : new Uint8Array(Buffer.from(text, 'base64'));
  }
}

function requireEntry(document: Document, entryId: string): OutboxEntry {
  const entry = document.entries.find((candidate) => candidate.entryId === entryId);
  if (entry === undefined) throw new Error(`no entry ${entryId}`);
  return entry;
}

function record(document: Document, outcome: Outcome): void {
  if (outcome.attempt !== null) document.attempts.push(outcome.attempt);
  for (const change of outcome.changes) Object.assign(requireEntry(document, change.entryId), change);
}
