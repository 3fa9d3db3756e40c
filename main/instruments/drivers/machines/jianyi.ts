// Jianyi controllers: the poll looks like Modbus but its last two bytes are not a Modbus CRC and are sent as they
// are. Replies have no check and no fixed length; known are the first byte 1, the sixth 4, and the load in bytes 6
// and 7, highest first, in 0.1 kN. So the length of a reply, the range and the name of the person who compared the
// load with the display are asked for in the profile.
import { z } from 'zod';
import { HeadTailFramer } from '../../framers/head-tail.ts';
import { malformed, placePoint } from '../driver.ts';
import type { Decoded, Driver } from '../driver.ts';
import { unsigned } from '../numbers.ts';
import { confirmedBySchema, decimalText, parseProfile } from '../profile.ts';
import { loadEvent, machineLine } from './load.ts';

const HEAD = 0x01;
const MARK_AT = 5;
const MARK = 0x04;
const SHORTEST = 8;
const LONGEST = 64;
const DECIMALS = 1;

const profileSchema = z.strictObject({
  replyLength: z.int().min(SHORTEST).max(LONGEST),
  range_kN: decimalText,
  confirmedBy: confirmedBySchema,
});

export function decodeJianyi(frame: Uint8Array, range_kN: string): Decoded {
  return loadEvent(placePoint(unsigned(frame.subarray(6, 8)).toString(), DECIMALS), range_kN);
}

const TITLE = '建仪试验机控制器';

export const jianyi: Driver = {
  id: 'jianyi',
  title: TITLE,
  version: '1.0.0',
  defaultLine: machineLine,
  needsProfile: true,
  commands: { read: Uint8Array.of(0x01, 0x03, 0x00, 0x11, 0x00, 0x02, 0x01, 0x16) },
  poll: { command: 'read', everyMs: 200 },
  replyTimeoutMs: 200,
  status: 'unproven',
  statusNote: '命令取自公开的驱动程序；应答没有校验、长度不定，原作者说明经 USB 转接时很少收到有效应答。',
  runs: true,
  bind(input) {
    const profile = input === undefined ? null : parseProfile(profileSchema, input, TITLE);
    return {
      id: 'jianyi',
      version: '1.0.0',
      streams: false,
      runs: true,
      acceptsUnterminated: false,
      headerFrames: 0,
      makeFramer: () =>
        new HeadTailFramer({
          head: [HEAD],
          length: profile?.replyLength ?? SHORTEST,
          fits: (frame) => frame[MARK_AT] === MARK,
        }),
      decode: (frame) =>
        profile
          ? decodeJianyi(frame.bytes, profile.range_kN)
          : malformed('profile-missing', '还没有设置应答长度和量程'),
    };
  },
};
