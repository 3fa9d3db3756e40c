// What must be at the platform before an entry may go (provincial README, "Order per commission"), worked out for
// one commission at a time, so that no commission can hold back another. Two kinds of waiting:
// - hard: what an entry refers to must be accepted. A refused run holds back its record, that record's report and
//   code, and nothing else of the commission.
// - soft: whatever of an earlier stage is on its way goes first, so that the platform sees the order it expects. What
//   is stuck or keeps failing is not waited for.
// The notice of an unqualified result waits for nothing.
import type { EntryKind, OutboxEntry } from '../sync-store.ts';
import { isWaitedFor } from '../not-carried.ts';
import { unreachable } from '../unreachable.ts';

const STAGES: readonly EntryKind[] = [
  'registration',
  'commission',
  'witness',
  'media',
  'acquisition',
  'test-record',
  'modification',
  'change-order',
  'report',
  'code',
  'report-file',
  'void',
];

export function stageOf(kind: EntryKind): number {
  return kind === 'unqualified-notice' ? -1 : STAGES.indexOf(kind);
}

/** Nobody waits for these by order alone: the notice overtakes all, the others come after a whole report. */
const ONLY_FOR_WHAT_REFERS_TO_IT = new Set<EntryKind>(['unqualified-notice', 'change-order', 'void']);

/** After this many tries without an answer an entry no longer holds back later stages that do not refer to it. */
const PATIENCE = 3;

export interface CommissionView {
  /** May go now as far as order is concerned. */
  isReady(entry: OutboxEntry): boolean;
  /** What an entry waits for, itself excluded. Empty when it is ready. */
  blockersOf(entry: OutboxEntry): OutboxEntry[];
  /** What an entry refers to, whatever state that is in. */
  dependenciesOf(entry: OutboxEntry): OutboxEntry[];
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function newer(a: OutboxEntry, b: OutboxEntry): boolean {
  return a.revision > b.revision || (a.revision === b.revision && a.seq > b.seq);
}

function gatherInto<K>(map: Map<K, OutboxEntry[]>, key: K, entry: OutboxEntry): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [entry]);
  else list.push(entry);
}

/**
 * A report that stays merely submitted lacks something over there; only asking for its code tells what. So after the
 * first fruitless poll the code is asked for, and the answer (NOT_READY with its list) is what people are shown.
 */
function satisfied(other: OutboxEntry, waiting: OutboxEntry): boolean {
  return (
    other.state === 'accepted' ||
    other.settled === true ||
    !isWaitedFor(other) ||
    (waiting.kind === 'code' && other.kind === 'report' && other.state === 'queued' && other.attempts > 1)
  );
}

export function viewOf(siblings: OutboxEntry[]): CommissionView {
  const byKindAndKey = new Map<string, OutboxEntry[]>();
  const byKey = new Map<string, OutboxEntry[]>();
  const runsOfRecord = new Map<string, OutboxEntry[]>();
  const modificationsOf = new Map<string, OutboxEntry[]>();
  const commissions: OutboxEntry[] = [];
  const changeOrders: OutboxEntry[] = [];
  for (const entry of siblings) {
    gatherInto(byKindAndKey, `${entry.kind} ${entry.key}`, entry);
    gatherInto(byKey, entry.key, entry);
    if (entry.kind === 'commission') commissions.push(entry);
    if (entry.kind === 'change-order') changeOrders.push(entry);
    const recordNo = entry.payload?.['recordNo'];
    if (entry.kind === 'acquisition' && typeof recordNo === 'string') gatherInto(runsOfRecord, recordNo, entry);
    const entityNo = entry.payload?.['entityNo'];
    if (entry.kind === 'modification' && typeof entityNo === 'string') gatherInto(modificationsOf, entityNo, entry);
  }
  const of = (kind: EntryKind, key: string): OutboxEntry[] => byKindAndKey.get(`${kind} ${key}`) ?? [];

  /** A refused entry that was corrected by a newer one no longer counts. */
  const superseded = (entry: OutboxEntry): boolean =>
    (entry.state === 'rejected' || entry.state === 'parked') &&
    of(entry.kind, entry.key).some((other) => newer(other, entry));

  const earlierStages = (entry: OutboxEntry): OutboxEntry[] =>
    siblings.filter(
      (other) =>
        other.kind !== 'unqualified-notice' && stageOf(other.kind) < stageOf(entry.kind) && other.seq < entry.seq,
    );

  function referredTo(entry: OutboxEntry): OutboxEntry[] {
    const payload = entry.payload ?? {};
    switch (entry.kind) {
      case 'registration':
      case 'media':
        return [];
      // After issue it may change only as far as a change order says.
      case 'commission':
        return changeOrders.filter((other) => other.seq < entry.seq);
      // It is sent without waiting; if the platform misses something, this is what it can miss.
      case 'unqualified-notice':
        return of('test-record', text(payload['recordNo']));
      case 'witness':
        return texts(payload['media']).flatMap((sha256) => of('media', sha256));
      case 'acquisition':
        return of('media', text(payload['media']));
      case 'test-record':
        return [
          ...texts(payload['acquisitionKeys']).flatMap((key) => of('acquisition', key)),
          ...(runsOfRecord.get(entry.key) ?? []),
        ];
      case 'modification': {
        const entityNo = payload['entityNo'];
        if (typeof entityNo !== 'string') return earlierStages(entry);
        return (byKey.get(entityNo) ?? []).filter((other) => stageOf(other.kind) < stageOf('modification'));
      }
      case 'change-order':
        return [
          ...texts(payload['evidence']).flatMap((sha256) => of('media', sha256)),
          ...of('report', entry.key).filter((other) => other.revision < entry.revision),
        ];
      case 'void':
        // A revision that was refused is not there, and cannot keep the others from being void.
        return of('report', entry.key).filter((other) => other.state !== 'rejected');
      case 'report': {
        const recordNos = texts(payload['recordNos']);
        if (recordNos.length === 0) return earlierStages(entry);
        const runs = recordNos.flatMap((recordNo) => runsOfRecord.get(recordNo) ?? []);
        const subjects = new Set([...recordNos, ...runs.map((run) => run.key), entry.key, entry.commissionNo ?? '']);
        return [
          ...of('change-order', entry.key).filter((other) => other.revision <= entry.revision),
          ...recordNos.flatMap((recordNo) => of('test-record', recordNo)),
          ...runs,
          ...[...subjects].flatMap((subject) => modificationsOf.get(subject) ?? []),
        ];
      }
      case 'code':
        return of('report', entry.key).filter((other) => other.revision === entry.revision);
      case 'report-file':
        return of('code', entry.key).filter((other) => other.revision === entry.revision);
      default:
        return unreachable(entry.kind);
    }
  }

  const dependencies = new Map<string, OutboxEntry[]>();
  function dependenciesOf(entry: OutboxEntry): OutboxEntry[] {
    const known = dependencies.get(entry.entryId);
    if (known !== undefined) return known;
    const found = new Set<OutboxEntry>(referredTo(entry));
    if (entry.kind !== 'commission' && entry.kind !== 'registration') {
      // A change of the commission holds back what came after it; before any was accepted, each of them counts.
      const before = commissions.filter((other) => other.seq < entry.seq);
      const isThere = commissions.some((other) => other.state === 'accepted');
      for (const other of isThere ? before : commissions) found.add(other);
    }
    // An older revision goes first; if it was refused, the newer one takes its place. A code and its file belong to
    // one revision each and wait for no other.
    if (entry.kind !== 'code' && entry.kind !== 'report-file') {
      for (const other of of(entry.kind, entry.key)) {
        if (newer(entry, other)) found.add(other);
      }
    }
    found.delete(entry);
    const list = [...found].filter((other) => !superseded(other));
    dependencies.set(entry.entryId, list);
    return list;
  }

  const hardBlockers = (entry: OutboxEntry): OutboxEntry[] =>
    entry.kind === 'unqualified-notice' ? [] : dependenciesOf(entry).filter((other) => !satisfied(other, entry));

  const stuckness = new Map<string, boolean>();
  function isStuck(entry: OutboxEntry): boolean {
    const known = stuckness.get(entry.entryId);
    if (known !== undefined) return known;
    stuckness.set(entry.entryId, false); // a circle of references is nobody's blocker
    const stuck =
      entry.state === 'rejected' ||
      entry.state === 'parked' ||
      entry.state === 'queued' ||
      hardBlockers(entry).some((other) => isStuck(other));
    stuckness.set(entry.entryId, stuck);
    return stuck;
  }

  const moving = siblings.filter(
    (entry) =>
      !ONLY_FOR_WHAT_REFERS_TO_IT.has(entry.kind) &&
      (entry.state === 'pending' || entry.state === 'unknown' || entry.state === 'sending') &&
      entry.attempts < PATIENCE &&
      !isStuck(entry) &&
      // What waits for another goes after that one; of a commission that was changed this may be of a later stage.
      hardBlockers(entry).length === 0,
  );
  const softBlockers = (entry: OutboxEntry): OutboxEntry[] =>
    moving.filter((other) => other.entryId !== entry.entryId && stageOf(other.kind) < stageOf(entry.kind));

  const lowestMovingStage = Math.min(...moving.map((entry) => stageOf(entry.kind)), Number.POSITIVE_INFINITY);

  return {
    isReady: (entry) =>
      hardBlockers(entry).length === 0 &&
      (entry.kind === 'unqualified-notice' || lowestMovingStage >= stageOf(entry.kind)),
    blockersOf: (entry) => {
      const hard = hardBlockers(entry);
      return hard.length > 0 || entry.kind === 'unqualified-notice' ? hard : softBlockers(entry);
    },
    dependenciesOf,
  };
}
