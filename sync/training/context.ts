// What every operation of the embedded platform is given. Operations are plain functions over it; only app.ts knows HTTP.
import { type z } from 'zod';
import { digestOf } from '../wire/digest.ts';
import { type PlatformDatabase } from './database.ts';
import { PlatformError, type Problem } from './platform-error.ts';

export interface PlatformContext {
  db: PlatformDatabase;
  /** Milliseconds since 1970, with the switchable clock fault applied. */
  now(): number;
  /** Base of the public verification address, without a slash at the end. */
  publicBase(): string;
}

/** What a schema finds wrong, as problems with the path of the field. */
export function problemsOf(error: z.ZodError): Problem[] {
  return error.issues.map((issue) => {
    const field = issue.path.map(String).join('.');
    return { code: 'VALIDATION', message: issue.message, ...(field === '' ? {} : { field }) };
  });
}

export function parseOrRefuse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = problemsOf(parsed.error);
  const first = problems[0];
  throw new PlatformError(
    'VALIDATION',
    `数据不符合接口约定：${first?.field ?? '报文'} ${first?.message ?? ''}`.trimEnd(),
    problems,
  );
}

/** What a body without a digest of its own is compared by: a repeat answers as the first time, anything else does not. */
export function bodyDigest(body: unknown): string {
  const digest = safeDigest(body);
  if (digest === undefined) throw new PlatformError('VALIDATION', '报文含有无法规范化的字符');
  return digest;
}

/** The digest a payload really has; undefined where it cannot be written as canonical JSON (a lone surrogate). */
function safeDigest(payload: unknown): string | undefined {
  try {
    return digestOf(payload);
  } catch {
    return undefined;
  }
}

export function digestProblem(claimed: string, payload: unknown): Problem | undefined {
  if (safeDigest(payload) === claimed) return undefined;
  return { code: 'VALIDATION', field: 'digest', rule: 'digest', message: '摘要与内容不一致' };
}
