// A call of the contract: declared once, parsed on both sides, permitted on the far side.
import type { z } from 'zod';
import type { Permission } from '../entities/roles.ts';
import type { ErrorInfo } from '../errors/appError.ts';

export interface Call<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly permission: Permission;
  readonly input: I;
  readonly output: O;
}

export function call<I extends z.ZodType, O extends z.ZodType>(
  permission: Permission,
  input: I,
  output: O,
): Call<I, O> {
  return { permission, input, output };
}

/** What crosses every boundary: an answer or a refusal, never an exception. */
export type Reply<T = unknown> = { ok: true; value: T } | { ok: false; error: ErrorInfo };
