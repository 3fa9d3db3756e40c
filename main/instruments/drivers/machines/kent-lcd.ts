// Kent LCD controller: a stream of eleven bytes F0 … 0F, bytes 4 to 6 packed BCD; decimals and zero are settings
// of the site.
import { z } from 'zod';
import { BcdFramer } from '../../framers/bcd.ts';
import { malformed } from '../driver.ts';
import type { Driver } from '../driver.ts';
import { confirmedBySchema, parseProfile } from '../profile.ts';
import { machineLine } from './load.ts';
import { kentLoad, siteFields } from './kent.ts';

const LENGTH = 11;
const DIGITS = { from: 4, to: 7 };
const profileSchema = z.strictObject({ ...siteFields, confirmedBy: confirmedBySchema });
const TITLE = '肯特液晶控制器';

export const kentLcd: Driver = {
  id: 'kent-lcd',
  title: TITLE,
  version: '1.0.0',
  defaultLine: machineLine,
  needsProfile: true,
  commands: {},
  status: 'unproven',
  statusNote: '格式取自公开的驱动程序；没有数据的实录，符号位置未知，不能读出负值。',
  runs: true,
  bind(input) {
    const profile = input === undefined ? null : parseProfile(profileSchema, input, TITLE);
    return {
      id: 'kent-lcd',
      version: '1.0.0',
      streams: true,
      runs: true,
      acceptsUnterminated: false,
      headerFrames: 0,
      makeFramer: () => new BcdFramer({ length: LENGTH, digits: DIGITS }),
      decode: (frame) =>
        profile ? kentLoad(frame.bytes.subarray(DIGITS.from, DIGITS.to), profile) : malformed('profile-missing'),
    };
  },
};
