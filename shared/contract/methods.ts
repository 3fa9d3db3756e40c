// How the lab reads the standards, and the proof that the program computes as its vectors say.
import { z } from 'zod';
import { requiredLine, sha256Text } from '../entities/scalars.ts';
import { chosenPolicySchema } from './answers.ts';
import { call } from './call.ts';
import { nothing, reason } from './parts.ts';

export const methodCalls = {
  /** How the lab reads the standards: settings that differ from a method's default. */
  'policies.get': call(
    'signedIn',
    nothing,
    z.object({
      chosen: z.array(chosenPolicySchema),
      /** Confirmations of tables that a later program changed: they hold no longer. */
      lapsed: z.array(chosenPolicySchema),
    }),
  ),
  /** Holds for records opened from then on; what is computed already stays. */
  'policies.change': call(
    'policy.manage',
    z.object({ methodId: requiredLine(60), name: requiredLine(80), option: requiredLine(60), reason }),
    nothing,
  ),
  /** Recomputes every vector line with this program and makes the validation report; kept, and in the audit log. */
  'methods.validate': call(
    'policy.manage',
    nothing,
    z.object({
      at: z.string(),
      fileName: z.string(),
      sha256: z.string(),
      lines: z.number().int(),
      equal: z.number().int(),
      different: z.array(
        z.object({
          id: z.string(),
          /** Null where no method answers the line. */
          methodId: z.string().nullable(),
          method: z.string(),
          expected: z.string(),
          computed: z.string(),
        }),
      ),
      pdfBase64: z.string(),
    }),
  ),
  /** The validations that were made here, the last first, as the audit log has them. */
  'methods.validations': call(
    'policy.manage',
    nothing,
    z.object({
      validations: z.array(
        z.object({
          at: z.string(),
          by: z.string(),
          /** Lines and how many of them agree, in words. */
          words: z.string(),
          fileName: z.string(),
          sha256: z.string(),
        }),
      ),
    }),
  ),
  /** The report of one of them, unchanged since. */
  'methods.validationReport': call(
    'policy.manage',
    z.object({ sha256: sha256Text }),
    z.object({ fileName: z.string(), pdfBase64: z.string() }),
  ),
} as const;
