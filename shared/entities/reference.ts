// Reference data as people meet them: how old they may be, and downloads that wait for a person.
import { z } from 'zod';

/** Without a download for longer than this, the banner says so; after a week more loudly. */
export const staleReferenceHours = 24;
export const seriousReferenceDays = 7;

/** What the platform hands down, as people call it. */
export const referenceKindNames = {
  item: '检测项目',
  person: '人员',
  'person-qualification': '人员资格',
  equipment: '设备',
  project: '工程',
  contract: '合同',
} as const;

export const heldPageSchema = z.object({
  heldId: z.string(),
  kind: z.enum(['person', 'equipment', 'person-qualification']),
  at: z.string(),
  snapshot: z.string(),
  usableBefore: z.number().int(),
  lost: z.array(z.object({ id: z.string(), name: z.string(), why: z.string() })),
  state: z.enum(['waiting', 'accepted', 'refused']),
  decidedByName: z.string().nullable(),
  decidedAt: z.string().nullable(),
  reason: z.string().nullable(),
});
export type HeldPage = z.infer<typeof heldPageSchema>;
