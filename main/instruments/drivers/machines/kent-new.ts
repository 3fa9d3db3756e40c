// Kent, new LCD controller: ten A5 once, then a stream of fifteen bytes F0 … 0F. Byte 2: high half 1 is minus, low
// half the decimals (1 or 2); bytes 3 to 5 packed BCD.
import { BcdFramer } from '../../framers/bcd.ts';
import { malformed } from '../driver.ts';
import type { Decoded, Driver } from '../driver.ts';
import { parseProfile } from '../profile.ts';
import { machineLine, machineProfile } from './load.ts';
import { kentLoad } from './kent.ts';

const LENGTH = 15;
const DIGITS = { from: 3, to: 6 };
const START_BYTES = 10;

export function decodeKentNew(frame: Uint8Array, range_kN?: string): Decoded {
  const layout = frame[2] as number;
  const sign = layout >>> 4;
  const decimals = layout & 0x0f;
  if (sign > 1 || (decimals !== 1 && decimals !== 2)) return malformed('status');
  return kentLoad(frame.subarray(DIGITS.from, DIGITS.to), { decimals, negative: sign === 1, range_kN });
}

const TITLE = '肯特新液晶控制器';

export const kentNew: Driver = {
  id: 'kent-new',
  title: TITLE,
  version: '1.0.0',
  defaultLine: machineLine,
  needsProfile: false,
  commands: { stream: new Uint8Array(START_BYTES).fill(0xa5) },
  status: 'unproven',
  statusNote: '格式取自公开的驱动程序；没有数据的实录，第 6～13 字节的含义未知。',
  runs: true,
  bind(input) {
    const profile = parseProfile(machineProfile, input ?? {}, TITLE);
    return {
      id: 'kent-new',
      version: '1.0.0',
      streams: true,
      runs: true,
      acceptsUnterminated: false,
      headerFrames: 0,
      makeFramer: () => new BcdFramer({ length: LENGTH, digits: DIGITS }),
      decode: (frame) => decodeKentNew(frame.bytes, profile.range_kN),
    };
  },
};
