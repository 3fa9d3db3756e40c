// The payloads of the reference profile: what an entry, a commission or a report carries. Names are camelCase, every
// decimal is a string. Fields the profile does not know are permitted and ignored here; they still count in the
// digest, which is why a digest is taken over the raw payload and never over what these schemas return.
import { z } from 'zod';
import {
  commissionNoText,
  conclusionCode,
  filled,
  previousDigest,
  recordNoText,
  reportNoText,
  revisionNumber,
  sha256Text,
  text,
  wireDateOnly,
  wireDateTime,
  wireDecimal,
} from './fields.ts';

export const sampleSchema = z.object({
  sampleNo: filled,
  /** QR or chip. */
  sampleCode: filled,
  itemCode: filled,
  name: filled,
  spec: text,
  grade: text,
  maker: text.optional(),
  batchNo: text.optional(),
  /** With its unit, e.g. `100 m³`. */
  representedQuantity: text,
  structurePart: text,
  sampledOn: wireDateOnly,
  madeOn: wireDateOnly.optional(),
  state: text,
  requestedParameters: z.array(filled),
});
export type SamplePayload = z.infer<typeof sampleSchema>;

export const commissionPayloadSchema = z.object({
  commissionNo: commissionNoText,
  contractNo: filled.optional(),
  projectId: filled,
  projectName: filled,
  supervisionCode: text.optional(),
  supervisionUnit: text.optional(),
  clientUnit: filled,
  ownerUnit: text,
  contractorUnit: text,
  supervisorUnit: text,
  witnessUnit: text,
  witnessName: text,
  witnessCertNo: text,
  samplerName: text,
  commissionedByOwner: z.boolean(),
  receivedAt: wireDateTime,
  samples: z.array(sampleSchema).min(1),
});
export type CommissionPayload = z.infer<typeof commissionPayloadSchema>;

export const verdictSchema = z.enum(['qualified', 'unqualified', 'not-judged']);
export type WireVerdict = z.infer<typeof verdictSchema>;

export const resultSchema = z.object({
  parameterCode: filled,
  /** A decimal string, or the words of a result that is no number (an invalid group, a bend test). */
  value: filled,
  unit: text,
  requirement: text,
  verdict: verdictSchema,
});

/** One test item of one sample; the summary row. */
export const testRecordPayloadSchema = z.object({
  recordNo: recordNoText,
  commissionNo: commissionNoText,
  testNo: z.string().min(1).max(25),
  reportNo: reportNoText.optional(),
  sampleNo: filled,
  itemCode: filled,
  parameterCodes: z.array(filled).min(1),
  methodStandard: filled,
  judgementStandard: text,
  testedAt: wireDateTime,
  siteAddress: filled,
  environment: z.object({ temperature: wireDecimal, humidity: wireDecimal }),
  equipmentIds: z.array(filled).min(1),
  testerId: filled,
  checkerId: filled,
  /** The method's own schema. */
  readings: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]),
  results: z.array(resultSchema).min(1),
  conclusion: conclusionCode,
  conclusionText: text,
  /** Run numbers (`runNo`) of the acquisitions this record rests on. */
  acquisitionKeys: z.array(filled),
});
export type TestRecordPayload = z.infer<typeof testRecordPayloadSchema>;

/** One run. A curve is mandatory for an automatic run; a manual one, or one that is not valid, states its reason. */
export const acquisitionPayloadSchema = z
  .object({
    runNo: filled,
    recordNo: recordNoText,
    specimenNo: filled,
    equipmentId: filled,
    equipmentSerial: filled,
    driver: text,
    startedAt: wireDateTime,
    endedAt: wireDateTime,
    sampleRateHz: wireDecimal,
    channels: z.array(z.object({ name: filled, unit: text })),
    peak: wireDecimal,
    /** SHA-256 of the raw curve file; may be absent only for a manual run. */
    media: sha256Text.optional(),
    rawDigest: sha256Text,
    previousDigest,
    validity: z.enum(['valid', 'invalid', 'repeated']),
    reason: text.optional(),
    mode: z.enum(['automatic', 'manual']),
  })
  .superRefine((run, context) => {
    const add = (path: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [path], message });
    };
    if (run.mode === 'automatic' && run.media === undefined) add('media', '自动采集须带原始曲线文件的 SHA-256');
    if (run.mode === 'manual' && !run.reason?.trim()) add('reason', '手工录入须说明原因');
    if (run.validity !== 'valid' && !run.reason?.trim()) add('reason', '作废或重做的采集须说明原因');
    if (Date.parse(run.endedAt) < Date.parse(run.startedAt)) add('endedAt', '结束时间早于开始时间');
  });
export type AcquisitionPayload = z.infer<typeof acquisitionPayloadSchema>;

export const modificationPayloadSchema = z.object({
  logNo: filled,
  entity: filled,
  entityNo: filled,
  field: filled,
  oldValue: text.nullable(),
  newValue: text.nullable(),
  reason: filled,
  operator: filled,
  approver: text.optional(),
  at: wireDateTime,
  workstation: text,
  previousDigest,
});
export type ModificationPayload = z.infer<typeof modificationPayloadSchema>;

export const witnessPhaseSchema = z.enum(['sampling', 'making', 'marking', 'sealing', 'delivery', 'site-test']);

export const witnessPayloadSchema = z.object({
  commissionNo: commissionNoText,
  sampleNo: filled,
  phase: witnessPhaseSchema,
  persons: z.array(filled).min(1),
  at: wireDateTime,
  longitude: wireDecimal.optional(),
  latitude: wireDecimal.optional(),
  media: z.array(sha256Text),
});
export type WitnessPayload = z.infer<typeof witnessPayloadSchema>;

export const unqualifiedNoticePayloadSchema = z.object({
  reportNo: reportNoText.optional(),
  recordNo: recordNoText,
  itemCode: filled,
  parameterCode: filled,
  value: filled,
  requirement: text,
  structuralSafety: z.boolean(),
  projectId: filled,
  authority: text,
  foundAt: wireDateTime,
});
export type UnqualifiedNoticePayload = z.infer<typeof unqualifiedNoticePayloadSchema>;

export const signatorySchema = z.object({
  id: filled,
  name: filled,
  signedAt: wireDateTime,
  signatureDigest: sha256Text,
});

/** An approved report revision; the three signatories are three different people (decree 57 art. 21). */
export const reportPayloadSchema = z
  .object({
    reportNo: reportNoText,
    revision: revisionNumber,
    /** What this revision replaces, written `<reportNo>/<revision>`. */
    replaces: filled.optional(),
    commissionNo: commissionNoText,
    recordNos: z.array(recordNoText).min(1),
    title: filled,
    conclusion: conclusionCode,
    conclusionText: text,
    testedOn: wireDateOnly,
    issuedOn: wireDateOnly,
    tester: signatorySchema,
    checker: signatorySchema,
    approver: signatorySchema,
    basis: z.array(filled).min(1),
    siteAddress: filled,
    witnessUnit: text,
    witnessName: text,
    /** Of the uncoded PDF/A file. */
    contentSha256: sha256Text,
    /** Head of the audit chain. */
    auditHead: sha256Text,
  })
  .superRefine((report, context) => {
    if (new Set([report.tester.id, report.checker.id, report.approver.id]).size < 3) {
      context.addIssue({ code: 'custom', path: ['approver'], message: '检测、审核、批准须为三名不同的人员' });
    }
    if (report.issuedOn < report.testedOn) {
      context.addIssue({ code: 'custom', path: ['issuedOn'], message: '签发日期早于检测日期' });
    }
  });
export type ReportPayload = z.infer<typeof reportPayloadSchema>;

export const personPayloadSchema = z.object({ name: filled, certificateNo: text, state: filled.optional() });
export const equipmentPayloadSchema = z.object({
  name: filled,
  model: text,
  serial: filled,
  itemCodes: z.array(filled),
  startDate: wireDateOnly,
  validMonths: z.int().min(1),
  state: filled.optional(),
});
export const premisesPayloadSchema = z.object({ name: filled, address: filled });

export const ENTRY_KINDS = [
  'test-record',
  'acquisition',
  'modification',
  'witness',
  'unqualified-notice',
  'person',
  'equipment',
  'premises',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** The payload schema of every entry kind. */
export const entryPayloadSchemas = {
  'test-record': testRecordPayloadSchema,
  acquisition: acquisitionPayloadSchema,
  modification: modificationPayloadSchema,
  witness: witnessPayloadSchema,
  'unqualified-notice': unqualifiedNoticePayloadSchema,
  person: personPayloadSchema,
  equipment: equipmentPayloadSchema,
  premises: premisesPayloadSchema,
} as const satisfies Record<EntryKind, z.ZodType>;

export interface EntryPayloads {
  'test-record': TestRecordPayload;
  acquisition: AcquisitionPayload;
  modification: ModificationPayload;
  witness: WitnessPayload;
  'unqualified-notice': UnqualifiedNoticePayload;
  person: z.infer<typeof personPayloadSchema>;
  equipment: z.infer<typeof equipmentPayloadSchema>;
  premises: z.infer<typeof premisesPayloadSchema>;
}

/** The natural key that an entry of this kind and payload travels under; registrations have none in their payload. */
export const naturalKeyOf = {
  'test-record': (payload: TestRecordPayload): string => payload.recordNo,
  acquisition: (payload: AcquisitionPayload): string => payload.runNo,
  modification: (payload: ModificationPayload): string => payload.logNo,
  witness: (payload: WitnessPayload): string => `${payload.sampleNo}/${payload.phase}`,
  'unqualified-notice': (payload: UnqualifiedNoticePayload): string =>
    `${payload.reportNo ?? payload.recordNo}/${payload.itemCode}/${payload.parameterCode}`,
} as const;
