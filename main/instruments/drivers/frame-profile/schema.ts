// 自定义仪表: a frame described as data, the way Chinese weighing and testing software copes with unknown makes.
// Offsets count from the first start byte. A frame needs something that proves it whole: a checksum, an end, or
// several equal frames in a row; and the name of the person who compared it with the display.
import { z } from 'zod';
import { byteIndex, confirmedBySchema, decimalText, hexBytes, lineSettingsSchema, parseProfile } from '../profile.ts';

const MOST_DECIMALS = 8;
const LONGEST = 256;
const FEWEST_REPEATS = 3;

const decimals = z.int().min(0).max(MOST_DECIMALS).default(0);
const size = z.int().min(1).max(16);
const byteOrder = z.enum(['BE', 'LE']).default('BE');

const numberSchema = z.discriminatedUnion('encoding', [
  /** Digits, perhaps with blanks before them, a sign and a point of their own. */
  z.strictObject({
    encoding: z.literal('ascii'),
    offset: byteIndex,
    size,
    order: z.enum(['forward', 'reversed']).default('forward'),
    decimals,
  }),
  /** Packed BCD; `reversed`: lowest byte first. */
  z.strictObject({
    encoding: z.literal('bcd'),
    offset: byteIndex,
    size: z.int().min(1).max(8),
    order: z.enum(['forward', 'reversed']).default('forward'),
    decimals,
  }),
  z.strictObject({ encoding: z.enum(['u16', 'i16']), offset: byteIndex, byteOrder, decimals }),
  z.strictObject({ encoding: z.literal('u24'), offset: byteIndex, byteOrder, decimals }),
  z.strictObject({ encoding: z.enum(['u32', 'i32']), offset: byteIndex, byteOrder, decimals }),
  z.strictObject({ encoding: z.literal('float32'), offset: byteIndex, byteOrder, decimals }),
]);
export type NumberField = z.output<typeof numberSchema>;

const oneByte = hexBytes(1);
const signSchema = z.discriminatedUnion('kind', [
  /** Never negative, or the sign is in the number (ASCII `-`, i16, i32, float32). */
  z.strictObject({ kind: z.literal('inside') }),
  /** One byte is either of these; anything else is no reading. */
  z.strictObject({ kind: z.literal('byte'), offset: byteIndex, negative: oneByte, positive: oneByte }),
  /** This bit is set in negative readings. */
  z.strictObject({ kind: z.literal('bit'), offset: byteIndex, bit: z.int().min(0).max(7) }),
]);

const bitsSchema = z.strictObject({
  offset: byteIndex,
  mask: oneByte,
  equals: oneByte,
});
export type Bits = z.output<typeof bitsSchema>;

const checksumSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.enum(['xor', 'sum8']),
    /** First and last byte that it covers. */
    from: byteIndex,
    to: byteIndex,
    at: byteIndex,
    /** One byte, or two hex digits in ASCII. */
    form: z.enum(['byte', 'hex']).default('byte'),
  }),
  z.strictObject({
    kind: z.literal('crc16'),
    from: byteIndex,
    to: byteIndex,
    at: byteIndex,
    byteOrder: z.enum(['BE', 'LE']).default('LE'),
  }),
]);
export type Checksum = z.output<typeof checksumSchema>;

const sizes: Record<string, number> = { u16: 2, i16: 2, u24: 3, u32: 4, i32: 4, float32: 4 };
export const sizeOf = (field: NumberField): number =>
  'size' in field ? field.size : (sizes[field.encoding] as number);

export const frameProfileSchema = z
  .strictObject({
    id: z.string().min(1).max(64),
    title: z.string().max(100).optional(),
    start: hexBytes(8),
    end: hexBytes(4).optional(),
    /** Whole length on the wire, start and end included. */
    length: z.int().min(2).max(LONGEST),
    value: numberSchema,
    sign: signSchema.default({ kind: 'inside' }),
    unit: z.enum(['kN', 'N', 'tf', 'kg', 'g', 'mg', 't', 'mm', 'um', '℃', '%', 'MPa']),
    /** `load`: a testing machine; the unit must then be one of force. */
    quantity: z.enum(['load', 'reading']),
    /** The controller's own peak, in the unit of the value. */
    peak: numberSchema.optional(),
    stable: bitsSchema.optional(),
    overload: bitsSchema.optional(),
    checksum: checksumSchema,
    /** Equal frames in a row before one is believed. */
    repeat: z.int().min(1).max(10).default(1),
    range: decimalText,
    poll: z
      .strictObject({
        command: hexBytes(32),
        everyMs: z.int().min(50).max(60_000),
        replyTimeoutMs: z.int().min(20).max(60_000).default(500),
      })
      .optional(),
    line: lineSettingsSchema.optional(),
    confirmedBy: confirmedBySchema,
  })
  .superRefine((profile, context) => {
    const refuse = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
    const inner = profile.length - (profile.end?.length ?? 0);
    if (profile.start.length >= inner) refuse('length', '帧长须大于起始和结束字节之和');
    for (const name of ['value', 'peak'] as const) {
      const field = profile[name];
      if (field && (field.offset < profile.start.length || field.offset + sizeOf(field) > inner)) {
        refuse(name, '数字须在起始字节之后、结束字节之前');
      }
    }
    for (const name of ['sign', 'stable', 'overload'] as const) {
      const field = profile[name];
      if (field && 'offset' in field && field.offset >= profile.length) refuse(name, '位置超出帧长');
    }
    const { checksum, sign } = profile;
    if (checksum.kind !== 'none') {
      const width = checksum.kind === 'crc16' || checksum.form === 'hex' ? 2 : 1;
      if (checksum.from > checksum.to) refuse('checksum', '校验起点须不大于终点');
      if (checksum.at + width > profile.length || checksum.to >= profile.length) refuse('checksum', '位置超出帧长');
      if (checksum.at + width > checksum.from && checksum.at <= checksum.to)
        refuse('checksum', '校验字节不能在被校验的范围内');
      if (profile.value.offset < checksum.from || profile.value.offset + sizeOf(profile.value) - 1 > checksum.to) {
        refuse('checksum', '校验范围须包含数字');
      }
    } else if (profile.end === undefined && profile.repeat < FEWEST_REPEATS) {
      refuse('repeat', `没有校验也没有结束字节时，须要求连续 ${FEWEST_REPEATS} 帧以上相同`);
    }
    // Every answer is one frame, and nothing is carried from one answer to the next.
    if (profile.poll !== undefined && profile.repeat > 1) {
      refuse('repeat', '逐次询问的仪器每次只答一帧，不能要求连续相同；须有校验或结束字节');
    }
    if (sign.kind === 'byte' && sign.negative[0] === sign.positive[0]) refuse('sign', '正负号的字节不能相同');
    if (sign.kind !== 'inside' && ['i16', 'i32', 'float32'].includes(profile.value.encoding)) {
      refuse('sign', '带符号的编码自己含有正负号');
    }
    if (profile.quantity === 'load' && !['kN', 'N', 'tf'].includes(profile.unit)) {
      refuse('unit', '力值的单位须为 kN、N 或 tf');
    }
  });
export type FrameProfile = z.output<typeof frameProfileSchema>;
export type FrameProfileInput = z.input<typeof frameProfileSchema>;

export const FRAME_PROFILE_TITLE = '自定义仪表（按帧说明）';

export function parseFrameProfile(input: unknown): FrameProfile {
  return parseProfile(frameProfileSchema, input, FRAME_PROFILE_TITLE);
}
