// What several calls, or calls and events, answer with.
import { z } from 'zod';
import { gateFindingSchema } from '../entities/record.ts';
import { roleSchema } from '../entities/roles.ts';
import { errorDetailSchema } from '../errors/appError.ts';

export const userSchema = z.object({
  userId: z.string(),
  username: z.string(),
  personId: z.string(),
  name: z.string(),
  roles: z.array(roleSchema),
  disabled: z.boolean(),
});
export type User = z.infer<typeof userSchema>;

export const sessionSchema = z.object({
  state: z.enum(['signedOut', 'open', 'locked']),
  user: userSchema.nullable(),
  institutionName: z.string(),
  trainingMode: z.boolean(),
  /** Accounts of the training lab, in words; null outside training. */
  trainingHint: z.string().nullable(),
});
export type Session = z.infer<typeof sessionSchema>;

export const importRowSchema = z.object({
  /** Row number in the file as the person sees it. */
  row: z.number().int(),
  problems: z.array(errorDetailSchema),
  summary: z.string(),
});
export const importPreviewSchema = z.object({
  importId: z.string(),
  fileName: z.string(),
  rowCount: z.number().int(),
  goodCount: z.number().int(),
  badCount: z.number().int(),
  commissionCount: z.number().int(),
  /** Problems that concern the whole file, e.g. a missing column. */
  fileProblems: z.array(errorDetailSchema),
  badRows: z.array(importRowSchema),
});

export const gateAnswerSchema = z.object({
  allowed: z.boolean(),
  findings: z.array(gateFindingSchema),
  snapshot: z.string().nullable(),
});

export const benchStateSchema = z.object({
  equipmentId: z.string().nullable(),
  recordNo: z.string().nullable(),
  channel: z.enum(['none', 'open', 'closed', 'silent', 'denied', 'reconnecting', 'swapped']),
  channelReason: z.string().nullable(),
  /** Specimen that the next run belongs to, and which of its readings; null when all are done. */
  specimenNo: z.number().int().nullable(),
  field: z.string().nullable(),
  phase: z.string(),
  runId: z.string().nullable(),
  loadText: z.string(),
  peakText: z.string().nullable(),
  loadingRateKnPerS: z.string().nullable(),
  /** The rate against the window; null while nothing loads or there is no window. */
  rateState: z.enum(['slow', 'within', 'fast']).nullable().optional(),
  /** Greatest load before the force dropped as at a yield, kN; seen live, never a result. */
  yieldText: z.string().nullable().optional(),
  /** Loading-rate window of the method for this specimen, kN/s. */
  rateWindowKnPerS: z.object({ min: z.string(), max: z.string() }).nullable(),
  problem: z.string().nullable(),
  /** That the machine's adapter was found under another port name. */
  portNote: z.string().nullable().optional(),
  /** The extensometer that goes on the bars of this machine; null for none. */
  extensometerId: z.string().nullable().optional(),
});
export type BenchState = z.infer<typeof benchStateSchema>;

/** A setting of a method that the lab has chosen, and its last change as the audit log tells it. */
export const chosenPolicySchema = z.object({
  methodId: z.string(),
  name: z.string(),
  option: z.string(),
  /** A confirmation that a person gave for the very tables that there are. */
  compared: z.boolean(),
  changedAt: z.string().nullable(),
  changedBy: z.string().nullable(),
  reason: z.string().nullable(),
});
export type ChosenPolicy = z.infer<typeof chosenPolicySchema>;
