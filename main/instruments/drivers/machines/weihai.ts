// Weihai digital displays: asked with `F` every 500 ms; the reply is `F`, seven characters of load, perhaps more,
// `$`. Nothing checks it, so the number must fill its seven characters to the right and must not go on behind
// them: a lost or added byte then never leaves a number.
import { HeadTailFramer } from '../../framers/head-tail.ts';
import { asciiText, malformed, plainDecimal } from '../driver.ts';
import type { Decoded, Driver } from '../driver.ts';
import { parseProfile } from '../profile.ts';
import { loadEvent, machineLine, machineProfile } from './load.ts';

const HEAD = 0x46;
const TAIL = 0x24;
const LONGEST = 32;
const DIGITS = 7;

/** From `F` to `$`. */
export function decodeWeihai(text: string, range_kN?: string): Decoded {
  const field = text.slice(1, 1 + DIGITS);
  const behind = text.charAt(1 + DIGITS);
  const value = /^ *[+-]?\d+(?:\.\d+)?$/.test(field) ? plainDecimal(field) : null;
  if (value === null || field.length !== DIGITS || /[\d.]/.test(behind)) return malformed();
  return loadEvent(value, range_kN);
}

const TITLE = '威海试验机数显（F 轮询）';

export const weihai: Driver = {
  id: 'weihai',
  title: TITLE,
  version: '1.0.0',
  defaultLine: machineLine,
  needsProfile: false,
  commands: { read: 'F' },
  poll: { command: 'read', everyMs: 500 },
  replyTimeoutMs: 400,
  status: 'unproven',
  statusNote: '命令取自公开的驱动程序；没有应答的实录，7 个字符之后的内容和数字的对齐方式未知。',
  runs: true,
  bind(input) {
    const profile = parseProfile(machineProfile, input ?? {}, TITLE);
    return {
      id: 'weihai',
      version: '1.0.0',
      streams: false,
      runs: true,
      acceptsUnterminated: false,
      headerFrames: 0,
      makeFramer: () =>
        new HeadTailFramer({
          head: [HEAD],
          maxLength: LONGEST,
          // Another F before the $ means that the first one began nothing.
          length(bytes) {
            const end = bytes.indexOf(TAIL, 1);
            const again = bytes.indexOf(HEAD, 1);
            if (again > 0 && (end < 0 || again < end)) return 'misfit';
            return end < 0 ? null : end + 1;
          },
          tail: [TAIL],
        }),
      decode(frame) {
        const text = asciiText(frame.bytes);
        return text === null ? malformed('not-text') : decodeWeihai(text, profile.range_kN);
      },
    };
  },
};
