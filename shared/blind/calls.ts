// 盲样: for which work samples go by a blind number at the bench, and which number belongs to which sample. Who may see
// through is the permission `sample.identity` of the roles matrix.
import { z } from 'zod';
import { call } from '../contract/call.ts';
import { lineOf, requiredLine } from '../entities/scalars.ts';

/** What stands where a tester would read whose sample it is. */
export const hiddenText = '盲样';

export const blindScopes = ['off', 'all', 'items'] as const;
export type BlindScope = (typeof blindScopes)[number];
export const blindScopeNames: Record<BlindScope, string> = {
  off: '不用盲样编号',
  all: '全部检测项目',
  items: '指定的检测项目',
};

export const blindSettingSchema = z.object({
  scope: z.enum(blindScopes),
  /** With `items`: their codes. */
  itemCodes: z.array(z.string()),
});
export type BlindSetting = z.infer<typeof blindSettingSchema>;

export const blindRowSchema = z.object({
  blindNo: z.string(),
  sampleNo: z.string(),
  commissionNo: z.string(),
  projectName: z.string(),
  structurePart: z.string(),
  itemName: z.string(),
  madeAt: z.string(),
  /** Whether it is still hidden from those who test. */
  covered: z.boolean(),
});

export const blindCalls = {
  'blind.setting': call('signedIn', z.object({}), blindSettingSchema),
  /** Holds for what is received from now on; samples that have a number keep it. */
  'blind.change': call(
    'policy.manage',
    z
      .object({
        scope: z.enum(blindScopes),
        itemCodes: z.array(requiredLine(20)).max(500).default([]),
        reason: requiredLine(200),
      })
      .refine(({ scope, itemCodes }) => scope !== 'items' || itemCodes.length > 0, {
        path: ['itemCodes'],
        message: '至少选一个检测项目',
      }),
    blindSettingSchema,
  ),
  /** 盲样对照, newest first; the look is in the audit chain. */
  'blind.list': call(
    'sample.identity',
    z.object({
      text: lineOf(60).default(''),
      cursor: z.string().max(200).optional(),
      limit: z.number().int().min(1).max(200).default(100),
    }),
    z.object({ rows: z.array(blindRowSchema), nextCursor: z.string().nullable() }),
  ),
} as const;
