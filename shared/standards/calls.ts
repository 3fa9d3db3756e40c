// The calls of the standards library: the list, what the lab enters itself, 查新 of several at once, the table.
import { z } from 'zod';
import { call } from '../contract/call.ts';
import { calendarDay, lineOf, requiredLine } from '../entities/scalars.ts';
import { nothing, reason } from '../contract/parts.ts';

const standardNo = requiredLine(40);

export const standardRowSchema = z.object({
  standardNo: z.string(),
  name: z.string(),
  /** Named by a method, or entered by the lab alone. */
  source: z.enum(['method', 'lab']),
  state: z.enum(['current', 'upcoming', 'replaced']),
  why: z.string(),
  /** As the lab has entered it. */
  inForceFrom: z.string().nullable(),
  replacedBy: z.string(),
  replacedOn: z.string().nullable(),
  usedFrom: z.string().nullable(),
  usedUntil: z.string().nullable(),
  uses: z.array(
    z.object({
      methodName: z.string(),
      use: z.enum(['test', 'judgement', 'rounding']),
      editionId: z.string(),
      from: z.string(),
      until: z.string().nullable(),
    }),
  ),
  /** Numbers of the controlled copies. */
  copies: z.array(z.string()),
  lastCheck: z
    .object({ day: z.string(), passed: z.boolean(), source: z.string(), by: z.string(), enteredByName: z.string() })
    .nullable(),
  /** Last day before it should be looked up again; null where it never was. */
  checkDue: z.string().nullable(),
});
export type StandardRow = z.infer<typeof standardRowSchema>;

export const standardFactsSchema = z.object({
  standardNo,
  name: requiredLine(120),
  inForceFrom: calendarDay.nullable(),
  replacedBy: lineOf(40),
  replacedOn: calendarDay.nullable(),
  reason,
});

export const standardCheckSchema = z.object({
  standardNos: z.array(standardNo).min(1, '至少选一个标准').max(500),
  day: calendarDay,
  /** Where it was looked up. */
  source: requiredLine(120),
  by: requiredLine(60),
  result: z.enum(['passed', 'failed']),
  documentNo: lineOf(60).default(''),
  detail: z.string().trim().max(1000).default(''),
});

export const standardCalls = {
  'standards.list': call(
    'signedIn',
    nothing,
    z.object({ rows: z.array(standardRowSchema), checkMonths: z.number().int() }),
  ),
  'standards.put': call('policy.manage', standardFactsSchema, nothing),
  'standards.check': call('policy.manage', standardCheckSchema, z.object({ count: z.number().int() })),
  'standards.setMonths': call('policy.manage', z.object({ months: z.number().int().min(1).max(60), reason }), nothing),
  'standards.export': call('policy.manage', nothing, z.object({ fileName: z.string(), text: z.string() })),
} as const;
