// What the gate answers: every finding in words, and which reference data it rests on. The decision is stored as it is.
import { z } from 'zod';
import { QUESTIONS, gateOverrideSchema } from './question.ts';

export const gateFindingSchema = z.object({
  question: z.enum(QUESTIONS),
  outcome: z.enum(['pass', 'warn', 'refuse', 'not-enforced']),
  code: z.string(),
  /** What was found. */
  message: z.string(),
  /** What it means for the work at hand. */
  meaning: z.string(),
  /** What to do next. */
  next: z.string(),
  /** Law, standard or agreement the question rests on. */
  source: z.string(),
  /** True where a named person may let it pass, because the supervisor left this control off. */
  overridable: z.boolean(),
  /** The override that was used. */
  override: gateOverrideSchema.optional(),
});
export type GateFinding = z.infer<typeof gateFindingSchema>;

export const gateDecisionSchema = z.object({
  allowed: z.boolean(),
  findings: z.array(gateFindingSchema),
  reference: z.object({
    version: z.string().nullable(),
    fetchedAt: z.string().nullable(),
    /** Age of the reference data when the question was asked; negative when the clock went backwards. */
    ageSeconds: z.number().nullable(),
    /** One sentence for screen and record. */
    text: z.string(),
  }),
});
export type GateDecision = z.infer<typeof gateDecisionSchema>;

/** What one question found; decide.ts turns it into a finding by moment, switch and override. */
export interface Fault {
  code: string;
  message: string;
  meaning: string;
  next: string;
  source: string;
  /** `notice` never refuses. */
  severity: 'fault' | 'notice';
  /**
   * What the supervisor's switch does when it is off: `never` the switch does not concern it (the lab's own rule);
   * `freely` nothing is registered, so nothing is enforced; `by-override` a known fault a named person must answer for.
   */
  release: 'never' | 'freely' | 'by-override';
}

export interface Answer {
  faults: Fault[];
  /** Sentence for a question without a fault. */
  pass: string;
  source: string;
}
