// Who may work here and how the program is set: users and settings.
import { z } from 'zod';
import { roleSchema } from '../entities/roles.ts';
import { lineOf, requiredLine } from '../entities/scalars.ts';
import { userSchema } from './answers.ts';
import { call } from './call.ts';
import { nothing, reason } from './parts.ts';

export const keepingCalls = {
  'users.list': call('user.manage', nothing, z.object({ users: z.array(userSchema) })),
  'users.create': call(
    'user.manage',
    z.object({
      username: requiredLine(40),
      personId: requiredLine(40),
      roles: z.array(roleSchema).min(1),
      password: z.string().min(8).max(200),
    }),
    userSchema,
  ),
  'users.change': call(
    'user.manage',
    z.object({
      userId: requiredLine(40),
      roles: z.array(roleSchema).min(1).optional(),
      disabled: z.boolean().optional(),
      password: z.string().min(8).max(200).optional(),
      reason,
    }),
    userSchema,
  ),
  'settings.get': call(
    'signedIn',
    nothing,
    z.object({
      idleLockMinutes: z.number().int(),
      telephone: z.string(),
      cmaNo: z.string(),
      platformUrl: z.string(),
      orgCode: z.string(),
      /** Reference data older than this are refused, days; 0: never. */
      referenceRefuseDays: z.number().int(),
      platformProfile: z.string(),
      /** What this program can speak to a platform, and what is assumed about each. */
      profiles: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          withKey: z.boolean(),
          addressForm: z.string(),
          assumptions: z.array(z.string()),
        }),
      ),
      dataFolder: z.string(),
      version: z.string(),
    }),
  ),
  'settings.change': call(
    'setting.manage',
    z.object({
      idleLockMinutes: z.number().int().min(1).max(240).optional(),
      telephone: lineOf(60).optional(),
      cmaNo: lineOf(40).optional(),
      referenceRefuseDays: z.number().int().min(0).max(365).optional(),
      reason,
    }),
    nothing,
  ),
} as const;
