// Strict readings: what a person typed or a machine sent is either a plain decimal inside its physical bounds or it is
// refused, naming the field, the rule and the clause. Nothing is trimmed, converted or guessed.
import { z } from 'zod';
import { AppError } from '../errors/appError.ts';
import type { ErrorDetail } from '../errors/appError.ts';
import { Exact, decimalFault, faultWords, quoteRaw } from './decimal.ts';

/** What a screen, a driver and the record need to know about one reading. */
export interface ReadingDeclaration {
  /** Key in the inputs. */
  name: string;
  /** Chinese name, as in the record. */
  label: string;
  symbol?: string;
  unit: string;
  /** Smallest step the instrument shows, as a decimal string. */
  resolution: string;
  /** Where it comes from. */
  instrument: string;
  /** One value per specimen, or one for the group. */
  perSpecimen: boolean;
  optional: boolean;
  /** Clause that asks for it. */
  clause: string;
}

interface Bounds {
  /** Largest physically possible value. */
  max: string;
  maxReason: string;
}

interface ReadingFault {
  code: string;
  message: string;
}

function readingFault(raw: unknown, label: string, unit: string, bounds: Bounds): ReadingFault | null {
  const fault = decimalFault(raw);
  if (fault !== null) return faultWords(fault, label, raw);
  const value = new Exact(raw as string);
  if (value.isZero()) return { code: 'METHOD_ZERO', message: `“${label}”为零，不是有效读数。` };
  if (value.isNegative()) return { code: 'METHOD_NEGATIVE', message: `“${label}”为负数：${String(raw)} ${unit}。` };
  if (value.greaterThan(bounds.max)) {
    return { code: 'METHOD_OUT_OF_RANGE', message: `“${label}”为 ${String(raw)} ${unit}，${bounds.maxReason}。` };
  }
  return null;
}

/** zod schema of one positive reading. */
export function positiveReading(declaration: ReadingDeclaration, bounds: Bounds) {
  return z
    .unknown()
    .transform((raw, ctx): string => {
      const fault = readingFault(raw, declaration.label, declaration.unit, bounds);
      if (fault === null) return raw as string;
      ctx.addIssue({ code: 'custom', message: fault.message, params: { code: fault.code, rule: declaration.clause } });
      return z.NEVER;
    })
    .meta({ ...declaration });
}

/** zod schema of one positive reading per specimen, with the exact count the standard asks for. */
export function specimenReadings(declaration: ReadingDeclaration, count: number, bounds: Bounds) {
  return z
    .unknown()
    .transform((raw, ctx): string[] => {
      const rule = declaration.clause;
      if (raw === undefined || raw === null) {
        ctx.addIssue({
          code: 'custom',
          message: `缺少“${declaration.label}”。`,
          params: { code: 'METHOD_MISSING', rule },
        });
        return z.NEVER;
      }
      if (!Array.isArray(raw) || raw.length !== count) {
        const found = Array.isArray(raw) ? `${raw.length} 个` : quoteRaw(raw);
        const message = `“${declaration.label}”应为每组 ${count} 个，收到 ${found}。`;
        ctx.addIssue({ code: 'custom', message, params: { code: 'METHOD_WRONG_COUNT', rule } });
        return z.NEVER;
      }
      let sound = true;
      for (const [index, item] of raw.entries()) {
        const fault = readingFault(item, `试件 ${index + 1} ${declaration.label}`, declaration.unit, bounds);
        if (fault === null) continue;
        sound = false;
        ctx.addIssue({ code: 'custom', path: [index], message: fault.message, params: { code: fault.code, rule } });
      }
      return sound ? (raw as string[]) : z.NEVER;
    })
    .meta({ ...declaration });
}

function issueCode(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom' && typeof issue.params?.['code'] === 'string') return issue.params['code'];
  if (issue.code === 'unrecognized_keys') return 'METHOD_UNKNOWN_FIELD';
  return 'METHOD_INPUT_INVALID';
}

function issueDetail(issue: z.core.$ZodIssue): ErrorDetail {
  const rule = issue.code === 'custom' ? (issue.params?.['rule'] as string | undefined) : undefined;
  const unknownKeys = issue.code === 'unrecognized_keys' ? issue.keys : [];
  const message = unknownKeys.length > 0 ? `不认识的字段：${unknownKeys.join('、')}。` : issue.message;
  const path = [...issue.path, ...unknownKeys.slice(0, 1)].map(String).join('.');
  return { field: path === '' ? 'inputs' : path, message, ...(rule === undefined ? {} : { rule }) };
}

/** Parses a method's inputs; every fault is listed, the first one gives the code. */
export function parseInputs<T>(schema: z.ZodType<T>, inputs: unknown): T {
  const parsed = schema.safeParse(inputs);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.map(issueDetail);
  const first = parsed.error.issues[0];
  throw new AppError(
    {
      code: first === undefined ? 'METHOD_INPUT_INVALID' : issueCode(first),
      message: details.map((detail) => detail.message).join(' '),
      meaning: '本次计算未进行，已录入的内容保持不变。',
      next: '请按提示核对各项后重新录入；数字只用半角 0–9 和小数点，例如 450.0。',
      details,
    },
    { cause: parsed.error },
  );
}
