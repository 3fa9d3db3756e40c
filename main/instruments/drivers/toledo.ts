// Toledo continuous output (8142, 8530, XK3124, IND245, HT9800 and others): STX, three status bytes, six digits of
// weight, six of tare, CR, and a check character where the indicator is set to send one. The status bytes hold the
// decimals, net or gross, sign, overload, motion and unit.
import { z } from 'zod';
import { toledo7 } from '../framers/checksums.ts';
import { HeadTailFramer } from '../framers/head-tail.ts';
import { malformed, placePoint, plainDecimal, understood } from './driver.ts';
import type { Decoded, Driver } from './driver.ts';
import { parseProfile } from './profile.ts';

const STX = 0x02;
const CR = 0x0d;
const LENGTH = 17;
const CR_AT = 16;
const STATUS_MARK = 0x20;
const NET = 0x01;
const NEGATIVE = 0x02;
const OUT_OF_RANGE = 0x04;
const MOTION = 0x08;
const KILOGRAM = 0x10;
const EXPANDED = 0x10;
/** Three lowest bits of the first status byte: 2 is whole units, each step more is one decimal more. */
const WHOLE_UNITS = 2;
/** Three lowest bits of the third status byte; 0 leaves it to the kilogram bit of the second. */
const UNITS: Record<number, string> = { 1: 'g', 2: 't', 3: 'oz', 4: 'ozt', 5: 'dwt' };

const profileSchema = z.strictObject({ checksum: z.boolean().default(false) });

function weight(text: string, decimals: number): string | null {
  // Insignificant zeros come as blanks.
  return /^ *\d+$/.test(text) ? placePoint(text.trim(), decimals) : null;
}

/** The 17 characters from STX to CR; a check character was compared before. */
export function decodeToledo(frame: Uint8Array): Decoded {
  const [, a = 0, b = 0, c = 0] = frame;
  if ([a, b, c].some((status) => (status & (STATUS_MARK | 0x80)) !== STATUS_MARK)) return malformed('status');
  const negative = (b & NEGATIVE) !== 0;
  if (b & OUT_OF_RANGE) return understood({ kind: 'state', state: negative ? 'underload' : 'overload' });
  if (c & EXPANDED) return malformed('expanded', '仪表处于扩展显示，读数的小数位数不确定');
  const unit = (c & 0x07) === 0 ? (b & KILOGRAM ? 'kg' : 'lb') : UNITS[c & 0x07];
  if (unit === undefined) return malformed('unit-missing', '仪表的单位不认识');
  const text = Buffer.from(frame).toString('latin1');
  const decimals = (a & 0x07) - WHOLE_UNITS;
  const number = weight(text.slice(4, 10), decimals);
  const tare = weight(text.slice(10, 16), decimals);
  const value = number === null ? null : plainDecimal(`${negative ? '-' : ''}${number}`);
  if (value === null || tare === null) return malformed();
  const fields = { mode: b & NET ? 'net' : 'gross', tare };
  return understood({ kind: 'value', value, unit, stable: (b & MOTION) === 0, fields });
}

const TITLE = '托利多连续输出（8142、8530、XK3124、IND245 等）';

export const toledo: Driver = {
  id: 'toledo',
  title: TITLE,
  version: '1.0.0',
  defaultLine: { baudRate: 9600, dataBits: 7, parity: 'even', stopBits: 1 },
  needsProfile: false,
  commands: {},
  status: 'unproven',
  statusNote: '格式和校验取自公开的说明书，没有真实仪表的报文；单位码和扩展显示位未经实机验证。',
  bind(input) {
    const { checksum } = parseProfile(profileSchema, input ?? {}, TITLE);
    return {
      id: 'toledo',
      version: '1.0.0',
      streams: true,
      runs: false,
      acceptsUnterminated: false,
      headerFrames: 0,
      makeFramer: () =>
        new HeadTailFramer({
          head: [STX],
          length: checksum ? LENGTH + 1 : LENGTH,
          tail: [CR],
          tailAt: CR_AT,
          ...(checksum
            ? {
                check: (frame) =>
                  toledo7(frame.subarray(0, LENGTH)) === (frame[LENGTH] as number) ? null : 'checksum',
              }
            : {}),
        }),
      decode: (frame) =>
        frame.fault === undefined ? decodeToledo(frame.bytes.subarray(0, LENGTH)) : malformed(frame.fault),
    };
  },
};
