// Yaohua XK3190 weighing indicators. A9 continuous (tF=0): STX, sign, six digits, decimals, XOR of those eight
// bytes as two hex characters, ETX. Stability, overload and the unit are not in the frame: the unit is the
// indicator's setting (kg from the factory), stability is for whoever watches a second of readings.
// A12(E): ASCII lines `ww000.000kg` (gross), `wn…` (net), `wt…` (tare).
import { z } from 'zod';
import { AppError } from '../../../shared/errors/appError.ts';
import { xor8 } from '../framers/checksums.ts';
import { LineFramer } from '../framers/line.ts';
import { StxEtxFramer } from '../framers/stx-etx.ts';
import { asciiText, malformed, plainDecimal, understood } from './driver.ts';
import type { Decoded, Driver } from './driver.ts';

const WIRE_LENGTH = 12;
const profileSchema = z.strictObject({ unit: z.enum(['kg', 'g', 't']).default('kg') });

function checkA9(content: Uint8Array): string | null {
  const check = xor8(content.subarray(0, 8)).toString(16).toUpperCase().padStart(2, '0');
  return Buffer.from(content.subarray(8)).toString('latin1') === check ? null : 'checksum';
}

/** The characters between STX and ETX; their check was compared before. */
export function decodeA9(content: Uint8Array, unit: string): Decoded {
  const text = Buffer.from(content).toString('latin1');
  const match = /^([+-])(\d{6})([0-4])$/.exec(text.slice(0, 8));
  if (!match) return malformed();
  const [, sign, digits = '', decimals] = match;
  const point = digits.length - Number(decimals);
  const number = point === digits.length ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  const value = plainDecimal(`${sign}${number}`);
  return value === null ? malformed() : understood({ kind: 'value', value, unit });
}

export function decodeA12(line: string): Decoded {
  const match = /^w([wnt])([+-]?\d+(?:\.\d+)?) *(kg|g|t|lb)$/.exec(line.trim());
  const value = plainDecimal(match?.[2] ?? '');
  const unit = match?.[3];
  if (!match || value === null || unit === undefined) return malformed();
  if (match[1] === 't') return understood({ kind: 'info', info: 'tare', value, unit });
  return understood({ kind: 'value', value, unit, fields: { mode: match[1] === 'n' ? 'net' : 'gross' } });
}

export const xk3190A9: Driver = {
  id: 'xk3190-a9',
  title: '耀华 XK3190-A9 称重仪表（连续方式 tF=0）',
  version: '1.0.0',
  defaultLine: { baudRate: 1200, dataBits: 8, parity: 'none', stopBits: 1 },
  needsProfile: false,
  commands: {},
  status: 'proven',
  bind(input) {
    const profile = profileSchema.safeParse(input ?? {});
    if (!profile.success) {
      throw new AppError({
        code: 'instrument.profile-invalid',
        message: '称重仪表的设置不符合要求。',
        next: '单位 unit 只能是 kg、g 或 t。',
      });
    }
    return {
      id: 'xk3190-a9',
      version: '1.0.0',
      streams: true,
      runs: false,
      acceptsUnterminated: false,
      headerFrames: 0,
      makeFramer: () => new StxEtxFramer(WIRE_LENGTH, checkA9),
      decode: (frame) =>
        frame.fault === undefined ? decodeA9(frame.bytes, profile.data.unit) : malformed(frame.fault),
    };
  },
};

export const xk3190A12: Driver = {
  id: 'xk3190-a12',
  title: '耀华 XK3190-A12 称重仪表（ASCII 方式）',
  version: '1.0.0',
  defaultLine: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  needsProfile: false,
  commands: {},
  status: 'unproven',
  statusNote: '格式取自公开的程序，没有真实仪表的报文。',
  bind: () => ({
    id: 'xk3190-a12',
    version: '1.0.0',
    streams: true,
    runs: false,
    acceptsUnterminated: true,
    headerFrames: 0,
    makeFramer: ({ joinStream }) => new LineFramer({ maxLength: 64, joinStream }),
    decode(frame) {
      const line = asciiText(frame.bytes);
      return line === null ? malformed('not-text') : decodeA12(line);
    },
  }),
};
