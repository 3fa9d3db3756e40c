// A machine that streams lines of columns, described by the lab itself: the profile is data, nothing here knows
// a make. Units come from the profile and are converted with exact decimals; what is not a number, has the wrong
// number of columns or lies beyond the range becomes an error or a state, never a number.
import { readFile } from 'node:fs/promises';
import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { AppError } from '../../../shared/errors/appError.ts';
import { LineFramer } from '../framers/line.ts';
import type { Frame } from '../framers/framer.ts';
import { asciiText, malformed, plainDecimal, understood } from './driver.ts';
import type { Decoded, Driver } from './driver.ts';

const decimalText = z.string().regex(/^\d+(\.\d+)?$/, '须为十进制数字文本，如 "2000"');

const columnSchema = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('seq') }),
  z.strictObject({ role: z.literal('time'), unit: z.enum(['s', 'ms', 'min']) }),
  z.strictObject({ role: z.literal('load'), unit: z.enum(['kN', 'N', 'tf']) }),
  z.strictObject({ role: z.literal('displacement'), unit: z.enum(['mm', 'um', 'cm']) }),
  /** Reading of the extensometer; displacement is that of the crosshead. */
  z.strictObject({ role: z.literal('extension'), unit: z.enum(['mm', 'um']) }),
  z.strictObject({ role: z.literal('ignore') }),
]);

export const lineProfileSchema = z
  .strictObject({
    id: z.string().min(1).max(64),
    title: z.string().max(100).optional(),
    /** One character, or `tab`, or `blank` (one or more spaces). */
    separator: z.union([z.literal('tab'), z.literal('blank'), z.string().length(1)]),
    decimal: z.enum(['.', ',']).default('.'),
    terminator: z.enum(['any', 'CR', 'LF', 'CRLF']).default('any'),
    headerLines: z.number().int().min(0).max(100).default(0),
    maxLineLength: z.number().int().min(8).max(4096).default(256),
    columns: z.array(columnSchema).min(1).max(32),
    /** Measuring range in kN; a reading beyond it is an overload. */
    range_kN: decimalText.optional(),
    /** Port settings that go with the machine, used where the command line gives none. */
    line: z
      .strictObject({
        baudRate: z.number().int().min(110).max(4_000_000),
        dataBits: z.union([z.literal(5), z.literal(6), z.literal(7), z.literal(8)]).default(8),
        parity: z.enum(['none', 'even', 'odd', 'mark', 'space']).default('none'),
        stopBits: z.union([z.literal(1), z.literal(1.5), z.literal(2)]).default(1),
      })
      .optional(),
  })
  .superRefine((profile, context) => {
    const roles = profile.columns.map((column) => column.role);
    if (roles.filter((role) => role === 'load').length !== 1) {
      context.addIssue({ code: 'custom', path: ['columns'], message: '必须有且只有一列 load（力值）' });
    }
    for (const role of ['seq', 'time', 'displacement', 'extension'] as const) {
      if (roles.filter((each) => each === role).length > 1) {
        context.addIssue({ code: 'custom', path: ['columns'], message: `${role} 列至多一列` });
      }
    }
    if (profile.separator === profile.decimal) {
      context.addIssue({ code: 'custom', path: ['separator'], message: '列分隔符与小数点不能相同' });
    }
  });
export type LineProfile = z.infer<typeof lineProfileSchema>;
export type LineProfileInput = z.input<typeof lineProfileSchema>;

/** Factor to kN, s, mm. 1 tf = 9.80665 kN exactly. */
const FACTORS: Record<string, string> = {
  kN: '1',
  N: '0.001',
  tf: '9.80665',
  s: '1',
  ms: '0.001',
  min: '60',
  mm: '1',
  um: '0.001',
  cm: '10',
};
/** Own constructor: 64 digits, so a conversion never rounds and foreign settings cannot reach it. */
const Exact = Decimal.clone({ precision: 64 });

export function parseLineProfile(input: unknown): LineProfile {
  const parsed = lineProfileSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new AppError({
    code: 'instrument.profile-invalid',
    message: '行协议配置文件不符合要求。',
    meaning: '不能据此解释试验机发来的数据。',
    next: '按下列各项改正配置文件后重试。',
    details: parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message })),
  });
}

/** Reads a profile file (JSON, UTF-8). */
export async function loadLineProfile(path: string): Promise<LineProfile> {
  let json: unknown;
  try {
    json = JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new AppError(
      {
        code: 'instrument.profile-unreadable',
        message: `行协议配置文件读不出来：${path}`,
        meaning: '不能据此解释试验机发来的数据。',
        next: '检查路径，并确认文件是 UTF-8 编码的 JSON。',
      },
      { cause },
    );
  }
  return parseLineProfile(json);
}

/** Exact conversion; keeps the sent digits where the factor is 1. */
function convert(text: string, unit: string): string {
  const factor = FACTORS[unit] ?? '1';
  return factor === '1' ? text : new Exact(text).times(factor).toFixed();
}

function splitColumns(line: string, separator: string): string[] {
  if (separator === 'blank') return line.trim().split(/ +/);
  return line.split(separator === 'tab' ? '\t' : separator).map((cell) => cell.trim());
}

function decodeLine(line: string, profile: LineProfile): Decoded {
  const cells = splitColumns(line, profile.separator);
  if (cells.length !== profile.columns.length) {
    return malformed('column-count', `应有 ${profile.columns.length} 列，收到 ${cells.length} 列`);
  }
  let load = '';
  const fields: Record<string, string> = {};
  for (const [index, column] of profile.columns.entries()) {
    if (column.role === 'ignore') continue;
    const cell = cells[index] ?? '';
    // A point where the profile says comma is a thousands sign or the wrong profile: not a number either way.
    if (profile.decimal === ',' && cell.includes('.')) return malformed('not-a-number', `第 ${index + 1} 列不是数字`);
    const number = plainDecimal(profile.decimal === ',' ? cell.replace(',', '.') : cell);
    if (number === null) return malformed('not-a-number', `第 ${index + 1} 列不是数字`);
    if (column.role === 'seq') {
      if (!/^\d{1,15}$/.test(number)) return malformed('not-a-number', `第 ${index + 1} 列不是序号`);
      fields['seq'] = number;
    } else if (column.role === 'time') fields['time_s'] = convert(number, column.unit);
    else if (column.role === 'displacement') fields['displacement_mm'] = convert(number, column.unit);
    else if (column.role === 'extension') fields['extension_mm'] = convert(number, column.unit);
    else load = convert(number, column.unit);
  }
  if (profile.range_kN !== undefined && new Exact(load).abs().gt(profile.range_kN)) {
    return understood({ kind: 'state', state: load.startsWith('-') ? 'underload' : 'overload' });
  }
  const hasFields = Object.keys(fields).length > 0;
  return understood({ kind: 'value', value: load, unit: 'kN', ...(hasFields ? { fields } : {}) });
}

const VERSION = '1.0.0';

export const lineProfile: Driver = {
  id: 'line-profile',
  title: '自定义行协议（试验机逐行发送力值、时间、位移）',
  version: VERSION,
  defaultLine: { baudRate: 115200, dataBits: 8, parity: 'none', stopBits: 1 },
  needsProfile: true,
  commands: {},
  status: 'proven',
  runs: true,
  bind(input) {
    const profile = parseLineProfile(input);
    return {
      id: 'line-profile',
      version: VERSION,
      streams: true,
      runs: true,
      acceptsUnterminated: false,
      headerFrames: profile.headerLines,
      makeFramer: ({ joinStream }) =>
        new LineFramer({ maxLength: profile.maxLineLength, terminator: profile.terminator, joinStream }),
      decode(frame: Frame) {
        const line = asciiText(frame.bytes);
        return line === null
          ? malformed('not-text', '收到非文本字节，可能是波特率或校验位不符')
          : decodeLine(line, profile);
      },
    };
  },
};
