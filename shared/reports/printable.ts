// The text scalars of printed papers. A report is a legal document: a character that cannot be seen (control, direction
// mark, zero width) could make two papers look alike that are not, so it is refused here and never silently dropped.
import { z } from 'zod';
import { AppError } from '../errors/appError.ts';

/** Control, format (zero width, direction), private-use, unassigned and lone surrogate characters, and odd line ends. */
const invisibleCharacter = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/u;

function invisibleIn(value: string): string | null {
  const found = invisibleCharacter.exec(value)?.[0];
  return found === undefined ? null : `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

const refuseInvisible =
  (strip: (value: string) => string) => (value: string, context: z.core.$RefinementCtx<string>) => {
    const found = invisibleIn(strip(value));
    if (found !== null) context.addIssue({ code: 'custom', message: `含有看不见的字符 ${found}` });
  };

/** One printed line, at most `max` characters; empty is allowed and is printed as —. */
export const printedLine = (max: number) =>
  z
    .string()
    .max(max, `不得超过 ${max} 字`)
    .superRefine(refuseInvisible((value) => value));

/** The same, and not blank. */
export const requiredPrintedLine = (max: number) =>
  printedLine(max).refine((value) => value.trim() !== '', { message: '必填' });

/** Printed text of several lines, separated by \n. */
export const printedText = (max: number) =>
  z
    .string()
    .max(max, `不得超过 ${max} 字`)
    .superRefine(refuseInvisible((value) => value.replaceAll('\n', '')));

/** Parses what shall be printed; a fault names every field, so that the person can correct it. */
export function parsePrinted<T>(schema: z.ZodType<T>, content: unknown, paper: string): T {
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new AppError(
    {
      code: 'REPORT_CONTENT_INVALID',
      message: `${paper}的内容不完整或含有不能打印的字符。`,
      meaning: '没有生成文件，已有的数据没有变化。',
      next: '请按列出的字段更正后重新生成。',
      details: parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message })),
    },
    { cause: parsed.error },
  );
}
