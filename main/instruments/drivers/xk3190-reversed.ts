// The `=` format (XK3190-D2+/A+, DS822-D2, ORMT-J2000, D2008F, QDI): between two `=` signs seven or eight
// characters, as a rule least significant first, with the point among them and `-` somewhere at the end. There is
// no check digit and no unit: a reading counts after three equal frames in a row, and only with a profile in which
// a person confirmed the orientation and the unit against the display. Without a profile both readings are shown
// as candidates and none is a value.
import { z } from 'zod';
import { DelimitedFramer } from '../framers/delimited.ts';
import { RepeatedFramer } from '../framers/repeated.ts';
import { asciiText, malformed, plainDecimal, understood } from './driver.ts';
import type { Decoded, Driver, DriverEvent } from './driver.ts';
import { confirmedBySchema, parseProfile } from './profile.ts';

const EQUALS = 0x3d;
const TIMES = 3;
const USUAL_LENGTH = 7;

const profileSchema = z.strictObject({
  unit: z.enum(['kg', 'g', 't']),
  orientation: z.enum(['reversed', 'forward']),
  /** Characters between two `=`. */
  length: z.int().min(6).max(9).default(USUAL_LENGTH),
  confirmedBy: confirmedBySchema,
});
type Profile = z.infer<typeof profileSchema>;

/** `-` may stand between leading zeros; a point at the end is none. */
export function readEquals(text: string, orientation: 'reversed' | 'forward'): string | null {
  const ordered = orientation === 'reversed' ? Array.from(text).toReversed().join('') : text;
  const match = /^(0*)(-?)(\d+(?:\.\d*)?)$/.exec(ordered);
  if (!match) return null;
  return plainDecimal(`${match[2] ?? ''}${(match[3] ?? '').replace(/\.$/, '')}`);
}

function decodeEquals(text: string, profile: Profile | null): Decoded {
  if (profile) {
    const value = readEquals(text, profile.orientation);
    return value === null ? malformed() : understood({ kind: 'value', value, unit: profile.unit });
  }
  const candidates = (['reversed', 'forward'] as const).flatMap((orientation): DriverEvent[] => {
    const value = readEquals(text, orientation);
    return value === null ? [] : [{ kind: 'info', info: `candidate-${orientation}`, value }];
  });
  return candidates.length === 0 ? malformed() : understood(...candidates);
}

const TITLE = '耀华等称重仪表的“=”格式（XK3190-D2+/A+、DS822-D2、D2008F）';

export const xk3190Reversed: Driver = {
  id: 'xk3190-reversed',
  title: TITLE,
  version: '1.0.0',
  defaultLine: { baudRate: 1200, dataBits: 8, parity: 'none', stopBits: 1 },
  needsProfile: true,
  commands: {},
  status: 'unproven',
  statusNote: '没有校验位；字符顺序和长度因仪表而异，须对照显示值确认。',
  bind(input) {
    const profile = input === undefined ? null : parseProfile(profileSchema, input, TITLE);
    return {
      id: 'xk3190-reversed',
      version: '1.0.0',
      streams: true,
      runs: false,
      acceptsUnterminated: true,
      headerFrames: 0,
      makeFramer: () =>
        new RepeatedFramer(new DelimitedFramer({ delimiter: EQUALS, length: profile?.length ?? USUAL_LENGTH }), TIMES),
      decode(frame) {
        const text = asciiText(frame.bytes);
        return text === null ? malformed('not-text') : decodeEquals(text, profile);
      },
    };
  },
};
