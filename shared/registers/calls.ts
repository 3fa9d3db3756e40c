// The calls of the registers that people keep in a spreadsheet: template, export, dry run, taking over. The dry run writes
// nothing; what is taken is the same bytes again, bound by the digest of what was shown.
import { z } from 'zod';
import { call } from '../contract/call.ts';
import { requiredLine } from '../entities/scalars.ts';
import { reason } from '../contract/parts.ts';

export const registerIds = ['people', 'qualifications', 'equipment', 'premises'] as const;
export type RegisterId = (typeof registerIds)[number];

export const registerNames: Record<RegisterId, string> = {
  people: '人员',
  qualifications: '人员资格',
  equipment: '设备',
  premises: '场所',
};

/** A larger file is refused in words before it is sent. */
export const mostImportBytes = 5 * 1024 * 1024;

const register = z.enum(registerIds);
const count = z.number().int().min(0);
const file = {
  fileName: requiredLine(200),
  bytesBase64: z.string().max(28_000_000, '文件太大，最多 5 MB，请只留要导入的工作表和列'),
};
const made = z.object({ fileName: z.string(), bytesBase64: z.string() });

export const registerRowSchema = z.object({
  /** As people count it in their file. */
  row: z.number().int(),
  key: z.string(),
  name: z.string(),
  state: z.enum(['new', 'changed', 'refused']),
  changes: z.array(z.object({ column: z.string(), old: z.string().nullable(), now: z.string() })),
  problems: z.array(z.object({ column: z.string(), code: z.string(), message: z.string(), next: z.string() })),
});
export type RegisterRow = z.infer<typeof registerRowSchema>;

const counts = { newCount: count, changedCount: count, sameCount: count, refusedCount: count };

export const registerPreviewSchema = z.object({
  register,
  fileName: z.string(),
  digest: z.string(),
  ...counts,
  /** With one of them nothing is taken. */
  fileProblems: z.array(z.string()),
  notes: z.array(z.string()),
  /** Rows that are the same are counted only. */
  rows: z.array(registerRowSchema),
});
export type RegisterPreview = z.infer<typeof registerPreviewSchema>;

/** What was imported, newest first; the file can be had back as it was. */
export const registerImportSchema = z.object({
  importId: z.string(),
  fileName: z.string(),
  sourceSha256: z.string(),
  ...counts,
  reason: z.string(),
  byName: z.string(),
  at: z.string(),
});
export type RegisterImport = z.infer<typeof registerImportSchema>;

export const registerCalls = {
  'registers.template': call('dossier.keep', z.object({ register }), made),
  /** `identity`: with identity numbers in clear, where the register has them. */
  'registers.export': call(
    'dossier.keep',
    z.object({ register, format: z.enum(['xlsx', 'csv']), identity: z.boolean().default(false), reason }),
    made,
  ),
  'registers.preview': call('dossier.keep', z.object({ register, ...file }), registerPreviewSchema),
  'registers.take': call(
    'dossier.keep',
    z.object({ register, ...file, digest: z.string().length(64), acceptPartial: z.boolean(), reason }),
    z.object({ importId: z.string(), ...counts }),
  ),
  'registers.imports': call(
    'dossier.keep',
    z.object({ register }),
    z.object({ imports: z.array(registerImportSchema) }),
  ),
  /** The bytes that were taken, as they were; who takes them along is in the audit log. */
  'registers.source': call('dossier.keep', z.object({ importId: requiredLine(40), reason }), made),
} as const;
