// The calls about a report after issue: its history, change orders, signing the next revision, void, paper originals, and
// the ledger of unqualified results.
import { z } from 'zod';
import { call } from '../contract/call.ts';
import { broughtFileSchema, evidenceSchema, shownFileSchema } from '../entities/evidence.ts';
import { calendarDay, lineOf, reportNoText, requiredLine } from '../entities/scalars.ts';
import { retestLinkSchema } from '../retests/calls.ts';
import { nothing, password, reason } from '../contract/parts.ts';

const changeNo = requiredLine(25);
const digest = z.string().max(64);
const report = { reportNo: reportNoText, revision: z.number().int().min(1) };

export const changeFieldSchema = z.object({
  /** `clientUnit`, or `samples.<sampleNo>.structurePart`. */
  field: z.string(),
  oldValue: z.string(),
  newValue: z.string(),
});
export type ChangeField = z.infer<typeof changeFieldSchema>;

export const changeStates = ['applied', 'approved', 'refused'] as const;
export const changeOrderSchema = z.object({
  changeNo: z.string(),
  reportNo: z.string(),
  /** The report revision that the change leads to. */
  revision: z.number().int(),
  reason: z.string(),
  fields: z.array(changeFieldSchema),
  evidence: z.array(evidenceSchema),
  witness: z.string().nullable(),
  digest: z.string(),
  state: z.enum(changeStates),
  appliedById: z.string(),
  appliedBy: z.string(),
  appliedAt: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  decision: z.string().nullable(),
});
export type ChangeOrder = z.infer<typeof changeOrderSchema>;

export const originalSchema = z.object({
  reportNo: z.string(),
  revision: z.number().int(),
  cause: z.enum(['replaced', 'void']),
  openedAt: z.string(),
  /** Coded copies that were printed of it. */
  copies: z.number().int(),
  returned: z.number().int().nullable(),
  missingReason: z.string().nullable(),
  broughtBy: z.string().nullable(),
  returnedOn: z.string().nullable(),
  handledBy: z.string().nullable(),
  handledAt: z.string().nullable(),
});
export type Original = z.infer<typeof originalSchema>;

const revisionSchema = z.object({
  revision: z.number().int(),
  state: z.string(),
  standing: z.string(),
  createdAt: z.string(),
  approvedAt: z.string().nullable(),
  approverName: z.string().nullable(),
  code: z.string().nullable(),
  codedAt: z.string().nullable(),
  revokedReason: z.string().nullable(),
  revokedAt: z.string().nullable(),
  voidReason: z.string().nullable(),
  voidedAt: z.string().nullable(),
  voidedBy: z.string().nullable(),
  prints: z.number().int(),
  /** What the platform has of its void and of its change order. */
  original: originalSchema.nullable(),
});

/** Why a step cannot be done now; null where it can. */
const refusal = z.object({ code: z.string(), message: z.string() }).nullable();

export const reportHistorySchema = z.object({
  reportNo: z.string(),
  revisions: z.array(revisionSchema),
  orders: z.array(changeOrderSchema),
  /** Orders that were withdrawn, with what the platform had said of them. */
  withdrawals: z.array(
    z.object({
      changeNo: z.string(),
      reason: z.string(),
      by: z.string(),
      at: z.string(),
      platformWords: z.string().nullable(),
    }),
  ),
  /** The newest order, where the platform refused it and it holds up its commission. */
  refusedOrder: z.object({ changeNo: z.string(), platformWords: z.string(), mayWithdraw: refusal }).nullable(),
  mayChange: refusal,
  mayVoid: refusal,
  /** The report that was made anew of the records of this void one. */
  madeAgainAs: z.string().nullable(),
  mayMakeAgain: z.boolean(),
});
export type ReportHistory = z.infer<typeof reportHistorySchema>;

export const closings = ['retest', 'removal', 'strengthened', 'accepted', 'other'] as const;
export const closingNames: Record<(typeof closings)[number], string> = {
  retest: '复检',
  removal: '退场（监督下清退）',
  strengthened: '加固或返工处理',
  accepted: '设计单位核算认可',
  other: '其他',
};

/** `note`: what was done; `reported`: the authority was told in another way than by the platform; the rest ends the line. */
export const handlings = ['note', 'reported', ...closings] as const;

export const unqualifiedRowSchema = z.object({
  ledgerNo: z.string(),
  recordNo: z.string(),
  commissionNo: z.string(),
  sampleNo: z.string(),
  projectName: z.string(),
  structurePart: z.string(),
  itemName: z.string(),
  parameterName: z.string(),
  value: z.string(),
  requirement: z.string(),
  foundAt: z.string(),
  deadline: z.string(),
  /** Sent in time, sent too late, still due, overdue and not sent. */
  sending: z.enum(['sent', 'late', 'due', 'overdue']),
  reportNos: z.array(z.string()),
  authority: z.string(),
  notice: z
    .object({
      /** Its key at the platform: the number of the notice. */
      noticeNo: z.string(),
      entryId: z.string(),
      state: z.string(),
      acceptedAt: z.string().nullable(),
      attempts: z.number().int(),
      platformWords: z.string().nullable(),
    })
    .nullable(),
  /** What to do where the platform takes no such notice and nobody has stated yet that it was reported otherwise. */
  reportOtherwise: z.string().nullable(),
  handling: z.array(
    z.object({
      how: z.enum(handlings),
      text: z.string(),
      closes: z.boolean(),
      personName: z.string(),
      at: z.string(),
    }),
  ),
  closed: z.boolean(),
  /** Retests of this result, and how each came out. */
  retests: z.array(retestLinkSchema),
  /** Where the result is itself that of a retest: the first one. */
  retestOf: retestLinkSchema.nullable(),
});
export type UnqualifiedRow = z.infer<typeof unqualifiedRowSchema>;

const unqualifiedQuery = z.object({
  part: z.enum(['open', 'overdue', 'closed', 'all']).default('open'),
  text: lineOf(100).default(''),
});

export const afterIssueCalls = {
  'reports.history': call('signedIn', z.object({ reportNo: reportNoText }), reportHistorySchema),
  /** What of the commission may be changed, with the values of now, and whether a witness has to agree. */
  'changes.form': call(
    'report.change',
    z.object({ reportNo: reportNoText }),
    z.object({
      reportNo: z.string(),
      revision: z.number().int(),
      /** `onReport` differs from `value` where another report's change order has changed the commission since. */
      fields: z.array(z.object({ field: z.string(), label: z.string(), value: z.string(), onReport: z.string() })),
      witnessRequired: z.boolean(),
    }),
  ),
  'changes.apply': call(
    'report.change',
    z.object({
      reportNo: reportNoText,
      reason,
      fields: z
        .array(z.object({ field: requiredLine(100), newValue: z.string().max(400) }))
        .min(1, '至少变更一项')
        .max(200),
      evidence: z.array(broughtFileSchema).min(1, '至少一份证明材料').max(10),
      witness: lineOf(30).optional(),
    }),
    changeOrderSchema,
  ),
  'changes.open': call('signedIn', nothing, z.object({ orders: z.array(changeOrderSchema) })),
  /** By another person than the one who applied. */
  'changes.approve': call('report.approveChange', z.object({ changeNo, digest, password }), changeOrderSchema),
  'changes.refuse': call('report.approveChange', z.object({ changeNo, reason }), changeOrderSchema),
  /** Of an order that the platform refused: it stays, with its words, and a corrected one may follow. */
  'changes.withdraw': call('report.approveChange', z.object({ changeNo, reason }), nothing),
  'changes.evidence': call('signedIn', z.object({ changeNo, sha256: digest }), shownFileSchema),
  /** 检测 and 校核 of a revision after the first, before it is approved. */
  'reports.signTest': call('record.test', z.object({ ...report, digest, password }), nothing),
  'reports.signCheck': call('record.check', z.object({ ...report, digest, password }), nothing),
  'reports.void': call('report.void', z.object({ reportNo: reportNoText, reason, password }), nothing),
  /** A new report under a number of its own, of the signed records of a void one. */
  'reports.makeAgain': call('report.void', z.object({ reportNo: reportNoText }), z.object({ reportNo: z.string() })),
  'originals.list': call('signedIn', z.object({ open: z.boolean() }), z.object({ rows: z.array(originalSchema) })),
  'originals.close': call(
    'report.original',
    z.object({
      ...report,
      returned: z.number('应为份数').int('应为整数').min(0, '不能为负').max(1000),
      missingReason: lineOf(200).optional(),
      broughtBy: lineOf(50).optional(),
      returnedOn: calendarDay,
    }),
    originalSchema,
  ),
  'unqualified.list': call(
    'signedIn',
    unqualifiedQuery.extend({
      cursor: z.string().max(100).optional(),
      limit: z.number().int().min(1).max(200).default(100),
    }),
    z.object({
      rows: z.array(unqualifiedRowSchema),
      nextCursor: z.string().nullable(),
      counts: z.object({ open: z.number().int(), overdue: z.number().int() }),
    }),
  ),
  'unqualified.handle': call(
    'unqualified.handle',
    z.object({ ledgerNo: requiredLine(25), how: z.enum(handlings), text: requiredLine(400) }),
    unqualifiedRowSchema,
  ),
  'unqualified.export': call('signedIn', unqualifiedQuery, z.object({ fileName: z.string(), text: z.string() })),
} as const;
