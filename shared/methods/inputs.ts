// Strict inputs: what a person typed or a machine sent is either a plain decimal inside its physical bounds, one of the
// listed choices, or it is refused, naming the field, the rule and the clause. Nothing is trimmed, converted or guessed.
import { z } from 'zod';
import { AppError } from '../errors/appError.ts';
import type { ErrorDetail } from '../errors/appError.ts';
import { Exact, decimalFault, faultWords, quoteRaw, refusal } from './foundation/decimal.ts';
import type { DecimalField, Field, InputsOf, SpecimenSet } from './field.ts';

interface Fault {
  code: string;
  message: string;
}

function decimalFaultOf(raw: unknown, label: string, field: DecimalField): Fault | null {
  const fault = decimalFault(raw);
  if (fault !== null) return faultWords(fault, label, raw);
  const value = new Exact(raw as string);
  const unit = field.unit === '' ? '' : ` ${field.unit}`;
  const shown = `${String(raw)}${unit}`;
  if (value.isZero() && field.zero !== true) {
    return { code: 'METHOD_ZERO', message: `“${label}”为零，不是有效读数。` };
  }
  if (value.isNegative() && !value.isZero() && field.negative !== true) {
    return { code: 'METHOD_NEGATIVE', message: `“${label}”为负数：${shown}。` };
  }
  if (value.greaterThan(field.max)) {
    return { code: 'METHOD_OUT_OF_RANGE', message: `“${label}”为 ${shown}，${field.maxReason}。` };
  }
  if (field.min !== undefined && value.lessThan(field.min)) {
    return { code: 'METHOD_OUT_OF_RANGE', message: `“${label}”为 ${shown}，小于 ${field.min}${unit}。` };
  }
  if (field.whole === true && !value.isInteger()) {
    return { code: 'METHOD_NOT_WHOLE', message: `“${label}”应为整数，收到 ${shown}。` };
  }
  return null;
}

/** Why one value of a field is refused, or null. `label` names the place, e.g. `试件 2 破坏荷载`. */
export function valueFault(field: Field, raw: unknown, label: string = field.label): Fault | null {
  if (field.kind === 'decimal') return decimalFaultOf(raw, label, field);
  if (raw === undefined || raw === null || raw === '') return { code: 'METHOD_MISSING', message: `缺少“${label}”。` };
  if (field.kind === 'text') {
    if (typeof raw !== 'string' || raw.trim() === '') return { code: 'METHOD_MISSING', message: `缺少“${label}”。` };
    const tooLong = raw.length > field.maxLength;
    return tooLong ? { code: 'METHOD_TOO_LONG', message: `“${label}”超过 ${field.maxLength} 个字符。` } : null;
  }
  if (field.options.some((option) => option.value === raw)) return null;
  const options = field.options.map((option) => option.label).join('、');
  const message = `“${label}”只能是 ${options}，收到 ${quoteRaw(raw)}。`;
  return { code: field.refusalCode ?? 'METHOD_CHOICE_UNKNOWN', message };
}

type Report = (path: (string | number)[], fault: Fault) => void;

/** One place of a field: a value, or the list of values that the field asks for there. */
function checkPlace(field: Field, raw: unknown, label: string, path: number[], report: Report): void {
  if (field.values === undefined) {
    const fault = valueFault(field, raw, label);
    if (fault !== null) report(path, fault);
    return;
  }
  const least = typeof field.values === 'number' ? field.values : field.values.min;
  const most = typeof field.values === 'number' ? field.values : field.values.max;
  if (!Array.isArray(raw) || raw.length < least || raw.length > most) {
    const wanted = least === most ? `${least} 个` : `${least}～${most} 个`;
    const found = Array.isArray(raw) ? `${raw.length} 个` : quoteRaw(raw);
    report(path, { code: 'METHOD_WRONG_COUNT', message: `“${label}”应为 ${wanted}读数，收到 ${found}。` });
    return;
  }
  for (const [index, item] of raw.entries()) {
    const fault = valueFault(field, item, `${label} 第 ${index + 1} 个`);
    if (fault !== null) report([...path, index], fault);
  }
}

export function countRange(set: SpecimenSet): { min: number; max: number } {
  return typeof set.count === 'number' ? { min: set.count, max: set.count } : set.count;
}

function checkField(field: Field, raw: unknown, sets: readonly SpecimenSet[], report: Report): void {
  if (field.set === undefined) {
    checkPlace(field, raw, field.label, [], report);
    return;
  }
  const set = sets.find((candidate) => candidate.id === field.set);
  if (set === undefined) throw new RangeError(`field ${field.name} names an unknown set ${field.set}`);
  const { min, max } = countRange(set);
  if (!Array.isArray(raw) || raw.length < min || raw.length > max) {
    const wanted = min === max ? `${min} 个` : `${min}～${max} 个`;
    const found = Array.isArray(raw) ? `${raw.length} 个` : quoteRaw(raw);
    report([], { code: 'METHOD_WRONG_COUNT', message: `“${field.label}”应为每组 ${wanted}，收到 ${found}。` });
    return;
  }
  for (const [index, item] of raw.entries()) {
    if (item === null && field.sparse === true) continue;
    checkPlace(field, item, `${set.label} ${index + 1} ${field.label}`, [index], report);
  }
}

function schemaOf(field: Field, sets: readonly SpecimenSet[]): z.ZodType {
  const mayLack = field.optional === true || field.parameters !== undefined;
  return z.unknown().transform((raw, ctx) => {
    if (raw === undefined || raw === null) {
      if (mayLack) return undefined;
      const params = { code: 'METHOD_MISSING', rule: field.clause };
      ctx.addIssue({ code: 'custom', message: `缺少“${field.label}”。`, params });
      return z.NEVER;
    }
    checkField(field, raw, sets, (path, fault) => {
      ctx.addIssue({ code: 'custom', path, message: fault.message, params: { code: fault.code, rule: field.clause } });
    });
    return raw;
  });
}

/** All fields of a set have one value per specimen: the same number of them. */
function unevenSets(inputs: Readonly<Record<string, unknown>>, fields: readonly Field[], ctx: z.RefinementCtx): void {
  const counts = new Map<string, { label: string; count: number }>();
  for (const field of fields) {
    const raw = inputs[field.name];
    if (field.set === undefined || !Array.isArray(raw)) continue;
    const first = counts.get(field.set);
    if (first === undefined) counts.set(field.set, { label: field.label, count: raw.length });
    else if (first.count !== raw.length) {
      const message = `“${field.label}”有 ${raw.length} 个，与“${first.label}”的 ${first.count} 个不一致。`;
      const params = { code: 'METHOD_WRONG_COUNT', rule: field.clause };
      ctx.addIssue({ code: 'custom', path: [field.name], message, params });
    }
  }
}

/** The inputs schema of a list of fields; strict, so that a stranger field is refused. */
export function inputsSchema<const Fs extends readonly Field[]>(
  fields: Fs,
  sets: readonly SpecimenSet[] = [],
): z.ZodType<InputsOf<Fs>> {
  const shape = Object.fromEntries(fields.map((field) => [field.name, schemaOf(field, sets).optional()]));
  const required = fields.filter((field) => field.optional !== true && field.parameters === undefined);
  return z
    .strictObject(shape)
    .superRefine((inputs, ctx) => {
      // A key that is absent or undefined never reaches its own schema.
      for (const field of required) {
        if (inputs[field.name] !== undefined) continue;
        const params = { code: 'METHOD_MISSING', rule: field.clause };
        ctx.addIssue({ code: 'custom', path: [field.name], message: `缺少“${field.label}”。`, params });
      }
      unevenSets(inputs, fields, ctx);
    })
    .transform((inputs) =>
      Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined)),
    ) as unknown as z.ZodType<InputsOf<Fs>>;
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

/**
 * Parses a method's inputs; every fault of what is there is listed, the first one gives the code. What is absent is said once
 * the rest is sound.
 */
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

/** Vector files and the command line: takes the fields a vector method knows, and refuses others by name. */
export function parseFields<const Fs extends readonly Field[]>(
  raw: Readonly<Record<string, unknown>>,
  fields: Fs,
  sets: readonly SpecimenSet[] = [],
): InputsOf<Fs> {
  return parseInputs(inputsSchema(fields, sets), raw);
}

/** The fields that may stand in the place of one. */
export const insteadOf = (fields: readonly Field[], name: string): Field[] =>
  fields.filter((field) => field.insteadOf?.includes(name));

/** Whether a field is needed for what is commissioned. */
export const isAskedOf = (asked: readonly string[], parameters: readonly string[] | undefined): boolean =>
  parameters === undefined || asked.some((code) => parameters.includes(code));

/** Refuses when a commissioned parameter lacks one of its readings. */
export function requireReadings(
  fields: readonly Field[],
  inputs: Readonly<Record<string, unknown>>,
  parameters: readonly string[],
): void {
  const lacking = fields.find(
    (field) =>
      field.optional !== true &&
      isAskedOf(parameters, field.parameters) &&
      inputs[field.name] === undefined &&
      !insteadOf(fields, field.name).some((other) => inputs[other.name] !== undefined),
  );
  if (lacking !== undefined) throw refusal('METHOD_MISSING', `缺少“${lacking.label}”。`, lacking.name, lacking.clause);
}
