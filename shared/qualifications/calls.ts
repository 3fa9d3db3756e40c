// The calls of qualifications by item and parameter: what a person may test from when to when, by which certificate, with
// its proof. An entry is never changed: a wrong one is withdrawn with its reason and stays readable.
import { z } from 'zod';
import { call } from '../contract/call.ts';
import { broughtFileSchema, evidenceSchema, shownFileSchema } from '../entities/evidence.ts';
import { calendarDay, lineOf, requiredLine } from '../entities/scalars.ts';

/** Stands for all parameters of an item. */
export const allParameters = '';
export const allParametersName = '全部参数';

const facts = z.object({
  personId: requiredLine(40),
  itemCode: requiredLine(40),
  /** Empty: all parameters of the item. */
  parameterCode: lineOf(40),
  certificateNo: requiredLine(60),
  validFrom: calendarDay,
  /** Last day. */
  validTo: calendarDay,
  remark: lineOf(200).default(''),
});

export const newQualificationSchema = facts
  .extend({ files: z.array(broughtFileSchema).max(10).default([]) })
  .refine(({ validFrom, validTo }) => validTo >= validFrom, {
    path: ['validTo'],
    message: '有效期至不能早于有效期自',
  });
export type NewQualification = z.input<typeof newQualificationSchema>;

export const qualificationEntrySchema = z.object({
  entryId: z.string(),
  personId: z.string(),
  itemCode: z.string(),
  itemName: z.string(),
  parameterCode: z.string(),
  parameterName: z.string(),
  certificateNo: z.string(),
  validFrom: z.string(),
  validTo: z.string(),
  remark: z.string(),
  files: z.array(evidenceSchema),
  enteredByName: z.string(),
  enteredAt: z.string(),
  withdrawn: z.object({ reason: z.string(), byName: z.string(), at: z.string() }).nullable(),
});
export type QualificationEntry = z.infer<typeof qualificationEntrySchema>;

const entryId = requiredLine(40);

export const qualificationCalls = {
  'qualifications.list': call(
    'signedIn',
    z.object({ personId: requiredLine(40) }),
    z.object({ entries: z.array(qualificationEntrySchema) }),
  ),
  'qualifications.enter': call('person.keep', newQualificationSchema, qualificationEntrySchema),
  'qualifications.withdraw': call(
    'person.keep',
    z.object({ entryId, reason: requiredLine(200) }),
    qualificationEntrySchema,
  ),
  'qualifications.file': call('signedIn', z.object({ entryId, sha256: z.string().length(64) }), shownFileSchema),
} as const;
