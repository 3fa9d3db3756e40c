// The calls about images of signatures and of the seal. An image is decoration beside a stored signature; it is entered by who
// keeps people, and counts when its owner has confirmed it with a password.
import { z } from 'zod';
import { call } from '../contract/call.ts';
import { shownFileSchema } from '../entities/evidence.ts';
import { calendarDay, requiredLine } from '../entities/scalars.ts';
import { nothing } from '../contract/parts.ts';

const imageId = requiredLine(40);

/** A picture of a few centimetres at 600 dpi is far below it. */
export const mostImageBytes = 200 * 1024;
export const imageKinds = ['signature', 'seal'] as const;
export const imageKindNames: Record<(typeof imageKinds)[number], string> = {
  signature: '签名图片',
  seal: '检测专用章',
};

/** Printed beside the code, or room left for the stamp by hand. */
export const sealModes = ['blank', 'print'] as const;
export const sealModeNames: Record<(typeof sealModes)[number], string> = {
  blank: '留空，手工盖章',
  print: '印在已赋码的报告上',
};

const act = z.object({ byName: z.string(), at: z.string(), reason: z.string().nullable() });
export const imageEntrySchema = z.object({
  imageId: z.string(),
  kind: z.enum(imageKinds),
  personId: z.string().nullable(),
  personName: z.string(),
  sha256: z.string(),
  format: z.enum(['png', 'jpg']),
  widthPx: z.number().int(),
  heightPx: z.number().int(),
  bytes: z.number().int(),
  validFrom: z.string(),
  enteredByName: z.string(),
  enteredAt: z.string(),
  confirmed: act.nullable(),
  withdrawn: act.nullable(),
  /** Whether signatures of now are printed with it. */
  inForce: z.boolean(),
  mayConfirm: z.boolean(),
  mayWithdraw: z.boolean(),
  mayShow: z.boolean(),
});
export type ImageEntry = z.infer<typeof imageEntrySchema>;

export const imageCalls = {
  /** Of one person, or of the seal. */
  'images.list': call(
    'signedIn',
    z.object({ personId: requiredLine(40).nullable() }),
    z.object({ entries: z.array(imageEntrySchema), sealMode: z.enum(sealModes) }),
  ),
  'images.enter': call(
    'person.keep',
    z.object({
      kind: z.enum(imageKinds),
      personId: requiredLine(40).nullable(),
      fileName: requiredLine(200),
      bytesBase64: z.string().max(Math.ceil((mostImageBytes * 4) / 3) + 400_000),
      validFrom: calendarDay,
    }),
    imageEntrySchema,
  ),
  /** A signature by its owner, the seal by an authorised signatory who did not enter it. */
  'images.confirm': call('signedIn', z.object({ imageId, password: z.string().min(1).max(200) }), imageEntrySchema),
  'images.withdraw': call('signedIn', z.object({ imageId, reason: requiredLine(200) }), imageEntrySchema),
  /** To its owner and to who keeps people; each look is in the audit log. */
  'images.show': call('signedIn', z.object({ imageId }), shownFileSchema),
  'images.sealMode': call('person.keep', z.object({ mode: z.enum(sealModes), reason: requiredLine(200) }), nothing),
} as const;
