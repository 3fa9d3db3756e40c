// What a window may ask while the store cannot be opened: what was found, what there is to go back to, and the decision
// of a person. Public, because nobody can sign in then; in a sound program they answer that there is nothing to do.
import { z } from 'zod';
import { call } from '../contract/call.ts';
import { lineOf } from '../entities/scalars.ts';
import { errorInfoSchema } from '../errors/appError.ts';
import { backupPhases } from '../backup/calls.ts';

const countsSchema = z.array(z.object({ what: z.string(), count: z.number().int(), newest: z.string() }));

export const recoveryStateSchema = z.object({
  state: z.enum(['none', 'stopped', 'working', 'recovered']),
  /** Why the data could not be opened. */
  error: errorInfoSchema.nullable(),
  /** Whether a backup may take its place: a full or write-protected disk is no reason. */
  mayRestore: z.boolean(),
  dataFolder: z.string(),
  /** Files of the data folder as they were found; nothing of it was changed. */
  kept: z.array(z.object({ name: z.string(), bytes: z.number().int() })),
  backups: z.array(
    z.object({
      target: z.string(),
      name: z.string(),
      madeAt: z.string(),
      encrypted: z.boolean(),
      good: z.boolean(),
      records: z.number().int(),
      text: z.string(),
    }),
  ),
  /** Places that could not be looked into, in words. */
  missing: z.array(z.string()),
  progress: z.object({ phase: z.enum(backupPhases), done: z.number(), total: z.number() }).nullable(),
  /** Why the last attempt did not succeed. */
  failure: errorInfoSchema.nullable(),
  /** What came of it. */
  outcome: z.array(z.string()),
});
export type RecoveryState = z.infer<typeof recoveryStateSchema>;

export const recoveryCalls = {
  /** `folder`: one more place to look for backups in. */
  'recovery.state': call('public', z.object({ folder: lineOf(400).optional() }), recoveryStateSchema),
  /** Numbers and times that can still be read in the store as it lies there; no names and no results. */
  'recovery.look': call(
    'public',
    z.object({}),
    z.object({
      counts: countsSchema,
      unreadable: z.number().int(),
      records: z.array(z.object({ recordNo: z.string(), state: z.string(), createdAt: z.string() })),
      reports: z.array(z.object({ reportNo: z.string(), state: z.string(), code: z.string() })),
    }),
  ),
  'recovery.act': call(
    'public',
    z.object({
      action: z.enum(['retry', 'restore']),
      /** The rest only to restore: which backup, who decides, and why. */
      target: lineOf(400).default(''),
      name: lineOf(60).default(''),
      passphrase: z.string().max(200).default(''),
      person: lineOf(40).default(''),
      reason: lineOf(200).default(''),
    }),
    z.object({}),
  ),
} as const;
