// Boxes that turn Digimatic gauges into ASCII (MUX-10, DP-1VR, USB-ITN, U-WAVE): `01A+000.0018`, channel, `A` for
// data, sign and seven digits; another layout says `0A1-000.0019`. `9` and two digits is an error of the box. The
// unit nibble of the gauge is lost in the box, so the unit is empty unless a profile gives it. Bare numbers are
// readings only with a profile in which a person confirmed them.
import { z } from 'zod';
import { LineFramer } from '../framers/line.ts';
import { decodeLineFrame, malformed, plainDecimal, understood } from './driver.ts';
import type { Decoded, Driver } from './driver.ts';
import { confirmedBySchema, parseProfile } from './profile.ts';

const profileSchema = z.strictObject({
  unit: z.enum(['mm', 'in']),
  bareNumbers: z.boolean().default(false),
  confirmedBy: confirmedBySchema,
});
type Profile = z.infer<typeof profileSchema>;

const FRAMED = /^(?:(\d\d)A|0A(\d))([+-]\d{2,5}\.\d{2,5})$/;
const DIGITS_IN_FRAME = 7;
const BARE = /^[+-]?\d{1,6}\.\d{1,5}$/;

export function decodeDigimatic(line: string, profile: Profile | null): Decoded {
  const text = line.trim();
  if (/^9\d\d$/.test(text)) {
    return understood({ kind: 'error', code: text, message: `量具接口盒报告错误 ${text}：检查量具和连接线` });
  }
  const framed = FRAMED.exec(text);
  const unit = profile?.unit ?? '';
  if (framed) {
    const value = plainDecimal(framed[3] ?? '');
    const digits = (framed[3] ?? '').replace(/\D/g, '').length;
    if (value === null || digits !== DIGITS_IN_FRAME) return malformed();
    return understood({ kind: 'value', value, unit, fields: { channel: framed[1] ?? framed[2] ?? '' } });
  }
  const bare = BARE.test(text) ? plainDecimal(text) : null;
  if (bare === null) return malformed();
  if (profile?.bareNumbers) return understood({ kind: 'value', value: bare, unit });
  return {
    events: [
      { kind: 'info', info: 'candidate', value: bare },
      { kind: 'error', code: 'unconfirmed', message: '只收到一个数字：须先由人对照量具显示确认，并设置单位' },
    ],
    understood: false,
  };
}

const TITLE = '三丰 Digimatic 接口盒（MUX-10、USB-ITN、U-WAVE 等）';

export const digimatic: Driver = {
  id: 'digimatic',
  title: TITLE,
  version: '1.0.0',
  defaultLine: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  needsProfile: false,
  commands: { read: '1\r', readAlternative: 'A\r' },
  replyTimeoutMs: 2000,
  status: 'unproven',
  statusNote: '请求字节、错误码和行结束符因接口盒而异，未经实机验证；接口盒不发送单位，须在设置中给出。',
  bind(input) {
    const profile = input === undefined ? null : parseProfile(profileSchema, input, TITLE);
    return {
      id: 'digimatic',
      version: '1.0.0',
      streams: false,
      runs: false,
      acceptsUnterminated: true,
      headerFrames: 0,
      tailLooksWhole: profile?.bareNumbers ?? false,
      makeFramer: ({ joinStream }) => new LineFramer({ maxLength: 32, joinStream }),
      decode: (frame) => decodeLineFrame(frame, (line) => decodeDigimatic(line, profile)),
    };
  },
};
