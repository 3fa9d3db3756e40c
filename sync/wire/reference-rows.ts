// The reference data a lab downloads from the platform, by kind. `state` is an open word because platforms have words
// of their own; the one rule is that work may be done only where it says `active`.
import { z } from 'zod';
import { filled, text, wireDateOnly } from './fields.ts';

export const REFERENCE_KINDS = ['item', 'person', 'person-qualification', 'equipment', 'project', 'contract'] as const;
export type ReferenceKind = (typeof REFERENCE_KINDS)[number];

export const itemRowSchema = z.object({
  itemCode: filled,
  name: filled,
  parameters: z.array(z.object({ code: filled, name: filled, unit: text })),
  methods: z.array(filled),
  acquisition: z.enum(['required', 'optional']),
  structuralSafety: z.boolean(),
});
export const personRowSchema = z.object({ name: filled, certificateNo: text, state: filled });
export const personQualificationRowSchema = z.object({ personId: filled, itemCode: filled, validTo: wireDateOnly });
export const equipmentRowSchema = z.object({
  name: filled,
  model: text,
  serial: text,
  itemCodes: z.array(filled),
  /** First day of the calibration; the last valid day is the day before the same day `validMonths` later. */
  startDate: wireDateOnly,
  validMonths: z.int().min(0),
  state: filled,
});
export const projectRowSchema = z.object({
  name: filled,
  supervisionCode: text,
  authority: text,
  ownerUnit: text,
  state: filled,
});
export const contractRowSchema = z.object({
  contractNo: filled,
  projectId: filled,
  itemCodes: z.array(filled),
  state: filled,
});

export const referenceDataSchemas = {
  item: itemRowSchema,
  person: personRowSchema,
  'person-qualification': personQualificationRowSchema,
  equipment: equipmentRowSchema,
  project: projectRowSchema,
  contract: contractRowSchema,
} as const satisfies Record<ReferenceKind, z.ZodType>;

export interface ReferenceData {
  item: z.infer<typeof itemRowSchema>;
  person: z.infer<typeof personRowSchema>;
  'person-qualification': z.infer<typeof personQualificationRowSchema>;
  equipment: z.infer<typeof equipmentRowSchema>;
  project: z.infer<typeof projectRowSchema>;
  contract: z.infer<typeof contractRowSchema>;
}

/** A row as it travels; `data` is absent on a tombstone and is parsed by kind with `referenceDataSchemas`. */
export const referenceRowSchema = z.object({
  id: filled,
  version: z.int(),
  deleted: z.boolean().default(false),
  data: z.record(z.string(), z.unknown()).optional(),
});
export type ReferenceRow = z.infer<typeof referenceRowSchema>;

export const referencePageSchema = z.object({
  rows: z.array(referenceRowSchema),
  nextCursor: z.string(),
  more: z.boolean(),
  snapshot: z.string(),
});
export type ReferencePage = z.infer<typeof referencePageSchema>;
