// An HTTP answer before anybody has made sense of it, and the readings that every profile over HTTP shares. Pure.
import { z } from 'zod';
import type { PlatformFailure } from '../../port.ts';
import { cut, maskText } from '../../mask.ts';

export interface RawAnswer {
  status: number;
  /** Lower-case names. */
  headers: Record<string, string>;
  bytes: Uint8Array;
}

const MAX_RETRY_AFTER_S = 3600;

/** Seconds from a Retry-After header (a number or an HTTP date), within an hour. */
export function retryAfterSeconds(header: string | undefined, now: number): number | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - now) / 1000;
  return Number.isFinite(seconds) ? Math.min(MAX_RETRY_AFTER_S, Math.max(0, Math.ceil(seconds))) : undefined;
}

export function unknownOutcome(code: string, message: string, sent = true): PlatformFailure {
  return { class: 'unknown-outcome', code, message, sent };
}

/** The answer's JSON, or why it is none. */
export function readJson(raw: RawAnswer): { ok: true; value: unknown } | { ok: false; failure: PlatformFailure } {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(raw.bytes);
  } catch {
    return { ok: false, failure: unknownOutcome('NOT_JSON', `平台的应答不是 UTF-8 文本（HTTP ${raw.status}）。`) };
  }
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    const start = cut(maskText(text).replace(/\s+/g, ' ').trim(), 120);
    const shown = start === '' ? '应答是空的' : `应答开头：${start}`;
    return { ok: false, failure: unknownOutcome('NOT_JSON', `平台的应答不是 JSON（HTTP ${raw.status}），${shown}`) };
  }
}

export function notInContract(status: number, error: z.ZodError): PlatformFailure {
  const issue = error.issues[0];
  const where = issue === undefined ? '' : `${issue.path.join('.') || '（整体）'}：${issue.message}`;
  return unknownOutcome('ANSWER_NOT_IN_CONTRACT', `平台的应答与规约不符（HTTP ${status}），${where}`);
}
