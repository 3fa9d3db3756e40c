// Kent LCD controller: a stream of eleven bytes F0 … 0F, bytes 4 to 6 packed BCD; decimals and zero are settings
// of the site.
import { z } from 'zod';
import { BcdFramer } from '../../framers/bcd.ts';
import { confirmedBySchema } from '../profile.ts';
import { kentDriver, kentLoad, siteFields } from './kent.ts';

const LENGTH = 11;
const DIGITS = { from: 4, to: 7 };
const profileSchema = z.strictObject({ ...siteFields, confirmedBy: confirmedBySchema });

export const kentLcd = kentDriver({
  id: 'kent-lcd',
  title: '肯特液晶控制器',
  statusNote: '格式取自公开的驱动程序；没有数据的实录，符号位置未知，不能读出负值。',
  schema: profileSchema,
  makeFramer: () => new BcdFramer({ length: LENGTH, digits: DIGITS }),
  decode: (frame, profile) => kentLoad(frame.subarray(DIGITS.from, DIGITS.to), profile),
});
