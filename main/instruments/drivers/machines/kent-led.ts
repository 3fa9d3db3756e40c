// Kent digital display: a stream, each frame from F0, bytes 1 to 3 packed BCD in 0.1 kN. There is no end byte; the
// length from one F0 to the next is a setting that a person read off a capture, and a frame of another length is
// none.
import { z } from 'zod';
import { BcdGapFramer } from '../../framers/bcd.ts';
import { malformed } from '../driver.ts';
import type { Driver } from '../driver.ts';
import { confirmedBySchema, parseProfile } from '../profile.ts';
import { machineLine, rangeField } from './load.ts';
import { kentLoad } from './kent.ts';

const SHORTEST = 4;
const LONGEST = 64;
const DECIMALS = 1;
const DIGITS = { from: 1, to: 4 };
const profileSchema = z.strictObject({
  ...rangeField,
  frameLength: z.int().min(SHORTEST).max(LONGEST),
  confirmedBy: confirmedBySchema,
});
const TITLE = '肯特数显';

export const kentLed: Driver = {
  id: 'kent-led',
  title: TITLE,
  version: '1.0.0',
  defaultLine: machineLine,
  needsProfile: true,
  commands: {},
  status: 'unproven',
  statusNote: '格式取自公开的驱动程序；没有数据的实录，帧长未知，符号位置未知，不能读出负值。',
  runs: true,
  bind(input) {
    const profile = input === undefined ? null : parseProfile(profileSchema, input, TITLE);
    return {
      id: 'kent-led',
      version: '1.0.0',
      streams: true,
      runs: true,
      acceptsUnterminated: false,
      headerFrames: 0,
      makeFramer: () => new BcdGapFramer({ length: profile?.frameLength ?? SHORTEST, digits: DIGITS }),
      decode: (frame) =>
        profile
          ? kentLoad(frame.bytes.subarray(DIGITS.from, DIGITS.to), { decimals: DECIMALS, range_kN: profile.range_kN })
          : malformed('profile-missing'),
    };
  },
};
