// Yudian AI furnace and oven controllers (AI-BUS). A read command is address + 80h twice, 52h, parameter, 0, 0 and a
// 16-bit sum, low byte first. The reply is process value, set point, output and alarm byte, parameter value, and a
// sum that includes the address. Only reading: nothing here changes a set point.
import { z } from 'zod';
import { PacketFramer } from '../framers/packet.ts';
import { malformed, placePoint, understood } from './driver.ts';
import type { Decoded, Driver } from './driver.ts';
import { signed } from './numbers.ts';
import { confirmedBySchema, parseProfile } from './profile.ts';

const READ = 0x52;
const ADDRESS_MARK = 0x80;
const REPLY_LENGTH = 10;
/** Process value of a controller whose sensor is broken or out of range. */
const OUT_OF_RANGE = 32000;

/** Not 0: a line that idles at zero would then be a valid reply. */
const address = z.int().min(1).max(80);
const profileSchema = z.strictObject({
  address,
  unit: z.enum(['℃']),
  /** Decimals of the controller's display (parameter dPt). */
  decimals: z.int().min(0).max(3),
  confirmedBy: confirmedBySchema,
});
type Profile = z.infer<typeof profileSchema>;

const low = (value: number): number => value & 0xff;
const high = (value: number): number => (value >>> 8) & 0xff;

export function encodeAiBusRead(from: { address: number; parameter: number }): Uint8Array {
  const check = from.parameter * 256 + READ + from.address;
  const head = low(from.address + ADDRESS_MARK);
  return Uint8Array.from([head, head, READ, from.parameter, 0, 0, low(check), high(check)]);
}

function replyFits(reply: Uint8Array, profile: Profile): boolean {
  const word = (at: number): number => (reply[at] as number) | ((reply[at + 1] as number) << 8);
  return ((word(0) + word(2) + word(4) + word(6) + profile.address) & 0xffff) === word(8);
}

export function decodeAiBusReply(reply: Uint8Array, profile: Profile): Decoded {
  const number = (at: number): bigint => signed(Uint8Array.from([reply[at + 1] as number, reply[at] as number]));
  const process = number(0);
  if (process >= OUT_OF_RANGE) return understood({ kind: 'state', state: 'overload' });
  if (process <= -OUT_OF_RANGE) return understood({ kind: 'state', state: 'underload' });
  const text = (value: bigint): string => placePoint(value.toString(), profile.decimals);
  return understood({
    kind: 'value',
    value: text(process),
    unit: profile.unit,
    fields: { setPoint: text(number(2)), output: String(reply[4]), alarm: String(reply[5]) },
  });
}

const TITLE = '宇电 AI 系列温控仪（AI-BUS）';

export const aiBus: Driver = {
  id: 'ai-bus',
  title: TITLE,
  version: '1.0.0',
  defaultLine: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 2 },
  needsProfile: true,
  commands: { read: encodeAiBusRead({ address: 1, parameter: 0 }) },
  poll: { command: 'read', everyMs: 1000 },
  replyTimeoutMs: 500,
  status: 'unproven',
  statusNote: '读命令与公开程序一致；应答的格式和校验取自公开资料，未经实机验证。',
  bind(input) {
    const profile = input === undefined ? null : parseProfile(profileSchema, input, TITLE);
    return {
      id: 'ai-bus',
      version: '1.0.0',
      streams: false,
      runs: false,
      acceptsUnterminated: false,
      headerFrames: 0,
      ...(profile ? { commands: { read: encodeAiBusRead({ address: profile.address, parameter: 0 }) } } : {}),
      makeFramer: () =>
        new PacketFramer({
          maxLength: REPLY_LENGTH,
          mayStart: () => true,
          judge(bytes) {
            if (bytes.length < REPLY_LENGTH) return 'more';
            return profile && replyFits(bytes.subarray(0, REPLY_LENGTH), profile) ? { length: REPLY_LENGTH } : 'misfit';
          },
        }),
      decode: (frame) => (profile ? decodeAiBusReply(frame.bytes, profile) : malformed('profile-missing')),
    };
  },
};
