// A meter described by its registers. The same request has different meanings on different meters, so every value
// names its register, type, order, scale, unit and a band of plausible values; nothing is assumed.
import { z } from 'zod';
import { Exact } from '../numbers.ts';
import { decimalText, lineSettingsSchema, parseProfile, signedDecimalText } from '../profile.ts';
import { registerCount, registerTypes, wordOrders } from './registers.ts';
import type { ReadRequest } from './request.ts';

/** The most registers that one request may read. */
const MOST_REGISTERS = 125;
const LAST_REGISTER = 65535;
const HIGHEST_SLAVE = 247;

const register = z.int().min(0).max(LAST_REGISTER);
const readFunction = z.union([z.literal(3), z.literal(4)]);

const valueSchema = z
  .strictObject({
    /** Name in `fields.channel`: temperature, humidity, load … */
    name: z.string().regex(/^[a-z][a-zA-Z0-9-]{0,31}$/, '须为小写英文字母开头的名称，如 temperature'),
    function: readFunction,
    register,
    type: z.enum(registerTypes),
    order: z.enum(wordOrders).default('ABCD'),
    /** The number is multiplied by it. */
    scale: decimalText.refine((text) => !new Exact(text).isZero(), '系数不能为 0').default('1'),
    unit: z.string().trim().min(1, '须写明单位').max(8),
    /** What the quantity can be at all (not an alarm): beyond it the reply is refused. */
    plausible: z.strictObject({ min: signedDecimalText, max: signedDecimalText }),
  })
  .refine(({ plausible }) => new Exact(plausible.min).lt(plausible.max), {
    path: ['plausible'],
    message: '下限须小于上限',
  });
export type RegisterValue = z.output<typeof valueSchema>;

export const modbusProfileSchema = z
  .strictObject({
    id: z.string().min(1).max(64),
    title: z.string().max(100).optional(),
    slave: z.int().min(1).max(HIGHEST_SLAVE),
    values: z.array(valueSchema).min(1).max(32),
    everyMs: z.int().min(50).max(3_600_000).default(1000),
    replyTimeoutMs: z.int().min(20).max(60_000).default(500),
    /** The one value that is a load in kN: a testing machine with a Modbus board. */
    load: z.string().optional(),
    /** Registers whose raw bytes tell one meter from another (a serial number). */
    identity: z.strictObject({ function: readFunction, register, count: z.int().min(1).max(16) }).optional(),
    line: lineSettingsSchema.optional(),
  })
  .superRefine((profile, context) => {
    const names = profile.values.map(({ name }) => name);
    if (new Set(names).size !== names.length) {
      context.addIssue({ code: 'custom', path: ['values'], message: '名称不能重复' });
    }
    for (const [index, value] of profile.values.entries()) {
      if (value.register + registerCount(value.type) - 1 > LAST_REGISTER) {
        context.addIssue({ code: 'custom', path: ['values', index, 'register'], message: '寄存器超出 65535' });
      }
    }
    const load = profile.values.find(({ name }) => name === profile.load);
    const same = planRequests(profile).some(
      ({ function: code, count }) => code === profile.identity?.function && count === profile.identity.count,
    );
    if (same) {
      const message = '身份寄存器的数量须与读数请求不同，否则两种应答分不开';
      context.addIssue({ code: 'custom', path: ['identity'], message });
    }
    if (profile.load !== undefined && load?.unit !== 'kN') {
      context.addIssue({ code: 'custom', path: ['load'], message: '须是 values 中单位为 kN 的一项' });
    }
  });
export type ModbusProfile = z.output<typeof modbusProfileSchema>;
export type ModbusProfileInput = z.input<typeof modbusProfileSchema>;

export const MODBUS_TITLE = 'Modbus RTU 仪表（寄存器表）';

export function parseModbusProfile(input: unknown): ModbusProfile {
  return parseProfile(modbusProfileSchema, input, MODBUS_TITLE);
}

/** The fewest requests that read every value; registers between values are left alone, a meter may refuse them. */
export function planRequests(profile: Pick<ModbusProfile, 'slave' | 'values'>): ReadRequest[] {
  const spans = profile.values
    .map((value) => ({ code: value.function, from: value.register, to: value.register + registerCount(value.type) }))
    .sort((a, b) => a.code - b.code || a.from - b.from);
  const requests: ReadRequest[] = [];
  for (const { code, from, to } of spans) {
    const last = requests.at(-1);
    const end = last ? last.start + last.count : -1;
    if (last?.function === code && from <= end && to - last.start <= MOST_REGISTERS) {
      last.count = Math.max(last.count, to - last.start);
    } else requests.push({ slave: profile.slave, function: code, start: from, count: to - from });
  }
  return requests;
}
