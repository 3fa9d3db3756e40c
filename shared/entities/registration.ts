// People, machines and premises that the lab enters itself and the platform approves: what is entered, and how it stands.
import { z } from 'zod';
import { extensometerSchema } from './extensometer.ts';
import { calendarDay, decimalText, lineOf, requiredLine } from './scalars.ts';

export const registrationKinds = ['person', 'equipment', 'premises'] as const;
export type RegistrationKind = (typeof registrationKinds)[number];

export const registrationStates = ['pending', 'approved', 'rejected'] as const;
export type RegistrationStateName = (typeof registrationStates)[number];

/** The lab's own number; it travels in the address of the request. */
const localId = requiredLine(20).regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, '只能用字母、数字和 - _ .，以字母或数字开头');

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** 公民身份号码 (GB 11643): the last character is a check on the others. */
export function isIdentityNo(text: string): boolean {
  if (!/^\d{17}[\dX]$/.test(text)) return false;
  const sum = weights.reduce((total, weight, index) => total + weight * (text.charCodeAt(index) - 48), 0);
  return '10X98765432'[sum % 11] === text[17];
}

/** What may be shown of it: the first three and the last two characters. */
export const maskedIdentityNo = (text: string): string =>
  `${text.slice(0, 3)}${'*'.repeat(Math.max(0, text.length - 5))}${text.slice(-2)}`;

const reason = requiredLine(200);
/** `create`: it must not be there yet; `change`: it must. */
const intent = z.enum(['create', 'change']);

export const personRegistrationSchema = z.object({
  intent,
  localId,
  name: requiredLine(40),
  certificateNo: requiredLine(60),
  /** Kept sealed at this lab; left out when it does not change. */
  identityNo: z
    .string()
    .trim()
    .toUpperCase()
    .max(18, '公民身份号码为 18 位')
    .refine(isIdentityNo, '公民身份号码有误，请核对')
    .optional(),
  state: z.enum(['active', 'left']),
  reason,
});
export type PersonRegistration = z.infer<typeof personRegistrationSchema>;

export const equipmentRegistrationSchema = z.object({
  intent,
  localId,
  name: requiredLine(60),
  model: lineOf(60),
  serial: requiredLine(60),
  itemCodes: z.array(requiredLine(20)).min(1, '至少选一个检测项目').max(200),
  /** Day of the calibration or verification. */
  startDate: calendarDay,
  validMonths: z.number().int().min(1).max(120),
  certificateNo: requiredLine(60),
  /** Greatest load, kN; only machines that load have one. */
  rangeKn: decimalText.max(12).nullable(),
  /** Only an extensometer has it. */
  extensometer: extensometerSchema.nullable().optional(),
  state: z.enum(['active', 'scrapped']),
  reason,
});
export type EquipmentRegistration = z.infer<typeof equipmentRegistrationSchema>;

/** 检测场所: the platform's contract asks for a name and an address, and for nothing else. */
export const premisesRegistrationSchema = z.object({
  intent,
  localId,
  name: requiredLine(60),
  address: requiredLine(120),
  reason,
});
export type PremisesRegistration = z.infer<typeof premisesRegistrationSchema>;

/** How the newest registration stands, as the lists show it. */
export const registrationStandingSchema = z.object({
  state: z.enum(registrationStates),
  /** Whether the platform has approved an earlier one, whose facts hold until this one is decided. */
  change: z.boolean(),
  /** The platform's words, where it refused. */
  reason: z.string().nullable(),
  at: z.string(),
});
export type RegistrationStanding = z.infer<typeof registrationStandingSchema>;

export const premisesRowSchema = z.object({
  premisesId: z.string(),
  name: z.string(),
  address: z.string(),
  /** `merged`: it turned out to be another one that is listed. */
  state: z.enum(['active', 'pending', 'rejected', 'merged']),
  platformId: z.string().nullable(),
  standing: registrationStandingSchema.nullable(),
});
export type PremisesRow = z.infer<typeof premisesRowSchema>;

export const registrationHistorySchema = z.object({
  /** `platform`: it is entered on the platform alone. */
  master: z.enum(['platform', 'local-then-approved']),
  /** The platform's own id, where it differs from the lab's. */
  platformId: z.string().nullable(),
  identityMasked: z.string().nullable(),
  certificateNo: z.string().nullable(),
  rangeKn: z.string().nullable(),
  extensometer: extensometerSchema.nullable().optional(),
  startDate: z.string().nullable(),
  validMonths: z.number().int().nullable(),
  entries: z.array(
    z.object({
      revision: z.number().int(),
      state: z.enum(registrationStates),
      reason: z.string(),
      platformReason: z.string().nullable(),
      enteredByName: z.string(),
      enteredAt: z.string(),
      decidedAt: z.string().nullable(),
      /** Field and value, in words. */
      facts: z.array(z.tuple([z.string(), z.string()])),
    }),
  ),
});
export type RegistrationHistory = z.infer<typeof registrationHistorySchema>;
