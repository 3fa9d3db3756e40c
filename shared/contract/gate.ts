// What a named person lets pass where the supervisor has left a control off, and the exception that must exist: own work
// (calibration, intermediate checks, QC) on a machine that the gate refuses for samples.
import { z } from 'zod';
import { SWITCHED } from '../gate/question.ts';
import { requiredLine } from '../entities/scalars.ts';
import { gateAnswerSchema } from './answers.ts';
import { call } from './call.ts';
import { nothing, reason } from './parts.ts';

/** What an override holds for: everything of a project, or one commission. */
export const overrideEntities = ['project', 'commission'] as const;
export const ownWorkPurposes = ['calibration', 'intermediate-check', 'qc'] as const;

export const overrideSchema = z.object({
  overrideId: z.string(),
  question: z.enum(SWITCHED),
  /** The item, contract, person or machine that is let pass. */
  subject: z.string(),
  entity: z.enum(overrideEntities),
  entityKey: z.string(),
  personName: z.string(),
  reason: z.string(),
  at: z.string(),
  endedAt: z.string().nullable(),
  endedBy: z.string().nullable(),
  endReason: z.string().nullable(),
});
export type GateOverrideRow = z.infer<typeof overrideSchema>;

export const gateCalls = {
  /** All of them, newest first, and which controls the supervisor leaves off: only those can be let pass. */
  'gate.overrides': call(
    'signedIn',
    nothing,
    z.object({
      open: z.array(z.enum(SWITCHED)),
      rows: z.array(overrideSchema),
    }),
  ),
  'gate.override': call(
    'gate.override',
    z.object({
      question: z.enum(SWITCHED),
      subject: requiredLine(60),
      entity: z.enum(overrideEntities),
      entityKey: requiredLine(60),
      reason,
      password: z.string().min(1).max(200),
    }),
    overrideSchema,
  ),
  'gate.endOverride': call('gate.override', z.object({ overrideId: requiredLine(40), reason }), nothing),
  /** May this machine be used for own work now? The decision is kept under the machine. */
  'gate.ownWork': call(
    'bench.run',
    z.object({ equipmentId: requiredLine(40), itemCode: requiredLine(40), purpose: z.enum(ownWorkPurposes) }),
    gateAnswerSchema,
  ),
} as const;
