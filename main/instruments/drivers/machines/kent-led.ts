// Kent digital display: a stream, each frame from F0, bytes 1 to 3 packed BCD in 0.1 kN. There is no end byte; the
// length from one F0 to the next is a setting that a person read off a capture, and a frame of another length is
// none.
import { z } from 'zod';
import { BcdGapFramer } from '../../framers/bcd.ts';
import { confirmedBySchema } from '../profile.ts';
import { rangeField } from './load.ts';
import { kentDriver, kentLoad } from './kent.ts';

const SHORTEST = 4;
const LONGEST = 64;
const DECIMALS = 1;
const DIGITS = { from: 1, to: 4 };
const profileSchema = z.strictObject({
  ...rangeField,
  frameLength: z.int().min(SHORTEST).max(LONGEST),
  confirmedBy: confirmedBySchema,
});

export const kentLed = kentDriver({
  id: 'kent-led',
  title: '肯特数显',
  statusNote: '格式取自公开的驱动程序；没有数据的实录，帧长未知，符号位置未知，不能读出负值。',
  schema: profileSchema,
  makeFramer: (profile) => new BcdGapFramer({ length: profile?.frameLength ?? SHORTEST, digits: DIGITS }),
  decode: (frame, { range_kN }) => kentLoad(frame.subarray(DIGITS.from, DIGITS.to), { decimals: DECIMALS, range_kN }),
});
