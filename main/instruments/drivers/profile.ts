// Reading a driver's profile: a strict schema, and one Chinese refusal that names every field.
import { z } from 'zod';
import { AppError } from '../../../shared/errors/appError.ts';

export const decimalText = z.string().regex(/^\d{1,12}(\.\d{1,12})?$/, '须为十进制数字文本，如 "2000"');
export const signedDecimalText = z.string().regex(/^-?\d{1,12}(\.\d{1,12})?$/, '须为十进制数字文本，如 "-10.5"');
export const hexBytes = (most: number) =>
  z
    .string()
    .transform((text) => text.replace(/\s/g, '').toLowerCase())
    .pipe(z.string().regex(new RegExp(`^([0-9a-f]{2}){1,${most}}$`), `须为 1～${most} 个字节的十六进制，如 "A5 5A"`))
    .transform((text) => [...Buffer.from(text, 'hex')]);
export const byteIndex = z.int().min(0).max(255);

/** Who compared the interpretation with the instrument's display; nothing is read without it where it is asked. */
export const confirmedBySchema = z.string().trim().min(1, '须写明核对显示值的人').max(40);

export const lineSettingsSchema = z.strictObject({
  baudRate: z.int().min(110).max(4_000_000),
  dataBits: z.union([z.literal(5), z.literal(6), z.literal(7), z.literal(8)]).default(8),
  parity: z.enum(['none', 'even', 'odd', 'mark', 'space']).default('none'),
  stopBits: z.union([z.literal(1), z.literal(1.5), z.literal(2)]).default(1),
});

const UNKNOWN_FIELD = '不认识的字段';
const WORDS: Record<string, string> = {
  invalid_type: '缺少，或类型不对',
  invalid_value: '不在可选的值之中',
  invalid_union: '不在可选的值之中',
  too_small: '太小或太短',
  too_big: '太大或太长',
};

function say(issue: z.core.$ZodIssue): { field: string; message: string } {
  const field = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return { field: [field, issue.keys.join('、')].filter(Boolean).join('.'), message: UNKNOWN_FIELD };
  }
  const choices = issue.code === 'invalid_value' ? `：${issue.values.map(String).join('、')}` : '';
  const own = /[\u4e00-\u9fff]/.test(issue.message);
  return { field, message: own ? issue.message : `${WORDS[issue.code] ?? '不符合要求'}${choices}` };
}

export function parseProfile<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  title: string,
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new AppError({
    code: 'instrument.profile-invalid',
    message: `“${title}”的设置不符合要求。`,
    meaning: '不能据此解释仪器发来的数据。',
    next: '按下列各项改正后重试。',
    details: parsed.error.issues.map(say),
  });
}
