// Every refusal in the program has this shape: a code for machines and help desks, and three plain Chinese
// parts for people: what happened, what it means, what to do next.
import { z } from 'zod';

export const errorDetailSchema = z.object({
  /** Path of the field concerned, e.g. `samples.0.grade`. */
  field: z.string().optional(),
  /** Rule or clause that decided, e.g. `GB/T 50081-2019 5.0.5`. */
  rule: z.string().optional(),
  message: z.string(),
});
export type ErrorDetail = z.infer<typeof errorDetailSchema>;

export const errorInfoSchema = z.object({
  code: z.string(),
  /** What happened. */
  message: z.string(),
  /** What it means for the work at hand. */
  meaning: z.string().optional(),
  /** What to do next. */
  next: z.string().optional(),
  details: z.array(errorDetailSchema).optional(),
});
export type ErrorInfo = z.infer<typeof errorInfoSchema>;

export class AppError extends Error {
  readonly info: ErrorInfo;

  constructor(info: ErrorInfo, options?: { cause?: unknown }) {
    super(`${info.code}: ${info.message}`, options);
    this.name = 'AppError';
    this.info = info;
  }

  get code(): string {
    return this.info.code;
  }
}

/** One line for logs and consoles: what happened, what it means, what to do. */
export function describeError(info: ErrorInfo): string {
  return [info.message, info.meaning, info.next].filter(Boolean).join(' ');
}
