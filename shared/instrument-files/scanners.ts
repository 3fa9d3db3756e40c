// Scanners on serial ports: which port, what stands before and behind a code, which workstation is told.
import { z } from 'zod';
import { lineOf, requiredLine } from '../entities/scalars.ts';

export const checkRules = ['none', 'mod10', 'code39'] as const;

export const scannerRuleSchema = z.object({
  /** Taken off; a code without them is not ours. */
  prefix: z.string().max(10).default(''),
  suffix: z.string().max(10).default(''),
  minLength: z.number().int().min(1).max(100).default(4),
  maxLength: z.number().int().min(1).max(200).default(100),
  check: z.enum(checkRules).default('none'),
});
export type ScannerRule = z.infer<typeof scannerRuleSchema>;

export const scannerSchema = z.object({
  scannerId: z.string(),
  path: z.string(),
  baudRate: z.number().int(),
  /** Null: every signed-in window. */
  workstation: z.string().nullable(),
  rule: scannerRuleSchema,
  state: z.string(),
  trouble: z.string().nullable(),
});
export const scannerListSchema = z.object({
  scanners: z.array(scannerSchema),
  /** For scanners that type: `scanners.set` with the name `wedge`. */
  wedge: scannerRuleSchema,
  /** The name of the workstation that asks. */
  here: z.string(),
});

export const setScannerInputSchema = z.object({
  scannerId: z.string().regex(/^[A-Za-z0-9-]{1,20}$/, '只用字母、数字和连字符'),
  /** Empty: the scanner is taken away (the one that types has none). */
  path: lineOf(200),
  baudRate: z.number().int().min(300).max(921_600).default(9600),
  workstation: lineOf(60).nullable().default(null),
  rule: scannerRuleSchema.default({ prefix: '', suffix: '', minLength: 4, maxLength: 100, check: 'none' }),
  reason: requiredLine(200),
});
