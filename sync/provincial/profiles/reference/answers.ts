// The contract's answers as the port's values. What the wire schemas let through is translated here, so that the
// engine sees no error table and no wire names. Error codes inside answers are read leniently (a newer platform may
// know more of them); states and enums are not: an unknown state is an answer that cannot be believed.
import { z } from 'zod';
import {
  batchReceiptSchema,
  commissionStateSchema,
  eventPageSchema,
  foreignErrorSchema,
  institutionSchema,
  registrationStateSchema,
  reportCodeSchema,
  reportStateSchema,
  serverTimeSchema,
  verificationSchema,
} from '../../../wire/messages.ts';
import { referencePageSchema } from '../../../wire/reference-rows.ts';
import type { BatchReceipt, EntryReceipt, ReferencePage, ReportState } from '../../port.ts';
import { failureOfErrors } from './classify.ts';

const lenientReportState = reportStateSchema.extend({ errors: z.array(foreignErrorSchema).optional() });

export const serverTimeAnswer = serverTimeSchema.transform((body) => ({ serverTime: Date.parse(body.serverTime) }));

export const institutionAnswer = institutionSchema;

export const commissionAnswer = commissionStateSchema;

export const referencePageAnswer = referencePageSchema.transform((body): ReferencePage => ({
  ...body,
  rows: body.rows.map((row) => ({ id: row.id, version: row.version, deleted: row.deleted, data: row.data ?? null })),
}));

export const batchAnswer = batchReceiptSchema.transform((body): BatchReceipt => ({
  batchId: body.batchId,
  receipts: body.receipts.map((receipt): EntryReceipt => {
    if (receipt.state !== 'rejected') return { entryId: receipt.entryId, state: receipt.state };
    const failure = failureOfErrors(receipt.errors);
    return { entryId: receipt.entryId, state: 'rejected', failure };
  }),
}));

export const reportAnswer = lenientReportState.transform((body): ReportState => ({
  reportNo: body.reportNo,
  revision: body.revision,
  state: body.state,
  ...(body.code === undefined ? {} : { code: body.code }),
  ...(body.state === 'rejected' ? { failure: failureOfErrors(body.errors) } : {}),
}));

export const registrationAnswer = registrationStateSchema;

export const codeAnswer = reportCodeSchema;

export const eventsAnswer = eventPageSchema;

export const verificationAnswer = verificationSchema;
