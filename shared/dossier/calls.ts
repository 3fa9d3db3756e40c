// The calls of the dossiers of people and machines. An entry is never changed: a wrong one is withdrawn with its reason and
// stays readable.
import { z } from 'zod';
import { call } from '../contract/call.ts';
import { broughtFileSchema, evidenceSchema, shownFileSchema } from '../entities/evidence.ts';
import { calendarDay, lineOf, requiredLine } from '../entities/scalars.ts';
import { dossierKindIds, dossierSubjects } from './kinds.ts';

const entryId = requiredLine(40);
const subject = z.enum(dossierSubjects);
const subjectId = requiredLine(40);
const kind = z.enum(dossierKindIds);

export const dossierEntrySchema = z.object({
  entryId: z.string(),
  subject,
  subjectId: z.string(),
  kind,
  /** Day on which it was done. */
  day: z.string(),
  /** What was done: item, range, content of the training. */
  title: z.string(),
  /** Who did it: a person or a unit. */
  doneBy: z.string(),
  documentNo: z.string(),
  result: z.enum(['passed', 'failed']).nullable(),
  /** Correction, class, deviations: whatever who uses it must know. */
  detail: z.string(),
  /** Day by which it is due again. */
  nextOn: z.string().nullable(),
  files: z.array(evidenceSchema),
  enteredByName: z.string(),
  enteredAt: z.string(),
  withdrawn: z.object({ reason: z.string(), byName: z.string(), at: z.string() }).nullable(),
});
export type DossierEntry = z.infer<typeof dossierEntrySchema>;

export const newDossierEntrySchema = z
  .object({
    kind,
    subjectId,
    day: calendarDay,
    title: requiredLine(120),
    doneBy: requiredLine(60),
    documentNo: lineOf(60).default(''),
    result: z.enum(['passed', 'failed']).nullable(),
    detail: z.string().trim().max(1000).default(''),
    nextOn: calendarDay.nullable(),
    files: z.array(broughtFileSchema).max(10).default([]),
  })
  .refine(({ day, nextOn }) => nextOn === null || nextOn > day, {
    path: ['nextOn'],
    message: '下次日期应晚于本次日期',
  });
export type NewDossierEntry = z.input<typeof newDossierEntrySchema>;

/** What comes round next: the newest day of each kind that stands. */
export const dossierDueSchema = z.object({
  subject,
  subjectId: z.string(),
  subjectName: z.string(),
  kind,
  title: z.string(),
  nextOn: z.string(),
});
export type DossierDue = z.infer<typeof dossierDueSchema>;

export const dossierCalls = {
  'dossier.list': call(
    'signedIn',
    z.object({ subject, subjectId }),
    z.object({ entries: z.array(dossierEntrySchema), due: z.array(dossierDueSchema) }),
  ),
  /** Answers whether the machine was taken out of use by it. */
  'dossier.enter': call(
    'dossier.keep',
    newDossierEntrySchema,
    z.object({ entry: dossierEntrySchema, stopped: z.boolean() }),
  ),
  'dossier.withdraw': call('dossier.keep', z.object({ entryId, reason: requiredLine(200) }), dossierEntrySchema),
  'dossier.file': call('signedIn', z.object({ entryId, sha256: z.string().length(64) }), shownFileSchema),
  'dossier.export': call('dossier.keep', z.object({ subject }), z.object({ fileName: z.string(), text: z.string() })),
} as const;
