// The one door to a supervision platform. It knows what can be asked and told, in the trade's own words, and no
// HTTP: a province with a session and form posts, or with exchange tables in a database, fulfils the same
// interface, and the engine above it does not change. Every answer is a value. A port never throws for something
// that a platform or a network did; it says which class of failure it was, because the class decides the reaction.

export type FailureClass =
  | 'unknown-outcome' // no answer, connection lost, 5xx, an answer that cannot be read: it may or may not have been done
  | 'auth' // signature, key or permission refused: the whole queue stops
  | 'clock' // the platform finds our clock too far off
  | 'rejected' // the platform read it and refuses this content
  | 'dependency' // something it refers to is not there yet
  | 'same' // it was there already with equal content: success
  | 'conflict' // it was there already with other content
  | 'frozen' // locked or voided by the supervisor
  | 'later' // accepted for processing, or something is still missing
  | 'slow-down'; // too much or too often

export interface FailureDetail {
  field?: string;
  rule?: string;
  message: string;
}

export interface PlatformFailure {
  class: FailureClass;
  /** The platform's own code, or one of ours in capitals when the platform gave none (e.g. `NO_ANSWER`). */
  code: string;
  /** The platform's own words where it gave any. */
  message: string;
  details?: FailureDetail[];
  retryAfterS?: number;
  /** False only when it is certain that nothing reached the platform. */
  sent: boolean;
  /** With `frozen`: what the supervisor did, told by the profile from its platform's own words. A lock where it does not say. */
  freezes?: 'locked' | 'voided';
  /** With `slow-down`: the request was too much (halve it), not too often (wait). */
  tooLarge?: boolean;
  /** With `auth`: worth one repetition with a fresh signature, because the network may have delivered it twice. */
  repeatOnce?: boolean;
}

/** What the attempts ledger keeps of one exchange. Holds no secret and no sealed personal number. */
export interface ExchangeTrace {
  operation: string;
  /** What was addressed, in the profile's own terms, e.g. `PUT /v1/commissions/W-2026-0001`. */
  target: string;
  /** SHA-256 of the bytes that were sent (of nothing for a question). */
  requestDigest: string;
  /** The request body with personal numbers masked and cut to a readable length; empty for bytes. */
  maskedRequest: string;
  /** The answer as received, masked and cut. */
  answer: string;
  /** Milliseconds since 1970, this machine's own clock: records never use the platform's offset. */
  startedAt: number;
  endedAt: number;
}

export type PlatformAnswer<T> = ({ outcome: 'ok'; value: T } | { outcome: 'failed'; failure: PlatformFailure }) & {
  trace: ExchangeTrace;
};

/** JSON as it goes over the wire; decimals are strings in it. */
export type JsonObject = { [key: string]: unknown };

export interface Submission {
  digest: string;
  payload: JsonObject;
}

export interface BatchEntry extends Submission {
  entryId: string;
  kind: string;
  key: string;
  revision: number;
}

export type EntryReceipt =
  | { entryId: string; state: 'accepted' | 'duplicate' | 'queued' }
  | { entryId: string; state: 'rejected'; failure: PlatformFailure };

export interface BatchReceipt {
  batchId: string;
  receipts: EntryReceipt[];
}

export interface CommissionState {
  commissionNo: string;
  platformId: string;
  state: 'active' | 'locked' | 'voided';
  reason?: string | undefined;
}

export interface ReportCode {
  code: string;
  verifyUrl: string;
  issuedAt: string;
  reportNo: string;
  revision: number;
  /** Digest of the report payload that the code is bound to. */
  digest: string;
}

export interface ReportState {
  reportNo: string;
  revision: number;
  state: 'submitted' | 'accepted' | 'rejected' | 'coded' | 'filed' | 'replaced' | 'void';
  code?: ReportCode | undefined;
  /** Present when the state is `rejected`. */
  failure?: PlatformFailure | undefined;
}

export type RegistrationKind = 'person' | 'equipment' | 'premises';

export interface RegistrationState {
  platformId: string;
  state: 'pending' | 'approved' | 'rejected';
  /** The platform's words, where it gave any. */
  reason?: string | undefined;
}

export interface VoidRequest {
  reason: string;
  by: string;
  at: string;
}

export type ReferenceKind = 'item' | 'person' | 'person-qualification' | 'equipment' | 'project' | 'contract';
export const REFERENCE_KINDS: readonly ReferenceKind[] = [
  'item',
  'person',
  'person-qualification',
  'equipment',
  'project',
  'contract',
];

export interface ReferenceRow {
  id: string;
  version: number;
  deleted: boolean;
  data: JsonObject | null;
}

export interface ReferencePage {
  rows: ReferenceRow[];
  nextCursor: string;
  more: boolean;
  snapshot: string;
}

export interface Institution {
  orgCode: string;
  name: string;
  address?: string | undefined;
  qualifications: { certificateNo: string; specialty: string; validFrom: string; validTo: string }[];
  scope: { itemCode: string; parameterCodes?: string[] | undefined; validTo: string; state: 'active' | 'suspended' }[];
  /** Which controls the supervisor enforces; a control that is not named counts as enforced. */
  controls: { [control: string]: boolean | undefined };
  limits: {
    maxBatchEntries?: number | undefined;
    maxBatchBytes?: number | undefined;
    maxMediaBytes?: number | undefined;
  };
}

export interface PlatformEvent {
  id: string;
  type:
    | 'commission.locked'
    | 'commission.unlocked'
    | 'commission.voided'
    | 'qualification.revoked'
    | 'code.revoked'
    | 'notice';
  subject: string;
  at: string;
  text?: string | undefined;
}

export interface Verification {
  code: string;
  status: 'valid' | 'replaced' | 'void';
  reportNo: string;
  revision?: number | undefined;
  institution?: string | undefined;
  project?: string | undefined;
  item?: string | undefined;
  conclusion?: string | undefined;
  issuedAt?: string | undefined;
  fileSha256?: string | undefined;
}

export interface PlatformCapabilities {
  project: boolean;
  contract: boolean;
  catalogue: boolean;
  personnel: boolean;
  equipment: boolean;
  supervisionStatus: boolean;
  witness: boolean;
  acquisition: boolean;
  media: boolean;
  modificationLog: boolean;
  reportFile: boolean;
  stampByPlatform: boolean;
  codePrefetch: boolean;
  changeOrder: boolean;
  void: boolean;
  asyncReceipt: boolean;
  batch: boolean;
  /** Takes the notice of an unqualified result. */
  notice: boolean;
  /** Takes people, equipment and premises from the lab. */
  registrations: boolean;
  /** Tells its clock. */
  time: boolean;
  /** Tells what the supervisor did. */
  events: boolean;
}

export interface PlatformLimits {
  maxEntries: number;
  maxBytes: number;
  pageSize: number;
  clockToleranceS: number;
}

/** How one call may be broken off. A write that is broken off has an unknown outcome. */
export interface CallOptions {
  signal?: AbortSignal;
}

export interface ProvincialPort {
  readonly profile: string;
  readonly capabilities: PlatformCapabilities;
  readonly limits: PlatformLimits;

  time(options?: CallOptions): Promise<PlatformAnswer<{ serverTime: number }>>;
  institution(options?: CallOptions): Promise<PlatformAnswer<Institution>>;
  referencePage(
    kind: ReferenceKind,
    cursor: string | null,
    limit: number,
    options?: CallOptions,
  ): Promise<PlatformAnswer<ReferencePage>>;

  putCommission(
    commissionNo: string,
    submission: Submission,
    options?: CallOptions,
  ): Promise<PlatformAnswer<CommissionState>>;
  /** `null` when the platform has no such commission. */
  getCommission(commissionNo: string, options?: CallOptions): Promise<PlatformAnswer<CommissionState | null>>;

  postBatch(batchId: string, entries: BatchEntry[], options?: CallOptions): Promise<PlatformAnswer<BatchReceipt>>;
  /** `null` when the platform never saw this batch. */
  getBatch(batchId: string, options?: CallOptions): Promise<PlatformAnswer<BatchReceipt | null>>;

  putMedia(sha256: string, bytes: Uint8Array, options?: CallOptions): Promise<PlatformAnswer<{ wasThere: boolean }>>;
  hasMedia(sha256: string, options?: CallOptions): Promise<PlatformAnswer<boolean>>;

  putReport(
    reportNo: string,
    revision: number,
    submission: Submission,
    options?: CallOptions,
  ): Promise<PlatformAnswer<ReportState>>;
  /** `null` when the platform has no such report revision. */
  getReport(reportNo: string, revision: number, options?: CallOptions): Promise<PlatformAnswer<ReportState | null>>;
  obtainCode(reportNo: string, revision: number, options?: CallOptions): Promise<PlatformAnswer<ReportCode>>;
  fileReport(
    reportNo: string,
    revision: number,
    sha256: string,
    bytes: Uint8Array,
    options?: CallOptions,
  ): Promise<PlatformAnswer<{ wasThere: boolean }>>;

  /** Idempotent by the change number in the payload, as every write is by its natural key. */
  postChange(reportNo: string, submission: Submission, options?: CallOptions): Promise<PlatformAnswer<{ done: true }>>;
  voidReport(reportNo: string, request: VoidRequest, options?: CallOptions): Promise<PlatformAnswer<{ done: true }>>;
  /** Also the question: the same entry again answers what has become of it. */
  putRegistration(
    kind: RegistrationKind,
    localId: string,
    entry: BatchEntry,
    options?: CallOptions,
  ): Promise<PlatformAnswer<RegistrationState>>;

  events(
    cursor: string | null,
    options?: CallOptions,
  ): Promise<PlatformAnswer<{ events: PlatformEvent[]; nextCursor: string }>>;
  /** `null` when no report bears this code. */
  verify(code: string, options?: CallOptions): Promise<PlatformAnswer<Verification | null>>;
}
