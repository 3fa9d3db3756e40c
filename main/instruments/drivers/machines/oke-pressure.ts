// Oukai and Chenxin compression machines: polled every 200 ms; eleven bytes from A5, load in bytes 7 to 9, highest
// first, in 0.01 kN.
import { z } from 'zod';
import { HeadTailFramer } from '../../framers/head-tail.ts';
import { malformed, placePoint } from '../driver.ts';
import type { Decoded, Driver } from '../driver.ts';
import { unsigned } from '../numbers.ts';
import { parseProfile } from '../profile.ts';
import { loadEvent, machineLine, rangeField } from './load.ts';

const HEAD = 0xa5;
const TAIL = 0x5a;
const LENGTH = 11;
const DECIMALS = 2;

const profileSchema = z.strictObject({
  ...rangeField,
  /** The commands end in 5A; where a capture shows that replies do not, the person who saw it says `any`. */
  tail: z.enum(['5A', 'any']).default('5A'),
});

export function decodeOkePressure(frame: Uint8Array, range_kN?: string): Decoded {
  return loadEvent(placePoint(unsigned(frame.subarray(7, 10)).toString(), DECIMALS), range_kN);
}

const TITLE = '欧凯、晨鑫压力试验机';

export const okePressure: Driver = {
  id: 'oke-pressure',
  title: TITLE,
  version: '1.0.0',
  defaultLine: machineLine,
  needsProfile: false,
  commands: { read: Uint8Array.of(HEAD, 0, 0, 0, 0, 4, 0, 0, 0, 0, TAIL) },
  poll: { command: 'read', everyMs: 200 },
  replyTimeoutMs: 200,
  status: 'unproven',
  statusNote: '命令和力值位置取自公开的驱动程序；没有应答的实录，应答以 5A 结尾是推断。',
  runs: true,
  bind(input) {
    const profile = parseProfile(profileSchema, input ?? {}, TITLE);
    return {
      id: 'oke-pressure',
      version: '1.0.0',
      streams: false,
      runs: true,
      acceptsUnterminated: false,
      headerFrames: 0,
      makeFramer: () =>
        new HeadTailFramer({ head: [HEAD], length: LENGTH, tail: profile.tail === 'any' ? [] : [TAIL] }),
      decode: (frame) =>
        frame.fault === undefined ? decodeOkePressure(frame.bytes, profile.range_kN) : malformed(frame.fault),
    };
  },
};
