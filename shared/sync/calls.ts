// The calls of the sync ledger. Entries are many: they are counted and paged on the far side, never held by a window.
import { z } from 'zod';
import { call } from '../contract/call.ts';
import { lineOf, reportNoText, requiredLine } from '../entities/scalars.ts';
import { standings } from './words.ts';
import { nothing, pageOf, paged, reason } from '../contract/parts.ts';

const page = pageOf(100);

const entryId = requiredLine(40);

/**
 * `open`: everything that is not done with; `todo`: a person must act; `closed`: settled outside or replaced by a newer
 * revision.
 */
export const ledgerParts = ['open', 'todo', 'waiting', 'frozen', 'aside', 'closed', 'accepted', 'all'] as const;
export type LedgerPart = (typeof ledgerParts)[number];

const filter = {
  part: z.enum(ledgerParts).default('open'),
  text: lineOf(100).default(''),
  /** Empty: what belongs to no commission. */
  commissionNo: lineOf(25).optional(),
  reportNo: reportNoText.optional(),
};
export const ledgerFilterSchema = z.object(filter);
export type LedgerFilter = z.infer<typeof ledgerFilterSchema>;

export const ledgerCountsSchema = z.object({
  waiting: z.number().int(),
  frozen: z.number().int(),
  rejected: z.number().int(),
  parked: z.number().int(),
  aside: z.number().int(),
  closed: z.number().int(),
  accepted: z.number().int(),
});
export type LedgerCounts = z.infer<typeof ledgerCountsSchema>;

export const ledgerRowSchema = z.object({
  entryId: z.string(),
  seq: z.number().int(),
  /** Empty for what belongs to no commission. */
  commissionNo: z.string(),
  kind: z.string(),
  key: z.string(),
  revision: z.number().int(),
  state: z.string(),
  standing: z.enum(standings),
  attempts: z.number().int(),
  nextTryAt: z.string().nullable(),
  failureClass: z.string().nullable(),
  /** The platform's own, as they came; or the program's, where it stopped the entry itself. */
  platformCode: z.string().nullable(),
  platformMessage: z.string().nullable(),
  createdAt: z.string(),
  acceptedAt: z.string().nullable(),
  /** What it waits for, or why it stands still, in words; empty where neither. */
  why: z.string(),
  /** The one step that helps. */
  next: z.string(),
});
export type LedgerRow = z.infer<typeof ledgerRowSchema>;

export const ledgerGroupSchema = z.object({
  /** Number of the commission (empty: belongs to none) or of the report. */
  key: z.string(),
  commissionNo: z.string(),
  title: z.string(),
  counts: ledgerCountsSchema,
  /** Of the commission: locked or void, with the platform's reason. */
  frozenAs: z.enum(['locked', 'voided']).nullable(),
  frozenReason: z.string().nullable(),
  /** Of a report: its state, its code, and what the platform says is missing. */
  reportState: z.string().nullable(),
  code: z.string().nullable(),
  waitingFor: z.string().nullable(),
});
export type LedgerGroup = z.infer<typeof ledgerGroupSchema>;

export const attemptSchema = z.object({
  attemptId: z.number().int(),
  at: z.string(),
  endedAt: z.string(),
  operation: z.string(),
  target: z.string(),
  batchId: z.string().nullable(),
  outcome: z.string(),
  code: z.string().nullable(),
  message: z.string().nullable(),
  requestDigest: z.string(),
  /** Masked: no secret, identity number or telephone number. */
  request: z.string(),
  answer: z.string(),
});
export type Attempt = z.infer<typeof attemptSchema>;

export const markSchema = z.object({
  action: z.enum(['aside', 'back', 'settled', 'retry']),
  reason: z.string(),
  byName: z.string(),
  secondName: z.string().nullable(),
  at: z.string(),
});
export type LedgerMark = z.infer<typeof markSchema>;

export const entryDetailSchema = z.object({
  row: ledgerRowSchema,
  digest: z.string(),
  payload: z.string(),
  details: z.array(z.object({ field: z.string().optional(), rule: z.string().optional(), message: z.string() })),
  /** What must be at the platform first. */
  blockers: z.array(z.object({ entryId: z.string(), kind: z.string(), key: z.string(), standing: z.enum(standings) })),
  /** The last hundred. */
  attempts: z.array(attemptSchema),
  marks: z.array(markSchema),
});
export type EntryDetail = z.infer<typeof entryDetailSchema>;

export const setAsideRowSchema = z.object({
  asideId: z.string(),
  kind: z.string(),
  subject: z.string(),
  reason: z.string(),
  content: z.string(),
  at: z.string(),
});
export type SetAsideRow = z.infer<typeof setAsideRowSchema>;

/** A busy stretch of the engine: from the first exchange until nothing is left to do now. */
export const syncProgressSchema = z.object({
  startedAt: z.string(),
  /** Exchanges of the pass under way. */
  done: z.number().int(),
  planned: z.number().int(),
  /** Entries accepted since the stretch began, and those that are still to go. */
  accepted: z.number().int(),
  left: z.number().int(),
  perMinute: z.number().int().nullable(),
  /** Rough; null while nothing can be said. */
  secondsLeft: z.number().int().nullable(),
});
export type SyncProgress = z.infer<typeof syncProgressSchema>;

export const syncOverviewSchema = z.object({
  counts: ledgerCountsSchema,
  setAside: z.number().int(),
  /** `none`: no platform is set. */
  engine: z.enum(['none', 'stopped', 'running', 'halted', 'paused']),
  platformUrl: z.string(),
  halt: z.object({ code: z.string(), message: z.string(), at: z.string(), next: z.string() }).nullable(),
  pausedUntil: z.string().nullable(),
  /** Who broke the upload off; null when the program rests by itself. */
  pausedBy: z.string().nullable(),
  nextAt: z.string().nullable(),
  lastAnswerAt: z.string().nullable(),
  lastFailure: z.object({ code: z.string(), message: z.string(), at: z.string() }).nullable(),
  clockOffsetMs: z.number().nullable(),
  clockMeasuredAt: z.string().nullable(),
  frozen: z.array(
    z.object({ commissionNo: z.string(), state: z.enum(['locked', 'voided']), reason: z.string().nullable() }),
  ),
  progress: syncProgressSchema.nullable(),
});
export type SyncOverview = z.infer<typeof syncOverviewSchema>;

export const syncCalls = {
  'sync.overview': call('signedIn', nothing, syncOverviewSchema),
  'sync.entries': call('signedIn', z.object({ ...filter, ...page }), paged(ledgerRowSchema)),
  'sync.groups': call(
    'signedIn',
    z.object({
      by: z.enum(['commission', 'report']),
      text: lineOf(100).default(''),
      /** Only those of which something is open. */
      open: z.boolean().default(true),
      ...page,
    }),
    paged(ledgerGroupSchema),
  ),
  'sync.entry': call('signedIn', z.object({ entryId }), entryDetailSchema),
  /** What the platform sent that was not asked for or does not fit; newest first. */
  'sync.setAside': call('signedIn', z.object(page), paged(setAsideRowSchema)),
  'sync.pushNow': call('signedIn', nothing, nothing),
  /** Breaks the upload off; it rests until somebody pushes, at most a quarter of an hour. */
  'sync.cancelPass': call('sync.manage', nothing, nothing),
  'sync.retry': call('sync.manage', z.object({ entryId }), nothing),
  /** Sets a waiting or refused entry aside, with a reason. */
  'sync.park': call('sync.manage', z.object({ entryId, reason }), nothing),
  /** Puts back what a person set aside or settled. */
  'sync.putBack': call('sync.manage', z.object({ entryId, reason }), nothing),
  /** Settled outside: it counts as open no longer, and never as accepted. A second person looks. */
  'sync.resolve': call(
    'sync.manage',
    z.object({
      entryId,
      reason,
      second: z.object({ username: requiredLine(40), password: z.string().min(1).max(200) }),
    }),
    nothing,
  ),
  'sync.export': call(
    'signedIn',
    z.object({ ...filter, format: z.enum(['csv', 'json']) }),
    z.object({ fileName: z.string(), text: z.string() }),
  ),
} as const;
