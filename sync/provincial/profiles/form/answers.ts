// The data of the platform's answers as the port's values. Numbers for states are read strictly: an unknown state is an
// answer that cannot be believed. An event of an unknown kind is passed on as a notice, so that it stops no others.
import { z } from 'zod';
import {
  FORM_COMMISSION_STATES,
  FORM_EVENT_TYPES,
  FORM_VERIFY_STATES,
  readFormTime,
} from '../../../wire/form-contract.ts';
import { canonicalJson, sha256Hex } from '../../../wire/digest.ts';
import { institutionSchema } from '../../../wire/messages.ts';
import { wireTime } from '../../../wire/wire-time.ts';
import type { PlatformEvent, ReferencePage, ReportCode, ReportState, Verification } from '../../port.ts';

const id = z.union([z.string(), z.number()]).transform(String);
const time = z.string().refine((text) => Number.isFinite(readFormTime(text)), '不是 yyyyMMddHHmmss');
const revision = z
  .string()
  .regex(/^[1-9]\d{0,5}$/)
  .transform(Number);

/** Content as the platform holds it, read back: its digest is taken here, since the platform keeps none. */
export const heldContent = z.string().transform((text, context) => {
  try {
    const value: unknown = JSON.parse(text);
    return { value, digest: sha256Hex(canonicalJson(value)) };
  } catch {
    context.addIssue({ code: 'custom', message: '不是 JSON' });
    return z.NEVER;
  }
});

const held = z.object({ id, nr: heldContent });
export const heldRows = z.object({ rows: z.array(held) });
export type HeldRow = z.output<typeof held>;

export const saved = z.object({ id });
export const loggedIn = z.object({ token: z.string().min(8).max(200) });
export const serverTime = z.object({ sj: time }).transform(({ sj }) => ({ serverTime: readFormTime(sj) }));

export const institution = z
  .object({ nr: heldContent })
  .transform(({ nr }) => nr.value)
  .pipe(institutionSchema);

export const commissionRows = z.object({
  rows: z.array(
    held.extend({ zt: z.enum(['0', '1', '2']).transform((zt) => FORM_COMMISSION_STATES[zt]), yy: z.string() }),
  ),
});

export const fileRows = z.object({ rows: z.array(z.object({ id, xs: z.string() })) });

const code = z
  .object({ sbm: z.string(), cxwz: z.string(), fmsj: time, bgbh: z.string(), bb: revision })
  .transform((row): Omit<ReportCode, 'digest'> => ({
    code: row.sbm,
    verifyUrl: row.cxwz,
    issuedAt: wireTime(readFormTime(row.fmsj)),
    reportNo: row.bgbh,
    revision: row.bb,
  }));
export const issuedCode = code;

const REPORT_STATES = { '1': 'accepted', '2': 'coded', '3': 'filed', '4': 'replaced', '5': 'void' } as const;

export const reportRows = z.object({
  rows: z.array(
    held.extend({
      bgbh: z.string(),
      bb: revision,
      zt: z.enum(['1', '2', '3', '4', '5']).transform((zt): ReportState['state'] => REPORT_STATES[zt]),
      codes: z.array(code),
      wjxs: z.string(),
    }),
  ),
});
export type HeldReport = z.output<typeof reportRows>['rows'][number];

export const referencePage = z
  .object({
    rows: z.array(z.object({ bb: z.int(), id, sc: z.enum(['0', '1']), nr: heldContent })),
    yb: z.string().min(1),
    hy: z.enum(['0', '1']),
  })
  .transform(({ rows, yb, hy }): ReferencePage => ({
    rows: rows.map((row) => ({
      id: row.id,
      version: row.bb,
      deleted: row.sc === '1',
      data: row.sc === '1' ? null : (row.nr.value as ReferencePage['rows'][number]['data']),
    })),
    nextCursor: yb,
    more: hy === '1',
    snapshot: yb,
  }));

export const eventPage = z
  .object({
    rows: z.array(z.object({ xh: id, lx: z.string(), bh: z.string(), sj: time, sm: z.string() })),
    yb: z.string().min(1),
  })
  .transform(({ rows, yb }) => ({
    nextCursor: yb,
    events: rows.map(({ xh, lx, bh, sj, sm }): PlatformEvent => {
      const type = Object.hasOwn(FORM_EVENT_TYPES, lx)
        ? FORM_EVENT_TYPES[lx as keyof typeof FORM_EVENT_TYPES]
        : 'notice';
      return { id: xh, type, subject: bh, at: wireTime(readFormTime(sj)), text: sm };
    }),
  }));

export const verification = z
  .object({
    sbm: z.string(),
    zt: z.enum(['1', '2', '3']).transform((zt) => FORM_VERIFY_STATES[zt]),
    bgbh: z.string(),
    bb: revision,
    jg: z.string().optional(),
    fmsj: time,
    wjxs: z.union([z.literal(''), z.string().regex(/^[0-9a-f]{64}$/)]),
  })
  .transform((row): Verification => ({
    code: row.sbm,
    status: row.zt,
    reportNo: row.bgbh,
    revision: row.bb,
    institution: row.jg,
    issuedAt: wireTime(readFormTime(row.fmsj)),
    ...(row.wjxs === '' ? {} : { fileSha256: row.wjxs }),
  }));
