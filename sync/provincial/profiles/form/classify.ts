// Third of the profile's three functions: what an answer means. The platform answers HTTP 200 to everything, so any other
// status comes from something in between, and so does a page. A number we do not know is a refusal in its own words.
import { z } from 'zod';
import { FORM_CODES } from '../../../wire/form-contract.ts';
import type { FailureDetail, PlatformFailure } from '../../port.ts';
import { notInContract, type RawAnswer, readJson, unknownOutcome } from '../http/raw-answer.ts';
import type { ErrorRule } from '../profile-data.ts';
import { FORM_PROFILE } from './profile.ts';

const envelope = z.object({
  code: z.int(),
  msg: z.string().nullish(),
  data: z.unknown().optional(),
});

/** What a refusal may carry: what is missing, how long to wait. Whatever else it carries is not looked at. */
const refusalData = z.object({
  rows: z.array(z.object({ bh: z.string(), sm: z.string() })).optional(),
  ms: z
    .string()
    .regex(/^\d{1,4}$/)
    .optional(),
});

const MAX_WAIT_S = 3600;

function failureOf(code: number, msg: string, data: unknown): PlatformFailure {
  const table = FORM_PROFILE.errorTable;
  const rule: ErrorRule = Object.hasOwn(table, String(code)) ? table[String(code)]! : { class: 'rejected' };
  const read = refusalData.safeParse(data);
  const details = read.data?.rows?.map(({ bh, sm }): FailureDetail => ({ field: bh, message: `${sm} ${bh}` }));
  const wait = read.data?.ms;
  return {
    class: rule.class,
    code: String(code),
    message: msg === '' ? `平台没有说明原因（编号 ${code}）。` : msg,
    sent: true,
    ...(details === undefined || details.length === 0 ? {} : { details }),
    ...(wait === undefined ? {} : { retryAfterS: Math.min(MAX_WAIT_S, Number(wait)) }),
    ...(rule.freezes === undefined ? {} : { freezes: rule.freezes }),
    ...(rule.tooLarge === true ? { tooLarge: true } : {}),
  };
}

export type Classified<T> = { ok: true; value: T } | { ok: false; failure: PlatformFailure; code: number | null };

/** The data of a success, or what the answer means instead. `code` is the platform's number where it gave one. */
export function classify<Schema extends z.ZodType>(raw: RawAnswer, schema: Schema): Classified<z.output<Schema>> {
  const unreadable = (failure: PlatformFailure): Classified<never> => ({ ok: false, failure, code: null });
  if (raw.status !== 200) {
    const words = raw.status >= 300 && raw.status < 400 ? '应答是转址，本程序不跟随转址' : '应答不是平台自己的';
    return unreadable(unknownOutcome('NOT_THE_PLATFORM', `${words}（HTTP ${raw.status}）。`));
  }
  const json = readJson(raw);
  if (!json.ok) return unreadable(json.failure);
  const body = envelope.safeParse(json.value);
  if (!body.success) return unreadable(notInContract(raw.status, body.error));
  const { code, msg, data } = body.data;
  if (code !== FORM_CODES.ok) return { ok: false, failure: failureOf(code, (msg ?? '').trim(), data), code };
  const parsed = schema.safeParse(data);
  return parsed.success ? { ok: true, value: parsed.data } : unreadable(notInContract(raw.status, parsed.error));
}
