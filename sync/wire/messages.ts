// Every request and answer body of openapi.yaml: the envelopes around the payloads. Required fields are required;
// fields the contract does not name are tolerated, so that a newer platform does not break an older client.
import { z } from 'zod';
import { WIRE_ERROR_CODES } from './error-codes.ts';
import {
  commissionNoText,
  filled,
  reportNoText,
  revisionNumber,
  sha256Text,
  wireDateOnly,
  wireDateTime,
} from './fields.ts';
import { ENTRY_KINDS } from './payloads.ts';

const rawPayload = z.record(z.string(), z.unknown());

export const errorDetailSchema = z.object({
  field: z.string().optional(),
  rule: z.string().optional(),
  message: z.string().optional(),
});
/** An error as the contract says it. */
export const errorSchema = z.object({
  code: z.enum(WIRE_ERROR_CODES),
  message: z.string(),
  requestId: z.string(),
  details: z.array(errorDetailSchema).optional(),
});
export type WireError = z.infer<typeof errorSchema>;
/** An error as far as it can be read: for showing a platform's own words when its code is none of ours. */
export const foreignErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
  requestId: z.string().optional(),
  details: z.array(errorDetailSchema).optional(),
});

export const serverTimeSchema = z.object({ serverTime: wireDateTime });

export const institutionSchema = z.object({
  orgCode: z.string().min(1).max(30),
  name: filled,
  address: z.string().optional(),
  qualifications: z.array(
    z.object({ certificateNo: z.string(), specialty: z.string(), validFrom: wireDateOnly, validTo: wireDateOnly }),
  ),
  scope: z.array(
    z.object({
      itemCode: filled,
      /** Absent: every parameter of the item. */
      parameterCodes: z.array(z.string()).optional(),
      validTo: wireDateOnly,
      state: z.enum(['active', 'suspended']),
    }),
  ),
  controls: z.object({
    scope: z.boolean().optional(),
    contract: z.boolean().optional(),
    personnel: z.boolean().optional(),
    equipment: z.boolean().optional(),
  }),
  limits: z.object({
    maxBatchEntries: z.int().optional(),
    maxBatchBytes: z.int().optional(),
    maxMediaBytes: z.int().optional(),
  }),
});
export type WireInstitution = z.infer<typeof institutionSchema>;

export const entrySchema = z.object({
  entryId: z.string().min(1).max(64),
  kind: z.enum(ENTRY_KINDS),
  key: z.string().min(1).max(64),
  revision: revisionNumber,
  digest: sha256Text,
  payload: rawPayload,
});
export type WireEntry = z.infer<typeof entrySchema>;

export const REGISTRATION_KINDS = ['person', 'equipment', 'premises'] as const;
export type RegistrationKind = (typeof REGISTRATION_KINDS)[number];
export const registrationStateSchema = z.object({
  platformId: z.string(),
  state: z.enum(['pending', 'approved', 'rejected']),
  reason: z.string().optional(),
});
export type RegistrationState = z.infer<typeof registrationStateSchema>;

export const digestedPayloadSchema = z.object({ digest: sha256Text, payload: rawPayload });
export type DigestedPayload = z.infer<typeof digestedPayloadSchema>;

export const commissionStateSchema = z.object({
  commissionNo: commissionNoText,
  platformId: z.string(),
  state: z.enum(['active', 'locked', 'voided']),
  reason: z.string().optional(),
});
export type CommissionState = z.infer<typeof commissionStateSchema>;

/** The limit of the contract itself; an institution's own limit may be lower. */
export const CONTRACT_MAX_BATCH_ENTRIES = 200;
export const batchSchema = z.object({
  batchId: z.string().min(1).max(64),
  entries: z.array(entrySchema).min(1).max(CONTRACT_MAX_BATCH_ENTRIES),
});
export type WireBatch = z.infer<typeof batchSchema>;

export const receiptErrorSchema = z.object({ code: z.string(), field: z.string().optional(), message: z.string() });
export type ReceiptError = z.infer<typeof receiptErrorSchema>;
export const receiptSchema = z.object({
  entryId: z.string(),
  state: z.enum(['accepted', 'duplicate', 'queued', 'rejected']),
  errors: z.array(receiptErrorSchema).optional(),
});
export type WireReceipt = z.infer<typeof receiptSchema>;
export const batchReceiptSchema = z.object({ batchId: z.string(), receipts: z.array(receiptSchema) });
export type BatchReceipt = z.infer<typeof batchReceiptSchema>;

export const reportCodeSchema = z.object({
  code: z.string().regex(/^[\x21-\x7e]{1,64}$/, '防伪监管标识码须为 1 至 64 个可见 ASCII 字符'),
  verifyUrl: z.string().min(1),
  issuedAt: wireDateTime,
  reportNo: z.string(),
  revision: revisionNumber,
  digest: sha256Text,
});
export type ReportCode = z.infer<typeof reportCodeSchema>;

export const reportStateSchema = z.object({
  reportNo: z.string(),
  revision: revisionNumber,
  state: z.enum(['submitted', 'accepted', 'rejected', 'coded', 'filed', 'replaced', 'void']),
  code: reportCodeSchema.optional(),
  errors: z.array(errorSchema).optional(),
});
export type ReportState = z.infer<typeof reportStateSchema>;

export const changeOrderSchema = z.object({
  changeNo: filled,
  revision: revisionNumber,
  reason: filled,
  fields: z.array(z.object({ field: filled, oldValue: z.string(), newValue: z.string() })).min(1),
  appliedBy: filled,
  approvedBy: filled,
  witness: z.string().optional(),
  evidence: z.array(sha256Text).optional(),
  at: wireDateTime,
});
export type WireChangeOrder = z.infer<typeof changeOrderSchema>;

export const voidRequestSchema = z.object({ reason: filled, by: filled, at: wireDateTime });
export type VoidRequest = z.infer<typeof voidRequestSchema>;

export const EVENT_TYPES = [
  'commission.locked',
  'commission.unlocked',
  'commission.voided',
  'qualification.revoked',
  'code.revoked',
  'notice',
] as const;
export const eventSchema = z.object({
  id: z.string(),
  type: z.enum(EVENT_TYPES),
  subject: z.string(),
  at: wireDateTime,
  text: z.string().optional(),
});
export type WireEvent = z.infer<typeof eventSchema>;
export const eventPageSchema = z.object({ nextCursor: z.string(), events: z.array(eventSchema) });
export type EventPage = z.infer<typeof eventPageSchema>;

export const verificationSchema = z.object({
  code: z.string(),
  status: z.enum(['valid', 'replaced', 'void']),
  reportNo: reportNoText,
  revision: revisionNumber.optional(),
  institution: z.string().optional(),
  project: z.string().optional(),
  item: z.string().optional(),
  conclusion: z.string().optional(),
  issuedAt: wireDateTime.optional(),
  fileSha256: sha256Text.optional(),
});
export type Verification = z.infer<typeof verificationSchema>;
