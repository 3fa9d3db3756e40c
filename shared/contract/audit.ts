// What happened, and whether it can be believed: history of a thing, verification of everything, the platform's witness,
// the bundle for an inspector.
import { z } from 'zod';
import { requiredLine } from '../entities/scalars.ts';
import { call } from './call.ts';
import { nothing } from './parts.ts';

export const verifyParts = ['audit', 'rows', 'runs', 'files', 'signatures', 'reports', 'platform'] as const;
export type VerifyPart = (typeof verifyParts)[number];

export const verifyProgressSchema = z.object({
  part: z.enum(verifyParts),
  done: z.number().int(),
  total: z.number().int(),
});
export type VerifyProgress = z.infer<typeof verifyProgressSchema>;

export const verificationSchema = z.object({
  ok: z.boolean(),
  checked: z.object({
    audit: z.number().int(),
    rows: z.number().int(),
    runs: z.number().int(),
    signatures: z.number().int(),
  }),
  firstFault: z.string().nullable(),
  head: z.string(),
  /** Digest of tables, indexes and triggers as they are now. */
  schema: z.string(),
});

export const witnessSchema = z.object({
  ok: z.boolean(),
  asked: z.number().int(),
  witnessed: z.number().int(),
  unanswered: z.number().int(),
  upToSeq: z.number().int().nullable(),
  since: z.number().int(),
  firstFault: z.string().nullable(),
});

const kept = { at: z.string(), by: z.string(), seconds: z.number() };
export const keptVerificationSchema = verificationSchema.extend(kept);
export const keptWitnessSchema = witnessSchema.extend(kept);

export const historyEntrySchema = z.object({
  seq: z.number().int(),
  at: z.string(),
  actor: z.string(),
  workstation: z.string(),
  action: z.string(),
  field: z.string().nullable(),
  oldValue: z.string().nullable(),
  newValue: z.string().nullable(),
  reason: z.string().nullable(),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

export const auditCalls = {
  'audit.history': call(
    'signedIn',
    z.object({ entity: requiredLine(40), key: requiredLine(100) }),
    z.object({ entries: z.array(historyEntrySchema) }),
  ),
  /** One at a time; the answer comes when it is done, the way there is told by `audit.progress`. */
  'audit.verify': call('audit.read', nothing, keptVerificationSchema),
  'audit.cancelVerify': call('audit.read', nothing, nothing),
  /** Heads that went out with the reports, against what the platform holds. */
  'audit.verifyPlatform': call('audit.read', nothing, keptWitnessSchema),
  /** The last of both, with who and when, and what runs now. */
  'audit.state': call(
    'audit.read',
    nothing,
    z.object({
      running: verifyProgressSchema.nullable(),
      last: keptVerificationSchema.nullable(),
      lastWitness: keptWitnessSchema.nullable(),
      /** Of the key that bundles are signed with; null while none was made. */
      fingerprint: z.string().nullable(),
    }),
  ),
  /** The short head that somebody reads off a report. */
  'audit.findHead': call(
    'audit.read',
    z.object({ head: requiredLine(80) }),
    z.object({
      found: z.boolean(),
      seq: z.number().int().nullable(),
      at: z.string().nullable(),
      reports: z.array(z.string()),
    }),
  ),
  'audit.bundle': call(
    'audit.read',
    z.object({ recordNos: z.array(requiredLine(40)).min(1).max(200), reason: requiredLine(200) }),
    z.object({ fileName: z.string(), bytesBase64: z.string(), fingerprint: z.string(), files: z.number().int() }),
  ),
} as const;
