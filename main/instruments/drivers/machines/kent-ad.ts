// Kent AD board: a stream of eleven bytes F0 … 0F, bytes 4 to 6 the raw count in packed BCD. Load is count / 65536
// times the calibrated span, with the decimals and the zero of the site. 65536 is a power of two: the quotient is
// an exact decimal.
import { z } from 'zod';
import { BcdFramer } from '../../framers/bcd.ts';
import type { Decoded } from '../driver.ts';
import { bcdDigits, Exact } from '../numbers.ts';
import { confirmedBySchema, decimalText } from '../profile.ts';
import { loadEvent } from './load.ts';
import { kentDriver, lessZero, siteFields } from './kent.ts';

const LENGTH = 11;
const DIGITS = { from: 4, to: 7 };
const FULL_COUNT = 65536;
const profileSchema = z.strictObject({
  ...siteFields,
  /** Calibrated span as the site's controller has it. */
  span: decimalText,
  confirmedBy: confirmedBySchema,
});
type Profile = z.infer<typeof profileSchema>;

export function decodeKentAd(frame: Uint8Array, profile: Profile): Decoded {
  const count = bcdDigits(frame.subarray(DIGITS.from, DIGITS.to)) ?? '';
  const load = new Exact(count)
    .times(profile.span)
    .div(FULL_COUNT)
    .div(10 ** profile.decimals);
  return loadEvent(lessZero(load.toFixed(), profile.zero_kN), profile.range_kN);
}

export const kentAd = kentDriver({
  id: 'kent-ad',
  title: '肯特 AD 采集板',
  statusNote: '格式和换算取自公开的驱动程序；没有数据的实录，标定值须由人对照显示值确认。',
  schema: profileSchema,
  makeFramer: () => new BcdFramer({ length: LENGTH, digits: DIGITS }),
  decode: decodeKentAd,
});
